"""Making seals: an HMAC over everything in a row, with the installation's own key.

Whoever changes a row in the database, by hand or by a fault of the disk, cannot make its seal anew. Before the HMAC
stands the mark of the key that made it, so that another key is not taken for a change.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from sqlalchemy import Table

from storage.statement import Value

#: The column of the seal itself.
SEAL = "seal"
MARK = 8  # hexadecimal digits: enough to tell an installation's few keys apart


def sealed_columns(table: Table) -> list[str]:
    """What the seal of a row is about, in this order: all of it."""
    return [name for name in table.c.keys() if name != SEAL]  # noqa: SIM118 - no dict


class Seals:
    """Makes seals with one key."""

    __slots__ = ("_key", "_mark")

    def __init__(self, key: bytes) -> None:
        """`key` is the installation's own; the seals have one that is made from it."""
        self._key = hmac.new(key, b"seals", hashlib.sha256).digest() if key else b""
        self._mark = hmac.new(self._key, b"mark", hashlib.sha256).hexdigest()[:MARK] if key else ""

    def of(self, table: Table, row: Mapping[str, Value]) -> str:
        """The seal of a row of the table: the key's mark and an HMAC. Raises ValueError where the store has no key."""
        return self.over(table, [_bytes(row[name]) for name in sealed_columns(table)])

    def over(self, table: Table, values: Sequence[bytes | None]) -> str:
        """The seal over the values as bytes, each with its length, so that nothing moves from one to the next."""
        if not self._key:
            raise ValueError("the store was opened without a key for seals")
        sealing = hmac.new(self._key, table.name.encode(), hashlib.sha256)
        for value in values:
            sealing.update(b"-" if value is None else f"{len(value)}:".encode())
            sealing.update(value or b"")
        return f"{self._mark}.{sealing.hexdigest()}"

    def fits(self, table: Table, values: Sequence[bytes | None], seal: bytes) -> bool:
        """Whether the seal is the one that was made over these values."""
        return hmac.compare_digest(self.over(table, values).encode(), seal)

    def is_others(self, table: Table, values: Sequence[bytes | None], seal: bytes) -> bool:
        """Whether the seal says that another key made it, and this one did not."""
        mark, _, made = seal.partition(b".")
        ours = self.over(table, values).encode().partition(b".")
        return mark != ours[0] and not hmac.compare_digest(ours[2], made)


def _bytes(value: Value) -> bytes | None:
    return value if value is None or isinstance(value, bytes) else f"{value}".encode()
