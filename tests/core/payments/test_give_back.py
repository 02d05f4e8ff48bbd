"""Giving back money that was kept: none, a part or all, decided each time; never more than was taken (H7, K3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.booking.booking import Booking, Reason, State
from core.booking.refusals import BookingChanged
from core.payments import refund
from core.payments.errands import LookAtPayment
from core.payments.give_back import GiveBack
from core.payments.payment import How, Refund, Settled
from core.payments.refusals import AmountTooFine, MoreThanPaid, MoreThanRefundable, NoAmount, OtherCurrency
from core.payments.till import DisputeState, RefundState
from core.values.money import Money
from storage.store import Store
from tests.builders import dollars
from tests.core.house import House
from tests.core.meeting import Deed, meet
from tests.core.payments.ledger import (
    account,
    booked_outside,
    desk_at,
    failed,
    figures,
    give_back,
    mark,
    paid_online,
    refunds_of,
    with_retainer,
)
from tests.core.payments.shop import CARD, Shop, do_errand
from tests.core.payments.test_refund import look

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.rule("H7")
def test_a_part_goes_back_and_the_payment_stays_honoured(shop: Shop):
    booking = paid_online(shop)

    give_back(shop, booking, 40)
    owed = figures(shop, booking)
    shop.errands()

    assert (owed, figures(shop, booking)) == ((150, 0, 40, 0, 110), (150, 40, 0, 0, 110))
    assert (shop.booking(booking).state, shop.fates(booking)) == (State.CONFIRMED, ["honoured"])
    assert shop.alerts() == [], "the photographer knows"
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_nothing_is_told_before_the_till_has_sent_it_and_then_each_part_is(shop: Shop):
    booking = paid_online(shop)
    shop.till.refunds_are = RefundState.SENT
    give_back(shop, booking, 40)
    shop.errands()
    sent = shop.waiting().count("refunded")

    shop.till.bank_says(shop.payment(booking).ref, RefundState.DONE)
    look(shop, shop.payment(booking))
    shop.till.refunds_are = RefundState.DONE
    give_back(shop, booking, 110)
    shop.errands()

    assert (sent, shop.waiting().count("refunded")) == (0, 2)
    assert figures(shop, booking) == (150, 150, 0, 0, 0)
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_no_more_goes_back_than_was_taken_less_what_is_owed_already(shop: Shop):
    booking = paid_online(shop)
    give_back(shop, booking, 100)

    with pytest.raises(MoreThanRefundable) as refused:
        give_back(shop, booking, 51)

    assert refused.value.facts == {"could": dollars(50)}
    shop.errands()
    with pytest.raises(MoreThanRefundable):
        give_back(shop, booking, 51)
    give_back(shop, booking, 50)
    shop.errands()
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_what_went_back_by_hand_at_the_till_counts(shop: Shop):
    booking = paid_online(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, 3_000)
    look(shop, payment)

    with pytest.raises(MoreThanRefundable):
        give_back(shop, booking, 121)

    assert figures(shop, booking) == (150, 30, 0, 0, 120)


@pytest.mark.rule("H7")
def test_what_a_bank_still_has_of_a_refund_by_hand_is_looked_at_and_never_paid_again(shop: Shop):
    booking = paid_online(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, 5_000, RefundState.SENT)
    look(shop, payment)
    look(shop, payment)
    shop.wait(HOUR + timedelta(minutes=1))
    shop.errands()

    shop.till.bank_says(payment.ref, RefundState.DONE)
    shop.wait(HOUR + timedelta(minutes=1))
    shop.errands()

    assert "refund" not in shop.till.asked
    assert figures(shop, booking) == (150, 50, 0, 0, 100)
    assert shop.differences() == []


@pytest.mark.rule("H5", "H7")
def test_what_was_paid_by_hand_does_not_go_back_through_the_till(shop: Shop):
    booking = with_retainer(shop)
    mark(shop, booking, 100)

    with pytest.raises(MoreThanRefundable) as refused:
        give_back(shop, booking, 51)

    assert refused.value.facts == {"could": dollars(50), "outside": dollars(100), "hint": "outside"}
    give_back(shop, booking, 50)
    shop.errands()
    assert figures(shop, booking) == (150, 50, 0, 0, 0)


@pytest.mark.rule("H5", "H7")
def test_what_was_given_back_in_cash_does_not_go_back_again(shop: Shop):
    booking = paid_online(shop)
    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(100), How.CASH))

    with pytest.raises(MoreThanRefundable) as refused:
        give_back(shop, booking, 51)

    assert refused.value.facts == {"could": dollars(50)}


@pytest.mark.rule("H7")
def test_over_several_payments_the_newest_goes_back_first(shop: Shop):
    """As with a retainer and its balance; here the second is one that the photographer let stand."""
    booking = paid_online(shop)
    first = shop.payment(booking)
    shop.store.do(
        lambda records: records.payments.add(
            replace(first, id=records.new_id(), checkout_id=f"{first.checkout_id}-2", ref=f"{first.ref}-2")
        )
    )

    give_back(shop, booking, 170)

    newest, older = shop.payments(booking)[1], first
    assert [one.amount for one in shop.refunds(newest)] == [dollars(150)]
    assert [one.amount for one in shop.refunds(older)] == [dollars(20)]


@pytest.mark.rule("H7", "H1")
@pytest.mark.parametrize(
    ("amount", "refusal"),
    [(Money(0, "USD"), NoAmount), (Money(-1, "USD"), NoAmount), (Money(100, "EUR"), OtherCurrency)],
)
def test_what_is_no_amount_of_the_booking_does_not_go_back(shop: Shop, amount: Money, refusal: type[Exception]):
    booking = paid_online(shop)

    with pytest.raises(refusal):
        shop.by_owner(lambda desk: desk.refund(booking.id, amount))

    assert refunds_of(shop, booking) == []


@pytest.mark.rule("H1", "H7")
def test_an_amount_too_fine_for_cards_is_refused_with_the_nearest(shared: tuple[Store, str]):
    shop = Shop(*shared, {"currency": "KWD"})
    spots = shop.card_spots(replace(CARD, fee=Money(15_000, "KWD")))
    booking = shop.paid("ana", spots[0])

    with pytest.raises(AmountTooFine) as refused:
        shop.by_owner(lambda desk: desk.refund(booking.id, Money(1_234, "KWD")))

    assert refused.value.facts == {"nearest": Money(1_230, "KWD")}
    shop.by_owner(lambda desk: desk.refund(booking.id, Money(1_230, "KWD")))
    shop.errands()
    assert shop.differences() == []


@pytest.mark.rule("H7", "H9")
def test_a_dispute_is_never_refunded_beside(shop: Shop):
    booking = paid_online(shop)
    shop.till.dispute(shop.payment(booking).ref)
    look(shop, shop.payment(booking))

    with pytest.raises(MoreThanRefundable) as refused:
        give_back(shop, booking, 10)

    assert refused.value.facts == {"could": dollars(0)}
    shop.till.dispute(shop.payment(booking).ref, DisputeState.WON)
    look(shop, shop.payment(booking))
    give_back(shop, booking, 10)


@pytest.mark.rule("H7")
def test_what_went_back_whole_by_hand_before_we_asked_is_not_asked_for_again(shop: Shop):
    booking = paid_online(shop)
    give_back(shop, booking, 40)
    shop.till.refund_by_hand(shop.payment(booking).ref, 15_000)

    shop.errands()

    assert (shop.fates(booking), figures(shop, booking)) == (["honoured"], (150, 150, 0, 0, 0))
    assert shop.by_owner(lambda desk: desk.problems()) == []
    assert shop.differences() == []


# -- refunds that failed --


def give_back_by_hand(shop: Shop, booking: Booking, amount: int) -> None:
    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(amount), How.CASH))


@pytest.mark.rule("H9")
def test_a_part_that_failed_is_tried_again_as_one_of_its_own(shop: Shop):
    booking = paid_online(shop)
    refund = failed(shop, booking, 40)
    assert (shop.alerts(), figures(shop, booking)) == (["alert_refund_failed"], (150, 0, 0, 0, 150))

    shop.by_owner(lambda desk: desk.refund_again(refund.id))
    shop.errands()

    first, second = refunds_of(shop, booking)
    assert (first.settled, first.key != second.key, second.state) == (Settled.AGAIN, True, RefundState.DONE)
    assert figures(shop, booking) == (150, 40, 0, 0, 110)
    assert shop.by_owner(lambda desk: desk.problems()) == []
    with pytest.raises(BookingChanged):
        shop.by_owner(lambda desk: desk.refund_again(refund.id))
    assert shop.differences() == []


@pytest.mark.rule("H9")
def test_a_part_that_failed_is_paid_another_way_and_the_client_hears_of_it(shop: Shop):
    booking = paid_online(shop)
    refund = failed(shop, booking, 40)

    shop.by_owner(lambda desk: desk.refunded_elsewhere(refund.id))

    assert (figures(shop, booking), shop.waiting()[-1]) == ((150, 40, 0, 0, 110), "refunded")
    assert shop.by_owner(lambda desk: desk.problems()) == []
    for deed in ("refund_again", "refunded_elsewhere"):
        with pytest.raises(BookingChanged):
            shop.by_owner(lambda desk, deed=deed: getattr(desk, deed)(refund.id))


@pytest.mark.rule("H9")
def test_who_marks_that_the_same_was_given_back_has_settled_it(shop: Shop):
    booking = paid_online(shop)
    refund = failed(shop, booking, 40)

    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(40), How.CASH))

    assert shop.by_owner(lambda desk: desk.problems()) == []
    with pytest.raises(BookingChanged):
        shop.by_owner(lambda desk: desk.refunded_elsewhere(refund.id))


@pytest.mark.rule("H5", "H9")
@pytest.mark.parametrize("way", ["mark_returned", "refunded_elsewhere"])
def test_who_undoes_that_it_was_given_back_owes_it_again(shop: Shop, way: str):
    booking = paid_online(shop)
    give_back_by_hand(shop, booking, 40)  # another of the same amount, which settles nothing
    refund = failed(shop, booking, 40)
    if way == "mark_returned":
        give_back_by_hand(shop, booking, 40)
    else:
        shop.by_owner(lambda desk: desk.refunded_elsewhere(refund.id))
    apart, settling = (entry.id for entry in shop.payments(booking) if entry.outside)

    shop.by_owner(lambda desk: desk.undo_paid(apart))
    assert shop.by_owner(lambda desk: desk.problems()) == []

    shop.by_owner(lambda desk: desk.undo_paid(settling))
    assert [one.id for one in shop.by_owner(lambda desk: desk.problems())] == [refund.id]
    shop.by_owner(lambda desk: desk.refund_again(refund.id))
    shop.errands()
    assert (figures(shop, booking), shop.differences()) == ((150, 40, 0, 0, 110), [])


@pytest.mark.rule("H9")
def test_a_part_that_failed_does_not_go_back_beyond_what_is_left(shop: Shop):
    booking = paid_online(shop)
    refund = failed(shop, booking, 100)
    give_back(shop, booking, 60)

    with pytest.raises(MoreThanRefundable):
        shop.by_owner(lambda desk: desk.refund_again(refund.id))
    with pytest.raises(MoreThanPaid):
        shop.by_owner(lambda desk: desk.refunded_elsewhere(refund.id))


# -- by the contract --


@pytest.mark.rule("H7")
@pytest.mark.parametrize(("before", "goes_back"), [(49 * HOUR, 150), (47 * HOUR, 100), (-DAY, 100)])
def test_by_the_contract_all_goes_back_in_time_and_later_the_retainer_is_kept(
    shop: Shop, before: timedelta, goes_back: int
):
    booking = with_retainer(shop)
    mark(shop, booking, 100)
    desk_at(shop, before, booking)

    assert shop.by_owner(lambda desk: desk.policy_refund(shop.booking(booking))) == dollars(goes_back)


@pytest.mark.rule("H7")
@pytest.mark.parametrize(("before", "goes_back"), [(49 * HOUR, 130), (47 * HOUR, 0)])
def test_of_a_fee_that_was_paid_to_book_nothing_goes_back_later(shop: Shop, before: timedelta, goes_back: int):
    booking = paid_online(shop)
    give_back(shop, booking, 20)
    desk_at(shop, before, booking)

    assert shop.by_owner(lambda desk: desk.policy_refund(shop.booking(booking))) == dollars(goes_back)


@pytest.mark.rule("H7")
def test_nothing_is_kept_of_what_was_not_paid_to_book(shop: Shop):
    booking = booked_outside(shop)
    mark(shop, booking, 150)
    desk_at(shop, HOUR, booking)

    assert shop.by_owner(lambda desk: desk.policy_refund(shop.booking(booking))) == dollars(150)


@pytest.mark.rule("H7")
def test_it_counts_when_the_client_cancelled_and_not_when_the_photographer_looks(shop: Shop):
    booking = paid_online(shop)
    desk_at(shop, 49 * HOUR, booking)
    shop.by("ana", lambda desk: desk.cancel(booking.id))

    shop.wait(3 * DAY)

    assert shop.by_owner(lambda desk: desk.policy_refund(shop.booking(booking))) == dollars(150)


# -- cancelling --


@pytest.mark.rule("K3", "H7")
@pytest.mark.parametrize(
    ("back", "owed"),
    [(GiveBack.NONE, []), (GiveBack.POLICY, [150]), (GiveBack.ALL, [150]), (dollars(30), [30]), (dollars(0), [])],
)
def test_who_cancels_decides_in_the_same_deed_what_goes_back(shop: Shop, back: GiveBack | Money, owed: list[int]):
    booking = paid_online(shop)

    cancelled = shop.by_owner(lambda desk: desk.cancel(booking.id, back))

    assert (cancelled.state, cancelled.reason, shop.seats(booking)) == (State.CANCELLED, Reason.BY_STUDIO, [])
    assert [one.amount for one in refunds_of(shop, booking)] == [dollars(amount) for amount in owed]
    assert (shop.waiting()[-1], shop.alerts()) == ("cancelled", [])
    shop.errands()
    assert shop.differences() == []


@pytest.mark.rule("K3", "H7")
def test_a_late_cancel_by_the_contract_keeps_the_retainer_and_leaves_cash_to_hands(shop: Shop):
    booking = with_retainer(shop)
    mark(shop, booking, 100)
    desk_at(shop, HOUR, booking)

    shop.by_owner(lambda desk: desk.cancel(booking.id, GiveBack.POLICY))

    assert figures(shop, booking) == (150, 0, 50, 0, 0), "the till's part of the $100 that go back"


@pytest.mark.rule("K3")
def test_a_cancel_whose_money_is_refused_cancels_nothing(shop: Shop):
    booking = paid_online(shop)

    with pytest.raises(MoreThanRefundable):
        shop.by_owner(lambda desk: desk.cancel(booking.id, dollars(151)))

    assert (shop.booking(booking).state, refunds_of(shop, booking)) == (State.CONFIRMED, [])


@pytest.mark.rule("H7")
def test_the_photographer_decides_after_a_clients_cancel(shop: Shop):
    booking = paid_online(shop)
    shop.by("ana", lambda desk: desk.cancel(booking.id))
    assert shop.alerts() == ["alert_cancelled_paid"]

    give_back(shop, booking, 150)
    shop.errands()

    assert (shop.waiting()[-1], account(shop, booking).kept) == ("refunded", dollars(0))
    assert shop.booking(booking).state is State.CANCELLED


# -- at the same moment --

GUARDS = (
    " AND bookings.version = %(old_version)s::INTEGER",
    " AND bookings.state = %(old_state)s::VARCHAR",
    " AND payments.version = %(old_version)s::INTEGER",
)


LEAVING_GUARDS = (
    *GUARDS,
    " AND refunds.version = %(old_version)s::INTEGER",
    " AND refunds.state = %(old_state)s::VARCHAR",
)


def giving_back(booking: Booking, amount: int) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.refund(booking.id, dollars(amount)))


def in_cash(booking: Booking, amount: int) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(amount), How.CASH))


@pytest.mark.rule("H7")
@pytest.mark.parametrize("before", ["UPDATE bookings", "INSERT INTO refunds", "INSERT INTO history"])
def test_two_who_give_back_at_once_never_give_back_more_than_was_taken(shop: Shop, before: str):
    booking = paid_online(shop)

    met = meet(shop, giving_back(booking, 100), before, giving_back(booking, 100))

    outcomes = [type(one) for one in (met.first, met.second)]
    assert sorted(outcomes, key=repr) == sorted([Booking, MoreThanRefundable], key=repr), (met.first, met.second)
    assert sum(one.amount.minor for one in refunds_of(shop, booking)) == 10_000
    shop.errands()
    assert shop.differences() == []


@pytest.mark.rule("H5", "H7")
def test_who_gives_back_in_cash_at_the_same_moment_counts_what_goes_back_through_the_till(shop: Shop):
    booking = paid_online(shop)

    met = meet(shop, giving_back(booking, 100), "INSERT INTO refunds", in_cash(booking, 100))

    assert isinstance(met.second, MoreThanPaid), met.second
    assert account(shop, booking).kept == dollars(50)


@pytest.mark.rule("H7", "K3")
def test_a_cancel_that_gives_all_back_counts_what_somebody_gives_back_at_that_moment(shop: Shop):
    booking = paid_online(shop)

    def cancel(house: House) -> Booking:
        return house.by_owner(lambda desk: desk.cancel(booking.id, GiveBack.ALL))

    met = meet(shop, giving_back(booking, 100), "INSERT INTO refunds", cancel)

    assert isinstance(met.second, Booking), met.second
    assert [one.amount.minor for one in refunds_of(shop, booking)] == [10_000, 5_000]


def trying_again(part: Refund) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.refund_again(part.id))


def leaving(part: Refund) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.leave_refund(part.id))


@pytest.mark.rule("H9")
@pytest.mark.parametrize("before", ["UPDATE bookings", "UPDATE refunds", "INSERT INTO history"])
def test_what_is_left_at_that_is_not_tried_again_at_the_same_moment(shop: Shop, before: str):
    booking = paid_online(shop)
    part = failed(shop, booking, 40)

    met = meet(shop, leaving(part), before, trying_again(part))

    outcomes = [type(one) for one in (met.first, met.second)]
    assert sorted(outcomes, key=repr) == sorted([Booking, BookingChanged], key=repr), (met.first, met.second)
    assert len(refunds_of(shop, booking)) == (1 if isinstance(met.first, Booking) else 2)


@pytest.mark.rule("H7", "H9")
def test_money_that_is_disputed_at_the_moment_it_should_go_back_does_so_before_or_not(shop: Shop):
    booking = paid_online(shop)
    shop.till.dispute(shop.payment(booking).ref)
    shop.hint(payment_ref=shop.payment(booking).ref)

    def hear(house: House) -> None:
        assert isinstance(house, Shop)
        house.errands()

    met = meet(shop, giving_back(booking, 100), "UPDATE payments", hear)

    assert not isinstance(met.second, Exception), met.second
    assert isinstance(met.first, MoreThanRefundable | Booking), met.first
    assert bool(refunds_of(shop, booking)) == isinstance(met.first, Booking)


@pytest.mark.rule("H7", "H9")
def test_what_went_back_by_hand_at_the_till_counts_once_whoever_hears_of_it(shop: Shop):
    booking, hear = heard_of_by_two(shop, 3_000)

    met = meet(shop, hear, "INSERT INTO refunds", hear)

    assert (met.first, met.second, met.waited) == (None, None, True)
    assert figures(shop, booking) == (150, 30, 0, 0, 120)


@pytest.mark.rule("H7", "H9")
@pytest.mark.parametrize("hears_first", [True, False])
def test_who_gives_back_counts_what_goes_back_by_hand_at_that_moment(shop: Shop, *, hears_first: bool):
    booking, hear = heard_of_by_two(shop, 10_000)
    first, second = (hear, giving_back(booking, 100)) if hears_first else (giving_back(booking, 100), hear)

    met = meet(shop, first, "INSERT INTO refunds", second)
    shop.errands()

    assert isinstance(met.second, MoreThanRefundable) if hears_first else met.second is None
    assert account(shop, booking).kept == dollars(50)
    assert shop.differences() == []


def test_were_the_payment_not_written_both_would_note_what_went_back_by_hand(
    shared_postgres: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refund, "looked_at", lambda _records, payment: payment)  # pyright: ignore[reportUnknownLambdaType,reportUnknownArgumentType]
    shop = Shop(*shared_postgres)
    _booking, hear = heard_of_by_two(shop, 3_000)

    met = meet(shop, hear, "INSERT INTO refunds", hear)

    assert [type(one) for one in (met.first, met.second) if one] == [IntegrityError]


def heard_of_by_two(shop: Shop, minor: int) -> tuple[Booking, Deed]:
    """So much of a payment went back in the till's dashboard, and a hint of it came while the till was asked."""
    booking = paid_online(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, minor)
    shop.hint(payment_ref=payment.ref)
    errand = LookAtPayment(payment.studio_id, payment.id, payment.ref or "", payment.till)

    def hear(house: House) -> None:
        assert isinstance(house, Shop)
        do_errand(house.store, house.till, errand)

    return booking, hear


@pytest.mark.rule("H7")
def test_nobody_is_promised_what_went_back_by_hand_between_the_look_and_the_deed(shared_postgres: tuple[Store, str]):
    shop = Shop(*shared_postgres)
    booking, hear = heard_of_by_two(shop, 10_000)

    met = meet(shop, giving_back(booking, 100), "UPDATE bookings", hear)

    assert isinstance(met.first, MoreThanRefundable), met.first
    assert [one.amount.minor for one in refunds_of(shop, booking)] == [10_000]


def test_without_the_versions_it_would_be_left_and_tried_again(shared_postgres: tuple[Store, str]):
    shop = Shop(*shared_postgres)
    booking = paid_online(shop)
    part = failed(shop, booking, 40)

    met = meet(shop, leaving(part), "UPDATE refunds", trying_again(part), without=LEAVING_GUARDS)

    assert [type(met.first), type(met.second)] == [Booking, Booking]


def test_without_the_versions_more_would_go_back_than_was_taken(shared_postgres: tuple[Store, str]):
    """PostgreSQL alone: on SQLite nobody writes beside a writer."""
    shop = Shop(*shared_postgres)
    booking = paid_online(shop)

    meet(shop, giving_back(booking, 100), "INSERT INTO refunds", in_cash(booking, 100), without=GUARDS)

    assert account(shop, booking).kept == dollars(-50)
