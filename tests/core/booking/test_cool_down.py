"""Nobody hogs: three holds that ran out within an hour bring a pause, and one person has one hold a mini."""

import random
from datetime import timedelta

import pytest

from core.booking.booking import LIVE_HOLD
from core.booking.refusals import CoolingDown
from core.minis.mini import Spot
from core.values.refusals import Refusal
from tests.core.house import House

MINUTE = timedelta(minutes=1)


def run_out(house: House, spot: Spot, times: int, *, between: timedelta = timedelta(0)) -> None:
    for number in range(times):
        house.wait(between if number else timedelta(0))
        house.let_lapse(house.hold("ana", spot))


@pytest.mark.rule("F10")
def test_three_holds_that_ran_out_within_an_hour_bring_a_pause_of_fifteen_minutes(house: House):
    spot = house.spots(house.mini())[0]
    run_out(house, spot, 3)

    with pytest.raises(CoolingDown) as refused:
        house.hold("ana", spot)

    assert refused.value.facts == {"minutes": 15}
    house.wait(14 * MINUTE)
    with pytest.raises(CoolingDown):
        house.hold("ana", spot)
    house.wait(MINUTE)
    assert house.hold("ana", spot).state == "held"


@pytest.mark.rule("F10")
def test_the_pause_lasts_its_time_even_when_the_first_is_an_hour_ago_by_then(house: House):
    spot = house.spots(house.mini())[0]
    run_out(house, spot, 3, between=14 * MINUTE)  # at 15, 44 and 73 minutes: within 58
    house.wait(5 * MINUTE)

    with pytest.raises(CoolingDown) as refused:
        house.hold("ana", spot)

    assert refused.value.facts == {"minutes": 10}


@pytest.mark.rule("F10")
def test_three_that_ran_out_over_more_than_an_hour_bring_none(house: House):
    spot = house.spots(house.mini())[0]
    run_out(house, spot, 3, between=16 * MINUTE)  # within 62 minutes

    assert house.hold("ana", spot).state == "held"


@pytest.mark.rule("F10")
def test_the_pause_is_one_persons_in_every_mini_of_the_studio(house: House):
    fall, winter = house.spots(house.mini())[0], house.spots(house.mini("Winter Minis"))[1]
    run_out(house, fall, 3)

    with pytest.raises(CoolingDown):
        house.hold("ana", winter)
    assert house.hold("ben", fall).state == "held"


@pytest.mark.rule("F10")
def test_swaps_and_cancelling_do_not_count(house: House):
    first, second, *_ = house.spots(house.mini())
    run_out(house, first, 2)
    for _ in range(3):
        booking = house.hold("ana", first)
        house.by("ana", lambda desk, one=booking: desk.swap(one.id, second.id))
        house.by("ana", lambda desk, one=booking: desk.give_up(one.id))

    assert house.hold("ana", first).state == "held"


@pytest.mark.rule("F10")
def test_taking_up_waits_for_the_end_of_the_pause_too(house: House):
    spot = house.spots(house.mini())[0]
    run_out(house, spot, 2)
    booking = house.let_lapse(house.hold("ana", spot))

    with pytest.raises(CoolingDown):
        house.by("ana", lambda desk: desk.take_up(booking.id, spot.id))


@pytest.mark.rule("F10", "G4")
@pytest.mark.parametrize("seeds", [1, pytest.param(20, marks=pytest.mark.full)])
def test_at_no_instant_of_an_hour_does_anybody_hold_two_spots_of_a_mini(house: House, seeds: int):
    mini = house.mini()
    spots = house.spots(mini)
    names = ["ana", "ben", "cleo"]

    for seed in range(seeds):
        chance = random.Random(seed)
        for _ in range(60):
            house.wait(MINUTE)
            house.tick()
            for name in names:
                _tap(house, chance, name, chance.choice(spots))
            live = house.look(lambda records: records.bookings.of_mini(house.studio.id, mini.id))
            holders = [one.client_id for one in live if one.state in LIVE_HOLD]
            assert len(holders) == len(set(holders))
            assert sum(row.taken for row in house.rows(mini.id)) == len(holders)


def _tap(house: House, chance: random.Random, name: str, spot: Spot) -> None:
    mine = house.by(name, lambda desk: desk.bookings_in(spot.mini_id))
    try:
        match chance.choice(["hold", "swap", "give_up", "take_up", "extend"]), mine:
            case "hold", _:
                house.hold(name, spot)
            case "swap", [*_, one]:
                house.by(name, lambda desk: desk.swap(one.id, spot.id))
            case "give_up", [*_, one]:
                house.by(name, lambda desk: desk.give_up(one.id))
            case "take_up", [*_, one]:
                house.by(name, lambda desk: desk.take_up(one.id, spot.id))
            case "extend", [*_, one]:
                house.by(name, lambda desk: desk.extend(one.id))
            case _:
                pass
    except Refusal:
        pass  # it is the hours' rule that is looked at, not who was refused
