"""The list of spots and the offer of one: everything that a client or the deed must know, in one statement."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.booking.booking import Owner, State
from core.minis.records import SpotOffer, SpotRow
from core.values.news import News, What
from storage.store import Store
from storage.unit import Unit
from tests.storage.builders import FALL, LUNA, NINE, a_booking, a_day, a_mini, a_spot, a_studio

LONG_AGO = NINE - timedelta(days=3650)


def listed(store: Store, after: datetime = LONG_AGO) -> dict[str, SpotRow]:
    return {row.spot.id: row for row in store.look(lambda records: records.spots.list(LUNA, FALL, after))}


def offer(store: Store, spot_id: str = "spot0") -> SpotOffer:
    found = store.look(lambda records: records.spots.offer(LUNA, spot_id, "ana"))
    assert found is not None
    return found


def test_the_list_has_the_open_spots_after_the_moment_by_start(store: Store):
    store.do(lambda records: records.spots.change(a_spot(2, closed=True)))

    rows = listed(store, after=a_spot(0).starts)

    assert rows == {
        "spot1": SpotRow(spot=a_spot(1), taken=0, held=0, next_start=a_spot(2).starts),
        "spot3": SpotRow(spot=a_spot(3), taken=0, held=0, next_start=None),
    }


def test_the_list_counts_seats_taken_and_those_only_held(store: Store):
    store.do(lambda records: records.spots.change(a_spot(1, seats=5)))
    for number, state in enumerate((State.HELD, State.CONFIRMED, State.EXPIRED)):
        booking = a_booking(id=f"b{number}", code=f"LP-{number}", state=state)
        store.do(lambda records, booking=booking: records.bookings.add(booking))
    spot = a_spot(1, seats=5)

    def claim(records: Unit):
        records.claims.take(spot, Owner.booking("b0"), 2, exclusive=True)
        records.claims.take(spot, Owner.booking("b1"), 1, exclusive=True)
        records.claims.take(spot, Owner.reservation("gran's"), 1, exclusive=True)

    store.do(claim)

    row = listed(store)["spot1"]
    assert (row.taken, row.held) == (4, 2)


def test_seats_given_back_are_not_counted(store: Store):
    store.do(lambda records: records.claims.take(a_spot(), Owner.booking("x"), 1, exclusive=True))
    store.do(lambda records: records.claims.release(LUNA, Owner.booking("x")))

    assert listed(store)["spot0"].taken == 0


@pytest.mark.rule("C7")
def test_the_list_shuts_out_what_overlaps_a_claimed_spot(store: Store):
    other = a_spot(id="other", day_id="other", starts=NINE + timedelta(minutes=10), ends=NINE + timedelta(minutes=30))
    store.do(lambda records: records.minis.add_day(a_day(id="other"), [other]))
    store.do(lambda records: records.claims.take(a_spot(0), Owner.booking("x"), 1, exclusive=True))

    assert {name: row.shut_out for name, row in listed(store).items()} == {
        "spot0": False,
        "other": True,
        "spot1": False,
        "spot2": False,
        "spot3": False,
    }

    store.do(lambda records: records.studios.change(a_studio(), a_studio(several_shooters=True)))
    assert not listed(store)["other"].shut_out


def test_the_next_start_is_one_of_the_same_day(store: Store):
    tomorrow = a_spot(
        id="tomorrow", day_id="sunday", starts=NINE + timedelta(days=1), ends=NINE + timedelta(days=1, hours=1)
    )
    store.do(lambda records: records.minis.add_day(a_day(id="sunday"), [tomorrow]))

    assert listed(store)["spot3"].next_start is None
    assert offer(store, "spot3").next_start is None
    assert offer(store, "spot2").next_start == a_spot(3).starts


def test_the_offer_is_all_that_a_hold_must_know(store: Store):
    assert offer(store) == SpotOffer(
        spot=a_spot(), day=a_day(), mini=a_mini(), studio=a_studio(), next_start=a_spot(1).starts
    )
    assert store.look(lambda records: records.spots.offer(LUNA, "nowhere", "ana")) is None
    assert store.look(lambda records: records.spots.offer("another studio", "spot0", "ana")) is None


@pytest.mark.rule("F10")
def test_the_offer_says_when_the_clients_last_hold_ran_out_and_the_last_but_two(store: Store):
    def happen(what: What, client: str, *, hours_ago: int) -> None:
        store.do(lambda records: records.clock.shift(timedelta(hours=-hours_ago)))
        store.do(lambda records: records.history.add(LUNA, client, [News(what=what, booking_id="b")]))
        store.do(lambda records: records.clock.shift(timedelta(hours=hours_ago)))

    happen(What.LAPSED, "ana", hours_ago=5)
    happen(What.LAPSED, "ana", hours_ago=2)
    assert offer(store).third_last_lapse is None
    happen(What.LAPSED, "ana", hours_ago=1)
    happen(What.GIVEN_UP, "ana", hours_ago=1)
    happen(What.LAPSED, "ben", hours_ago=1)
    now = store.look(lambda records: records.now)

    recent = offer(store)

    assert recent.last_lapse is not None
    assert timedelta(minutes=59) < now - recent.last_lapse < timedelta(minutes=61)
    assert recent.third_last_lapse is not None
    assert timedelta(minutes=299) < now - recent.third_last_lapse < timedelta(minutes=301)


def test_what_is_ahead_of_a_studio_is_what_the_lists_of_its_minis_say_together(store: Store):
    store.do(lambda records: records.minis.add(a_mini(id="spring", title="Spring Minis")))
    spring = a_spot(id="spring0", mini_id="spring", day_id="sunday", starts=a_spot(1).ends, ends=a_spot(2).starts)
    store.do(lambda records: records.minis.add_day(a_day(id="sunday", mini_id="spring"), [spring]))
    store.do(lambda records: records.spots.change(a_spot(3, closed=True)))
    store.do(lambda records: records.claims.take(a_spot(1), Owner.booking("x"), 1, exclusive=True))

    ahead = store.look(lambda records: records.spots.ahead(LUNA, a_spot(0).starts))

    assert [(row.spot.id, row.taken, row.shut_out) for row in ahead] == [
        ("spot1", 1, False),
        ("spring0", 0, False),
        ("spot2", 0, False),
    ]
    assert ahead[0].next_start == a_spot(2).starts
    assert store.look(lambda records: records.spots.ahead("another studio", LONG_AGO)) == []


def test_lists_and_offer_are_one_statement_each(store: Store):
    def every(records: Unit):
        records.spots.list(LUNA, FALL, NINE)
        records.spots.ahead(LUNA, NINE)
        records.spots.offer(LUNA, "spot0", "ana")
        return records.statements

    assert store.look(every) == 3


def test_a_spot_that_was_changed_comes_back_changed(store: Store):
    spot = a_spot()
    changed = replace(spot, seats=3, premium_minor=700, ends=spot.ends + timedelta(minutes=2), closed=True)
    store.do(lambda records: records.spots.change(changed))

    assert store.look(lambda records: records.spots.one(LUNA, spot.id)) == changed
