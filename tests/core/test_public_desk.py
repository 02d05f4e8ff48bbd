"""What anybody may see of a studio, and that nothing else comes through that door."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from core.minis.mini import Mini, MiniState
from core.public_desk import OpenDay, PublicDesk, PublicMini
from core.studio_desk import StudioDesk
from storage.unit import Unit
from tests import builders
from tests.core.house import House, present

T = TypeVar("T")


def seen(house: House, read: Callable[[PublicDesk], T]) -> T:
    return house.look(lambda records: read(PublicDesk(records, house.studio)))


def listed(house: House) -> list[str]:
    return [one.mini.title for one in seen(house, PublicDesk.listed)]


def link(house: House, mini: Mini) -> str:
    return house.by_owner(lambda desk: desk.mini_link(mini))


def behind(house: House, mini: Mini) -> PublicMini | None:
    token = link(house, mini)
    return seen(house, lambda desk: desk.behind(token))


def free(house: House, mini: Mini) -> list[int]:
    return [day.free for day in present(behind(house, mini)).days]


def in_state(house: House, state: MiniState, **facts: object) -> Mini:
    """A mini that was published, in that state."""
    mini = house.mini(f"A {state} mini")
    there = replace(mini, state=state, **facts)
    assert house.store.do(lambda records: records.minis.change(mini, there))
    return there


# -- what is listed --


@pytest.mark.rule("E3")
def test_only_published_minis_that_are_not_paused_are_listed(house: House):
    for state in MiniState:
        in_state(house, state)
    in_state(house, MiniState.PUBLISHED, paused=True, title="A paused mini")

    assert listed(house) == ["A published mini"]


@pytest.mark.rule("E3")
def test_the_soonest_comes_first_and_what_has_no_day_ahead_last(house: House):
    over = house.mini("Over", days=[builders.a_day(builders.TODAY.date(), "19:00")])
    house.mini("Sunday's", days=[builders.a_day(builders.SUNDAY)])
    house.mini("Saturday's")
    house.wait(timedelta(hours=6))

    assert listed(house) == ["Saturday's", "Sunday's", "Over"]
    assert present(behind(house, over)).days == ()


def test_a_listed_mini_comes_with_its_link_and_what_is_free_of_it(house: House):
    mini = house.mini(days=[builders.a_day(), builders.a_day(builders.SUNDAY, spots=2)])
    house.hold("ana", house.spots(mini)[0])

    (one,) = seen(house, PublicDesk.listed)

    assert (one.token, one.free, [(day.free, day.seats) for day in one.days]) == (
        link(house, mini),
        5,
        [(3, 4), (2, 2)],
    )


def test_another_studios_minis_are_not_seen(house: House):
    other = House(house.store, house.url)
    theirs = other.mini("Theirs")
    token = link(other, theirs)

    assert listed(house) == []
    assert seen(house, lambda desk: desk.behind(token)) is None
    assert seen(house, lambda desk: desk.picture(token)) == ""


# -- what is behind a link --


@pytest.mark.rule("E3")
@pytest.mark.parametrize("state", MiniState)
def test_a_link_leads_to_a_mini_that_is_published_or_was(state: MiniState, house: House):
    found = behind(house, in_state(house, state))

    assert (found is not None) == (state in {MiniState.PUBLISHED, MiniState.UNPUBLISHED})
    assert found is None or found.is_listed == (state is MiniState.PUBLISHED)


@pytest.mark.rule("E3")
def test_a_paused_mini_is_seen_as_paused(house: House):
    assert present(behind(house, in_state(house, MiniState.PUBLISHED, paused=True))).mini.paused


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "m_" + "A" * 20, "../../etc/passwd", "' OR 1=1 --"])
def test_what_is_no_link_leads_nowhere(token: str, house: House):
    house.mini()

    assert seen(house, lambda desk: desk.behind(token)) is None


def test_the_links_of_previews_and_reservations_are_no_links_of_minis(house: House):
    mini = house.mini()
    preview = house.by_owner(lambda desk: desk.preview_link(mini))
    reserved = house.link(house.reserve(house.spots(mini)[0]))

    assert seen(house, lambda desk: (desk.behind(preview), desk.behind(reserved))) == (None, None)


# -- days and what is free --


def test_a_day_says_when_it_begins_and_is_over_and_how_much_is_free(house: House):
    mini = house.mini()
    spots = house.spots(mini)
    house.reserve(spots[1])
    house.hold("ana", spots[2])

    assert present(behind(house, mini)).days == (OpenDay(starts=spots[0].starts, ends=spots[-1].ends, seats=4, free=2),)


@pytest.mark.rule("C4")
def test_of_a_class_places_are_counted(house: House):
    spot = house.class_of(seats=10)
    house.hold("ana", spot, places=3)
    mini = present(house.look(lambda records: records.minis.one(house.studio.id, spot.mini_id)))

    (day,) = present(behind(house, mini)).days

    assert (day.is_class, day.free, day.seats) == (True, 7, 10)


def test_what_is_past_or_closed_is_not_counted(house: House):
    mini = house.mini()
    spots = house.spots(mini)
    house.by_owner(lambda desk: desk.change_spot(spots[3].id, closed=True))
    house.wait(spots[0].starts - house.look(lambda records: records.now))

    (day,) = present(behind(house, mini)).days

    assert (day.starts, day.ends, day.free) == (spots[1].starts, spots[2].ends, 2)


@pytest.mark.rule("C7")
def test_a_spot_that_overlaps_a_claimed_one_is_not_free(house: House):
    fall, spring = house.mini("Fall"), house.mini("Spring")
    house.hold("ana", house.spots(fall)[0])

    assert free(house, spring) == [3]


def test_a_spot_is_free_only_for_a_package_that_fits(house: House):
    """An hour from each spot but the last meets the next start (DECISIONS 3)."""
    long = builders.a_package("Long", minutes=60)

    assert free(house, house.mini("Long ones", packages=[long])) == [1]
    assert free(
        house, house.mini("Both", days=[builders.a_day(builders.SUNDAY)], packages=[long, builders.a_package()])
    ) == [4]


def test_a_days_own_place_is_told_where_it_is_another(house: House):
    here = replace(builders.a_day(), place="Riverside Park, north gate")
    there = replace(builders.a_day(builders.SUNDAY), place="Lake Street")

    days = present(behind(house, house.mini(days=[here, there]))).days

    assert [day.place for day in days] == ["", "Lake Street"]


def test_a_dearer_spot_is_told_of(house: House):
    mini = house.mini()
    assert not present(behind(house, mini)).has_premium
    house.by_owner(lambda desk: desk.change_spot(house.spots(mini)[0].id, premium_minor=500))

    assert present(behind(house, mini)).has_premium


# -- how it is read --


def statements(house: House, read: Callable[[PublicDesk], object]) -> int:
    def counted(records: Unit) -> int:
        read(PublicDesk(records, house.studio))
        return records.statements

    return house.store.look(counted)


def test_the_number_of_statements_does_not_grow_with_what_there_is(house: House):
    token = link(house, house.mini())
    reads: Sequence[Callable[[PublicDesk], object]] = (PublicDesk.listed, lambda desk: desk.behind(token))
    before = [statements(house, read) for read in reads]
    for number in range(5):
        house.mini(f"Mini {number}", days=[builders.a_day(), builders.a_day(builders.SUNDAY)])

    assert [statements(house, read) for read in reads] == before
    assert before == [3, 5]


def test_looking_changes_nothing(house: House):
    """`look` is a connection that cannot write; and nothing is noted of a look, not even in a unit that could."""
    token = link(house, house.mini())
    before = (house.notes(), house.outbox())

    house.store.do(
        lambda records: (PublicDesk(records, house.studio).listed(), PublicDesk(records, house.studio).behind(token))
    )

    assert (house.notes(), house.outbox()) == before


def test_the_picture_is_that_of_the_mini_behind_the_link(house: House):
    def make(desk: StudioDesk) -> str:
        mini = desk.new_mini("Pictured", picture="pictures/1.jpg")
        desk.set_packages(mini.id, [builders.a_package()])
        desk.add_day(mini.id, builders.a_day())
        return desk.mini_link(mini)

    token = house.by_owner(make)
    assert seen(house, lambda desk: desk.picture(token)) == ""
    mini_id = present(house.look(lambda records: records.links.find(house.studio.id, "mini", token)))
    house.by_owner(lambda desk: desk.publish(mini_id))

    assert seen(house, lambda desk: desk.picture(token)) == "pictures/1.jpg"
