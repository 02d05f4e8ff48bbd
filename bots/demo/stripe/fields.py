"""What a parameter may be: kinds of values, and how what was sent becomes one or is refused in Stripe's words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from bots.demo.stripe.forms import Node
from bots.demo.stripe.refusals import bad_request, missing, unknown

Kind = Literal["string", "integer", "boolean", "object", "array", "map", "range"]

METADATA_KEYS: Final = 50  # docs.stripe.com/api/metadata
METADATA_KEY_LETTERS: Final = 40
METADATA_VALUE_LETTERS: Final = 500
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    kind: Kind
    is_required: bool = False
    #: Of a string: what it may be; anything where there are none.
    choices: tuple[str, ...] = ()
    #: Of a string: how many letters it may have; 0 where Stripe names no limit.
    letters: int = 0
    #: Of an object.
    fields: Mapping[str, "Field"] = field(default_factory=dict[str, "Field"])
    #: Of an array.
    item: "Field | None" = None
    #: Of an object: Stripe also takes "" for it, which unsets it.
    may_be_unset: bool = False


def text(letters: int = 5000, *, required: bool = False) -> Field:
    return Field(kind="string", letters=letters, is_required=required)


def choice(*choices: str, required: bool = False) -> Field:
    return Field(kind="string", choices=choices, is_required=required)


def integer(*, required: bool = False) -> Field:
    return Field(kind="integer", is_required=required)


def flag(*, required: bool = False) -> Field:
    return Field(kind="boolean", is_required=required)


def group(*, required: bool = False, may_be_unset: bool = False, **fields: Field) -> Field:
    return Field(kind="object", fields=fields, is_required=required, may_be_unset=may_be_unset)


def array(item: Field, *, required: bool = False) -> Field:
    return Field(kind="array", item=item, is_required=required)


METADATA: Final = Field(kind="map")
#: A moment, or `{gt, gte, lt, lte}`.
RANGE: Final = Field(kind="range", fields={name: integer() for name in ("gt", "gte", "lt", "lte")})


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters that were checked, of the right types; what was not given is empty."""

    values: Mapping[str, object]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def string(self, name: str) -> str:
        return cast("str", self.values.get(name, ""))

    def integer(self, name: str, default: int = 0) -> int:
        return cast("int", self.values.get(name, default))

    def flag(self, name: str) -> bool:
        return cast("bool", self.values.get(name, False))

    def group(self, name: str) -> "Params":
        given = self.values.get(name)
        return Params(cast("Mapping[str, object]", given) if isinstance(given, Mapping) else {})

    def groups(self, name: str) -> "list[Params]":
        return [Params(one) for one in cast("list[Mapping[str, object]]", self.values.get(name, []))]

    def strings(self, name: str) -> list[str]:
        return cast("list[str]", self.values.get(name, []))

    def map(self, name: str) -> dict[str, str]:
        return dict(cast("Mapping[str, str]", self.values.get(name, {})))


def checked(fields: Mapping[str, Field], given: Mapping[str, Node], at: str = "") -> dict[str, object]:
    """The values of the right types. Raises StripeRefusal for the first that is unknown, missing or wrong."""
    for name in given:
        if name not in fields:
            raise unknown(_path(at, name))
    for name, one in fields.items():
        if one.is_required and name not in given:
            raise missing(_path(at, name))
    return {name: _value(fields[name], node, _path(at, name)) for name, node in given.items()}


def _path(at: str, name: str | int) -> str:
    return f"{at}[{name}]" if at else str(name)


def _value(one: Field, node: Node, param: str) -> object:
    if node == "" and one.kind != "map":
        if one.may_be_unset:
            return ""
        raise _empty(param)
    match one.kind:
        case "string" | "integer" | "boolean":
            return _scalar(one, node, param)
        case "array":
            return _array(one, node, param)
        case "map":
            return _metadata(node, param)
        case "range":
            return _scalar(integer(), node, param) if isinstance(node, str) else _object(one, node, param)
        case "object":
            return _object(one, node, param)


def _scalar(one: Field, node: Node, param: str) -> str | int | bool:
    if not isinstance(node, str):
        raise bad_request(f"Invalid {one.kind}: {node}", param=param)
    if one.kind == "integer":
        if not _INTEGER.fullmatch(node):
            raise bad_request(f"Invalid integer: {node}", code="parameter_invalid_integer", param=param)
        return int(node)
    if one.kind == "boolean":
        if node not in {"true", "false"}:
            raise bad_request(f"Invalid boolean: {node}", param=param)
        return node == "true"
    if one.choices and node not in one.choices:
        raise bad_request(f"Invalid {param}: must be one of {_listed(one.choices)}", param=param)
    if one.letters and len(node) > one.letters:
        raise bad_request(f"Invalid string: {node[:20]}…; must be at most {one.letters} characters", param=param)
    return node


def _array(one: Field, node: Node, param: str) -> list[object]:
    if not isinstance(node, list) or one.item is None:
        raise bad_request("Invalid array", param=param)
    return [_value(one.item, inner, _path(param, index)) for index, inner in enumerate(node)]


def _object(one: Field, node: Node, param: str) -> dict[str, object]:
    if not isinstance(node, dict):
        raise bad_request("Invalid object", param=param)
    return checked(one.fields, node, param)


def _metadata(node: Node, param: str) -> dict[str, str]:
    """Keys may be numbers, which the form reads as an array. An empty value unsets a key."""
    given = dict(enumerate(node)) if isinstance(node, list) else node or {}
    if not isinstance(given, dict):
        raise bad_request("Invalid hash", param=param)
    metadata: dict[str, str] = {}
    for name, value in given.items():
        if not isinstance(value, str) or len(value) > METADATA_VALUE_LETTERS:
            limit = f"Metadata values can have up to {METADATA_VALUE_LETTERS} characters"
            raise bad_request(f"{limit}; the value of {name} is no such string", param=_path(param, name))
        if len(str(name)) > METADATA_KEY_LETTERS:
            limit = f"Metadata keys can have up to {METADATA_KEY_LETTERS} characters"
            raise bad_request(f"{limit}: {name}", param=param)
        if value:
            metadata[str(name)] = value
    if len(metadata) > METADATA_KEYS:
        raise bad_request(f"Metadata can have up to {METADATA_KEYS} keys", param=param)
    return metadata


def _empty(param: str) -> Exception:
    return bad_request(
        f"You passed an empty string for '{param}'. We assume empty values are an attempt to unset a field; however "
        f"'{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param=param,
    )


def _listed(choices: Sequence[str]) -> str:
    return ", ".join(choices[:-1]) + f", or {choices[-1]}" if len(choices) > 1 else choices[0]
