"""Money that waits for a person: what it is, and what can be decided about it at this moment (H4, H7, H9)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.booking.booking import Booking
from core.payments.account import REFUNDABLE, accounts_of, left_of
from core.payments.decide import may_honour
from core.payments.payment import UNDER_WAY, Disposition, Payment, Refund, Settled
from core.payments.refund import account_now, booking_of
from core.payments.till import RefundFailure, RefundState
from core.ports import Records
from core.values.money import Money

_ON_ITS_WAY = frozenset({Disposition.REFUND_DUE, Disposition.REFUNDING})


class Decision(StrEnum):
    """What a photographer may do about a problem; the desk has a deed of each name."""

    HONOUR = "honour"
    SEND_BACK = "send_back"
    REFUND_AGAIN = "refund_again"
    REFUNDED_ELSEWHERE = "refunded_elsewhere"
    LEAVE_REFUND = "leave_refund"
    KEEP_MONEY = "keep_money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A payment that is not settled, one refund of a payment that was kept, or what a client who cancelled had paid."""

    booking: Booking
    #: None where it is all that was paid.
    payment: Payment | None = None
    #: The refund that failed or has not arrived; None where the payment itself is the problem.
    refund: Refund | None = None
    #: So much, or of so much.
    amount: Money
    #: Why it could not go back, as the refund says it; empty where none failed.
    error: str = ""
    #: The last characters of the studio's key of the account that took the payment, where that is a former one.
    taken_with: str = ""
    #: In the order in which they are offered; none where nothing can be decided here.
    decisions: tuple[Decision, ...] = ()

    @property
    def id(self) -> str:
        """What the deeds know it by."""
        return (self.refund or self.payment or self.booking).id

    @property
    def waits(self) -> bool:
        """Whether it is money on its way back, which needs nobody so far."""
        if self.refund:
            return self.refund.state in UNDER_WAY
        return self.payment is not None and self.payment.disposition in _ON_ITS_WAY

    @property
    def since(self) -> datetime:
        if self.refund:
            return self.refund.owed_at
        return self.payment.captured_at if self.payment else self.booking.ended_at or self.booking.began_at


def problems_of(records: Records, studio_id: str) -> list[Problem]:
    """All of the studio's, the oldest first."""
    former = {one.id: one.key.ending for one in records.till_keys.all(studio_id) if not one.is_present}
    problems = (
        *(_of_payment(records, payment) for payment in records.payments.problems(studio_id)),
        *_of_refunds(records, studio_id),
        *_of_cancelled(records, studio_id),
    )
    return sorted((_naming(former, one) for one in problems), key=lambda problem: (problem.since, problem.id))


def _naming(former: Mapping[str, str], problem: Problem) -> Problem:
    """With the key of the account that took the payment, where it is a former one."""
    return replace(problem, taken_with=former.get(problem.payment.till, "")) if problem.payment else problem


def _of_payment(records: Records, payment: Payment) -> Problem:
    booking, error = booking_of(records, payment), ""
    match payment.disposition:
        case Disposition.MANUAL if may_honour(records, payment, booking):
            decisions = (Decision.HONOUR, Decision.SEND_BACK)
        case Disposition.MANUAL:
            decisions = (Decision.SEND_BACK,)
        case Disposition.REFUND_FAILED:
            decisions = (Decision.REFUND_AGAIN, Decision.REFUNDED_ELSEWHERE)
            error = _newest_failure(records.refunds.of_payment(payment.studio_id, payment.id))
        case _:
            decisions = ()
    return Problem(booking=booking, payment=payment, amount=payment.amount, error=error, decisions=decisions)


def _newest_failure(refunds: Iterable[Refund]) -> str:
    """Why the last that was tried failed; what went back of it meanwhile in the till's dashboard did not."""
    tried = [one for one in refunds if one.state is RefundState.FAILED and one.settled is not Settled.ELSEWHERE]
    return tried[-1].error if tried else RefundFailure.UNKNOWN


def _of_cancelled(records: Records, studio_id: str) -> Iterator[Problem]:
    bookings = records.bookings.cancelled_paid(studio_id)
    payments = records.payments.of_cancelled_paid(studio_id) if bookings else []
    refunds = records.refunds.of_cancelled_paid(studio_id) if payments else []
    accounts = accounts_of(bookings, payments, refunds)
    for booking in bookings:
        if amount := accounts[booking.id].to_decide:
            yield Problem(booking=booking, amount=amount, decisions=(Decision.KEEP_MONEY,))


def _of_refunds(records: Records, studio_id: str) -> Iterator[Problem]:
    for refund in records.refunds.not_back(studio_id):
        payment = records.payments.one(studio_id, refund.payment_id)
        if payment is not None:
            yield _of_refund(records, payment, refund)


def _of_refund(records: Records, payment: Payment, refund: Refund) -> Problem:
    booking = booking_of(records, payment)
    if not refund.is_open_failure:
        return Problem(booking=booking, payment=payment, refund=refund, amount=refund.amount)
    account = account_now(records, booking)
    left = left_of(payment, records.refunds.of_payment(payment.studio_id, payment.id))
    again = payment.disposition in REFUNDABLE and refund.amount <= min(left, account.refundable)
    elsewhere = refund.amount <= account.kept
    offered = ((Decision.REFUND_AGAIN, again), (Decision.REFUNDED_ELSEWHERE, elsewhere))
    decisions = (*(decision for decision, may in offered if may), Decision.LEAVE_REFUND)
    return Problem(
        booking=booking,
        payment=payment,
        refund=refund,
        amount=refund.amount,
        error=refund.error,
        decisions=decisions,
    )
