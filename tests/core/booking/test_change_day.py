"""C8: a day that somebody has a spot of is neither changed nor removed, and the photographer hears who that is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.booking.booking import Booking
from core.booking.change_day import DayInUse
from core.booking.refusals import SpotGone
from core.minis.describe import PlaceTooLong
from core.minis.mini import Day, Mini
from core.minis.publish import MiniChanged, NotPublishable
from storage.store import Store
from tests.builders import SATURDAY, SUNDAY, a_day
from tests.core.house import House
from tests.core.meeting import meet


def days(house: House, mini: Mini) -> list[Day]:
    return house.by_owner(lambda desk: desk.days(mini.id))


def remove(house: House, day: Day) -> None:
    house.by_owner(lambda desk: desk.remove_day(day.mini_id, day.id))


def move_to_the_mill(house: House, day: Day) -> None:
    house.by_owner(lambda desk: desk.change_day(day.id, place="Old mill"))


BOTH = pytest.mark.parametrize("deed", [remove, move_to_the_mill])


@pytest.fixture
def mini(house: House) -> Mini:
    return house.mini(days=[a_day(SATURDAY), a_day(SUNDAY)])


@pytest.mark.rule("C1", "C8")
def test_a_day_gets_another_place_for_whoever_books_then(house: House, mini: Mini):
    saturday, sunday = days(house, mini)

    changed = house.by_owner(lambda desk: desk.change_day(saturday.id, place=" Old mill "))

    assert days(house, mini) == [changed, sunday]
    assert house.hold("ana", house.spots(mini)[0]).snapshot.place == "Old mill"
    assert house.hold("ben", house.spots(mini)[4]).snapshot.place == mini.place
    assert house.notes().count(("day_changed", mini.id)) == 1
    with pytest.raises(PlaceTooLong):
        house.by_owner(lambda desk: desk.change_day(saturday.id, place="x" * 201))


@pytest.mark.rule("C1")
def test_a_new_days_place_keeps_to_the_limit(house: House, mini: Mini):
    with pytest.raises(PlaceTooLong):
        house.by_owner(lambda desk: desk.add_day(mini.id, replace(a_day(), place="x" * 201)))


@pytest.mark.rule("C8")
def test_an_unused_day_is_removed_with_its_spots(house: House, mini: Mini):
    saturday, sunday = days(house, mini)
    spot = house.spots(mini)[0]

    remove(house, saturday)

    assert days(house, mini) == [sunday]
    assert {one.day_id for one in house.spots(mini)} == {sunday.id}
    (row,) = house.by_owner(lambda desk: desk.minis())
    assert (row.days, row.spots) == (1, 4)
    assert house.notes().count(("day_removed", mini.id)) == 1
    with pytest.raises(SpotGone):
        house.hold("ana", spot)
    with pytest.raises(MiniChanged):
        remove(house, saturday)


@pytest.mark.rule("B9", "C8")
def test_a_draft_without_its_day_is_not_publishable(house: House):
    draft = house.mini(published=False)
    remove(house, days(house, draft)[0])

    with pytest.raises(NotPublishable) as refused:
        house.by_owner(lambda desk: desk.publish(draft.id))

    assert refused.value.facts == {"missing": ("spot",)}


@BOTH
@pytest.mark.rule("C8")
def test_who_is_affected_is_listed_and_nothing_is_done(house: House, mini: Mini, deed: Callable[[House, Day], None]):
    saturday, _ = before = days(house, mini)
    first, second, third, _, sundays, *_ = house.spots(mini)
    held, booked = house.hold("ben", second), house.confirmed("ana", first)
    house.reserve(third, note="Grandma Liu")
    house.confirmed("cleo", sundays)

    with pytest.raises(DayInUse) as refused:
        deed(house, saturday)

    assert refused.value.facts == {"codes": (booked.code, held.code), "reservations": ("11:05",)}
    assert days(house, mini) == before
    assert len(house.spots(mini)) == 8


@BOTH
@pytest.mark.rule("C8", "K2", "K3")
def test_once_the_photographer_chose_for_each_it_is_done(house: House, mini: Mini, deed: Callable[[House, Day], None]):
    saturday, _ = days(house, mini)
    first, second, third, _, sundays, *_ = house.spots(mini)
    moved, cancelled, reservation = house.confirmed("ana", first), house.confirmed("ben", second), house.reserve(third)

    house.by_owner(lambda desk: desk.move(moved.id, sundays.id))
    house.by_owner(lambda desk: desk.cancel(cancelled.id))
    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))
    deed(house, saturday)

    assert [day.place for day in days(house, mini)] in (["Old mill", ""], [""])
    assert house.booking(moved).spot_id == sundays.id
    assert house.booking(cancelled).snapshot.starts == second.starts


@BOTH
@pytest.mark.rule("C8")
def test_whoever_holds_at_that_very_moment_has_a_day_that_stays_or_is_told(
    house: House, mini: Mini, deed: Callable[[House, Day], None]
):
    saturday, spot = days(house, mini)[0], house.spots(mini)[0]
    house.client("ana")

    met = meet(house, lambda house: house.hold("ana", spot), "INSERT INTO history", lambda house: deed(house, saturday))

    assert isinstance(met.first, Booking)
    assert met.waited
    assert isinstance(met.second, DayInUse)


@pytest.mark.rule("C8")
def test_a_day_that_is_removed_first_is_not_held(house: House, mini: Mini):
    saturday, spot = days(house, mini)[0], house.spots(mini)[0]
    house.client("ana")

    met = meet(house, lambda house: remove(house, saturday), "UPDATE spots", lambda house: house.hold("ana", spot))

    assert met.first is None
    assert isinstance(met.second, SpotGone)


@BOTH
@pytest.mark.rule("C8", "K1")
def test_a_day_that_was_photographed_stays(house: House, mini: Mini, deed: Callable[[House, Day], None]):
    saturday, spot = days(house, mini)[0], house.spots(mini)[0]
    house.confirmed("ana", spot)
    house.wait(spot.ends - house.look(lambda records: records.now))
    house.tick()

    with pytest.raises(DayInUse):
        deed(house, saturday)


@pytest.mark.rule("A6", "C8")
def test_nobody_changes_the_day_of_another_studio_or_mini(house: House, mini: Mini, shared: tuple[Store, str]):
    other = House(*shared)
    day, ours, another = days(other, other.mini())[0], days(house, mini)[0], house.mini()
    deeds: list[Callable[[Any], object]] = [
        lambda desk: desk.remove_day(day.mini_id, day.id),
        lambda desk: desk.change_day(day.id, place="Ours"),
        lambda desk: desk.remove_day(another.id, ours.id),
    ]

    for deed in deeds:
        with pytest.raises(MiniChanged):
            house.by_owner(deed)
