"""What tables are made of: the kinds of columns, and constraints with names.

Instants are whole microseconds since 1970 in UTC, durations whole microseconds, dates are ISO text, states are text
with a check, and what is read only as a whole is JSON text. Keys begin with the studio, so that the tables shard by it.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    literal_column,
)

from storage.columns import length_micros

metadata = MetaData()

#: An integer that SQLite counts up by itself: there, only INTEGER does.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def integer(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def moment(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def duration(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def length(duration: timedelta) -> ColumnElement[int]:
    return literal_column(str(length_micros(duration)), BigInteger)


def number() -> Column[int]:
    return Column("id", _NUMBER, Identity())


def key(table: str, *columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint(*columns, name=f"{table}_key")


def points_to(table: str, name: str, *columns: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(columns, [f"{table}.studio_id", f"{table}.id"], name=name)


def check(column: str, kind: Iterable[StrEnum], name: str) -> CheckConstraint:
    known = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({known})", name=name)


def content(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)
