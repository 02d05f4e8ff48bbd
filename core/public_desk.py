"""Everything that anybody may see: the door for the studio's public pages. It knows no person and changes nothing.

A page is given to whoever has its address, robots among them, so there is nobody whose rights could be checked. What
this door gives is public, and what is not public it does not give (E3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.minis.mini import Day, Mini, MiniState
from core.minis.plan import fits, shoot_ends
from core.minis.publish import LINK
from core.minis.records import SpotRow
from core.ports import Records
from core.studio.studio import Studio

#: A mini's link leads to it in these states, listed or not.
_SHOWN = frozenset({MiniState.PUBLISHED, MiniState.UNPUBLISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """A day of a mini as far as it is still ahead: closed spots and those that have begun are left out."""

    starts: datetime
    #: When the last shoot is over.
    ends: datetime
    #: Of the day alone; empty where it is the mini's.
    place: str = ""
    #: Everyone starts together, and places are counted (C4).
    is_class: bool = False
    seats: int
    #: Seats that anybody may book now.
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMini:
    """A mini as everybody sees it."""

    mini: Mini
    #: Of its link.
    token: str
    #: By their start.
    days: tuple[OpenDay, ...]
    #: Of its first spot ahead: how long a package without a length of its own takes.
    spot_length: timedelta | None = None
    #: Whether some spots ahead cost more than the package (B4).
    has_premium: bool = False

    @property
    def free(self) -> int:
        return sum(day.free for day in self.days)

    @property
    def is_listed(self) -> bool:
        return self.mini.state is MiniState.PUBLISHED


class PublicDesk:
    """The reads of whoever looks in. How many statements one takes does not depend on how much there is to see."""

    def __init__(self, records: Records, studio: Studio) -> None:
        self.studio = studio
        self._records = records

    def listed(self) -> list[PublicMini]:
        """The published minis that can be booked, the soonest first, those without a day ahead last. No places."""
        every = self._records.minis.all(self.studio.id)
        rows: dict[str, list[SpotRow]] = {
            mini.id: [] for mini in every if mini.state is MiniState.PUBLISHED and not mini.paused
        }
        for row in self._records.spots.ahead(self.studio.id, self._records.now):
            if row.spot.mini_id in rows:
                rows[row.spot.mini_id].append(row)
        listed = [self._seen(mini, rows[mini.id], {}) for mini in every if mini.id in rows]
        return sorted(listed, key=lambda one: (not one.days, [day.starts for day in one.days[:1]]))

    def behind(self, token: str) -> PublicMini | None:
        """The mini whose link this is, listed or not, paused or not. For every other token it is None alike."""
        mini = self._shown(token)
        if mini is None:
            return None
        rows = self._records.spots.list(self.studio.id, mini.id, self._records.now)
        days = {day.id: day for day in self._records.minis.days(self.studio.id, mini.id)}
        return self._seen(mini, rows, days)

    def picture(self, token: str) -> str:
        """Where the picture of that mini is, below the program's home; empty where there is none to be seen."""
        mini = self._shown(token)
        return mini.picture if mini else ""

    # -- private --

    def _shown(self, token: str) -> Mini | None:
        mini_id = self._records.links.find(self.studio.id, LINK, token)
        mini = self._records.minis.one(self.studio.id, mini_id) if mini_id else None
        return mini if mini and mini.state in _SHOWN else None

    def _seen(self, mini: Mini, rows: Iterable[SpotRow], days: Mapping[str, Day]) -> PublicMini:
        of_day: dict[str, list[SpotRow]] = {}
        for row in rows:
            of_day.setdefault(row.spot.day_id, []).append(row)
        spots = [row.spot for row in rows]
        return PublicMini(
            mini=mini,
            token=self._records.links.token(LINK, mini.id, mini.link_generation),
            days=tuple(_open_day(mini, own, days.get(day_id)) for day_id, own in of_day.items()),
            spot_length=spots[0].length if spots else None,
            has_premium=any(spot.premium_minor for spot in spots),
        )


def _open_day(mini: Mini, rows: list[SpotRow], day: Day | None) -> OpenDay:
    spots = [row.spot for row in rows]
    return OpenDay(
        starts=spots[0].starts,
        ends=shoot_ends(spots),
        place=day.place if day and day.place != mini.place else "",
        is_class=any(spot.seats > 1 for spot in spots),
        seats=sum(spot.seats for spot in spots),
        free=sum(_free(row, _shortest(mini)) for row in rows),
    )


def _free(row: SpotRow, length: timedelta | None) -> int:
    if row.shut_out or not fits(length, row.spot, row.next_start):
        return 0
    return row.spot.seats - row.taken


def _shortest(mini: Mini) -> timedelta | None:
    """What a spot must have room for, for anything of the mini to be booked there; None where any spot will do."""
    lengths = [package.length for package in mini.packages]
    return None if None in lengths else min((one for one in lengths if one), default=None)
