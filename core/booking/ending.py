"""How a booking ends without a shoot: its time ran out, its client gave it up, or it was cancelled."""

from dataclasses import replace
from datetime import datetime

from core.booking.booking import Because, Booking, Reason, State
from core.booking.hold import change
from core.booking.refusals import BookingChanged, TooLateToCancel
from core.booking.seats import give_back_seats
from core.booking.told import Told, told
from core.ports import Records
from core.values.news import What

_EXPIRED_BY = {
    Reason.LAPSED: What.LAPSED,
    Reason.GIVEN_UP: What.GIVEN_UP,
    Reason.BY_STUDIO: What.ENDED_BY_STUDIO,
    Reason.PREVIEW_OVER: What.PREVIEW_ENDED,
}


def lapse(records: Records, booking: Booking) -> Told:
    """The hold's time is over: the seats are free again and the client is told (G4). A preview ends without a word."""
    if booking.state is not State.HELD or booking.hold_until > records.now:
        raise BookingChanged
    if booking.preview:
        return end_preview(records, booking)
    return end(records, booking, State.EXPIRED, Reason.LAPSED)


def give_up(records: Records, booking: Booking) -> Told:
    """The client's own end of a hold; its seats are free at once, and it does not count against them (G2, F10)."""
    if booking.state is not State.HELD:
        raise BookingChanged
    if booking.preview:
        return end_preview(records, booking)
    return end(records, booking, State.EXPIRED, Reason.GIVEN_UP)


def end_preview(records: Records, booking: Booking) -> Told:
    """A preview is over: by its end, its cancel, the review's end, or the member's removal (E1)."""
    if booking.state is not State.HELD or not booking.preview:
        raise BookingChanged
    return end(records, booking, State.EXPIRED, Reason.PREVIEW_OVER)


def end_by_studio(records: Records, booking: Booking) -> Told:
    """The photographer's end of a hold; the client is told at once (DECISIONS 7)."""
    if booking.preview:
        return end_preview(records, booking)
    if booking.state is not State.HELD:
        raise BookingChanged
    return end(records, booking, State.EXPIRED, Reason.BY_STUDIO)


def cancel(records: Records, booking: Booking, reason: Reason, because: Because | None = None) -> Told:
    """End a confirmed booking, or a hold whose mini was cancelled. Nothing leaves `cancelled`."""
    held = booking.state is State.HELD and reason is Reason.MINI_CANCELLED
    if booking.state is not State.CONFIRMED and not held:
        raise BookingChanged
    return end(records, booking, State.CANCELLED, reason, **({"because": because.value} if because else {}))


def cancel_by_client(records: Records, booking: Booking) -> Told:
    """A client cancels a confirmed booking by themselves, in time. Raises TooLateToCancel with the hours."""
    if booking.state is State.CONFIRMED and records.now > cancel_before(booking):
        raise TooLateToCancel(hours=int(booking.snapshot.cancel_until.total_seconds() // 3600))
    return cancel(records, booking, Reason.BY_CLIENT)


def cancel_before(booking: Booking) -> datetime:
    """Until when the client may cancel by themselves."""
    return booking.snapshot.starts - booking.snapshot.cancel_until


def finish(records: Records, booking: Booking) -> Told:
    """The session is over; the seats stay the booking's."""
    if booking.state is not State.CONFIRMED or booking.snapshot.ends > records.now:
        raise BookingChanged
    return told(change(records, booking, replace(booking, state=State.DONE)), What.SESSION_OVER)


def end(records: Records, booking: Booking, state: State, reason: Reason, **facts: str | int | bool | None) -> Told:
    """End the booking in that state and give its seats back. Whether it may end is the caller's to know.

    Whom the photographer filled in, and the client did not make theirs, is forgotten with it (D5).
    """
    returned = give_back_seats(records, booking)
    over = replace(booking, state=state, reason=reason, ended_at=records.now, noted=None, noted_spot_id=None)
    if over.filled_in:
        over = replace(over, contact=None, filled_in=False)
    ended = change(records, booking, over)
    what = What.CANCELLED if state is State.CANCELLED else _EXPIRED_BY[reason]
    return told(ended, what, *returned, starts=ended.snapshot.starts.isoformat(), **facts)
