"""A mini is put away when it is finished: nothing that people have of it is ahead (B8)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.booking.at_stake import MiniNotFinished
from core.booking.refusals import MiniNotOpen
from core.minis.mini import MiniState, Spot
from tests.core.house import House


@pytest.mark.rule("B8")
@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (lambda house, spot: house.confirmed("ana", spot), (1, 0, 0)),
        (lambda house, spot: house.hold("ana", spot), (0, 1, 0)),
        (lambda house, spot: house.reserve(spot), (0, 0, 1)),
        (lambda house, spot: house.hold_reserved("ana", house.reserve(spot)), (0, 1, 0)),
    ],
)
def test_what_somebody_has_of_it_keeps_it_until_it_is_over(
    house: House, ahead: Callable[[House, Spot], Any], told: tuple[int, int, int]
):
    mini = house.mini()
    spot = house.spots(mini)[0]
    ahead(house, spot)

    with pytest.raises(MiniNotFinished) as refused:
        house.by_owner(lambda desk: desk.archive(mini.id))

    bookings, holds, reservations = told
    assert refused.value.facts == {
        "title": "Fall Minis",
        "bookings": bookings,
        "holds": holds,
        "reservations": reservations,
    }
    assert house.by_owner(lambda desk: desk.mini(mini.id)).state is MiniState.PUBLISHED

    house.wait(spot.ends - house.look(lambda records: records.now) + timedelta(seconds=1))
    house.tick()
    assert house.by_owner(lambda desk: desk.archive(mini.id)).state is MiniState.ARCHIVED


@pytest.mark.rule("B8", "E1")
def test_a_preview_and_free_spots_do_not_keep_it(house: House):
    mini = house.mini()
    link = house.by_owner(lambda desk: desk.preview_link(mini))
    house.by("luna", lambda desk: desk.preview_behind(link))
    house.hold("luna", house.spots(mini)[0], preview=True)

    assert house.by_owner(lambda desk: desk.archive(mini.id)).state is MiniState.ARCHIVED


@pytest.mark.rule("B8")
def test_no_booking_is_moved_into_one_that_was_put_away(house: House):
    fall, winter = house.mini(), house.mini("Winter Minis")
    booking = house.confirmed("ana", house.spots(fall)[0])
    house.by_owner(lambda desk: desk.archive(winter.id))

    with pytest.raises(MiniNotOpen):
        house.by_owner(lambda desk: desk.move(booking.id, house.spots(winter)[1].id))
