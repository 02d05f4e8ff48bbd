"""A hold: how a booking begins, changes its time, and is taken up again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.booking.booking import (
    EXTENSION,
    HOLD,
    LIVE_HOLD,
    Booking,
    Owner,
    Reservation,
    ReservationState,
    Snapshot,
    State,
)
from core.booking.offered import check_fits, offered, snapshot_anew, snapshot_of, with_reservation
from core.booking.refusals import (
    BookingChanged,
    CoolingDown,
    ExtensionUsed,
    HoldOver,
    MiniNotOpen,
    MiniPaused,
    PageClosing,
    PageOpen,
    PaymentPending,
    ReservationGone,
    SpotGone,
    SpotTaken,
    TooManyPlaces,
)
from core.booking.seats import (
    Seated,
    give_back_seats,
    take_new_seats,
    take_seats,
    use_reservation,
)
from core.booking.told import Told, told
from core.minis.mini import MiniState
from core.minis.plan import fits
from core.minis.records import SpotOffer
from core.ports import Records
from core.values.news import News, What
from core.values.refusals import Overtaken

LAPSES_COUNTED = timedelta(hours=1)  # F10
COOL_DOWN = timedelta(minutes=15)  # F10
CODE_DIGITS = 4
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a client wants to hold."""

    #: The spot must be this mini's, whatever a forged button says.
    mini_id: str
    spot_id: str
    package_id: str
    add_ons: tuple[tuple[str, int], ...] = ()
    places: int = 1
    #: A member walks the real steps; nothing is paid and nothing is confirmed (E1).
    preview: bool = False


def hold_spot(records: Records, studio_id: str, client_id: str, wish: Wish) -> Told:
    """Keep a spot from the public list for 15 minutes (G1).

    Raises:
        SpotTaken, SpotGone: somebody was faster, or the spot is no longer offered.
        MiniNotOpen, MiniPaused, CoolingDown, HoldElsewhere: the client cannot hold here now.
        PackageGone, PackageTooLong, TooManyPlaces: the wish does not fit the spot.
        AddOnGone, TooManyAddOns: the add-ons are not on the price list.
    """
    offer = offered(records, studio_id, wish.spot_id, client_id)
    _check_free_to_hold(records, offer, wish)
    if offer.taken + wish.places > offer.spot.seats:  # full already: in a rush, most who come need write nothing
        raise SpotTaken
    booking = _begin(records, client_id, offer, wish)
    take_new_seats(records, booking, offer.spot, offer.studio, booking.places)
    return told(booking, What.HELD, until=booking.hold_until.isoformat(), starts=offer.spot.starts.isoformat())


def hold_reserved(records: Records, studio_id: str, client_id: str, reservation_id: str, wish: Wish) -> Told:
    """Keep the spot that a reservation offers. It binds to the client with this, not before (DECISIONS 4).

    The wish's spot is the reservation's own, and so is the package that was filled in, as long as it can be had. A
    contact that was filled in is the booking's, if it says all that a client is asked (D5); it goes with the hold
    unless the client keeps it, signs with it, or goes on to pay or to confirm.
    Raises ReservationGone, and what `hold_spot` raises.
    """
    reservation = open_reservation(records, studio_id, client_id, reservation_id)
    offer = offered(records, studio_id, reservation.spot_id, client_id)
    package_id = _package_of(reservation, offer) or wish.package_id
    wish = replace(wish, spot_id=reservation.spot_id, package_id=package_id)
    _check_free_to_hold(records, offer, wish, reserved=True)
    booking = _begin(records, client_id, offer, wish, reservation)
    records.claims.reown(studio_id, Owner.reservation(reservation.id), Owner.booking(booking.id))
    if wish.places > 1:
        take_new_seats(records, booking, offer.spot, offer.studio, wish.places - 1)
    use_reservation(records, reservation, booking)
    taken = News(what=What.RESERVATION_TAKEN, booking_id=booking.id, subject_id=reservation.id)
    starts = offer.spot.starts.isoformat()
    return told(booking, What.HELD, taken, until=booking.hold_until.isoformat(), starts=starts)


def open_reservation(records: Records, studio_id: str, client_id: str, reservation_id: str) -> Reservation:
    """The reservation, if this client may take it now. Raises ReservationGone."""
    reservation = records.reservations.one(studio_id, reservation_id)
    if reservation is None or reservation.state is not ReservationState.OPEN:
        raise ReservationGone
    if reservation.client_id not in {None, client_id}:
        raise ReservationGone
    if reservation.lapses_at is not None and reservation.lapses_at <= records.now:
        raise ReservationGone
    return reservation


def swap_spot(records: Records, booking: Booking, spot_id: str) -> Told:
    """Hold another spot of the same mini instead; the clock is kept (F10). The same spot again changes nothing.

    Raises HoldOver, OverlapsOwnReservation, and what the new spot may raise in `hold_spot`.
    """
    check_live(records, booking)
    if spot_id == booking.spot_id:
        return Told(booking)
    offer = offered(records, booking.studio_id, spot_id, booking.client_id)
    if offer.mini.id != booking.mini_id or offer.spot.starts <= records.now:
        raise SpotGone
    if offer.spot.closed:
        raise SpotTaken
    elsewhere = replace(booking, spot_id=spot_id, snapshot=snapshot_anew(booking, offer), reservation_id=None)
    check_fits(elsewhere.snapshot, elsewhere.package_id, offer, booking.places)
    returned = give_back_seats(records, booking)
    seated = take_seats(records, elsewhere, offer.spot, offer.studio, booking.places)
    if seated.reservation:
        elsewhere = with_reservation(elsewhere, seated.reservation)
    swapped = change(records, booking, elsewhere)
    starts = offer.spot.starts.isoformat()
    return told(swapped, What.SWAPPED, *returned, *seated.news, starts=starts)


def set_places(records: Records, booking: Booking, places: int) -> Told:
    """Hold more or fewer seats of the same spot, all or none (C4). As many as before changes nothing.

    Raises HoldOver, TooManyPlaces, and what taking the missing seats may raise.
    """
    check_live(records, booking)
    if not 1 <= places <= booking.snapshot.places_limit:
        raise TooManyPlaces(most=booking.snapshot.places_limit)
    if places == booking.places:
        return Told(booking)
    anew = replace(booking, places=places)
    seated = Seated()
    if places > booking.places:
        offer = offered(records, booking.studio_id, booking.spot_id, booking.client_id)
        seated = take_seats(records, booking, offer.spot, offer.studio, places - booking.places)
    else:
        records.claims.release(booking.studio_id, Owner.booking(booking.id), booking.places - places)
    if seated.reservation:
        anew = with_reservation(anew, seated.reservation)
    return told(change(records, booking, anew), What.PLACES_CHANGED, *seated.news, places=places)


def extend_hold(records: Records, booking: Booking) -> Told:
    """Hold 15 minutes longer, once (G3), a payment page open or not.

    Raises ExtensionUsed with the minutes left, HoldOver after the end, and PageClosing.
    """
    check_running(records, booking)
    if booking.extended:
        raise ExtensionUsed(minutes=minutes_left(booking, records.now))
    extended = change(records, booking, longer(booking))
    return told(extended, What.EXTENDED, until=extended.hold_until.isoformat())


def longer(booking: Booking) -> Booking:
    """The booking with its one extension."""
    return replace(booking, extended=True, hold_until=booking.hold_until + EXTENSION)


def take_up(records: Records, booking: Booking, spot_id: str) -> Told:
    """Hold again for a booking whose hold ended: a new snapshot, the answers kept (F9). A preview that ended is over.

    Raises BookingChanged, PaymentPending, OverlapsOwnReservation, and what `hold_spot` raises.
    """
    if booking.state is not State.EXPIRED or booking.preview:
        raise BookingChanged
    if records.payments.pending(booking.studio_id, booking.id):
        raise PaymentPending
    offer = offered(records, booking.studio_id, spot_id, booking.client_id)
    again = replace(booking, spot_id=spot_id, snapshot=snapshot_anew(booking, offer), reservation_id=None)
    wish = Wish(
        mini_id=booking.mini_id,
        spot_id=spot_id,
        package_id=again.package_id,
        places=again.places,
    )
    _check_free_to_hold(records, offer, wish, prices=again.snapshot)
    seated = take_seats(records, again, offer.spot, offer.studio, booking.places)
    if seated.reservation:
        again = _reserved(again, seated.reservation, offer)
    held = change(
        records,
        booking,
        replace(
            again,
            state=State.HELD,
            hold_until=records.now + HOLD,
            extended=False,
            reason=None,
            ended_at=None,
            attempt=booking.attempt + 1,
        ),
    )
    starts = offer.spot.starts.isoformat()
    return told(held, What.TAKEN_UP, *seated.news, until=held.hold_until.isoformat(), starts=starts)


# -- shared with the other deeds of a booking --


def check_live(records: Records, booking: Booking) -> None:
    """Raise unless the booking is held and its time has not run out: HoldOver, PageOpen, PageClosing."""
    check_running(records, booking)
    if booking.state is State.PAYING:
        raise PageOpen


def check_running(records: Records, booking: Booking) -> None:
    """Raise unless the hold's time runs, a payment page open or not: HoldOver, PageClosing."""
    if booking.state not in LIVE_HOLD or booking.hold_until <= records.now:
        raise HoldOver
    if booking.state is State.RELEASING:
        raise PageClosing


def change(records: Records, old: Booking, new: Booking) -> Booking:
    """Write the booking, if it is still as it was read. Raises Overtaken."""
    changed = records.bookings.change(old, new)
    if changed is None:
        raise Overtaken
    return changed


def minutes_left(booking: Booking, now: datetime) -> int:
    """Minutes until the hold's end, to the nearest: one at least while it runs, and none when it is over."""
    left = booking.hold_until - now
    return max(1, (left + _MINUTE / 2) // _MINUTE) if left > timedelta(0) else 0


# -- private --


def _check_open(offer: SpotOffer, *, preview: bool) -> None:
    if preview:
        return
    if offer.mini.state not in {MiniState.PUBLISHED, MiniState.UNPUBLISHED}:
        raise MiniNotOpen(title=offer.mini.title)
    if offer.mini.paused:
        raise MiniPaused(title=offer.mini.title)


def _check_free_to_hold(
    records: Records,
    offer: SpotOffer,
    wish: Wish,
    *,
    prices: Snapshot | None = None,
    reserved: bool = False,
) -> None:
    """All that must hold before a hold begins. Seats, and the one hold a client has, are the indexes' to judge."""
    now = records.now
    if offer.mini.id != wish.mini_id or offer.spot.starts <= now:
        raise SpotGone
    _check_open(offer, preview=wish.preview)
    if offer.spot.closed and not reserved:
        raise SpotTaken
    if not wish.preview:
        _check_cool_down(offer, now)
    check_fits(prices or snapshot_of(offer), wish.package_id, offer, wish.places)


def _check_cool_down(offer: SpotOffer, now: datetime) -> None:
    """The pause lasts from the third lapse on, even when the first is an hour ago by then."""
    if offer.last_lapse is None or offer.third_last_lapse is None:
        return
    over = offer.last_lapse + COOL_DOWN
    if offer.last_lapse - offer.third_last_lapse <= LAPSES_COUNTED and now < over:
        raise CoolingDown(minutes=-((now - over) // _MINUTE))


def _package_of(reservation: Reservation, offer: SpotOffer) -> str | None:
    """The package that was filled in, if the mini still has it and the spot has room for it."""
    package = offer.mini.package(reservation.package_id) if reservation.package_id else None
    return package.id if package and fits(package.length, offer.spot, offer.next_start) else None


def _reserved(booking: Booking, reservation: Reservation, offer: SpotOffer) -> Booking:
    """The booking with what the reservation says: its terms, and a whole contact where the client gave none (D5)."""
    booking, known = with_reservation(booking, reservation), reservation.contact
    if booking.contact or known is None or not known.is_complete(phone_required=offer.studio.phone_required):
        return booking
    return replace(booking, contact=known, filled_in=True)


def _begin(
    records: Records, client_id: str, offer: SpotOffer, wish: Wish, reservation: Reservation | None = None
) -> Booking:
    """Insert the booking's row with a code nobody has."""
    now = records.now
    booking = Booking(
        id=records.new_id(),
        studio_id=offer.studio.id,
        mini_id=offer.mini.id,
        client_id=client_id,
        spot_id=offer.spot.id,
        code=records.new_code(offer.studio.code_prefix, CODE_DIGITS),
        state=State.HELD,
        snapshot=snapshot_of(offer),
        package_id=wish.package_id,
        began_at=now,
        hold_until=now + HOLD,
        preview=wish.preview,
        add_ons=wish.add_ons,
        places=wish.places,
    )
    if reservation:
        booking = _reserved(booking, reservation, offer)
    if booking.add_ons:
        _ = booking.price  # refuses add-ons that are not on the list
    digits = CODE_DIGITS
    while not records.bookings.add(booking):
        digits += 1
        booking = replace(booking, code=records.new_code(offer.studio.code_prefix, digits))
    return booking
