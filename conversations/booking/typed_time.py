"""Times as people type them beside the buttons: "10:20", "Saturday after 11", "the last one" (F1).

It only chooses among what is free. What it does not understand, it says so: it never guesses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from conversations.words import Words, locale_of
from core.minis.mini import Spot
from core.values.moments import local

_LONGEST = 60  # characters; longer is no time
_CLOCK = re.compile(r"(?<![\d/])(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|uhr)?(?![\d/])", re.IGNORECASE)
#: A number that is no part of a time.
_DAY_OF_MONTH = re.compile(r"(?<![\d:.])(\d{1,2})(?:st|nd|rd|th|\.)?(?![\d:]|\.\d|h|\s*[ap]\.?m)")
_ORDINAL = re.compile(r"(?<![\d:.])(\d{1,2})(?:st|nd|rd|th)\b")
#: Stands where a day was read, so that "last Saturday" is not taken for the last one on Saturday.
_DAY = "\0"
_NARROWING = ("after", "from", "before", "first", "last")


class HasSpot(Protocol):
    """Whatever stands for a spot in a list."""

    @property
    def spot(self) -> Spot: ...


R = TypeVar("R", bound=HasSpot)


@dataclass(frozen=True, slots=True)
class Wanted(Generic[R]):
    """What was understood: the spots that fit, and what the text named."""

    rows: tuple[R, ...]
    #: What comes nearest where nothing fits: of the named day if anything is free then, the nearest in time first.
    near: tuple[R, ...]
    names_day: bool
    names_time: bool
    #: That the time is one alone, not all that are after it, and not the first.
    one_time: bool = False


def read_wanted(text: str, rows: Sequence[R], zone: ZoneInfo, words: Words, language: str) -> Wanted[R] | None:
    """The free spots that the text means; None where a word is not understood, or it names neither day nor time."""
    left = " ".join(text.replace(_DAY, " ").casefold().replace(",", " ").split())
    if not left or len(left) > _LONGEST:
        return None
    left, days = _take_day(left, rows, zone, language)
    left, bound = _take_word(left, words, language)
    left, clocks = _take_clock(left)
    if _anything_left(left, words, language) or clocks == set():
        return None
    of_days = [row for row in rows if days is None or local(row.spot.starts, zone).date() in days]
    if bound in {"first", "last"}:
        if clocks:
            return None
        end = of_days[:1] if bound == "first" else of_days[-1:]
        return Wanted(tuple(end), tuple(rows), days is not None, names_time=True)
    if clocks:
        found = [row for row in of_days if _fits(local(row.spot.starts, zone).time(), clocks, bound)]
        near = sorted(of_days or rows, key=lambda row: _distance(local(row.spot.starts, zone).time(), clocks))
        return Wanted(tuple(found), tuple(near), days is not None, names_time=True, one_time=bound is None)
    if bound or days is None:
        return None
    return Wanted(tuple(of_days), tuple(rows), names_day=True, names_time=False)


def _take_day(left: str, rows: Sequence[HasSpot], zone: ZoneInfo, language: str) -> tuple[str, set[date] | None]:
    """Take one weekday, one day and month, or one "28th" out of the text; the free days that it may mean."""
    dates = {local(row.spot.starts, zone).date() for row in rows}
    named: set[date] | None = None
    locale = locale_of(language)
    left, weekday = _take_name(left, locale.days["format"])
    if weekday is not None:
        named = {day for day in dates if day.weekday() == weekday}
    without_month, month = _take_name(left, locale.months["format"])
    day_of_month = (_ORDINAL if month is None else _DAY_OF_MONTH).search(without_month)
    if day_of_month:
        left = without_month[: day_of_month.start()] + _DAY + without_month[day_of_month.end() :]
        number = int(day_of_month.group(1))
        named = {day for day in (dates if named is None else named) if day.day == number and month in {None, day.month}}
    return left, named


def _take_name(left: str, names: Mapping[str, Mapping[int, str]]) -> tuple[str, int | None]:
    """Take the first weekday or month out of the text, in full or abbreviated; its number."""
    for width in ("wide", "abbreviated"):
        for number, name in names[width].items():
            pattern = rf"\b{re.escape(name.casefold().rstrip('.'))}\b\.?"
            if re.search(pattern, left):
                return re.sub(pattern, _DAY, left, count=1), number
    return left, None


def _take_word(left: str, words: Words, language: str) -> tuple[str, str | None]:
    """Take "after", "before", "first" or "last" out of the text, unless it belongs to a day."""
    for meaning in _NARROWING:
        for word in words.alternatives(f"typed-{meaning}", language):
            pattern = rf"\b{re.escape(word)}\b(?!\s*{_DAY})"
            if re.search(pattern, left):
                return re.sub(pattern, " ", left, count=1), meaning
    return left, None


def _take_clock(left: str) -> tuple[str, set[time] | None]:
    """Take one time of day out of the text, in each of its readings: a bare 3 may be 3:00 and 15:00.

    None where there is none, no reading where the clocks never show it.
    """
    match = _CLOCK.search(left)
    if match is None:
        return left, None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    hours = {hour}
    if half == "pm":
        hours = {hour % 12 + 12}
    elif half == "am":
        hours = {hour % 12}
    elif hour < 12 and not half:
        hours = {hour, hour + 12}
    left = left[: match.start()] + " " + left[match.end() :]
    return left, {time(one, minute) for one in hours if one < 24 and minute < 60}


def _anything_left(left: str, words: Words, language: str) -> bool:
    filler = set(words.alternatives("typed-filler", language))
    return any(word not in filler for word in re.split(rf"[\s.?!{_DAY}]+", left) if word)


def _fits(starts: time, clocks: set[time], bound: str | None) -> bool:
    if bound == "after":
        return starts > _as_daytime(clocks)
    if bound == "from":
        return starts >= _as_daytime(clocks)
    if bound == "before":
        return starts < _as_daytime(clocks)
    return starts in clocks


def _distance(starts: time, clocks: set[time]) -> int:
    """Minutes from the start to the nearest reading."""
    return min(abs(starts.hour * 60 + starts.minute - one.hour * 60 - one.minute) for one in clocks)


def _as_daytime(clocks: set[time]) -> time:
    """A bound's one reading: of two, the one between 7 in the morning and 7 in the evening."""
    return min(clocks, key=lambda one: (not time(7) <= one < time(19), one))
