"""Seats: taken, given back and handed on by one module, and guarded by the database itself."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from core.booking.booking import Owner
from core.booking.refusals import SpotTaken
from core.minis.mini import Spot
from storage.columns import micros
from storage.store import Store
from storage.tables import claims
from tests.outside import ROOT
from tests.storage import raw
from tests.storage.builders import LUNA, NINE, a_day, a_spot, furnish

ANA = Owner.booking("ana's")
BEN = Owner.booking("ben's")


def take(store: Store, spot: Spot, owner: Owner, seats: int = 1, *, exclusive: bool = True) -> int:
    return store.do(lambda records: records.claims.take(spot, owner, seats, exclusive=exclusive))


def seats_of(store: Store, owner: Owner) -> list[int]:
    return [claim.seat for claim in store.look(lambda records: records.claims.live(LUNA, owner))]


@pytest.fixture
def class_store(bare_store: Store) -> Store:
    """Spots of five seats."""
    bare_store.do(lambda records: furnish(records, spots=2, seats=5))
    return bare_store


@pytest.mark.rule("G1")
def test_a_seat_that_is_taken_is_not_taken_again(store: Store):
    assert take(store, a_spot(), ANA) == 1
    assert take(store, a_spot(), BEN) == 0

    assert seats_of(store, ANA) == [1]
    assert seats_of(store, BEN) == []


def test_a_claim_says_whose_and_since_when(store: Store):
    before = store.look(lambda records: records.now)
    take(store, a_spot(), ANA)
    after = store.look(lambda records: records.now)

    (claim,) = store.look(lambda records: records.claims.live(LUNA, ANA))

    assert (claim.spot_id, claim.seat, claim.owner, claim.released_at) == ("spot0", 1, ANA, None)
    assert before <= claim.claimed_at <= after


def test_the_lowest_free_seats_are_taken_first(class_store: Store):
    spot = a_spot(seats=5)

    assert take(class_store, spot, ANA, 2) == 2
    assert take(class_store, spot, BEN, 2) == 2
    class_store.do(lambda records: records.claims.release(LUNA, ANA))
    assert take(class_store, spot, Owner.reservation("gran's"), 3) == 3

    assert seats_of(class_store, BEN) == [3, 4]
    assert seats_of(class_store, Owner.reservation("gran's")) == [1, 2, 5]


def test_as_many_seats_as_are_left_are_taken(class_store: Store):
    spot = a_spot(seats=5)
    take(class_store, spot, ANA, 4)

    assert take(class_store, spot, BEN, 3) == 1
    assert take(class_store, spot, BEN, 1) == 0


def test_fewer_places_give_up_the_highest_seats(class_store: Store):
    take(class_store, a_spot(seats=5), ANA, 4)

    assert class_store.do(lambda records: records.claims.release(LUNA, ANA, 3)) == 3
    assert seats_of(class_store, ANA) == [1]
    assert class_store.do(lambda records: records.claims.release(LUNA, ANA)) == 1
    assert class_store.do(lambda records: records.claims.release(LUNA, ANA)) == 0


def test_a_seat_given_back_is_free_and_its_claim_is_kept(store: Store, database_url: str):
    take(store, a_spot(), ANA)
    store.do(lambda records: records.claims.release(LUNA, ANA))

    assert take(store, a_spot(), BEN) == 1
    kept = raw.rows(database_url, claims.select().order_by(claims.c.claimed_at))
    assert [(row.owner_id, row.released_at is None) for row in kept] == [("ana's", False), ("ben's", True)]


def test_a_claim_that_is_handed_on_is_the_same_claim(store: Store):
    reservation = Owner.reservation("gran's")
    take(store, a_spot(), reservation)
    (before,) = store.look(lambda records: records.claims.live(LUNA, reservation))

    assert store.do(lambda records: records.claims.reown(LUNA, reservation, ANA)) == 1
    (after,) = store.look(lambda records: records.claims.live(LUNA, ANA))

    assert (after.id, after.claimed_at) == (before.id, before.claimed_at)
    assert seats_of(store, reservation) == []


def test_a_booking_and_a_reservation_of_one_id_are_two_owners(store: Store):
    take(store, a_spot(), Owner.booking("same"))

    assert store.do(lambda records: records.claims.release(LUNA, Owner.reservation("same"))) == 0
    assert seats_of(store, Owner.booking("same")) == [1]


# -- C7: spots that overlap --------------------------------------------------------------------------------------------


@pytest.fixture
def overlapping(store: Store) -> Spot:
    """A spot that begins ten minutes into the first one, on another day plan."""
    spot = a_spot(
        id="overlapping", day_id="other", starts=NINE + timedelta(minutes=10), ends=NINE + timedelta(minutes=24)
    )
    store.do(lambda records: records.minis.add_day(a_day(id="other"), [spot]))
    return spot


@pytest.mark.rule("C7")
def test_a_spot_that_overlaps_a_claimed_one_is_refused(store: Store, overlapping: Spot):
    take(store, a_spot(), ANA)

    with pytest.raises(SpotTaken):
        take(store, overlapping, BEN)
    assert seats_of(store, BEN) == []
    assert take(store, a_spot(1), BEN) == 1


@pytest.mark.rule("C7")
def test_several_shooters_take_overlapping_spots(store: Store, overlapping: Spot):
    assert take(store, a_spot(), ANA, exclusive=False) == 1
    assert take(store, overlapping, BEN, exclusive=False) == 1


@pytest.mark.rule("C7")
def test_seats_of_one_spot_never_exclude_each_other(class_store: Store):
    assert take(class_store, a_spot(seats=5), ANA, 2) == 2
    assert take(class_store, a_spot(seats=5), BEN, 2) == 2


@pytest.mark.rule("C7")
def test_a_spot_may_begin_as_another_ends(store: Store, overlapping: Spot):
    after = a_spot(id="after", day_id="other", starts=overlapping.ends, ends=overlapping.ends + timedelta(minutes=1))
    store.do(lambda records: records.minis.add_day(a_day(id="third"), [after]))

    assert take(store, overlapping, ANA) == 1
    assert take(store, after, BEN) == 1


@pytest.mark.rule("C7")
def test_an_overlapping_claim_by_raw_sql_is_refused(store: Store, overlapping: Spot, database_url: str):
    take(store, a_spot(), ANA)

    with pytest.raises(IntegrityError, match="claims_never_overlap"):
        raw.execute(database_url, insert(claims).values(a_claim(overlapping)))


@pytest.mark.rule("C7")
def test_reviving_an_overlapping_claim_by_raw_sql_is_refused(store: Store, overlapping: Spot, database_url: str):
    take(store, a_spot(), ANA)
    raw.execute(database_url, insert(claims).values(a_claim(overlapping, released_at=1)))

    with pytest.raises(IntegrityError, match="claims_never_overlap"):
        raw.execute(database_url, update(claims).where(claims.c.id == "raw").values(released_at=None))


# -- the database itself -----------------------------------------------------------------------------------------------


def a_claim(spot: Spot, **facts: object) -> dict[str, object]:
    known: dict[str, object] = {
        "studio_id": spot.studio_id,
        "id": "raw",
        "spot_id": spot.id,
        "seat": 1,
        "holder": "booking",
        "owner_id": "raw",
        "starts": micros(spot.starts),
        "ends": micros(spot.ends),
        "exclusive": True,
        "claimed_at": 0,
        "released_at": None,
    }
    return known | facts


@pytest.mark.rule("G1")
def test_a_second_live_claim_by_raw_sql_is_refused(store: Store, database_url: str):
    take(store, a_spot(), ANA)

    with pytest.raises(IntegrityError, match=r"one_live_claim|UNIQUE constraint failed: claims"):
        raw.execute(database_url, insert(claims).values(a_claim(a_spot())))


def test_without_the_index_a_second_live_claim_is_possible(store: Store, database_url: str):
    """The control of the test above: it is the index that refuses."""
    take(store, a_spot(), ANA)

    raw.execute(database_url, "DROP INDEX one_live_claim", insert(claims).values(a_claim(a_spot())))

    assert len(raw.rows(database_url, claims.select().where(claims.c.released_at.is_(None)))) == 2


def test_a_claim_of_a_spot_that_is_not_there_is_refused(store: Store, database_url: str):
    with pytest.raises(IntegrityError):
        raw.execute(database_url, insert(claims).values(a_claim(a_spot(studio_id="another studio"))))


def test_a_claim_longer_than_any_spot_is_refused(store: Store, database_url: str):
    """Overlaps are looked for within that length; a longer claim could be overlooked."""
    long = a_spot(ends=NINE + timedelta(hours=12, seconds=1))

    with pytest.raises(IntegrityError, match="claims_last"):
        raw.execute(database_url, insert(claims).values(a_claim(long)))


def test_one_module_writes_claims():
    writes = re.compile(r"\b(?:insert|update|delete)\(claims\)|claims\.(?:insert|update|delete)\(")
    modules = [
        str(path.relative_to(ROOT))
        for package in ("bots", "conversations", "core", "storage")
        for path in (ROOT / package).rglob("*.py")
        if writes.search(path.read_text())
    ]

    assert modules == ["storage/records/claims.py"]
