"""Several photos as one picture: in rows as wide as the picture, each photo cut as little as can be (B2)."""

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Final

from PIL import Image

from bots.printer.backdrops import cropped
from bots.printer.canvas import jpeg_of
from bots.printer.lettering import Room
from bots.printer.photos import clean

FEWEST: Final = 2
MOST: Final = 6
WIDE: Final = 1280  # pixels; more Telegram makes smaller
GUTTER: Final = 8
#: Height by width: between what feeds show whole, 4:5, and the widest that still shows faces.
SHAPES: Final = (0.6, 1.25)
#: Width by height of a photo in the collage; what is longer is cut.
_PHOTO_SHAPES: Final = (0.66, 1.78)


def collage(photos: Sequence[bytes]) -> bytes:
    """A JPEG of 2 to 6 photos in their order, without any metadata. Raises PhotoRefused for what cannot be kept as one.

    Takes no more memory than the largest of them when it is cleaned.
    """
    if not FEWEST <= len(photos) <= MOST:
        raise ValueError(f"a collage of {len(photos)}")
    kept = [clean(photo) for photo in photos]
    rooms, high = layout([_shape(photo) for photo in kept])
    whole = Image.new("RGB", (WIDE, high), "white")
    for photo, (left, top, right, bottom) in zip(kept, rooms, strict=True):
        with Image.open(BytesIO(photo), formats=("JPEG",)) as image:
            image.draft("RGB", (right - left, bottom - top))
            whole.paste(cropped(image, (right - left, bottom - top)), (left, top))
    return jpeg_of(whole)


def layout(shapes: Sequence[float]) -> tuple[list[Room], int]:
    """Where each photo goes, by its width over its height, and the height of it all."""
    shapes = [max(_PHOTO_SHAPES[0], min(_PHOTO_SHAPES[1], shape)) for shape in shapes]
    rows = min(_ways(len(shapes)), key=lambda rows: _misfit([shapes[first:last] for first, last in rows]))
    heights = [_height(shapes[first:last]) for first, last in rows]
    gutters = GUTTER * (len(rows) - 1)
    least, most = (round(WIDE * shape) - gutters for shape in SHAPES)
    stretch = max(least, min(most, sum(heights))) / sum(heights)
    rooms: list[Room] = []
    top = 0
    for (first, last), height in zip(rows, heights, strict=True):
        bottom = top + round(height * stretch)
        rooms += [(left, top, right, bottom) for left, right in _columns(shapes[first:last])]
        top = bottom + GUTTER
    return rooms, top - GUTTER


def _shape(photo: bytes) -> float:
    with Image.open(BytesIO(photo), formats=("JPEG",)) as image:
        return image.width / image.height


def _ways(count: int) -> Iterator[list[tuple[int, int]]]:
    """Every way to break so many photos into rows: the first of each row, and the first of the next."""
    for breaks in range(2 ** (count - 1)):
        cuts = [0, *(place for place in range(1, count) if breaks >> (place - 1) & 1), count]
        yield list(pairwise(cuts))


def _misfit(rows: Sequence[Sequence[float]]) -> float:
    """How far it is from a good picture: too long or too flat, or with rows of too different heights."""
    heights = [_height(row) for row in rows]
    whole = sum(heights) / WIDE
    least, most = SHAPES
    off = abs(math.log(whole / max(least, min(most, whole)))) + 0.15 * abs(math.log(whole))
    return off + 0.3 * math.log(max(heights) / min(heights))


def _height(row: Sequence[float]) -> float:
    return (WIDE - GUTTER * (len(row) - 1)) / sum(row)


def _columns(row: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Left and right of each photo of a row, which fill it to the last pixel."""
    free = WIDE - GUTTER * (len(row) - 1)
    ends = [round(free * share / sum(row)) for share in accumulate(row)]
    for number, (begins, ends_at) in enumerate(pairwise([0, *ends])):
        yield begins + number * GUTTER, ends_at + number * GUTTER
