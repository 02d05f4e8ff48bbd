"""Places of a class: one booking may have several seats of the one spot, all or none."""

import pytest

from core.booking.booking import Booking, ReservationState
from core.booking.refusals import HoldOver, SpotTaken, TooManyPlaces
from core.booking.reserve import Terms
from core.minis.mini import Share
from tests.builders import dollars
from tests.core.house import QUARTER, House


def set_places(house: House, booking: Booking, places: int, name: str = "ana") -> Booking:
    return house.by(name, lambda desk: desk.set_places(booking.id, places))


@pytest.mark.rule("C4")
def test_each_place_takes_a_seat_and_costs_its_price(house: House):
    spot = house.class_of(seats=10)

    booking = house.hold("ana", spot, places=3)

    assert house.seats(booking) == [spot.id] * 3
    assert house.row(spot).taken == 3
    assert house.booking(booking).price.total == dollars(450)


@pytest.mark.rule("C4")
def test_a_booking_takes_places_up_to_the_limit(house: House):
    spot = house.class_of(seats=10)

    with pytest.raises(TooManyPlaces) as refused:
        house.hold("ana", spot, places=5)
    booking = house.hold("ana", spot, places=4)

    assert refused.value.facts == {"most": 4}
    with pytest.raises(TooManyPlaces):
        set_places(house, booking, 5)
    with pytest.raises(TooManyPlaces):
        set_places(house, booking, 0)
    assert house.row(spot).taken == 4


@pytest.mark.rule("C4")
def test_a_single_spot_has_one_place(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(TooManyPlaces) as refused:
        set_places(house, booking, 2)

    assert refused.value.facts == {"most": 1}


@pytest.mark.rule("C4")
def test_too_few_seats_for_all_places_take_none(house: House):
    spot = house.class_of(seats=4)
    house.hold("ben", spot, places=2)

    with pytest.raises(SpotTaken):
        house.hold("ana", spot, places=3)
    booking = house.hold("ana", spot)
    with pytest.raises(SpotTaken):
        set_places(house, booking, 3)

    assert house.seats(booking) == [spot.id]
    assert house.booking(booking).places == 1


@pytest.mark.rule("C4")
def test_more_and_fewer_places_take_and_give_back_seats(house: House):
    spot = house.class_of(seats=4)
    booking = house.hold("ana", spot, places=2)

    set_places(house, booking, 4)
    assert house.row(spot).taken == 4
    set_places(house, booking, 1)
    assert house.row(spot).taken == 1
    assert house.booking(booking).price.total == dollars(150)


def test_as_many_places_as_before_change_nothing(house: House):
    booking = house.hold("ana", house.class_of(), places=2)

    set_places(house, booking, 2)

    assert house.booking(booking) == booking


@pytest.mark.rule("G4")
def test_places_are_not_changed_after_the_end(house: House):
    booking = house.hold("ana", house.class_of())
    house.wait(QUARTER)

    with pytest.raises(HoldOver):
        set_places(house, booking, 2)


@pytest.mark.rule("D2")
def test_fewer_places_give_up_the_reserved_seat_last(house: House):
    spot = house.class_of(seats=4)
    house.hold("ben", spot)
    reservation = house.reserve(spot)
    booking = house.hold_reserved("ana", reservation, places=3)

    set_places(house, booking, 1)

    assert house.reservation(reservation).state is ReservationState.IN_USE
    assert house.row(spot).taken == 2
    house.by("ana", lambda desk: desk.give_up(booking.id))
    assert house.seats(reservation) == [spot.id]
    assert house.row(spot).taken == 2


@pytest.mark.rule("D2")
def test_the_seats_beside_the_reserved_one_go_back_to_the_list(house: House):
    spot = house.class_of(seats=4)
    reservation = house.reserve(spot)
    booking = house.hold_reserved("ana", reservation, places=3)

    house.by("ana", lambda desk: desk.give_up(booking.id))

    assert house.reservation(reservation).state is ReservationState.OPEN
    assert house.row(spot).taken == 1


@pytest.mark.rule("D2")
def test_one_more_place_may_be_the_seat_of_ones_own_reservation(house: House):
    spot = house.class_of(seats=2)
    reservation = house.given_back("ana", spot)
    terms = Terms(discount=Share(percent_hundredths=1000))
    house.by_owner(lambda desk: desk.change_reservation(reservation.id, terms))
    booking = house.hold("ana", spot)

    set_places(house, booking, 2)

    kept = house.reservation(reservation)
    assert (kept.state, kept.booking_id) == (ReservationState.IN_USE, booking.id)
    assert (house.seats(booking), house.seats(reservation)) == ([spot.id] * 2, [])
    assert house.booking(booking).price.discount == dollars(30)
