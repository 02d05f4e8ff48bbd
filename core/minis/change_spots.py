"""Single spots of a saved day: added, removed, lengthened, closed and opened, as long as nobody has them (C7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.minis.mini import Day, Spot
from core.minis.plan import (
    DURATION_LIMITS,
    MOST_SPOTS,
    DurationOutOfRange,
    Span,
    SpotsOutOfRange,
    StartIsPast,
    check_length,
    overlaps,
)
from core.minis.publish import MiniChanged
from core.minis.records import SpotRow
from core.ports import Records
from core.studio.studio import Studio
from core.values.moments import instant, local
from core.values.refusals import Refusal

_DAY = timedelta(days=1)


class SpotNotFree(Refusal):
    """The photographer closes, opens or changes a spot only while nobody has a seat of it (C7)."""


class SpotInTheWay(Refusal):
    """Two spots of a day never share any time (C3). Facts: times, the starts of those in the way, as "HH:MM"."""


class SameStartHasOneSpot(Refusal):
    """Where everyone starts together there is one spot (C4)."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of a range: the spots that are otherwise now, and those that somebody has and that stayed."""

    changed: tuple[Spot, ...]
    taken: tuple[Spot, ...]


def add_spot(
    records: Records,
    studio: Studio,
    day_id: str,
    starts: time,
    length: timedelta | None = None,
    fold: int | None = None,
) -> Spot:
    """One more spot on the day, at a local time of its date, as long as its last spot unless told.

    Raises:
        SpotInTheWay, StartIsPast, DurationOutOfRange, SpotsOutOfRange: it has no place there.
        SameStartHasOneSpot, MiniChanged: the day takes no more spots, or is not there.
        StartDoesNotExist, StartExistsTwice: what the clock asks about (C6).
    """
    day = day_of(records, studio.id, day_id)
    rows = records.spots.to_change(studio.id, day.mini_id, day.id)
    if day.same_start:
        raise SameStartHasOneSpot
    if not rows:
        raise MiniChanged
    if len(rows) >= MOST_SPOTS:
        raise SpotsOutOfRange(least=1, most=MOST_SPOTS)
    length = rows[-1].spot.length if length is None else length
    check_length(length, DURATION_LIMITS, DurationOutOfRange)
    begins = instant(day.date, starts, studio.zone, fold=fold)
    if begins <= records.now:
        raise StartIsPast(date=day.date.isoformat(), time=f"{starts:%H:%M}")
    spot = Spot(
        id=records.new_id(),
        studio_id=studio.id,
        mini_id=day.mini_id,
        day_id=day.id,
        starts=begins,
        ends=begins + length,
    )
    _check_apart(spot, rows, studio)
    records.spots.add(spot)
    return spot


def remove_spot(records: Records, spot_id: str, studio: Studio) -> Spot:
    """Take a free spot off its day for good; its row stays, for the history of whoever had it.

    Raises SpotNotFree, MiniChanged, and SpotsOutOfRange for the day's last: then it is the day that goes.
    """
    rows, spot = free_spot(records, studio.id, spot_id)
    if len(rows) == 1:
        raise SpotsOutOfRange(least=1, most=MOST_SPOTS)
    removed = replace(spot, removed=True)
    records.spots.change(removed)
    return removed


def lengthen(records: Records, spot_id: str, studio: Studio, by: timedelta) -> Spot:
    """Let a free spot last longer; the others stay where they are.

    Raises SpotNotFree, DurationOutOfRange, SpotInTheWay, MiniChanged.
    """
    rows, spot = free_spot(records, studio.id, spot_id)
    check_length(spot.length + by, DURATION_LIMITS, DurationOutOfRange)
    longer = replace(spot, ends=spot.ends + by)
    _check_apart(longer, rows, studio)
    records.spots.change(longer)
    return longer


def close_range(
    records: Records, studio: Studio, day_id: str, begins: time, ends: time, *, closed: bool
) -> tuple[Day, Closing]:
    """Close or open the day's free spots that share any time with this range of local times.

    A range that ends before it begins goes on after midnight; one that is over before the day's first spot is of the
    next date. Raises MiniChanged, and StartDoesNotExist for a time that the clocks skip.
    """
    day = day_of(records, studio.id, day_id)
    rows = records.spots.to_change(studio.id, day.mini_id, day.id)
    if not rows:
        raise MiniChanged
    span = _range(day.date, begins, ends, studio)
    if span.ends <= rows[0].spot.starts:
        span = _range(day.date + _DAY, begins, ends, studio)
    others = [row for row in rows if overlaps(row.spot, span) and row.spot.closed is not closed]
    changed = tuple(replace(row.spot, closed=closed) for row in others if not row.taken)
    for spot in changed:
        records.spots.change(spot)
    return day, Closing(changed, tuple(row.spot for row in others if row.taken))


def free_spot(records: Records, studio_id: str, spot_id: str) -> tuple[Sequence[SpotRow], Spot]:
    """The spot, which nobody has or takes until the unit ends, and all of its day. Raises SpotNotFree, MiniChanged."""
    known = records.spots.one(studio_id, spot_id)
    if known is None:
        raise MiniChanged
    rows = records.spots.to_change(studio_id, known.mini_id, known.day_id)
    row = next((row for row in rows if row.spot.id == spot_id), None)
    if row is None:
        raise MiniChanged
    if row.taken:
        raise SpotNotFree
    return rows, row.spot


def day_of(records: Records, studio_id: str, day_id: str) -> Day:
    """Raises MiniChanged where there is no such day."""
    day = records.minis.day(studio_id, day_id)
    if day is None:
        raise MiniChanged
    return day


@dataclass(frozen=True, slots=True)
class _Range:
    starts: datetime
    ends: datetime


def _range(on: date, begins: time, ends: time, studio: Studio) -> _Range:
    """Where the clocks go back, the widest that it may mean."""
    until = on if begins < ends else on + _DAY
    return _Range(instant(on, begins, studio.zone, fold=0), instant(until, ends, studio.zone, fold=1))


def _check_apart(spot: Spot, rows: Sequence[SpotRow], studio: Studio) -> None:
    others: list[Span] = [row.spot for row in rows if row.spot.id != spot.id]
    times = tuple(f"{local(other.starts, studio.zone):%H:%M}" for other in others if overlaps(spot, other))
    if times:
        raise SpotInTheWay(times=times)
