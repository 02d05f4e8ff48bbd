"""A studio that takes cards, with its till: what a test of money asks of the doors, and what is then so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.back_office import BackOffice
from core.booking.booking import Booking
from core.client_desk import ClientDesk
from core.messages.alerts import Alert
from core.minis.mini import Mini, MiniState, Package, PaidBy, Spot
from core.payments.checkout import Checkout, CheckoutState, OrderLine
from core.payments.errands import Errand
from core.payments.pay import Bill
from core.payments.payment import Payment, Refund
from core.payments.till import TillRefused, TillShut
from core.ports import Records
from core.values.money import Money
from core.values.refusals import Trouble
from storage.message_tables import outbox
from storage.money_tables import payments, refunds
from storage.store import Store
from storage.unit import Unit
from tests.builders import dollars
from tests.core.house import ANA, House, present
from tests.core.payments.till import MemoryTill
from tests.storage import raw

LEASE = timedelta(minutes=1)
CARD = Package(id="mini", title="Mini", fee=dollars(150), paid_by=PaidBy.FULL)
#: What the studio hears of bookings, whatever became of the money.
_OF_BOOKINGS = {Alert.BOOKED, Alert.CANCELLED, Alert.HOLD_LAPSED}
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def bill_for(booking: Booking) -> Bill:
    due = OrderLine(name=booking.package.title, amount=booking.price.due_now)
    return Bill(lines=(due,), return_to="https://luna.example/thanks", back_to="", note="", language="en")


def do_errand(store: Store, till: MemoryTill, errand: Errand) -> None:
    """Ask the till, and write down what came of it, each as bots.cashier does."""
    try:
        answer = till.answer(errand)
    except TillRefused as refused:
        code = refused.code
        store.do(lambda records: BackOffice(records).refused(errand, code))
    except Trouble as trouble:
        shut = isinstance(trouble, TillShut)
        store.do(lambda records: BackOffice(records).unheard(errand, shut=shut))
    else:
        store.do(lambda records: BackOffice(records).heard(errand, answer))


@dataclass(slots=True)
class Shop(House):
    till: MemoryTill = field(init=False)
    #: Who takes the errands, if it is another program.
    taker: Store | None = None

    def __post_init__(self) -> None:
        House.__post_init__(self)
        self.till = MemoryTill(self.now, f"{self.studio.id}.")

    # -- deeds --

    def card_mini(self, package: Package = CARD, **facts: Any) -> Mini:
        return self.mini(packages=[package], **facts)

    def card_spots(self, package: Package = CARD, **facts: Any) -> list[Spot]:
        return self.spots(self.card_mini(package, **facts))

    def filled(self, name: str, spot: Spot, **wish: Any) -> Booking:
        """A hold with all that must be known before it is paid."""
        held = self.hold(name, spot, **wish)
        return self.by(name, lambda desk: desk.keep_contact(held.id, ANA))

    def to_pay(self, name: str, booking: Booking) -> Booking:
        """The client goes to pay: the page is asked for, not yet made."""
        booking = self.booking(booking)
        return self.by(name, lambda desk: desk.continue_to_pay(booking.id, bill_for(booking)))

    def paying(self, name: str, spot: Spot, **wish: Any) -> Booking:
        """A booking whose page is open."""
        booking = self.to_pay(name, self.filled(name, spot, **wish))
        self.errands()
        return self.booking(booking)

    def paid(self, name: str, spot: Spot, **wish: Any) -> Booking:
        booking = self.paying(name, spot, **wish)
        self.pay(booking)
        self.errands_about(booking)
        return self.booking(booking)

    def expired_unheard(self, name: str, spot: Spot, **wish: Any) -> Booking:
        """A booking whose page was paid while the till could not be reached, until the hard cap ended it."""
        booking = self.paying(name, spot, **wish)
        self.pay(booking)
        self.pass_hard_cap(booking)
        return self.booking(booking)

    def pass_hard_cap(self, booking: Booking) -> None:
        self.till.down = True
        self.wait(self.checkout(booking).order.expires_at + 11 * MINUTE - self.now())
        self.tick()
        self.wait(3 * MINUTE)
        self.tick()
        self.till.down = False

    def pay(self, booking: Booking, **how: Any) -> str:
        """The client pays on the page that is open."""
        return present(self.till.pay(self.checkout(booking).id, **how))

    def change_something(self, name: str, booking: Booking) -> Booking:
        return self.by(name, lambda desk: desk.change_something(booking.id))

    def give_up(self, name: str, booking: Booking) -> Booking:
        return self.by(name, lambda desk: desk.give_up(booking.id))

    def let_lapse_at_the_page(self, booking: Booking) -> Booking:
        self.wait(self.booking(booking).hold_until - self.now())
        self.tick()
        return self.booking(booking)

    def with_fee(self, booking: Booking, fee: Money) -> Booking:
        """What the booking would be at another fee."""
        packages = tuple(replace(one, fee=fee) for one in booking.snapshot.packages)
        return replace(booking, snapshot=replace(booking.snapshot, packages=packages))

    def call_off_unseen(self, booking: Booking) -> None:
        """The mini is called off without its bookings, as by somebody who does not see them yet."""

        def call_off(records: Records) -> None:
            mini = present(records.minis.one(self.studio.id, booking.mini_id))
            assert records.minis.change(mini, replace(mini, state=MiniState.CANCELLED))

        self.store.do(call_off)

    def add_page(self, like: Checkout, checkout_id: str) -> None:
        """Another page of the same booking, as if the guards had let it through."""
        order = replace(like.order, checkout_id=checkout_id)
        page = replace(
            like, id=checkout_id, order=order, key=checkout_id, state=CheckoutState.CREATING, session_id=None
        )
        self.store.do(lambda records: records.checkouts.add(replace(page, ask_at=records.now)))
        self.errands()

    def halve_the_refund(self, booking: Booking) -> None:
        """Only half of what is owed goes back, as a person may decide one day."""
        (refund,) = self.refunds(self.payment(booking))
        raw.execute(self.url, refunds.update().where(refunds.c.id == refund.id).values(minor=refund.amount.minor // 2))

    def card_class(self, seats: int) -> Spot:
        """The one spot of a class that is paid by card."""
        return self.class_of(seats=seats, packages=[CARD])

    def until_asked(self, booking: Booking) -> timedelta:
        return present(self.checkout(booking).ask_at) - self.now()

    def allow_places(self, mini: Mini, most: int) -> None:
        """One booking takes up to so many places of the mini's classes."""

        def allow(records: Records) -> None:
            known = present(records.minis.one(self.studio.id, mini.id))
            assert records.minis.change(known, replace(known, places_limit=most))

        self.store.do(allow)

    def statements(self, name: str, deed: Callable[[ClientDesk], object]) -> int:
        """How many a client's deed takes, its desk apart."""
        client = self.client(name)

        def count(records: Unit) -> int:
            deed(ClientDesk(records, self.studio, client))
            return records.statements

        return self.store.do(count)

    def take(self, limit: int = 50, lease: timedelta = LEASE) -> list[Errand]:
        return (self.taker or self.store).do(lambda records: BackOffice(records).take_errands(limit, lease))

    def errands(self) -> int:
        """Do what is due, and what comes due by it; gives how many. What goes unanswered is due again later."""
        done = 0
        for _ in range(20):
            taken = self.take()
            for errand in taken:
                do_errand(self.store, self.till, errand)
            done += len(taken)
            if not taken:
                return done
        raise AssertionError("the errands never end")

    def errands_about(self, booking: Booking) -> int:
        """As after a webhook about the booking's page."""
        self.hint(checkout_id=self.checkout(booking).id)
        return self.errands()

    def hint(self, event: str = "", *, checkout_id: str | None = None, payment_ref: str | None = None) -> bool:
        event = event or self.store.do(lambda records: records.new_id())
        return self.store.do(
            lambda records: BackOffice(records).hint(event, checkout_id=checkout_id, payment_ref=payment_ref)
        )

    def tick(self) -> None:
        """What is due happens, as when the clockwork runs."""
        for _ in range(20):
            done = sum(self._repeat(name) for name in ("lapse_holds", "presume_closed", "end_choices"))
            if not done + self.errands():
                return
        raise AssertionError("the clockwork never rests")

    def _repeat(self, name: str) -> int:
        return sum(iter(lambda: self.store.do(lambda records: getattr(BackOffice(records), name)()), 0))

    # -- what is so --

    def now(self) -> datetime:
        return self.look(lambda records: records.now)

    def checkout(self, booking: Booking) -> Checkout:
        """The booking's page, the one that was asked for last."""
        return present(self.look(lambda records: records.checkouts.newest(self.studio.id, booking.id)))

    def checkout_of(self, checkout_id: str) -> Checkout:
        return present(self.look(lambda records: records.checkouts.one(self.studio.id, checkout_id)))

    def payments(self, booking: Booking) -> list[Payment]:
        return self.look(lambda records: records.payments.of_booking(self.studio.id, booking.id))

    def payment(self, booking: Booking) -> Payment:
        (payment,) = self.payments(booking)
        return payment

    def refunds(self, payment: Payment) -> list[Refund]:
        return self.look(lambda records: records.refunds.of_payment(self.studio.id, payment.id))

    def fates(self, booking: Booking) -> list[str]:
        return [payment.disposition.value for payment in self.payments(booking)]

    def alerts(self) -> list[str]:
        """What the studio's bot will say of money, the oldest first."""
        mine = select(outbox.c.kind).where(outbox.c.studio_id == self.studio.id, outbox.c.client_id.is_(None))
        return [row.kind for row in raw.rows(self.url, mine.order_by(outbox.c.id)) if row.kind not in _OF_BOOKINGS]

    def differences(self) -> list[str]:
        """Where our ledger is not the till's, to the cent: what came in, and what went back."""
        return self.look(self._differences)

    def _differences(self, records: Records) -> list[str]:
        ours: dict[str, tuple[Payment, list[Refund]]] = {}
        through_the_till = (payments.c.studio_id == self.studio.id, payments.c.ref.is_not(None))
        for row in raw.rows(self.url, select(payments.c.id).where(*through_the_till)):
            payment = records.payments.one(self.studio.id, row.id)
            assert payment
            ours[payment.ref] = (payment, records.refunds.of_payment(self.studio.id, payment.id))
        return list(differences(self.till, ours))


def differences(till: MemoryTill, ours: Mapping[str, tuple[Payment, Sequence[Refund]]]) -> Iterator[str]:
    for ref in ours.keys() ^ till.payments.keys():
        yield f"{ref} is in one ledger alone"
    for ref in ours.keys() & till.payments.keys():
        payment, refunds = ours[ref]
        theirs = till.payments[ref]
        back = sum(one.amount.minor for one in refunds if one.state.value in {"sent", "done"})
        if payment.amount != theirs.amount:
            yield f"{ref}: {payment.amount} where the till has {theirs.amount}"
        if back != theirs.back:
            yield f"{ref}: {back} went back where the till has {theirs.back}"
        if payment.disposition.value == "refunded" and back != payment.amount.minor:
            yield f"{ref} is called refunded with {Money(back, payment.amount.currency)} back"
