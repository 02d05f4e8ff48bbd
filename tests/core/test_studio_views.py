"""The studio's lists: minis with their numbers, bookings by mini and day, and what is found by a word of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from core.booking.booking import Booking
from core.booking.contact import Contact
from core.minis.mini import Mini, Spot
from core.minis.records import MiniRow
from core.studio.studio import Role
from core.studio_desk import NotAllowed, StudioDesk
from storage.store import Store
from storage.unit import Unit
from tests.builders import SATURDAY, SUNDAY, a_class, a_day
from tests.core.house import House

T = TypeVar("T")


def look(house: House, read: Callable[[StudioDesk], T], role: Role = Role.OWNER) -> T:
    member = replace(house.owner, role=role)
    return house.look(lambda records: read(StudioDesk(records, house.studio, member)))


def numbers(row: MiniRow) -> dict[str, int]:
    return {name: getattr(row, name) for name in ("days", "spots", "seats", "taken", "held", "free")}


def book(house: House, name: str, spot: Spot, contact: Contact) -> Booking:
    booking = house.hold(name, spot)

    def confirm(desk: Any) -> Booking:
        desk.keep_contact(booking.id, contact)
        return desk.confirm(booking.id)

    return house.by(name, confirm)


def found(house: House, text: str, role: Role = Role.OWNER) -> list[str]:
    return [booking.code for booking in look(house, lambda desk: desk.find(text), role)]


# -- minis --


@pytest.mark.rule("B1")
def test_a_list_of_minis_counts_what_is_taken_held_and_free(house: House):
    mini = house.mini(days=[a_day(SATURDAY), a_day(SUNDAY, spots=3)])
    first, second, third, fourth, *_ = house.spots(mini)
    house.confirmed("ana", first)
    house.hold("ben", second)
    house.reserve(third)
    house.by_owner(lambda desk: desk.change_spot(fourth.id, closed=True))
    empty = house.by_owner(lambda desk: desk.new_mini("Winter Minis"))

    full, bare = look(house, lambda desk: desk.minis())

    assert (full.mini, bare.mini) == (mini, empty)
    assert numbers(full) == {"days": 2, "spots": 7, "seats": 7, "taken": 3, "held": 1, "free": 3}
    assert set(numbers(bare).values()) == {0}


@pytest.mark.rule("C4")
def test_a_class_is_counted_in_seats(house: House):
    house.hold("ana", house.class_of(30), places=3)

    (row,) = look(house, lambda desk: desk.minis())

    assert numbers(row) == {"days": 1, "spots": 1, "seats": 30, "taken": 3, "held": 3, "free": 27}


@pytest.mark.rule("C7")
def test_a_spot_that_overlaps_a_claimed_one_is_not_free_nor_one_that_is_past(house: House):
    house.mini("Winter Minis", days=[a_day(start="10:20", spots=2)])
    house.reserve(house.spots(house.mini("Fall Minis"))[0])

    def free() -> dict[str, int]:
        return {row.mini.title: row.free for row in look(house, lambda desk: desk.minis())}

    assert free() == {"Winter Minis": 1, "Fall Minis": 3}
    house.wait(timedelta(days=10))
    assert free() == {"Winter Minis": 0, "Fall Minis": 0}


@pytest.mark.rule("B8")
def test_minis_that_are_over_are_listed_only_when_all_are_wanted(house: House):
    minis: list[Mini] = []
    for title in ("Fall", "Winter", "Spring"):
        minis.append(house.mini(title))
        house.wait(timedelta(milliseconds=1))  # what is made in one millisecond has no order
    house.by_owner(lambda desk: desk.archive(minis[0].id))
    house.by_owner(lambda desk: desk.cancel_mini(minis[1].id))

    def titles(*, all: bool) -> list[str]:
        return [row.mini.title for row in look(house, lambda desk: desk.minis(all=all), Role.HOST)]

    assert titles(all=False) == ["Spring"]
    assert titles(all=True) == ["Fall", "Winter", "Spring"]


def test_the_list_of_minis_is_two_statements(house: House):
    for _ in range(3):
        house.mini()

    def read(records: Unit) -> int:
        assert len(StudioDesk(records, house.studio, house.owner).minis()) == 3
        return records.statements

    assert house.store.look(read) == 2


# -- bookings --


@pytest.fixture
def mini(house: House) -> Mini:
    return house.mini(days=[a_day(SATURDAY), a_day(SUNDAY)])


@pytest.mark.rule("K1")
def test_bookings_are_listed_by_mini_and_day_in_the_order_of_their_starts(house: House, mini: Mini):
    saturday, sunday = look(house, lambda desk: desk.days(mini.id))
    spots = house.spots(mini)
    late, early = house.confirmed("ana", spots[5]), house.hold("ben", spots[1])
    gone = house.hold("cleo", spots[0])
    house.by("cleo", lambda desk: desk.give_up(gone.id))
    elsewhere = house.confirmed("dan", house.spots(house.mini(days=[a_class(start="08:00")]))[0])

    def listed(mini_id: str | None = None, day_id: str | None = None) -> list[str]:
        return [one.id for one in look(house, lambda desk: desk.bookings(mini_id, day_id), Role.ASSISTANT)]

    assert listed(mini.id) == [early.id, late.id]
    assert listed(mini.id, sunday.id) == listed(None, sunday.id) == [late.id]
    assert listed(day_id=saturday.id) == [early.id]
    assert listed() == [elsewhere.id, early.id, late.id]
    assert listed(day_id="nowhere") == []


@pytest.mark.rule("K1")
def test_without_a_mini_those_are_listed_whose_shoot_is_not_over(house: House, mini: Mini):
    first, second, *_ = house.spots(mini)
    house.confirmed("ana", first)
    under_way = house.confirmed("ben", second)
    house.wait(second.starts + timedelta(minutes=19) - house.look(lambda records: records.now))

    assert [one.id for one in look(house, lambda desk: desk.bookings())] == [under_way.id]
    assert len(look(house, lambda desk: desk.bookings(mini.id))) == 2


@pytest.mark.rule("A4")
def test_a_host_lists_and_finds_nobody(house: House):
    with pytest.raises(NotAllowed):
        look(house, lambda desk: desk.bookings(), Role.HOST)
    with pytest.raises(NotAllowed):
        found(house, "ana", Role.HOST)


@pytest.mark.rule("A6")
def test_nothing_of_another_studio_is_listed_or_found(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    theirs = other.mini()
    booking = other.confirmed("ana", other.spots(theirs)[0])
    (day,) = look(other, lambda desk: desk.days(theirs.id))

    assert look(house, lambda desk: desk.bookings()) == []
    assert look(house, lambda desk: desk.bookings(theirs.id)) == []
    assert look(house, lambda desk: desk.bookings(None, day.id)) == []
    assert look(house, lambda desk: desk.minis(all=True)) == []
    assert found(house, booking.code) == found(house, "ana") == []


# -- finding --


@pytest.mark.rule("K1")
def test_a_booking_is_found_by_its_code_with_its_letters_or_without(house: House, mini: Mini):
    booking = house.hold("ana", house.spots(mini)[0])
    number = booking.code.removeprefix("LP-")

    for text in (booking.code, booking.code.lower(), number, f" #{number} ", f"lp {number}", f"LP{number}"):
        assert found(house, text) == [booking.code]
    assert found(house, f"XX-{number}") == []


@pytest.mark.rule("K1")
def test_a_booking_is_found_by_an_earlier_prefix_of_the_studio(house: House, mini: Mini):
    booking = house.hold("ana", house.spots(mini)[0])
    house.studio = replace(house.studio, code_prefix="SF")

    assert found(house, booking.code) == found(house, booking.code.removeprefix("LP-")) == [booking.code]


@pytest.mark.rule("K1")
@pytest.mark.parametrize(
    "text",
    [
        *("josé", "JOSE", "jose  nun", "Núñez", "josé.n@mail.com", "Jose.N@", "+1 (312) 555-0188", "312 555 0188"),
        *("3125550188", "0312 555 0188", "5550188"),
    ],
)
def test_a_booking_is_found_by_name_address_and_number(house: House, mini: Mini, text: str):
    contact = Contact("José Núñez", "jose.n@mail.com", "+13125550188")
    booking = book(house, "jose", house.spots(mini)[0], replace(contact, email="josé.n@mail.com"))

    assert found(house, text, Role.ASSISTANT) == [booking.code]


@pytest.mark.rule("K1")
@pytest.mark.parametrize("text", ["", "  ", "\0", "%", "_", "/", "n%", "J_se", "ose", "mail.com", "Jose_n"])
def test_what_nobody_is_called_finds_nobody(house: House, mini: Mini, text: str):
    book(house, "jose", house.spots(mini)[0], Contact("José Núñez", "jose.n@mail.com", "+13125550188"))

    assert found(house, text) == []


@pytest.mark.rule("K1")
def test_two_digits_within_a_number_find_nobody(house: House, mini: Mini):
    booking = book(house, "jose", house.spots(mini)[0], Contact("José Núñez", "jose.n@mail.com", "+13125550188"))
    two = next(two for two in ("25", "55") if not booking.code.rpartition("-")[2].startswith(two))

    assert found(house, two) == []


@pytest.mark.rule("K1")
def test_a_sign_of_the_search_is_found_as_it_is_written(house: House, mini: Mini):
    booking = book(house, "ana", house.spots(mini)[0], Contact("Ana_Ruiz 100%/2", "ana@mail.com"))

    assert found(house, "ana_ruiz 100%/2") == [booking.code]


@pytest.mark.rule("K1")
def test_two_anas_are_both_given_and_those_who_come_first(house: House, mini: Mini):
    spots = house.spots(mini)
    gone = book(house, "ana r", spots[2], Contact("Ana Ruiz", "ana@mail.com"))
    house.by_owner(lambda desk: desk.cancel(gone.id))
    early = book(house, "ana t", spots[0], Contact("Ana Torres", "torres@mail.com"))
    late = book(house, "anabel", spots[1], Contact("Anabel", "a@mail.com"))
    book(house, "diana", spots[3], Contact("Diana", "d@mail.com"))

    assert found(house, "ana") == [late.code, early.code, gone.code]


@pytest.mark.rule("K1")
def test_no_more_than_twenty_are_given(house: House):
    mini = house.mini(days=[a_day(spots=21)])
    for number, spot in enumerate(house.spots(mini)):
        house.confirmed(f"ana {number}", spot)

    assert len(found(house, "ana")) == 20


@pytest.mark.rule("K1")
def test_a_client_is_found_by_what_they_are_called_now(house: House, mini: Mini):
    booking = house.hold("ana", house.spots(mini)[0])
    for name in ("Ana Ruiz", "Bea Ruiz"):
        house.by("ana", lambda desk, name=name: desk.keep_contact(booking.id, Contact(name, "a@mail.com")))

    assert found(house, "ana") == []
    assert found(house, "bea") == [booking.code]


@pytest.mark.rule("E1")
def test_a_preview_is_neither_listed_nor_found(house: House, mini: Mini):
    member = replace(house.owner, client_id=house.client("luna").id)
    house.store.do(lambda records: records.studios.change_member(member))
    preview = house.hold("luna", house.spots(mini)[0], preview=True)

    assert preview.preview
    assert found(house, preview.code) == []
    assert look(house, lambda desk: desk.bookings(mini.id)) == look(house, lambda desk: desk.bookings()) == []
