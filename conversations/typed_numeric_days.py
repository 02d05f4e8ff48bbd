"""Days in numbers: "2026-12-05", "12/10", "5.12."; and what a typed day is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from conversations.typed_text import Slate


class Order(StrEnum):
    """Which number comes first where a date has two."""

    DMY = "dmy"
    MDY = "mdy"


class Why(StrEnum):
    """Why something typed is asked about."""

    ORDER = "order"
    NEXT = "next"
    #: The weekday is today's, or it is named with a date that has another one.
    TODAY = "today"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    WEEK = "week"
    #: A number that may be an hour or a day of the month; "9.10" that may be a time or a date.
    HOUR_OR_DAY = "hour_or_day"
    HALF_OF_DAY = "half_of_day"
    MIDNIGHT = "midnight"
    #: The clocks show that time twice that day, or not at all.
    TWICE = "twice"
    SKIPPED = "skipped"
    #: Further away than anybody plans.
    FAR = "far"
    #: A word that is also another one: "sun".
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDays:
    """The days that a piece may mean, the likelier first."""

    days: tuple[date, ...]
    why: frozenset[Why] = frozenset()
    #: Whether the first one must not be passed over for being past: the others are no one's first thought.
    led: bool = False
    #: Whether it may be taken without being asked about, if it is the only one left.
    sure: bool = True
    #: Whether it has a number of its own, so that one beside it is none.
    numbered: bool = True
    #: The weekday, if that is all that names the day.
    weekday: int | None = None
    #: Whether the month's name stands behind the day's number.
    month_behind: bool = False


class NoSuchDay(Exception):
    """The calendar has no such day."""


_ISO: Final = re.compile(r"(?<![\w:./,-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t(?=\d)|(?![\w./-]))")
_RUN: Final = re.compile(r"(?<![\w:./,-])(20\d\d)(\d\d)(\d\d)(?![\w:./,-])")
_THREE: Final = re.compile(r"(?<![\w:./,-])(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2(?: ?(\d{4})|(\d{2}))(?![\w:/-]|[.,]\d)")
_TWO: Final = re.compile(r"(?<![\w:./,-])(?:(\d{1,2})/(\d{1,2})|(\d{1,2})\. ?(\d{1,2})\.)(?![\w:/-]|[.,]\d| ?- ?\d)")


def take_numeric(slate: Slate, today: date, order: Order) -> TypedDays | None:
    if match := slate.take(_ISO):
        return TypedDays(days=(day_of(int(match[1]), int(match[3]), int(match[4])),))
    if match := slate.take(_RUN):
        return TypedDays(days=(day_of(*(int(one) for one in match.groups())),))
    if match := slate.take(_THREE):
        year = int(match[4] or 2000 + int(match[5]))
        return _in_order(int(match[1]), int(match[3]), order, lambda month, day: day_of(year, month, day))
    if match := slate.take(_TWO):
        first, second = (int(one) for one in match.groups() if one)
        return _in_order(first, second, order, lambda month, day: coming(month, day, today))
    return None


def _in_order(first: int, second: int, order: Order, made: Callable[[int, int], date]) -> TypedDays:
    """Two numbers: the studio's order first, and the other one asked about as well (C2)."""
    orders = ((second, first), (first, second)) if order is Order.DMY else ((first, second), (second, first))
    days: list[date] = []
    for month, day in orders:
        try:
            days.append(made(month, day))
        except NoSuchDay:
            continue
    if not days:
        raise NoSuchDay
    if orders[0][0] > 12:  # only the other order has such a month
        return TypedDays(days=tuple(days), why=frozenset({Why.ORDER}), sure=False)
    days = list(dict.fromkeys(days))
    return TypedDays(days=tuple(days), why=frozenset({Why.ORDER} if len(days) > 1 else ()), led=True)


def day_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay from None


def coming(month: int, day: int, today: date) -> date:
    """The next one of that date from today on; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NoSuchDay
