"""The photographers' door: who may come in, how a mini is made and offered, and what its spots allow."""

from dataclasses import replace
from datetime import timedelta
from inspect import getmembers, isfunction
from itertools import pairwise
from typing import Any

import pytest

from core.booking.refusals import BookingChanged, ReservationGone
from core.minis.change_spots import SpotNotFree
from core.minis.mini import MiniState
from core.minis.plan import StartIsPast
from core.minis.publish import MiniChanged, NotPublishable, missing_to_publish
from core.studio.studio import Role
from core.studio_desk import NotAllowed, StudioDesk, roles_of
from storage.store import Store
from tests.builders import SATURDAY, a_class, a_day, a_package
from tests.core.house import House


@pytest.mark.rule("A4")
@pytest.mark.parametrize("role", [Role.OWNER, Role.PHOTOGRAPHER])
def test_owner_and_photographer_may_change_things(house: House, role: Role):
    member = replace(house.owner, role=role)

    made = house.store.do(lambda records: StudioDesk(records, house.studio, member).new_mini("Fall Minis"))

    assert made.state is MiniState.DRAFT


@pytest.mark.rule("A4")
@pytest.mark.parametrize("changed", [{"role": Role.ASSISTANT}, {"role": Role.HOST}, {"removed": True}])
def test_nobody_else_changes_anything(house: House, changed: dict[str, Any]):
    member = replace(house.owner, **changed)

    with pytest.raises(NotAllowed):
        house.store.do(lambda records: StudioDesk(records, house.studio, member).new_mini("Fall Minis"))


@pytest.mark.rule("A6")
def test_a_member_of_another_studio_does_not_come_in(house: House):
    member = replace(house.owner, studio_id="another")

    with pytest.raises(NotAllowed):
        house.store.do(lambda records: StudioDesk(records, house.studio, member))


@pytest.mark.rule("A4")
def test_every_deed_names_the_roles_that_it_needs():
    deeds = {name: deed for name, deed in getmembers(StudioDesk, isfunction) if not name.startswith("_")}

    assert deeds
    assert [name for name, deed in deeds.items() if not roles_of(deed)] == []


@pytest.mark.rule("A6")
def test_a_studio_reaches_nothing_of_another(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    mini = other.mini()
    spot, reserved, *_ = other.spots(mini)
    booking = other.hold("ana", spot)
    reservation = other.reserve(reserved)

    for deed, refusal in (
        (lambda desk: desk.pause(mini.id), MiniChanged),
        (lambda desk: desk.change_spot(spot.id, closed=True), MiniChanged),
        (lambda desk: desk.cancel(booking.id), BookingChanged),
        (lambda desk: desk.remove_reservation(reservation.id), ReservationGone),
    ):
        with pytest.raises(refusal):
            house.by_owner(deed)
    assert house.by("ana", lambda desk: desk.booking(booking.id)) is None


@pytest.mark.rule("B9")
def test_a_draft_says_what_it_is_missing(house: House):
    mini = house.by_owner(lambda desk: desk.new_mini("Fall Minis"))

    with pytest.raises(NotPublishable) as refused:
        house.by_owner(lambda desk: desk.publish(mini.id))

    assert refused.value.facts == {"missing": ("spot", "package")}


@pytest.mark.rule("B9")
def test_a_mini_without_a_title_misses_it(house: House):
    untitled = replace(house.mini(), title=" ")

    assert house.look(lambda records: missing_to_publish(records, untitled)) == ("title",)


@pytest.mark.rule("B9")
def test_a_spot_that_is_over_does_not_make_a_mini_publishable(house: House):
    mini = house.mini(published=False)
    house.wait(timedelta(days=10))

    with pytest.raises(NotPublishable) as refused:
        house.by_owner(lambda desk: desk.publish(mini.id))

    assert refused.value.facts == {"missing": ("spot",)}


@pytest.mark.rule("E3")
def test_a_published_mini_is_on_the_list_until_it_is_taken_off_or_paused(house: House):
    mini = house.mini()

    def listed() -> list[str]:
        return [one.id for one in house.by("ana", lambda desk: desk.published())]

    seen = [listed()]
    for deed in (StudioDesk.pause, StudioDesk.resume, StudioDesk.unpublish, StudioDesk.publish, StudioDesk.archive):
        house.by_owner(lambda desk, deed=deed: deed(desk, mini.id))
        seen.append(listed())

    assert seen == [[mini.id], [], [mini.id], [], [mini.id], []]


@pytest.mark.rule("B8", "E3")
def test_what_is_over_is_neither_published_again_nor_changed(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: desk.archive(mini.id))
    for deed in (
        lambda desk: desk.publish(mini.id),
        lambda desk: desk.unpublish(mini.id),
        lambda desk: desk.set_pictures(mini.id, ()),
        lambda desk: desk.set_taxed(mini.id, taxed=False),
    ):
        with pytest.raises(MiniChanged):
            house.by_owner(deed)

    house.by_owner(lambda desk: desk.cancel_mini(mini.id))
    with pytest.raises(MiniChanged):
        house.by_owner(lambda desk: desk.archive(mini.id))
    with pytest.raises(MiniChanged):
        house.by_owner(lambda desk: desk.cancel_mini(mini.id))


@pytest.mark.rule("C1", "C3")
def test_a_day_is_saved_with_its_spots(house: House):
    mini = house.mini(days=[a_day(spots=3)])

    spots = house.spots(mini)

    assert [one.ends - one.starts for one in spots] == [timedelta(minutes=20)] * 3
    assert [later.starts - one.ends for one, later in pairwise(spots)] == [timedelta(minutes=5)] * 2
    assert house.notes().count(("day_saved", mini.id)) == 1


@pytest.mark.rule("C4")
def test_a_class_is_one_spot_of_many_seats(house: House):
    (spot,) = house.spots(house.mini(days=[a_class(seats=30)]))

    assert spot.seats == 30


@pytest.mark.rule("C2")
def test_a_day_that_has_begun_is_refused(house: House):
    mini = house.mini()
    past = a_day(SATURDAY - timedelta(days=7))

    with pytest.raises(StartIsPast):
        house.by_owner(lambda desk: desk.add_day(mini.id, past))

    assert len(house.spots(mini)) == 4


@pytest.mark.rule("C7")
def test_a_spot_is_closed_and_opened_while_it_is_free(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]
    house.by_owner(lambda desk: desk.change_spot(spot.id, closed=True))
    assert spot.id not in [one.id for one in house.spots(mini)]

    house.by_owner(lambda desk: desk.change_spot(spot.id, closed=False))

    assert house.hold("ana", spot).spot_id == spot.id
    with pytest.raises(SpotNotFree):
        house.by_owner(lambda desk: desk.change_spot(spot.id, closed=True))
    assert house.spot(spot.id).closed is False


@pytest.mark.rule("C7", "D2")
def test_a_reserved_spot_is_not_free_although_it_is_closed(house: House):
    spot = house.spots(house.mini())[0]
    house.by_owner(lambda desk: desk.change_spot(spot.id, closed=True))
    house.reserve(spot)

    with pytest.raises(SpotNotFree):
        house.by_owner(lambda desk: desk.change_spot(spot.id, premium_minor=2500))

    assert house.spot(spot.id).premium_minor == 0


@pytest.mark.rule("B4", "C7")
def test_a_dearer_spot_costs_its_premium(house: House):
    first, second, *_ = house.spots(house.mini())
    house.by_owner(lambda desk: desk.change_spot(first.id, premium_minor=2500))

    dearer, plain = house.hold("ana", first), house.hold("ben", second)

    assert (dearer.price.total.minor, plain.price.total.minor) == (17500, 15000)


@pytest.mark.rule("B10")
def test_other_packages_are_for_new_bookings_only(house: House):
    mini = house.mini()
    booking = house.confirmed("ana", house.spots(mini)[0])

    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package("Mini", 999)]))

    assert house.booking(booking).price.total.minor == 15000


def test_a_minis_link_leads_to_it_in_its_own_studio_alone(house: House, shared: tuple[Store, str]):
    mini, other = house.mini(), House(*shared)

    token = house.by_owner(lambda desk: desk.mini_link(mini))

    assert house.by("ana", lambda desk: desk.mini_behind(token)) == mini.id
    assert other.by("ana", lambda desk: desk.mini_behind(token)) is None
    assert house.by("ana", lambda desk: desk.reservation_behind(token)) is None
