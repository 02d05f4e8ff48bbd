"""Stripe's form bodies: `line_items[0][price_data][currency]=usd` read into nested parameters, and nothing guessed."""

import re
from collections.abc import Iterable
from typing import Final, TypeAlias, cast

from bots.demo.stripe.refusals import StripeRefusal, bad_request

Node: TypeAlias = "str | dict[str, Node] | list[Node]"
Tree: TypeAlias = "dict[str, Node]"

_NAME: Final = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART: Final = re.compile(r"\[([^\[\]]*)\]")


def read_form(pairs: Iterable[tuple[str, str]]) -> Tree:
    """The parameters of a body or a query. Raises StripeRefusal for a name that cannot be read or is given twice."""
    root: Tree = {}
    for name, value in pairs:
        found = _NAME.fullmatch(name)
        if found is None:
            raise _unreadable(name)
        _put(root, name, [found[1], *_PART.findall(found[2])], value)
    return {key: _with_arrays(key, node) for key, node in root.items()}


def _put(node: Tree, name: str, path: list[str], value: str) -> None:
    """Everything is kept by name at first; `[]` counts up."""
    *way, last = path
    for part in way:
        inner = node.setdefault(part or str(len(node)), {})
        if not isinstance(inner, dict):
            raise _unreadable(name)
        node = inner
    key = last or str(len(node))
    if key in node:
        raise _unreadable(name)
    node[key] = value


def _with_arrays(name: str, node: Node) -> Node:
    """Whatever has the names 0, 1, 2 … in full is an array."""
    if not isinstance(node, dict):
        return node
    inner = {key: _with_arrays(f"{name}[{key}]", value) for key, value in node.items()}
    if not all(key.isascii() and key.isdigit() for key in inner):
        return cast("Node", inner)
    if sorted(map(int, inner)) != list(range(len(inner))):
        raise _unreadable(name)
    return [inner[key] for key in sorted(inner, key=int)]


def _unreadable(name: str) -> StripeRefusal:
    return bad_request(f"Invalid parameters: {name} cannot be read", param=name)
