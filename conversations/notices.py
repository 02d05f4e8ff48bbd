"""Messages that come by themselves: each kind's check that it is still true, and its screen."""

from collections.abc import Callable
from datetime import datetime

from conversations.asides import what_when_where
from conversations.booking.review import how_to_pay, is_paid_outside
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, When, lines, say
from conversations.words import city
from core.booking.booking import Booking, Reason, ReservationState, State
from core.booking.hold import minutes_left
from core.messages.messages import Kind
from core.ports import LeasedMessage, Records
from core.studio.studio import Studio

Notice = Callable[[Records, Studio, LeasedMessage], Screen | None]


def _booking(records: Records, message: LeasedMessage) -> Booking | None:
    return records.bookings.one(message.studio_id, message.booking_id) if message.booking_id else None


def hold_warning(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Three minutes are left (G3); untrue once the hold ended or was extended."""
    booking = _booking(records, message)
    if booking is None or booking.state is not State.HELD:
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


def booked(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """You are booked (J1); untrue once it was cancelled."""
    booking = _booking(records, message)
    if booking is None or booking.state not in {State.CONFIRMED, State.DONE}:
        return None
    first = booking.contact.name.split(" ")[0] if booking.contact else ""
    return Screen(
        lines=(
            Line(say("booked-title", name=first), Look.TITLE),
            *what_when_where(studio, booking),
            how_to_pay(studio, booking.price),
            Line(say("booked-code", code=booking.code), gap=True),
        ),
        rows=((Button(say("button-change-or-cancel"), Do("booking", booking.id)),),),
        celebrate=True,
    )


def cancelled(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    booking = _booking(records, message)
    if booking is None or booking.state is not State.CANCELLED or booking.reason is None:
        return None
    money = "cancelled-money-outside" if is_paid_outside(booking.price) else "cancelled-money-none"
    return Screen(
        lines=lines(
            say(
                f"cancelled-{booking.reason.value.replace('_', '-')}",
                studio=studio.name,
                when=When(booking.snapshot.starts, studio.zone, Clock.DAY_TIME),
                title=booking.snapshot.title,
            ),
            *(() if booking.reason is Reason.MINI_CANCELLED else (say(money, studio=studio.name),)),
        ),
        rows=((Button(say("button-see-minis"), Do("minis", "")),),),
    )


def moved(records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Old time and new (K2); untrue once it was moved again."""
    booking = _booking(records, message)
    words = moved_words(studio, booking, message) if booking else None
    if booking is None or words is None or booking.state not in {State.CONFIRMED, State.HELD}:
        return None
    return Screen(
        lines=lines(words),
        rows=((Button(say("button-show-booking"), Do("booking", booking.id)),),),
    )


def moved_words(studio: Studio, booking: Booking, message: LeasedMessage) -> Say | None:
    """From when to when; None where the booking is no longer where the message says."""
    old = message.values.get("old")
    if not isinstance(old, str) or booking.snapshot.starts.isoformat() != message.values.get("new"):
        return None
    return say(
        "moved",
        studio=studio.name,
        old=When(datetime.fromisoformat(old), studio.zone, Clock.DAY_TIME),
        new=When(booking.snapshot.starts, studio.zone, Clock.DAY_TIME),
        city=city(studio.zone_name),
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


NOTICES: dict[str, Notice] = {
    Kind.HOLD_WARNING: hold_warning,
    Kind.BOOKED: booked,
    Kind.CANCELLED: cancelled,
    Kind.MOVED: moved,
    Kind.RESERVATION_REMOVED: reservation_gone,
    Kind.RESERVATION_LAPSED: reservation_gone,
}
