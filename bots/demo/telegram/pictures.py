"""Pictures as far as Telegram looks into them: how large they are, and what is hidden in them."""

import struct
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_EXIF: Final = b"Exif\0\0"
_START_OF_SCAN: Final = 0xDA  # the picture itself, up to the end of the file
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: EXIF and XMP, Photoshop's, comments: what an app leaves out when it sends a picture.
_HIDDEN: Final = frozenset({0xE1, 0xED, 0xFE})
_GPS: Final = 0x8825  # the tags of EXIF: where the list of the place is, and the latitude in it
_LATITUDE: Final = 0x0002


class _Segment(NamedTuple):
    marker: int
    #: Where it begins and ends in the file, its own four bytes of marker and length included.
    start: int
    end: int


def is_jpeg(data: bytes) -> bool:
    return data.startswith(_JPEG) and picture_size(data) is not None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else, for broken ones and for empty pictures."""
    try:
        width, height = _png_size(data) if data.startswith(_PNG) else _jpeg_size(data)
    except (struct.error, LookupError):
        return None
    return (width, height) if width > 0 and height > 0 else None


def without_hidden(data: bytes) -> bytes:
    """The same JPEG, and nothing in it that is not seen: no place, no camera, no comment."""
    hidden = [segment for segment in _segments(data) if segment.marker in _HIDDEN]
    for segment in reversed(hidden):
        data = data[: segment.start] + data[segment.end :]
    return data


def tells_place(data: bytes) -> bool:
    """Whether it is a JPEG that says where it was taken."""
    try:
        for segment in _segments(data):
            exif = data[segment.start + 4 : segment.end]
            if segment.marker == 0xE1 and exif.startswith(_EXIF):
                return _has_latitude(exif.removeprefix(_EXIF))
    except (struct.error, LookupError):
        pass
    return False


def _png_size(data: bytes) -> tuple[int, int]:
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Raises LookupError: no JPEG, or none with a frame."""
    frame = next((one.start for one in _segments(data) if one.marker in _FRAMES), None)
    if frame is None:
        raise LookupError
    height, width = struct.unpack(">HH", data[frame + 5 : frame + 9])
    return width, height


def _segments(data: bytes) -> Iterator[_Segment]:
    """What stands before the picture itself. Raises struct.error where the file ends too soon."""
    at = 2
    while data.startswith(_JPEG):
        marker, length = struct.unpack(">xBH", data[at : at + 4])
        if marker == _START_OF_SCAN:
            return
        yield _Segment(marker, at, at + 2 + length)
        at += 2 + length


def _has_latitude(tiff: bytes) -> bool:
    order: Literal[">", "<"] = ">" if tiff.startswith(b"MM") else "<"
    (first,) = struct.unpack(f"{order}I", tiff[4:8])
    place = _tags(tiff, order, first).get(_GPS)
    return place is not None and _LATITUDE in _tags(tiff, order, place)


def _tags(tiff: bytes, order: str, at: int) -> dict[int, int]:
    """A list of EXIF: each tag with its value, or where that is."""
    (count,) = struct.unpack(f"{order}H", tiff[at : at + 2])
    entries = tiff[at + 2 : at + 2 + 12 * count]
    return {tag: value for tag, _kind, _count, value in struct.iter_unpack(f"{order}HHII", entries)}
