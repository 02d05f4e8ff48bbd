"""Booked for good: with somebody to reach, nothing left to pay now, and in time."""

from dataclasses import replace

import pytest

from core.booking.booking import State
from core.booking.refusals import BookingChanged, ContactMissing, HoldOver, PaymentNeeded
from core.minis.mini import PaidBy
from storage.store import Store
from tests.builders import a_package
from tests.core.house import ANA, QUARTER, House


@pytest.mark.rule("F6", "F7")
def test_a_booking_is_confirmed_and_keeps_its_seat(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.confirmed("ana", spot)

    house.wait(QUARTER)
    house.tick()

    assert house.booking(booking).state is State.CONFIRMED
    assert house.seats(booking) == [spot.id]
    row = house.row(spot)
    assert (row.taken, row.held) == (1, 0)


@pytest.mark.rule("F6")
def test_a_confirmed_booking_is_said_and_its_warning_is_not(house: House):
    house.confirmed("ana", house.spots(house.mini())[0])

    assert [(row.kind, row.state) for row in house.outbox() if row.client] == [
        ("hold_warning", "superseded"),
        ("booked", "ready"),
    ]


@pytest.mark.rule("F3")
def test_nothing_is_booked_for_nobody(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(ContactMissing):
        house.by("ana", lambda desk: desk.confirm(booking.id))

    assert house.booking(booking).state is State.HELD


@pytest.mark.rule("F3")
def test_a_studio_that_requires_a_phone_books_with_one_only(shared: tuple[Store, str]):
    house = House(*shared, {"phone_required": True})
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(ContactMissing):
        house.confirm("ana", booking)
    house.by("ana", lambda desk: desk.keep_contact(booking.id, replace(ANA, phone="+13125550188")))
    house.by("ana", lambda desk: desk.confirm(booking.id))

    assert house.booking(booking).state is State.CONFIRMED


@pytest.mark.rule("F3")
def test_a_contact_is_known_the_next_time(house: House):
    first, second, *_ = house.spots(house.mini())
    house.confirmed("ana", first)

    known = house.look(lambda records: records.clients.one(house.studio.id, house.client("ana").id))

    assert known is not None
    assert known.contact == ANA
    assert house.booking(house.hold("ana", second)).contact is None


@pytest.mark.rule("G4")
def test_nothing_is_booked_after_the_end(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    house.wait(QUARTER)

    with pytest.raises(HoldOver):
        house.by("ana", lambda desk: desk.confirm(booking.id))


@pytest.mark.rule("H2")
def test_what_is_paid_online_is_not_booked_without_paying(house: House):
    online = replace(a_package(), paid_by=PaidBy.FULL)
    booking = house.hold("ana", house.spots(house.mini(packages=[online]))[0])

    with pytest.raises(PaymentNeeded):
        house.confirm("ana", booking)


@pytest.mark.rule("D1")
def test_a_reservations_pay_outside_is_for_that_booking_alone(house: House):
    online = replace(a_package(), paid_by=PaidBy.FULL)
    first, second, *_ = house.spots(house.mini(packages=[online]))
    reservation = house.reserve(first, outside=True)

    booking = house.confirm("ana", house.hold_reserved("ana", reservation))

    assert house.booking(booking).state is State.CONFIRMED
    assert house.reservation(reservation).state == "used"
    assert house.hold("ben", second).price.due_now


@pytest.mark.rule("F10")
def test_after_a_booking_the_client_may_hold_another_spot_of_the_mini(house: House):
    first, second, *_ = house.spots(house.mini())
    booked = house.confirmed("ana", first)

    another = house.hold("ana", second)

    assert (house.seats(booked), house.seats(another)) == ([first.id], [second.id])
    with pytest.raises(BookingChanged):
        house.by("ana", lambda desk: desk.give_up(booked.id))
