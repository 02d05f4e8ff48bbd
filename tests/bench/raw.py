"""The baselines: what the drivers and the libraries do when nobody else is in the way."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter

import psycopg

SQLITE_TABLE = """
    CREATE TABLE claims (
        id TEXT PRIMARY KEY, studio_id TEXT NOT NULL, spot_id TEXT NOT NULL, seat INTEGER NOT NULL,
        owner_id TEXT NOT NULL, claimed_at INTEGER NOT NULL, released_at INTEGER
    )
"""
SQLITE_INDEX = "CREATE UNIQUE INDEX one_live ON claims (studio_id, spot_id, seat) WHERE released_at IS NULL"
SQLITE_INSERT = "INSERT INTO claims VALUES (?, 'luna', ?, 1, ?, 0, NULL)"


def sqlite_inserts_a_second(home: Path, count: int) -> float:
    """One insert and one durable commit after another, by the standard library's driver."""
    path = home / "raw.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute("PRAGMA synchronous=full")
        connection.execute(SQLITE_TABLE)
        connection.execute(SQLITE_INDEX)
        began = perf_counter()
        for number in range(count):
            connection.execute(SQLITE_INSERT, (f"claim{number}", f"spot{number}", f"client{number}"))
        lasted = perf_counter() - began
    for left in home.glob("raw.db*"):
        left.unlink()
    return count / lasted


#: A bare booking: its tables carry what the real ones do at the least, and the one index that decides.
POSTGRES_TABLES = """
    CREATE TABLE spots (studio_id TEXT, id TEXT, starts BIGINT, PRIMARY KEY (studio_id, id));
    CREATE TABLE bookings (
        studio_id TEXT, id TEXT, client_id TEXT, state TEXT, snapshot TEXT, PRIMARY KEY (studio_id, id)
    );
    CREATE UNIQUE INDEX one_live_hold ON bookings (studio_id, client_id) WHERE state = 'held';
    CREATE TABLE claims (
        studio_id TEXT, id TEXT, spot_id TEXT, seat INT, owner_id TEXT, released_at BIGINT, PRIMARY KEY (studio_id, id)
    );
    CREATE UNIQUE INDEX one_live_claim ON claims (studio_id, spot_id, seat) WHERE released_at IS NULL;
    CREATE TABLE history (id BIGSERIAL PRIMARY KEY, studio_id TEXT, booking_id TEXT, facts TEXT);
    CREATE TABLE outbox (id BIGSERIAL PRIMARY KEY, studio_id TEXT, key TEXT UNIQUE, due_at BIGINT, facts TEXT);
"""
SNAPSHOT = "x" * 400
FACTS = "x" * 60


def postgres_holds_a_second(url: str, warm_up: Sequence[str], spots: Sequence[str], threads: int) -> float:
    """Holds by raw psycopg, one client after another in each thread; `spots` says which spot each client wants.

    Won: a read of the spot and the clock, four inserts, COMMIT. Lost: the claim's insert finds the seat taken,
    one more read says so, ROLLBACK. These are as many statements as our own deed has. The time does not include
    connecting, nor `warm_up`.
    """
    with ExitStack() as stack:
        connections = [stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(threads)]
        connections[0].execute(POSTGRES_TABLES)
        rows = [(spot,) for spot in sorted({*warm_up, *spots})]
        connections[0].cursor().executemany("INSERT INTO spots VALUES ('luna', %s, 0)", rows)
        wishes = list(enumerate([*warm_up, *spots]))
        _hold_all(connections, wishes[: len(warm_up)])
        began = perf_counter()
        _hold_all(connections, wishes[len(warm_up) :])
        return len(spots) / (perf_counter() - began)


def _hold_all(connections: Sequence[psycopg.Connection], wishes: Sequence[tuple[int, str]]) -> None:
    """Each connection has a thread of its own, and its share of the wishes."""
    threads = len(connections)

    def work(number: int) -> None:
        with connections[number].cursor() as cursor:
            for client, spot in wishes[number::threads]:
                _hold(cursor, f"booking{client}", f"client{client}", spot)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))


def _hold(cursor: psycopg.Cursor, booking: str, client: str, spot: str) -> None:
    cursor.execute("BEGIN")
    cursor.execute(
        "SELECT *, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) FROM spots"
        " WHERE studio_id = 'luna' AND id = %s",
        (spot,),
    ).fetchone()
    cursor.execute("INSERT INTO bookings VALUES ('luna', %s, %s, 'held', %s)", (booking, client, SNAPSHOT))
    taken = cursor.execute(
        "INSERT INTO claims VALUES ('luna', %s, %s, 1, %s, NULL) ON CONFLICT DO NOTHING RETURNING seat",
        (f"claim-{booking}", spot, booking),
    ).fetchone()
    if taken is None:
        cursor.execute("SELECT count(*) FROM claims WHERE studio_id = 'luna' AND spot_id = %s", (spot,)).fetchone()
        cursor.execute("ROLLBACK")
        return
    cursor.execute("INSERT INTO history VALUES (DEFAULT, 'luna', %s, %s)", (booking, FACTS))
    cursor.execute("INSERT INTO outbox VALUES (DEFAULT, 'luna', %s, 0, %s)", (f"warning:{booking}", FACTS))
    cursor.execute("COMMIT")
