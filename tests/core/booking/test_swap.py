"""Another spot of the same mini instead: the clock is kept, the rest is as if it were held anew."""

from datetime import timedelta

import pytest

from core.booking.booking import Booking, ReservationState
from core.booking.refusals import (
    HoldOver,
    OverlapsOwnReservation,
    PackageTooLong,
    SpotGone,
    SpotTaken,
    TooManyPlaces,
)
from core.minis.mini import Share, Spot
from tests.builders import SUNDAY, a_class, a_day, a_package, an_add_on, dollars
from tests.core.house import House, some_day

TEN_PERCENT = Share(percent_hundredths=1000)


def swap(house: House, booking: Booking, spot: Spot, name: str = "ana") -> Booking:
    return house.by(name, lambda desk: desk.swap(booking.id, spot.id))


@pytest.mark.rule("F10", "G2")
def test_a_swap_frees_the_old_spot_and_keeps_the_clock(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.wait(timedelta(minutes=5))

    swap(house, booking, second)

    assert house.booking(booking).hold_until == booking.hold_until
    assert house.seats(booking) == [second.id]
    assert house.row(first).taken == 0
    assert house.booking(booking).snapshot.starts == second.starts


@pytest.mark.rule("F10")
def test_a_swap_to_the_same_spot_changes_nothing(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)

    swap(house, booking, spot)

    assert house.booking(booking) == booking


@pytest.mark.rule("F2")
def test_a_swap_to_a_taken_spot_is_refused_and_keeps_the_old_one(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.hold("ben", second)

    with pytest.raises(SpotTaken):
        swap(house, booking, second)

    assert house.seats(booking) == [first.id]
    assert house.booking(booking) == booking


def test_a_swap_goes_neither_to_another_mini_nor_to_a_spot_that_is_over_or_closed(house: House):
    first, second, *_ = house.spots(house.mini(days=[a_day(), some_day(date=SUNDAY)]))
    other = house.spots(house.mini("Winter Minis", days=[a_day(start="15:00")]))[0]
    booking = house.hold("ana", first)
    house.by_owner(lambda desk: desk.change_spot(second.id, closed=True))

    with pytest.raises(SpotGone):
        swap(house, booking, other)
    with pytest.raises(SpotTaken):
        swap(house, booking, second)
    assert house.seats(booking) == [first.id]


@pytest.mark.rule("G4")
def test_nothing_is_swapped_after_the_end(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.wait(timedelta(minutes=15))

    with pytest.raises(HoldOver):
        swap(house, booking, second)


def test_the_package_and_the_places_must_fit_the_new_spot(house: House):
    long = a_package("Mini", minutes=30)
    spots = house.spots(house.mini(packages=[long], days=[a_class(SUNDAY), a_day()]))
    single, of_class = spots[0], spots[-1]
    booking = house.hold("ana", of_class)

    with pytest.raises(PackageTooLong):
        swap(house, booking, single)
    house.by("ana", lambda desk: desk.set_places(booking.id, 2))
    with pytest.raises(TooManyPlaces):
        swap(house, booking, spots[3])
    assert house.seats(booking) == [of_class.id] * 2


@pytest.mark.rule("B10")
def test_a_choice_that_the_mini_no_longer_offers_keeps_its_price_over_a_swap(house: House):
    mini = house.mini(packages=[a_package("Mini", 150)], add_ons=[an_add_on("Print", 12)])
    first, second, *_ = house.spots(mini)
    booking = house.hold("ana", first, add_ons=(("print", 1),))
    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package("Mini", 200)]))

    swap(house, booking, second)

    assert house.booking(booking).price.total == dollars(162)


def test_a_swap_takes_the_prices_of_now(house: House):
    mini = house.mini()
    first, second, *_ = house.spots(mini)
    booking = house.hold("ana", first)
    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package("Mini", 200)]))

    swap(house, booking, second)

    assert house.booking(booking).price.total == dollars(200)


@pytest.mark.rule("D2")
def test_swapping_away_from_a_reservation_gives_it_back_and_drops_its_discount(house: House):
    first, second, *_ = house.spots(house.mini())
    reservation = house.reserve(first, discount=TEN_PERCENT)
    booking = house.hold_reserved("ana", reservation)
    assert house.booking(booking).price.total == dollars(135)

    swap(house, booking, second)

    kept = house.reservation(reservation)
    assert (kept.state, kept.client_id) == (ReservationState.OPEN, house.client("ana").id)
    assert house.seats(reservation) == [first.id]
    assert house.booking(booking).price.total == dollars(150)


@pytest.mark.rule("D2")
def test_swapping_onto_ones_own_reservation_takes_it_up_with_its_terms(house: House):
    first, second, *_ = house.spots(house.mini())
    reservation = house.reserve(first, discount=TEN_PERCENT)
    booking = house.hold_reserved("ana", reservation)
    swap(house, booking, second)

    swap(house, booking, first)

    kept = house.reservation(reservation)
    assert (kept.state, kept.booking_id) == (ReservationState.IN_USE, booking.id)
    assert (house.seats(booking), house.seats(reservation)) == ([first.id], [])
    assert house.booking(booking).price.total == dollars(135)
    assert house.row(second).taken == 0


@pytest.mark.rule("D2")
def test_nobody_else_swaps_onto_a_reserved_spot(house: House):
    first, second, *_ = house.spots(house.mini())
    house.given_back("ana", first)
    booking = house.hold("ben", second)

    with pytest.raises(SpotTaken):
        swap(house, booking, first, "ben")


@pytest.mark.rule("C7")
def test_a_swap_onto_a_spot_that_overlaps_ones_own_reservation_says_so(house: House):
    overlapping = [a_day(spots=2), some_day(start=a_day(start="10:25").start, spots=1)]
    first, crossing, _ = house.spots(house.mini(days=overlapping))
    elsewhere = house.spots(house.mini("Winter Minis", days=[a_day(SUNDAY)]))[0]
    booking = house.hold_reserved("ana", house.reserve(first))

    with pytest.raises(OverlapsOwnReservation):
        swap(house, booking, crossing)
    assert house.seats(booking) == [first.id]
    assert house.seats(house.hold("ben", elsewhere)) == [elsewhere.id]


@pytest.mark.rule("D3")
def test_a_reservation_removed_in_use_does_not_come_back_after_a_swap(house: House):
    first, second, *_ = house.spots(house.mini())
    reservation = house.reserve(first)
    booking = house.hold_reserved("ana", reservation)
    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))
    assert house.seats(booking) == [first.id]

    swap(house, booking, second)

    assert house.reservation(reservation).state is ReservationState.REMOVED
    assert house.row(first).taken == 0
    assert house.waiting() == ["hold_warning", "reservation_removed"]


@pytest.mark.rule("D4")
def test_a_reservation_whose_own_end_has_come_lapses_with_the_swap(house: House):
    first, second, *_ = house.spots(house.mini())
    now = house.look(lambda records: records.now)
    reservation = house.reserve(first, lapses_at=now + timedelta(minutes=5))
    booking = house.hold_reserved("ana", reservation)
    house.wait(timedelta(minutes=6))
    house.tick()
    assert house.reservation(reservation).state is ReservationState.IN_USE

    swap(house, booking, second)

    assert house.reservation(reservation).state is ReservationState.LAPSED
    assert house.row(first).taken == 0
    assert "reservation_lapsed" in house.waiting()
