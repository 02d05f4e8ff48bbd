"""C9: how each spot of a day stands, who has it, and who may see that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from core.booking.booking import State
from core.booking.contact import Contact
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Mini, Spot
from core.minis.publish import MiniChanged
from core.studio.studio import Role
from core.studio_desk import NotAllowed, StudioDesk
from storage.store import Store
from tests.builders import SATURDAY, SUNDAY, a_day
from tests.core.house import ANA, House

T = TypeVar("T")


def by(house: House, role: Role, deed: Callable[[StudioDesk], T]) -> T:
    member = replace(house.owner, role=role)
    return house.look(lambda records: deed(StudioDesk(records, house.studio, member)))


def states(house: House, mini: Mini, day_id: str | None = None, *, role: Role = Role.OWNER) -> list[SpotState]:
    return by(house, role, lambda desk: desk.day_states(mini.id, day_id))


def looks(house: House, mini: Mini) -> list[str]:
    return [state.look.value for state in states(house, mini)]


def holders(house: House, spot: Spot, *, role: Role = Role.OWNER) -> list[SpotState]:
    return by(house, role, lambda desk: desk.seat_holders(spot.id))


@pytest.fixture
def mini(house: House) -> Mini:
    """Five spots: booked, held, reserved, closed and free."""
    mini = house.mini(days=[a_day(spots=5)])
    booked, held, reserved, closed, _ = house.spots(mini)
    house.confirmed("ana", booked)
    house.hold("ben", held)
    house.reserve(reserved, note="brings the dog", contact=Contact("Grandma Liu", ""))
    house.by_owner(lambda desk: desk.change_spot(closed.id, closed=True))
    return mini


@pytest.mark.rule("C9", "K1")
def test_every_spot_says_how_it_stands_and_who_has_it(house: House, mini: Mini):
    booked, held, reserved, closed, free = states(house, mini)

    assert booked == SpotState(
        spot=booked.spot,
        look=SpotLook.BOOKED,
        name="Ana Ruiz",
        taken=1,
        booking_id=booked.booking_id,
        code=booked.code,
        package="Mini",
        due_minor=15000,
    )
    assert booked.code.startswith("LP-")
    assert (held.look, held.name, held.taken, held.package, held.due_minor) == (SpotLook.HELD, "", 1, "Mini", 0)
    assert held.held_until == house.by_owner(lambda desk: desk.booking(str(held.booking_id))).hold_until
    assert (reserved.look, reserved.name, reserved.taken) == (SpotLook.RESERVED, "Grandma Liu", 1)
    assert (closed.look, free.look) == (SpotLook.CLOSED, SpotLook.FREE)
    assert [one.taken for one in (closed, free)] == [0, 0]


@pytest.mark.rule("C9")
def test_what_is_over_looks_past_unless_somebody_had_it(house: House, mini: Mini):
    house.wait(timedelta(days=10))
    house.tick()

    assert looks(house, mini) == ["booked", "past", "reserved", "past", "past"]


@pytest.mark.rule("C9")
def test_a_spot_that_was_given_back_is_free(house: House, mini: Mini):
    held = states(house, mini)[1]
    house.by("ben", lambda desk: desk.give_up(str(held.booking_id)))

    assert looks(house, mini)[1] == "free"


@pytest.mark.rule("C7", "C9")
def test_a_spot_that_overlaps_a_claimed_one_looks_closed(house: House):
    mini, other = house.mini(), house.mini("Winter Minis", days=[a_day(start="10:20", spots=1)])
    house.reserve(house.spots(mini)[0])

    assert looks(house, other) == ["closed"]


@pytest.mark.rule("C9")
def test_one_day_shows_nothing_of_another(house: House):
    mini = house.mini(days=[a_day(SATURDAY, spots=2), a_day(SUNDAY, spots=3)])
    saturday, sunday = house.by_owner(lambda desk: desk.days(mini.id))
    house.confirmed("ana", house.spots(mini)[0])
    house.confirmed("ben", house.spots(mini)[-1])

    assert [one.look.value for one in states(house, mini, saturday.id)] == ["booked", "free"]
    assert [one.look.value for one in states(house, mini, sunday.id)] == ["free", "free", "booked"]
    assert [one.spot for one in states(house, mini)] == house.spots(mini)


@pytest.mark.rule("C4", "C9")
def test_a_class_counts_its_seats_and_looks_free_until_it_is_full(house: House):
    spot = house.class_of(5)
    mini = by(house, Role.OWNER, lambda desk: desk.mini(spot.mini_id))
    house.confirmed("ana", spot, places=2)
    house.hold("ben", spot)
    house.reserve(spot, note="Grandma Liu")

    (partly,) = states(house, mini)
    assert (partly.look, partly.taken, partly.name, partly.booking_id) == (SpotLook.FREE, 4, "", None)
    assert [(one.look, one.name, one.taken) for one in holders(house, spot)] == [
        (SpotLook.BOOKED, "Ana Ruiz", 2),
        (SpotLook.HELD, "", 1),
        (SpotLook.RESERVED, "Grandma Liu", 1),
    ]

    house.hold("cleo", spot)
    (full,) = states(house, mini)
    assert (full.look, full.taken) == (SpotLook.BOOKED, 5)


@pytest.mark.rule("C4", "C9")
def test_a_class_that_is_full_of_holds_looks_held(house: House):
    spot = house.class_of(2)
    house.hold("ana", spot, places=2)

    (state,) = states(house, by(house, Role.OWNER, lambda desk: desk.mini(spot.mini_id)))
    assert (state.look, state.taken) == (SpotLook.HELD, 2)


@pytest.mark.rule("A4", "D1")
def test_an_assistant_sees_clients_and_no_reservations_note(house: House, mini: Mini):
    seen = states(house, mini, role=Role.ASSISTANT)

    assert [one.name for one in seen] == ["Ana Ruiz", "", "", "", ""]
    assert [one.look for one in seen] == [one.look for one in states(house, mini)]
    assert holders(house, seen[2].spot, role=Role.ASSISTANT)[0].name == ""


@pytest.mark.rule("A4")
def test_a_host_sees_counts_and_looks_and_nobody(house: House, mini: Mini):
    seen = states(house, mini, role=Role.HOST)

    assert seen == [SpotState(spot=one.spot, look=one.look, taken=one.taken) for one in states(house, mini)]
    with pytest.raises(NotAllowed):
        holders(house, seen[0].spot, role=Role.HOST)


@pytest.mark.rule("A4", "D2")
def test_whoever_books_by_a_reservation_is_seen_by_their_name(house: House):
    mini = house.mini()
    booking = house.hold_reserved("ana", house.reserve(house.spots(mini)[0], note="Grandma Liu"))
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))

    for role in (Role.OWNER, Role.ASSISTANT):
        state = states(house, mini, role=role)[0]
        assert (state.look, state.name, state.booking_id) == (SpotLook.HELD, "Ana Ruiz", booking.id)
        assert state.reservation_id


@pytest.mark.rule("A6")
def test_nothing_is_seen_of_another_studio(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    mini = other.mini()
    other.confirmed("ana", other.spots(mini)[0])

    assert states(house, mini) == []
    with pytest.raises(MiniChanged):
        holders(house, other.spots(mini)[0])


@pytest.mark.rule("K1")
def test_who_had_a_spot_is_still_seen_once_it_is_photographed(house: House, mini: Mini):
    booked = states(house, mini)[0]
    house.wait(timedelta(days=10))
    house.tick()

    assert states(house, mini)[0] == booked
    assert house.by_owner(lambda desk: desk.booking(str(booked.booking_id))).state is State.DONE


@pytest.mark.parametrize("spots", [2, 40])
def test_the_day_is_read_in_five_statements_however_many_spots_it_has(house: House, spots: int):
    mini = house.mini(days=[replace(a_day(spots=spots), duration=timedelta(minutes=5), gap=timedelta(0))])
    for number, spot in enumerate(house.spots(mini)[: spots // 2]):
        house.confirmed(f"client {number}", spot)

    def read(records: Any) -> int:
        assert len(StudioDesk(records, house.studio, house.owner).day_states(mini.id)) == spots
        return records.statements

    assert house.look(read) == 5
