"""How a hold ends: by time, by its client, by the studio; and what is said of it."""

from datetime import timedelta

import pytest

from core.back_office import BackOffice
from core.booking.booking import Reason, State
from core.booking.ending import lapse
from core.booking.refusals import BookingChanged, HoldCannotBeEnded, HoldOver
from core.booking.reserve import Terms
from core.minis.mini import MiniState
from core.ports import Records
from storage.store import Store
from tests.core.house import ANA, QUARTER, House


@pytest.mark.rule("G4")
def test_when_a_hold_ends_the_seat_is_free_and_the_client_is_told(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)

    ended = house.let_lapse(booking)

    assert (ended.state, ended.reason, house.seats(booking)) == (State.EXPIRED, Reason.LAPSED, [])
    assert house.row(spot).taken == 0
    assert house.waiting() == ["hold_lapsed", "resume"]
    assert house.hold("ben", spot).state is State.HELD


@pytest.mark.rule("G4")
def test_nothing_ends_before_its_time(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    house.wait(QUARTER - timedelta(seconds=30))
    house.tick()

    assert house.booking(booking).state is State.HELD
    with pytest.raises(BookingChanged):
        house.store.do(lambda records: lapse(records, booking))


@pytest.mark.rule("G4")
def test_after_the_end_nothing_can_be_said_even_if_nobody_ended_the_hold_yet(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    house.wait(QUARTER)

    with pytest.raises(HoldOver):
        house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    with pytest.raises(HoldOver):
        house.by("ana", lambda desk: desk.choose(booking.id, "mini", ()))
    with pytest.raises(HoldOver):
        house.by("ana", lambda desk: desk.confirm(booking.id))
    assert house.booking(booking).version == booking.version


@pytest.mark.rule("G4")
def test_the_clock_is_read_once_for_what_is_over_and_for_ending_it(house: House):
    """A hold that ends between two looks at the clock would be found over, and then refused as not over yet."""
    booking = house.hold("ana", house.spots(house.mini())[0])

    def a_unit_that_takes_a_quarter_of_an_hour(records: Records) -> int:
        assert records.now < booking.hold_until
        records.clock.shift(QUARTER)
        return BackOffice(records).lapse_holds()

    house.store.do(a_unit_that_takes_a_quarter_of_an_hour)
    assert house.booking(booking).state is State.HELD
    house.tick()
    assert house.booking(booking).state is State.EXPIRED


@pytest.mark.rule("G2")
def test_giving_up_frees_the_spot_at_once_and_without_a_word(house: House):
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)

    house.by("ana", lambda desk: desk.give_up(booking.id))

    kept = house.booking(booking)
    assert (kept.state, kept.reason, house.row(spot).taken) == (State.EXPIRED, Reason.GIVEN_UP, 0)
    assert house.waiting() == []
    with pytest.raises(BookingChanged):
        house.by("ana", lambda desk: desk.give_up(booking.id))


def test_nobody_ends_somebody_elses_hold(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(BookingChanged):
        house.by("ben", lambda desk: desk.give_up(booking.id))

    assert house.booking(booking) == booking


@pytest.mark.rule("G2")
def test_the_photographer_cannot_end_a_hold_by_hand(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(HoldCannotBeEnded):
        house.by_owner(lambda desk: desk.end_hold(booking.id))

    assert house.booking(booking) == booking


@pytest.mark.rule("G2")
def test_a_studio_that_switched_it_on_ends_a_hold_and_the_client_is_told_at_once(shared: tuple[Store, str]):
    house = House(*shared, {"hold_override": True})
    spot = house.spots(house.mini())[0]
    booking = house.hold("ana", spot)

    house.by_owner(lambda desk: desk.end_hold(booking.id))

    kept = house.booking(booking)
    assert (kept.state, kept.reason, house.row(spot).taken) == (State.EXPIRED, Reason.BY_STUDIO, 0)
    assert house.waiting() == ["hold_ended"]


def test_cancelling_the_mini_ends_its_holds_and_reservations_and_keeps_what_is_booked(house: House):
    first, second, third, fourth = house.spots(house.mini())
    held = house.hold("ana", first)
    booked = house.confirmed("ben", second)
    in_use = house.reserve(third)
    taken = house.hold_reserved("cleo", in_use)
    opened = house.reserve(fourth)

    mini = house.by_owner(lambda desk: desk.cancel_mini(first.mini_id))

    assert mini.state is MiniState.CANCELLED
    assert [house.booking(one).state for one in (held, booked, taken)] == ["cancelled", "confirmed", "cancelled"]
    assert [house.reservation(one).state for one in (in_use, opened)] == ["removed", "removed"]
    assert [house.row(one).taken for one in (first, second, third, fourth)] == [0, 1, 0, 0]
    told = [(row.kind, row.client) for row in house.outbox() if row.state == "ready" and row.kind == "cancelled"]
    assert sorted(told) == [("cancelled", "ana"), ("cancelled", "cleo")]


@pytest.mark.rule("D4")
def test_a_reservation_waits_with_its_end_while_it_is_in_use(house: House):
    spot = house.spots(house.mini())[0]
    now = house.look(lambda records: records.now)
    reservation = house.reserve(spot, lapses_at=now + timedelta(minutes=10))
    booking = house.hold_reserved("ana", reservation)

    house.let_lapse(booking)

    assert house.reservation(reservation).state == "lapsed"
    assert house.row(spot).taken == 0
    assert house.waiting() == ["hold_lapsed", "resume", "reservation_lapsed"]


@pytest.mark.rule("D2")
def test_a_reservation_comes_back_when_its_hold_ends_and_stays_its_clients(house: House):
    spot = house.spots(house.mini())[0]
    reservation = house.reserve(spot)
    booking = house.hold_reserved("ana", reservation)

    house.let_lapse(booking)

    kept = house.reservation(reservation)
    assert (kept.state, kept.client_id, kept.booking_id) == ("open", house.client("ana").id, None)
    assert house.seats(reservation) == [spot.id]


@pytest.mark.rule("D2")
def test_new_terms_of_a_reservation_in_use_are_for_whoever_takes_it_next(house: House):
    reservation = house.reserve(house.spots(house.mini())[0])
    booking = house.hold_reserved("ana", reservation)

    house.by_owner(lambda desk: desk.change_reservation(reservation.id, Terms(note="Gran", outside=True)))

    assert house.booking(booking).snapshot == booking.snapshot
    assert house.reservation(reservation).note == "Gran"
