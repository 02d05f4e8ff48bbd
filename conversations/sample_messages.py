"""A message before anybody has booked: filled with sample data, so that the studio reads what a client will (B7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from conversations.money import cancelled_screen
from conversations.sample_papers import DUE_NOW, FEE, sample_starts
from conversations.screens import Line
from conversations.written import booked_screen, from_to, paragraph
from core.booking.booking import Booking, Reason, Snapshot, State
from core.booking.contact import Contact
from core.minis.mini import Package, PaidBy, Share
from core.paperwork.fields import Field, filled_plainly
from core.payments.account import account_of
from core.payments.payment import Disposition, Payment
from core.studio.studio import Studio
from core.studio.wording import Occasion, Wording
from core.values.money import Money

_LENGTH: Final = timedelta(minutes=20)
_EARLIER: Final = timedelta(days=7)


def sample_message(
    studio: Studio, values: Mapping[Field, str], occasion: Occasion, wording: Wording
) -> tuple[Line, ...]:
    """What a client reads on the occasion, as far as anything is sent on it: what is ours, and the wording below.

    `values` are those of `sample_values`. Nothing is left where only the wording would be said, and it is off.
    """
    booking = _booking(studio, values)
    paid = [_paid(booking)]
    own = paragraph(filled_plainly(wording.text, values)) if wording.on else ()
    match occasion:
        case Occasion.CONFIRMATION:
            return booked_screen(studio, booking, account_of(booking, paid, ()), own).lines
        case Occasion.CANCELLED:
            ended = replace(booking, state=State.CANCELLED, reason=Reason.BY_CLIENT, keeps_minor=0)
            account = account_of(ended, paid, ())
            return (*cancelled_screen(studio, ended, paid, account, None, Reason.BY_CLIENT).lines, *own)
        case Occasion.MOVED:
            starts = booking.snapshot.starts
            return (Line(from_to(studio, starts - _EARLIER, starts)), *own)
        case _:
            return tuple(replace(line, gap=False) for line in own)


def _booking(studio: Studio, values: Mapping[Field, str]) -> Booking:
    """The booking that the sample's values are of."""
    starts = sample_starts(studio)
    package = Package(
        id="sample",
        title=values[Field.PACKAGE],
        fee=Money.whole(FEE, studio.currency),
        paid_by=PaidBy.RETAINER,
        includes=values[Field.INCLUDED],
        retainer=Share(amount=Money.whole(DUE_NOW, studio.currency)),
    )
    snapshot = Snapshot(
        title=values[Field.MINI],
        place=values[Field.PLACE],
        starts=starts,
        ends=starts + _LENGTH,
        currency=studio.currency,
        packages=(package,),
        balance_due=studio.balance_due,
        cancel_until=studio.cancel_until,
    )
    return Booking(
        id="sample",
        studio_id=studio.id,
        mini_id="sample",
        client_id="sample",
        spot_id="sample",
        code=values[Field.BOOKING],
        state=State.CONFIRMED,
        snapshot=snapshot,
        package_id=package.id,
        began_at=starts,
        hold_until=starts,
        contact=Contact(values[Field.CLIENT_NAME], values[Field.CLIENT_EMAIL], values[Field.CLIENT_PHONE]),
    )


def _paid(booking: Booking) -> Payment:
    """What was due at booking."""
    return Payment(
        id="sample",
        studio_id=booking.studio_id,
        booking_id=booking.id,
        amount=booking.price.due_now,
        captured_at=booking.began_at,
        disposition=Disposition.HONOURED,
    )
