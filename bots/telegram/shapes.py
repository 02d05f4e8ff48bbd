"""JSON of unknown shape: each gives what it is asked for, or what is empty."""

from collections.abc import Mapping
from typing import Final, cast

_NUMBERS_END: Final = 2**63  # Telegram's own need 52 bits; a longer one is nobody's


def fields(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def array(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def string(value: object) -> str:
    return value if isinstance(value, str) else ""


def number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _NUMBERS_END:
        return value
    return None
