"""Executing text on the driver itself (DECISIONS 21).

What SQLAlchemy does around each execution costs more than SQLite's own work. Connections and errors are still its.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.statement import Value

Parameters = Mapping[str, Value] | Sequence[Mapping[str, Value]]


class Cursor(Protocol):
    """What the drivers' cursors have in common."""

    @property
    def connection(self) -> Any: ...
    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...
    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: str, parameters: Any, /) -> object: ...
    def executemany(self, sql: str, parameters: Any, /) -> object: ...
    def fetchone(self) -> Sequence[Any] | None: ...
    def fetchall(self) -> list[Sequence[Any]]: ...


def cursor_of(connection: Connection) -> Cursor:
    """A cursor of the driver's, to be used with `execute` and `say`."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def execute(connection: Connection, cursor: Cursor, sql: str, parameters: Parameters) -> None:
    """Execute once, or for each of several mappings. Raises SQLAlchemy's DBAPIError, whichever the driver is.

    A connection that is lost is marked `invalidated`, and is not made again behind the unit's back.
    """
    try:
        if isinstance(parameters, dict):
            cursor.execute(sql, parameters)
        else:
            cursor.executemany(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemys(error, connection, cursor, sql) from error


def say(connection: Connection, cursor: Cursor, sql: str) -> None:
    """Execute what has neither parameters nor rows: where transactions and savepoints begin and end."""
    try:
        if connection.dialect.name == "postgresql":
            _say_to_libpq(cursor.connection.pgconn, sql)
        else:
            cursor.execute(sql, ())
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemys(error, connection, cursor, sql) from error


def _say_to_libpq(pgconn: Any, sql: str) -> None:
    """Past psycopg, which forgets all its prepared statements at every ROLLBACK, even that of a savepoint."""
    result = pgconn.exec_(sql.encode())
    if result.status == ExecStatus.FATAL_ERROR:
        raise error_from_result(result)


def _as_sqlalchemys(error: Exception, connection: Connection, cursor: Cursor, sql: str) -> Exception:
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(cast(Any, error), cursor.connection, cast(Any, cursor))
    if is_lost and not connection.invalidated:
        connection.invalidate(error)
    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, base, connection_invalidated=is_lost, dialect=dialect)
