"""Making seals: an HMAC over everything in a row, with the installation's own key.

Whoever changes a row in the database, by hand or by a fault of the disk, cannot make its seal anew.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from sqlalchemy import Table

from storage.statement import Value

#: The column of the seal itself.
SEAL = "seal"


def sealed_columns(table: Table) -> list[str]:
    """What the seal of a row is about, in this order: all of it."""
    return [name for name in table.c.keys() if name != SEAL]  # noqa: SIM118 - no dict


class Seals:
    """Makes seals with one key."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        """`key` is the installation's own; the seals have one that is made from it."""
        self._key = hmac.new(key, b"seals", hashlib.sha256).digest() if key else b""

    def of(self, table: Table, row: Mapping[str, Value]) -> str:
        """The seal of a row of the table, in hexadecimal. Raises ValueError where the store has no key."""
        return self.over(table, [_bytes(row[name]) for name in sealed_columns(table)])

    def over(self, table: Table, values: Sequence[bytes | None]) -> str:
        """The seal over the values as bytes, each with its length, so that nothing moves from one to the next."""
        if not self._key:
            raise ValueError("the store was opened without a key for seals")
        sealing = hmac.new(self._key, table.name.encode(), hashlib.sha256)
        for value in values:
            sealing.update(b"-" if value is None else f"{len(value)}:".encode())
            sealing.update(value or b"")
        return sealing.hexdigest()


def _bytes(value: Value) -> bytes | None:
    return value if value is None or isinstance(value, bytes) else f"{value}".encode()
