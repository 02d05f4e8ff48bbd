"""A hold that ended is taken up again: the same booking, its answers kept, everything else as of now."""

from datetime import timedelta

import pytest

from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged, HoldElsewhere, MiniPaused, SpotGone, SpotTaken
from core.minis.mini import Share, Spot
from tests.builders import a_day, a_package, dollars
from tests.core.house import ANA, QUARTER, House


def take_up(house: House, booking: Booking, spot: Spot, name: str = "ana") -> Booking:
    return house.by(name, lambda desk: desk.take_up(booking.id, spot.id))


@pytest.mark.rule("F9")
def test_the_same_booking_is_held_again_with_a_clock_and_an_extension_anew(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    house.by("ana", lambda desk: desk.extend(booking.id))
    house.let_lapse(booking)

    take_up(house, booking, spot)

    kept, now = house.booking(booking), house.look(lambda records: records.now)
    assert (kept.state, kept.attempt, kept.extended, kept.reason, kept.ended_at) == (State.HELD, 2, False, None, None)
    assert timedelta(minutes=14) < kept.hold_until - now <= QUARTER
    assert (kept.contact, kept.code) == (ANA, booking.code)
    assert house.seats(booking) == [spot.id]


@pytest.mark.rule("F9")
def test_a_reminder_that_waited_is_not_sent_once_the_booking_is_taken_up(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.let_lapse(house.hold("ana", spot))

    take_up(house, booking, spot)

    assert [row.state for row in house.outbox() if row.kind == "resume"] == ["superseded"]
    assert house.waiting() == ["hold_lapsed", "hold_warning"]


@pytest.mark.rule("F9", "F2")
def test_a_spot_that_somebody_took_meanwhile_is_refused_and_another_one_taken(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.let_lapse(house.hold("ana", first))
    house.hold("ben", first)

    with pytest.raises(SpotTaken):
        take_up(house, booking, first)
    take_up(house, booking, second)

    assert house.seats(booking) == [second.id]


@pytest.mark.rule("F10")
def test_whoever_holds_another_spot_of_the_mini_cannot_take_up_too(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.let_lapse(house.hold("ana", first))
    house.hold("ana", second)

    with pytest.raises(HoldElsewhere):
        take_up(house, booking, first)

    assert house.row(first).taken == 0


def test_a_booking_is_taken_up_in_its_own_open_mini(house: House):
    first, second, *_ = house.spots(house.mini())
    other = house.spots(house.mini("Winter Minis", days=[a_day(start="15:00")]))[0]
    booking = house.let_lapse(house.hold("ana", first))

    with pytest.raises(SpotGone):
        take_up(house, booking, other)
    house.by_owner(lambda desk: desk.pause(first.mini_id))
    with pytest.raises(MiniPaused):
        take_up(house, booking, second)


def test_only_a_hold_that_ended_is_taken_up(house: House):
    first, second, *_ = house.spots(house.mini())
    held = house.hold("ana", first)
    booked = house.confirmed("ben", second)

    with pytest.raises(BookingChanged):
        take_up(house, held, first)
    with pytest.raises(BookingChanged):
        take_up(house, booked, second, "ben")
    with pytest.raises(BookingChanged):
        take_up(house, held, first, "ben")


@pytest.mark.rule("B10")
def test_taking_up_is_at_the_prices_of_now(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]
    booking = house.let_lapse(house.hold("ana", spot))
    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package("Mini", 200)]))

    take_up(house, booking, spot)

    assert house.booking(booking).price.total == dollars(200)


@pytest.mark.rule("B10")
def test_a_package_that_is_gone_meanwhile_is_taken_up_as_it_was(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]
    booking = house.let_lapse(house.hold("ana", spot))
    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package("Maxi", 300)]))

    take_up(house, booking, spot)

    assert house.booking(booking).price.total == dollars(150)


@pytest.mark.rule("D2")
def test_ones_own_reservation_is_taken_up_with_the_booking(house: House):
    spot = house.spots(house.mini())[0]
    reservation = house.reserve(spot, discount=Share(percent_hundredths=1000))
    booking = house.let_lapse(house.hold_reserved("ana", reservation))

    take_up(house, booking, spot)

    kept = house.reservation(reservation)
    assert (kept.state, kept.booking_id) == ("in_use", booking.id)
    assert (house.seats(booking), house.seats(reservation)) == ([spot.id], [])
    assert house.booking(booking).price.total == dollars(135)


@pytest.mark.rule("C4")
def test_all_places_are_taken_up_or_none(house: House):
    spot = house.class_of(seats=4)
    booking = house.let_lapse(house.hold("ana", spot, places=3))
    ben = house.hold("ben", spot, places=2)

    with pytest.raises(SpotTaken):
        take_up(house, booking, spot)
    house.by("ben", lambda desk: desk.give_up(ben.id))
    take_up(house, booking, spot)

    assert house.seats(booking) == [spot.id] * 3
