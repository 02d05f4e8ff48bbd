"""What the minis need of storage: minis, their days and their spots, and the rows that lists show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.minis.mini import Day, Mini, Spot
from core.studio.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotOffer:
    """All that the deed "hold a spot" must know, read in one statement."""

    spot: Spot
    day: Day
    mini: Mini
    studio: Studio
    #: The start of the next spot of the same mini on the same day: a long package must end before it.
    next_start: datetime | None
    #: Seats with a live claim at this moment. Who gets the last free one is not said by this, but by the index.
    taken: int = 0
    #: When the client's last hold in this studio ran out, and when the last but two did (F10).
    last_lapse: datetime | None = None
    third_last_lapse: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotRow:
    """A spot as a list shows it."""

    spot: Spot
    #: Seats with a live claim, and how many of those belong to a hold that is not yet confirmed.
    taken: int
    held: int
    next_start: datetime | None = None
    #: The spot overlaps a claimed one of the studio, so nobody can take it (C7).
    shut_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniRow:
    """A mini as a list shows it."""

    mini: Mini
    days: int
    spots: int
    #: Of all spots, past and closed ones too; those with a live claim; those of a hold that is not yet confirmed.
    seats: int
    taken: int
    held: int
    #: Seats that a client could take now: ahead, open, and not shut out by a claimed spot (C7).
    free: int


class MiniRecords(Protocol):
    def add(self, mini: Mini) -> None: ...
    def one(self, studio_id: str, mini_id: str) -> Mini | None: ...
    def all(self, studio_id: str) -> list[Mini]: ...
    def rows(self, studio_id: str, *, over: bool) -> list[MiniRow]:
        """Every mini with its numbers, as they were made; archived and cancelled ones only if `over`."""
        ...

    def change(self, old: Mini, new: Mini) -> bool: ...
    def to_open(self, limit: int) -> list[Mini]:
        """Those of every studio whose moment to open has come, the oldest first."""
        ...

    def add_day(self, day: Day, spots: Iterable[Spot]) -> None: ...
    def day(self, studio_id: str, day_id: str) -> Day | None:
        """None where there is none, or it was removed."""
        ...

    def change_day(self, day: Day) -> None:
        """Write place and removal of a day whose spots are kept for a change."""
        ...

    def days(self, studio_id: str, mini_id: str) -> list[Day]:
        """By date, removed ones apart."""
        ...


class SpotRecords(Protocol):
    """Whoever reads spots does not see those that were removed."""

    def offer(self, studio_id: str, spot_id: str, client_id: str) -> SpotOffer | None: ...
    def one(self, studio_id: str, spot_id: str) -> Spot | None: ...
    def add(self, spot: Spot) -> None:
        """Insert one of a day whose spots are kept for a change."""
        ...

    def list(self, studio_id: str, mini_id: str, after: datetime) -> list[SpotRow]:
        """Spots of the mini that start after the moment and are not closed, by start, in one statement."""
        ...

    def of_mini(self, studio_id: str, mini_id: str, day_id: str | None = None) -> Sequence[SpotRow]:
        """Every spot of the mini, or of one day of it, by start: past and closed ones too."""
        ...

    def ahead(self, studio_id: str, after: datetime) -> Sequence[SpotRow]:
        """The same of every mini of the studio, whatever the minis' states."""
        ...

    def between(self, studio_id: str, begins: datetime, ends: datetime) -> Sequence[tuple[Spot, str]]:
        """Spots of the studio that share time with this span, by start, each with its mini's title.

        Minis that are over are left out, and so are closed spots that nobody has.
        """
        ...

    def to_change(self, studio_id: str, mini_id: str, day_id: str) -> Sequence[SpotRow]:
        """Every spot of the day by start, past and closed ones among them, for a deed that changes some.

        Nobody else claims or changes any of them until the unit ends.
        """
        ...

    def change(self, spot: Spot) -> None:
        """Write a spot that `to_change` gave."""
        ...
