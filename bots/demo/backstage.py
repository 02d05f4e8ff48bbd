"""The demo's look behind the curtain: the product's own database, its clock and its history.

Imported late: what lies below takes half a second to import, and the page shall be there before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bots.demo.cards import Card
from bots.demo.luna import Luna
from bots.demo.stripe.currencies import money
from bots.demo.telegram import tells_place
from core.booking.booking import LIVE_HOLD, Booking, State
from core.paperwork.contract import Edition
from core.paperwork.files import FileKind, StoredFile
from core.payments.checkout import Checkout, CheckoutState
from core.ports import HistoryRow, Identity, Records
from core.studio.studio import Studio
from core.values.money import Money
from storage.store import Store

HISTORY_LIMIT = 100  # rows a look; the next look goes on where this one ended


@dataclass(frozen=True, slots=True)
class Sum:
    """Money that a row of the history is about: as people write it, and Stripe's id of the page it is paid on."""

    amount: str
    session: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What was put before somebody: its title, and of a contract the SHA-256 of its text."""

    title: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One row of the history, with what is worth telling of its booking."""

    id: int
    at: datetime
    what: str
    #: Who it happened to, where that is one of the people asked about.
    person: int | None
    #: What is noted for later, or why money goes back.
    detail: str = ""
    money: Sum | None = None
    paper: Paper | None = None
    booking: str | None = None
    code: str | None = None
    starts: datetime | None = None
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Photos of one person that are in the database since the last look."""

    #: When the last of them came.
    at: datetime
    person: int
    count: int
    #: Whether one of them says where it was taken, by what the database keeps of it.
    tells_place: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody's hold: its end, and how its payment page is: making, open, closing, or empty where there is none."""

    until: datetime
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """The product at one moment."""

    now: datetime
    zone: ZoneInfo
    #: Of those who have one.
    holds: dict[int, Hold]
    happened: tuple[Happening, ...]
    kept: tuple[Kept, ...] = ()
    #: What Luna sees.
    cards: tuple[Card, ...] = ()


class Backstage:
    """The database of the running program. It reads, and moves the clock; it writes nothing else."""

    def __init__(self, url: str) -> None:
        self._store = Store.open(url, link_key=b"")  # no link is made or read from here
        self._seen = 0
        self._live: dict[str, str] = {}  # bookings whose hold lived at the last look, to their studio
        self._luna = Luna()
        self._photos: set[str] = set()

    def close(self) -> None:
        self._store.close()

    async def shift(self, by: timedelta) -> None:
        """Move the product's clock; the running program follows within a second."""
        await self._store.run(lambda records: records.clock.shift(by))

    async def look(self, people: Iterable[int], clients: Collection[int] = ()) -> Glimpse:
        """What is now, and what happened since the last look. `people` are ids in the messenger.

        `clients`: those of them whose bookings Luna looks at.
        """
        asked, shown = tuple(people), frozenset(clients)
        glimpse, rows, live, photos = await self._store.read(lambda records: self._glimpse(records, asked, shown))
        self._seen = max((row.id for row in rows), default=self._seen)
        self._live = {booking.id: booking.studio_id for booking in live}
        self._photos |= photos
        return glimpse

    async def signed_copy(self, agreement_id: str) -> bytes | None:
        """The copy that a client was given, byte for byte; None unless Luna looks at the booking."""
        return await self._content(lambda records, studio: self._luna.copy(records, studio, agreement_id))

    async def photo(self, file_id: str) -> bytes | None:
        return await self._content(lambda records, studio: self._luna.photo(records, studio, file_id))

    async def _content(self, find: Callable[[Records, Studio], StoredFile | None]) -> bytes | None:
        file = await self._store.read(lambda records: find(records, records.studios.all()[0]))
        return file.content if file else None

    def _glimpse(
        self, records: Records, people: tuple[int, ...], shown: frozenset[int]
    ) -> tuple[Glimpse, list[HistoryRow], list[Booking], set[str]]:
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
        for booking in bookings.values():
            if clients.get(booking.client_id) in shown:
                self._luna.is_about(booking.id, clients[booking.client_id])
        new = self._new_photos(records, studio)
        glimpse = Glimpse(
            now=records.now,
            zone=studio.zone,
            holds={clients[one.client_id]: _hold(records, one) for one in live if one.client_id in clients},
            happened=tuple(_happening(records, row, bookings.get(row.booking_id or ""), clients) for row in rows),
            kept=tuple(_kept(new)),
            cards=self._luna.cards(records, studio),
        )
        return glimpse, rows, live, {photo.id for _, photo in new}

    def _new_photos(self, records: Records, studio: Studio) -> list[tuple[int, StoredFile]]:
        """Whose they are, and what they are; with their contents."""
        return [
            (person, photo)
            for booking, person in self._luna.bookings.items()
            for one in records.files.of_booking(studio.id, booking, FileKind.PHOTO)
            if one.id not in self._photos and (photo := records.files.one(studio.id, one.id))
        ]


def _kept(photos: list[tuple[int, StoredFile]]) -> Iterator[Kept]:
    for person in dict.fromkeys(person for person, _ in photos):
        theirs = [photo for other, photo in photos if other == person]
        yield Kept(
            at=max(photo.made_at for photo in theirs),
            person=person,
            count=len(theirs),
            tells_place=any(tells_place(photo.content) for photo in theirs),
        )


def _hold(records: Records, booking: Booking) -> Hold:
    if booking.state is State.HELD:
        return Hold(booking.hold_until)
    if booking.state is State.RELEASING:
        return Hold(booking.hold_until, "closing")
    checkout = records.checkouts.newest(booking.studio_id, booking.id)
    is_open = checkout is not None and checkout.state is CheckoutState.OPEN
    return Hold(booking.hold_until, "open" if is_open else "making")


def _happening(records: Records, row: HistoryRow, booking: Booking | None, clients: dict[str, int]) -> Happening:
    if booking is None:
        return Happening(id=row.id, at=row.at, what=row.what, person=None)
    return Happening(
        id=row.id,
        at=row.at,
        what=row.what,
        person=clients.get(booking.client_id),
        detail=str(row.facts.get("noted") or row.facts.get("why") or ""),
        money=_money(records, row),
        paper=_paper(records, row),
        booking=booking.id,
        code=booking.code,
        starts=booking.snapshot.starts,
        hold_until=booking.hold_until,
    )


def _money(records: Records, row: HistoryRow) -> Sum | None:
    """What was paid, or is to be paid; of a refund, what goes back."""
    match row.facts:
        case {"refund": str(refund_id)} if refund := records.refunds.one(row.studio_id, refund_id):
            return _sum(refund.amount, None)
        case {"payment": str(payment_id)} if payment := records.payments.one(row.studio_id, payment_id):
            of_page = payment.checkout_id
            return _sum(payment.amount, records.checkouts.one(row.studio_id, of_page) if of_page else None)
        case {"checkout": str(checkout_id)} if checkout := records.checkouts.one(row.studio_id, checkout_id):
            return _sum(checkout.order.total, checkout)
        case {"minor": int(minor)} if booking := records.bookings.one(row.studio_id, row.booking_id or ""):
            return _sum(Money(minor, booking.snapshot.currency), None)
        case _:
            return None


def _paper(records: Records, row: HistoryRow) -> Paper | None:
    match row.facts:
        case {"agreement": str(agreement_id)} if found := records.papers.agreement(row.studio_id, agreement_id):
            return Paper(found.title, found.sha256)
        case {"questionnaire": str(id_), "version": int(version)}:
            asked = records.papers.questionnaire(row.studio_id, Edition(id_, version))
            return Paper(asked.title) if asked else None
        case _:
            return None


def _sum(amount: Money, checkout: Checkout | None) -> Sum:
    session = checkout.session_id if checkout else None
    return Sum(money(amount.minor, amount.currency.lower()), session or "")
