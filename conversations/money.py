"""What is said of money that was paid: by messages, by the lists of bookings, and where a hold has ended."""

from collections.abc import Sequence
from datetime import datetime

from conversations.booking.review import is_paid_outside
from conversations.screens import Button, Clock, Do, Exact, Say, Screen, Style, When, lines, say
from core.booking.booking import Booking, Reason
from core.minis.mini import Spot
from core.payments.payment import KEPT, Disposition, Payment, Why
from core.studio.studio import Studio

#: It goes back, or has gone.
_RETURNED = frozenset({Disposition.REFUND_DUE, Disposition.REFUNDING, Disposition.REFUNDED, Disposition.REFUND_FAILED})


def money_of_cancelled(studio: Studio, booking: Booking, payments: Sequence[Payment]) -> tuple[Say, ...]:
    """What becomes of the money of a booking that was cancelled."""
    kept = [payment for payment in payments if payment.disposition in KEPT]
    returned = [payment for payment in payments if payment.disposition in _RETURNED]
    if kept:
        return tuple(say("cancelled-money-decides", studio=studio.name, amount=Exact(one.amount)) for one in kept)
    if returned:
        return tuple(say("cancelled-money-back", amount=Exact(one.amount)) for one in returned)
    if is_paid_outside(booking.price) and booking.reason is not Reason.MINI_CANCELLED:
        return (say("cancelled-money-outside", studio=studio.name),)
    return (say("cancelled-money-none"),)


def money_if_cancelled(studio: Studio, booking: Booking, payments: Sequence[Payment]) -> tuple[Say, ...]:
    """The same before it is cancelled: the cost is said first (F11, H7)."""
    kept = [payment for payment in payments if payment.disposition in KEPT]
    if kept:
        return tuple(say("cancel-money-decides", studio=studio.name, amount=Exact(one.amount)) for one in kept)
    if is_paid_outside(booking.price):
        return (say("cancel-money-outside", studio=studio.name),)
    return (say("cancel-money-none"),)


def paid_too_late(studio: Studio, booking: Booking, payment: Payment) -> Screen:
    """The payment came after the hold's end, and the seat was gone (STORYBOARD, other paths, M)."""
    return Screen(
        lines=lines(_too_late(studio, booking), say("too-late-choose", until=_until(studio, payment))),
        rows=(
            (Button(say("button-another-time"), Do("choose", booking.id), Style.PRIMARY),),
            (Button(say("button-full-refund"), Do("take_money", booking.id)),),
        ),
    )


def choice(studio: Studio, booking: Booking, payment: Payment, spots: Sequence[Spot]) -> Screen:
    """The nearest times that are free now, or the money."""
    times = tuple(
        (
            Button(
                say("button-day-time", when=When(spot.starts, studio.zone, Clock.DAY_TIME)),
                Do("pick", f"{booking.id}.{spot.id}"),
            ),
        )
        for spot in sorted(spots, key=lambda one: one.starts)
    )
    ask = say("too-late-nearest", until=_until(studio, payment)) if spots else say("too-late-nothing-free")
    return Screen(
        lines=lines(_too_late(studio, booking), ask),
        rows=(*times, (Button(say("button-full-refund"), Do("take_money", booking.id)),)),
    )


def going_back(studio: Studio, booking: Booking, payment: Payment) -> tuple[Say, ...]:
    """Why all of a payment goes back, and how long that takes."""
    why = payment.why or Why.DECIDED
    time = When(booking.snapshot.starts, studio.zone, Clock.TIME)
    reason = say(
        f"money-back-{why.value.replace('_', '-')}", amount=Exact(payment.amount), studio=studio.name, time=time
    )
    return (reason, say("money-back-how-long"))


def _too_late(studio: Studio, booking: Booking) -> Say:
    return say("too-late", time=When(booking.snapshot.starts, studio.zone, Clock.TIME))


def _until(studio: Studio, payment: Payment) -> When:
    ends: datetime = payment.choosing_until or payment.captured_at
    return When(ends, studio.zone, Clock.DAY_TIME)
