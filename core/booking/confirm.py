"""Confirming a booking for which nothing is to be paid now, or which is paid outside."""

from dataclasses import replace

from core.booking.booking import Booking, State
from core.booking.hold import change, check_live
from core.booking.refusals import ContactMissing, MiniNotOpen, PaymentNeeded, PreviewOnly
from core.booking.seats import spend_reservation
from core.booking.told import Told, told
from core.minis.mini import MiniState
from core.ports import Records
from core.values.news import What


def confirm(records: Records, booking: Booking, *, phone_required: bool) -> Told:
    """Book it for good.

    Raises HoldOver, PreviewOnly, ContactMissing, PaymentNeeded where something is due now, and MiniNotOpen where the
    mini was cancelled in the very moment that the hold began, so that nobody ended it.
    """
    check_live(records, booking)
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state is MiniState.CANCELLED:
        raise MiniNotOpen(title=booking.snapshot.title)
    if booking.preview:
        raise PreviewOnly
    if booking.contact is None or (phone_required and booking.contact.phone is None):
        raise ContactMissing
    if booking.price.due_now:
        raise PaymentNeeded
    spent = spend_reservation(records, booking)
    confirmed = change(records, booking, replace(booking, state=State.CONFIRMED))
    return told(confirmed, What.CONFIRMED, *spent, starts=confirmed.snapshot.starts.isoformat())
