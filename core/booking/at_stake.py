"""What hangs on a mini that is about to be called off, so that nobody does it without knowing."""

from dataclasses import dataclass

from core.booking.booking import LIVE_HOLD, ReservationState, State
from core.ports import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStake:
    #: Confirmed; they stay.
    bookings: int
    #: People who are booking just now; their holds end.
    holds: int
    #: Open ones, which are removed.
    reservations: int


def at_stake(records: Records, studio_id: str, mini_id: str) -> AtStake:
    """Counted as things stand; previews apart."""
    bookings = [one for one in records.bookings.seated(studio_id, mini_id, None) if not one.preview]
    kept = records.reservations.of_mini(studio_id, mini_id)
    return AtStake(
        bookings=sum(one.state is State.CONFIRMED for one in bookings),
        holds=sum(one.state in LIVE_HOLD for one in bookings),
        reservations=sum(one.state is ReservationState.OPEN for one in kept),
    )
