"""What hangs on a mini that is about to be called off or put away, so that nobody does it without knowing."""

from dataclasses import dataclass

from core.booking.booking import LIVE_HOLD, ReservationState, State
from core.minis.mini import Mini
from core.ports import Records
from core.values.refusals import Refusal


class MiniNotFinished(Refusal):
    """A mini is put away once nothing that people have of it is ahead (B8).

    Facts: title; bookings, holds and reservations, how many there are.
    """


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


def check_finished(records: Records, mini: Mini) -> None:
    """Raise MiniNotFinished while a shoot, a hold or a reserved spot of it is ahead; previews apart."""
    seated = [one for one in records.bookings.seated(mini.studio_id, mini.id, None) if not one.preview]
    bookings = sum(one.state is State.CONFIRMED and one.snapshot.ends > records.now for one in seated)
    holds = sum(one.state in LIVE_HOLD for one in seated)
    ahead = {row.spot.id for row in records.spots.of_mini(mini.studio_id, mini.id) if row.spot.starts > records.now}
    kept = records.reservations.of_mini(mini.studio_id, mini.id)
    reservations = sum(one.state is ReservationState.OPEN and one.spot_id in ahead for one in kept)
    if bookings or holds or reservations:
        raise MiniNotFinished(title=mini.title, bookings=bookings, holds=holds, reservations=reservations)
