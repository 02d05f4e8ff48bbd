"""Money that came after its seat was given back: the seat again, another one, or the money (G5, DECISIONS 14)."""

from dataclasses import replace

from core.booking.booking import LIVE_HOLD, STANDING, Booking, Snapshot, State
from core.booking.confirm import confirmed
from core.booking.hold import change
from core.booking.offered import offered, snapshot_at
from core.booking.refusals import (
    BookingChanged,
    ChoiceOver,
    EndOtherFirst,
    MiniNotOpen,
    PackageTooLong,
    SpotGone,
    SpotTaken,
)
from core.booking.seats import own_reservations, take_seats
from core.booking.told import Told
from core.minis.mini import OVER, Spot
from core.minis.plan import fits
from core.minis.records import SpotOffer, SpotRow
from core.payments.payment import CHOICE, Disposition, Payment, Why
from core.payments.refund import change_payment, owe
from core.ports import Records
from core.values.news import News, What
from core.values.refusals import Overtaken

SHOWN = 3  # STATES: the nearest spots that a client may choose from


def return_to_own(records: Records, booking: Booking) -> Told:
    """Take the booking's own seats again, and confirm it.

    Raises SpotGone where its time is another one by now, and what `return_to` raises.
    """
    offer = offered(records, booking.studio_id, booking.spot_id, booking.client_id)
    if (offer.spot.starts, offer.spot.ends) != (booking.snapshot.starts, booking.snapshot.ends):
        raise SpotGone
    return _return(records, booking, offer, booking.snapshot)


def return_to(records: Records, booking: Booking, spot_id: str) -> Told:
    """Take so many seats of the spot as the booking has places, and confirm it at the price that was paid.

    Raises MiniNotOpen, SpotGone, SpotTaken, PackageTooLong, EndOtherFirst, OverlapsOwnReservation.
    """
    offer = offered(records, booking.studio_id, spot_id, booking.client_id)
    if not fits(booking.package.length, offer.spot, offer.next_start):
        raise PackageTooLong
    return _return(records, booking, offer, snapshot_at(booking, offer))


def choose_or_return(records: Records, booking: Booking, payment: Payment) -> Told:
    """The seat is gone: the client may choose for a day. Where the mini is off, all goes back at once."""
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state in OVER:
        records.payments.add(payment)
        return Told(booking, owe(records, payment, Why.CANCELLED))
    booking = touch(records, booking)
    if not records.minis.change(mini, mini):  # nor may it be called off unseen, which would end the choice
        raise Overtaken
    until = records.now + CHOICE
    records.payments.add(replace(payment, disposition=Disposition.CHOOSING, why=Why.SEAT_GONE, choosing_until=until))
    late = News(
        what=What.PAID_TOO_LATE,
        booking_id=booking.id,
        facts={"payment": payment.id, "until": until.isoformat()},
    )
    return Told(booking, (late,))


def touch(records: Records, booking: Booking) -> Booking:
    """Write the booking as it is, so that nobody takes it up who has not seen the question about its money."""
    return change(records, booking, booking)


def nearest_spots(records: Records, booking: Booking) -> list[Spot]:
    """The spots that the client may choose from now: free ones that fit, the nearest in time first.

    A seat that went back to the client's own reservation is free to them.
    """
    free = [row.spot for row in _free(records, booking) if fits(booking.package.length, row.spot, row.next_start)]
    wanted = booking.snapshot.starts
    return sorted(free, key=lambda spot: (abs(spot.starts - wanted), spot.starts))[:SHOWN]


def may_return_to_own(records: Records, booking: Booking) -> bool:
    """Whether `return_to_own` would do it at this moment; nothing is written."""
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state in OVER or _has_another(records, booking):
        return False
    times = (booking.snapshot.starts, booking.snapshot.ends)
    return any(
        row.spot.id == booking.spot_id and (row.spot.starts, row.spot.ends) == times for row in _free(records, booking)
    )


def _free(records: Records, booking: Booking) -> list[SpotRow]:
    """Spots ahead with so many free seats as the booking has places."""
    own = {reservation.spot_id for reservation in own_reservations(records, booking)}
    return [
        row
        for row in records.spots.list(booking.studio_id, booking.mini_id, records.now)
        if not row.shut_out and row.spot.seats - row.taken + (row.spot.id in own) >= booking.places
    ]


def pick(records: Records, payment: Payment, booking: Booking, spot_id: str) -> Told:
    """The client takes one of the nearest spots for the money. Raises ChoiceOver, and what `return_to` raises."""
    check_choosing(records, payment)
    near = {spot.id for spot in nearest_spots(records, booking)}
    back = return_to(records, booking, spot_id)  # which says better why a spot cannot be had
    if spot_id not in near:
        raise SpotTaken
    honoured = replace(payment, disposition=Disposition.HONOURED, choosing_until=None)
    return paid(change_payment(records, payment, honoured), back, late=True)


def paid(payment: Payment, confirmed: Told, *, late: bool = False) -> Told:
    """The booking that the payment confirmed, with the news of it: first that it is paid, then that it is booked."""
    news = News(what=What.PAID, booking_id=payment.booking_id, facts={"payment": payment.id, "late": late})
    return Told(confirmed.booking, (news, *confirmed.news))


def take_money(records: Records, payment: Payment, booking: Booking) -> Told:
    """The client takes the money back. Raises ChoiceOver."""
    check_choosing(records, payment)
    return Told(booking, owe(records, payment, Why.CHOSEN))


def end_choice(records: Records, payment: Payment, booking: Booking) -> Told:
    """A day is over, and nobody chose."""
    return Told(booking, owe(records, payment, Why.NOT_CHOSEN))


def return_for_cancelled_mini(records: Records, payment: Payment, booking: Booking) -> Told:
    """The mini is called off: there is nothing to choose from any more."""
    return Told(booking, owe(records, payment, Why.CANCELLED))


def _return(records: Records, booking: Booking, offer: SpotOffer, snapshot: Snapshot) -> Told:
    if booking.state is not State.EXPIRED:
        raise BookingChanged
    if offer.mini.id != booking.mini_id or offer.spot.starts <= records.now:
        raise SpotGone
    if offer.mini.state in OVER:  # however it was paid (B8); a pause keeps new bookings out, not late money
        raise MiniNotOpen(title=offer.mini.title)
    if offer.spot.closed:
        raise SpotTaken
    if _has_another(records, booking):
        raise EndOtherFirst
    there = replace(booking, spot_id=offer.spot.id, snapshot=snapshot, reservation_id=None)
    seated = take_seats(records, there, offer.spot, offer.studio, booking.places)
    if seated.reservation:
        there = replace(there, reservation_id=seated.reservation.id)
    back = confirmed(records, there)
    return Told(back.booking, (*seated.news, *back.news))


def check_choosing(records: Records, payment: Payment) -> None:
    """Raise ChoiceOver unless the client may still choose."""
    if payment.disposition is not Disposition.CHOOSING:
        raise ChoiceOver
    if payment.choosing_until is None or payment.choosing_until <= records.now:
        raise ChoiceOver


def _has_another(records: Records, booking: Booking) -> bool:
    """Whether the client has a live or confirmed booking in the mini beside this one."""
    others = records.bookings.of_client_in_mini(booking.studio_id, booking.mini_id, booking.client_id)
    return any(one.id != booking.id and not one.preview and one.state in LIVE_HOLD | STANDING for one in others)
