"""Confirming a booking for which nothing is to be paid now, or which is paid outside."""

from dataclasses import replace

from core.booking.answering import check_answered
from core.booking.booking import Booking, State
from core.booking.hold import change, check_live
from core.booking.papers import check_signed
from core.booking.refusals import ContactMissing, MiniNotOpen, PaymentNeeded, PreviewOnly
from core.booking.seats import spend_reservation
from core.booking.told import Told, told
from core.minis.mini import MiniState
from core.ports import Records
from core.values.news import What


def confirm(records: Records, booking: Booking, *, phone_required: bool) -> Told:
    """Book it for good.

    Raises HoldOver, PreviewOnly, ContactMissing, ContractUnsigned, AnswersMissing, PaymentNeeded where something is due
    now, and MiniNotOpen where the mini was cancelled in the very moment that the hold began, so that nobody ended it.
    """
    check_live(records, booking)
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state is MiniState.CANCELLED:
        raise MiniNotOpen(title=booking.snapshot.title)
    if booking.preview:
        raise PreviewOnly
    if booking.contact is None or not booking.contact.is_complete(phone_required=phone_required):
        raise ContactMissing
    check_signed(records, booking)
    check_answered(records, booking)
    if booking.price.due_now:
        raise PaymentNeeded
    return confirmed(records, booking)


def confirmed(records: Records, booking: Booking, **facts: str | int | bool | None) -> Told:
    """The booking, confirmed. Whether it may be is the caller's to know."""
    spent = spend_reservation(records, booking)
    anew = replace(
        booking, state=State.CONFIRMED, reason=None, ended_at=None, noted=None, noted_spot_id=None, filled_in=False
    )
    written = change(records, booking, anew)
    return told(written, What.CONFIRMED, *spent, starts=written.snapshot.starts.isoformat(), **facts)
