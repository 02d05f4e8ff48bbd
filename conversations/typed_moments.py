"""What a typed day and time come to: taken, asked about, or refused, with the studio's clock and zone in hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from conversations.typed_clocks import TypedClock, TypedSpan
from conversations.typed_numeric_days import Order, TypedDays, Why
from conversations.typed_words import Part
from core.values.moments import StartDoesNotExist, StartExistsTwice, instant, local

#: Whoever plans further ahead than this is asked whether the year is right.
FAR: Final = timedelta(days=550)
#: More readings than this are no question any more.
MOST_READINGS: Final = 8

#: ISO 3166 codes of countries that write the month first.
_MONTH_FIRST: Final = frozenset({"US"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typist:
    """Who types, and when."""

    #: BCP 47.
    language: str
    zone: ZoneInfo
    order: Order
    #: Aware.
    now: datetime

    @property
    def today(self) -> date:
        return local(self.now, self.zone).date()


def order_of(country: str) -> Order:
    """How a country (ISO 3166) writes dates: the month first in the United States, the day first elsewhere."""
    return Order.MDY if country.upper() in _MONTH_FIRST else Order.DMY


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """A day, or a day and a time, as the studio's clocks show it."""

    date: date
    clock: time | None = None
    #: Which of two equal times it is, where the clocks go back; None where there is only one.
    fold: int | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """It can be read in one way only. It is still read back in full before anything is saved."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class NeedsTime:
    """The day is clear, the time is missing."""

    date: date
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Each reading goes on a button, the likelier first. A single one is asked about too: it is unexpected."""

    readings: tuple[Reading, ...]
    why: frozenset[Why]


@dataclass(frozen=True, slots=True)
class Past:
    """What was meant is over."""

    reading: Reading


class Unread(StrEnum):
    """Why a text is no answer."""

    #: Words that were not understood.
    WORDS = "words"
    LONG = "long"
    #: It names no day, or no more than a month, or is a number that may be anything.
    NO_DAY = "no_day"
    #: The calendar has no such day, or no clock shows such a time.
    NO_SUCH = "no_such"
    #: From one time to another: no start of its own.
    SPAN = "span"
    #: Day and time, or two days, contradict each other.
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class NotRead:
    """Nothing is acted upon."""

    why: Unread
    #: What was not understood, as typed.
    words: tuple[str, ...] = ()
    span: TypedSpan | None = None


When = Exact | NeedsTime | Ask | Past | NotRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The pieces of a text that name a moment."""

    days: TypedDays | None = None
    clock: TypedClock | None = None
    part: Part | None = None
    #: A moment that was counted from now: "in 90 minutes".
    moment: datetime | None = None
    #: Readings that the pieces have beside the plain one.
    others: tuple[Reading, ...] = ()
    why: frozenset[Why] = field(default_factory=frozenset[Why])


def settle(said: Said, typist: Typist, *, needs_time: bool) -> When:
    """What the pieces come to. Where both a day and a time are open, every pair is a reading."""
    if said.moment:
        there = local(said.moment, typist.zone).replace(second=0, microsecond=0)
        return Exact(_reading_of(there, typist.zone)) if said.moment > typist.now else Past(Reading(there.date()))
    times = said.clock.times(said.part) if said.clock else ()
    if said.clock and not times:
        return NotRead(Unread.CONTRADICTS)
    if said.days is None:
        if not said.clock:
            return NotRead(Unread.NO_DAY)
        readings = [_next_of(clock, typist) for clock in times]
        return _outcome(readings, readings, said, typist, needs_time=needs_time)
    days = said.days.days
    if said.clock and said.clock.midnight:
        days = tuple(dict.fromkeys(day + timedelta(days=plus) for day in days for plus in (0, 1)))
    plain = [Reading(day, clock) for day in days for clock in times or (None,)]
    first = [Reading(days[0], clock) for clock in times or (None,)]
    return _outcome([*plain, *said.others], first, said, typist, needs_time=needs_time)


def either(one: When, other: When) -> When:
    """Two ways to read one text: what only one of them can be, or both on buttons."""
    if isinstance(one, NotRead | Past):
        return other if not isinstance(other, NotRead) or isinstance(one, NotRead) else one
    if isinstance(other, NotRead | Past):
        return one
    why = frozenset[Why]().union(*(asked.why for asked in (one, other) if isinstance(asked, Ask)), {Why.HOUR_OR_DAY})
    return Ask(tuple(dict.fromkeys((*readings_of(one), *readings_of(other)))), why)


def readings_of(when: When) -> tuple[Reading, ...]:
    """Whatever it may mean, the likelier first."""
    match when:
        case Exact(reading):
            return (reading,)
        case NeedsTime(day):
            return (Reading(day),)
        case Ask(readings):
            return readings
        case Past() | NotRead():
            return ()


def _outcome(
    readings: Iterable[Reading], first: list[Reading], said: Said, typist: Typist, *, needs_time: bool
) -> When:
    """Those that are still ahead, each as its day's clocks show it."""
    meant = list(dict.fromkeys(readings))
    ahead = [one for one in meant if _is_ahead(one, typist)]
    if not ahead:
        return Past(meant[0])
    if len(ahead) > MOST_READINGS:
        return NotRead(Unread.NO_DAY)
    days = said.days or TypedDays(days=())
    passed_over = days.led and not any(one in ahead for one in first)
    far = any(one.date - typist.today > FAR for one in ahead)
    shown = [there for one in ahead for there in _by_the_clocks(one, typist.zone)]
    why = _whys(ahead, said) | {reason for _, reason in shown if reason} | ({Why.FAR} if far else set[Why]())
    found = list(dict.fromkeys(reading for reading, _ in shown))
    if len(found) > 1 or far or passed_over or not days.sure or any(reason for _, reason in shown):
        return Ask(tuple(found), frozenset(why | (days.why if passed_over or not days.sure else set[Why]())))
    only = found[0]
    return NeedsTime(only.date, said.part) if needs_time and only.clock is None else Exact(only)


def _whys(ahead: list[Reading], said: Said) -> set[Why]:
    """Of the reasons, those that still make a difference."""
    days = {one.date for one in ahead}
    why = set(said.days.why) if said.days and len(days) > 1 else set[Why]()
    if said.clock and said.clock.midnight and len(days) > 1:
        why.add(Why.MIDNIGHT)
    if said.clock and len({one.clock for one in ahead if one.clock}) > 1:
        why.add(Why.HALF_OF_DAY)
    return why | (said.why if len(ahead) > 1 else set[Why]())


def _is_ahead(reading: Reading, typist: Typist) -> bool:
    """Whether it is still to come; a day alone counts to its end, and a time that is there twice by its second."""
    if reading.clock is None:
        return reading.date >= typist.today
    try:
        return instant(reading.date, reading.clock, typist.zone, fold=1) > typist.now
    except StartDoesNotExist:
        return reading.date >= typist.today


def _by_the_clocks(reading: Reading, zone: ZoneInfo) -> list[tuple[Reading, Why | None]]:
    """The reading, or the two that it may be where the clocks skip or repeat it (C6)."""
    if reading.clock is None:
        return [(reading, None)]
    try:
        instant(reading.date, reading.clock, zone, fold=reading.fold)
    except StartExistsTwice:
        return [(Reading(reading.date, reading.clock, fold), Why.TWICE) for fold in (0, 1)]
    except StartDoesNotExist as refusal:
        there = [refusal.facts[one] for one in ("earlier", "later")]
        return [(Reading(reading.date, time.fromisoformat(str(one))), Why.SKIPPED) for one in there if one]
    return [(reading, None)]


def _next_of(clock: time, typist: Typist) -> Reading:
    today = Reading(typist.today, clock)
    return today if _is_ahead(today, typist) else Reading(typist.today + timedelta(days=1), clock)


def _reading_of(there: datetime, zone: ZoneInfo) -> Reading:
    clock = there.time().replace(fold=0)
    try:
        instant(there.date(), clock, zone)
    except StartExistsTwice:
        return Reading(there.date(), clock, there.fold)
    return Reading(there.date(), clock)
