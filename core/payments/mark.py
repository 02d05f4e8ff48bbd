"""Money that the till never saw: the photographer marks what was paid, or given back, by hand (H5).

Entries are payments like others, written once and never changed: what undoes one is an entry of its own.
"""

from dataclasses import replace
from datetime import date

from core.booking.booking import STANDING, Booking, State
from core.booking.told import Told, told
from core.payments.account import Account
from core.payments.late import touch
from core.payments.payment import Disposition, How, Payment, Refund, Settled
from core.payments.refund import account_now, booking_of, change_refund, failure_of, given_back
from core.payments.refusals import (
    MoreThanDue,
    MoreThanPaid,
    NoAmount,
    NotBooked,
    NotUndoable,
    OtherCurrency,
    PaidInFuture,
)
from core.ports import Records
from core.studio.studio import Studio
from core.values.moments import local
from core.values.money import Money
from core.values.news import News, What


def mark_paid(records: Records, studio: Studio, booking: Booking, amount: Money, how: How, on: date | None) -> Told:
    """Write down that so much was paid by hand, on that day or today; the booking stays as it is.

    Raises NotBooked, NoAmount, OtherCurrency, PaidInFuture, MoreThanDue.
    """
    if booking.state not in STANDING:
        raise NotBooked
    check_amount(booking, amount)
    if amount > (missing := account_now(records, booking).missing):
        raise MoreThanDue(due=missing)
    entry = _entry(records, booking, amount, how, _day(records, studio, on))
    return _write(records, booking, entry, What.MARKED_PAID)


def mark_returned(records: Records, studio: Studio, booking: Booking, amount: Money, how: How, on: date | None) -> Told:
    """Write down that so much was given back by hand, whichever way it had come; a failed refund of it is settled.

    Raises NotBooked, NoAmount, OtherCurrency, PaidInFuture, MoreThanPaid.
    """
    if booking.state not in STANDING | {State.CANCELLED}:
        raise NotBooked
    check_amount(booking, amount)
    failed = failure_of(records, booking, amount)
    return write_returned(records, booking, amount, how, _day(records, studio, on), settles=failed)


def write_returned(
    records: Records, booking: Booking, amount: Money, how: How, on: date, *, settles: Refund | None
) -> Told:
    """The entry for what was given back by hand, and with it the failed refund that it settles, as the client hears.

    Raises MoreThanPaid.
    """
    account = account_now(records, booking)
    _check_held(account, amount)
    entry = _entry(records, booking, Money.zero(amount.currency) - amount, how, on)
    if settles is None:
        return _write(records, given_back(booking, account, amount), entry, What.MARKED_RETURNED)
    change_refund(records, settles, replace(settles, settled=Settled.ELSEWHERE, settled_by=entry.id))
    facts = {"payment": settles.payment_id, "refund": settles.id, "elsewhere": True}
    refunded = News(what=What.REFUNDED, booking_id=booking.id, facts=facts)
    return _write(records, booking, entry, What.MARKED_RETURNED, refunded, refund=settles.id)


def undo_mark(records: Records, payment: Payment) -> Told:
    """Write the entry that undoes this one; a failed refund that it settled is owed again.

    Raises NotUndoable, MoreThanPaid, MoreThanDue.
    """
    booking = booking_of(records, payment)
    known = records.payments.of_booking(payment.studio_id, booking.id)
    if not payment.outside or payment.undoes or any(one.undoes == payment.id for one in known):
        raise NotUndoable
    account = account_now(records, booking)
    opposite = Money.zero(payment.amount.currency) - payment.amount
    if opposite.minor < 0:
        _check_held(account, payment.amount)
    elif opposite > account.missing:
        raise MoreThanDue(due=account.missing)
    undoing = replace(
        payment, id=records.new_id(), amount=opposite, captured_at=records.now, undoes=payment.id, version=1
    )
    for settled in records.refunds.of_booking(booking.studio_id, booking.id):
        if settled.settled_by == payment.id:
            change_refund(records, settled, replace(settled, settled=None, settled_by=None))
    return _write(records, booking, undoing, What.MARK_UNDONE)


def check_amount(booking: Booking, amount: Money) -> None:
    """Raise OtherCurrency or NoAmount unless it is an amount that may come or go for the booking."""
    if amount.currency != booking.snapshot.currency:
        raise OtherCurrency(currency=booking.snapshot.currency)
    if amount.minor <= 0:
        raise NoAmount


def _check_held(account: Account, amount: Money) -> None:
    if amount > account.kept:
        raise MoreThanPaid(paid=account.kept)


def today(records: Records, studio: Studio) -> date:
    return local(records.now, studio.zone).date()


def _day(records: Records, studio: Studio, on: date | None) -> date:
    if on is not None and on > today(records, studio):
        raise PaidInFuture
    return on or today(records, studio)


def _entry(records: Records, booking: Booking, amount: Money, how: How, on: date) -> Payment:
    return Payment(
        id=records.new_id(),
        studio_id=booking.studio_id,
        booking_id=booking.id,
        amount=amount,
        captured_at=records.now,
        disposition=Disposition.HONOURED,
        how=how,
        paid_on=on,
    )


def _write(records: Records, booking: Booking, entry: Payment, what: What, *more: News, **facts: str) -> Told:
    """Whoever marks something else of the booking at this moment counts it first: one of both comes too late."""
    booking = touch(records, booking)
    records.payments.add(entry)
    return told(booking, what, *more, payment=entry.id, **facts)
