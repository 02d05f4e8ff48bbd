"""The picture of a day: its size, its bytes, that nothing in it stands on anything else, and that grey is enough."""

import subprocess
import sys
from io import BytesIO
from itertools import combinations, pairwise, product
from time import thread_time

import pytest
from PIL import Image

from bots.printer.canvas import Words as Written
from bots.printer.easel import Easel
from bots.printer.lettering import Ink, Lettering, Room
from bots.printer.signs import COLOURS, PAPER, QUIET, sign
from bots.printer.timeline import SIZE, Timeline
from conversations.day_pictures import MOST_LINES, day_pages, day_picture
from conversations.pictures import DayPicture
from conversations.words import Words
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Mini
from tests.builders import a_studio
from tests.conversations.languages import LONG, RIGHT_TO_LEFT, english, every_language
from tests.days import FALL, STORYBOARD, a_date, a_state, many_states
from tests.nasty import EVERY
from tests.outside import ROOT

WORDS = english()
EASEL = Easel()
LETTERING = Lettering()
READABLE = 4.5  # contrast of words; WCAG 2.2, 1.4.3
MEGABYTES, SECONDS = 50, 0.3  # that a picture may take; of a core, whoever else uses it

A_CLASS = [a_state("10:00", seats=30, minutes=60, taken=18)]
DAYS = {
    "the storyboard's": STORYBOARD,
    "every look": many_states(6),
    "as many as fit": many_states(MOST_LINES, names=["Maximiliane von und zu Hohenstein-Langenburg"]),
    "by the hour": many_states(60, minutes=10),
    "two hundred": many_states(200, minutes=5),
    "two hundred long ones": many_states(200, minutes=90),
    "a class": A_CLASS,
    "a large class": [a_state("10:00", seats=200, taken=77)],
    "two classes": [a_state("10:00", seats=9, taken=9), a_state("11:00", seats=9)],
    "one": many_states(1),
    "none": [],
}

pytestmark = pytest.mark.rule("C9")


def pictured(
    rows: list[SpotState], *, page: int = 1, words: Words = WORDS, language: str = "en", mini: Mini = FALL
) -> DayPicture:
    return day_picture(words, language, a_studio(), mini, a_date(), rows, page=page)


def written(picture: DayPicture) -> list[Written]:
    return Timeline(LETTERING, picture).draw().words


def meet(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check_rooms(words: list[Written]) -> None:
    """Each has a room of its own within the picture, and stays in it."""
    for one in words:
        left, top, right, bottom = one.room
        assert 0 <= left <= right <= SIZE[0]
        assert 0 <= top <= bottom <= SIZE[1]
        assert one.line.text in {"", "…"} or (left - 0.5 <= one.left and one.right <= right + 0.5), one.line.text
    assert [(a.line.text, b.line.text) for a, b in combinations(words, 2) if meet(a.room, b.room)] == []


@pytest.mark.parametrize("name", DAYS)
def test_nothing_stands_on_anything_else(name: str):
    for page in range(1, day_pages(a_studio(), DAYS[name]) + 1):
        check_rooms(written(pictured(DAYS[name], page=page)))


@pytest.mark.rule("F12")
@pytest.mark.parametrize(("name", "language"), [*product(DAYS, [LONG, RIGHT_TO_LEFT])])
def test_longer_words_and_hebrew_ones_keep_to_their_rooms(name: str, language: str):
    check_rooms(written(pictured(DAYS[name], words=every_language(), language=language)))


@pytest.mark.parametrize("at", range(0, len(EVERY), MOST_LINES))
def test_whatever_the_names_they_keep_to_their_rooms(at: int):
    texts = EVERY[at : at + MOST_LINES]
    rows = many_states(len(texts), names=texts)
    rows[0] = a_state("08:00", SpotLook.BOOKED, name=texts[0], package=texts[-1], due_minor=100)

    picture = pictured(rows, mini=Mini(id="m", studio_id="luna", title=texts[0], place=texts[-1]))

    check_rooms(written(picture))


def test_whatever_the_title_and_the_place_they_keep_to_their_rooms():
    for title, place in zip(EVERY, reversed(EVERY), strict=True):
        check_rooms(written(pictured([], mini=Mini(id="m", studio_id="luna", title=title, place=place))))


@pytest.mark.parametrize("name", DAYS)
def test_a_picture_has_its_size_and_the_same_bytes_twice(name: str):
    picture = pictured(DAYS[name])
    drawn = EASEL.drawn(picture)

    assert drawn == Easel().drawn(picture)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", SIZE, "RGB")
        assert image.info == {}


def test_all_that_is_said_is_written():
    texts = [one.line.text for one in written(pictured(STORYBOARD))]

    assert texts[:7] == [
        "Fall Minis",
        "Sat 28 Nov 2026 · Chicago time",
        "Riverside Park",
        "4 booked",
        "1 booking",
        "1 reserved",
        "4 free",
    ]
    assert texts[7:11] == ["9:00 AM", "Booked", "Mini", "Ana Torres"]
    assert {"Booking…", "until 10:14 AM", "Reserved", "Grandma Liu", "Mini · $100 due"} <= set(texts)
    assert "Break 11:50 AM – 1:00 PM" in texts
    assert texts[-3:] == ["Last shoot ends at 2:10 PM", "", "Luna Photo"]


def test_a_name_that_no_font_can_show_gives_way_to_the_bookings_code():
    rows = [a_state("09:00", SpotLook.BOOKED, name="漢字 🎉", code="LP-4821")]

    assert "LP-4821" in [one.line.text for one in written(pictured(rows))]


# -- in grey --


def lightness(ink: Ink) -> float:
    """Of the ink once it is grey: relative luminance (WCAG 2.2)."""
    grey = Image.new("RGB", (1, 1), ink).convert("L").getpixel((0, 0))
    assert isinstance(grey, int)
    share = grey / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: Ink, other: Ink) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", SpotLook)
def test_words_and_signs_are_legible_in_grey(look: SpotLook):
    assert contrast(COLOURS[look].ink, COLOURS[look].fill) >= READABLE
    assert contrast(QUIET, COLOURS[look].fill) >= READABLE
    assert contrast(COLOURS[look].ink, PAPER) >= READABLE


@pytest.mark.parametrize(("one", "other"), [*combinations(SpotLook, 2)])
@pytest.mark.parametrize("across", [18, 29])
def test_each_look_has_a_sign_that_is_no_others(one: SpotLook, other: SpotLook, across: int):
    """A fifth of the ink of the two, at least, is not where the other has its own."""
    first, second = sign(one, across).tobytes(), sign(other, across).tobytes()
    apart = sum(abs(a - b) for a, b in zip(first, second, strict=True))

    assert apart > 0.2 * (sum(first) + sum(second))


def test_the_parts_of_a_bar_differ_in_grey():
    solids = [
        lightness(COLOURS[look].solid) for look in (SpotLook.BOOKED, SpotLook.RESERVED, SpotLook.HELD, SpotLook.FREE)
    ]

    assert solids == sorted(solids)
    assert all(later / earlier > 1.3 for earlier, later in pairwise(solids))


# -- what it takes --


def test_a_picture_is_drawn_quickly():
    times: list[float] = []
    for number in range(5):
        picture = pictured(many_states(MOST_LINES, names=[f"Client {number}"]))
        begun = thread_time()
        EASEL.drawn(picture)
        times.append(thread_time() - begun)

    assert min(times) < SECONDS


def test_a_picture_takes_little_memory():
    run = subprocess.run(
        ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-m", "tests.bots.printer.memory", "drawing"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert int(run.stdout) < MEGABYTES
