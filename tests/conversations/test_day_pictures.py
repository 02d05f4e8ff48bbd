"""What a day's picture says: each spot in words, many of them by the hour, and the same facts in its caption."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.day_pictures import MOST_LINES, day_caption, day_pages, day_picture
from conversations.pictures import DayBreak, DayPicture, DayRow, DaySum
from core.booking.day_view import SpotLook, SpotState
from tests.builders import a_studio
from tests.conversations.languages import LONG, RIGHT_TO_LEFT, english, every_language
from tests.days import FALL, STORYBOARD, a_date, a_state, at, many_states

WORDS = english()
LUNA = a_studio()

pytestmark = pytest.mark.rule("C9")


def pictured(rows: list[SpotState], *, page: int = 1, zone: str = LUNA.zone_name) -> DayPicture:
    return day_picture(WORDS, "en", a_studio(zone_name=zone), FALL, a_date(), rows, page=page)


def caption(rows: list[SpotState]) -> str:
    return WORDS.phrase(day_caption(LUNA, a_date(), rows), "en")


def test_a_day_is_told_spot_by_spot_with_its_breaks_and_its_end():
    picture = pictured(STORYBOARD)

    assert (picture.title, picture.date, picture.place) == (
        "Fall Minis",
        "Sat 28 Nov 2026 · Chicago time",
        "Riverside Park",
    )
    assert picture.lines[:3] == (
        DayRow(time="9:00 AM", look=SpotLook.BOOKED, state="Booked", name="Ana Torres", code="LP-4821", aside="Mini"),
        DayRow(time="9:25 AM", look=SpotLook.BOOKED, state="Booked", name="Ben & Jo", aside="Plus"),
        DayRow(time="9:50 AM", look=SpotLook.HELD, state="Booking…", aside="until 10:14 AM"),
    )
    assert picture.lines[5:8] == (
        DayRow(time="11:05 AM", look=SpotLook.BOOKED, state="Booked", name="K. Osei", aside="Mini · $100 due"),
        DayRow(time="11:30 AM", look=SpotLook.FREE, state="Free"),
        DayBreak(label="Break", text="11:50 AM – 1:00 PM"),
    )
    assert (picture.end, picture.page) == ("Last shoot ends at 2:10 PM", "")


def test_the_caption_says_what_the_picture_counts():
    assert caption(STORYBOARD) == "Sat 28 Nov: 4 booked, 1 booking, 1 reserved, 4 free."
    assert [one.text for one in pictured(STORYBOARD).counts] == ["4 booked", "1 booking", "1 reserved", "4 free"]


def test_a_day_without_spots_says_so():
    assert caption([]) == "Sat 28 Nov: no spots yet."
    assert (pictured([]).lines, pictured([]).end) == ((), "No spots yet")


@pytest.mark.rule("C4")
def test_a_class_is_one_line_of_seats():
    row = a_state("10:00", seats=30, minutes=60, taken=18)

    assert pictured([row]).lines == (DaySum(time="10:00 AM", text="18 of 30 taken", taken=18, of=30),)
    assert caption([row]) == "Sat 28 Nov: 18 of 30 taken, 12 free."


@pytest.mark.rule("C4")
def test_a_class_that_nobody_can_book_has_no_count():
    row = a_state("10:00", SpotLook.CLOSED, seats=30)

    assert pictured([row]).lines == (DaySum(time="10:00 AM", text="Closed", taken=0, of=0),)
    assert caption([row]) == "Sat 28 Nov: 1 closed."


def test_a_gap_is_no_break_and_a_short_pause_is_not_worth_a_line():
    rows = [a_state("09:00"), a_state("09:25"), a_state("09:53"), a_state("10:30")]

    assert [one.text for one in pictured(rows).lines if isinstance(one, DayBreak)] == ["10:13 AM – 10:30 AM"]


def test_spots_that_overlap_have_no_break_between_them():
    rows = [a_state("09:00", minutes=90), a_state("09:30"), a_state("10:30")]

    assert not [one for one in pictured(rows).lines if isinstance(one, DayBreak)]


def test_as_many_spots_as_fit_are_shown_one_by_one_and_one_more_by_the_hour():
    assert len(pictured(many_states(MOST_LINES)).lines) == MOST_LINES
    assert all(isinstance(one, DaySum) for one in pictured(many_states(MOST_LINES + 1)).lines)


def test_an_hour_counts_what_can_be_taken_and_shows_each_spot():
    looks = (SpotLook.BOOKED, SpotLook.HELD, SpotLook.RESERVED, SpotLook.FREE, SpotLook.CLOSED, SpotLook.PAST)

    first, *_, last = pictured(many_states(27, minutes=10, looks=looks)).lines

    assert first == DaySum(time="8:00 AM – 9:00 AM", text="3 of 4 taken", taken=3, of=4, looks=looks)
    assert isinstance(last, DaySum)
    assert (last.time, last.text) == ("12:00 PM – 1:00 PM", "3 of 3 taken")


def test_an_hour_in_which_nothing_can_be_taken_says_why():
    rows = many_states(30, minutes=10, looks=[SpotLook.CLOSED, SpotLook.PAST])

    line = pictured(rows).lines[0]

    assert isinstance(line, DaySum)
    assert (line.text, line.of) == ("3 closed, 3 past", 0)


@pytest.mark.parametrize("minutes", [5, 20, 90, 720])
@pytest.mark.parametrize("count", [25, 200])
def test_two_hundred_spots_fit_on_pages_and_none_is_left_out_or_counted_twice(count: int, minutes: int):
    rows = many_states(count, minutes=minutes)
    pages = [pictured(rows, page=page) for page in range(1, day_pages(LUNA, rows) + 1)]

    lines = [line for page in pages for line in page.lines]
    assert all(len(page.lines) <= MOST_LINES for page in pages)
    assert [look for line in lines if isinstance(line, DaySum) for look in line.looks] == [row.look for row in rows]
    assert {page.page for page in pages} == (
        {f"Page {number} of {len(pages)}" for number in range(1, len(pages) + 1)} if len(pages) > 1 else {""}
    )


def test_a_page_that_is_not_there_is_the_nearest_one():
    rows = many_states(200, minutes=90)
    last = day_pages(LUNA, rows)

    assert pictured(rows, page=0) == pictured(rows, page=1)
    assert pictured(rows, page=99) == pictured(rows, page=last) != pictured(rows, page=1)


@pytest.mark.rule("C6")
def test_the_hour_that_the_clocks_repeat_is_two_hours():
    night = at("00:00", date(2026, 11, 1))
    rows = [a_state(night + timedelta(minutes=10 * number), minutes=10) for number in range(30)]

    lines = [one for one in pictured(rows).lines if isinstance(one, DaySum)]

    assert [(one.time, one.of) for one in lines] == [
        ("12:00 AM – 1:00 AM", 6),
        ("1:00 AM – 1:00 AM", 6),
        ("1:00 AM – 2:00 AM", 6),
        ("2:00 AM – 3:00 AM", 6),
        ("3:00 AM – 4:00 AM", 6),
    ]


def test_times_are_those_of_the_studio():
    picture = pictured([a_state("09:00")], zone=ZoneInfo("Europe/Berlin").key)

    assert picture.date == "Sat 28 Nov 2026 · Berlin time"
    assert [one.time for one in picture.lines if isinstance(one, DayRow)] == ["4:00 PM"]


def test_a_days_own_place_goes_before_the_minis():
    picture = day_picture(WORDS, "en", LUNA, FALL, a_date(place="The studio"), [a_state()])

    assert picture.place == "The studio"


@pytest.mark.rule("F12")
@pytest.mark.parametrize("language", [LONG, RIGHT_TO_LEFT])
@pytest.mark.parametrize("rows", [STORYBOARD, many_states(30), [a_state(seats=9, taken=2)], []])
def test_a_day_is_told_in_every_language(language: str, rows: list[SpotState]):
    picture = day_picture(every_language(), language, LUNA, FALL, a_date(), rows)

    assert picture.end
    assert len(picture.counts) == len(pictured(rows).counts)
