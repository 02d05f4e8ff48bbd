"""What proves that a row is still what was written (I4)."""

from typing import Any, Final

from sqlalchemy import Column, Integer, LargeBinary, Table, bindparam, select, union
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from core.paperwork.files import FileKind
from core.paperwork.records import Place, Sealed
from core.values.news import What
from storage.execution import AnyRow, Execution
from storage.paper_tables import agreements, answers, contracts, files, questionnaires
from storage.records.area import Area
from storage.records.sealing import SEAL, Seals, sealed_columns
from storage.statement import Statement, one_of, word
from storage.tables import history


class raw(FunctionElement[bytes]):  # noqa: N801 - it is read as a function of SQL
    """A column's bytes as they lie in the database; those of a value of another kind than the column's are no bytes
    that were ever sealed."""

    type = LargeBinary()
    inherit_cache = True


@compiles(raw, "sqlite")
def _on_sqlite(element: raw, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    (column,) = element.clauses
    value = compiler.process(column, **options)
    # SQLite keeps any kind of value in any column. FF alone is neither text nor number nor file.
    return (
        f"CASE typeof({value}) WHEN 'null' THEN NULL WHEN '{_kind(column)}' THEN CAST({value} AS BLOB) ELSE x'FF' END"
    )


@compiles(raw, "postgresql")
def _on_postgres(element: raw, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    (column,) = element.clauses
    value = compiler.process(column, **options)
    return value if _kind(column) == "blob" else f"convert_to(CAST({value} AS TEXT), 'UTF8')"


def _kind(column: ColumnElement[Any]) -> str:
    if isinstance(column.type, LargeBinary):
        return "blob"
    return "integer" if isinstance(column.type, Integer) else "text"


class place(FunctionElement[Any]):  # noqa: N801 - it is read as a function of SQL
    """Where a row lies."""

    inherit_cache = True


@compiles(place, "sqlite")
def _place_on_sqlite(_element: place, _compiler: SQLCompiler, **_options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return "rowid"


@compiles(place, "postgresql")
def _place_on_postgres(_element: place, _compiler: SQLCompiler, **_options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return "ctid"


def _is(column: Column[str]) -> ColumnElement[bool]:
    return column == bindparam(column.name)


def _raw(*columns: Column[Any]) -> list[ColumnElement[Any]]:
    return [raw(column).label(column.name) for column in columns]


def _rows(table: Table, *where: ColumnElement[bool]) -> Statement:
    return Statement(select(*_raw(*table.c)).where(*where))


_KINDS: Final = {table.name: table for table in (contracts, questionnaires, agreements, answers, files)}
_PLACES: Final = {name: Statement(select(place().label("place")).select_from(one)) for name, one in _KINDS.items()}
_AT: Final = {name: _rows(table, place() == bindparam("place")) for name, table in _KINDS.items()}

_OF_BOOKING: Final = tuple(
    (table, _rows(table, _is(table.c.studio_id), _is(table.c.booking_id))) for table in (agreements, answers, files)
)
_AGREEMENT: Final = _rows(agreements, _is(agreements.c.studio_id), _is(agreements.c.id))
_IS_COPY: Final = files.c.kind == word(FileKind.SIGNED_COPY)
_COPY_OF: Final = _rows(files, _is(files.c.studio_id), _is(files.c.subject_id), _IS_COPY)
_COPIES: Final = _rows(files, _is(files.c.sha256), _IS_COPY)

_TELLING: Final = one_of(history.c.what, [What.CONTRACT_SHOWN, What.CONTRACT_SIGNED, What.ANSWERED])
_BOOKINGS: Final = Statement(
    union(
        select(*_raw(history.c.studio_id, history.c.booking_id)).where(_TELLING),
        *(
            select(*_raw(table.c.studio_id, table.c.booking_id)).where(table.c.booking_id.is_not(None))
            for table, _ in _OF_BOOKING
        ),
    )
)


class SealTable(Area):
    """core.paperwork.records.SealRecords."""

    __slots__ = ("_seals",)

    def __init__(self, execution: Execution, seals: Seals) -> None:
        super().__init__(execution)
        self._seals = seals

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(_KINDS)

    def places(self, kind: str) -> list[Place]:
        return [row.place for row in self._execution.all(_PLACES[kind])]

    def at(self, kind: str, place: Place) -> Sealed | None:
        row = self._execution.first(_AT[kind], place=place)
        return self._sealed(_KINDS[kind], row) if row else None

    def bookings(self) -> list[tuple[str, str]]:
        return [(_text(row.studio_id), _text(row.booking_id)) for row in self._execution.all(_BOOKINGS)]

    def of_booking(self, studio_id: str, booking_id: str) -> list[Sealed]:
        return [
            self._sealed(table, row)
            for table, rows in _OF_BOOKING
            for row in self._execution.all(rows, studio_id=studio_id, booking_id=booking_id)
        ]

    def of_agreement(self, studio_id: str, agreement_id: str) -> list[Sealed]:
        found = self._execution.all(_AGREEMENT, studio_id=studio_id, id=agreement_id)
        copies = self._execution.all(_COPY_OF, studio_id=studio_id, subject_id=agreement_id)
        return [*(self._sealed(agreements, row) for row in found), *(self._sealed(files, row) for row in copies)]

    def copies(self, sha256: str) -> list[Sealed]:
        return [self._sealed(files, row) for row in self._execution.all(_COPIES, sha256=sha256)]

    def _sealed(self, table: Table, row: AnyRow) -> Sealed:
        values = [getattr(row, name) for name in sealed_columns(table)]
        seal = getattr(row, SEAL) or b""
        is_copy = table is files and row.kind == FileKind.SIGNED_COPY.value.encode()
        return Sealed(
            kind=table.name,
            id=f"{_text(row.id)}, version {_text(row.version)}" if "version" in table.c else _text(row.id),
            studio_id=_text(row.studio_id),
            booking_id=_text(row.booking_id) if "booking_id" in table.c else "",
            intact=self._seals.fits(table, values, seal),
            other_key=self._seals.is_others(table, values, seal),
            copy_of=_text(row.subject_id) if is_copy else None,
        )


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")
