"""PostgreSQL: a pool of threads, a transaction for each unit of work (STATES, rule 2).

A serialization failure, a deadlock or a row that changed meanwhile is tried again; so is a lost connection, unless it
was lost during COMMIT: then nobody knows what was kept, and the caller must read again.
"""

from collections.abc import Callable
from threading import Thread
from typing import Any, Self

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from core.values.refusals import Overtaken
from storage.driver import Cursor, cursor_of, say
from storage.execution import TIME_LIMIT
from storage.line import Line, Outcome, Waiting, tell
from storage.troubles import Busy, OutcomeUnknown, TookTooLong
from storage.unit import Unit

WRITERS = 8
READERS = 4
#: serialization_failure and deadlock_detected.
_TRY_AGAIN = {"40001", "40P01"}
_QUERY_CANCELED = "57014"
ATTEMPTS = 5
PREPARED = 500  # statements a connection keeps; each one counts again for numbers of another size


def open_engine(url: URL, *, connections: int = WRITERS + READERS) -> Engine:
    """An engine whose connections send no BEGIN of their own: whoever uses one says when."""
    engine = create_engine(
        url, pool_size=connections, max_overflow=0, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
    )
    event.listen(engine, "connect", _set_up)
    return engine


def only_reading(url: URL) -> URL:
    """The same database, in which the server lets nothing be written."""
    given = url.query.get("options", ())
    options = [given] if isinstance(given, str) else [*given]
    return url.update_query_dict({"options": " ".join([*options, "-c default_transaction_read_only=on"])})


def _set_up(connection: psycopg.Connection[Any], _record: object) -> None:
    limit = int(TIME_LIMIT * 1000)
    autocommit, connection.autocommit = connection.autocommit, True
    connection.execute(
        f"SET statement_timeout = {limit}; SET idle_in_transaction_session_timeout = {2 * limit};"
        " SET plan_cache_mode = force_generic_plan".encode()
    )
    connection.autocommit = autocommit
    # Every statement is a fixed text (DECISIONS 21): it is prepared and planned once, for planning costs most.
    connection.prepare_threshold = 0
    connection.prepared_max = PREPARED


class Postgres:
    """A database on a server, and the threads that work on it."""

    def __init__(self, url: URL, link_key: bytes, committed: Callable[[], None]) -> None:
        self._engine = open_engine(url)
        self._link_key = link_key
        self._committed = committed
        self.writes = Line()
        self.reads = Line()
        self._threads = [Thread(target=self._write_on, name="minis-writer", daemon=True) for _ in range(WRITERS)]
        self._threads += [Thread(target=self._read_on, name="minis-reader", daemon=True) for _ in range(READERS)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End after the units that wait already."""
        self.writes.close()
        self.reads.close()
        for thread in self._threads:
            thread.join()
        self._engine.dispose()

    def _write_on(self) -> None:
        with _Thread(self._engine, self._link_key, "BEGIN") as thread:
            while taken := self.writes.take():
                tell([thread.serve(waiting) for waiting in taken])
                self._committed()

    def _read_on(self) -> None:
        with _Thread(self._engine, self._link_key, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as thread:
            while taken := self.reads.take():
                tell([thread.serve(waiting) for waiting in taken])


class _Thread:
    """What a thread works with: a connection of its own, which is made at first use and anew when it was lost."""

    def __init__(self, engine: Engine, link_key: bytes, begin: str) -> None:
        self._engine = engine
        self._link_key = link_key
        self._begin = begin
        self._open: tuple[Connection, Cursor] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open:
            self._open[0].close()

    def serve(self, waiting: Waiting) -> Outcome:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return Outcome(waiting, result=self._transaction(waiting))
            except DBAPIError as error:
                again = error.connection_invalidated or _state(error) in _TRY_AGAIN
                if not again or attempt == ATTEMPTS:
                    return Outcome(waiting, error=_trouble(error))
            except Overtaken as error:
                if attempt == ATTEMPTS:
                    return Outcome(waiting, error=error)
            except BaseException as error:
                return Outcome(waiting, error=error)
        raise AssertionError("the last attempt returns")

    def _transaction(self, waiting: Waiting) -> Any:
        connection, cursor = self._connected()
        say(connection, cursor, self._begin)
        try:
            result = waiting.work(Unit(connection, cursor, self._link_key))
        except BaseException:
            if not connection.invalidated:
                say(connection, cursor, "ROLLBACK")
            raise
        _commit(connection, cursor)
        return result

    def _connected(self) -> tuple[Connection, Cursor]:
        if self._open and self._open[0].invalidated:
            self._open[0].close()
            self._open = None
        if self._open is None:
            connection = self._engine.connect()
            self._open = connection, cursor_of(connection)
        return self._open


def _commit(connection: Connection, cursor: Cursor) -> None:
    try:
        say(connection, cursor, "COMMIT")
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown from error
        raise


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _trouble(error: DBAPIError) -> BaseException:
    if _state(error) in _TRY_AGAIN:
        return Busy()  # others went first each time
    return TookTooLong() if _state(error) == _QUERY_CANCELED else error
