"""The press: what is on the page, in which order and look, and that nothing of it is anything but text."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.printer.press import Press
from core.paperwork.sheet import Paper
from tests.bots.printer.nasty import LETTERS, SIGNS
from tests.bots.printer.sheets import HASH, SHEET, a_sheet, a_sheet_of, boxes_of, fonts_of, pages_of, read
from tests.outside import ROOT

pytestmark = pytest.mark.rule("F4", "I2")

FONTS = ROOT / "bots" / "printer" / "fonts"
MARGIN = 28 / 25.4 * 72  # points
OURS = re.compile(r"LibertinusSerif|Amiri|NewCM|DejaVuSansMono|MinisBox")

PRESS = Press()


def without_spaces(text: str) -> str:
    return "".join(text.split())


# -- what is on the page --


def test_a_contract_and_its_certificate_are_read_in_their_order():
    contract, certificate = pages_of(PRESS.pdf(SHEET))

    assert contract.split("\n") == [
        "Luna Photo",
        "Mini Session Agreement",
        "Fall Minis, Saturday 28 November 2026",
        "The session",
        "1. It lasts 20 minutes.",
        "2. It is outdoors.",
        "• Dogs are welcome.",
        "The end.",
        "LP-7K2M · version 3 Page 1 of 2",
    ]
    assert certificate.split("\n") == [
        "Luna Photo Mini Session Agreement",
        "Certificate of signature",
        "It takes effect when the booking is confirmed.",
        "Ana Torres",
        "Ana Torres, client, on 26 November 2026",
        "Booking LP-7K2M",
        "Signed 2026-11-26 18:01:44 UTC",
        f"SHA-256 of the text {HASH}",
        "LP-7K2M · version 3 Page 2 of 2",
    ]


def test_without_a_signature_there_is_no_certificate():
    (page,) = pages_of(PRESS.pdf(a_sheet("The end.")))

    assert "Page 1 of 1" in page
    assert "Certificate" not in page


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595.28, 841.89)), (Paper.LETTER, (612, 792))])
def test_the_paper_is_the_countrys(paper: Paper, size: tuple[float, float]):
    sizes = [
        (float(page.mediabox.width), float(page.mediabox.height))
        for page in read(PRESS.pdf(a_sheet(paper=paper))).pages
    ]

    assert sizes == [pytest.approx(size, abs=0.01)] * 2


def test_an_items_number_is_the_one_that_was_written():
    (page,) = pages_of(PRESS.pdf(a_sheet("3. three\n7. seven\n\nbetween\n\n8) eight")))

    assert "3. three\n7. seven\nbetween\n8. eight" in page


def test_a_line_end_within_a_paragraph_is_kept():
    assert "one\ntwo" in pages_of(PRESS.pdf(a_sheet("one\ntwo")))[0]


def test_bold_words_are_bold():
    assert "LibertinusSerif-Bold" in fonts_of(PRESS.pdf(a_sheet("so **bold**")))
    assert "LibertinusSerif-Bold" not in fonts_of(PRESS.pdf(a_sheet("so mild")))


@pytest.mark.parametrize("headings", ["### third first", "# a\n\n### c\n\n# d", "## b\n\n# a\n\n## b", "#\n\n# \\ "])
def test_headings_may_come_in_any_order(headings: str):
    assert PRESS.pdf(a_sheet(headings))


# -- every script of the studio's languages --

LEFT_TO_RIGHT = {
    "en": "It’s “five” minutes – or £45, €50, ₹60…",
    "de": "Straße, Größe, Übung, „Fotografin“",
    "fr": "L’œuvre où naïve ça déjà « Noël »",
    "pl": "Zażółć gęślą jaźń",
    "tr": "İstanbul ığdır şemsiye",
    "vi": "Hợp đồng chụp ảnh ướp ằẳẵặ",
    "el": "Συμβόλαιο φωτογράφησης, τέλος",
    "ru": "Договор на фотосъёмку за 5000 ₽",
    "uk": "Угода на зйомку її ґанку за 900 ₴",
}
RIGHT_TO_LEFT = {
    "he": "הסכם צילום משפחה",
    "ar": "عقد جلسة تصوير",
    "fa": "قرارداد عکاسی پاییز",
    "ur": "تصاویر کا معاہدہ",
}


@pytest.mark.parametrize("language", LEFT_TO_RIGHT)
def test_text_is_found_as_it_was_written(language: str):
    words = LEFT_TO_RIGHT[language]
    pdf = PRESS.pdf(a_sheet(words, title=words, language=language))

    assert pages_of(pdf)[0].count(words) == 2
    assert read(pdf).pages[0].extract_text().count(words) == 2
    assert "MinisBox" not in fonts_of(pdf)


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_text_from_right_to_left_is_found_as_it_was_written_and_begins_on_the_right(language: str):
    words = RIGHT_TO_LEFT[language]
    pdf = PRESS.pdf(a_sheet(words, language=language, title="–", subtitle="–"))
    boxes = boxes_of(pdf, words)

    assert words in pages_of(pdf)[0]
    assert boxes[0][2] == pytest.approx(612 - MARGIN, abs=3)
    assert boxes[0][0] > boxes[-1][0]
    assert "MinisBox" not in fonts_of(pdf)


def test_a_paragraph_runs_as_its_first_letter_does_whatever_the_sheets_language():
    in_hebrew = PRESS.pdf(a_sheet("1. (2) English here", language="he"))
    in_english = PRESS.pdf(a_sheet("(1) הסכם צילום", language="en"))

    assert boxes_of(in_hebrew, "English")[0][0] < 612 / 2
    assert boxes_of(in_english, "הסכם")[0][2] > 612 / 2


def test_a_paragraph_without_letters_runs_as_the_sheet_does():
    assert boxes_of(PRESS.pdf(a_sheet("2026", language="ar", reference="–")), "2026")[0][0] > 612 / 2
    assert boxes_of(PRESS.pdf(a_sheet("2026", title="–", subtitle="–")), "2026")[0][0] < 612 / 2


@pytest.mark.parametrize(
    "language", ["", "x", "@@", "engl", "zh-Hant-TW", "es-419", "de-1996", "i-klingon", "日本", "az-Arab"]
)
def test_a_language_that_nobody_knows_is_no_trouble(language: str):
    assert "The end." in pages_of(PRESS.pdf(a_sheet("The end.", language=language)))[0]


# -- letters that no font has --


def test_a_letter_that_no_font_has_is_a_box_and_is_still_found():
    pdf = PRESS.pdf(a_sheet("The family 漢字 arrives"))

    assert "MinisBox" in fonts_of(pdf)
    assert "The family 漢字 arrives" in pages_of(pdf)[0]
    assert all(right - left > 4 and top - bottom > 4 for left, bottom, right, top in boxes_of(pdf, "漢字"))


@pytest.fixture
def more_fonts(tmp_path: Path) -> Path:
    """A font of the studio's, which has everything."""
    font = (FONTS / "MinisBox.ttf").read_bytes()
    for encoding in ("ascii", "utf-16-be"):
        font = font.replace("Minis Box".encode(encoding), "Extra Box".encode(encoding))
        font = font.replace("MinisBox".encode(encoding), "ExtraBox".encode(encoding))
    (tmp_path / "extra.ttf").write_bytes(font)
    (tmp_path / "broken.ttf").write_bytes(font[:100])
    (tmp_path / "README").write_text("no font")
    return tmp_path


def test_a_studios_own_fonts_have_what_ours_lack(more_fonts: Path):
    fonts = fonts_of(Press(more_fonts).pdf(a_sheet("漢字 and Latin")))

    assert "ExtraBox" in fonts
    assert "MinisBox" not in fonts
    assert "LibertinusSerif-Regular" in fonts


def test_without_a_folder_of_fonts_all_is_as_ever(tmp_path: Path):
    assert Press(tmp_path / "none").pdf(SHEET) == PRESS.pdf(SHEET)


def test_no_font_of_the_machine_is_used():
    many = "".join(chr(code) for code in range(0x20, 0x3000, 7))

    assert [font for font in fonts_of(PRESS.pdf(a_sheet_of(many))) if not OURS.match(font)] == []


# -- what the file says of itself --


def test_the_file_says_what_it_is_by_whom_when_and_in_which_language():
    reader = read(PRESS.pdf(a_sheet(language="de-AT")))
    meta = reader.metadata
    assert meta is not None

    assert (meta.title, meta.author) == (SHEET.title, SHEET.studio)
    assert (meta.creation_date, meta.modification_date) == (SHEET.made_at, SHEET.made_at)
    assert reader.root_object["/Lang"] == "de-AT"


def test_the_file_is_to_be_kept_and_to_be_read_aloud():
    reader = read(PRESS.pdf(SHEET))
    xmp = reader.xmp_metadata
    assert xmp is not None
    said = xmp.stream.get_data().decode()

    assert [found[0] for found in re.finditer(r"<pdf(a|ua)id:(part|conformance)>\w<", said)] == [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
    ]
    assert {"/MarkInfo", "/StructTreeRoot"} <= set(reader.root_object)


# -- the same sheet, the same bytes --


def test_the_same_sheet_gives_the_same_bytes_from_another_press_and_after_others():
    first = Press().pdf(SHEET)
    PRESS.pdf(a_sheet("another", language="ar"))

    assert PRESS.pdf(SHEET) == first
    assert PRESS.pdf(a_sheet(reference="other")) != first


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
    ],
)
def test_the_same_sheet_gives_the_same_bytes_wherever_it_is_printed(surroundings: dict[str, str], tmp_path: Path):
    env = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.bots.printer.sheets"]

    elsewhere = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert elsewhere == sha256(PRESS.pdf(SHEET)).hexdigest()


def test_a_moment_is_the_same_in_every_zone_and_a_naive_one_is_refused():
    there = SHEET.made_at.astimezone()

    assert PRESS.pdf(a_sheet(made_at=there)) == PRESS.pdf(SHEET)
    with pytest.raises(ValueError, match="no zone"):
        PRESS.pdf(a_sheet(made_at=datetime(2026, 11, 26)))  # noqa: DTZ001 - it is refused


def test_threads_share_a_press():
    sheets = [a_sheet(f"Sheet {number}") for number in range(24)]
    alone = [PRESS.pdf(sheet) for sheet in sheets]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(PRESS.pdf, sheets)) == alone


# -- nothing is anything but text --


def test_there_are_nasty_texts_enough():
    assert len(LETTERS) + len(SIGNS) > 150


@pytest.mark.parametrize("text", LETTERS)
def test_markup_is_text_wherever_it_stands(text: str):
    pages = pages_of(PRESS.pdf(a_sheet_of(text)))
    said = without_spaces("".join(pages))

    # Title, studio, subtitle, twice in each of five blocks; then words, name, line and fact twice, and the other title.
    assert said.count(without_spaces(text)) >= 13 + 6
    assert len(pages) == 2


@pytest.mark.parametrize("text", SIGNS, ids=lambda text: ascii(text)[:24])
def test_no_text_stops_the_press(text: str):
    assert pages_of(PRESS.pdf(a_sheet_of(text)))


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_is_written_is_printed(text: str):
    assert PRESS.pdf(a_sheet_of(text)).startswith(b"%PDF")


def test_a_sentence_cannot_be_turned_around():
    """On paper it would read otherwise than where it was signed."""
    assert "pay $100 now" in pages_of(PRESS.pdf(a_sheet("\u202epay $100 now\u202c")))[0]


def test_what_cannot_be_printed_is_seen_to_be_missing():
    assert "a\ufffdb\ufffdc" in pages_of(PRESS.pdf(a_sheet("a\x07b\ue000c")))[0]


@pytest.mark.parametrize("word", ["a" * 2000, HASH * 3, "https://luna.example/" + "path/" * 100, "ж" * 500, "ש" * 500])
def test_a_long_word_stays_on_the_page_and_nothing_is_put_in(word: str):
    pdf = PRESS.pdf(a_sheet(word))

    assert word in without_spaces("".join(pages_of(pdf)).replace("\ufffe", ""))
    assert all(left > MARGIN - 2 and right < 612 - MARGIN + 2 for left, _, right, _ in letters_of(pdf, word[:8]))


def test_a_long_word_in_a_title_stays_on_the_page():
    pdf = PRESS.pdf(a_sheet("The end.", title="W" * 29))

    assert all(right < 612 - MARGIN + 2 for _, _, right, _ in letters_of(pdf, "WWWW"))


def letters_of(pdf: bytes, start: str) -> Iterator[tuple[float, float, float, float]]:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has none

    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    at = page.get_text_range().index(start)
    for number in range(at, min(at + 400, page.count_chars())):
        if page.get_text_range(number, 1).strip():
            yield page.get_charbox(number)


# -- what it takes, and what is shipped --


def test_a_page_is_printed_at_once():
    took: list[float] = []
    for number in range(20):
        start = perf_counter()
        PRESS.pdf(a_sheet(f"Sheet {number}. " * 200))
        took.append(perf_counter() - start)

    assert min(took) < 0.05


def test_the_wheel_has_the_template_and_the_fonts_with_their_licences(tmp_path: Path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())

    assert {str(file.relative_to(ROOT)) for file in [*FONTS.iterdir(), FONTS.parent / "sheet.typ"]} <= shipped


def test_the_fonts_are_few_and_each_is_told_of():
    files = [*FONTS.iterdir()]
    told = (FONTS / "README.md").read_text()

    assert sum(file.stat().st_size for file in files) < 4_000_000
    assert [file.name for file in files if file.name != "README.md" and file.name not in told] == []
