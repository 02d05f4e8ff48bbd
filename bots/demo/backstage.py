"""The demo's look behind the curtain: the product's own database, its clock and its history.

Imported late: what lies below takes half a second to import, and the page shall be there before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.booking.booking import LIVE_HOLD, Booking
from core.ports import HistoryRow, Identity, Records
from storage.store import Store

HISTORY_LIMIT = 100  # rows a look; the next look goes on where this one ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One row of the history, with what is worth telling of its booking."""

    id: int
    at: datetime
    what: str
    #: Who it happened to, where that is one of the people asked about.
    person: int | None
    code: str | None = None
    starts: datetime | None = None
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """The product at one moment."""

    now: datetime
    zone: ZoneInfo
    #: When the hold of a person ends, for those who have one.
    holds: dict[int, datetime]
    happened: tuple[Happening, ...]


class Backstage:
    """The database of the running program. It reads, and moves the clock; it writes nothing else."""

    def __init__(self, url: str) -> None:
        self._store = Store.open(url, link_key=b"")  # no link is made or read from here
        self._seen = 0
        self._live: dict[str, str] = {}  # bookings whose hold lived at the last look, to their studio

    def close(self) -> None:
        self._store.close()

    async def shift(self, by: timedelta) -> None:
        """Move the product's clock; the running program follows within a second."""
        await self._store.run(lambda records: records.clock.shift(by))

    async def look(self, people: Iterable[int]) -> Glimpse:
        """What is now, and what happened since the last look. `people` are ids in the messenger."""
        asked = tuple(people)
        glimpse, rows, live = await self._store.read(lambda records: self._glimpse(records, asked))
        self._seen = max((row.id for row in rows), default=self._seen)
        self._live = {booking.id: booking.studio_id for booking in live}
        return glimpse

    def _glimpse(self, records: Records, people: tuple[int, ...]) -> tuple[Glimpse, list[HistoryRow], list[Booking]]:
        studio = records.studios.all()[0]
        rows = records.history.since(self._seen, HISTORY_LIMIT)
        named = self._live | {row.booking_id: row.studio_id for row in rows if row.booking_id}
        bookings = {id_: booking for id_, home in named.items() if (booking := records.bookings.one(home, id_))}
        live = [booking for booking in bookings.values() if booking.state in LIVE_HOLD]
        clients = {
            client.id: person
            for person in people
            if (client := records.clients.by_identity(studio.id, Identity("telegram", str(person))))
        }
        holds = {clients[booking.client_id]: booking.hold_until for booking in live if booking.client_id in clients}
        happened = tuple(_happening(row, bookings.get(row.booking_id or ""), clients) for row in rows)
        return Glimpse(now=records.now, zone=studio.zone, holds=holds, happened=happened), rows, live


def _happening(row: HistoryRow, booking: Booking | None, clients: dict[str, int]) -> Happening:
    if booking is None:
        return Happening(id=row.id, at=row.at, what=row.what, person=None)
    return Happening(
        id=row.id,
        at=row.at,
        what=row.what,
        person=clients.get(booking.client_id),
        code=booking.code,
        starts=booking.snapshot.starts,
        hold_until=booking.hold_until,
    )
