"""A studio of its own in a database that tests share, asked through the doors; what is so is read in another unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from threading import Barrier, Thread
from typing import Any, TypeVar

from sqlalchemy import select

from core.back_office import BackOffice
from core.booking.booking import Booking, Owner, Reservation
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.booking.reserve import Terms
from core.client_desk import ClientDesk
from core.minis.mini import Mini, Spot
from core.minis.plan import DayPlan
from core.minis.records import SpotRow
from core.ports import Client, Identity, Records
from core.studio.studio import Member, Studio
from core.studio_desk import StudioDesk
from storage.message_tables import outbox
from storage.store import Store
from storage.tables import history
from tests import builders
from tests.storage import raw

T = TypeVar("T")

ANA = Contact("Ana Ruiz", "ana@mail.com")
QUARTER = timedelta(minutes=15)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as it stands in the outbox; one to the studio has no client."""

    kind: str
    state: str
    client: str
    due_at: int


@dataclass(slots=True)
class House:
    """Everything happens at `builders.TODAY` unless the test waits."""

    store: Store
    url: str
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    studio: Studio = field(init=False)
    owner: Member = field(init=False)
    _clients: dict[str, Client] = field(init=False, default_factory=dict[str, Client])

    def __post_init__(self) -> None:
        desk = self.store.do(lambda records: builders.found(records, id=f"studio{next(_numbers)}", **self.facts))
        self.studio, self.owner = desk.studio, desk.member

    # -- deeds --

    def by_owner(self, deed: Callable[[StudioDesk], T]) -> T:
        return self.store.do(lambda records: deed(StudioDesk(records, self.studio, self.owner)))

    def by(self, name: str, deed: Callable[[ClientDesk], T]) -> T:
        client = self.client(name)
        return self.store.do(lambda records: deed(ClientDesk(records, self.studio, client)))

    def mini(self, title: str = "Fall Minis", **facts: Any) -> Mini:
        return self.by_owner(lambda desk: builders.a_mini(desk, title, **facts))

    def class_of(self, seats: int = 10, **facts: Any) -> Spot:
        """The one spot of a class."""
        return self.spots(self.mini("Yoga", days=[builders.a_class(seats=seats)], **facts))[0]

    def hold(self, name: str, spot: Spot, **wish: Any) -> Booking:
        return self.by(name, lambda desk: desk.hold(wish_for(spot, **wish)))

    def reserve(self, spot: Spot, **terms: Any) -> Reservation:
        return self.by_owner(lambda desk: desk.reserve(spot.id, Terms(**terms)))

    def hold_reserved(self, name: str, reservation: Reservation, **wish: Any) -> Booking:
        spot = self.spot(reservation.spot_id)
        link = self.link(reservation)
        return self.by(name, lambda desk: desk.hold_reserved(link, wish_for(spot, **wish)))

    def link(self, reservation: Reservation) -> str:
        return self.by_owner(lambda desk: desk.reservation_link(reservation))

    def given_back(self, name: str, spot: Spot) -> Reservation:
        """A reservation of the spot that the client held and gave up: open, and bound to them."""
        reservation = self.reserve(spot)
        booking = self.hold_reserved(name, reservation)
        self.by(name, lambda desk: desk.give_up(booking.id))
        return self.reservation(reservation)

    def confirm(self, name: str, booking: Booking) -> Booking:
        def deed(desk: ClientDesk) -> Booking:
            desk.keep_contact(booking.id, ANA)
            return desk.confirm(booking.id)

        return self.by(name, deed)

    def confirmed(self, name: str, spot: Spot, **wish: Any) -> Booking:
        return self.confirm(name, self.hold(name, spot, **wish))

    def wait(self, by: timedelta) -> None:
        self.store.do(lambda records: records.clock.shift(by))

    def tick(self) -> None:
        """What is due happens, as when the clockwork runs."""
        for deed in (
            BackOffice.lapse_holds,
            BackOffice.lapse_reservations,
            BackOffice.open_minis,
            BackOffice.finish_sessions,
        ):
            while self.store.do(lambda records, deed=deed: deed(BackOffice(records))):
                pass

    def let_lapse(self, booking: Booking) -> Booking:
        self.wait(self.booking(booking).hold_until - self.look(lambda records: records.now))
        self.tick()
        return self.booking(booking)

    # -- what is so --

    def look(self, read: Callable[[Records], T]) -> T:
        return self.store.look(read)

    def client(self, name: str) -> Client:
        """The client of that name, seen for the first time if need be."""
        if name not in self._clients:
            client = Client(id=f"{self.studio.id}-{name}", studio_id=self.studio.id)
            chat = f"chat of {client.id}"
            self.store.do(lambda records: records.clients.add(client, Identity("telegram", client.id), chat))
            self._clients[name] = client
        return self._clients[name]

    def spots(self, mini: Mini) -> list[Spot]:
        return [row.spot for row in self.rows(mini.id)]

    def rows(self, mini_id: str) -> Sequence[SpotRow]:
        return self.look(lambda records: records.spots.list(self.studio.id, mini_id, records.now))

    def spots_of_day(self, spot: Spot) -> list[Spot]:
        """All that are on the spot's day and still ahead."""
        return [row.spot for row in self.rows(spot.mini_id) if row.spot.day_id == spot.day_id]

    def row(self, spot: Spot) -> SpotRow:
        return next(row for row in self.rows(spot.mini_id) if row.spot.id == spot.id)

    def spot(self, spot_id: str) -> Spot:
        return present(self.look(lambda records: records.spots.one(self.studio.id, spot_id)))

    def booking(self, booking: Booking) -> Booking:
        return present(self.look(lambda records: records.bookings.one(self.studio.id, booking.id)))

    def reservation(self, reservation: Reservation) -> Reservation:
        return present(self.look(lambda records: records.reservations.one(self.studio.id, reservation.id)))

    def seats(self, one: Booking | Reservation) -> list[str]:
        """The spots on which the booking or reservation has a seat, one for each."""
        owner = Owner.booking(one.id) if isinstance(one, Booking) else Owner.reservation(one.id)
        return [claim.spot_id for claim in self.look(lambda records: records.claims.live(self.studio.id, owner))]

    def notes(self) -> list[tuple[str, str | None]]:
        """What the studio's history says, and of what, the oldest first."""
        rows = raw.rows(self.url, select(history).where(history.c.studio_id == self.studio.id).order_by(history.c.id))
        return [(row.what, row.subject_id or row.booking_id) for row in rows]

    def outbox(self) -> list[Row]:
        """The studio's messages, the oldest first."""
        rows = raw.rows(self.url, select(outbox).where(outbox.c.studio_id == self.studio.id).order_by(outbox.c.id))
        mine = f"{self.studio.id}-"
        return [Row(row.kind, row.state, (row.client_id or "").removeprefix(mine), row.due_at) for row in rows]

    def waiting(self) -> list[str]:
        """The kinds of the messages to clients that are still to be sent."""
        return [row.kind for row in self.outbox() if row.state == "ready" and row.client]


def wish_for(spot: Spot, **wish: Any) -> Wish:
    return replace(Wish(mini_id=spot.mini_id, spot_id=spot.id, package_id="mini"), **wish)


def some_day(**facts: Any) -> DayPlan:
    """A day of the builders' with other facts."""
    return replace(builders.a_day(), **facts)


def present(value: T | None) -> T:
    assert value is not None
    return value


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all in threads of their own; gives each one's result, or the refusal it met."""
    outcomes: list[object] = [None] * len(deeds)
    together = Barrier(len(deeds))

    def run(number: int) -> None:
        together.wait()
        try:
            outcomes[number] = deeds[number]()
        except Exception as error:  # told to the test
            outcomes[number] = error

    threads = [Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
