"""`lapse.idle`: a tick that finds nothing to do must not care how many bookings there ever were."""

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter

from core.back_office import BackOffice
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.ports import Records
from storage.store import Store
from tests.bench.houses import MINI, PACKAGE, STUDIO, SqliteHouse, client_of, folder, open_store, spot_name
from tests.bench.rows import Row, at_most, interleaved

MANY = 1_000_000
FEW = 1_000
CLIENTS = 100
LIVE = 20  # holds that are not over yet
TICKS = 300  # a round
ROUNDS = 9


def lapse_idle() -> Row:
    with ExitStack() as stack:
        many = stack.enter_context(closing(_store_with(stack.enter_context(folder()), MANY)))
        few = stack.enter_context(closing(_store_with(stack.enter_context(folder()), FEW)))
        pairs = interleaved(lambda: _microseconds_a_tick(many), lambda: _microseconds_a_tick(few), rounds=ROUNDS)
    return at_most(2, "lapse.idle", "µs", pairs)


def _microseconds_a_tick(store: Store) -> float:
    began = perf_counter()
    for _ in range(TICKS):
        if store.do(lambda records: BackOffice(records).lapse_holds()):
            raise AssertionError("the tick was not idle")
    return (perf_counter() - began) / TICKS * 1_000_000


def _store_with(home: Path, past: int) -> Store:
    SqliteHouse(home, spots=LIVE, clients=CLIENTS)
    path = home / "template.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        store.do(_hold_some)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _multiply(connection, past)
    return open_store(f"sqlite:///{path}")


def _hold_some(records: Records) -> None:
    for number in range(LIVE):
        wish = Wish(mini_id=MINI.id, spot_id=spot_name(number), package_id=PACKAGE.id)
        ClientDesk(records, STUDIO, client_of(number)).hold(wish)


def _multiply(connection: sqlite3.Connection, past: int) -> None:
    """Copy one booking into many that are over, two in three shot and one lapsed, without the indexes in the way."""
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'bookings' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    another = {
        "id": "'past' || number",
        "code": "'LP-' || number",
        "client_id": f"'client' || (number % {CLIENTS})",
        "state": "CASE WHEN number % 3 THEN 'done' ELSE 'expired' END",
        "hold_until": "hold_until - number * 1000000",
    }
    columns = [str(row[1]) for row in connection.execute("PRAGMA table_info(bookings)")]
    copied = ", ".join(another.get(column, column) for column in columns)
    connection.execute("PRAGMA synchronous=off")
    connection.execute(
        f"""
        INSERT INTO bookings
        WITH RECURSIVE numbers(number) AS (SELECT 10000 UNION ALL SELECT number + 1 FROM numbers LIMIT {past})
        SELECT {copied} FROM (SELECT * FROM bookings LIMIT 1), numbers
        """
    )
    for _, sql in indexes:
        connection.execute(sql)


ROWS = {"lapse.idle": lapse_idle}
