"""Messages that come by themselves: each kind's check that it is still true, and its screen.

Those with words of the studio's own are in `written.py`.
"""

from collections.abc import Callable

from conversations import asking
from conversations.money import (
    decided_of_cancelled,
    going_back,
    kept_of_cancelled,
    money_of_ended,
    named,
    paid_too_late,
    went_back,
)
from conversations.screens import Button, Clock, Do, Exact, Say, Screen, Style, When, lines, say
from conversations.talk import Talk
from core.booking.booking import RUNNING, Booking, Reason, ReservationState, State
from core.booking.hold import minutes_left
from core.messages.messages import Kind
from core.messages.records import LeasedMessage
from core.payments.account import Account
from core.payments.payment import Disposition, Payment, Refund, Settled, Why
from core.payments.refund import account_now
from core.payments.till import RefundState
from core.ports import Records
from core.studio.studio import Studio
from core.values.money import Money
from core.values.news import What

_SEE_MINIS = ((Button(say("button-see-minis"), Do("minis", "")),),)

Notice = Callable[[Records, Studio, LeasedMessage], Screen | None]


def booking_of(records: Records, message: LeasedMessage) -> Booking | None:
    """The booking that the message is about."""
    return records.bookings.one(message.studio_id, message.booking_id) if message.booking_id else None


def hold_warning(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Three minutes are left (G3); untrue once the hold ended or was extended."""
    booking = booking_of(records, message)
    if booking is None or booking.state not in RUNNING:
        return None
    if booking.hold_until.isoformat() != message.values.get("until") or booking.hold_until <= records.now:
        return None
    longer = (Button(say("button-keep-longer"), Do("extend", booking.id), Style.PRIMARY),)
    return Screen(
        lines=lines(
            say(
                "hold-warning",
                time=When(booking.snapshot.starts, studio.zone, Clock.TIME),
                minutes=minutes_left(booking, records.now),
            )
        ),
        rows=(
            *(() if booking.extended else (longer,)),
            (Button(say("button-let-go"), Do("let_go", booking.id)),),
        ),
    )


def reservation_gone(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Whoever opened a reservation hears that it is gone (D3, D4)."""
    reservation_id = message.values.get("reservation")
    if not isinstance(reservation_id, str):
        return None
    reservation = records.reservations.one(message.studio_id, reservation_id)
    if reservation is None or reservation.state not in {ReservationState.REMOVED, ReservationState.LAPSED}:
        return None
    return Screen(
        lines=lines(say(f"reservation-{reservation.state.value}", studio=studio.name)),
        rows=((Button(say("button-see-minis"), Do("minis", "")),),),
    )


def hold_over(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """The hold ended while its client talks about something else: whoever had a payment page hears of their money."""
    booking = booking_of(records, message)
    checkout = records.checkouts.newest(studio.id, booking.id) if booking else None
    if booking is None or booking.state is not State.EXPIRED or booking.attempt != message.values.get("attempt"):
        return None
    if checkout is None or checkout.attempt != booking.attempt:
        return None
    by_studio = booking.reason is Reason.BY_STUDIO
    over = say("hold-over-by-studio" if by_studio else "hold-over", **named(studio, booking))
    payments = records.payments.of_booking(studio.id, booking.id)
    return Screen(
        lines=lines(over, *money_of_ended(studio, payments, checkout)),
        rows=((Button(say("button-show-booking"), Do("booking", booking.id)),),),
    )


def given_up(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """The client gave up while the payment page was open: it is closed by now, which the page itself will not say."""
    booking = booking_of(records, message)
    if booking is None or booking.state is not State.EXPIRED or booking.reason is not Reason.GIVEN_UP:
        return None
    return Screen(
        lines=lines(say("given-up", time=When(booking.snapshot.starts, studio.zone, Clock.TIME))),
        rows=(
            (Button(say("button-start-again"), Do("mini", booking.mini_id)),),
            (Button(say("button-other-minis"), Do("minis", "")),),
        ),
    )


def too_late(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Choose another time, or the money (DECISIONS 14); untrue once that is decided."""
    booking, payment = booking_of(records, message), _payment(records, message)
    if booking is None or payment is None or payment.disposition is not Disposition.CHOOSING:
        return None
    return paid_too_late(studio, booking, payment)


def unclear(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """What was paid is not what was asked for; untrue once the studio has decided."""
    payment = _payment(records, message)
    if payment is None or payment.disposition is not Disposition.MANUAL:
        return None
    return Screen(
        lines=lines(say("payment-unclear", amount=Exact(payment.amount)), say("payment-looked-at", studio=studio.name)),
        rows=((Button(say("button-ask", studio=studio.name), Do("ask", "")),),),
    )


def refund_owed(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """A payment goes back in full. Whoever chose that themselves knows it already."""
    booking, payment = booking_of(records, message), _payment(records, message)
    if booking is None or payment is None or payment.why is Why.CHOSEN:
        return None
    called_off = booking.state is State.CANCELLED and booking.reason is Reason.MINI_CANCELLED
    known_then = booking.ended_at is not None and payment.captured_at <= booking.ended_at
    if called_off and known_then and payment.why is Why.CANCELLED:
        return None  # the message that the mini is off says so
    return Screen(lines=lines(*going_back(studio, booking, payment)), rows=_SEE_MINIS)


def refunded(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """So much went back: all of a payment, or a part of one that was kept. A booking that stands is said to."""
    booking, payment = booking_of(records, message), _payment(records, message)
    amount = _went_back(records, payment, message) if payment else None
    if booking is None or amount is None:
        return None
    account = account_now(records, booking)
    key = "refunded-elsewhere" if message.values.get("elsewhere") else "refunded-of"
    return _of_amount(studio, booking, account, say(key, amount=Exact(amount), **named(studio, booking)))


def refund_left(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """What failed to go back is not tried again: who had read that it would come hears so, and what did come.

    Who cancelled themselves hears what is decided of their money instead.
    """
    booking, refund = booking_of(records, message), _refund(records, message)
    if booking is None or refund is None or refund.state is not RefundState.FAILED:
        return None
    if booking.keeps_minor is not None or not _had_read(records, booking, refund):
        return None
    account = account_now(records, booking)
    said = say("refund-left", amount=Exact(refund.amount), **named(studio, booking))
    return _of_amount(studio, booking, account, said, *went_back(account))


def _of_amount(studio: Studio, booking: Booking, account: Account, *said: Say) -> Screen:
    """What became of an amount, and what that means for the booking as it is by now."""
    match booking.state:
        case State.CONFIRMED:
            show = (Button(say("button-show-booking"), Do("booking", booking.id)),)
            return Screen(lines=lines(*said, say("refunded-stands")), rows=(show,))
        case State.CANCELLED:
            return Screen(lines=lines(*said, *kept_of_cancelled(studio, booking, account)), rows=_SEE_MINIS)
        case _:
            return Screen(lines=lines(*said), rows=_SEE_MINIS)


def money_decided(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """The studio has decided about the money of somebody who cancelled; untrue while something of it is open.

    What failed to go back is said with what the studio keeps; what it gave by hand meanwhile decided nothing yet.
    """
    booking = booking_of(records, message)
    if booking is None or booking.state is not State.CANCELLED:
        return None
    account = account_now(records, booking)
    given_by_hand = "payment" in message.values
    if account.to_decide or (account.failed and given_by_hand):
        return None
    said = say("refund-decided", **named(studio, booking))
    return Screen(lines=lines(said, *decided_of_cancelled(studio, booking, account)), rows=_SEE_MINIS)


def _went_back(records: Records, payment: Payment, message: LeasedMessage) -> Money | None:
    """None where it is not so, or failed after all; who pays back in the till's dashboard tells it themselves."""
    if payment.disposition is Disposition.REFUNDED:
        return payment.amount
    refund = _refund(records, message)
    if refund is None:
        return None
    if message.values.get("elsewhere"):
        return refund.amount if refund.settled is Settled.ELSEWHERE else None
    return refund.amount if refund.state is RefundState.DONE and not refund.by_hand else None


def studio_says(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """An answer, or what the studio writes by itself; the booking under way is a tap away (F13)."""
    remark_id = message.values.get("remark")
    remark = records.threads.one(studio.id, remark_id) if isinstance(remark_id, int) else None
    if remark is None:
        return None
    row = records.talks.of_client(studio.id, remark.client_id)
    course = Talk.from_json(row.body).course if row else None
    go_on = (Button(say("button-go-on"), Do("go_on", "")),) if course and course.flow != asking.NAME else ()
    return Screen(
        lines=lines(say("studio-says", studio=studio.name, text=remark.text)),
        rows=((Button(say("button-answer"), Do("ask", remark.booking_id or "")), *go_on),),
    )


def _had_read(records: Records, booking: Booking, refund: Refund) -> bool:
    """Whether the client was told that it would come, as it was sent, or as the booking was cancelled."""
    if booking.state is State.CANCELLED:
        return True
    happened = records.history.of_booking(booking.studio_id, booking.id)
    sent = any(one.what == What.REFUNDED and one.facts.get("refund") == refund.id for one in happened)
    return sent and not refund.by_hand


def _refund(records: Records, message: LeasedMessage) -> Refund | None:
    refund_id = message.values.get("refund")
    return records.refunds.one(message.studio_id, refund_id) if isinstance(refund_id, str) else None


def _payment(records: Records, message: LeasedMessage) -> Payment | None:
    payment_id = message.values.get("payment")
    return records.payments.one(message.studio_id, payment_id) if isinstance(payment_id, str) else None


NOTICES: dict[str, Notice] = {
    Kind.HOLD_WARNING: hold_warning,
    Kind.HOLD_LAPSED: hold_over,
    Kind.HOLD_ENDED: hold_over,
    Kind.GIVEN_UP: given_up,
    Kind.PAID_TOO_LATE: too_late,
    Kind.PAYMENT_UNCLEAR: unclear,
    Kind.REFUND_OWED: refund_owed,
    Kind.REFUNDED: refunded,
    Kind.REFUND_LEFT: refund_left,
    Kind.MONEY_DECIDED: money_decided,
    Kind.RESERVATION_REMOVED: reservation_gone,
    Kind.RESERVATION_LAPSED: reservation_gone,
    Kind.STUDIO_SAYS: studio_says,
}
