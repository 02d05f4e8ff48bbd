"""Statements: SQLAlchemy Core in the module where they are used, compiled once for each engine to plain text."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, Text, literal_column
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

#: What a row's column holds, and what a parameter may be.
Value = str | int | bool | bytes | None


class AnyRow(Protocol):
    """A row: its columns are attributes."""

    def __getattr__(self, name: str, /) -> Any: ...


class Described(Protocol):
    """A cursor, as far as a statement cares."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...


class _PlainLimit(SQLiteCompiler):
    """SQLAlchemy writes an OFFSET beside every LIMIT for SQLite, with a parameter of its own, asked for or not."""

    def limit_clause(self, select: Any, **options: Any) -> str:
        limit = f"\n LIMIT {self.process(select._limit_clause, **options)}"
        if select._offset_clause is None:
            return limit
        return f"{limit} OFFSET {self.process(select._offset_clause, **options)}"


class _SQLite(SQLiteDialect_pysqlite):
    statement_compiler = _PlainLimit
    supports_statement_cache = True


_DIALECTS: dict[str, Dialect] = {
    "postgresql": PGDialect_psycopg(),
    "sqlite": _SQLite(paramstyle="named"),
}


class Statement:
    """One statement with named parameters; its text per engine is made at first use and kept (DECISIONS 21).

    Every value in it is a parameter or a constant made by `word`: a value that Core turned into a parameter by itself
    would be lost in the text, so it is a TypeError.
    """

    __slots__ = ("_core", "_row_of", "_texts")

    def __init__(self, core: ClauseElement) -> None:
        self._core = core
        self._row_of: Callable[[Sequence[Any]], AnyRow] | None = None
        self._texts: dict[str, str] = {}

    def text(self, engine: str) -> str:
        """The statement as the engine's driver takes it, with a mapping of parameters."""
        text = self._texts.get(engine)
        if text is None:
            text = self._texts[engine] = self._compiled(engine)
        return text

    def row_of(self, cursor: Described) -> Callable[[Sequence[Any]], AnyRow]:
        """What makes a row of the values that the cursor fetches; the columns' names are read once."""
        if self._row_of is None:
            names = [column[0] for column in cursor.description or ()]
            row = namedtuple("Row", names)  # pyright: ignore[reportUntypedNamedTuple]  # its names come from the database
            self._row_of = cast(Callable[[Sequence[Any]], AnyRow], row._make)
        return self._row_of

    def _compiled(self, engine: str) -> str:
        compiled = cast(SQLCompiler, self._core.compile(dialect=_DIALECTS[engine]))
        lost = [name for name, parameter in compiled.binds.items() if not parameter.required]
        if lost:
            raise TypeError(f"these values are neither parameters nor words: {lost}")
        return str(compiled)


def word(value: StrEnum | str) -> ColumnElement[str]:
    """A constant of ours in the statement's own text, where the planner can match it with a partial index."""
    if not value.replace("_", "").isalnum():
        raise ValueError(f"{value!r} is no word")
    return literal_column(f"'{value}'", Text)


def one_of(column: ColumnElement[str], values: Iterable[StrEnum]) -> ColumnElement[bool]:
    """Whether the column is one of these constants."""
    return column.in_([word(value) for value in values])
