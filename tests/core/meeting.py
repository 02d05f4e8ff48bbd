"""Two programs that meet in one database: one is stopped before a statement, the other goes as far as it is let."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from storage.driver import Cursor, Parameters
from storage.execution import Execution
from storage.statement import AnyRow, Described, Statement
from storage.store import Store
from storage.unit import Unit
from tests.core.house import House
from tests.storage import raw

T = TypeVar("T")

LINK_KEY = b"a key of thirty-two bytes or so.."
PATIENCE = 10.0  # seconds until a meeting that does not come about fails
_GLANCE = 0.01  # seconds between two looks at who waits
_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@dataclass(frozen=True, slots=True)
class Stop:
    """Before which statement, known by a part of it, a program stops once until it may go on."""

    before: str
    reached: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    def at(self, sql: str) -> None:
        if self.before in sql and not self.reached.is_set():
            self.reached.set()
            assert self.go_on.wait(PATIENCE)


class _Without(Statement):
    """A statement from whose text the guards are left out."""

    __slots__ = ("_guards", "_whole")

    def __init__(self, whole: Statement, guards: Sequence[str]) -> None:
        self._whole = whole
        self._guards = guards

    def text(self, engine: str) -> str:
        sql = self._whole.text(engine)
        for guard in self._guards:
            sql = sql.replace(guard, "")
        return sql

    def row_of(self, cursor: Described) -> Callable[[Sequence[Any]], AnyRow]:
        return self._whole.row_of(cursor)


class _Stopping(Execution):
    __slots__ = ("_guards", "_stop")

    def __init__(self, connection: Connection, cursor: Cursor, stop: Stop | None, guards: Sequence[str]) -> None:
        super().__init__(connection, cursor)
        self._stop = stop
        self._guards = guards

    def _execute(self, statement: Statement, parameters: Parameters) -> Cursor:
        if self._stop:
            self._stop.at(statement.text(self._engine))
        return super()._execute(_Without(statement, self._guards), parameters)


class Program(Store):
    """A program of its own on a database: it stops where it is told, and leaves guards out of its statements."""

    def __init__(self, url: str, stop: Stop | None, without: Sequence[str]) -> None:
        super().__init__(url, link_key=LINK_KEY)
        self._stop = stop
        self._without = without

    def do(self, work: Callable[[Unit], T]) -> T:
        return super().do(lambda records: work(self._watched(records)))

    def _watched(self, records: Unit) -> Unit:
        execution = records._execution
        records._execution = _Stopping(execution._connection, execution._cursor, self._stop, self._without)
        return records


Deed = Callable[[House], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What came of both: the result or the error. `waited`: the second could not end before the first did."""

    first: object
    second: object
    waited: bool


def meet(house: House, first: Deed, before: str, second: Deed, *, without: Sequence[str] = ()) -> Met:
    """Do `first` up to the statement, then `second` as far as the database lets it, then what is left of both.

    On SQLite the second cannot even begin, and this is looked at: the database is locked for everybody else.
    """
    stop = Stop(before)
    one, other = _at(house, Program(house.url, stop, without)), _at(house, Program(house.url, None, without))
    try:
        with ThreadPoolExecutor(2) as threads:
            doing = threads.submit(_outcome, first, one)
            assert stop.reached.wait(PATIENCE), doing.result()
            meeting = threads.submit(_outcome, second, other)
            try:
                waited = _waits(house.url, meeting)
            finally:
                stop.go_on.set()
            return Met(first=doing.result(), second=meeting.result(), waited=waited)
    finally:
        one.store.close()
        other.store.close()


def _at(house: House, store: Store) -> House:
    theirs = copy(house)
    theirs.store = store
    return theirs


def _outcome(deed: Deed, house: House) -> object:
    try:
        return deed(house)
    except Exception as error:  # told to the test
        return error


def _waits(url: str, meeting: Future[object]) -> bool:
    """Whether the second waits for the first; looks until either that is so or it is done."""
    if url.startswith("sqlite"):
        assert _locked(url.removeprefix("sqlite:///"))
        return not meeting.done()
    for _ in range(int(PATIENCE / _GLANCE)):
        if wait([meeting], _GLANCE).done:
            return False
        if raw.rows(url, _WAITING)[0][0]:
            return True
    raise AssertionError("the second neither ends nor waits for anybody")


def _locked(path: str) -> bool:
    """Whether a third program is refused to begin at once."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return "locked" in str(error)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        return False
