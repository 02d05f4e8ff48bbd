"""A break that is added to a saved day: it pushes the later spots, and none that somebody has (C5)."""

from collections.abc import Sequence

from core.minis.mini import Spot
from core.minis.plan import Break, SameStartHasNoPauses, StartIsPast, pushed
from core.minis.publish import MiniChanged
from core.minis.records import SpotRow
from core.ports import Records
from core.studio.studio import Studio
from core.values.moments import local
from core.values.news import News, What
from core.values.refusals import Refusal


class BreakMovesClaimed(Refusal):
    """A break moves no spot that somebody has (C5). Facts: times, the starts of those in its way, as "HH:MM"."""


def add_break(
    records: Records, studio: Studio, mini_id: str, day_id: str, pause: Break
) -> tuple[tuple[Spot, ...], News]:
    """Push the day's later spots past the break; gives those that moved. One that lies in a pause moves none.

    Raises:
        BreakMovesClaimed: a held, booked or reserved spot would have to move; nothing is moved.
        StartIsPast: a spot that has begun would have to move.
        SameStartHasNoPauses, MiniChanged: the day takes no break, or is not there.
        StartDoesNotExist, StartExistsTwice: what the break's clock asks about (C6).
    """
    day = next((one for one in records.minis.days(studio.id, mini_id) if one.id == day_id), None)
    rows = records.spots.to_change(studio.id, mini_id, day_id)
    if day is None or not rows:
        raise MiniChanged
    if day.same_start:
        raise SameStartHasNoPauses
    spots = pushed([row.spot for row in rows], pause, studio.zone)
    moved = [(row, spot) for row, spot in zip(rows, spots, strict=True) if row.spot != spot]
    _check_free([row for row, _ in moved], studio)
    if any(row.spot.starts <= records.now for row, _ in moved):
        raise StartIsPast(date=day.date.isoformat(), time=f"{pause.at:%H:%M}")
    for _, spot in moved:
        records.spots.change(spot)
    news = News(what=What.BREAK_ADDED, subject_id=mini_id, facts={"moved": len(moved)})
    return tuple(spot for _, spot in moved), news


def _check_free(rows: Sequence[SpotRow], studio: Studio) -> None:
    times = tuple(f"{local(row.spot.starts, studio.zone):%H:%M}" for row in rows if row.taken)
    if times:
        raise BreakMovesClaimed(times=times)
