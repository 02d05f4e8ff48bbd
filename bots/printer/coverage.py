"""Which letters a font file has, read from its own table: Pillow draws a box for the others and does not say so.

OpenType 1.9, "cmap": the formats 4 and 12, which every font of Unicode has.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_COLLECTION: Final = b"ttcf"
#: Platform and encoding of the tables that tell Unicode's letters, the fullest first.
_UNICODE: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class Coverage:
    """The letters of one font."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        """`spans`: first and last code of each run of letters."""
        spans = sorted(spans)
        self._firsts: Final = [first for first, _ in spans]
        self._lasts: Final = [last for _, last in spans]

    def has(self, letter: str) -> bool:
        at = bisect_right(self._firsts, ord(letter)) - 1
        return at >= 0 and ord(letter) <= self._lasts[at]


def coverage_of(path: Path) -> Coverage:
    """What the file's first font has. Raises ValueError for what is no font."""
    data = path.read_bytes()
    try:
        return Coverage(list(_spans(data, _character_map(data))))
    except (struct.error, IndexError) as error:
        raise ValueError(f"{path.name} is no font") from error


def _character_map(data: bytes) -> int:
    """Where the fullest Unicode table of the "cmap" begins."""
    start = struct.unpack_from(">I", data, 12)[0] if data.startswith(_COLLECTION) else 0
    (tables,) = struct.unpack_from(">H", data, start + 4)
    records = (struct.unpack_from(">4sIII", data, start + 12 + 16 * number) for number in range(tables))
    cmap = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if cmap is None:
        raise ValueError("a font without letters")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found = {
        (platform, encoding): cmap + offset
        for platform, encoding, offset in (struct.unpack_from(">HHI", data, cmap + 4 + 8 * n) for n in range(count))
    }
    best = next((found[kind] for kind in _UNICODE if kind in found), None)
    if best is None:
        raise ValueError("a font without letters of Unicode")
    return best


def _spans(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    match struct.unpack_from(">H", data, at)[0]:
        case 4:
            yield from _segments(data, at)
        case 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for number in range(groups):
                yield struct.unpack_from(">II", data, at + 16 + 12 * number)
        case other:
            raise ValueError(f"a font whose letters are in format {other}")


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    ends, starts = (struct.unpack_from(f">{count}H", data, at + offset) for offset in (14, 16 + doubled))
    offsets_at = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    for number, (first, last, offset) in enumerate(zip(starts, ends, offsets, strict=True)):
        if first == 0xFFFF:  # the table's end, and no letter
            continue
        if not offset:
            yield first, last
            continue
        for code in range(first, last + 1):  # a table of glyphs, in which some may be missing
            (glyph,) = struct.unpack_from(">H", data, offsets_at + 2 * number + offset + 2 * (code - first))
            if glyph:
                yield code, code
