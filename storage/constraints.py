"""A lost race is a refusal: the constraint that was violated names the rule (STYLE 21)."""

import re

from sqlalchemy.exc import DBAPIError

from core.booking.refusals import HoldElsewhere, SpotTaken
from core.values.refusals import Refusal
from storage.overlap import CLAIMS_OVERLAP
from storage.schema import metadata

_REFUSALS: dict[str, type[Refusal]] = {
    "one_live_claim": SpotTaken,
    CLAIMS_OVERLAP: SpotTaken,
    "one_live_hold": HoldElsewhere,
    "one_live_preview": HoldElsewhere,
}

#: SQLite names the columns of a violated index, not the index; two indexes of the same columns mean the same refusal.
_BY_COLUMNS = {
    ", ".join(f"{table.name}.{column.name}" for column in index.columns): str(index.name)
    for table in metadata.tables.values()
    for index in table.indexes
    if index.name in _REFUSALS
}
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")


def refusal_of(error: DBAPIError) -> type[Refusal] | None:
    """The rule that the database enforced, or None where the error is something else."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # psycopg
        return _REFUSALS.get(diagnosis.constraint_name or "")
    said = str(error.orig)
    unique = _SQLITE_UNIQUE.fullmatch(said)
    return _REFUSALS.get(_BY_COLUMNS.get(unique[1], "") if unique else said)
