"""The sums of a booking and of many: one function, and one statement of the database that says the same."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.booking.booking import Booking, State
from core.payments.account import Account, Takings, account_of
from core.payments.payment import Disposition, How, Payment, Refund
from core.payments.till import DisputeState, RefundState
from core.studio_desk import StudioDesk
from core.values.money import Money
from core.values.refusals import Refusal
from storage.store import Store
from storage.unit import Unit
from tests.builders import dollars
from tests.core.payments.ledger import OUTSIDE, RETAINER, every_sum, failed, give_back, mark, paid_online
from tests.core.payments.shop import CARD, Shop
from tests.core.payments.test_refund import look, owed

#: A studio whose minis may be at the same time.
SEVERAL = {"several_shooters": True}
AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def booking(shop: Shop) -> Booking:
    return shop.paid("ana", shop.card_spots(RETAINER)[0])


def came(amount: int, disposition: Disposition = Disposition.HONOURED, currency: str = "USD") -> Payment:
    return Payment(
        id=f"{disposition}{amount}",
        studio_id="luna",
        booking_id="one",
        amount=Money(amount * 100, currency),
        captured_at=AT,
        disposition=disposition,
        checkout_id="page",
        ref="pi",
    )


def back(payment: Payment, amount: int, state: RefundState) -> Refund:
    return Refund(
        id=f"{state}{amount}",
        studio_id="luna",
        payment_id=payment.id,
        key="",
        amount=dollars(amount),
        state=state,
        owed_at=AT,
    )


@pytest.mark.rule("H5", "H7")
def test_only_what_stands_for_the_booking_is_counted(booking: Booking):
    stood = [came(1), came(2, Disposition.DISPUTED), came(4, Disposition.WON)]
    others = [came(100, one) for one in Disposition if one not in {p.disposition for p in stood}]
    foreign = came(9, currency="EUR")

    sums = account_of(booking, [*stood, *others, foreign], [back(one, 50, RefundState.DONE) for one in others])

    assert (sums.came_in, sums.refunded, sums.lost) == (dollars(7), dollars(0), dollars(100))
    assert sums.refundable == dollars(5), "never of a dispute"


@pytest.mark.rule("H7")
def test_what_is_owed_is_kept_apart_from_what_is_back(booking: Booking):
    paid = came(50)
    refunds = [back(paid, amount, state) for amount, state in zip((1, 2, 4, 8), RefundState, strict=True)]

    sums = account_of(booking, [paid], refunds)

    assert [state.value for state in RefundState] == ["due", "sent", "done", "failed"]
    assert (sums.going_back, sums.refunded, sums.paid, sums.kept) == tuple(map(dollars, (3, 4, 46, 43)))
    assert (sums.refundable, sums.due, sums.missing) == tuple(map(dollars, (43, 100, 107)))


@pytest.mark.rule("H2", "H5")
@pytest.mark.parametrize(
    ("state", "due", "due_now"),
    [(State.HELD, 150, 50), (State.CONFIRMED, 150, 50), (State.NO_SHOW, 150, 50), (State.CANCELLED, 0, 0)],
)
def test_nothing_is_due_once_the_booking_has_ended(booking: Booking, state: State, due: int, due_now: int):
    sums = account_of(replace(booking, state=state), [], [])

    assert (sums.total, sums.due, sums.due_now) == (dollars(150), dollars(due), dollars(due_now))


@pytest.mark.rule("H7", "H9")
def test_nobody_is_asked_again_for_what_went_back_or_what_a_bank_took(booking: Booking):
    paid = came(50)

    given = account_of(booking, [paid], [back(paid, 50, RefundState.DONE)])
    taken = account_of(booking, [came(50, Disposition.LOST)], [])

    assert (given.due, taken.due) == (dollars(100), dollars(100))
    assert (given.missing, taken.missing) == (dollars(150), dollars(150))


# -- from the database --


@pytest.mark.rule("K1")
def test_the_sums_of_a_whole_mini_take_three_statements(shop: Shop):
    mini = shop.card_mini()
    bookings = [paid_online(shop, f"client{number}", spot) for number, spot in enumerate(shop.spots(mini))]
    give_back(shop, bookings[1], 40)
    shop.errands()
    failed(shop, bookings[2], 30)

    def read(records: Unit) -> tuple[dict[str, Account], int]:
        return StudioDesk(records, shop.studio, shop.owner).accounts(mini.id), records.statements

    sums, statements = shop.store.look(read)

    assert statements == 3
    assert [sums[one.id].paid for one in bookings] == [dollars(150), dollars(110), dollars(150), dollars(150)]
    for one in bookings:
        alone, among_others = every_sum(shop, one)
        assert alone == among_others


def takings(shop: Shop, mini_id: str | None = None) -> Takings:
    return shop.look(lambda records: StudioDesk(records, shop.studio, shop.owner).takings(mini_id))


@pytest.mark.rule("K8")
def test_a_studio_without_bookings_took_nothing(shop: Shop):
    nothing = dollars(0)

    assert takings(shop) == Takings(came_in=nothing, outside=nothing, refunded=nothing, going_back=nothing, due=nothing)


@pytest.mark.rule("H5", "H7")
def test_takings_are_of_a_mini_or_of_the_studio(shared: tuple[Store, str]):
    shop = Shop(*shared, SEVERAL)
    card = paid_online(shop)
    cash = shop.confirmed("ben", shop.spots(shop.card_mini(OUTSIDE))[0])
    mark(shop, cash, 60)
    undone = mark(shop, cash, 30)
    shop.by_owner(lambda desk: desk.undo_paid(undone))
    shop.by_owner(lambda desk: desk.mark_returned(cash.id, dollars(10), How.CASH))
    owed(shop)
    give_back(shop, card, 40)
    shop.errands()
    give_back(shop, card, 20)

    of_cash, of_all = takings(shop, cash.mini_id), takings(shop)

    assert of_cash == Takings(
        came_in=dollars(60), outside=dollars(60), refunded=dollars(10), going_back=dollars(0), due=dollars(90)
    )
    assert of_all == Takings(
        came_in=dollars(210), outside=dollars(60), refunded=dollars(50), going_back=dollars(20), due=dollars(90)
    )
    assert of_all.paid == dollars(160)


@pytest.mark.rule("H5", "H7", "H9")
@pytest.mark.parametrize("seed", range(3))
def test_the_database_sums_up_as_the_core_does_whatever_happened(shared: tuple[Store, str], seed: int):
    shop = Shop(*shared, SEVERAL)
    chance = random.Random(seed)
    minis = [shop.card_mini(package) for package in (CARD, RETAINER, OUTSIDE)]
    bookings = [
        (shop.confirmed if mini.packages[0] == OUTSIDE else shop.paid)(f"client{number}", spot)
        for mini in minis
        for number, spot in enumerate(shop.spots(mini))
    ]
    for _ in range(60):
        with suppress(Refusal):
            something_happens(shop, chance, chance.choice(bookings))

    for mini_id in (None, *(mini.id for mini in minis)):
        of = [every_sum(shop, one)[0] for one in bookings if mini_id in {None, one.mini_id}]
        sums = takings(shop, mini_id)
        assert sums.came_in == sum((one.came_in for one in of), start=dollars(0))
        assert sums.refunded == sum((one.refunded for one in of), start=dollars(0))
        assert sums.going_back == sum((one.going_back for one in of), start=dollars(0))
        assert sums.due == sum((one.due for one in of), start=dollars(0))
    assert shop.differences() == []
    for one in (every_sum(shop, booking)[0] for booking in bookings):
        assert one.refundable <= max(one.kept, dollars(0))


def something_happens(shop: Shop, chance: random.Random, booking: Booking) -> None:
    amount = dollars(chance.choice([5, 20, 60, 150]))
    payments = shop.payments(booking)
    shop.till.refunds_are = chance.choice([RefundState.DONE, RefundState.SENT, RefundState.FAILED])
    match chance.randint(1, 9):
        case 1 | 2:
            shop.by_owner(lambda desk: desk.mark_paid(booking.id, amount, chance.choice(list(How))))
        case 3:
            shop.by_owner(lambda desk: desk.mark_returned(booking.id, amount, How.CASH))
        case 4 if payments:
            shop.by_owner(lambda desk: desk.undo_paid(chance.choice(payments).id))
        case 5 | 6:
            shop.by_owner(lambda desk: desk.refund(booking.id, amount))
        case 7 if chance.random() < 0.3:
            shop.by_owner(lambda desk: desk.cancel(booking.id, amount))
        case 8 if payments and payments[0].ref:
            shop.till.dispute(payments[0].ref, chance.choice(list(DisputeState)))
            look(shop, payments[0])
        case _:
            for problem in shop.by_owner(lambda desk: desk.problems()):
                for decision in problem.decisions[:1]:
                    shop.by_owner(lambda desk, it=problem, deed=decision: getattr(desk, deed.value)(it.id))
            shop.errands()
