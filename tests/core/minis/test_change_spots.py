"""C7: single spots of a saved day are added, removed, lengthened and closed, as long as nobody has them."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from core.booking.refusals import SpotGone
from core.minis.change_spots import Closing, SameStartHasOneSpot, SpotInTheWay, SpotNotFree
from core.minis.mini import Day, Mini, Spot
from core.minis.plan import DurationOutOfRange, SpotsOutOfRange, StartIsPast
from core.minis.publish import MiniChanged
from core.values.moments import StartDoesNotExist, StartExistsTwice, local
from core.values.refusals import Refusal
from storage.store import Store
from tests.builders import CHICAGO, SATURDAY, a_class, a_day
from tests.core.house import House, some_day
from tests.core.meeting import meet

CLAIMS = [House.hold, House.confirmed, lambda house, _name, spot: house.reserve(spot)]
Claim = Callable[[House, str, Spot], object]


def day_of(house: House, mini: Mini) -> Day:
    return house.by_owner(lambda desk: desk.days(mini.id))[0]


def clock(spot: Spot) -> str:
    return f"{local(spot.starts, CHICAGO):%H:%M}"


def times(house: House, mini: Mini) -> str:
    """All of the day, closed ones too."""
    return " ".join(clock(state.spot) for state in house.by_owner(lambda desk: desk.day_states(mini.id)))


def add(house: House, mini: Mini, starts: str, **facts: Any) -> Spot:
    day = day_of(house, mini)
    return house.by_owner(lambda desk: desk.add_spot(day.id, time.fromisoformat(starts), **facts))


def close(house: House, mini: Mini, begins: str, ends: str, *, closed: bool = True) -> Closing:
    day, first, last = day_of(house, mini), time.fromisoformat(begins), time.fromisoformat(ends)
    return house.by_owner(lambda desk: desk.close_range(day.id, first, last, closed=closed))


# -- adding --


@pytest.mark.rule("C7")
def test_a_spot_is_added_and_can_be_booked(house: House):
    mini = house.mini()

    early, late = add(house, mini, "09:00"), add(house, mini, "12:00", length=timedelta(minutes=45))

    assert times(house, mini) == "09:00 10:15 10:40 11:05 11:30 12:00"
    assert (early.length, late.length) == (timedelta(minutes=20), timedelta(minutes=45))
    assert house.confirmed("ana", early).snapshot.starts == early.starts
    assert house.notes().count(("spot_added", mini.id)) == 2


@pytest.mark.rule("C3", "C7")
@pytest.mark.parametrize(
    ("starts", "in_the_way"), [("10:20", ("10:15",)), ("11:49", ("11:30",)), ("10:55", ("10:40", "11:05"))]
)
def test_a_spot_that_would_share_time_with_another_is_not_added(house: House, starts: str, in_the_way: tuple[str, ...]):
    mini = house.mini()

    with pytest.raises(SpotInTheWay) as refused:
        add(house, mini, starts)

    assert refused.value.facts == {"times": in_the_way}
    assert times(house, mini) == "10:15 10:40 11:05 11:30"


@pytest.mark.rule("C1", "C2", "C4", "C7")
@pytest.mark.parametrize(
    ("plan", "starts", "facts", "refusal"),
    [
        (a_day(), "12:00", {"length": timedelta(minutes=4)}, DurationOutOfRange),
        (a_class(), "12:00", {}, SameStartHasOneSpot),
        (
            some_day(spots=200, duration=timedelta(minutes=5), gap=timedelta(0), start=time(1)),
            "00:30",
            {},
            SpotsOutOfRange,
        ),
    ],
)
def test_what_no_day_has_is_not_added(
    house: House, plan: Any, starts: str, facts: dict[str, Any], refusal: type[Refusal]
):
    mini = house.mini(days=[plan])

    with pytest.raises(refusal):
        add(house, mini, starts, **facts)


@pytest.mark.rule("C2", "C7")
def test_a_spot_in_the_past_is_not_added(house: House):
    mini = house.mini()
    house.wait(house.spots(mini)[1].starts - house.look(lambda records: records.now))

    with pytest.raises(StartIsPast) as refused:
        add(house, mini, "09:00")

    assert refused.value.facts == {"date": SATURDAY.isoformat(), "time": "09:00"}


@pytest.mark.rule("C6", "C7")
def test_a_start_that_the_clocks_skip_or_repeat_is_asked_about(house: House):
    forward, back = (house.mini(days=[a_day(SATURDAY.replace(2027, month, day))]) for month, day in ((3, 14), (11, 7)))

    with pytest.raises(StartDoesNotExist):
        add(house, forward, "02:30")
    with pytest.raises(StartExistsTwice):
        add(house, back, "01:30")
    first, second = add(house, back, "01:30", fold=0), add(house, back, "01:30", fold=1)
    assert second.starts - first.starts == timedelta(hours=1)


@pytest.mark.rule("C3", "C7")
def test_two_who_add_the_same_spot_at_once_get_one(house: House):
    mini = house.mini()

    met = meet(
        house, lambda house: add(house, mini, "12:00"), "INSERT INTO spots", lambda house: add(house, mini, "12:10")
    )

    assert isinstance(met.first, Spot)
    assert isinstance(met.second, SpotInTheWay)


# -- removing --


@pytest.mark.rule("C7")
def test_a_free_spot_is_removed_from_every_list(house: House):
    mini = house.mini()
    spot = house.spots(mini)[1]

    house.by_owner(lambda desk: desk.remove_spot(spot.id))

    assert times(house, mini) == "10:15 11:05 11:30"
    (row,) = house.by_owner(lambda desk: desk.minis())
    assert (row.spots, row.free) == (3, 3)
    assert house.notes().count(("spot_removed", mini.id)) == 1
    for late in (lambda: house.hold("ana", spot), lambda: house.reserve(spot)):
        with pytest.raises(SpotGone):
            late()
    for deed in (
        lambda desk: desk.remove_spot(spot.id),
        lambda desk: desk.lengthen(spot.id, 5),
        lambda desk: desk.change_spot(spot.id, closed=True),
        lambda desk: desk.seat_holders(spot.id),
    ):
        with pytest.raises(MiniChanged):
            house.by_owner(deed)


@pytest.mark.rule("C7")
def test_where_a_spot_was_another_one_may_be(house: House):
    mini = house.mini()
    second = house.spots(mini)[1]
    house.by_owner(lambda desk: desk.remove_spot(second.id))

    add(house, mini, "10:38")

    assert times(house, mini) == "10:15 10:38 11:05 11:30"


@pytest.mark.rule("C7", "K1")
def test_whoever_had_a_spot_once_is_still_read_after_it_was_removed(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]
    booking = house.confirmed("ana", spot)
    house.by_owner(lambda desk: desk.cancel(booking.id))

    house.by_owner(lambda desk: desk.remove_spot(spot.id))

    assert house.booking(booking).snapshot.starts == spot.starts
    assert house.by_owner(lambda desk: desk.find(booking.code)) == [house.booking(booking)]


@pytest.mark.rule("F9", "C7")
def test_a_booking_whose_spot_was_removed_is_taken_up_at_another(house: House):
    mini = house.mini()
    first, second, *_ = house.spots(mini)
    expired = house.let_lapse(house.hold("ana", first))
    house.by_owner(lambda desk: desk.remove_spot(first.id))

    with pytest.raises(SpotGone):
        house.by("ana", lambda desk: desk.take_up(expired.id, first.id))
    assert house.by("ana", lambda desk: desk.take_up(expired.id, second.id)).spot_id == second.id


@pytest.mark.rule("C7")
def test_a_long_package_fits_once_the_spot_behind_it_is_removed(house: House):
    mini = house.mini()
    first, second, *_ = house.spots(mini)
    assert house.row(first).next_start == second.starts

    house.by_owner(lambda desk: desk.remove_spot(second.id))

    assert house.row(first).next_start == house.spots(mini)[1].starts


@pytest.mark.rule("C7")
def test_the_last_spot_of_a_day_stays_until_the_day_goes(house: House):
    (spot,) = house.spots(house.mini(days=[a_day(spots=1)]))

    with pytest.raises(SpotsOutOfRange):
        house.by_owner(lambda desk: desk.remove_spot(spot.id))


@pytest.mark.rule("C7")
@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize(
    "deed", [lambda desk, spot: desk.remove_spot(spot.id), lambda desk, spot: desk.lengthen(spot.id, 5)]
)
def test_what_somebody_has_is_neither_removed_nor_lengthened(house: House, claim: Claim, deed: Callable[..., Any]):
    mini = house.mini()
    spot = house.spots(mini)[1]
    claim(house, "ana", spot)

    with pytest.raises(SpotNotFree):
        house.by_owner(lambda desk: deed(desk, spot))

    assert house.spot(spot.id) == spot


@pytest.mark.rule("C7", "G1")
def test_a_spot_that_is_removed_while_somebody_holds_it_is_one_or_the_other(house: House):
    mini = house.mini()
    first, second, *_ = house.spots(mini)
    house.client("ana")
    house.client("ben")

    def remove(spot: Spot) -> Callable[[House], object]:
        return lambda house: house.by_owner(lambda desk: desk.remove_spot(spot.id))

    held = meet(house, lambda house: house.hold("ana", first), "INSERT INTO claims", remove(first))
    removed = meet(house, remove(second), "UPDATE spots", lambda house: house.hold("ben", second))

    assert isinstance(held.second if held.waited else held.first, SpotNotFree if held.waited else SpotGone)
    assert isinstance(removed.second, SpotGone)


# -- lengthening --


@pytest.mark.rule("C7")
def test_a_free_spot_is_lengthened_up_to_the_next_one(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]

    longer = house.by_owner(lambda desk: desk.lengthen(spot.id, 5))

    assert (longer.starts, longer.length) == (spot.starts, timedelta(minutes=25))
    assert house.spot(spot.id) == longer
    with pytest.raises(SpotInTheWay) as refused:
        house.by_owner(lambda desk: desk.lengthen(spot.id, 1))
    assert refused.value.facts == {"times": ("10:40",)}


@pytest.mark.rule("C1", "C7")
def test_no_spot_is_longer_than_half_a_day(house: House):
    spot = house.spots(house.mini())[-1]

    with pytest.raises(DurationOutOfRange):
        house.by_owner(lambda desk: desk.lengthen(spot.id, 12 * 60))


# -- closing a range --


@pytest.mark.rule("C7")
def test_a_range_closes_the_free_spots_and_says_which_are_taken(house: House):
    mini = house.mini()
    house.hold("ana", house.spots(mini)[1])

    done = close(house, mini, "10:30", "11:30")

    assert [clock(spot) for spot in done.changed] == ["10:15", "11:05"]
    assert [clock(spot) for spot in done.taken] == ["10:40"]
    assert [clock(spot) for spot in house.spots(mini)] == ["10:40", "11:30"]
    assert close(house, mini, "10:30", "11:30").changed == ()

    opened = close(house, mini, "00:00", "11:10", closed=False)
    assert [clock(spot) for spot in opened.changed] == ["10:15", "11:05"]
    assert len(house.spots(mini)) == 4


@pytest.mark.rule("C7")
def test_a_range_without_spots_closes_none(house: House):
    mini = house.mini()

    assert close(house, mini, "12:00", "13:00") == Closing((), ())


@pytest.mark.rule("C7")
def test_a_day_over_midnight_is_closed_on_either_side_of_it(house: House):
    mini = house.mini(days=[some_day(start=time(23, 0), spots=6)])

    assert [clock(spot) for spot in close(house, mini, "00:10", "00:45").changed] == ["00:15", "00:40"]
    assert [clock(spot) for spot in close(house, mini, "23:30", "00:10").changed] == ["23:25", "23:50"]


@pytest.mark.rule("A6", "C7")
def test_nobody_changes_the_spots_of_another_studio(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    mini = other.mini()
    spot, day = other.spots(mini)[0], day_of(other, mini)

    for deed in (
        lambda desk: desk.add_spot(day.id, time(9)),
        lambda desk: desk.remove_spot(spot.id),
        lambda desk: desk.lengthen(spot.id, 5),
        lambda desk: desk.close_range(day.id, time(9), time(12), closed=True),
    ):
        with pytest.raises(MiniChanged):
            house.by_owner(deed)
    assert other.spots(mini)[0] == spot
