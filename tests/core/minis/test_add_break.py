"""C5: a break comes into a saved day, and whoever has a spot keeps it."""

from datetime import time, timedelta

import pytest

from core.booking.booking import Booking, Reservation
from core.minis.add_break import BreakMovesClaimed
from core.minis.mini import Mini, Spot
from core.minis.plan import Break, SameStartHasNoPauses, StartIsPast
from core.minis.publish import MiniChanged
from core.values.moments import local
from storage.store import Store
from tests.builders import CHICAGO, a_class
from tests.core.house import House

QUARTER_TO_ELEVEN = Break(time(10, 45), timedelta(minutes=30))


def add_break(house: House, mini: Mini, pause: Break = QUARTER_TO_ELEVEN) -> tuple[Spot, ...]:
    day = house.look(lambda records: records.minis.days(house.studio.id, mini.id))[0]
    return house.by_owner(lambda desk: desk.add_break(mini.id, day.id, pause))


def times(house: House, mini: Mini) -> str:
    return " ".join(f"{local(spot.starts, CHICAGO):%H:%M}" for spot in house.spots(mini))


@pytest.mark.rule("C5")
def test_free_spots_after_the_break_are_later_and_are_held_at_their_new_time(house: House):
    mini = house.mini()
    claimed = house.confirmed("ana", house.spots(mini)[0])

    moved = add_break(house, mini)

    assert times(house, mini) == "10:15 11:15 11:40 12:05"
    assert [spot.id for spot in moved] == [spot.id for spot in house.spots(mini)[1:]]
    assert house.booking(claimed) == claimed
    assert f"{local(house.hold('ben', house.spots(mini)[1]).snapshot.starts, CHICAGO):%H:%M}" == "11:15"
    assert house.notes().count(("break_added", mini.id)) == 1


@pytest.mark.rule("C5")
@pytest.mark.parametrize("claim", [House.hold, House.confirmed, lambda house, _name, spot: house.reserve(spot)])
def test_a_break_that_would_move_a_claimed_spot_moves_nothing_and_says_which(house: House, claim: object):
    mini = house.mini()
    claimed: Booking | Reservation = claim(house, "ana", house.spots(mini)[2])  # pyright: ignore[reportCallIssue]

    with pytest.raises(BreakMovesClaimed) as refused:
        add_break(house, mini)

    assert refused.value.facts == {"times": ("11:05",)}
    assert times(house, mini) == "10:15 10:40 11:05 11:30"
    assert house.seats(claimed) == [house.spots(mini)[2].id]


@pytest.mark.rule("C5")
def test_a_closed_spot_moves_with_the_others(house: House):
    mini = house.mini()
    second = house.spots(mini)[1]
    house.by_owner(lambda desk: desk.change_spot(second.id, closed=True))

    add_break(house, mini)

    assert f"{local(house.spot(second.id).starts, CHICAGO):%H:%M}" == "11:15"
    assert times(house, mini) == "10:15 11:40 12:05"


@pytest.mark.rule("C2", "C5")
def test_what_has_begun_is_not_moved(house: House):
    mini = house.mini()
    house.wait(house.spots(mini)[1].starts - house.look(lambda records: records.now))

    with pytest.raises(StartIsPast):
        add_break(house, mini)


@pytest.mark.rule("C4", "C5")
def test_a_class_has_no_break(house: House):
    with pytest.raises(SameStartHasNoPauses):
        add_break(house, house.mini("Yoga", days=[a_class()]))


@pytest.mark.rule("A6", "C5")
def test_nobody_breaks_into_another_studios_day(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    mini = other.mini()
    day = other.look(lambda records: records.minis.days(other.studio.id, mini.id))[0]

    with pytest.raises(MiniChanged):
        house.by_owner(lambda desk: desk.add_break(mini.id, day.id, QUARTER_TO_ELEVEN))
