"""A spot is claimed as it is: whoever changes it and whoever claims it at the same moment do so one after the other."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from core.booking.at_stake import MiniNotFinished
from core.booking.booking import Booking, Reservation, ReservationState, State
from core.booking.refusals import MiniNotOpen, SpotTaken
from core.minis.add_break import BreakMovesClaimed
from core.minis.change_spots import SpotNotFree
from core.minis.mini import MiniState, Spot
from core.minis.plan import Break
from storage.columns import micros
from storage.store import Store
from storage.tables import claims, spots
from tests.core.house import House, present
from tests.core.meeting import Deed, meet
from tests.storage import raw

#: A claimer has read the spot and not yet its seat; has its seat and is not yet committed.
READ, CLAIMED = "INSERT INTO claims", "INSERT INTO history"
#: The studio has seen that the spot is free; has changed it and is not yet committed.
SEEN_FREE, CHANGED = "UPDATE spots", "INSERT INTO history"

DEAR = 2500


# -- who changes a spot --


def close(spot: Spot) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.change_spot(spot.id, closed=True))


def make_dearer(spot: Spot) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.change_spot(spot.id, premium_minor=DEAR))


def add_break(spot: Spot) -> Deed:
    pause = Break(time(10, 45), timedelta(minutes=30))
    return lambda house: house.by_owner(lambda desk: desk.add_break(spot.mini_id, spot.day_id, pause))


def lengthen(spot: Spot) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.lengthen(spot.id, 5))


# -- who claims it --


def hold(_house: House, spot: Spot) -> Deed:
    return lambda house: house.hold("ana", spot)


def swap(house: House, spot: Spot) -> Deed:
    held = house.hold("ana", first_of(house, spot))
    return lambda house: house.by("ana", lambda desk: desk.swap(held.id, spot.id))


def move(house: House, spot: Spot) -> Deed:
    confirmed = house.confirmed("ana", first_of(house, spot))
    return lambda house: house.by_owner(lambda desk: desk.move(confirmed.id, spot.id))


def take_up(house: House, spot: Spot) -> Deed:
    expired = house.let_lapse(house.hold("ana", first_of(house, spot)))
    return lambda house: house.by("ana", lambda desk: desk.take_up(expired.id, spot.id))


def reserve(_house: House, spot: Spot) -> Deed:
    return lambda house: house.reserve(spot)


CLAIMERS = [hold, swap, move, take_up, reserve]
CHANGES = [close, make_dearer, add_break, lengthen]
Shared = tuple[Store, str]
Claimer = Callable[[House, Spot], Deed]
Change = Callable[[Spot], Deed]


def first_of(house: House, spot: Spot) -> Spot:
    """The first spot of the day, which no break here moves."""
    return house.spots_of_day(spot)[0]


def a_spot(house: House) -> Spot:
    """One that a break would move; who claims it has been seen before."""
    house.client("ana")
    return house.spots(house.mini())[2]


@pytest.fixture
def spot(house: House) -> Spot:
    return a_spot(house)


def disagreements(house: House, spot: Spot, *claimers: object) -> list[str]:
    """What the claims and bookings of the spot say otherwise than the spot itself."""
    now = house.spot(spot.id)
    times = (micros(now.starts), micros(now.ends))
    live = select(claims).where(claims.c.spot_id == spot.id, claims.c.released_at.is_(None))
    claimed = raw.rows(house.url, live)
    found = ["claimed at another time" for claim in claimed if (claim.starts, claim.ends) != times]
    for booking in (house.booking(one) for one in claimers if isinstance(one, Booking)):
        if booking.snapshot.starts != now.starts:
            found.append("booked at another time")
        if booking.state is State.HELD and booking.snapshot.premium_minor != now.premium_minor:
            found.append("held at another price")
        if now.closed:
            found.append("booked though it was closed")
    return found


@pytest.mark.rule("B4", "C5", "C7")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("claimer", CLAIMERS)
def test_a_spot_that_is_changed_before_it_is_claimed_is_claimed_as_it_is_now(
    house: House, spot: Spot, claimer: Claimer, change: Change
):
    met = meet(house, claimer(house, spot), READ, change(spot))

    assert disagreements(house, spot, met.first) == []
    if met.waited:  # SQLite: nobody writes beside a writer
        assert isinstance(met.second, SpotNotFree | BreakMovesClaimed)
    else:
        assert isinstance(met.first, SpotTaken) is (change is close and claimer is not reserve)
        assert house.spot(spot.id) != spot


@pytest.mark.rule("B4", "C5", "C7")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("claimer", CLAIMERS)
def test_a_spot_that_is_being_claimed_is_not_changed(house: House, spot: Spot, claimer: Claimer, change: Change):
    met = meet(house, claimer(house, spot), CLAIMED, change(spot))

    assert met.waited
    assert isinstance(met.second, SpotNotFree | BreakMovesClaimed)
    assert house.spot(spot.id) == spot
    assert disagreements(house, spot, met.first) == []


@pytest.mark.rule("B4", "C5", "C7")
@pytest.mark.parametrize(
    ("change", "before"), [(close, SEEN_FREE), (make_dearer, SEEN_FREE), (add_break, SEEN_FREE), (add_break, CHANGED)]
)
@pytest.mark.parametrize("claimer", CLAIMERS)
def test_a_spot_that_is_being_changed_is_claimed_as_it_is_then(
    house: House, spot: Spot, claimer: Claimer, change: Change, before: str
):
    met = meet(house, change(spot), before, claimer(house, spot))

    assert met.waited
    assert house.spot(spot.id) != spot
    assert isinstance(met.second, SpotTaken) is (change is close and claimer is not reserve)
    assert disagreements(house, spot, met.second) == []


@pytest.mark.rule("C7")
def test_of_two_who_change_a_spot_neither_undoes_what_the_other_did(house: House, spot: Spot):
    met = meet(house, close(spot), SEEN_FREE, make_dearer(spot))

    assert met.waited
    assert (house.spot(spot.id).closed, house.spot(spot.id).premium_minor) == (True, DEAR)


@pytest.mark.rule("D3")
def test_an_own_reservation_is_taken_up_at_the_price_that_its_spot_has_by_then(house: House, spot: Spot):
    """The spot is read; then it is made dearer, reserved, held by this client and given back to their reservation."""

    def dearer_and_given_back(house: House) -> object:
        make_dearer(spot)(house)
        return house.given_back("ana", spot)

    met = meet(house, take_up(house, spot), "SELECT reservations", dearer_and_given_back)

    assert isinstance(met.first, Booking)
    assert disagreements(house, spot, met.first) == []
    if not met.waited:
        assert house.seats(met.first) == [spot.id]
        assert met.first.snapshot.premium_minor == DEAR


@pytest.mark.rule("C4")
def test_those_who_claim_seats_of_one_class_share_its_lock(shared_postgres: Shared):
    house = House(*shared_postgres)
    everybody = house.class_of(seats=3)
    claimed = select(spots.c.id).where(spots.c.id == everybody.id).with_for_update(read=True)

    with raw.connected(house.url) as somebody:
        somebody.execute(claimed)
        booking = house.hold("ana", everybody, places=2)

    assert house.seats(booking) == [everybody.id] * 2


@pytest.mark.rule("B4", "C4")
@pytest.mark.parametrize("before", [READ, CLAIMED])
def test_a_class_is_held_at_the_price_that_it_has(house: House, before: str):
    everybody = house.class_of(seats=3)
    house.client("ana")

    met = meet(house, lambda house: house.hold("ana", everybody, places=2), before, make_dearer(everybody))

    assert isinstance(met.first, Booking)
    assert disagreements(house, everybody, met.first) == []


def call_off(spot: Spot) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.cancel_mini(spot.mini_id))


def left_open(house: House, spot: Spot) -> list[Reservation]:
    """Reservations that their mini's end did not reach."""
    mini = present(house.look(lambda records: records.minis.one(house.studio.id, spot.mini_id)))
    kept = house.look(lambda records: records.reservations.of_mini(house.studio.id, spot.mini_id))
    return [one for one in kept if one.is_open and mini.state is MiniState.CANCELLED]


@pytest.mark.rule("D1", "D3")
@pytest.mark.parametrize("before", [READ, CLAIMED])
def test_a_mini_that_is_called_off_while_a_spot_is_reserved_leaves_no_reservation(
    house: House, spot: Spot, before: str
):
    met = meet(house, lambda house: house.reserve(spot), before, call_off(spot))

    if met.waited:
        assert isinstance(met.first, Reservation)
        assert house.reservation(met.first).state is ReservationState.REMOVED
    else:
        assert before == READ
        assert isinstance(met.first, MiniNotOpen)


@pytest.mark.rule("D1", "D3")
def test_nothing_is_reserved_in_a_mini_that_is_being_called_off(house: House, spot: Spot):
    met = meet(house, call_off(spot), CHANGED, lambda house: house.reserve(spot))

    assert met.waited
    assert isinstance(met.second, MiniNotOpen)


def put_away(spot: Spot) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.archive(spot.mini_id))


ENDINGS = [put_away, call_off]


@pytest.mark.rule("B8")
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("before", [READ, CLAIMED])
def test_a_mini_that_ends_while_it_is_being_booked_knows_of_the_hold(
    house: House, spot: Spot, before: str, ending: Change
):
    met = meet(house, lambda house: house.hold("ana", spot), before, ending(spot))

    if not met.waited:
        assert before == READ
        assert isinstance(met.first, MiniNotOpen)
        return
    assert isinstance(met.first, Booking)
    if ending is put_away:
        assert isinstance(met.second, MiniNotFinished)
        assert house.booking(met.first).state is State.HELD
    else:
        assert house.booking(met.first).state is State.CANCELLED


@pytest.mark.rule("B8")
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("claimer", [hold, take_up])
def test_nobody_begins_to_book_a_mini_that_is_ending(house: House, spot: Spot, claimer: Claimer, ending: Change):
    met = meet(house, ending(spot), CHANGED, claimer(house, spot))

    assert met.waited
    assert isinstance(met.second, MiniNotOpen)


# -- the controls ------------------------------------------------------------------------------------------------------

LOCK_OF_THE_CLAIM = " FOR SHARE OF spots, minis"
LOCK_OF_THE_CHANGE = " FOR NO KEY UPDATE"
AS_READ = (
    " AND spots.starts = %(starts)s::BIGINT AND spots.ends = %(ends)s::BIGINT AND spots.seats = %(seats)s::INTEGER"
    " AND spots.premium_minor = %(premium_minor)s::INTEGER AND spots.closed = %(closed)s"
)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("guard", [LOCK_OF_THE_CLAIM, LOCK_OF_THE_CHANGE])
def test_without_either_lock_a_spot_is_changed_under_a_claim(shared_postgres: Shared, guard: str, change: Change):
    house = House(*shared_postgres)
    spot = a_spot(house)

    met = meet(house, change(spot), SEEN_FREE, hold(house, spot), without=[guard])

    assert not met.waited
    assert disagreements(house, spot, met.second)


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_look_within_the_claim_it_copies_what_is_over(shared_postgres: Shared, change: Change):
    house = House(*shared_postgres)
    spot = a_spot(house)

    met = meet(house, hold(house, spot), READ, change(spot), without=[AS_READ])

    assert disagreements(house, spot, met.first)


def test_without_its_lock_a_mini_is_called_off_around_a_reservation(shared_postgres: Shared):
    house = House(*shared_postgres)
    spot = a_spot(house)

    met = meet(house, lambda house: house.reserve(spot), CLAIMED, call_off(spot), without=[LOCK_OF_THE_CLAIM])

    assert not met.waited
    assert left_open(house, spot) == [met.first]


def test_without_its_lock_a_mini_is_put_away_around_a_hold(shared_postgres: Shared):
    house = House(*shared_postgres)
    spot = a_spot(house)

    met = meet(house, hold(house, spot), CLAIMED, put_away(spot), without=[LOCK_OF_THE_CLAIM])

    assert not met.waited
    assert isinstance(met.first, Booking)
    assert not isinstance(met.second, Exception)
