"""Moving a booking to another spot, in the same mini or another; what was agreed on stays."""

from dataclasses import replace

from core.booking.booking import LIVE_HOLD, Booking, State
from core.booking.hold import change
from core.booking.offered import offered, snapshot_at
from core.booking.refusals import BookingChanged, HoldsInOtherMini, MiniNotOpen, SpotGone, SpotTaken
from core.booking.seats import give_back_seats, spend_reservation, take_seats
from core.booking.told import Told, told
from core.minis.mini import OVER
from core.minis.records import SpotOffer
from core.ports import Records
from core.values.news import What


def move(records: Records, booking: Booking, spot_id: str) -> Told:
    """Give the booking another spot; price, package and contact stay (DECISIONS 8). The same spot changes nothing.

    Raises BookingChanged, MiniNotOpen, SpotGone, SpotTaken, HoldsInOtherMini, OverlapsOwnReservation.
    """
    if booking.state not in {State.HELD, State.CONFIRMED} or booking.preview:
        raise BookingChanged
    if booking.state is State.HELD and booking.hold_until <= records.now:
        raise BookingChanged
    if spot_id == booking.spot_id:
        return Told(booking)
    return relocate(records, booking, target_of(records, booking, spot_id))


def target_of(records: Records, booking: Booking, spot_id: str) -> SpotOffer:
    """The spot, if the booking may move to it; whether its seats are free shows when they are taken.

    Raises MiniNotOpen, SpotGone, SpotTaken, HoldsInOtherMini.
    """
    offer = offered(records, booking.studio_id, spot_id, booking.client_id)
    if offer.spot.starts <= records.now:
        raise SpotGone
    if offer.spot.closed:
        raise SpotTaken
    _check_other_mini(records, booking, offer)
    return offer


def relocate(records: Records, booking: Booking, offer: SpotOffer) -> Told:
    """Give the booking's seats back and take those of the offered spot. Raises SpotTaken, OverlapsOwnReservation."""
    confirmed = booking.state is State.CONFIRMED
    returned = give_back_seats(records, booking)
    elsewhere = replace(
        booking,
        mini_id=offer.mini.id,
        spot_id=offer.spot.id,
        snapshot=snapshot_at(booking, offer),
        reservation_id=booking.reservation_id if confirmed else None,
        sequence=booking.sequence + (1 if confirmed else 0),
    )
    seated = take_seats(records, elsewhere, offer.spot, offer.studio, booking.places)
    if seated.reservation:
        elsewhere = replace(elsewhere, reservation_id=seated.reservation.id)
    spent = spend_reservation(records, elsewhere) if confirmed else ()
    moved = change(records, booking, elsewhere)
    old, new = booking.snapshot.starts.isoformat(), offer.spot.starts.isoformat()
    left = {"left_mini": booking.mini_id} if booking.mini_id != moved.mini_id else {}
    return told(moved, What.MOVED, *returned, *seated.news, *spent, old=old, starts=new, **left)


def _check_other_mini(records: Records, booking: Booking, offer: SpotOffer) -> None:
    if offer.mini.state in OVER:
        raise MiniNotOpen(title=offer.mini.title)
    if offer.mini.id == booking.mini_id:
        return
    there = records.bookings.of_client_in_mini(booking.studio_id, offer.mini.id, booking.client_id)
    if any(one.state in LIVE_HOLD and not one.preview for one in there):
        raise HoldsInOtherMini
