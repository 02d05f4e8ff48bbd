"""B2: what a mini says of itself, its limits, and what becomes of two photographers who edit it at once."""

from typing import Any

import pytest

from core.minis.describe import (
    DescriptionTooLong,
    PlacesLimitOutOfRange,
    PlaceTooLong,
    TitleOutOfRange,
)
from core.minis.mini import Mini
from core.minis.publish import MiniChanged
from core.values.refusals import Refusal
from storage.store import Store
from tests.core.house import House, present
from tests.core.meeting import meet


def describe(house: House, mini: Mini, **details: Any) -> Mini:
    return house.by_owner(lambda desk: desk.describe(mini.id, **details))


def now(house: House, mini: Mini) -> Mini:
    return present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))


@pytest.mark.rule("B2", "C4")
def test_what_is_said_is_changed_and_all_else_is_left(house: House):
    mini = house.mini(description="Among the trees.")

    describe(house, mini, title="  Late  Fall\nMinis ", place="", picture="pictures/fall.jpg", places_limit=6)

    said = now(house, mini)
    assert (said.title, said.description, said.place) == ("Late Fall Minis", "Among the trees.", "")
    assert (said.picture, said.places_limit) == ("pictures/fall.jpg", 6)
    assert (said.packages, said.state) == (mini.packages, mini.state)


@pytest.mark.rule("B2")
def test_saying_the_same_again_changes_nothing(house: House):
    mini = house.mini()
    before = house.notes()

    assert describe(house, mini, title=mini.title) == mini
    assert house.notes() == before


@pytest.mark.rule("B2", "C4")
@pytest.mark.parametrize(
    ("details", "refusal", "facts"),
    [
        ({"title": " \u200b"}, TitleOutOfRange, {"least": 1, "most": 64}),
        ({"title": "x" * 65}, TitleOutOfRange, {"least": 1, "most": 64}),
        ({"description": "x" * 2001}, DescriptionTooLong, {"most": 2000, "length": 2001}),
        ({"place": "x" * 201}, PlaceTooLong, {"most": 200, "length": 201}),
        ({"places_limit": 0}, PlacesLimitOutOfRange, {"least": 1, "most": 200}),
        ({"places_limit": 201}, PlacesLimitOutOfRange, {"least": 1, "most": 200}),
    ],
)
def test_what_is_beyond_a_limit_is_refused_with_the_limit(
    house: House, details: dict[str, Any], refusal: type[Refusal], facts: dict[str, int]
):
    mini = house.mini()

    with pytest.raises(refusal) as refused:
        describe(house, mini, **details)

    assert refused.value.facts == facts
    assert now(house, mini) == mini


@pytest.mark.rule("B2")
def test_a_limit_itself_is_within_it_and_what_is_no_text_is_not_kept(house: House):
    mini = house.mini()

    said = describe(house, mini, title="x" * 64, description="y" * 2000 + "\0", place="z" * 200, places_limit=200)

    assert (len(said.title), len(said.description), len(said.place)) == (64, 2000, 200)


@pytest.mark.rule("B1", "B2")
@pytest.mark.parametrize("details", [{"title": ""}, {"title": "x", "description": "x" * 2001}])
def test_a_draft_keeps_to_the_limits_too(house: House, details: dict[str, str]):
    with pytest.raises((TitleOutOfRange, DescriptionTooLong)):
        house.by_owner(lambda desk: desk.new_mini(**details))


@pytest.mark.rule("B2")
def test_two_who_change_different_parts_both_get_their_way(house: House):
    seen = house.mini()
    describe(house, seen, title="Late Minis", seen=seen.version)

    describe(house, seen, place="Old mill", seen=seen.version)

    assert (now(house, seen).title, now(house, seen).place) == ("Late Minis", "Old mill")


@pytest.mark.rule("B2")
def test_of_two_who_change_the_same_part_the_second_has_to_look_first(house: House):
    seen = house.mini()
    describe(house, seen, title="Late Minis", seen=seen.version)

    with pytest.raises(MiniChanged):
        describe(house, seen, title="Early Minis", seen=seen.version)
    assert now(house, seen).title == "Late Minis"

    describe(house, seen, title="Early Minis", seen=now(house, seen).version)
    assert now(house, seen).title == "Early Minis"


@pytest.mark.rule("B2")
def test_two_who_say_the_same_agree(house: House):
    seen = house.mini()
    describe(house, seen, title="Late Minis", seen=seen.version)

    assert describe(house, seen, title="Late Minis", seen=seen.version).title == "Late Minis"


@pytest.mark.rule("B2")
def test_two_at_the_very_same_moment_both_get_their_way(house: House):
    mini = house.mini()

    met = meet(
        house,
        lambda house: describe(house, mini, title="Late Minis"),
        "UPDATE minis",
        lambda house: describe(house, mini, place="Old mill"),
    )

    assert isinstance(met.first, Mini)
    assert isinstance(met.second, Mini)
    assert (now(house, mini).title, now(house, mini).place) == ("Late Minis", "Old mill")


@pytest.mark.rule("A6", "B2")
def test_nobody_describes_another_studios_mini(house: House, shared: tuple[Store, str]):
    mini = House(*shared).mini()

    with pytest.raises(MiniChanged):
        describe(house, mini, title="Ours")
