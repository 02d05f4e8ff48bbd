"""Holding a spot: who may, for how long, and what is kept of what was offered."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from core.booking.booking import Booking, State
from core.booking.price import AddOnGone, TooManyAddOns
from core.booking.refusals import (
    HoldElsewhere,
    MiniNotOpen,
    MiniPaused,
    PackageGone,
    PackageTooLong,
    SpotGone,
    SpotTaken,
    TooManyPlaces,
)
from core.client_desk import ClientDesk
from core.studio_desk import StudioDesk
from core.values.refusals import Refusal
from storage.store import Store
from tests.builders import a_day, a_package, an_add_on, dollars
from tests.core.conftest import LINK_KEY
from tests.core.house import QUARTER, House, at_once, some_day, wish_for
from tests.storage import raw


@pytest.mark.rule("G1", "F2")
def test_a_tap_holds_the_spot_for_fifteen_minutes(house: House):
    spot = house.spots(house.mini())[1]

    booking = house.hold("ana", spot)

    kept = house.booking(booking)
    assert (kept.state, kept.spot_id, kept.hold_until - kept.began_at) == (State.HELD, spot.id, QUARTER)
    assert house.seats(booking) == [spot.id]


@pytest.mark.rule("G1", "F2")
def test_nobody_else_can_take_a_held_seat(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)

    with pytest.raises(SpotTaken):
        house.hold("ben", spot)

    row = house.row(spot)
    assert (row.taken, row.held) == (1, 1)
    assert house.seats(booking) == [spot.id]


@pytest.mark.rule("F2")
def test_whoever_was_refused_can_hold_another_spot_at_once(house: House):
    first, second, *_ = house.spots(house.mini())
    house.hold("ana", first)
    with pytest.raises(SpotTaken):
        house.hold("ben", first)

    assert house.seats(house.hold("ben", second)) == [second.id]


@pytest.mark.rule("F10")
def test_a_client_holds_one_spot_of_a_mini_at_a_time(house: House):
    first, second, *_ = house.spots(house.mini())
    house.hold("ana", first)

    with pytest.raises(HoldElsewhere):
        house.hold("ana", second)

    assert house.row(second).taken == 0


@pytest.mark.rule("F10")
def test_a_client_may_hold_a_spot_in_each_of_two_minis(house: House):
    fall = house.spots(house.mini())[0]
    winter = house.spots(house.mini("Winter Minis", days=[a_day(start="15:00")]))[0]

    held = [house.hold("ana", spot) for spot in (fall, winter)]

    assert [house.seats(one) for one in held] == [[fall.id], [winter.id]]


@pytest.mark.rule("E3")
def test_an_unpublished_mini_still_books_by_its_link(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: desk.unpublish(mini.id))

    assert house.hold("ana", house.spots(mini)[0]).state is State.HELD


@pytest.mark.rule("B8", "E3")
@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (StudioDesk.pause, MiniPaused),
        (StudioDesk.archive, MiniNotOpen),
        (StudioDesk.cancel_mini, MiniNotOpen),
    ],
)
def test_a_mini_that_is_closed_takes_no_holds(
    house: House, deed: Callable[[StudioDesk, str], object], refusal: type[Refusal]
):
    mini = house.mini()
    spot = house.spots(mini)[0]
    house.by_owner(lambda desk: deed(desk, mini.id))

    with pytest.raises(refusal) as refused:
        house.hold("ana", spot)

    assert refused.value.facts == {"title": "Fall Minis"}
    assert house.row(spot).taken == 0


def test_a_draft_takes_no_holds(house: House):
    spot = house.spots(house.mini(published=False))[0]

    with pytest.raises(MiniNotOpen):
        house.hold("ana", spot)


@pytest.mark.rule("E3")
def test_a_hold_goes_on_when_its_mini_is_paused(house: House):
    first, second, *_ = house.spots(house.mini())
    booking = house.hold("ana", first)
    house.by_owner(lambda desk: desk.pause(first.mini_id))

    house.by("ana", lambda desk: desk.swap(booking.id, second.id))

    assert house.confirm("ana", booking).spot_id == second.id


def test_a_spot_that_has_begun_cannot_be_held(house: House):
    spot = house.spots(house.mini())[0]
    house.wait(spot.starts - house.look(lambda records: records.now))

    with pytest.raises(SpotGone):
        house.hold("ana", spot)


def test_a_forged_spot_of_another_mini_or_studio_cannot_be_held(house: House, shared: tuple[Store, str]):
    spot = house.spots(house.mini())[0]
    other = house.mini("Winter Minis", days=[a_day(start="15:00")])
    elsewhere = House(*shared)

    with pytest.raises(SpotGone):
        house.hold("ana", spot, mini_id=other.id)
    with pytest.raises(SpotGone):
        elsewhere.hold("ana", spot)
    with pytest.raises(SpotGone):
        house.hold("ana", spot, spot_id="nowhere")


@pytest.mark.rule("C7")
def test_a_closed_spot_cannot_be_held(house: House):
    spot = house.spots(house.mini())[0]
    house.by_owner(lambda desk: desk.change_spot(spot.id, closed=True))

    with pytest.raises(SpotTaken):
        house.hold("ana", spot)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"package_id": "gone"}, PackageGone),
        ({"package_id": "long"}, PackageTooLong),
        ({"places": 2}, TooManyPlaces),
        ({"places": 0}, TooManyPlaces),
        ({"add_ons": (("gone", 1),)}, AddOnGone),
        ({"add_ons": (("print", 3),)}, TooManyAddOns),
    ],
)
def test_a_wish_that_does_not_fit_is_refused_and_leaves_nothing(
    house: House, wish: dict[str, Any], refusal: type[Refusal]
):
    packages = [a_package(), a_package("Long", minutes=40)]
    spot = house.spots(house.mini(packages=packages, add_ons=[an_add_on("Print", 12, most=2)]))[0]

    with pytest.raises(refusal):
        house.hold("ana", spot, **wish)

    assert house.row(spot).taken == 0
    assert house.hold("ana", spot, add_ons=(("print", 2),)).price.total == dollars(174)


def test_a_long_package_fits_where_the_next_start_is_late_enough(house: House):
    spots = house.spots(house.mini(packages=[a_package(minutes=40)], days=[some_day(gap=timedelta(minutes=20))]))

    assert house.hold("ana", spots[0]).package.length == timedelta(minutes=40)
    assert house.hold("ben", spots[-1]).package.length == timedelta(minutes=40)


@pytest.mark.rule("B10")
def test_a_hold_keeps_the_price_list_it_began_with(house: House):
    mini = house.mini()
    first, second, *_ = house.spots(mini)
    before = house.hold("ana", first)
    house.by_owner(lambda desk: desk.set_packages(mini.id, [a_package(fee=200)]))

    after = house.hold("ben", second)

    assert house.booking(before).price.total == dollars(150)
    assert house.booking(after).price.total == dollars(200)


@pytest.mark.rule("H2")
def test_the_price_of_a_hold_is_made_of_its_own_choice(house: House):
    spot = house.class_of(add_ons=[an_add_on("Print", 12)])

    booking = house.hold("ana", spot, places=3, add_ons=(("print", 1),))

    assert booking.price.total == dollars(3 * (150 + 12))


class OneCode:
    """Records whose chance always gives the same code of a length."""

    def __init__(self, records: Any) -> None:
        self._records = records

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def new_code(self, prefix: str, digits: int) -> str:
        return f"{prefix}-{'7' * digits}"


def test_a_code_that_is_taken_gives_way_to_a_longer_one(house: House):
    first, second, *_ = house.spots(house.mini())

    def hold(name: str, spot: Any) -> Booking:
        client = house.client(name)
        return house.store.do(
            lambda records: ClientDesk(OneCode(records), house.studio, client).hold(wish_for(spot))  # pyright: ignore[reportArgumentType]
        )

    assert [hold("ana", first).code, hold("ben", second).code] == ["LP-7777", "LP-77777"]


# -- at once -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("G1", "F2")
def test_of_many_who_tap_one_spot_at_once_one_has_it(house: House):
    spot = house.spots(house.mini())[0]
    names = [f"client{number}" for number in range(12)]
    for name in names:
        house.client(name)

    outcomes = at_once(*(lambda name=name: house.hold(name, spot) for name in names))

    held = [one for one in outcomes if isinstance(one, Booking)]
    assert len(held) == 1
    assert {type(one) for one in outcomes} == {Booking, SpotTaken}
    assert (house.seats(held[0]), house.row(spot).taken) == ([spot.id], 1)


@pytest.mark.rule("F10")
def test_one_person_on_two_devices_has_one_hold(house: House):
    spots = house.spots(house.mini())
    house.client("ana")

    outcomes = at_once(*(lambda spot=spot: house.hold("ana", spot) for spot in spots))

    assert sorted(type(one).__name__ for one in outcomes) == ["Booking", *["HoldElsewhere"] * 3]
    assert sum(row.taken for row in house.rows(spots[0].mini_id)) == 1


@pytest.mark.parametrize(("guarded", "holders"), [(True, 1), (False, 2)])
def test_it_is_the_index_that_keeps_two_unfinished_holds_apart(migrated_postgres_url: str, guarded: bool, holders: int):
    """Both hold before either commits, as two servers may; the control is without the index.

    SQLite has one writer, so nothing is unfinished there when the next begins: tests/storage has its control.
    """
    if not guarded:
        raw.execute(
            migrated_postgres_url,
            "DROP INDEX one_live_claim",
            "ALTER TABLE claims DROP CONSTRAINT IF EXISTS claims_never_overlap",
        )
    store = Store.open(migrated_postgres_url, link_key=LINK_KEY)
    house = House(store, migrated_postgres_url)
    spot = house.spots(house.mini())[0]
    both_hold = Barrier(2)

    def hold(name: str) -> Booking:
        def deed(desk: ClientDesk) -> Booking:
            booking = desk.hold(wish_for(spot))
            with suppress(BrokenBarrierError):  # with the index the other waits for this one to commit
                both_hold.wait(1.0)
            return booking

        return house.by(name, deed)

    for name in ("ana", "ben"):
        house.client(name)
    outcomes = at_once(lambda: hold("ana"), lambda: hold("ben"))

    assert sum(isinstance(one, Booking) for one in outcomes) == holders
    assert house.row(spot).taken == holders
    store.close()
