"""What proves that a row is still what was written (I4)."""

import hmac
from typing import Any, Final

from sqlalchemy import Column, Integer, LargeBinary, Table, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.paperwork.files import FileKind
from core.ports import Sealed
from storage.execution import AnyRow, Execution
from storage.paper_tables import agreements, answers, files
from storage.records.area import Area
from storage.records.sealing import Seals, sealed_columns
from storage.statement import Statement, word


class raw(FunctionElement[bytes]):  # noqa: N801 - it is read as a function of SQL
    """A column's bytes as they lie in the database: a broken one may be no text any more."""

    type = LargeBinary()
    inherit_cache = True


@compiles(raw, "sqlite")
def _on_sqlite(element: raw, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(raw, "postgresql")
def _on_postgres(element: raw, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return f"convert_to(CAST({compiler.process(element.clauses, **options)} AS TEXT), 'UTF8')"


def _read(column: Column[Any]) -> Any:
    return (column if isinstance(column.type, LargeBinary) else raw(column)).label(column.name)


def _rows(table: Table) -> Any:
    return select(*(_read(column) for column in table.c))


def _next(table: Table) -> Statement:
    following = table.c.id > bindparam("after")
    return Statement(_rows(table).where(following).order_by(table.c.id).limit(bindparam("most", type_=Integer)))


_SEALED: Final = {table.name: (table, _next(table)) for table in (agreements, answers, files)}
_COPY = Statement(_rows(files).where(files.c.sha256 == bindparam("sha256"), files.c.kind == word(FileKind.SIGNED_COPY)))
_AGREEMENT = Statement(
    _rows(agreements).where(
        agreements.c.studio_id == bindparam("studio_id"), agreements.c.id == bindparam("agreement_id")
    )
)


class SealTable(Area):
    """core.ports.SealRecords."""

    __slots__ = ("_seals",)

    def __init__(self, execution: Execution, seals: Seals) -> None:
        super().__init__(execution)
        self._seals = seals

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(_SEALED)

    def check(self, kind: str, after: str, limit: int) -> list[Sealed]:
        table, following = _SEALED[kind]
        return [self._sealed(table, row) for row in self._execution.all(following, after=after, most=limit)]

    def behind_copy(self, sha256: str) -> list[Sealed]:
        copies = self._execution.all(_COPY, sha256=sha256)
        return [
            *(self._sealed(files, copy) for copy in copies),
            *(
                self._sealed(agreements, row)
                for copy in copies
                for row in self._execution.all(
                    _AGREEMENT, studio_id=_text(copy.studio_id), agreement_id=_text(copy.subject_id)
                )
            ),
        ]

    def _sealed(self, table: Table, row: AnyRow) -> Sealed:
        seal = self._seals.over(table, [getattr(row, name) for name in sealed_columns(table)])
        return Sealed(
            kind=table.name,
            id=_text(row.id),
            studio_id=_text(row.studio_id),
            booking_id=_text(row.booking_id),
            intact=hmac.compare_digest(seal.encode(), row.seal or b""),
        )


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")
