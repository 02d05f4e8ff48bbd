"""JSON as it came from outside, looked at with care."""

from collections.abc import Mapping
from typing import cast

Json = Mapping[str, object]


def as_object(given: object) -> Json:
    """The object; an empty one for anything else, in which no required field is found."""
    return cast("Json", given) if isinstance(given, Mapping) else {}


def as_array(given: object) -> list[object] | None:
    return cast("list[object]", given) if isinstance(given, list) else None
