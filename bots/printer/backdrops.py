"""What is behind a card's words: the mini's own picture, or hills at some hour of the day where there is none."""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple, cast
from zlib import crc32

from PIL import Image, ImageDraw, ImageOps

from bots.printer.canvas import disc
from bots.printer.lettering import Ink
from bots.printer.photos import resized

#: Of what is left over: people stand in the middle, and their faces above it.
CENTRE: Final = (0.5, 0.4)
_FINER: Final = 2
_NIGHT: Final = (24, 21, 20)


class _Hour(NamedTuple):
    """Colours of the sky, from above to the horizon, of the sun, and of the nearest hill."""

    above: Ink
    horizon: Ink
    sun: Ink
    hill: Ink


_HOURS: Final = (
    _Hour((214, 140, 84), (244, 203, 150), (255, 236, 200), (92, 58, 56)),  # a golden evening
    _Hour((70, 92, 130), (226, 170, 160), (255, 224, 200), (40, 46, 74)),  # dusk
    _Hour((120, 160, 178), (232, 224, 202), (255, 250, 232), (44, 74, 70)),  # a misty morning
    _Hour((150, 96, 120), (240, 184, 164), (255, 228, 206), (70, 40, 66)),  # dawn
)


def cropped(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """As much of the image as fills the size."""
    return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS, centering=CENTRE)


def photo_backdrop(photo: bytes, size: tuple[int, int]) -> Image.Image | None:
    """The picture, filling the size; None for what is none."""
    try:
        with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as image:
            image.draft("RGB", size)
            return cropped(image, size)
    except Exception:  # a broken file has made Pillow raise nearly every class there is
        return None


def drawn_backdrop(title: str, size: tuple[int, int]) -> Image.Image:
    """Hills below a low sun. The same title has the same hour."""
    hour = _HOURS[crc32(title.encode(errors="replace")) % len(_HOURS)]
    image = _sky(hour, size)
    wide, high = size
    across = round(min(size) * 0.3)
    image.paste(hour.sun, (round(wide * 0.62), round(high * 0.2)), disc(across))
    for depth, points in enumerate(_hills(size), start=1):
        ink = _mixed(hour.horizon, hour.hill, depth / 3)
        mask = Image.new("L", (wide * _FINER, high * _FINER))
        ImageDraw.Draw(mask).polygon([(x * _FINER, y * _FINER) for x, y in points], fill=255)
        image.paste(ink, (0, 0), mask.reduce(_FINER))
    return image


def dark_tone(image: Image.Image) -> Ink:
    """A dark colour that goes with the image: white is legible on it whatever the image is (10:1 at least)."""
    mean = resized(image, (1, 1)).getpixel((0, 0))
    return _mixed(_NIGHT, cast(Ink, mean), 0.16)


def _sky(hour: _Hour, size: tuple[int, int]) -> Image.Image:
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        column.putpixel((0, y), _mixed(hour.above, hour.horizon, min(1, y / (size[1] * 0.55))))
    return column.transform(size, Image.Transform.EXTENT, (0, 0, 1, size[1]))


def _hills(size: tuple[int, int]) -> Iterator[list[tuple[float, float]]]:
    """Three, the nearest last."""
    wide, high = size
    for number, (above, swing, waves) in enumerate(((0.5, 0.035, 1.2), (0.57, 0.03, 1.7), (0.66, 0.02, 1.1))):
        ridge = [
            (x, high * (above - swing * math.sin(waves * math.tau * x / wide + 1.9 * number)))
            for x in range(0, wide + 8, 8)
        ]
        yield [*ridge, (wide + 8, high), (0, high)]


def _mixed(one: Ink, other: Ink, share: float) -> Ink:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
