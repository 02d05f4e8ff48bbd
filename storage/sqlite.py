"""SQLite: one writer with group commit, and readers that never wait for it (DECISIONS 20).

Waiting units of work share one durable commit, each in its own savepoint; nobody is answered before it. After an error
SQLite may have rolled everything back by itself: then, and when the common commit fails, the group is run again one
unit at a time, so that only the culprit fails.
"""

import math
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.driver import cursor_of, say
from storage.execution import TIME_LIMIT
from storage.line import Line, Outcome, Waiting, tell
from storage.troubles import Busy, TookTooLong
from storage.unit import Unit

GROUP = 256  # units in one commit; beyond it nothing is gained
READERS = 3
HANDFUL = 16  # units that a reader serves before it answers: waking who waits costs as much as reading
WAL_ATTEMPTS = 100  # to switch a new file to write-ahead logging
WAL_PAUSE = 0.02  # seconds between two of them
BUSY_TIMEOUT = 10_000  # milliseconds that BEGIN waits for another process
BEGIN_ATTEMPTS = 3
CLOCK_EVERY = 20_000  # instructions of SQLite's machine between two looks at the time limit; well under 1 ms


def open_engine(url: URL) -> Engine:
    """An engine whose connections send no BEGIN of their own: whoever uses one says when."""
    if url.database in {None, "", ":memory:"}:
        raise ValueError("SQLite needs a file: a database in memory has no second connection")
    engine = create_engine(url, poolclass=NullPool, paramstyle="named", isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _set_up)
    if url.query.get("mode") != "ro":
        event.listen(engine, "connect", _switch_to_wal)
    return engine


def only_reading(url: URL) -> URL:
    """The same file, which is neither made nor written."""
    path = quote(str(Path(url.database or "").absolute()))
    return url.set(database=f"file:{path}").update_query_dict({"mode": "ro", "uri": "true"})


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    for setting in (f"busy_timeout={BUSY_TIMEOUT}", "synchronous=full", "foreign_keys=on"):
        connection.execute(f"PRAGMA {setting}")


def _switch_to_wal(connection: sqlite3.Connection, _record: object) -> None:
    """Those who open a new file at the same moment refuse each other the switch at once, whatever the timeout."""
    for _ in range(WAL_ATTEMPTS - 1):
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=wal")
            return
        sleep(WAL_PAUSE)
    connection.execute("PRAGMA journal_mode=wal")


class Sqlite:
    """A database file, and the threads that work on it."""

    def __init__(self, url: URL, link_key: bytes, committed: Callable[[], None]) -> None:
        self._engine = open_engine(url)
        self._link_key = link_key
        self._committed = committed
        self.writes = Line()
        self.reads = Line()
        self._threads = [Thread(target=self._write_on, name="minis-writer", daemon=True)]
        self._threads += [Thread(target=self._read_on, name="minis-reader", daemon=True) for _ in range(READERS)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End after the units that wait already."""
        self.writes.close()
        self.reads.close()
        for thread in self._threads:
            thread.join()

    def _write_on(self) -> None:
        with self._engine.connect() as connection:
            writer = _Writer(connection, self._link_key)
            while group := self.writes.take(GROUP):
                tell(writer.serve(group))
                self._committed()

    def _read_on(self) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=on")
            reader = _Reader(connection, self._link_key)
            while taken := self.reads.take(HANDFUL, takers=READERS):
                tell([reader.serve(waiting) for waiting in taken])


class _Thread:
    """What a thread works with: its own connection, whose statements end at the time limit."""

    def __init__(self, connection: Connection, link_key: bytes) -> None:
        self._connection = connection
        self._cursor = cursor_of(connection)
        self._driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        self._link_key = link_key
        self._deadline = math.inf
        self._driver.set_progress_handler(self._is_over, CLOCK_EVERY)

    def _is_over(self) -> bool:
        return monotonic() > self._deadline

    def _say(self, sql: str) -> None:
        say(self._connection, self._cursor, sql)

    def _work(self, waiting: Waiting) -> Any:
        with self._time_limit():
            return waiting.work(Unit(self._connection, self._cursor, self._link_key))

    @contextmanager
    def _time_limit(self) -> Generator[None]:
        self._deadline = monotonic() + TIME_LIMIT
        try:
            yield
        finally:
            self._deadline = math.inf

    def _roll_back(self) -> None:
        if self._driver.in_transaction:
            self._say("ROLLBACK")


class _Reader(_Thread):
    def serve(self, waiting: Waiting) -> Outcome:
        """Run the unit on a snapshot of its own."""
        try:
            self._say("BEGIN")
            return Outcome(waiting, result=self._work(waiting))
        except BaseException as error:
            return Outcome(waiting, error=_trouble(error))
        finally:
            self._roll_back()


class _Writer(_Thread):
    def serve(self, group: list[Waiting]) -> list[Outcome]:
        """Run the units and commit them, together if it can be."""
        together = self._together(group) if len(group) > 1 else None
        return together or [self._alone(waiting) for waiting in group]

    def _together(self, group: list[Waiting]) -> list[Outcome] | None:
        """Run all in one transaction; None if nothing was kept and each must be run again alone."""
        try:
            self._begin()
            outcomes = [self._in_savepoint(waiting) for waiting in group]
            self._say("COMMIT")
        except DBAPIError:
            self._roll_back()
            return None
        return outcomes

    def _in_savepoint(self, waiting: Waiting) -> Outcome:
        """Run one unit of a group. Raises DBAPIError when SQLite has given up the whole transaction."""
        self._say("SAVEPOINT unit")
        try:
            outcome = Outcome(waiting, result=self._work(waiting))
        except BaseException as error:
            self._say("ROLLBACK TO unit")
            outcome = Outcome(waiting, error=_trouble(error))
        self._say("RELEASE unit")
        return outcome

    def _alone(self, waiting: Waiting) -> Outcome:
        try:
            self._begin()
            result = self._work(waiting)
            self._say("COMMIT")
        except BaseException as error:
            self._roll_back()
            return Outcome(waiting, error=_trouble(error))
        return Outcome(waiting, result=result)

    def _begin(self) -> None:
        for attempt in range(BEGIN_ATTEMPTS):
            try:
                return self._say("BEGIN IMMEDIATE")
            except OperationalError:
                if attempt == BEGIN_ATTEMPTS - 1:
                    raise
        return None


def _trouble(error: BaseException) -> BaseException:
    """What the caller is told of an error of the database."""
    original = error.orig if isinstance(error, DBAPIError) else None
    name: str = getattr(original, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return TookTooLong()
    return Busy() if name.startswith("SQLITE_BUSY") else error
