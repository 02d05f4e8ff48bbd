"""What only a person decides about money: payments that were not what was asked for, refunds that failed."""

from dataclasses import replace

from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged, MiniNotOpen, OnlyRefund
from core.booking.told import Told, told
from core.minis.mini import MiniState
from core.payments.late import may_return_to_own, paid, return_to_own, touch
from core.payments.payment import Disposition, Payment, Why
from core.payments.refund import account_now, booking_of, change_payment, owe
from core.payments.settle import confirm_and_move
from core.ports import Records
from core.values.money import Money
from core.values.news import News, What

_CAN_HAVE_A_SEAT = frozenset({State.PAYING, State.RELEASING, State.EXPIRED})


def honour(records: Records, payment: Payment) -> Told:
    """Take the money as it is and confirm the booking; an expired one needs its seats again.

    Raises BookingChanged where nothing is to be decided, OnlyRefund, MiniNotOpen, and what `return_to_own` raises.
    """
    _check_manual(payment)
    booking = booking_of(records, payment)
    if booking.state not in _CAN_HAVE_A_SEAT:
        raise OnlyRefund
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state is MiniState.CANCELLED:
        raise MiniNotOpen(title=booking.snapshot.title)
    done = return_to_own(records, booking) if booking.state is State.EXPIRED else confirm_and_move(records, booking)
    return paid(change_payment(records, payment, replace(payment, disposition=Disposition.HONOURED)), done)


def may_honour(records: Records, payment: Payment, booking: Booking) -> bool:
    """Whether `honour` would do it at this moment; nothing is written."""
    if payment.disposition is not Disposition.MANUAL or booking.state not in _CAN_HAVE_A_SEAT:
        return False
    if booking.state is State.EXPIRED:
        return may_return_to_own(records, booking)
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    return mini is not None and mini.state is not MiniState.CANCELLED


def send_back(records: Records, payment: Payment) -> Told:
    """Send all of it back. Raises BookingChanged where nothing is to be decided."""
    _check_manual(payment)
    return Told(booking_of(records, payment), owe(records, payment, Why.DECIDED))


def refund_again(records: Records, payment: Payment) -> Told:
    """Try a refund that failed once more, as one of its own. Raises BookingChanged."""
    if payment.disposition is not Disposition.REFUND_FAILED:
        raise BookingChanged
    return Told(booking_of(records, payment), owe(records, payment, payment.why or Why.DECIDED))


def refunded_elsewhere(records: Records, payment: Payment) -> Told:
    """The photographer says that a refund that failed was paid another way. Raises BookingChanged."""
    if payment.disposition is not Disposition.REFUND_FAILED:
        raise BookingChanged
    change_payment(records, payment, replace(payment, disposition=Disposition.REFUNDED))
    news = News(what=What.REFUNDED, booking_id=payment.booking_id, facts={"payment": payment.id, "elsewhere": True})
    return Told(booking_of(records, payment), (news,))


def keep_money(records: Records, booking: Booking, amount: Money) -> Told:
    """Give no more back to a client who cancelled, so that this stays; they are told (H7).

    Raises BookingChanged where another amount, or none, waits for that.
    """
    if not amount or amount != account_now(records, booking).to_decide:
        raise BookingChanged
    booking = touch(records, replace(booking, keeps_minor=(booking.keeps_minor or 0) + amount.minor))
    return told(booking, What.MONEY_KEPT, minor=amount.minor, turn=booking.version)


def _check_manual(payment: Payment) -> None:
    if payment.disposition is not Disposition.MANUAL:
        raise BookingChanged
