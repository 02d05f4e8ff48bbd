"""Compare-and-swap: every change of a row that has a state and a version (STATES, rule 1)."""

from collections.abc import Callable, Mapping
from dataclasses import Field, replace
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


class Swap(Generic[T]):
    """How the rows of one table change."""

    __slots__ = ("_says", "_state", "statement")

    def __init__(self, table: Table, state: str, says: Mapping[str, Callable[[T], Value]]) -> None:
        """`state`: the column that must be as it was, like `version`. `says`: what each column that may change says."""
        self._state = state
        self._says = dict(says)
        self.statement = Statement(
            update(table)
            .where(
                table.c["studio_id"] == bindparam("in_studio"),
                table.c["id"] == bindparam("with_id"),
                table.c[state] == bindparam("old_state"),
                table.c["version"] == bindparam("old_version"),
            )
            .values({column: bindparam(column) for column in says})
        )

    def values(self, thing: T) -> dict[str, Value]:
        """All that a change may touch."""
        return {column: say(thing) for column, say in self._says.items()}

    def run(self, execution: Execution, old: T, new: T) -> T | None:
        """Write the thing with its next version; gives it as written, or None where somebody was faster.

        `old` tells which state and version the row must have; whatever else it says need not be written yet.
        """
        new = replace(new, version=old.version + 1)
        changed = execution.write(
            self.statement,
            in_studio=old.studio_id,
            with_id=old.id,
            old_state=self._says[self._state](old),
            old_version=old.version,
            **self.values(new),
        )
        return new if changed else None
