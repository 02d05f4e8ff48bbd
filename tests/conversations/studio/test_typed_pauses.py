"""Breaks and lengths that are typed alone: each is what it says, or nothing."""

from datetime import time, timedelta

import pytest

from conversations.studio.typed_day import break_of
from conversations.studio.typed_pauses import LONGEST, AfterSpot, AtTime, Pause, read_length, read_pauses
from core.minis.plan import Break

NINE = time(9)


def written(pause: Pause) -> str:
    """As it is on a day that begins at nine."""
    match pause:
        case AfterSpot(clock, length):
            return f"after {clock.hour}:{clock.minute:02}" + (f" +{length // timedelta(minutes=1)}" if length else "")
        case AtTime(clock):
            return f"at {clock.hour}:{clock.minute:02}"
        case _:
            made = break_of(pause, NINE)
            return f"{made.at:%H:%M}+{made.length // timedelta(minutes=1)}" if made else "nothing"


@pytest.mark.rule("C5")
@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        ("12-13", "en", "12:00+60"),
        ("12:00-13:00", "en", "12:00+60"),
        ("12-1", "en", "12:00+60"),
        ("break 12-1", "en", "12:00+60"),
        ("lunch 12:30 to 1:15", "en", "12:30+45"),
        ("11:30 for 30 minutes", "en", "11:30+30"),
        ("11:30 30m", "en", "11:30+30"),
        ("30 min break at noon", "en", "12:00+30"),
        ("2pm for 15 min", "en", "14:00+15"),
        ("12-13, 15:00-15:15", "en", "12:00+60 15:00+15"),
        ("11-11:15 and 2-2:30", "en", "11:00+15 14:00+30"),
        ("after 11:05", "en", "after 11:05"),
        ("after the 11:05, 15 min", "en", "after 11:05 +15"),
        ("after 1:25 for half an hour", "en", "after 1:25 +30"),
        ("at 11:30", "en", "at 11:30"),
        ("noon", "en", "at 12:00"),
        ("12 bis 13 Uhr", "de", "12:00+60"),
        ("nach 11:05 30 Minuten", "de", "after 11:05 +30"),
        ("um 11:30", "de", "at 11:30"),
        ("de 12 a 13", "es", "12:00+60"),
        ("después de las 11:05", "es", "after 11:05"),
        ("12-12", "en", "nothing"),
        ("banana", "en", ""),
        ("12-13 banana", "en", ""),
        ("after lunch", "en", ""),
        ("30 min", "en", ""),
        ("", "en", ""),
        ("1" * (LONGEST + 1), "en", ""),
    ],
)
def test_a_break_is_what_it_says_or_nothing(text: str, language: str, meaning: str) -> None:
    assert " ".join(written(one) for one in read_pauses(text, language)) == meaning


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30),
        ("30 min", 30),
        ("half an hour", 30),
        ("1h30", 90),
        ("2 hours", 120),
        ("soon", None),
        ("5 spots", None),
    ],
)
def test_a_length_is_a_number_of_minutes_or_nothing(text: str, minutes: int | None) -> None:
    assert read_length(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.rule("C5")
def test_a_break_after_nine_is_in_the_afternoon_where_its_hour_is_over() -> None:
    (pause,) = read_pauses("1-1:30", "en")

    assert not isinstance(pause, AfterSpot | AtTime)
    assert break_of(pause, NINE) == Break(time(13), timedelta(minutes=30))
