"""Words in a picture: each letter in a font that has it, the right way round, within its width."""

from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bots.printer.coverage import coverage_of
from bots.printer.directions import parts_of
from bots.printer.lettering import SHAPED, Lettering, Line, turned
from bots.printer.writing import clusters
from tests.nasty import EVERY
from tests.outside import ROOT

FONTS = ROOT / "bots" / "printer" / "fonts"
OURS = [path for path in sorted(FONTS.iterdir()) if path.suffix in {".otf", ".ttf"} and path.stem != "MinisBox"]
LETTERING = Lettering()
#: As here, and as where FriBiDi is missing.
BOTH = [LETTERING, Lettering(shaped=False)]


def in_sight(text: str) -> str:
    """The letters from left to right."""
    return "".join(
        turned("".join(part.clusters)) if part.rtl else "".join(part.clusters) for part in parts_of(clusters(text))
    )


def drawing(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    image = Image.new("L", (60, 60))
    ImageDraw.Draw(image).text((10, 40), letter, fill=255, font=font, anchor="ls")
    return image.tobytes()


def pixels(line: Line) -> bytes:
    image = Image.new("RGB", (900, 120))
    line.paint(image, (0, 0, 900, 120), 20, 80, (255, 255, 255))
    return image.tobytes()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_font_has_the_letters_that_it_draws_and_no_others(path: Path):
    coverage, font = coverage_of(path), ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)
    box = drawing(font, "\U0010ffff")
    letters = [
        chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x391, 0x5F0), *range(0x620, 0x64B))
    ]

    drawn = {letter for letter in letters if drawing(font, letter) not in {box, drawing(font, " ")}}

    assert {letter for letter in letters if coverage.has(letter)} >= drawn
    assert not {letter for letter in letters if not coverage.has(letter)} & drawn


@pytest.mark.parametrize("data", [b"", b"no font", b"ttcf", b"OTTO" + bytes(100), OURS[0].read_bytes()[:300]])
def test_what_is_no_font_is_told(tmp_path: Path, data: bytes):
    file = tmp_path / "font.ttf"
    file.write_bytes(data)

    with pytest.raises(ValueError, match="font"):
        coverage_of(file)


@pytest.mark.parametrize("bold", [False, True])
def test_no_letter_is_drawn_as_a_box(bold: bool):
    coverages = {path.name: coverage_of(path) for path in OURS}
    for text, lettering in product(EVERY, BOTH):
        for run in lettering.line(text, 30, bold=bold, most=400).runs:
            coverage = coverages[Path(str(run.font.path)).name]
            assert [letter for letter in run.text if not coverage.has(letter)] == []


@pytest.mark.parametrize("most", [0, 30, 90, 400])
def test_whatever_the_words_they_keep_to_their_width(most: int):
    for text, lettering in product(EVERY, BOTH):
        line = lettering.line(text, 30, most=most)
        assert line.width <= most or line.text in {"", "…"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana 👩\u200d👩\u200d👧 Torres", "Ana Torres"),
        ("李 Anna", "Anna"),
        ("1\ufe0f\u20e3", "1"),
        ("zero\u200bwidth\u202egnp", "zerowidthgnp"),
        ("e\u0301\u0301\u0301\u0301", "é\u0301\u0301"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\x00\ud800漢字\n", ""),
    ],
)
def test_what_no_font_has_is_left_out(text: str, shown: str):
    assert LETTERING.line(text, 30).text == shown
    assert LETTERING.shows(text) == bool(shown)


@pytest.mark.parametrize(
    "text", ["Анна Каренина", "Ελένη Παπαδοπούλου", "שרה כהן", "فاطمة الزهراء", "می\u200cخواهم", "Łukasz Żółć"]
)
def test_names_of_many_scripts_are_shown_as_they_are(text: str):
    assert LETTERING.line(text, 30).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("אבג 12", "12 גבא"),
        ("abc אבג 12 def", "abc 12 גבא def"),
        ("אבג abc.", ".abc גבא"),
        ("12 abc", "12 abc"),
        ("abc (אבג)", "abc (גבא)"),
        ("", ""),
    ],
)
def test_each_part_runs_its_own_way(text: str, shown: str):
    assert in_sight(text) == shown


def test_hebrew_is_the_same_with_and_without_raqm():
    if not SHAPED:
        pytest.skip("Pillow has no Raqm here")
    shaped, plain = (lettering.line("שרה", 60) for lettering in BOTH)

    assert abs(shaped.width - plain.width) < 2
    assert pixels(shaped) == pixels(plain)


def test_arabic_letters_are_joined():
    if not SHAPED:
        pytest.skip("Pillow has no Raqm here")
    joined, apart = (lettering.line("فاطمة", 60) for lettering in BOTH)

    assert joined.width < apart.width


def test_a_long_name_ends_in_an_ellipsis():
    line = LETTERING.line("Maximiliane von und zu Hohenstein", 30, most=250)

    assert line.text.startswith("Maximiliane")
    assert line.text.endswith("…")


def test_a_title_is_broken_between_words_and_its_last_line_is_cut():
    lines = LETTERING.lines("Christmas in the Greenhouse with Grandparents", 40, most=400, count=2)

    assert [line.text for line in lines] == ["Christmas in the", "Greenhouse with G…"]
    assert all(line.width <= 400 for line in lines)


def test_nothing_is_painted_outside_of_its_room():
    image = Image.new("RGB", (400, 200))

    for text in ("Ţ\u0323\u0323g\u0302\u0302" * 9, "ﷺ﷽", "W" * 99):
        LETTERING.line(text, 90).paint(image, (50, 90, 150, 110), 40, 108, (255, 255, 255))

    assert image.getbbox() is not None
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    assert (left, top) >= (50, 90)
    assert (right, bottom) <= (150, 110)


def test_fonts_of_ones_own_bring_their_letters_and_what_is_none_is_passed_over(tmp_path: Path):
    # The box's table is of a kind that says "one sign for all"; so changed, it says that there is one for each.
    box = (FONTS / "MinisBox.ttf").read_bytes().replace(b"\0\x0d\0\0", b"\0\x0c\0\0")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "all.ttf").write_bytes(box)
    (tmp_path / "broken.ttf").write_bytes(b"no font")

    assert not LETTERING.shows("漢字")
    assert not Lettering(tmp_path / "missing").shows("漢字")
    assert Lettering(tmp_path).line("漢字", 30).text == "漢字"
