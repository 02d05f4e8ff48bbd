"""Giving back money that was kept: how much the photographer decides each time, and the till pays it (H7).

The money stays honoured: each part that goes back is a refund of its own (STATES, `Payment`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from core.booking import ending
from core.booking.booking import Because, Booking, Reason
from core.booking.refusals import BookingChanged
from core.booking.told import Told, told
from core.payments.account import REFUNDABLE, Account, above_zero, left_of
from core.payments.late import touch
from core.payments.mark import check_amount, today, write_returned
from core.payments.payment import KEPT, How, Payment, Refund, Settled
from core.payments.refund import (
    account_now,
    booking_of,
    change_payment,
    change_refund,
    failure_of,
    given_back,
    owe_part,
)
from core.payments.refusals import AmountTooFine, MoreThanRefundable
from core.ports import Records
from core.studio.studio import Studio
from core.values.charges import chargeable
from core.values.money import Money
from core.values.news import News, What
from core.values.refusals import Overtaken


class GiveBack(StrEnum):
    """How much goes back where no amount is named."""

    NONE = "none"
    #: What the contract says, as far as the till has it.
    POLICY = "policy"
    #: All that the till has of it.
    ALL = "all"


def policy_refund(booking: Booking, account: Account, at: datetime) -> Money:
    """What goes back by the contract if the client cancels at that moment, however it was paid.

    Until `cancel_until` before the start, everything. Later, or if nobody comes, "what was paid to book stays with the
    photographer" (the starter contract, 6): the retainer, or a fee that was paid in full; what was paid beyond it goes
    back (STORYBOARD S: of $150 the $50 are kept). A booking that is paid outside costs nothing to book, so by these
    words nothing of it is kept. A studio whose contract says otherwise names its own amount.
    """
    if at <= ending.cancel_before(booking):
        return above_zero(account.kept)
    return above_zero(account.kept - account.to_book)


def refund(records: Records, booking: Booking, amount: Money) -> Told:
    """Have the till pay back so much, of the newest payment first; the client hears of each part once it is sent.

    A failed refund of just that is so tried again. Raises NoAmount, OtherCurrency, AmountTooFine, MoreThanRefundable.
    """
    check_amount(booking, amount)
    if (nearest := chargeable(amount)) != amount:
        raise AmountTooFine(nearest=nearest)
    account = account_now(records, booking)
    _check_refundable(account, amount)
    if failed := failure_of(records, booking, amount):
        change_refund(records, failed, replace(failed, settled=Settled.AGAIN))
    else:
        booking = given_back(booking, account, amount)
    booking = touch(records, booking)  # whoever decides at the same moment counts this first
    return Told(booking, tuple(_owe(records, booking, amount)))


def cancel_by_client(records: Records, booking: Booking) -> Told:
    """The client cancels, in time; what they paid is for the studio to decide on (H7).

    Raises BookingChanged, TooLateToCancel.
    """
    kept = account_now(records, booking).kept
    return ending.cancel_by_client(records, replace(booking, keeps_minor=0 if kept.minor > 0 else None))


def cancel(records: Records, booking: Booking, back: GiveBack | Money, because: Because | None = None) -> Told:
    """Cancel a confirmed booking, and decide in the same moment what goes back (K3).

    Raises BookingChanged, and of an amount what `refund` raises.
    """
    cancelled = ending.cancel(records, booking, Reason.BY_STUDIO, because)
    amount = back if isinstance(back, Money) else _amount(booking, account_now(records, booking), back, records.now)
    if not amount:
        return cancelled
    decided = refund(records, cancelled.booking, amount)
    return Told(decided.booking, (*cancelled.news, *decided.news))


def _amount(booking: Booking, account: Account, back: GiveBack, at: datetime) -> Money:
    match back:
        case GiveBack.NONE:
            return Money.zero(account.kept.currency)
        case GiveBack.POLICY:
            return chargeable(min(policy_refund(booking, account, at), account.refundable))
        case GiveBack.ALL:
            return chargeable(account.refundable)


def refund_again(records: Records, failed: Refund) -> Told:
    """Try a refund that failed once more, as one of its own. Raises BookingChanged, MoreThanRefundable."""
    payment, booking = _failed_of(records, failed)
    if payment.disposition not in REFUNDABLE:
        raise BookingChanged
    before = records.refunds.of_payment(payment.studio_id, payment.id)
    could = min(left_of(payment, before), account_now(records, booking).refundable)
    if failed.amount > could:
        raise MoreThanRefundable(could=could)
    booking = touch(records, booking)
    change_refund(records, failed, replace(failed, settled=Settled.AGAIN))
    return Told(booking, (_owe_of(records, payment, failed.amount, before),))


def refunded_elsewhere(records: Records, studio: Studio, failed: Refund) -> Told:
    """A refund that failed was paid another way: an entry by hand says so, and the client is told.

    Raises BookingChanged, MoreThanPaid.
    """
    _, booking = _failed_of(records, failed)
    return write_returned(records, booking, failed.amount, How.OTHER, today(records, studio), settles=failed)


def leave_refund(records: Records, failed: Refund) -> Told:
    """A refund that failed is not tried again: the money stays, or is for the studio to decide on like the rest (H7).

    Raises BookingChanged.
    """
    payment, booking = _failed_of(records, failed)
    booking = touch(records, booking)
    change_refund(records, failed, replace(failed, settled=Settled.LEFT))
    return told(booking, What.REFUND_LEFT, payment=payment.id, refund=failed.id, minor=failed.amount.minor)


def _failed_of(records: Records, failed: Refund) -> tuple[Payment, Booking]:
    payment = records.payments.one(failed.studio_id, failed.payment_id)
    if payment is None or payment.disposition not in KEPT or not failed.is_open_failure:
        raise BookingChanged
    return payment, booking_of(records, payment)


def _check_refundable(account: Account, amount: Money) -> None:
    could, outside = account.refundable, above_zero(account.outside)
    if amount > could:
        raise MoreThanRefundable(could=could, **({"outside": outside, "hint": "outside"} if outside else {}))


def _owe(records: Records, booking: Booking, amount: Money) -> Iterator[News]:
    """So much of the booking's payments goes back, of the newest first."""
    for payment in reversed(records.payments.of_booking(booking.studio_id, booking.id)):
        if payment.outside or payment.disposition not in REFUNDABLE or payment.amount.currency != amount.currency:
            continue
        before = records.refunds.of_payment(payment.studio_id, payment.id)
        part = min(amount, left_of(payment, before))
        if part.minor > 0:
            yield _owe_of(records, payment, part, before)
            amount -= part
    if amount:
        raise Overtaken  # some of it went back by hand since it was looked whether there is so much


def _owe_of(records: Records, payment: Payment, part: Money, before: list[Refund]) -> News:
    """The payment is written as it is: a dispute of it that comes at this moment comes before, or after."""
    change_payment(records, payment, payment)
    owed = owe_part(records, payment, part, number=len(before) + 1)
    facts = {"payment": payment.id, "refund": owed.id, "minor": part.minor}
    return News(what=What.REFUND_DECIDED, booking_id=payment.booking_id, facts=facts)
