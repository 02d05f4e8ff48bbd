"""Money that waits for a person: what it is, and what can be decided about it at this moment (H4, H9)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.booking.booking import Booking
from core.payments.account import REFUNDABLE, left_of
from core.payments.decide import may_honour
from core.payments.mark import is_open_failure
from core.payments.payment import UNDER_WAY, Disposition, Payment, Refund
from core.payments.refund import account_now, booking_of
from core.ports import Records

_ON_ITS_WAY = frozenset({Disposition.REFUND_DUE, Disposition.REFUNDING})


class Decision(StrEnum):
    """What a photographer may do about a problem; the desk has a deed of each name."""

    HONOUR = "honour"
    SEND_BACK = "send_back"
    REFUND_AGAIN = "refund_again"
    REFUNDED_ELSEWHERE = "refunded_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A payment that is not settled, or one refund of a payment that was kept."""

    booking: Booking
    payment: Payment
    #: The refund that failed or has not arrived; None where the payment itself is the problem.
    refund: Refund | None = None
    #: The last characters of the studio's key of the account that took the payment, where that is a former one.
    taken_with: str = ""
    #: In the order in which they are offered; none where nothing can be decided here.
    decisions: tuple[Decision, ...] = ()

    @property
    def id(self) -> str:
        """What the deeds know it by."""
        return self.refund.id if self.refund else self.payment.id

    @property
    def waits(self) -> bool:
        """Whether it is money on its way back, which needs nobody so far."""
        return self.refund.state in UNDER_WAY if self.refund else self.payment.disposition in _ON_ITS_WAY

    @property
    def since(self) -> datetime:
        return self.refund.owed_at if self.refund else self.payment.captured_at


def problems_of(records: Records, studio_id: str) -> list[Problem]:
    """All of the studio's, the oldest first."""
    payments = (_of_payment(records, payment) for payment in records.payments.problems(studio_id))
    former = {one.id: one.key.ending for one in records.till_keys.all(studio_id) if not one.is_present}
    problems = (
        replace(problem, taken_with=former.get(problem.payment.till, ""))
        for problem in (*payments, *_of_refunds(records, studio_id))
    )
    return sorted(problems, key=lambda problem: (problem.since, problem.id))


def _of_payment(records: Records, payment: Payment) -> Problem:
    booking = booking_of(records, payment)
    match payment.disposition:
        case Disposition.MANUAL if may_honour(records, payment, booking):
            decisions = (Decision.HONOUR, Decision.SEND_BACK)
        case Disposition.MANUAL:
            decisions = (Decision.SEND_BACK,)
        case Disposition.REFUND_FAILED:
            decisions = (Decision.REFUND_AGAIN, Decision.REFUNDED_ELSEWHERE)
        case _:
            decisions = ()
    return Problem(booking=booking, payment=payment, decisions=decisions)


def _of_refunds(records: Records, studio_id: str) -> Iterator[Problem]:
    for refund in records.refunds.not_back(studio_id):
        payment = records.payments.one(studio_id, refund.payment_id)
        if payment is not None:
            yield _of_refund(records, payment, refund)


def _of_refund(records: Records, payment: Payment, refund: Refund) -> Problem:
    booking = booking_of(records, payment)
    if not is_open_failure(refund):
        return Problem(booking=booking, payment=payment, refund=refund)
    account = account_now(records, booking)
    left = left_of(payment, records.refunds.of_payment(payment.studio_id, payment.id))
    again = payment.disposition in REFUNDABLE and refund.amount <= min(left, account.refundable)
    elsewhere = refund.amount <= account.kept
    offered = ((Decision.REFUND_AGAIN, again), (Decision.REFUNDED_ELSEWHERE, elsewhere))
    decisions = tuple(decision for decision, may in offered if may)
    return Problem(booking=booking, payment=payment, refund=refund, decisions=decisions)
