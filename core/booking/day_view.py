"""The spots of a day as the studio sees them: how each stands, and who has it (C9, K1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.booking.booking import LIVE_HOLD, Booking, Reservation, ReservationState
from core.minis.mini import Spot
from core.minis.records import SpotRow
from core.ports import Records


class SpotLook(StrEnum):
    """How a spot stands. One that somebody has looks so when it is past, too."""

    FREE = "free"
    HELD = "held"
    BOOKED = "booked"
    RESERVED = "reserved"
    #: Closed by the photographer, or by a claimed spot that it overlaps (C7).
    CLOSED = "closed"
    #: It has begun, and nobody has it.
    PAST = "past"


#: How a class looks once it is full: as the first of these that one of its people gives it.
_STRONGEST = (SpotLook.BOOKED, SpotLook.HELD, SpotLook.RESERVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotState:
    """A spot and who has it; of a class, how many have it: it looks free as long as a seat is (C4)."""

    spot: Spot
    look: SpotLook
    #: The client's, as far as it is known; of a reservation whom it was filled in for, else its note.
    name: str = ""
    #: Seats.
    taken: int = 0
    booking_id: str | None = None
    reservation_id: str | None = None
    held_until: datetime | None = None
    code: str = ""
    #: The package's title.
    package: str = ""
    #: What a booked client still has to pay, in minor units of the booking's currency.
    due_minor: int = 0
    #: Of a preview, the client's identity of the member who walks it (E1).
    previewed_by: str | None = None
    #: Where a client who is booking stands; only their talk knows.
    step: str = ""


def day_states(records: Records, studio_id: str, mini_id: str, day_id: str | None = None) -> list[SpotState]:
    """Every spot of the day, or of all days, by start; in as many statements however many they are."""
    rows = records.spots.of_mini(studio_id, mini_id, day_id)
    taken = _holders(records, studio_id, mini_id, day_id, [row.spot for row in rows])
    return [_state_of(row, taken[row.spot.id], records.now) for row in rows]


def seat_holders(records: Records, spot: Spot) -> list[SpotState]:
    """Everybody who has a seat of the spot: bookings as they began, then reservations; `taken` is each one's own."""
    return _holders(records, spot.studio_id, spot.mini_id, spot.day_id, [spot])[spot.id]


def without_names(state: SpotState) -> SpotState:
    """What is left for whoever may see numbers and nobody's name (A4)."""
    return SpotState(spot=state.spot, look=state.look, taken=state.taken)


def without_notes(state: SpotState) -> SpotState:
    """The same without a reservation's note, which is for owner and photographers (D1)."""
    return replace(state, name="") if state.reservation_id and not state.booking_id else state


def _holders(
    records: Records, studio_id: str, mini_id: str, day_id: str | None, spots: Sequence[Spot]
) -> Mapping[str, list[SpotState]]:
    """By spot, a state for each who has seats of it."""
    known = {spot.id: spot for spot in spots}
    bookings = records.bookings.seated(studio_id, mini_id, day_id)
    paid = records.payments.kept_in(studio_id, mini_id)
    kept = records.reservations.of_mini(studio_id, mini_id)
    by_spot: dict[str, list[SpotState]] = defaultdict(list)
    for booking in sorted(bookings, key=lambda booking: (booking.began_at, booking.id)):
        if booking.spot_id in known:
            by_spot[booking.spot_id].append(_of_booking(known[booking.spot_id], booking, paid.get(booking.id, 0)))
    for reservation in kept:
        if reservation.state is ReservationState.OPEN and reservation.spot_id in known:
            by_spot[reservation.spot_id].append(_of_reservation(known[reservation.spot_id], reservation))
    return by_spot


def _of_booking(spot: Spot, booking: Booking, paid_minor: int) -> SpotState:
    held = booking.state in LIVE_HOLD
    return SpotState(
        spot=spot,
        look=SpotLook.HELD if held else SpotLook.BOOKED,
        name=booking.contact.name if booking.contact else "",
        taken=booking.places,
        booking_id=booking.id,
        reservation_id=booking.reservation_id,
        held_until=booking.hold_until if held else None,
        previewed_by=booking.client_id if booking.preview else None,
        code=booking.code,
        package=booking.package.title,
        due_minor=0 if held else max(0, booking.price.total.minor - paid_minor),
    )


def _of_reservation(spot: Spot, reservation: Reservation) -> SpotState:
    return SpotState(
        spot=spot, look=SpotLook.RESERVED, name=reservation.meant_for, taken=1, reservation_id=reservation.id
    )


def _state_of(row: SpotRow, holders: Sequence[SpotState], now: datetime) -> SpotState:
    spot = row.spot
    if holders and spot.seats == 1:
        return holders[0]
    past = spot.starts <= now
    taken = sum(one.taken for one in holders)
    if taken and (past or taken >= spot.seats):
        return SpotState(spot=spot, look=next(_looks(holders)), taken=taken)
    closed = spot.closed or row.shut_out
    look = SpotLook.PAST if past else SpotLook.CLOSED if closed else SpotLook.FREE
    return SpotState(spot=spot, look=look, taken=taken)


def _looks(holders: Sequence[SpotState]) -> Iterator[SpotLook]:
    there = {one.look for one in holders}
    return (look for look in _STRONGEST if look in there)
