"""A seat is never sold twice: races in threads and processes, each with a control that shows what the guard is for."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core.booking.booking import Owner
from core.booking.refusals import SpotTaken
from core.minis.mini import Spot
from storage.overlap import CLAIMS_OVERLAP, POSTGRES_WITHOUT_GIST
from storage.store import Store
from storage.tables import claims, clients
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import LUNA, NINE, a_day, a_spot, furnish
from tests.storage.racing import (
    RUSHED,
    SEATS,
    SPOTS,
    Race,
    Rush,
    at_once,
    client_named,
    double_claims,
    live_claims,
    run_in_processes,
)
from tests.storage.test_claims import a_claim


@pytest.fixture
def race_url(database_url: str) -> str:
    store = Store.open(database_url)
    store.do(lambda records: furnish(records, spots=SPOTS, seats=SEATS))
    store.close()
    return database_url


def check(url: str, outcomes: Counter[str]) -> None:
    """Every seat once, and what was answered is what is there."""
    assert double_claims(url) == 0
    assert outcomes["taken"] - outcomes["released"] == live_claims(url)
    assert outcomes["full"] > 0
    assert outcomes["refused"] == 0


@pytest.mark.rule("G1")
def test_a_seat_is_taken_once_by_many_threads(race_url: str):
    check(race_url, Race(url=race_url, seed=1, attempts=1000, tasks=16).run())


@pytest.mark.rule("G1")
def test_a_seat_is_taken_once_by_two_processes(race_url: str):
    check(race_url, run_in_processes([Race(url=race_url, seed=seed, attempts=300, tasks=2) for seed in (1, 2)]))


@pytest.mark.full
@pytest.mark.rule("G1")
@pytest.mark.parametrize("seed", range(20))
def test_a_seat_is_taken_once_whatever_the_seed(race_url: str, seed: int):
    if race_url.startswith("sqlite"):
        races = [Race(url=race_url, seed=2 * seed + half, attempts=5000, tasks=8) for half in (0, 1)]
    else:
        races = [Race(url=race_url, seed=8 * seed + part, attempts=1250, tasks=4) for part in range(8)]

    check(race_url, run_in_processes(races))


@pytest.mark.full
@pytest.mark.rule("G1")
@pytest.mark.parametrize("seed", range(20))
def test_a_seat_is_taken_once_by_sixteen_tasks_whatever_the_seed(race_url: str, seed: int):
    check(race_url, Race(url=race_url, seed=seed, attempts=10_000, tasks=16).run())


# -- the whole deed, by many clients at once ---------------------------------------------------------------------------

ATTEMPTS = 10_000


def furnish_for_a_rush(url: str, clients_: int) -> None:
    """A mini of a hundred single spots, and so many clients."""
    store = Store.open(url)
    store.do(lambda records: furnish(records, spots=RUSHED, clients=()))
    store.close()
    rows = [{"studio_id": LUNA, "id": client_named(number), "language": "en"} for number in range(clients_)]
    with raw.connected(url) as connection:
        connection.execute(insert(clients), rows)


def check_rush(url: str, outcomes: Counter[str], attempts: int) -> None:
    """Every spot is held once, and everybody else was told that theirs is taken."""
    assert outcomes == {"held": RUSHED, SpotTaken.code: attempts - RUSHED}
    assert (live_claims(url), double_claims(url)) == (RUSHED, 0)


def rushes(url: str, seed: int, processes: int, tasks: int, attempts: int) -> list[Rush]:
    each = attempts // processes
    firsts = range(0, attempts, each)
    return [Rush(url=url, seed=seed, first=first, attempts=each, tasks=tasks) for first in firsts]


@pytest.mark.rule("G1")
@pytest.mark.parametrize("processes", [1, 2])
def test_of_many_who_rush_for_the_spots_as_many_hold_one_as_there_are(database_url: str, processes: int):
    furnish_for_a_rush(database_url, 1200)

    outcomes = run_in_processes(rushes(database_url, 0, processes, 16 // processes, 1200))

    check_rush(database_url, outcomes, 1200)


@pytest.mark.full
@pytest.mark.rule("G1")
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("processes", [1, 2])
def test_of_ten_thousand_a_hundred_hold_a_spot_whatever_the_seed(migrated_sqlite_url: str, processes: int, seed: int):
    furnish_for_a_rush(migrated_sqlite_url, ATTEMPTS)

    outcomes = run_in_processes(rushes(migrated_sqlite_url, seed, processes, 16 // processes, ATTEMPTS))

    check_rush(migrated_sqlite_url, outcomes, ATTEMPTS)


@pytest.mark.full
@pytest.mark.rule("G1")
@pytest.mark.parametrize("seed", range(20))
def test_of_ten_thousand_in_eight_processes_a_hundred_do(migrated_postgres_url: str, seed: int):
    furnish_for_a_rush(migrated_postgres_url, ATTEMPTS)

    outcomes = run_in_processes(rushes(migrated_postgres_url, seed, 8, 4, ATTEMPTS))

    check_rush(migrated_postgres_url, outcomes, ATTEMPTS)


# -- the controls ------------------------------------------------------------------------------------------------------


def careless(store: Store, url: str, tasks: int = 8) -> int:
    """Look first and write later, as a program would that does not know better; gives how many were refused."""
    ready = Barrier(tasks)

    def one(task: int) -> int:
        free = not store.look(lambda records: records.claims.live(LUNA, Owner.booking("raw")))
        ready.wait()
        try:
            raw.execute(url, insert(claims).values(a_claim(a_spot(), id=f"raw{task}")))
        except IntegrityError:
            return 1
        return 0 if free else 1

    with ThreadPoolExecutor(tasks) as threads:
        return sum(threads.map(one, range(tasks)))


@pytest.mark.rule("G1")
def test_the_index_refuses_what_a_careless_program_does(store: Store, database_url: str):
    assert careless(store, database_url) == 7
    assert (live_claims(database_url), double_claims(database_url)) == (1, 0)


def test_without_the_index_a_careless_program_sells_a_seat_twice(store: Store, database_url: str):
    raw.execute(database_url, "DROP INDEX one_live_claim")

    assert careless(store, database_url) == 0
    assert double_claims(database_url) == 1


def take_first_spot(owner: Owner, records: Unit) -> int:
    return records.claims.take(a_spot(), owner, 1, exclusive=True)


@pytest.mark.rule("G1")
def test_of_many_who_want_the_last_seat_at_once_one_has_it(store: Store, database_url: str):
    for number in range(10):
        owner = Owner.booking(f"round {number}")
        results = at_once(store, [partial(take_first_spot, owner)] * 8)
        assert (results.count(1), results.count(0)) == (1, 7)
        store.do(lambda records, owner=owner: records.claims.release(LUNA, owner))


def test_without_the_index_transactions_that_overlap_sell_a_seat_twice(
    postgres_store: Store, migrated_postgres_url: str
):
    """SQLite has one writer, so there the look within the statement would do; PostgreSQL has many."""
    raw.execute(migrated_postgres_url, "DROP INDEX one_live_claim")
    together = Barrier(8)

    def take(records: Unit) -> int:
        taken = take_first_spot(Owner.booking("x"), records)
        together.wait(10)
        return taken

    assert at_once(postgres_store, [take] * 8) == [1] * 8
    assert double_claims(migrated_postgres_url) == 1


# -- C7 ----------------------------------------------------------------------------------------------------------------

#: Eight spots, each a minute after the other.
OVERLAPPING = [
    a_spot(
        id=f"o{number}",
        day_id="sunday",
        starts=NINE + timedelta(days=1, minutes=number),
        ends=NINE + timedelta(days=1, minutes=number + 20),
    )
    for number in range(8)
]


def race_for_overlapping(store: Store, rounds: int) -> list[int]:
    """How many of the overlapping spots were taken at once, round by round."""
    store.do(lambda records: records.minis.add_day(a_day(id="sunday"), OVERLAPPING))
    taken: list[int] = []
    for _ in range(rounds):
        results = at_once(store, [take_for_itself(spot) for spot in OVERLAPPING])
        taken.append(results.count(1))
        assert results.count(1) + results.count(SpotTaken) == len(OVERLAPPING)
        for spot in OVERLAPPING:
            store.do(lambda records, spot=spot: records.claims.release(LUNA, Owner.booking(spot.id)))
    return taken


def take_for_itself(spot: Spot) -> Callable[[Unit], int]:
    return lambda records: records.claims.take(spot, Owner.booking(spot.id), 1, exclusive=True)


def without_gist(url: str, *, lock: bool = True) -> None:
    """Give the database what a server without btree_gist gets."""
    function, trigger = POSTGRES_WITHOUT_GIST
    if not lock:
        function = "\n".join(line for line in function.splitlines() if "pg_advisory_xact_lock" not in line)
    raw.execute(url, f"ALTER TABLE claims DROP CONSTRAINT {CLAIMS_OVERLAP}", function, trigger)


@pytest.mark.rule("C7")
def test_of_overlapping_spots_one_is_taken_however_many_try(store: Store):
    assert race_for_overlapping(store, 10) == [1] * 10


@pytest.mark.rule("C7")
def test_a_server_without_the_extension_keeps_the_rule_too(postgres_store: Store, migrated_postgres_url: str):
    without_gist(migrated_postgres_url)

    assert race_for_overlapping(postgres_store, 10) == [1] * 10


def test_without_its_lock_that_trigger_would_not(postgres_store: Store, migrated_postgres_url: str):
    without_gist(migrated_postgres_url, lock=False)

    assert max(race_for_overlapping(postgres_store, 40)) > 1
