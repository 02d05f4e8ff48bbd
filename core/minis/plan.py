"""From what a photographer says of a day ("10 spots of 20 minutes, gap 5, break at noon") to the spots themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from core.minis.mini import Spot
from core.values.moments import instant, local
from core.values.refusals import Refusal

# The limits of C1; that of a break is the longest duration's.
MOST_SPOTS = 200
DURATION_LIMITS = (timedelta(minutes=5), timedelta(hours=12))
GAP_LIMITS = (timedelta(0), timedelta(hours=4))
BREAK_LIMITS = (timedelta(minutes=1), timedelta(hours=12))

_MINUTE = timedelta(minutes=1)

#: Two instants between which there is no spot.
_Pause = tuple[datetime, datetime]


class SpotsOutOfRange(Refusal):
    """A day has 1 to 200 spots, or seats where everyone starts together (C1). Facts: least, most."""


class DurationOutOfRange(Refusal):
    """A spot lasts from 5 minutes to 12 hours (C1). Facts: least_minutes, most_minutes."""


class GapOutOfRange(Refusal):
    """The gap between spots is at most 4 hours (C1). Facts: least_minutes, most_minutes."""


class BreakOutOfRange(Refusal):
    """A break lasts from a minute to 12 hours. Facts: least_minutes, most_minutes."""


class SameStartHasNoPauses(Refusal):
    """Where everyone starts together there is one spot, so no gap and no break (C4)."""


class StartIsPast(Refusal):
    """A day that has begun cannot be planned, nor a break that has (C2). Facts: date (ISO) and time, as planned."""


@dataclass(frozen=True, slots=True)
class Break:
    """A pause from a local time on, for an elapsed length; `fold` answers StartExistsTwice. Raises BreakOutOfRange.

    It falls into the plan's date, or into the next one if it would be over before the day starts (a day over midnight).
    """

    at: time
    length: timedelta
    fold: int | None = None

    def __post_init__(self) -> None:
        check_length(self.length, BREAK_LIMITS, BreakOutOfRange)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """One day as said: local date and start, and how the spots follow. A plan outside the limits cannot be made.

    Raises:
        SpotsOutOfRange, DurationOutOfRange, GapOutOfRange: a limit of C1.
        SameStartHasNoPauses: a gap or a break with `same_start`.
    """

    date: date
    start: time
    #: With `same_start` the seats of the one spot.
    spots: int
    duration: timedelta
    gap: timedelta = timedelta(0)
    breaks: tuple[Break, ...] = ()
    same_start: bool = False
    place: str = ""
    #: Which of two equal local times the start is, where the clocks go back (0 the first); None asks.
    fold: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.spots <= MOST_SPOTS:
            raise SpotsOutOfRange(least=1, most=MOST_SPOTS)
        check_length(self.duration, DURATION_LIMITS, DurationOutOfRange)
        check_length(self.gap, GAP_LIMITS, GapOutOfRange)
        if self.same_start and (self.gap or self.breaks):
            raise SameStartHasNoPauses


@dataclass(frozen=True, slots=True)
class PlannedSpot:
    """A spot to be: two instants (UTC) and how many may book it."""

    starts: datetime
    ends: datetime
    seats: int = 1


class Span(Protocol):
    """Whatever lasts from one instant to another, the end not included: a spot, planned or real."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...


def spots_of(plan: DayPlan, zone: ZoneInfo) -> tuple[PlannedSpot, ...]:
    """The plan's spots in order (C3): each begins a duration and a gap after the one before, in elapsed time.

    A spot that would overlap a break begins at the break's end instead, and those after it follow from there.
    Raises StartDoesNotExist or StartExistsTwice for a start or a break that the zone's clocks skip or repeat.
    """
    starts = instant(plan.date, plan.start, zone, fold=plan.fold)
    if plan.same_start:
        return (PlannedSpot(starts, starts + plan.duration, plan.spots),)
    begins = datetime.combine(plan.date, plan.start)
    pauses = [_pause(pause, begins, zone) for pause in plan.breaks]
    return tuple(_one_after_another(starts, [plan.duration] * plan.spots, plan.gap, pauses))


def pushed(spots: Sequence[Spot], pause: Break, zone: ZoneInfo) -> tuple[Spot, ...]:
    """A saved day's spots (at least one, by start) as they are after one more break, which pushes the later ones (C5).

    The smallest distance between two neighbours is the day's gap. Where two stand further apart, there is a pause
    already, and it stays where it is. Asks about the break's clock as `spots_of` does.
    """
    first = spots[0].starts
    gap = min((later.starts - spot.ends for spot, later in pairwise(spots)), default=timedelta(0))
    there = [(spot.ends + gap, later.starts) for spot, later in pairwise(spots) if later.starts > spot.ends + gap]
    added = _pause(pause, local(first, zone).replace(tzinfo=None), zone)
    anew = _one_after_another(first, [spot.length for spot in spots], gap, [*there, added])
    return tuple(replace(spot, starts=new.starts, ends=new.ends) for spot, new in zip(spots, anew, strict=True))


def break_after(spot: Span, length: timedelta, zone: ZoneInfo) -> Break:
    """The break that begins when the spot is over (C5). Raises BreakOutOfRange."""
    ends = local(spot.ends, zone)
    return Break(ends.time(), length, fold=ends.fold)


def shoot_ends(spots: Sequence[Span]) -> datetime:
    """When the last shoot of a day is over; a gap after it does not count (C3). The day has at least one spot."""
    return max(spot.ends for spot in spots)


def check_future(plan: DayPlan, now: datetime, zone: ZoneInfo) -> None:
    """Raise StartIsPast unless the plan's first start is still ahead (C2); asks about its clock as `spots_of` does."""
    if instant(plan.date, plan.start, zone, fold=plan.fold) <= now:
        raise StartIsPast(date=plan.date.isoformat(), time=f"{plan.start:%H:%M}")


def check_length(length: timedelta, limits: tuple[timedelta, timedelta], refusal: type[Refusal]) -> None:
    """Raise the refusal with the limits, unless the length is within them."""
    least, most = limits
    if not least <= length <= most:
        raise refusal(least_minutes=least // _MINUTE, most_minutes=most // _MINUTE)


def overlaps(one: Span, other: Span) -> bool:
    """Whether the two share any time; one that begins as the other ends does not."""
    return one.starts < other.ends and other.starts < one.ends


def fits(length: timedelta | None, spot: Spot, next_start: datetime | None) -> bool:
    """Whether a package of that length may be shot in the spot (DECISIONS 3).

    One longer than the spot is offered only where the next start is late enough, or there is none. No length of its
    own (None) is the spot's.
    """
    if length is None or length <= spot.length or next_start is None:
        return True
    return spot.starts + length <= next_start


def _one_after_another(
    starts: datetime, lengths: Sequence[timedelta], gap: timedelta, pauses: Sequence[_Pause]
) -> Iterator[PlannedSpot]:
    """Spots of these lengths from an instant on, with the gap between, each wholly before or after every pause."""
    ahead = sorted(pauses)
    for length in lengths:
        while ahead and ahead[0][0] < starts + length:
            starts = max(starts, ahead.pop(0)[1])
        yield PlannedSpot(starts, starts + length)
        starts += length + gap


def _pause(pause: Break, begins: datetime, zone: ZoneInfo) -> _Pause:
    """The break's two instants, on a day that begins at that local time."""
    over_before_start = datetime.combine(begins, pause.at) + pause.length <= begins
    day = begins.date() + timedelta(days=1) if over_before_start else begins.date()
    starts = instant(day, pause.at, zone, fold=pause.fold)
    return starts, starts + pause.length
