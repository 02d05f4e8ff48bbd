"""Money that waits for a person: each problem says what can be decided, and the desk's deed of that name does it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged
from core.payments.give_back import GiveBack
from core.payments.payment import How, Payment, Refund
from core.payments.problems import Decision, Problem
from core.payments.till import DisputeState, RefundFailure, RefundState
from core.studio_desk import StudioDesk
from core.values.money import Money
from core.values.refusals import Refusal
from storage.tables import bookings
from tests.builders import dollars
from tests.core.house import present
from tests.core.payments.ledger import account, booked_outside, failed, give_back, mark, paid_online, with_retainer
from tests.core.payments.shop import Shop
from tests.core.payments.test_late import too_late
from tests.core.payments.test_refund import look, owed
from tests.storage import raw

HONOUR, BACK = Decision.HONOUR, Decision.SEND_BACK
AGAIN, ELSEWHERE = Decision.REFUND_AGAIN, Decision.REFUNDED_ELSEWHERE
LEAVE, KEEP = Decision.LEAVE_REFUND, Decision.KEEP_MONEY


def problems(shop: Shop) -> list[Problem]:
    """As a screen reads them: where nothing can be written."""
    return shop.look(lambda records: StudioDesk(records, shop.studio, shop.owner).problems())


def odd(shop: Shop) -> None:
    """Another amount than was asked for."""
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.pay(paying, minor=12_345)
    shop.errands_about(paying)


def odd_and_over(shop: Shop) -> None:
    """The same, and the hold has ended."""
    odd(shop)
    (problem,) = problems(shop)
    shop.wait(problem.booking.hold_until - shop.now())
    shop.tick()
    assert shop.booking(problem.booking).state is State.EXPIRED


def odd_and_taken(shop: Shop) -> None:
    """The same, and somebody else has the seat."""
    odd_and_over(shop)
    shop.hold("ben", shop.spot(problems(shop)[0].booking.spot_id))


def odd_and_booked_another(shop: Shop) -> None:
    """The same, and the client has another booking in the mini."""
    odd_and_over(shop)
    spot = shop.spot(problems(shop)[0].booking.spot_id)
    shop.hold("ana", shop.spots_of_day(spot)[1])


def odd_and_called_off(shop: Shop) -> None:
    odd_and_over(shop)
    mini_id = problems(shop)[0].booking.mini_id
    shop.by_owner(lambda desk: desk.cancel_mini(mini_id))


def odd_and_archived(shop: Shop) -> None:
    odd_and_over(shop)
    mini_id = problems(shop)[0].booking.mini_id
    shop.by_owner(lambda desk: desk.archive(mini_id))


def odd_and_closed(shop: Shop) -> None:
    odd_and_over(shop)
    spot_id = problems(shop)[0].booking.spot_id
    shop.by_owner(lambda desk: desk.change_spot(spot_id, closed=True))


def odd_and_past(shop: Shop) -> None:
    odd_and_over(shop)
    (problem,) = problems(shop)
    shop.wait(problem.booking.snapshot.starts - shop.now())


def whole_refund_failed(shop: Shop) -> None:
    owed(shop)
    shop.till.refunds_are = RefundState.FAILED
    shop.errands()


def whole_refund_failed_and_a_part_went_back_in_the_dashboard(shop: Shop) -> None:
    whole_refund_failed(shop)
    payment = present(problems(shop)[0].payment)
    shop.till.refund_by_hand(payment.ref, 1_000)
    look(shop, payment)


def whole_refund_under_way(shop: Shop) -> None:
    owed(shop)
    shop.till.refunds_are = RefundState.SENT
    shop.errands()


def part_failed(shop: Shop) -> None:
    failed(shop, paid_online(shop), 40)


def part_failed_of_a_cancelled_booking(shop: Shop) -> None:
    booking = paid_online(shop)
    shop.by("ana", lambda desk: desk.cancel(booking.id))
    failed(shop, booking, 40)


def part_under_way(shop: Shop) -> None:
    shop.till.refunds_are = RefundState.SENT
    give_back(shop, paid_online(shop), 40)
    shop.errands()


def part_failed_by_hand(shop: Shop) -> None:
    payment = shop.payment(paid_online(shop))
    shop.till.refund_by_hand(payment.ref, 4_000, RefundState.SENT)
    look(shop, payment)
    shop.till.bank_says(payment.ref, RefundState.FAILED)
    look(shop, payment)
    shop.till.fake._refund_fates.clear()


def part_failed_and_more_went_back(shop: Shop) -> None:
    booking = paid_online(shop)
    failed(shop, booking, 100)
    give_back(shop, booking, 60)
    shop.errands()


def leave(shop: Shop, refund: Refund) -> None:
    shop.by_owner(lambda desk: desk.leave_refund(refund.id))


def part_failed_and_left(shop: Shop) -> None:
    leave(shop, failed(shop, paid_online(shop), 40))


def cancelled_and_a_part_failed_and_left(shop: Shop) -> None:
    leave(shop, failed(shop, cancelled_by_the_client(shop), 40))


def cancelled_and_all_failed_and_left(shop: Shop) -> None:
    """Of it some went back by hand meanwhile."""
    booking = cancelled_by_the_client(shop)
    refund = failed(shop, booking, 150)
    returned(shop, booking, 100)
    leave(shop, refund)


def cancelled_by_the_studio_failed_and_left(shop: Shop) -> None:
    booking = paid_online(shop)
    shop.by_owner(lambda desk: desk.cancel(booking.id, GiveBack.NONE))
    leave(shop, failed(shop, booking, 40))


def left_before_the_client_cancelled(shop: Shop) -> None:
    booking = paid_online(shop)
    leave(shop, failed(shop, booking, 40))
    shop.by("ana", lambda desk: desk.cancel(booking.id))


def cancelled_failed_disputed_left_and_won(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    refund = failed(shop, booking, 150)
    hear_of_the_bank(shop, booking, DisputeState.OPEN)
    leave(shop, refund)
    hear_of_the_bank(shop, booking, DisputeState.WON)


def disputed(shop: Shop) -> None:
    payment = shop.payment(paid_online(shop))
    shop.till.dispute(payment.ref)
    look(shop, payment)


def disputed_after_a_part_failed(shop: Shop) -> None:
    part_failed(shop)
    payment = present(problems(shop)[0].payment)
    shop.till.dispute(payment.ref)
    look(shop, payment)


def cancelled_by_the_client(shop: Shop) -> Booking:
    booking = paid_online(shop)
    return shop.by("ana", lambda desk: desk.cancel(booking.id))


def returned(shop: Shop, booking: Booking, amount: int) -> None:
    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(amount), How.CASH))


def undo_last(shop: Shop, booking: Booking) -> None:
    entry = shop.payments(booking)[-1].id
    shop.by_owner(lambda desk: desk.undo_paid(entry))


def keep(shop: Shop, booking: Booking) -> None:
    """All that waits for a decision."""
    shop.by_owner(lambda desk: desk.keep_money(booking.id, desk.account(desk.booking(booking.id)).to_decide))


def cancelled_and_a_part_given_back(shop: Shop) -> None:
    give_back(shop, cancelled_by_the_client(shop), 40)
    shop.errands()


def cancelled_and_a_part_returned_by_hand(shop: Shop) -> None:
    returned(shop, cancelled_by_the_client(shop), 40)


def cancelled_and_all_returned_by_hand(shop: Shop) -> None:
    returned(shop, cancelled_by_the_client(shop), 150)


def cancelled_returned_by_hand_and_that_undone(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    returned(shop, booking, 150)
    undo_last(shop, booking)


def cancelled_and_all_sent_back_in_the_dashboard(shop: Shop) -> None:
    payment = shop.payment(cancelled_by_the_client(shop))
    shop.till.refund_by_hand(payment.ref, payment.amount.minor)
    look(shop, payment)


def cancelled_and_all_failed(shop: Shop) -> None:
    failed(shop, cancelled_by_the_client(shop), 150)


def cancelled_and_a_part_failed_and_was_paid_another_way(shop: Shop) -> None:
    part = failed(shop, cancelled_by_the_client(shop), 40)
    shop.by_owner(lambda desk: desk.refunded_elsewhere(part.id))


def cancelled_and_the_cash_returned(shop: Shop) -> None:
    """What came by card is another question than what came by hand."""
    booking = with_retainer(shop)
    mark(shop, booking, 100)
    shop.by("ana", lambda desk: desk.cancel(booking.id))
    returned(shop, booking, 100)


def cancelled_and_kept(shop: Shop) -> None:
    keep(shop, cancelled_by_the_client(shop))


def cancelled_and_kept_and_a_part_returned_and_that_undone(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    keep(shop, booking)
    returned(shop, booking, 40)
    undo_last(shop, booking)


def cancelled_kept_and_a_failed_part_paid_another_way_and_that_undone(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    part = failed(shop, booking, 40)
    keep(shop, booking)
    shop.by_owner(lambda desk: desk.refunded_elsewhere(part.id))
    undo_last(shop, booking)


def cancelled_and_a_failed_part_paid_back_anew(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    failed(shop, booking, 40)
    give_back(shop, booking, 40)
    shop.errands()


def cancelled_and_a_part_failed_twice(shop: Shop) -> None:
    booking = cancelled_by_the_client(shop)
    failed(shop, booking, 40)
    failed(shop, booking, 40)


def cancelled_and_disputed(shop: Shop) -> None:
    payment = shop.payment(cancelled_by_the_client(shop))
    shop.till.dispute(payment.ref)
    look(shop, payment)


def cancelled_disputed_and_won(shop: Shop) -> None:
    cancelled_and_disputed(shop)
    payment = present(problems(shop)[0].payment)
    shop.till.dispute(payment.ref, DisputeState.WON)
    look(shop, payment)


def cancelled_and_the_card_disputed(shop: Shop) -> Booking:
    """$50 by card, of which the bank asks, and $100 in cash."""
    booking = with_retainer(shop)
    mark(shop, booking, 100)
    booking = shop.by("ana", lambda desk: desk.cancel(booking.id))
    hear_of_the_bank(shop, booking, DisputeState.OPEN)
    return booking


def hear_of_the_bank(shop: Shop, booking: Booking, dispute: DisputeState) -> None:
    card = shop.payments(booking)[0]
    shop.till.dispute(card.ref, dispute)
    look(shop, card)


def cancelled_the_card_disputed_the_cash_returned_and_won(shop: Shop) -> None:
    booking = cancelled_and_the_card_disputed(shop)
    returned(shop, booking, 100)
    hear_of_the_bank(shop, booking, DisputeState.WON)


def cancelled_the_card_disputed_the_cash_kept_and_won(shop: Shop) -> None:
    booking = cancelled_and_the_card_disputed(shop)
    keep(shop, booking)
    hear_of_the_bank(shop, booking, DisputeState.WON)


def cancelled_by_the_studio(shop: Shop) -> None:
    booking = paid_online(shop)
    shop.by_owner(lambda desk: desk.cancel(booking.id, GiveBack.NONE))


def cancelled_by_the_studio_returned_and_that_undone(shop: Shop) -> None:
    booking = paid_online(shop)
    shop.by_owner(lambda desk: desk.cancel(booking.id, GiveBack.NONE))
    returned(shop, booking, 40)
    undo_last(shop, booking)


def cancelled_and_nothing_was_paid(shop: Shop) -> None:
    booking = booked_outside(shop)
    shop.by("ana", lambda desk: desk.cancel(booking.id))


def confirmed(shop: Shop) -> None:
    paid_online(shop)


@dataclass(frozen=True, slots=True)
class Case:
    happens: Callable[[Shop], object]
    #: What can be decided about each problem, the oldest first.
    decisions: tuple[tuple[Decision, ...], ...]


CASES = [
    Case(odd, ((HONOUR, BACK),)),
    Case(odd_and_over, ((HONOUR, BACK),)),
    Case(odd_and_taken, ((BACK,),)),
    Case(odd_and_booked_another, ((BACK,),)),
    Case(odd_and_called_off, ((BACK,),)),
    Case(odd_and_archived, ((BACK,),)),
    Case(odd_and_closed, ((BACK,),)),
    Case(odd_and_past, ((BACK,),)),
    Case(whole_refund_failed, ((AGAIN, ELSEWHERE),)),
    Case(whole_refund_failed_and_a_part_went_back_in_the_dashboard, ((AGAIN, ELSEWHERE),)),
    Case(whole_refund_under_way, ((),)),
    Case(part_failed, ((AGAIN, ELSEWHERE, LEAVE),)),
    Case(part_failed_of_a_cancelled_booking, ((KEEP,), (AGAIN, ELSEWHERE, LEAVE))),
    Case(part_under_way, ((),)),
    Case(part_failed_by_hand, ((AGAIN, ELSEWHERE, LEAVE),)),
    Case(part_failed_and_more_went_back, ((LEAVE,),)),
    Case(part_failed_and_left, ()),
    Case(cancelled_and_a_part_failed_and_left, ((KEEP,),)),
    Case(cancelled_and_all_failed_and_left, ((KEEP,),)),
    Case(cancelled_by_the_studio_failed_and_left, ()),
    Case(left_before_the_client_cancelled, ((KEEP,),)),
    Case(cancelled_failed_disputed_left_and_won, ((KEEP,),)),
    Case(cancelled_by_the_client, ((KEEP,),)),
    Case(cancelled_and_a_part_given_back, ((KEEP,),)),
    Case(cancelled_and_a_part_returned_by_hand, ((KEEP,),)),
    Case(cancelled_and_all_returned_by_hand, ()),
    Case(cancelled_returned_by_hand_and_that_undone, ((KEEP,),)),
    Case(cancelled_and_all_sent_back_in_the_dashboard, ()),
    Case(cancelled_and_all_failed, ((AGAIN, ELSEWHERE, LEAVE),)),
    Case(cancelled_and_a_part_failed_and_was_paid_another_way, ((KEEP,),)),
    Case(cancelled_and_the_cash_returned, ((KEEP,),)),
    Case(cancelled_and_kept, ()),
    Case(cancelled_and_kept_and_a_part_returned_and_that_undone, ((KEEP,),)),
    Case(cancelled_and_disputed, ((),)),
    Case(cancelled_disputed_and_won, ((KEEP,),)),
    Case(cancelled_the_card_disputed_the_cash_returned_and_won, ((KEEP,),)),
    Case(cancelled_the_card_disputed_the_cash_kept_and_won, ((KEEP,),)),
    Case(cancelled_kept_and_a_failed_part_paid_another_way_and_that_undone, ((AGAIN, ELSEWHERE, LEAVE),)),
    Case(cancelled_and_a_failed_part_paid_back_anew, ((KEEP,),)),
    Case(cancelled_and_a_part_failed_twice, ((KEEP,), (AGAIN, ELSEWHERE, LEAVE))),
    Case(cancelled_by_the_studio, ()),
    Case(cancelled_by_the_studio_returned_and_that_undone, ()),
    Case(cancelled_and_nothing_was_paid, ()),
    Case(confirmed, ()),
    Case(disputed, ((),)),
    Case(disputed_after_a_part_failed, ((), (ELSEWHERE, LEAVE))),
]


@pytest.mark.rule("H4", "H7", "H9")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.happens.__name__)
def test_a_problem_offers_what_its_deeds_allow_and_nothing_else(shop: Shop, case: Case):
    case.happens(shop)

    found = problems(shop)

    assert tuple(problem.decisions for problem in found) == case.decisions
    for problem in found:
        for decision in Decision:
            assert _is_done(shop, problem.id, decision, problem.amount) == (decision in problem.decisions), decision


class _Undone(Refusal):
    """It went well, and is taken back."""


def _is_done(shop: Shop, named: str, decision: Decision, amount: Money) -> bool:
    """Whether the deed is done; nothing of it is kept."""
    seen = (amount,) if decision is KEEP else ()

    def attempt(desk: StudioDesk) -> None:
        getattr(desk, decision.value)(named, *seen)
        raise _Undone

    try:
        shop.by_owner(attempt)
    except Refusal as refusal:
        return isinstance(refusal, _Undone)
    raise AssertionError


@pytest.mark.rule("H9")
def test_the_oldest_problem_comes_first_whatever_it_is(shop: Shop):
    booking = paid_online(shop)
    part = failed(shop, booking, 40)
    paying = shop.paying("ben", shop.spots_of_day(shop.spot(booking.spot_id))[1])
    shop.pay(paying, minor=1)
    shop.errands_about(paying)
    give_back(shop, booking, 10)

    found = problems(shop)

    assert [problem.booking.client_id for problem in found] == [booking.client_id, paying.client_id, booking.client_id]
    assert (found[0].id, found[1].id) == (part.id, shop.payment(paying).id)
    assert [problem.refund.amount if problem.refund else None for problem in found] == [dollars(40), None, dollars(10)]


@pytest.mark.rule("H9")
def test_a_lost_dispute_leaves_nothing_to_decide(shop: Shop):
    disputed_after_a_part_failed(shop)
    payment = present(problems(shop)[0].payment)

    shop.till.dispute(payment.ref, DisputeState.LOST)
    look(shop, payment)

    assert problems(shop) == []


@pytest.mark.rule("H9")
def test_a_problem_says_why_the_money_could_not_go_back(shop: Shop):
    shop.till.refuses["refund"] = RefundFailure.DISPUTED
    owed(shop)
    shop.errands()
    give_back(shop, paid_online(shop, "ben", shop.card_spots()[1]), 40)
    shop.errands()

    whole, part = problems(shop)

    assert (whole.error, part.error) == (RefundFailure.DISPUTED, RefundFailure.DISPUTED)


@pytest.mark.rule("H9")
def test_what_went_back_in_the_dashboard_hides_no_reason(shop: Shop):
    payment = refused(shop, RefundFailure.BALANCE)
    shop.till.refund_by_hand(payment.ref, 1_000)
    look(shop, payment)

    (problem,) = problems(shop)

    assert [one.error for one in shop.refunds(payment)] == [RefundFailure.BALANCE, ""]
    assert problem.error == RefundFailure.BALANCE


@pytest.mark.rule("H9")
def test_the_reason_is_that_of_the_refund_which_failed_not_of_one_that_was_never_made(shop: Shop):
    payment = refused(shop, RefundFailure.BALANCE)
    shop.till.refund_by_hand(payment.ref, 5_000, RefundState.SENT)
    look(shop, payment)
    shop.by_owner(lambda desk: desk.refund_again(payment.id))
    for minor in (3_000, payment.amount.minor - 8_000):  # in parts, so that neither is taken for ours
        shop.till.refund_by_hand(payment.ref, minor)
    shop.errands()
    assert problems(shop) == []
    on_its_way = next(one for one in shop.refunds(payment) if one.state is RefundState.SENT)
    shop.till.fake.fail_refund(present(on_its_way.ref))
    look(shop, payment)

    (problem,) = problems(shop)

    assert problem.error == RefundFailure.OLD_CARD


def refused(shop: Shop, why: RefundFailure) -> Payment:
    """Of a payment that all was to go back of, the refund was not taken."""
    shop.till.refuses["refund"] = why
    owed(shop)
    shop.errands()
    shop.till.refuses.clear()
    return present(problems(shop)[0].payment)


def test_a_problem_of_another_studio_is_nobodys_business(shop: Shop):
    part_failed(shop)
    other = Shop(shop.store, shop.url)
    (problem,) = problems(shop)

    assert problems(other) == []
    for deed in ("refund_again", "refunded_elsewhere", "leave_refund"):
        with pytest.raises(BookingChanged):
            other.by_owner(lambda desk, deed=deed: getattr(desk, deed)(problem.id))


@pytest.mark.rule("H4")
def test_late_money_that_is_chosen_for_is_no_problem_yet(shop: Shop):
    booking = too_late(shop)
    shop.hold("ben", shop.spot(booking.spot_id))
    shop.errands_about(booking)

    assert (shop.fates(booking), problems(shop)) == (["choosing"], [])


@pytest.mark.rule("H7")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.happens.__name__)
def test_only_what_waits_for_a_decision_can_be_kept(shop: Shop, case: Case):
    case.happens(shop)

    every = [row.id for row in raw.rows(shop.url, select(bookings.c.id).where(bookings.c.studio_id == shop.studio.id))]
    amounts = [dollars(amount) for amount in (0, 40, 50, 100, 110, 150)]

    may = [amount for amount in amounts for one in every if _is_done(shop, one, KEEP, amount)]

    assert may == [problem.amount for problem in problems(shop) if problem.decisions == (KEEP,)]


@pytest.mark.rule("H7")
def test_whoever_cancelled_hears_that_their_money_is_kept_and_it_is_decided_once(shop: Shop):
    booking = cancelled_by_the_client(shop)
    (problem,) = problems(shop)
    assert (problem.id, problem.amount, problem.waits) == (booking.id, dollars(150), False)

    keep(shop, booking)

    assert shop.waiting()[-1] == "money_decided"
    with pytest.raises(BookingChanged):
        keep(shop, booking)


@pytest.mark.rule("H7")
def test_what_is_decided_again_is_told_again(shop: Shop):
    booking = cancelled_by_the_client(shop)
    keep(shop, booking)
    returned(shop, booking, 40)
    undo_last(shop, booking)

    keep(shop, booking)

    assert shop.waiting().count("money_decided") == 3  # with what came back by hand


@pytest.mark.rule("H7")
def test_whoever_cancelled_hears_that_what_had_failed_came_back_by_hand(shop: Shop):
    booking = cancelled_by_the_client(shop)
    failed(shop, booking, 150)

    returned(shop, booking, 150)

    assert shop.waiting()[-1] == "refunded"


@pytest.mark.rule("H7")
def test_what_failed_of_disputed_money_is_no_part_of_the_cash(shop: Shop):
    booking = with_retainer(shop)
    mark(shop, booking, 100)
    failed(shop, booking, 40)
    shop.by("ana", lambda desk: desk.cancel(booking.id))

    hear_of_the_bank(shop, booking, DisputeState.OPEN)

    assert [one.amount for one in problems(shop) if one.payment is None] == [dollars(100)]


@pytest.mark.rule("H7")
def test_what_failed_is_never_more_than_what_is_left(shop: Shop):
    booking = cancelled_by_the_client(shop)
    failed(shop, booking, 150)
    give_back(shop, booking, 100)
    shop.errands()

    sums = account(shop, booking)

    assert (sums.kept, sums.failed, sums.to_decide) == (dollars(50), dollars(50), dollars(0))


@pytest.mark.rule("H7", "H9")
def test_what_is_left_of_a_failed_refund_is_decided_like_the_rest(shop: Shop):
    booking = cancelled_by_the_client(shop)
    refund = failed(shop, booking, 150)
    returned(shop, booking, 100)

    leave(shop, refund)

    assert [(problem.id, problem.amount) for problem in problems(shop)] == [(booking.id, dollars(50))]
    with pytest.raises(BookingChanged):
        leave(shop, refund)


@pytest.mark.rule("H7")
def test_what_is_decided_is_what_was_kept_and_no_more(shop: Shop):
    """A colleague undoes an entry, or a dispute is won, in the middle of the question."""
    booking = cancelled_by_the_client(shop)
    returned(shop, booking, 100)
    undo_last(shop, booking)

    with pytest.raises(BookingChanged):
        shop.by_owner(lambda desk: desk.keep_money(booking.id, dollars(50)))

    assert [problem.amount for problem in problems(shop)] == [dollars(150)]


@pytest.mark.rule("H7")
def test_what_failed_is_a_question_of_its_own(shop: Shop):
    booking = cancelled_by_the_client(shop)
    failed(shop, booking, 40)
    assert [problem.amount for problem in problems(shop)] == [dollars(110), dollars(40)]

    keep(shop, booking)

    assert [problem.amount for problem in problems(shop)] == [dollars(40)]


@pytest.mark.rule("H7")
def test_what_was_given_back_before_the_client_cancelled_decided_nothing(shop: Shop):
    booking = paid_online(shop)
    give_back(shop, booking, 40)
    shop.errands()
    shop.by("ana", lambda desk: desk.cancel(booking.id))

    assert [(problem.amount, problem.decisions) for problem in problems(shop)] == [(dollars(110), (KEEP,))]
