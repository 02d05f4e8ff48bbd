"""`hold.*`: the whole deed "hold a spot" by a thousand clients at once, for as many spots or for twenty."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from time import perf_counter
from typing import Protocol

from core.booking.hold import Wish
from core.booking.refusals import SpotTaken
from core.client_desk import ClientDesk
from core.ports import Records
from storage.postgres import WRITERS
from storage.store import Store
from tests.bench import raw
from tests.bench.houses import (
    CLIENTS,
    MINI,
    PACKAGE,
    STUDIO,
    PostgresHouse,
    SqliteHouse,
    client_of,
    durable_server,
    folder,
    open_store,
    spot_name,
)
from tests.bench.rows import Row, at_least, interleaved

UNIT = "holds/s"
#: The spots that the first clients take before the clock starts: then connections, plans and caches are there.
WARM_UP = [spot_name(number) for number in range(200)]
SPREAD = [spot_name(len(WARM_UP) + number) for number in range(CLIENTS)]
RACE = [spot_name(len(WARM_UP) + number % 20) for number in range(CLIENTS)]
SPOTS = EVERYBODY = len(WARM_UP) + CLIENTS
SQLITE_ROUNDS = 9
POSTGRES_ROUNDS = 5


class House(Protocol):
    def copy(self) -> AbstractContextManager[str]: ...


def sqlite_spread() -> Row:
    return _on_sqlite("hold.sqlite.spread", SPREAD, least=0.5)


def sqlite_race() -> Row:
    return _on_sqlite("hold.sqlite.race", RACE, least=1.0)


def postgres_spread() -> Row:
    return _on_postgres("hold.postgres.spread", SPREAD, least=0.5)


def postgres_race() -> Row:
    return _on_postgres("hold.postgres.race", RACE, least=0.7)


def _on_sqlite(name: str, spots: Sequence[str], *, least: float) -> Row:
    with folder() as home:
        house = SqliteHouse(home, spots=SPOTS, clients=EVERYBODY)
        pairs = interleaved(
            lambda: _holds_a_second(house, spots),
            lambda: raw.sqlite_inserts_a_second(home, CLIENTS),
            rounds=SQLITE_ROUNDS,
        )
    return at_least(least, name, UNIT, pairs)


def _on_postgres(name: str, spots: Sequence[str], *, least: float) -> Row:
    with durable_server() as server, server.database() as template:
        house = PostgresHouse(server, template, spots=SPOTS, clients=EVERYBODY)

        def baseline() -> float:
            with server.database() as url:
                return raw.postgres_holds_a_second(url.replace("+psycopg", ""), WARM_UP, spots, WRITERS)

        pairs = interleaved(lambda: _holds_a_second(house, spots), baseline, rounds=POSTGRES_ROUNDS)
    return at_least(least, name, UNIT, pairs)


def _holds_a_second(house: House, spots: Sequence[str]) -> float:
    """`spots` says which spot each client wants; every spot must have exactly one winner in the end."""
    with house.copy() as url, closing(open_store(url)) as store:
        return asyncio.run(_race(store, spots))


async def _race(store: Store, spots: Sequence[str]) -> float:
    await _hold_all(store, WARM_UP, first_client=0)
    began = perf_counter()
    won = await _hold_all(store, spots, first_client=len(WARM_UP))
    lasted = perf_counter() - began
    winners = Counter(spot for spot, has_won in zip(spots, won, strict=True) if has_won)
    if winners != Counter(set(spots)):
        raise AssertionError(f"each of {len(set(spots))} spots has one winner, but: {winners}")
    return len(spots) / lasted


async def _hold_all(store: Store, spots: Sequence[str], *, first_client: int) -> list[bool]:
    return await asyncio.gather(*(_wins(store, first_client + number, spot) for number, spot in enumerate(spots)))


async def _wins(store: Store, number: int, spot: str) -> bool:
    client = client_of(number)
    wish = Wish(mini_id=MINI.id, spot_id=spot, package_id=PACKAGE.id)

    def hold(records: Records) -> None:
        ClientDesk(records, STUDIO, client).hold(wish)

    try:
        await store.run(hold)
    except SpotTaken:
        return False
    return True


ROWS = {
    "hold.sqlite.spread": sqlite_spread,
    "hold.sqlite.race": sqlite_race,
    "hold.postgres.spread": postgres_spread,
    "hold.postgres.race": postgres_race,
}
