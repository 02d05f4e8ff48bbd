"""Cancelling what was booked, by the studio at any time and by the client in time; and what was shot is done."""

from datetime import timedelta

import pytest

from core.booking.booking import Reason, State
from core.booking.refusals import BookingChanged, TooLateToCancel
from storage.store import Store
from tests.core.house import House


@pytest.mark.rule("F11")
def test_a_client_cancels_in_time_and_the_spot_is_free(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)

    house.by("ana", lambda desk: desk.cancel(booking.id))

    kept = house.booking(booking)
    assert (kept.state, kept.reason, house.row(spot).taken) == (State.CANCELLED, Reason.BY_CLIENT, 0)
    assert house.waiting()[-1] == "cancelled"


@pytest.mark.rule("F11")
def test_a_client_cancels_until_the_studios_hours_before_the_start(shared: tuple[Store, str]):
    house = House(*shared, {"cancel_until": timedelta(hours=24)})
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)
    before_start = spot.starts - house.look(lambda records: records.now)
    house.wait(before_start - timedelta(hours=24) + timedelta(seconds=1))

    with pytest.raises(TooLateToCancel) as refused:
        house.by("ana", lambda desk: desk.cancel(booking.id))

    assert refused.value.facts == {"hours": 24}
    house.wait(timedelta(minutes=-1))
    house.by("ana", lambda desk: desk.cancel(booking.id))
    assert house.booking(booking).state is State.CANCELLED


def test_the_studio_cancels_at_any_time_before_the_shoot_is_over(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)
    house.wait(spot.starts - house.look(lambda records: records.now))

    house.by_owner(lambda desk: desk.cancel(booking.id))

    kept = house.booking(booking)
    assert (kept.state, kept.reason, house.seats(booking)) == (State.CANCELLED, Reason.BY_STUDIO, [])


def test_nothing_leaves_cancelled(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.confirmed("ana", first)
    house.by_owner(lambda desk: desk.cancel(booking.id))
    cancelled = house.booking(booking)

    for deed in (
        lambda: house.by_owner(lambda desk: desk.cancel(booking.id)),
        lambda: house.by_owner(lambda desk: desk.move(booking.id, second.id)),
        lambda: house.by("ana", lambda desk: desk.take_up(booking.id, first.id)),
        lambda: house.by("ana", lambda desk: desk.cancel(booking.id)),
    ):
        with pytest.raises(BookingChanged):
            deed()

    assert house.booking(booking) == cancelled


def test_a_hold_is_not_cancelled_but_given_up(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(BookingChanged):
        house.by_owner(lambda desk: desk.cancel(booking.id))
    with pytest.raises(BookingChanged):
        house.by("ana", lambda desk: desk.cancel(booking.id))


@pytest.mark.rule("D2")
def test_after_a_booking_from_a_reservation_is_cancelled_the_spot_is_public(house: House):
    spot = house.spots(house.mini())[0]
    reservation = house.reserve(spot)
    booking = house.confirm("ana", house.hold_reserved("ana", reservation))

    house.by_owner(lambda desk: desk.cancel(booking.id))

    assert house.reservation(reservation).state == "used"
    assert house.hold("ben", spot).spot_id == spot.id


def test_what_was_shot_is_done_and_keeps_its_seat(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)
    house.wait(spot.ends - house.look(lambda records: records.now) - timedelta(minutes=1))
    house.tick()
    assert house.booking(booking).state is State.CONFIRMED

    house.wait(timedelta(minutes=1))
    house.tick()

    assert house.booking(booking).state is State.DONE
    assert house.seats(booking) == [spot.id]
    assert [one.id for one in house.by("ana", lambda desk: desk.my_bookings())] == [booking.id]
