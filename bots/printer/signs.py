"""The signs and colours of a spot's looks. Each look can be told by its sign alone, without any colour."""

from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from bots.printer.lettering import Ink
from bots.printer.photos import resized
from core.booking.day_view import SpotLook

_GRID: Final = 24  # what the signs below are drawn on
_FINER: Final = 8


class Colours(NamedTuple):
    """Of a box: what stands in it, what is behind that and around it. It is legible in grey, too (WCAG 2.2, AA)."""

    ink: Ink
    fill: Ink
    edge: Ink
    #: Of a bar: a field without words.
    solid: Ink


INK: Final = (28, 28, 26)
QUIET: Final = (97, 92, 84)
PAPER: Final = (250, 248, 244)
HAIR: Final = (217, 211, 201)
GROUND: Final = (231, 226, 217)  # of a bar

COLOURS: Final = MappingProxyType(
    {
        SpotLook.BOOKED: Colours((17, 92, 66), (222, 242, 231), (23, 102, 74), (23, 102, 74)),
        SpotLook.HELD: Colours((131, 69, 8), (254, 240, 215), (181, 113, 28), (226, 150, 45)),
        SpotLook.RESERVED: Colours((57, 57, 145), (231, 231, 251), (70, 70, 160), (122, 122, 205)),
        SpotLook.FREE: Colours((82, 78, 71), (255, 255, 255), HAIR, GROUND),
        SpotLook.CLOSED: Colours((92, 87, 80), (236, 232, 225), (201, 195, 184), (201, 195, 184)),
        SpotLook.PAST: Colours((104, 99, 92), (244, 241, 236), (228, 224, 216), (216, 211, 203)),
    }
)


@lru_cache(maxsize=64)
def sign(look: SpotLook, across: int) -> Image.Image:
    """A mask of the sign, so many pixels wide and high."""
    scale = _GRID * _FINER
    large = Image.new("L", (scale, scale))
    _SHAPES[look](ImageDraw.Draw(large))
    return resized(large, (across, across))


def _at(*places: float) -> list[float]:
    return [place * _FINER for place in places]


def _check(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(_at(1.5, 13, 4.5, 10, 9.3, 14.8, 19.5, 3.5, 22.5, 6.3, 9.5, 20.8), fill=255)


def _part_of_a_ring(draw: ImageDraw.ImageDraw) -> None:
    draw.arc(_at(1.5, 1.5, 22.5, 22.5), -60, 200, fill=255, width=4 * _FINER)


def _bookmark(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(_at(4.5, 1.5, 19.5, 1.5, 19.5, 22.5, 12, 16.5, 4.5, 22.5), fill=255)


def _ring(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse(_at(3, 3, 21, 21), outline=255, width=3 * _FINER)


def _lock(draw: ImageDraw.ImageDraw) -> None:
    draw.arc(_at(6, 1.5, 18, 15), 180, 360, fill=255, width=3 * _FINER)
    draw.rectangle(_at(6, 8, 8.9, 12), fill=255)
    draw.rectangle(_at(15.1, 8, 18, 12), fill=255)
    draw.rounded_rectangle(_at(3.5, 10.5, 20.5, 22), radius=2 * _FINER, fill=255)


def _dash(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle(_at(3, 10.3, 21, 13.7), radius=1.7 * _FINER, fill=255)


_SHAPES: Final[dict[SpotLook, Callable[[ImageDraw.ImageDraw], None]]] = {
    SpotLook.BOOKED: _check,
    SpotLook.HELD: _part_of_a_ring,
    SpotLook.RESERVED: _bookmark,
    SpotLook.FREE: _ring,
    SpotLook.CLOSED: _lock,
    SpotLook.PAST: _dash,
}
