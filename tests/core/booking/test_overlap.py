"""One photographer is at one place at a time: a claimed spot closes what overlaps it, in whatever mini."""

import pytest

from core.booking.booking import Booking
from core.booking.refusals import SpotTaken
from core.minis.mini import Spot
from storage.store import Store
from tests.builders import a_class, a_day
from tests.core.house import House, at_once


def two_minis(house: House) -> tuple[Spot, Spot]:
    """A spot at 10:15 of twenty minutes, and one at 10:20 of another mini."""
    fall = house.spots(house.mini(days=[a_day(spots=1)]))[0]
    winter = house.spots(house.mini("Winter Minis", days=[a_day(start="10:20", spots=1)]))[0]
    return fall, winter


@pytest.mark.rule("C7")
def test_a_held_spot_closes_the_free_ones_that_overlap_it(house: House):
    fall, winter = two_minis(house)
    booking = house.hold("ana", fall)

    assert house.row(winter).shut_out
    with pytest.raises(SpotTaken):
        house.hold("ben", winter)

    house.by("ana", lambda desk: desk.give_up(booking.id))
    assert not house.row(winter).shut_out
    assert house.seats(house.hold("ben", winter)) == [winter.id]


@pytest.mark.rule("C7")
def test_a_reserved_spot_closes_them_as_well(house: House):
    fall, winter = two_minis(house)
    house.reserve(fall)

    with pytest.raises(SpotTaken):
        house.hold("ben", winter)
    with pytest.raises(SpotTaken):
        house.reserve(winter)


@pytest.mark.rule("C7")
def test_of_two_spots_that_overlap_one_is_held_at_once(house: House):
    fall, winter = two_minis(house)
    house.client("ana")
    house.client("ben")

    outcomes = at_once(lambda: house.hold("ana", fall), lambda: house.hold("ben", winter))

    assert {type(one) for one in outcomes} == {Booking, SpotTaken}


@pytest.mark.rule("C7")
def test_several_people_may_shoot_at_once_where_the_studio_says_so(shared: tuple[Store, str]):
    house = House(*shared, {"several_shooters": True})
    fall, winter = two_minis(house)
    house.hold("ana", fall)

    assert not house.row(winter).shut_out
    assert house.seats(house.hold("ben", winter)) == [winter.id]


@pytest.mark.rule("C7", "C4")
def test_the_seats_of_a_class_do_not_close_each_other(house: House):
    spot = house.spots(house.mini(days=[a_class(seats=3)]))[0]

    for name in ("ana", "ben", "cleo"):
        house.hold(name, spot)

    assert house.row(spot).taken == 3


@pytest.mark.rule("C7", "A6")
def test_two_studios_do_not_close_each_others_spots(house: House, shared: tuple[Store, str]):
    other = House(*shared)

    mine, theirs = house.spots(house.mini())[0], other.spots(other.mini())[0]

    assert house.hold("ana", mine).state == other.hold("ana", theirs).state == "held"


@pytest.mark.rule("C7")
def test_a_swap_may_go_to_a_spot_that_overlaps_the_one_it_leaves(house: House):
    first, second = house.spots(house.mini(days=[a_day(spots=1), a_day(start="10:20", spots=1)]))
    booking = house.hold("ana", first)

    house.by("ana", lambda desk: desk.swap(booking.id, second.id))

    assert house.seats(booking) == [second.id]
