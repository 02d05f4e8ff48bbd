"""Where spots would overlap those of the studio's other minis: a warning, shown before a day is saved (C7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.minis.mini import Spot
from core.minis.plan import Span, overlaps
from core.ports import Records
from core.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Overlap:
    """A day of a mini that is in the way: from its first spot that is to the end of its last."""

    title: str
    starts: datetime
    ends: datetime


def overlaps_with(records: Records, studio: Studio, spots: Sequence[Span]) -> list[Overlap]:
    """What the spots share time with, by start: other days of the same mini too, and never these spots themselves.

    Nothing where several people shoot at once. A closed spot that nobody has is in nobody's way.
    """
    if studio.several_shooters or not spots:
        return []
    ours = {spot.id for spot in spots if isinstance(spot, Spot)}
    first, last = min(spot.starts for spot in spots), max(spot.ends for spot in spots)
    by_day: dict[str, Overlap] = {}
    for theirs, title in records.spots.between(studio.id, first, last):
        if theirs.id in ours or not any(overlaps(spot, theirs) for spot in spots):
            continue
        known = by_day.get(theirs.day_id)
        starts = known.starts if known else theirs.starts
        ends = max(known.ends, theirs.ends) if known else theirs.ends
        by_day[theirs.day_id] = Overlap(title, starts, ends)
    return list(by_day.values())
