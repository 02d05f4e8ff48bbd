"""Every change of every zone's clocks from 2025 to 2035, found by asking the zones; tests of time go through them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

BEGINS, ENDS = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)

#: A dozen zones with each kind of change: by an hour, by half an hour, by two, at midnight, at an evening, twice within
#: Ramadan's month, south of the equator, with "summer" as the base time; and one that never changes.
SMOKE_ZONES = (
    "America/Chicago",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Chatham",
)


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks' jump at an instant: forward by a positive length, back by a negative one."""

    zone: ZoneInfo
    at: datetime
    jump: timedelta

    @property
    def wall_times(self) -> tuple[datetime, datetime]:
        """The naive local times that are skipped or repeated: from the first to, not including, the second."""
        before = (self.at - timedelta(seconds=1)).astimezone(self.zone).replace(tzinfo=None) + timedelta(seconds=1)
        after = self.at.astimezone(self.zone).replace(tzinfo=None, fold=0)
        return min(before, after), max(before, after)


def changes_of(name: str) -> Iterator[Change]:
    """The zone's changes of offset in order."""
    zone = ZoneInfo(name)
    step = timedelta(days=7)  # no zone changes back and forth within a week
    moment = BEGINS
    while moment < ENDS:
        before, after = _offset(zone, moment), _offset(zone, moment + step)
        if before != after:
            yield Change(zone, _first_with(zone, after, moment, moment + step), after - before)
        moment += step


def _first_with(zone: ZoneInfo, offset: timedelta, low: datetime, high: datetime) -> datetime:
    """The second at which the offset begins, by halving."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == offset:
            high = middle
        else:
            low = middle
    return high


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
