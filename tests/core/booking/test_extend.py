"""A hold ends when it says: only its one extension moves the end."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.booking.booking import Booking
from core.booking.hold import extend_hold, minutes_left
from core.booking.refusals import ExtensionUsed, HoldOver
from core.client_desk import ClientDesk
from core.minis.mini import Spot
from core.ports import Records
from core.values.refusals import Refusal
from tests.builders import SATURDAY, a_day, an_add_on
from tests.core.house import ANA, QUARTER, House, at_once, wish_for

MINUTE = timedelta(minutes=1)


def extend(house: House, booking: Booking) -> Booking:
    name = booking.client_id.removeprefix(f"{house.studio.id}-")
    return house.by(name, lambda desk: desk.extend(booking.id))


@pytest.mark.rule("G3")
def test_an_extension_adds_fifteen_minutes_to_the_end(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    house.wait(12 * MINUTE)

    extend(house, booking)

    assert house.booking(booking).hold_until == booking.hold_until + QUARTER
    assert house.booking(booking).extended


@pytest.mark.rule("G3")
def test_a_hold_is_extended_once(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    extend(house, booking)
    house.wait(10 * MINUTE)

    with pytest.raises(ExtensionUsed) as refused:
        extend(house, booking)

    assert refused.value.facts == {"minutes": 20}
    assert house.booking(booking).hold_until == booking.hold_until + QUARTER


@pytest.mark.rule("G3", "G4")
def test_an_extension_is_in_time_to_the_last_microsecond_and_then_too_late(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    def in_its_last_moment(left: timedelta) -> Callable[[Records], Booking]:
        def deed(records: Records) -> Booking:
            ending = records.bookings.change(booking, replace(booking, hold_until=records.now + left))
            assert ending is not None
            return extend_hold(records, ending).booking

        return deed

    with pytest.raises(HoldOver):
        house.store.do(in_its_last_moment(timedelta(0)))
    assert house.store.do(in_its_last_moment(timedelta(microseconds=1))).extended


@pytest.mark.rule("G3")
@pytest.mark.parametrize("taps", [12, pytest.param(1000, marks=pytest.mark.full)])
def test_of_many_extensions_at_once_one_wins_and_the_others_hear_why(house: House, taps: int):
    booking = house.hold("ana", house.spots(house.mini())[0])

    outcomes = at_once(*[lambda: extend(house, booking)] * taps)

    assert sum(isinstance(one, Booking) for one in outcomes) == 1
    assert {type(one) for one in outcomes} == {Booking, ExtensionUsed}
    assert house.booking(booking).hold_until == booking.hold_until + QUARTER


@pytest.mark.rule("G3", "G4")
def test_in_the_last_instant_either_the_extension_or_the_end_wins(house: House):
    for spot in house.spots(house.mini()):
        booking = house.hold(spot.id, spot)
        left = booking.hold_until - house.look(lambda records: records.now)
        house.wait(left - timedelta(milliseconds=5))

        extended, _ = at_once(lambda one=booking: extend(house, one), house.tick)
        house.tick()

        kept = house.booking(booking)
        seats = [spot.id] if isinstance(extended, Booking) else []
        assert isinstance(extended, Booking | HoldOver)
        assert (kept.state, house.seats(booking)) == ("held" if seats else "expired", seats)


@pytest.mark.rule("G3", "G4")
@pytest.mark.parametrize("sequences", [10, pytest.param(340, marks=pytest.mark.full)])
def test_whatever_is_tapped_a_hold_ends_when_it_says(house: House, sequences: int):
    next_year = a_day(SATURDAY.replace(year=2027))  # half an hour passes with each sequence
    mini = house.mini(add_ons=[an_add_on("Print", 12)], days=[next_year])
    spots = house.spots(mini)

    for seed in range(sequences):
        _tap_for_half_an_hour(house, spots, random.Random(seed))


def _tap_for_half_an_hour(house: House, spots: list[Spot], chance: random.Random) -> None:
    booking = house.hold("ana", spots[0])
    ends = booking.hold_until
    for _ in range(30):
        tap, spot = chance.choice(_TAPS), chance.choice(spots)
        house.wait(2 * chance.random() * MINUTE)
        try:
            house.by("ana", lambda desk, tap=tap, spot=spot: tap(desk, booking, spot))
        except Refusal:
            continue
        if tap is _extend:
            ends = booking.hold_until + QUARTER
        assert house.booking(booking).hold_until == ends
    if house.booking(booking).state == "held":
        house.by("ana", lambda desk: desk.give_up(booking.id))


@pytest.mark.rule("G3")
def test_no_hold_is_said_to_last_much_longer_than_it_does(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    left = {"15:00": 15, "14:31": 15, "14:29": 14, "0:59": 1, "0:10": 1, "0:00": 0, "-0:10": 0}

    for clock, minutes in left.items():
        before, seconds = clock.lstrip("-").split(":")
        away = (-1 if clock.startswith("-") else 1) * timedelta(minutes=int(before), seconds=int(seconds))
        assert minutes_left(booking, booking.hold_until - away) == minutes


def _extend(desk: ClientDesk, booking: Booking, _spot: Spot) -> object:
    return desk.extend(booking.id)


_TAPS: list[Callable[[ClientDesk, Booking, Spot], object]] = [
    _extend,
    lambda desk, booking, spot: desk.swap(booking.id, spot.id),
    lambda desk, booking, _: desk.choose(booking.id, "mini", (("print", 1),)),
    lambda desk, booking, _: desk.keep_contact(booking.id, ANA),
    lambda desk, booking, _: desk.set_places(booking.id, 1),
    lambda desk, _, spot: desk.hold(wish_for(spot)),
]
