"""What a picture file tells of itself, looked at before any reader is let near it.

Pillow walks through a file's parts in Python: twenty million bytes of nothing but parts keep it busy for ten seconds.
And a reader in C goes through the whole picture for each scan, which takes ten bytes. No camera writes such files.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Final


class Kind(StrEnum):
    """As Pillow calls them."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"


#: Segments of a JPEG, chunks of a PNG. The most that honest files have are a PNG's 20 MB in chunks of 4 KB.
MOST_PARTS: Final = 10_000
#: Each scan goes through the whole picture, however little it says. Ten are usual.
MOST_SCANS: Final = 50

#: A marker that is none of a scan's own (stuffed zeros, restarts).
_MARKER: Final = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
#: What begins a picture, by how it is coded (ITU T.81, table B.1).
_FRAMES: Final = (0xC0, 0xC1, 0xC3, 0xC5, 0xC7, 0xC9, 0xCB, 0xCD, 0xCF)
_PROGRESSIVE: Final = (0xC2, 0xC6, 0xCA, 0xCE)
_SCAN: Final = 0xDA
_END: Final = 0xD9


def kind_of(data: bytes) -> Kind | None:
    """By its first bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    return None


def is_overloaded(data: bytes, kind: Kind) -> bool:
    """Whether the file has more parts than any that was made to be looked at."""
    match kind:
        case Kind.JPEG:
            return _is_longer(_segments(data), MOST_PARTS) or _scans(data) > MOST_SCANS
        case Kind.PNG:
            return _is_longer(_chunks(data), MOST_PARTS)
        case Kind.GIF | Kind.WEBP:
            return False  # in a GIF they are cheap, a WebP is read in C


def is_held_whole(jpeg: bytes) -> bool:
    """Whether libjpeg keeps every coefficient until the last scan: of progressive ones, and of colour after colour."""
    colours = b""
    for marker, at in _segments(jpeg):
        if marker in _PROGRESSIVE:
            return True
        if marker in _FRAMES:
            colours = jpeg[at + 7 : at + 8]
        elif marker == _SCAN:
            return jpeg[at + 2 : at + 3] < colours
    return False


def _scans(jpeg: bytes) -> int:
    return sum(marker == _SCAN for marker, _ in _segments(jpeg))


def _segments(jpeg: bytes) -> Iterator[tuple[int, int]]:
    """The markers up to the end of the first picture, and where the segment of each begins (with its length).

    A preview within a segment is no part of it.
    """
    at = 2
    while (found := _MARKER.search(jpeg, at)) and (marker := found[1][0]) != _END:
        yield marker, found.end()
        at = found.end() + int.from_bytes(jpeg[found.end() : found.end() + 2])


def _chunks(png: bytes) -> Iterator[int]:
    """Where each begins."""
    at = 8
    while at < len(png):
        yield at
        at += 12 + int.from_bytes(png[at : at + 4])


def _is_longer(parts: Iterator[object], most: int) -> bool:
    return next(islice(parts, most, None), None) is not None
