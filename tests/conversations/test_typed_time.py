"""Times as people type them: each phrase means one free spot, a few to choose from, a day, or is asked about (F1)."""

from datetime import date, datetime, timedelta

import pytest

from conversations.booking.typed_time import read_wanted
from core.minis.mini import Spot
from core.minis.records import SpotRow
from tests.builders import CHICAGO, SATURDAY, SUNDAY
from tests.conversations.languages import english

WORDS = english()
TUESDAY = date(2026, 12, 1)
FREE = {
    SATURDAY: ("9:00", "10:15", "10:40", "11:05", "11:30", "13:00", "15:00", "19:00"),
    SUNDAY: ("9:00", "13:00", "13:25", "14:00"),
    TUESDAY: ("10:15",),
}
#: The phrase, and the spots that it means; a day alone ends with "…", what is asked about is "?", and "-" is not free.
PHRASES = {
    # a time
    "13:25": "Sun 13:25",
    "1:25": "Sun 13:25",
    "1:25 pm": "Sun 13:25",
    "1:25PM": "Sun 13:25",
    "1:25 p.m.": "Sun 13:25",
    "1.25": "Sun 13:25",
    "13h25": "Sun 13:25",
    "at 13:25": "Sun 13:25",
    "I'd like 13:25 please": "Sun 13:25",
    "13:25!": "Sun 13:25",
    "11:30 am": "Sat 11:30",
    "11:30 AM": "Sat 11:30",
    "19:00": "Sat 19:00",
    "7 pm": "Sat 19:00",
    "7": "Sat 19:00",
    "3": "Sat 15:00",
    "15": "Sat 15:00",
    "15 uhr": "Sat 15:00",
    "2 o'clock": "Sun 14:00",
    # a time on several days
    "10:15": "Sat 10:15, Tue 10:15",
    "9": "Sat 9:00, Sun 9:00",
    "1 pm": "Sat 13:00, Sun 13:00",
    # a time that is not free, or none at all
    "10:16": "-",
    "8:00": "-",
    "9 pm": "-",
    "12": "-",
    "25:00": "?",
    "10:75": "?",
    "13:00 am": "-",
    # a day
    "Saturday": "Sat …",
    "saturday?": "Sat …",
    "sat": "Sat …",
    "on Saturday": "Sat …",
    "Saturday the 28th": "Sat …",
    "the 28th": "Sat …",
    "28 Nov": "Sat …",
    "Nov 28": "Sat …",
    "november 29th": "Sun …",
    "1 December": "Tue …",
    "Dec 1": "Tue …",
    "Monday": "-",
    "Sat 29 Nov": "-",
    "the 3rd": "-",
    "Saturday 25:00": "?",
    # a day and a time
    "Saturday 10:15": "Sat 10:15",
    "sat 10:15": "Sat 10:15",
    "10:15 on saturday": "Sat 10:15",
    "Sat at 9": "Sat 9:00",
    "Saturday, 10.40": "Sat 10:40",
    "28 Nov 10:15": "Sat 10:15",
    "10:15 28 Nov": "Sat 10:15",
    "10:15 on Nov 28": "Sat 10:15",
    "Saturday the 28th at 9am": "Sat 9:00",
    "Sunday 10:15": "-",
    "Dec 1 10:15": "Tue 10:15",
    "tue 10:15 am": "Tue 10:15",
    # after, from, before
    "after 7 pm": "-",
    "from 7 pm": "Sat 19:00",
    "after 15:00": "Sat 19:00",
    "after 3": "Sat 19:00",
    "sunday after 1:25": "Sun 14:00",
    "Sunday from 1:25": "Sun 13:25, Sun 14:00",
    "saturday after 11:05": "Sat 11:30, Sat 13:00, Sat 15:00, Sat 19:00",
    "Saturday before 10": "Sat 9:00",
    "before 9:30": "Sat 9:00, Sun 9:00",
    "until 9:30 on sunday": "Sun 9:00",
    "later than 3 pm": "Sat 19:00",
    # the first, the last
    "the first one": "Sat 9:00",
    "first": "Sat 9:00",
    "the last one": "Tue 10:15",
    "last one on Saturday": "Sat 19:00",
    "the earliest on sunday": "Sun 9:00",
    # never guessed
    "last Saturday": "?",
    "first Saturday": "?",
    "after Saturday": "?",
    "next Saturday": "?",
    "not Saturday": "?",
    "Saturday or Sunday": "?",
    "saturday sunday": "?",
    "tomorrow": "?",
    "10:15 or 10:40": "?",
    "10:15 10:40": "?",
    "9-12": "?",
    "9am - 12pm": "?",
    "from 9 to 12": "?",
    "9:30am to 12": "?",
    "half past 10": "?",
    "quarter to ten": "?",
    "noon": "?",
    "Saturday morning": "?",
    "not 10:15": "?",
    "2 people": "?",
    "$150": "?",
    "10/15": "?",
    "12/10/2026": "?",
    "28": "?",
    "1015": "?",
    "after": "?",
    "before lunch": "?",
    "may": "?",
    "may be": "?",
    "yes": "?",
    "asap": "?",
    "December": "?",
    "": "?",
    "  ": "?",
    "\0": "?",
    "the one I told you about on the phone yesterday, at 10:15 or so, I think": "?",
}


@pytest.mark.rule("F1")
@pytest.mark.parametrize(("phrase", "meaning"), PHRASES.items())
def test_a_typed_time_means_what_it_says_or_is_asked_about(phrase: str, meaning: str) -> None:
    assert _read(phrase) == meaning


@pytest.mark.rule("F1", "C6")
def test_the_days_of_the_list_are_the_studios_not_the_servers() -> None:
    late = datetime(2026, 11, 28, 23, 30, tzinfo=CHICAGO)  # Sunday in UTC

    wanted = read_wanted("Saturday", [_row(late)], CHICAGO, WORDS, "en")

    assert wanted is not None
    assert len(wanted.rows) == 1


@pytest.mark.rule("F2")
def test_the_nearest_free_times_of_the_named_day_come_first() -> None:
    wanted = read_wanted("Sunday 13:15", _rows(), CHICAGO, WORDS, "en")

    assert wanted is not None
    assert wanted.rows == ()
    assert [_said(row) for row in wanted.near[:2]] == ["Sun 13:25", "Sun 13:00"]


def _read(phrase: str) -> str:
    wanted = read_wanted(phrase, _rows(), CHICAGO, WORDS, "en")
    if wanted is None:
        return "?"
    if not wanted.rows:
        return "-"
    if not wanted.names_time:
        (day,) = {_said(row).split()[0] for row in wanted.rows}
        return f"{day} …"
    return ", ".join(_said(row) for row in wanted.rows)


def _rows() -> list[SpotRow]:
    return [
        _row(datetime(day.year, day.month, day.day, *map(int, clock.split(":")), tzinfo=CHICAGO))
        for day, clocks in FREE.items()
        for clock in clocks
    ]


def _row(starts: datetime) -> SpotRow:
    spot = Spot(
        id=starts.isoformat(),
        studio_id="luna",
        mini_id="fall",
        day_id="day",
        starts=starts,
        ends=starts + timedelta(minutes=20),
    )
    return SpotRow(spot=spot, taken=0, held=0)


def _said(row: SpotRow) -> str:
    at = row.spot.starts.astimezone(CHICAGO)
    return f"{at:%a} {at.hour}:{at:%M}"
