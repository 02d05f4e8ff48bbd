"""The clock that a platform has of its own; tests and the demo give the stand-ins another, which they can move."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a stand-in is the platform here, and that has its own clock
