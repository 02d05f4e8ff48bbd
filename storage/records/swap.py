"""Compare-and-swap: every change of a row that has a state and a version (STATES, rule 1).

Of a thing that the same unit of work has read or written last, only what differs is written: no JSON is made of the
rest, and no index of it is touched. So a column that is made in another way from a release on needs a migration.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, replace
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Table, bindparam, update

from storage.execution import Execution
from storage.statement import Statement, Value


class Versioned(Protocol):
    """A frozen dataclass whose row is read with its version."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> str: ...
    @property
    def studio_id(self) -> str: ...
    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Versioned)

#: What a column says of a thing.
Says = Callable[[T], Value]


class Swap(Generic[T]):
    """How the rows of one table change."""

    __slots__ = ("_changes", "_fields", "_made_of", "_read", "_says", "_state", "_table", "_whole")

    def __init__(
        self, table: Table, state: str, says: Mapping[str, Says[T]], *, made_of: Mapping[str, Sequence[str]] = {}
    ) -> None:
        """`state`: the column that must be as it was, like `version`. `says`: every column that a change may touch.

        `made_of`: the thing's fields that a column is made of, unless it is the one field of the column's own name.
        """
        self._table = table
        self._state = state
        self._says = dict(says)
        self._made_of = {column: made_of.get(column, (column,)) for column in says}
        self._fields = tuple(dict.fromkeys(field for fields in self._made_of.values() for field in fields))
        self._read = attrgetter(*self._fields)
        self._whole = (self.statement(), self._says)
        # By which of the fields differ: what is to be written then.
        self._changes: dict[tuple[bool, ...], tuple[Statement, dict[str, Says[T]]]] = {}

    def values(self, thing: T) -> dict[str, Value]:
        """All that a change may touch, for a new row."""
        return {column: say(thing) for column, say in self._says.items()}

    def remember(self, execution: Execution, thing: T) -> T:
        """What was read or written just now is what the row says."""
        execution.known[self._table.name, thing.id] = thing
        return thing

    def run(self, execution: Execution, old: T, new: T) -> T | None:
        """Write the thing, with its next version; gives it as written, or None where somebody was faster.

        `old` tells which state and version the row must have, and whatever else it says need not be written yet: only
        where it is the very thing that was read or written last, what both have in common is left out.
        """
        new = replace(new, version=old.version + 1)
        is_known = execution.known.get((self._table.name, old.id)) is old
        statement, says = self._change(old, new) if is_known else self._whole
        changed = execution.write(
            statement,
            in_studio=old.studio_id,
            with_id=old.id,
            old_state=self._says[self._state](old),
            old_version=old.version,
            **{column: say(new) for column, say in says.items()},
        )
        return self.remember(execution, new) if changed else None

    def statement(self, columns: Iterable[str] | None = None) -> Statement:
        """The change of these columns, or of all."""
        of_row = self._table.c
        return Statement(
            update(self._table)
            .where(
                of_row["studio_id"] == bindparam("in_studio"),
                of_row["id"] == bindparam("with_id"),
                of_row[self._state] == bindparam("old_state"),
                of_row["version"] == bindparam("old_version"),
            )
            .values({column: bindparam(column) for column in columns or self._says})
        )

    def _change(self, old: T, new: T) -> tuple[Statement, dict[str, Says[T]]]:
        differ = tuple(map(is_not, self._read(old), self._read(new)))
        change = self._changes.get(differ)
        if change is None:
            fields = set(compress(self._fields, differ))
            says = {column: say for column, say in self._says.items() if not fields.isdisjoint(self._made_of[column])}
            change = self._changes[differ] = (self.statement(says), says)
        return change
