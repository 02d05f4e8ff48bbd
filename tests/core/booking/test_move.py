"""The studio moves a booking: the claims are swapped at once, and what was agreed on stays."""

from datetime import timedelta

import pytest

from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged, HoldsInOtherMini, MiniNotOpen, SpotGone, SpotTaken
from core.minis.mini import Mini, Share, Spot
from tests.builders import SUNDAY, a_class, a_day, a_package, dollars
from tests.core.house import QUARTER, House


def move(house: House, booking: Booking, spot: Spot) -> Booking:
    return house.by_owner(lambda desk: desk.move(booking.id, spot.id))


def winter(house: House) -> Mini:
    """Another mini with other prices, on another day."""
    return house.mini("Winter Minis", days=[a_day(SUNDAY)], packages=[a_package("Mini", 300)])


@pytest.mark.rule("K2")
def test_a_moved_booking_has_the_new_seat_and_frees_the_old(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.confirmed("ana", first)

    move(house, booking, second)

    kept = house.booking(booking)
    assert (kept.state, kept.spot_id, kept.sequence) == (State.CONFIRMED, second.id, 1)
    assert (kept.snapshot.starts, kept.snapshot.ends) == (second.starts, second.ends)
    assert (house.seats(booking), house.row(first).taken) == ([second.id], 0)
    assert house.waiting() == ["booked", "moved"]


@pytest.mark.rule("K2")
def test_the_same_spot_is_no_move(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)

    move(house, booking, spot)

    assert "moved" not in house.waiting()
    assert house.booking(booking).sequence == 0


def test_a_hold_that_is_moved_keeps_its_clock(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.wait(timedelta(minutes=4))

    move(house, booking, second)

    kept = house.booking(booking)
    assert (kept.state, kept.hold_until, kept.sequence) == (State.HELD, booking.hold_until, 0)
    assert house.seats(booking) == [second.id]


@pytest.mark.rule("K2")
def test_moving_to_another_mini_keeps_price_and_package(house: House):
    booking = house.confirmed("ana", house.spots(house.mini())[0])
    there = house.spots(winter(house))[0]

    move(house, booking, there)

    kept = house.booking(booking)
    assert (kept.mini_id, kept.snapshot.title, kept.price.total) == (there.mini_id, "Winter Minis", dollars(150))
    assert house.seats(booking) == [there.id]


@pytest.mark.rule("F10")
@pytest.mark.parametrize("confirmed", [True, False])
def test_nothing_moves_into_a_mini_in_which_its_client_holds_a_spot(house: House, confirmed: bool):
    first = house.spots(house.mini())[0]
    held, free, *_ = house.spots(winter(house))
    booking = house.confirmed("ana", first) if confirmed else house.hold("ana", first)
    house.hold("ana", held)

    with pytest.raises(HoldsInOtherMini):
        move(house, booking, free)

    assert house.seats(booking) == [first.id]


@pytest.mark.rule("E1", "K2")
def test_a_preview_there_keeps_nobody_from_being_moved(house: House):
    booking = house.confirmed("luna", house.spots(house.mini())[0])
    there = winter(house)
    walked, free, *_ = house.spots(there)
    link = house.by_owner(lambda desk: desk.preview_link(there))
    house.by("luna", lambda desk: desk.preview_behind(link))
    assert house.hold("luna", walked, preview=True).preview

    move(house, booking, free)

    assert house.seats(booking) == [free.id]


def test_a_move_is_refused_where_the_spot_is_not_to_be_had(house: House):
    first, taken, closed, past = house.spots(house.mini())
    booking = house.confirmed("ana", first)
    house.hold("ben", taken)
    house.by_owner(lambda desk: desk.change_spot(closed.id, closed=True))
    off = winter(house)
    there = house.spots(off)[0]
    house.by_owner(lambda desk: desk.cancel_mini(off.id))

    for spot, refusal in ((taken, SpotTaken), (closed, SpotTaken), (there, MiniNotOpen)):
        with pytest.raises(refusal):
            move(house, booking, spot)
    house.wait(past.starts - house.look(lambda records: records.now))
    with pytest.raises(SpotGone):
        move(house, booking, past)
    assert house.seats(booking) == [first.id]


def test_a_hold_that_is_over_is_not_moved(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.wait(QUARTER)

    with pytest.raises(BookingChanged):
        move(house, booking, second)


@pytest.mark.rule("D2")
def test_a_confirmed_booking_moved_onto_its_clients_reservation_uses_it_up(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.confirmed("ana", first)
    reservation = house.given_back("ana", second)

    move(house, booking, second)

    kept = house.reservation(reservation)
    assert (kept.state, kept.booking_id) == ("used", booking.id)
    assert (house.seats(booking), house.seats(reservation)) == ([second.id], [])
    house.by_owner(lambda desk: desk.cancel(booking.id))
    assert house.row(second).taken == 0


@pytest.mark.rule("D2")
def test_a_hold_moved_off_its_reservation_gives_it_back_at_the_price_agreed_on(house: House):
    first, second, *_ = house.spots(house.mini())
    reservation = house.reserve(first, discount=Share(percent_hundredths=1000))
    booking = house.hold_reserved("ana", reservation)

    move(house, booking, second)

    assert (house.reservation(reservation).state, house.seats(reservation)) == ("open", [first.id])
    assert (house.booking(booking).price.total, house.seats(booking)) == (dollars(135), [second.id])


@pytest.mark.rule("K2")
def test_a_class_booking_moves_with_all_its_places_or_not_at_all(house: House):
    one, other = house.spots(house.mini(days=[a_class(seats=4), a_class(SUNDAY, seats=4)]))
    booking = house.confirmed("ana", one, places=3)
    ben = house.hold("ben", other, places=2)

    with pytest.raises(SpotTaken):
        move(house, booking, other)
    assert house.seats(booking) == [one.id] * 3
    house.by("ben", lambda desk: desk.give_up(ben.id))
    move(house, booking, other)
    assert house.seats(booking) == [other.id] * 3
