"""Which way each part of a line runs: UAX 9 for a line without embeddings, which names and titles are."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

_RTL: Final = ("R", "AL")
_NUMBERS: Final = ("EN", "AN")


class Part(NamedTuple):
    """Letters that run one way, in the order they are read."""

    clusters: tuple[str, ...]
    rtl: bool


def parts_of(clusters: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a line from left to right, as they stand."""
    kinds = [unicodedata.bidirectional(cluster[0]) for cluster in clusters]
    rtl = next((kind in _RTL for kind in kinds if kind == "L" or kind in _RTL), False)
    ways = _resolved(kinds, rtl=rtl)
    parts = [
        Part(tuple(cluster for _, cluster in group), way)
        for way, group in groupby(zip(ways, clusters, strict=True), key=lambda one: one[0])
    ]
    return tuple(reversed(parts)) if rtl else tuple(parts)


def _resolved(kinds: Sequence[str], *, rtl: bool) -> list[bool]:
    """Whether each letter runs from right to left.

    A number belongs to the letters before it. What has no direction goes with its neighbours where they agree, else
    with the line.
    """
    strong: list[bool | None] = []
    last = rtl
    for kind in kinds:
        if kind == "L" or kind in _RTL:
            last = kind in _RTL
        strong.append(last if kind == "L" or kind in _RTL or kind in _NUMBERS else None)
    after: list[bool] = []
    following = rtl
    for way in reversed(strong):
        following = following if way is None else way
        after.append(following)
    ways: list[bool] = []
    before = rtl
    for way, following in zip(strong, reversed(after), strict=True):
        before = before if way is None else way
        ways.append(before if way is not None or before == following else rtl)
    return ways
