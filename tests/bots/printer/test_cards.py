"""Cards to share and codes: sizes and bytes, words in rooms of their own, and codes that are what they should be."""

from io import BytesIO
from itertools import combinations

import pytest
import segno
from PIL import Image

from bots.printer.backdrops import dark_tone
from bots.printer.cards import CUTS, draw_card
from bots.printer.codes import QUIET_ZONE
from bots.printer.easel import Easel
from bots.printer.lettering import Lettering
from conversations.pictures import Form, LinkCode, ShareCard
from tests.bots.printer.bad_files import BAD_FILES, encoded, picture
from tests.bots.printer.test_timeline import contrast, meet
from tests.nasty import EVERY

LINK = "https://t.me/LunaPhotoBot?start=m_0123456789abcdefghijkl"
PHOTO = encoded("JPEG", picture((900, 600)))
EASEL = Easel()
LETTERING = Lettering()
SIZES = {Form.STORY: (1080, 1920), Form.POST: (1080, 1350), Form.PREVIEW: (1200, 630)}

pytestmark = pytest.mark.rule("E2")


def a_card(form: Form, *, title: str = "Fall Minis", text: str = "Riverside Park") -> ShareCard:
    return ShareCard(
        form=form,
        title=title,
        dates="Sat 28 Nov 2026",
        place=text,
        price="From $150",
        studio=text,
        call="Scan to book",
        link=LINK,
        address="t.me/LunaPhotoBot",
    )


def modules_of(image: Image.Image, left: int, top: int, count: int, each: int) -> list[list[int]]:
    """What a camera makes of the code: whether the middle of each module is dark."""
    grey = image.convert("L").load()
    assert grey
    middle = each // 2
    return [
        [int(int(grey[left + x * each + middle, top + y * each + middle]) < 128) for x in range(count)]  # pyright: ignore[reportArgumentType]
        for y in range(count)
    ]


@pytest.mark.parametrize("photo", [None, PHOTO])
@pytest.mark.parametrize("form", Form)
def test_a_card_has_its_size_and_the_same_bytes_twice_and_tells_nothing_else(form: Form, photo: bytes | None):
    drawn = EASEL.drawn(a_card(form), photo)

    assert drawn == Easel().drawn(a_card(form), photo)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("JPEG", SIZES[form])
        assert not image.getexif()
        assert not {"icc_profile", "comment", "xmp"} & set(image.info)


@pytest.mark.parametrize("form", Form)
def test_all_that_is_said_is_written(form: Form):
    texts = [one.line.text for one in draw_card(LETTERING, a_card(form), None).words]

    assert texts[:4] == ["Riverside Park", "Fall Minis", "Sat 28 Nov 2026", "Riverside Park"]
    assert {"From $150", "t.me/LunaPhotoBot"} <= set(texts)


@pytest.mark.parametrize("form", Form)
def test_whatever_the_words_they_keep_to_rooms_of_their_own(form: Form):
    wide, high = CUTS[form].size
    for title, text in zip(EVERY[::6], reversed(EVERY[::6]), strict=True):
        words = draw_card(LETTERING, a_card(form, title=title, text=text), None).words
        for one in words:
            left, top, right, bottom = one.room
            assert 0 <= left <= right <= wide
            assert 0 <= top <= bottom <= high
            assert one.right <= right + 0.5
        assert not [pair for pair in combinations(words, 2) if meet(pair[0].room, pair[1].room)]


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_picture_that_cannot_be_read_gives_way_to_one_of_our_own(name: str):
    drawn = EASEL.drawn(a_card(Form.PREVIEW), BAD_FILES[name][0]()[:200_000])

    assert drawn.startswith(b"\xff\xd8")


def test_minis_have_backgrounds_of_their_own():
    cards = {EASEL.drawn(a_card(Form.POST, title=title)) for title in ("Fall Minis", "Spring Minis", "Headshots")}

    assert len(cards) == 3


@pytest.mark.parametrize("colour", ["white", "black", "red", "lime", "yellow", "#e8d8c8"])
def test_words_are_legible_beside_any_picture(colour: str):
    assert contrast(dark_tone(Image.new("RGB", (40, 40), colour)), (255, 255, 255)) >= 7


@pytest.mark.parametrize("link", [LINK, "https://minis.example/luna/fall-minis?from=poster", "a"])
def test_a_code_alone_is_the_links_code_with_its_quiet_zone(link: str):
    with Image.open(BytesIO(EASEL.drawn(LinkCode(link)))) as image:
        image.load()
    expected = [list(row) for row in segno.make_qr(link, error="m").matrix_iter(border=QUIET_ZONE)]
    each = image.width // len(expected)

    assert image.size == (each * len(expected),) * 2
    assert each >= 8
    assert modules_of(image, 0, 0, len(expected), each) == expected


@pytest.mark.parametrize("form", Form)
def test_the_code_of_a_card_can_be_read_in_the_jpeg(form: Form):
    with Image.open(BytesIO(EASEL.drawn(a_card(form), PHOTO))) as image:
        image.load()
    expected = [list(row) for row in segno.make_qr(LINK, error="m").matrix_iter(border=QUIET_ZONE)]
    cut = CUTS[form]
    each = cut.code // len(expected)
    inset = (cut.code - each * len(expected)) // 2
    left, top = (image.width - cut.code - 28, 28) if cut.panel else (cut.margin, cut.foot - cut.code)

    assert each >= 4
    assert modules_of(image, left + inset, top + inset, len(expected), each) == expected
