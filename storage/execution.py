"""Executing statements within one unit of work: its connection, its clock, its time limit and its count."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import BigInteger, Connection, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.columns import moment_of
from storage.constraints import refusal_of
from storage.driver import Cursor, Parameters, execute, say
from storage.statement import AnyRow, Statement, Value
from storage.tables import clock
from storage.troubles import TookTooLong

#: Seconds after which a unit of work is given up: others wait behind it.
TIME_LIMIT = 10.0


class server_clock(FunctionElement[int]):  # noqa: N801 - it is read as a function of SQL
    """The database's own clock in microseconds (SQLite knows milliseconds)."""

    type = BigInteger()
    inherit_cache = True


@compiles(server_clock, "sqlite")
def _on_sqlite(_element: server_clock, _compiler: SQLCompiler, **_options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    # '%f' is "SS.SSS"; within one statement both readings are of the same instant.
    return "(strftime('%s', 'now') * 1000000 + substr(strftime('%f', 'now'), 4) * 1000)"


@compiles(server_clock, "postgresql")
def _on_postgres(_element: server_clock, _compiler: SQLCompiler, **_options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


#: The product's time: the database's clock and the shift that tests and the demo gave it.
PRODUCT_CLOCK = server_clock() + clock.c.shift

_now = select(PRODUCT_CLOCK.label("now")).select_from(clock)
_NOW = Statement(_now)
#: The same within another statement, which so brings the time along (`Execution.saw_now`).
NOW = _now.scalar_subquery()


class Execution:
    """Runs statements on one connection, for one unit of work.

    A violated constraint that means a rule is raised as its Refusal; the unit or the deed must then be rolled back.
    """

    __slots__ = ("_connection", "_cursor", "_deadline", "_engine", "_now", "statements")

    def __init__(self, connection: Connection, cursor: Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self._engine = connection.dialect.name
        self._deadline = monotonic() + TIME_LIMIT
        self._now: int | None = None
        #: How many statements were executed; savepoints are not counted.
        self.statements = 0

    @property
    def now_micros(self) -> int:
        """The database's clock with the product's shift, read once."""
        if self._now is None:
            self._now = int(self.one(_NOW).now)
        return self._now

    @property
    def now(self) -> datetime:
        return moment_of(self.now_micros)

    def saw_now(self, micros: int) -> None:
        """A statement brought the time along: it is the unit's, unless it had read one already."""
        if self._now is None:
            self._now = micros

    def all(self, statement: Statement, **parameters: Value) -> list[AnyRow]:
        cursor = self._execute(statement, parameters)
        row_of = statement.row_of(cursor)
        return [row_of(values) for values in cursor.fetchall()]

    def first(self, statement: Statement, **parameters: Value) -> AnyRow | None:
        cursor = self._execute(statement, parameters)
        values = cursor.fetchone()
        return None if values is None else statement.row_of(cursor)(values)

    def one(self, statement: Statement, **parameters: Value) -> AnyRow:
        (row,) = self.all(statement, **parameters)
        return row

    def write(self, statement: Statement, **parameters: Value) -> int:
        """Execute and give how many rows it wrote."""
        return self._execute(statement, parameters).rowcount

    def write_all(self, statement: Statement, rows: Sequence[Mapping[str, Value]]) -> None:
        """Execute once for many rows."""
        if len(rows) == 1:
            self._execute(statement, rows[0])
        elif rows:
            self._execute(statement, rows)

    def mark(self, savepoint: str) -> None:
        """SAVEPOINT, RELEASE or ROLLBACK TO, as text: the driver's own way is several times slower."""
        say(self._connection, self._cursor, savepoint)

    def _execute(self, statement: Statement, parameters: Parameters) -> Cursor:
        if monotonic() > self._deadline:
            raise TookTooLong
        self.statements += 1
        try:
            execute(self._connection, self._cursor, statement.text(self._engine), parameters)
        except IntegrityError as error:
            raise _said(error) from error
        return self._cursor


def _said(error: DBAPIError) -> Exception:
    refusal = refusal_of(error)
    return refusal() if refusal else error
