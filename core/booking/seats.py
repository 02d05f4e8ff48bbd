"""Taking and giving back the seats of a booking, a client's own reservation among them. Old claims go first, always."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.booking.booking import Booking, Owner, Reservation, ReservationState
from core.booking.refusals import OverlapsOwnReservation, SpotTaken
from core.booking.reserve import LINK, change_reservation
from core.minis.mini import MiniState, Spot
from core.minis.plan import overlaps
from core.ports import Records
from core.studio.studio import Studio
from core.values.news import News, What
from core.values.refusals import Overtaken


@dataclass(frozen=True, slots=True)
class Seated:
    """The seats are the booking's. `reservation` is the client's own one that came into use again by it."""

    reservation: Reservation | None = None
    news: tuple[News, ...] = ()


def take_seats(records: Records, booking: Booking, spot: Spot, studio: Studio, seats: int) -> Seated:
    """Take so many seats of the spot, all or none.

    A seat that went back to this client's own reservation counts as free, and the reservation is taken up again; a
    booking has one at most. Raises SpotTaken, or OverlapsOwnReservation where that is what stands in the way.
    """
    own = own_reservations(records, booking)
    mine = next((one for one in own if one.spot_id == spot.id), None)
    if not studio.several_shooters:
        _refuse_own_overlap(records, own, spot)
    if mine is None or _reservation_in_use(records, booking):
        take_new_seats(records, booking, spot, studio, seats)
        return Seated()
    if records.spots.one(spot.studio_id, spot.id) != spot:  # changed before the reservation's claim, which keeps it
        raise Overtaken
    records.claims.reown(spot.studio_id, Owner.reservation(mine.id), Owner.booking(booking.id))
    take_new_seats(records, booking, spot, studio, seats - 1)
    used = use_reservation(records, mine, booking)
    return Seated(used, (News(what=What.RESERVATION_TAKEN, booking_id=booking.id, subject_id=mine.id),))


def take_new_seats(records: Records, booking: Booking, spot: Spot, studio: Studio, seats: int) -> None:
    """Take so many seats of the spot that nobody has, all or none. Raises SpotTaken."""
    owner = Owner.booking(booking.id)
    if records.claims.take(spot, owner, seats, exclusive=not studio.several_shooters) < seats:
        raise SpotTaken


def give_back_seats(records: Records, booking: Booking) -> tuple[News, ...]:
    """Release the booking's seats; one that a living reservation gave goes back to it.

    It stays bound to its client. One whose own end has come is lapsed, one removed while in use is removed.
    """
    owner = Owner.booking(booking.id)
    reservation = _reservation_in_use(records, booking)
    if reservation is None:
        records.claims.release(booking.studio_id, owner)
        return ()
    if _comes_back(records, reservation, records.now):
        if booking.places > 1:
            records.claims.release(booking.studio_id, owner, booking.places - 1)
        records.claims.reown(booking.studio_id, owner, Owner.reservation(reservation.id))
        change_reservation(records, reservation, replace(reservation, state=ReservationState.OPEN, booking_id=None))
        return (News(what=What.RESERVATION_RETURNED, booking_id=booking.id, subject_id=reservation.id),)
    records.claims.release(booking.studio_id, owner)
    records.links.revoke(booking.studio_id, LINK, reservation.id)
    removed = reservation.removed_in_use
    state = ReservationState.REMOVED if removed else ReservationState.LAPSED
    change_reservation(records, reservation, replace(reservation, state=state, booking_id=None))
    what = What.RESERVATION_REMOVED if removed else What.RESERVATION_LAPSED
    return (News(what=what, booking_id=booking.id, subject_id=reservation.id),)


def use_reservation(records: Records, reservation: Reservation, booking: Booking) -> Reservation:
    """The reservation is the booking's now, and its client's for good."""
    in_use = replace(reservation, state=ReservationState.IN_USE, client_id=booking.client_id, booking_id=booking.id)
    return change_reservation(records, reservation, in_use)


def spend_reservation(records: Records, booking: Booking) -> tuple[News, ...]:
    """The booking is confirmed: its reservation has done its work."""
    reservation = _reservation_in_use(records, booking)
    if reservation is None:
        return ()
    change_reservation(records, reservation, replace(reservation, state=ReservationState.USED))
    return (News(what=What.RESERVATION_USED, booking_id=booking.id, subject_id=reservation.id),)


def _comes_back(records: Records, reservation: Reservation, now: datetime) -> bool:
    if reservation.removed_in_use or (reservation.lapses_at is not None and reservation.lapses_at <= now):
        return False
    mini = records.minis.one(reservation.studio_id, reservation.mini_id)
    return mini is not None and mini.state is not MiniState.CANCELLED


def _reservation_in_use(records: Records, booking: Booking) -> Reservation | None:
    if booking.reservation_id is None:
        return None
    reservation = records.reservations.one(booking.studio_id, booking.reservation_id)
    if reservation is None or reservation.booking_id != booking.id:
        return None
    return reservation if reservation.state is ReservationState.IN_USE else None


def own_reservations(records: Records, booking: Booking) -> list[Reservation]:
    """Open reservations that are bound to the booking's client."""
    return [
        one
        for one in records.reservations.of_client(booking.studio_id, booking.client_id)
        if one.state is ReservationState.OPEN and (one.lapses_at is None or one.lapses_at > records.now)
    ]


def _refuse_own_overlap(records: Records, own: list[Reservation], spot: Spot) -> None:
    for reservation in own:
        kept = records.spots.one(reservation.studio_id, reservation.spot_id)
        if kept is not None and kept.id != spot.id and overlaps(kept, spot):
            raise OverlapsOwnReservation
