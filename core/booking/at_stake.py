"""What hangs on a mini that is about to be called off or put away, so that nobody does it without knowing."""

from dataclasses import asdict, dataclass

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
    #: Confirmed, and not over yet; they stay.
    bookings: int = 0
    #: People who are booking just now; their holds end.
    holds: int = 0
    #: Open ones of spots ahead, which are removed.
    reservations: int = 0


def at_stake(records: Records, studio_id: str, mini_id: str) -> AtStake:
    """What people have of the mini that is ahead, counted as things stand; previews apart."""
    now = records.now
    bookings = [one for one in records.bookings.seated(studio_id, mini_id, None) if not one.preview]
    ahead = {row.spot.id for row in records.spots.of_mini(studio_id, mini_id) if row.spot.starts > now}
    kept = records.reservations.of_mini(studio_id, mini_id)
    return AtStake(
        bookings=sum(one.state is State.CONFIRMED and one.snapshot.ends > now for one in bookings),
        holds=sum(one.state in LIVE_HOLD for one in bookings),
        reservations=sum(one.state is ReservationState.OPEN and one.spot_id in ahead for one in kept),
    )


def check_finished(records: Records, mini: Mini) -> None:
    """Raise MiniNotFinished while anything is at stake."""
    stake = at_stake(records, mini.studio_id, mini.id)
    if stake != AtStake():
        raise MiniNotFinished(title=mini.title, **asdict(stake))
