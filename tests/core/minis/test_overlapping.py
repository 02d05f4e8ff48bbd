"""C7: a day that overlaps the studio's other minis is warned of, before it is saved."""

from datetime import time, timedelta
from typing import Any

import pytest

from core.minis.mini import Mini
from core.minis.overlapping import Overlap
from core.minis.plan import DayPlan
from core.studio_desk import StudioDesk
from core.values.moments import local
from storage.store import Store
from storage.unit import Unit
from tests.builders import CHICAGO, SUNDAY, a_day
from tests.core.house import House, some_day


def warned(house: House, plan: DayPlan) -> list[tuple[str, str]]:
    found = house.by_owner(lambda desk: desk.overlaps(plan))
    return [(one.title, f"{clock(one.starts)}-{clock(one.ends)}") for one in found]


def clock(moment: Any) -> str:
    return f"{local(moment, CHICAGO):%H:%M}"


@pytest.fixture
def newborn(house: House) -> Mini:
    """10:15 to 11:50."""
    return house.mini("Newborn Minis")


@pytest.mark.rule("C7")
def test_what_is_in_the_way_is_named_with_its_times(house: House, newborn: Mini):
    assert warned(house, a_day()) == [("Newborn Minis", "10:15-11:50")]
    assert warned(house, a_day(start="11:10", spots=1)) == [("Newborn Minis", "11:05-11:25")]
    house.mini("Late Minis", days=[some_day(start=time(11, 10), spots=1)])
    assert warned(house, a_day(start="11:10")) == [("Newborn Minis", "11:05-11:50"), ("Late Minis", "11:10-11:30")]


@pytest.mark.rule("C7")
def test_what_begins_as_the_other_ends_or_falls_into_its_gaps_is_not_in_the_way(house: House, newborn: Mini):
    assert warned(house, a_day(start="11:50")) == []
    assert warned(house, a_day(SUNDAY)) == []
    assert warned(house, some_day(start=time(10, 35), spots=1, duration=timedelta(minutes=5))) == []


@pytest.mark.rule("C7")
def test_a_long_spot_that_began_much_earlier_is_in_the_way(house: House):
    house.mini("Wedding", days=[some_day(start=time(1, 0), spots=1, duration=timedelta(hours=12))])

    assert warned(house, a_day(start="12:30", spots=1)) == [("Wedding", "01:00-13:00")]
    assert warned(house, a_day(start="13:00", spots=1)) == []


@pytest.mark.rule("C7")
def test_saved_spots_are_not_in_their_own_way(house: House, newborn: Mini):
    spots = house.spots(newborn)
    assert house.by_owner(lambda desk: desk.overlaps(spots)) == []

    other = house.mini("Late Minis", days=[some_day(start=time(11, 40), spots=1)])

    assert house.by_owner(lambda desk: desk.overlaps(spots)) == [
        Overlap("Late Minis", house.spots(other)[0].starts, house.spots(other)[0].ends)
    ]
    assert house.by_owner(lambda desk: desk.overlaps([])) == []


@pytest.mark.rule("B8", "C7")
def test_what_is_over_removed_or_closed_is_in_nobodys_way(house: House, newborn: Mini):
    first, second, *_ = house.spots(newborn)
    house.by_owner(lambda desk: desk.remove_spot(first.id))
    house.by_owner(lambda desk: desk.change_spot(second.id, closed=True))
    assert warned(house, a_day()) == [("Newborn Minis", "11:05-11:50")]

    house.reserve(second)
    assert warned(house, a_day()) == [("Newborn Minis", "10:40-11:50")]

    house.by_owner(lambda desk: desk.cancel_mini(newborn.id))
    assert warned(house, a_day()) == []


@pytest.mark.rule("C7")
def test_nobody_is_warned_where_several_people_shoot_at_once(shared: tuple[Store, str]):
    house = House(*shared, {"several_shooters": True})
    house.mini()

    assert warned(house, a_day()) == []


@pytest.mark.rule("A6", "C7")
def test_another_studio_is_in_nobodys_way(house: House, shared: tuple[Store, str]):
    House(*shared).mini()

    assert warned(house, a_day()) == []


def test_a_warning_is_one_statement(house: House, newborn: Mini):
    def read(records: Unit) -> int:
        assert StudioDesk(records, house.studio, house.owner).overlaps(a_day())
        return records.statements

    assert house.store.look(read) == 1
