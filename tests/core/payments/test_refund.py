"""Paying back: an obligation first, the call later; nothing is called refunded before the till says so (H7)."""

from datetime import timedelta

import pytest

from core.back_office import BackOffice
from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged
from core.payments.errands import LookAtPayment, PayBack, refund_unheard
from core.payments.payment import Payment
from core.payments.refund import KEY_KEPT
from core.payments.till import DisputeState, RefundFailure, RefundState
from core.values.refusals import Overtaken
from tests.core.payments.shop import LEASE, MINUTE, Shop, do_errand

HOUR = timedelta(hours=1)


def owed(shop: Shop) -> Booking:
    """A booking whose money is to go back: it was not what was asked for."""
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.pay(paying, minor=12_345)
    shop.errands_about(paying)
    shop.by_owner(lambda desk: desk.send_back(shop.payment(paying).id))
    return shop.booking(paying)


def paid(shop: Shop) -> tuple[Booking, Payment]:
    booking = shop.paid("ana", shop.card_spots()[0])
    return booking, shop.payment(booking)


def look(shop: Shop, payment: Payment) -> None:
    """As after an event about the payment."""
    shop.hint(payment_ref=payment.ref)
    shop.errands()


@pytest.mark.rule("H7")
def test_what_is_owed_is_a_row_first_and_a_call_later(shop: Shop):
    booking = owed(shop)

    (refund,) = shop.refunds(shop.payment(booking))
    before = (shop.fates(booking), refund.state, "refund" in shop.till.asked)
    shop.errands()

    assert before == (["refund_due"], RefundState.DUE, False)
    (refund,) = shop.refunds(shop.payment(booking))
    assert (shop.fates(booking), refund.state, refund.amount.minor) == (["refunded"], RefundState.DONE, 12_345)
    assert shop.waiting()[-2:] == ["refund_owed", "refunded"]
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_a_refund_is_not_called_so_before_the_bank_has_it(shop: Shop):
    booking = owed(shop)
    shop.till.refunds_are = RefundState.SENT
    shop.errands()
    sent = shop.fates(booking)

    shop.till.bank_says(shop.payment(booking).ref, RefundState.DONE)
    shop.wait(HOUR + MINUTE)
    shop.errands()

    assert (sent, shop.fates(booking)) == (["refunding"], ["refunded"])
    assert shop.waiting().count("refunded") == 1
    assert shop.till.asked.count("refund") == 1


@pytest.mark.rule("H9")
def test_a_till_that_will_not_show_what_the_bank_has_does_not_make_it_a_failure(shop: Shop):
    booking = owed(shop)
    shop.till.refunds_are = RefundState.SENT
    shop.errands()
    shop.till.refuses["charge"] = RefundFailure.KEY_GONE
    shop.wait(HOUR + MINUTE)
    shop.errands()
    refused = (shop.fates(booking), "alert_refund_failed" in shop.alerts(), shop.till.asked[-1])

    shop.till.refuses.clear()
    shop.till.bank_says(shop.payment(booking).ref, RefundState.DONE)
    shop.wait(HOUR + MINUTE)
    shop.errands()

    assert refused == (["refunding"], False, "charge")
    assert shop.fates(booking) == ["refunded"]


@pytest.mark.rule("H9")
@pytest.mark.parametrize("at_once", [True, False])
def test_a_refund_that_failed_is_the_photographers(shop: Shop, at_once: bool):
    booking = owed(shop)
    shop.till.refunds_are = RefundState.FAILED if at_once else RefundState.SENT
    shop.errands()
    if not at_once:
        shop.till.bank_says(shop.payment(booking).ref, RefundState.FAILED)
        look(shop, shop.payment(booking))

    payment = shop.payment(booking)
    assert (payment.disposition, shop.alerts()[-1]) == ("refund_failed", "alert_refund_failed")
    assert [one.id for one in shop.by_owner(lambda desk: desk.problems())] == [payment.id]
    assert shop.take() == []


@pytest.mark.rule("H9")
@pytest.mark.parametrize("code", ["charge_disputed", "amount_too_large"])
def test_what_the_till_will_never_pay_back_is_the_photographers(shop: Shop, code: str):
    booking = owed(shop)
    shop.till.refuses["refund"] = code

    shop.errands()

    (refund,) = shop.refunds(shop.payment(booking))
    assert (shop.fates(booking), refund.error) == (["refund_failed"], code)


@pytest.mark.rule("H9")
def test_the_photographer_tries_again_or_pays_it_another_way(shop: Shop):
    booking = owed(shop)
    payment_id = shop.payment(booking).id
    for deed in ("refund_again", "refunded_elsewhere"):
        with pytest.raises(BookingChanged):
            shop.by_owner(lambda desk, deed=deed: getattr(desk, deed)(payment_id))
    shop.till.refunds_are = RefundState.FAILED
    shop.errands()

    shop.by_owner(lambda desk: desk.refund_again(payment_id))
    shop.errands()
    twice = (shop.fates(booking), shop.alerts().count("alert_refund_failed"))
    shop.by_owner(lambda desk: desk.refunded_elsewhere(payment_id))

    assert twice == (["refund_failed"], 2)
    assert shop.fates(booking) == ["refunded"]
    first, second = shop.refunds(shop.payment(booking))
    assert first.key != second.key
    shop.errands()
    assert shop.till.asked.count("refund") == 2


@pytest.mark.rule("H9")
def test_a_refund_that_failed_is_never_asked_for_again_by_itself(shop: Shop):
    """A second asker hears nothing, after the first heard that it failed: what replaces it would be paid beside it."""
    booking = owed(shop)
    (errand,) = shop.take()
    shop.till.refunds_are = RefundState.FAILED
    do_errand(shop.store, shop.till, errand)

    shop.store.do(lambda records: BackOffice(records).unheard(errand, shut=False))
    shop.wait(10 * MINUTE)

    assert shop.take() == []
    assert shop.fates(booking) == ["refund_failed"]


@pytest.mark.rule("H7")
def test_a_refund_whose_answer_was_lost_is_paid_once(shop: Shop):
    booking = owed(shop)
    shop.till.loses = {"refund"}
    for _ in range(3):
        shop.errands()
        shop.wait(MINUTE)
    shop.till.loses.clear()
    unheard = shop.fates(booking)

    shop.errands()

    assert (unheard, shop.fates(booking)) == (["refund_due"], ["refunded"])
    assert shop.till.asked.count("refund") > 3
    assert shop.differences() == []


@pytest.mark.rule("H7")
@pytest.mark.parametrize("after", [KEY_KEPT - HOUR, KEY_KEPT + MINUTE, timedelta(hours=25)])
def test_once_the_till_may_have_forgotten_the_key_it_is_looked_for_first(shop: Shop, after: timedelta):
    booking = owed(shop)
    shop.till.loses = {"refund"}
    shop.errands()
    shop.till.loses.clear()
    asked = len(shop.till.asked)

    shop.wait(after)
    shop.errands()

    assert shop.till.asked[asked:] == (["refund"] if after < KEY_KEPT else ["charge"])
    assert shop.fates(booking) == ["refunded"]
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_what_was_never_asked_for_is_asked_for_after_the_look(shop: Shop):
    booking = owed(shop)
    shop.till.down = True
    shop.errands()
    shop.till.down = False

    shop.wait(timedelta(hours=30))
    shop.errands()

    assert (shop.till.asked[-2:], shop.fates(booking)) == (["charge", "refund"], ["refunded"])


# -- by hand, in the till's own dashboard --


@pytest.mark.rule("H7")
@pytest.mark.parametrize("minor", [5_000, 15_000])
def test_a_refund_by_hand_of_money_that_was_kept_is_a_row_and_no_more(shop: Shop, minor: int):
    booking, payment = paid(shop)
    shop.till.refund_by_hand(payment.ref, minor, RefundState.SENT)
    look(shop, payment)
    shop.till.bank_says(payment.ref, RefundState.DONE)

    look(shop, payment)
    look(shop, payment)

    (refund,) = shop.refunds(payment)
    assert (refund.state, refund.amount.minor, refund.by_hand) == (RefundState.DONE, minor, True)
    assert (shop.booking(booking).state, shop.fates(booking)) == (State.CONFIRMED, ["honoured"])
    assert shop.alerts() == ["alert_refunded_by_hand"]
    assert shop.differences() == []


@pytest.mark.rule("H7", "H9")
def test_each_refund_by_hand_is_told_and_one_that_fails_too(shop: Shop):
    booking, payment = paid(shop)
    for _ in range(2):
        shop.till.refund_by_hand(payment.ref, 1_000)
        look(shop, payment)
    shop.till.bank_says(payment.ref, RefundState.FAILED)
    look(shop, payment)

    assert [one.state for one in shop.refunds(payment)] == [RefundState.DONE, RefundState.FAILED]
    assert shop.alerts() == ["alert_refunded_by_hand"] * 2 + ["alert_refund_failed"]
    assert shop.fates(booking) == ["honoured"]
    assert shop.differences() == []


@pytest.mark.rule("H7", "H9")
def test_what_was_paid_back_by_hand_and_did_not_arrive_needs_a_person_again(shop: Shop):
    booking = owed(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, payment.amount.minor)
    shop.errands()
    look(shop, payment)
    assert shop.fates(booking) == ["refunded"]

    shop.till.bank_says(payment.ref, RefundState.FAILED)
    look(shop, payment)

    assert shop.fates(booking) == ["refund_failed"]
    assert [one.id for one in shop.by_owner(lambda desk: desk.problems())] == [payment.id]
    assert "alert_refund_failed" in shop.alerts()


@pytest.mark.rule("H7")
@pytest.mark.parametrize("hint_first", [True, False])
def test_who_pays_back_by_hand_what_is_owed_has_paid_it(shop: Shop, hint_first: bool):
    booking = owed(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, payment.amount.minor)
    if hint_first:
        shop.hint(payment_ref=payment.ref)
        (errand,) = [one for one in shop.take() if isinstance(one, LookAtPayment)]
        do_errand(shop.store, shop.till, errand)
        shop.wait(LEASE)

    shop.errands()
    look(shop, payment)

    assert (len(shop.refunds(payment)), shop.fates(booking)) == (1, ["refunded"])
    assert shop.differences() == []


@pytest.mark.rule("H7")
@pytest.mark.parametrize("parts", [[12_345], [4_000], [4_000, 8_345], [4_000, 4_000]])
def test_only_what_did_not_go_back_by_hand_is_owed(shop: Shop, parts: list[int]):
    paying = shop.paying("ana", shop.card_spots()[0])
    ref = shop.pay(paying, minor=12_345)
    shop.errands_about(paying)
    for minor in parts:
        shop.till.refund_by_hand(ref, minor)
        look(shop, shop.payment(paying))

    if sum(parts) < 12_345:  # else nothing is left to decide
        shop.by_owner(lambda desk: desk.send_back(shop.payment(paying).id))
    shop.errands()

    assert shop.fates(paying) == ["refunded"]
    assert sum(one.amount.minor for one in shop.refunds(shop.payment(paying))) == 12_345
    assert shop.waiting()[-1] == "refunded"
    assert shop.differences() == []


@pytest.mark.rule("H7")
def test_what_is_paid_back_by_hand_in_parts_before_we_ask_is_paid_once(shop: Shop):
    booking = owed(shop)
    ref = shop.payment(booking).ref
    for minor in (2_345, 10_000):
        shop.till.refund_by_hand(ref, minor)

    shop.errands()

    assert shop.fates(booking) == ["refunded"]
    assert [one.state for one in shop.refunds(shop.payment(booking))] == [RefundState.FAILED, *[RefundState.DONE] * 2]
    assert shop.differences() == []


@pytest.mark.rule("H4", "H7")
def test_what_was_done_at_the_till_before_we_had_heard_of_the_payment_is_found(shop: Shop):
    """While we were down it was paid, and paid back by hand; its events come in any order."""
    paying = shop.paying("ana", shop.card_spots()[0])
    ref = shop.pay(paying)
    shop.till.refund_by_hand(ref, 15_000)

    shop.hint(payment_ref=ref)
    shop.errands()
    shop.hint(checkout_id=shop.checkout(paying).id)
    shop.errands()

    assert (shop.booking(paying).state, shop.alerts()) == (State.CONFIRMED, ["alert_refunded_by_hand"])
    assert shop.differences() == []


# -- disputes --


@pytest.mark.rule("H9")
@pytest.mark.parametrize("ends", [DisputeState.WON, DisputeState.LOST])
def test_a_dispute_is_told_and_the_booking_stays(shop: Shop, ends: DisputeState):
    booking, payment = paid(shop)
    shop.till.dispute(payment.ref)
    look(shop, payment)
    open_one = (shop.fates(booking), shop.alerts(), len(shop.by_owner(lambda desk: desk.problems())))

    shop.till.dispute(payment.ref, ends)
    look(shop, payment)
    look(shop, payment)

    assert open_one == (["disputed"], ["alert_disputed"], 1)
    assert (shop.fates(booking), shop.alerts()) == ([ends.value], ["alert_disputed", f"alert_dispute_{ends}"])
    assert shop.booking(booking).state is State.CONFIRMED
    assert shop.refunds(payment) == []


@pytest.mark.rule("H9")
def test_an_inquiry_that_was_closed_and_becomes_a_dispute_is_told_again(shop: Shop):
    booking, payment = paid(shop)
    for state in (DisputeState.OPEN, DisputeState.WON, DisputeState.OPEN):
        shop.till.dispute(payment.ref, state)
        look(shop, payment)

    assert (shop.fates(booking), shop.alerts().count("alert_disputed")) == (["disputed"], 2)


@pytest.mark.rule("H9")
def test_money_that_is_to_go_back_is_not_disputed_as_well(shop: Shop):
    booking = owed(shop)
    payment = shop.payment(booking)
    shop.till.dispute(payment.ref)

    look(shop, payment)

    assert shop.fates(booking) == ["refund_failed"], "the till will not pay back what the bank has taken"


# -- hints about payments --


@pytest.mark.rule("H4", "H9")
def test_a_hint_that_comes_while_the_till_is_asked_is_not_lost(shop: Shop):
    booking, payment = paid(shop)
    shop.hint(payment_ref=payment.ref)
    (errand,) = shop.take()
    answer = shop.till.answer(errand)
    shop.till.dispute(payment.ref)
    shop.hint(payment_ref=payment.ref)

    shop.store.do(lambda records: BackOffice(records).heard(errand, answer))
    shop.errands()

    assert shop.fates(booking) == ["disputed"]


def test_a_payment_that_the_till_will_not_show_is_let_be(shop: Shop):
    booking, payment = paid(shop)
    shop.till.refuses["charge"] = "resource_missing"

    look(shop, payment)
    shop.wait(10 * MINUTE)

    assert (shop.take(), shop.fates(booking)) == ([], ["honoured"])


def test_a_payment_whose_answer_was_lost_is_looked_at_again(shop: Shop):
    booking, payment = paid(shop)
    shop.till.dispute(payment.ref)
    shop.till.loses = {"charge"}
    look(shop, payment)
    shop.till.loses.clear()

    shop.wait(LEASE + MINUTE)
    shop.errands()

    assert shop.fates(booking) == ["disputed"]


# -- compare and swap --


def test_what_changed_meanwhile_is_not_written_over(shop: Shop):
    booking = owed(shop)
    (refund,) = shop.refunds(shop.payment(booking))
    shop.errands()

    with pytest.raises(Overtaken):
        shop.store.do(lambda records: refund_unheard(records, refund, shut=False))

    assert shop.fates(booking) == ["refunded"]


def test_an_errand_answers_only_its_own_question(shop: Shop):
    owed(shop)
    (errand,) = shop.take()
    assert isinstance(errand, PayBack)
    charge = shop.till.answer(LookAtPayment(errand.studio_id, "", errand.order.payment_ref))

    with pytest.raises(TypeError, match="answers no"):
        shop.store.do(lambda records: BackOffice(records).heard(errand, charge))
