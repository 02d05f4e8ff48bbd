"""The real code as a driver: a studio of its own in a real database, asked through the three doors.

What is true at the till (`tests.model.till`) is the driver's own, as Stripe's is Stripe's.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from core.back_office import BackOffice
from core.booking.booking import Owner
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.booking.reserve import Terms
from core.client_desk import ClientDesk
from core.minis.mini import Day, Mini, MiniState, Package, PaidBy, Spot
from core.payments.checkout import Checkout, OrderLine
from core.payments.errands import ClosePage, LookAtPage, LookAtPayment, OpenPage, PayBack
from core.payments.pay import Bill
from core.payments.payment import Payment
from core.payments.till import (
    Charge,
    DisputeState,
    Page,
    PageState,
    RefundAnswer,
    RefundOrder,
    RefundState,
)
from core.ports import Client, Identity, Records
from core.studio.studio import Member, Role, Studio
from core.studio_desk import StudioDesk
from core.values.money import Money
from core.values.refusals import Refusal
from storage.store import Store
from tests.model.histories import PAGE, Seen, SeenBooking, SeenLink
from tests.model.machine import Event
from tests.model.world import LIVE, NOWHERE, Config, Truth

T = TypeVar("T")

NINE = datetime(2041, 11, 2, 9, 0, tzinfo=UTC)  #: far ahead of what the histories advance the clock by
_FREE = Package(id="free", title="Free", fee=Money(0, "USD"), paid_by=PaidBy.FREE)
_CARD = Package(id="card", title="Card", fee=Money(5_000, "USD"), paid_by=PaidBy.FULL)
_STATES: dict[Truth, PageState] = {
    "open": PageState.OPEN,
    "paid": PageState.PAID,
    "odd": PageState.PAID,
    "expired": PageState.EXPIRED,
}


class RealHouse:
    """One studio, made for one history. `name` keeps it apart from the others in the same database."""

    def __init__(self, store: Store, config: Config, name: str) -> None:
        self._store = store
        self._config = config
        self._name = name
        self._bookings: dict[int, str] = {}
        self._links: dict[int, str] = {}
        self._tokens: dict[int, str] = {}
        self._checkouts: list[str] = []
        self._truths: list[Truth] = []
        self._page_ends: list[int] = []
        self._payments: list[str] = []
        self._minute = 0
        self._studio = Studio(id=name, name=name, zone_name="UTC", currency="USD", country="US", hold_override=True)
        self._member = Member(
            id=f"{name}-owner", studio_id=name, name="Luna", role=Role.OWNER, client_id=self._client(0).id
        )
        store.do(self._furnish)

    def do(self, event: Event) -> str | None:
        name, *arguments = event
        try:
            getattr(self, f"_{name}")(*arguments)
        except Refusal as refusal:
            return refusal.code
        return None

    def observe(self) -> Seen:
        return self._store.look(self._observe)

    # The client's deeds

    def _hold(self, number: int, spot: int) -> None:
        wish = self._wish(spot)
        if number in self._config.previews:
            wish = replace(wish, preview=True)
        self._bookings[number] = self._as_client(number, lambda desk: _with_contact(desk, desk.hold(wish).id))

    def _hold_link(self, number: int, link: int) -> None:
        wish, token = self._wish(self._config.links[link].spot), self._tokens[link]
        self._bookings[number] = self._as_client(
            number, lambda desk: _with_contact(desk, desk.hold_reserved(token, wish).id)
        )

    def _take_up(self, number: int, spot: int) -> None:
        self._as_client(number, lambda desk: desk.take_up(self._bookings[number], self._spot_id(spot)))

    def _swap(self, number: int, spot: int) -> None:
        self._as_client(number, lambda desk: desk.swap(self._bookings[number], self._spot_id(spot)))

    def _set_places(self, number: int, places: int) -> None:
        self._as_client(number, lambda desk: desk.set_places(self._bookings[number], places))

    def _extend(self, number: int) -> None:
        self._as_client(number, lambda desk: desk.extend(self._bookings[number]))

    def _confirm(self, number: int) -> None:
        """Of what costs nothing; what is chosen decides nothing else."""
        booking_id = self._bookings[number]
        self._as_client(number, lambda desk: desk.confirm(desk.choose(booking_id, _FREE.id, ()).id))

    def _give_up(self, number: int) -> None:
        self._as_client(number, lambda desk: desk.give_up(self._bookings[number]))

    def _pay(self, number: int) -> None:
        booking_id = self._bookings[number]

        def pay(desk: ClientDesk) -> str:
            booking = desk.choose(booking_id, _CARD.id, ())
            line = OrderLine(name="Card", amount=booking.price.due_now)
            bill = Bill(lines=(line,), return_to="https://luna.example", back_to="", note="", language="en")
            checkout = desk.checkout(desk.continue_to_pay(booking_id, bill))
            assert checkout is not None
            return checkout.id

        self._checkouts.append(self._as_client(number, pay))
        self._truths.append("none")
        self._page_ends.append(self._minute + PAGE)

    def _change(self, number: int) -> None:
        self._as_client(number, lambda desk: desk.change_something(self._bookings[number]))

    def _pick(self, payment: int, spot: int) -> None:
        booking_id = self._payment(payment).booking_id
        self._as_client(self._number(booking_id), lambda desk: desk.pick(booking_id, self._spot_id(spot)))

    # At the till, and what we hear of it

    def _client_pays(self, page: int) -> None:
        self._truths[page] = "paid"

    def _client_pays_oddly(self, page: int) -> None:
        self._truths[page] = "odd"

    def _close_page(self, page: int) -> None:
        self._truths[page] = "expired"

    def _create(self, page: int) -> None:
        """The page is made, or made again; if somebody paid there meanwhile, the next look says so."""
        checkout = self._checkout(page)
        made = replace(self._page(page), state=PageState.OPEN, payment_ref=None, url="https://till.example")
        if self._truths[page] == "none":
            self._truths[page] = "open"
        self._office(lambda office: office.heard(OpenPage(checkout), made))

    def _create_lost(self, page: int) -> None:
        checkout = self._checkout(page)
        self._truths[page] = "open"
        self._office(lambda office: office.unheard(OpenPage(checkout), shut=False))

    def _create_refused(self, page: int) -> None:
        checkout = self._checkout(page)
        self._office(lambda office: office.refused(OpenPage(checkout), "refused"))

    def _stripe_says_expired(self, page: int) -> None:
        self._hear(page)

    def _settle(self, page: int) -> None:
        self._hear(page)
        checkout = self._checkout(page)
        of_booking = self._store.look(lambda records: records.payments.of_booking(self._name, checkout.booking_id))
        [payment] = [one for one in of_booking if one.checkout_id == checkout.id]
        if payment.id not in self._payments:
            self._payments.append(payment.id)

    def _silence(self, page: int) -> None:
        checkout = self._checkout(page)
        errand = LookAtPage(checkout, checkout.session_id or "")
        self._office(lambda office: office.unheard(errand, shut=False))

    def _refund(self, payment: int) -> None:
        self._hear_refund(payment, RefundState.SENT)

    def _refund_again(self, payment: int) -> None:
        self._as_member(lambda desk: desk.refund_again(self._payments[payment]))
        self._hear_refund(payment, RefundState.SENT)

    def _refund_succeeds(self, payment: int) -> None:
        self._hear_refund(payment, RefundState.DONE)

    def _refund_fails(self, payment: int) -> None:
        self._hear_refund(payment, RefundState.FAILED)

    def _dispute(self, payment: int) -> None:
        self._hear_dispute(payment, DisputeState.OPEN)

    def _dispute_won(self, payment: int) -> None:
        self._hear_dispute(payment, DisputeState.WON)

    def _dispute_lost(self, payment: int) -> None:
        self._hear_dispute(payment, DisputeState.LOST)

    # The photographer's

    def _cancel(self, number: int) -> None:
        self._as_member(lambda desk: desk.cancel(self._bookings[number]))

    def _move(self, number: int, spot: int) -> None:
        self._as_member(lambda desk: desk.move(self._bookings[number], self._spot_id(spot)))

    def _move_paying(self, number: int, spot: int) -> None:
        self._move(number, spot)

    def _honour(self, payment: int) -> None:
        self._as_member(lambda desk: desk.honour(self._payments[payment]))

    def _send_back(self, payment: int) -> None:
        self._as_member(lambda desk: desk.send_back(self._payments[payment]))

    def _refunded_elsewhere(self, payment: int) -> None:
        self._as_member(lambda desk: desk.refunded_elsewhere(self._payments[payment]))

    def _hold_override(self, number: int) -> None:
        self._as_member(lambda desk: desk.end_hold(self._bookings[number]))

    def _reserve(self, link: int, minutes: int) -> None:
        now = self._store.look(lambda records: records.now)
        terms = Terms(lapses_at=now + timedelta(minutes=minutes) if minutes else None)
        spot = self._spot_id(self._config.links[link].spot)
        reservation = self._as_member(lambda desk: desk.reserve(spot, terms))
        self._links[link] = reservation.id
        self._tokens[link] = self._as_member(lambda desk: desk.reservation_link(reservation))

    def _remove_link(self, link: int) -> None:
        self._as_member(lambda desk: desk.remove_reservation(self._links[link]))

    def _unbind(self, link: int) -> None:
        self._as_member(lambda desk: desk.unbind_reservation(self._links[link]))

    def _pause(self, mini: int) -> None:
        self._as_member(lambda desk: desk.pause(self._mini_id(mini)))

    def _resume(self, mini: int) -> None:
        self._as_member(lambda desk: desk.resume(self._mini_id(mini)))

    def _cancel_mini(self, mini: int) -> None:
        self._as_member(lambda desk: desk.cancel_mini(self._mini_id(mini)))

    # Time's

    def _advance(self, minutes: int) -> None:
        self._store.do(lambda records: records.clock.shift(timedelta(minutes=minutes)))
        self._minute += minutes
        for page, truth in enumerate(self._truths):
            if truth == "open" and self._page_ends[page] <= self._minute:
                self._truths[page] = "expired"

    def _lapse_holds(self) -> None:
        self._repeat(BackOffice.lapse_holds)

    def _lapse_links(self) -> None:
        self._repeat(BackOffice.lapse_reservations)

    def _presume(self) -> None:
        self._lapse_holds()
        self._repeat(BackOffice.presume_closed)

    def _end_choices(self) -> None:
        self._repeat(BackOffice.end_choices)

    def _repeat(self, deed: Callable[[BackOffice], int]) -> None:
        while self._store.do(lambda records: deed(BackOffice(records))):
            pass

    # How it is asked

    def _as_client(self, number: int, deed: Callable[[ClientDesk], T]) -> T:
        client = self._client(self._config.clients[number])
        return self._store.do(lambda records: deed(ClientDesk(records, self._studio, client)))

    def _as_member(self, deed: Callable[[StudioDesk], T]) -> T:
        return self._store.do(lambda records: deed(StudioDesk(records, self._studio, self._member)))

    def _office(self, deed: Callable[[BackOffice], None]) -> None:
        self._store.do(lambda records: deed(BackOffice(records)))

    def _hear(self, page: int) -> None:
        """The till is asked about the page, and answers with the truth."""
        checkout, answer = self._checkout(page), self._page(page)
        ask = ClosePage if checkout.closing else LookAtPage
        errand = ask(checkout, answer.session_id) if checkout.session_id else OpenPage(checkout)
        self._office(lambda office: office.heard(errand, answer))

    def _hear_refund(self, payment: int, state: RefundState) -> None:
        known = self._payment(payment)
        refund = self._store.look(lambda records: records.refunds.of_payment(self._name, known.id))[-1]
        order = RefundOrder(refund_id=refund.id, payment_ref=known.ref, amount=refund.amount, key=refund.key)
        answer = RefundAnswer(ref=f"re_{refund.id}", refund_id=refund.id, state=state, amount=refund.amount)
        errand = PayBack(self._name, order, look_first=False)
        self._office(lambda office: office.heard(errand, answer))

    def _hear_dispute(self, payment: int, state: DisputeState) -> None:
        known = self._payment(payment)
        errand = LookAtPayment(self._name, known.id, known.ref)
        self._office(lambda office: office.heard(errand, Charge(payment_ref=known.ref, refunds=(), dispute=state)))

    def _page(self, page: int) -> Page:
        order, truth = self._checkout(page).order, self._truths[page]
        return Page(
            session_id=f"cs_{order.checkout_id}",
            checkout_id=order.checkout_id,
            state=_STATES.get(truth, PageState.OPEN),
            url=None,
            amount=order.total + Money(1, "USD") if truth == "odd" else order.total,
            payment_ref=f"pi_{order.checkout_id}" if truth in ("paid", "odd") else None,
        )

    def _checkout(self, page: int) -> Checkout:
        checkout = self._store.look(lambda records: records.checkouts.one(self._name, self._checkouts[page]))
        assert checkout is not None
        return checkout

    def _payment(self, payment: int) -> Payment:
        found = self._store.look(lambda records: records.payments.one(self._name, self._payments[payment]))
        assert found is not None
        return found

    def _number(self, booking_id: str) -> int:
        return next(number for number, known in self._bookings.items() if known == booking_id)

    def _observe(self, records: Records) -> Seen:
        minis = tuple(self._mini_seen(records, mini) for mini in range(max(self._config.minis) + 1))
        return Seen(
            {number: self._booking_seen(records, one) for number, one in sorted(self._bookings.items())},
            {number: self._link_seen(records, one) for number, one in sorted(self._links.items())},
            minis,
            self._taken(records, len(minis)),
            tuple(self._page_seen(records, one) for one in self._checkouts),
            tuple(self._fate(records, one) for one in self._payments),
        )

    def _page_seen(self, records: Records, checkout_id: str) -> tuple[str, int]:
        checkout = records.checkouts.one(self._name, checkout_id)
        assert checkout is not None
        return checkout.state.value, checkout.attempt

    def _fate(self, records: Records, payment_id: str) -> str:
        payment = records.payments.one(self._name, payment_id)
        assert payment is not None
        return payment.disposition.value

    def _booking_seen(self, records: Records, booking_id: str) -> SeenBooking:
        booking = records.bookings.one(self._name, booking_id)
        assert booking is not None
        live = booking.state.value in LIVE
        return SeenBooking(
            booking.state.value,
            self._spot_number(booking.spot_id),
            booking.places,
            live and booking.extended,
            self._owned(records, Owner.booking(booking_id)),
            booking.attempt,
            booking.noted.value if booking.noted else "",
        )

    def _link_seen(self, records: Records, reservation_id: str) -> SeenLink:
        reservation = records.reservations.one(self._name, reservation_id)
        assert reservation is not None
        return SeenLink(
            "removed" if reservation.removed_in_use else reservation.state.value,
            NOWHERE if reservation.client_id is None else int(reservation.client_id.rsplit("-c", 1)[1]),
            self._owned(records, Owner.reservation(reservation_id)),
        )

    def _mini_seen(self, records: Records, mini: int) -> str:
        found = records.minis.one(self._name, self._mini_id(mini))
        assert found is not None
        if found.state is MiniState.CANCELLED:
            return "cancelled"
        return "paused" if found.paused else "open"

    def _taken(self, records: Records, minis: int) -> tuple[int, ...]:
        rows = [
            row for mini in range(minis) for row in records.spots.list(self._name, self._mini_id(mini), records.now)
        ]
        taken = {self._spot_number(row.spot.id): row.taken for row in rows}
        return tuple(taken[spot] for spot in range(len(self._config.seats)))

    def _owned(self, records: Records, owner: Owner) -> tuple[int, ...]:
        return tuple(self._spot_number(claim.spot_id) for claim in records.claims.live(self._name, owner))

    # What it is made of

    def _furnish(self, records: Records) -> None:
        config = self._config
        records.studios.add(self._studio)
        records.studios.add_member(self._member)
        for client in range(max(config.clients) + 1):
            one = self._client(client)
            records.clients.add(one, Identity("telegram", one.id), f"chat of {one.id}")
        for mini in range(max(config.minis) + 1):
            records.minis.add(self._mini(mini))
            day = Day(
                id=f"{self._mini_id(mini)}-day",
                studio_id=self._name,
                mini_id=self._mini_id(mini),
                date=NINE.date(),
                same_start=config.most_places > 1,
            )
            spots = [self._spot(number) for number, of in enumerate(config.minis) if of == mini]
            records.minis.add_day(day, spots)

    def _mini(self, mini: int) -> Mini:
        return Mini(
            id=self._mini_id(mini),
            studio_id=self._name,
            title=self._mini_id(mini),
            state=MiniState.PUBLISHED,
            packages=(_FREE, _CARD),
            places_limit=self._config.most_places,
        )

    def _spot(self, number: int) -> Spot:
        """Half an hour each, one after the other; a spot that overlaps an earlier one begins with it."""
        place = min([other for one, other in self._config.overlaps if one == number], default=number)
        starts = NINE + timedelta(minutes=30 * min(place, number))
        mini = self._mini_id(self._config.minis[number])
        return Spot(
            id=self._spot_id(number),
            studio_id=self._name,
            mini_id=mini,
            day_id=f"{mini}-day",
            starts=starts,
            ends=starts + timedelta(minutes=20),
            seats=self._config.seats[number],
        )

    def _wish(self, spot: int) -> Wish:
        return Wish(mini_id=self._mini_id(self._config.minis[spot]), spot_id=self._spot_id(spot), package_id=_FREE.id)

    def _client(self, number: int) -> Client:
        return Client(id=f"{self._name}-c{number}", studio_id=self._name)

    def _mini_id(self, mini: int) -> str:
        return f"{self._name}-m{mini}"

    def _spot_id(self, spot: int) -> str:
        return f"{self._name}-s{spot}"

    def _spot_number(self, spot_id: str) -> int:
        return int(spot_id.rsplit("-s", 1)[1])


def _with_contact(desk: ClientDesk, booking_id: str) -> str:
    return desk.keep_contact(booking_id, Contact(name="Ana Ruiz", email="ana@example.com")).id
