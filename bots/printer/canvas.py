"""A picture while it is drawn: smooth boxes and signs, and words that each keep to a room of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Final, Literal

from PIL import Image, ImageDraw

from bots.printer.lettering import CAPITALS, Ink, Line, Room
from bots.printer.photos import resized

#: Pillow's shapes have stairs at their edges: they are drawn so many times as large, and made small.
FINER: Final = 4
_HAIR: Final = 3
QUALITY: Final = 88  # of JPEGs

Side = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in the picture: what of them can be seen, and the room that is theirs alone."""

    line: Line
    room: Room
    left: float

    @property
    def right(self) -> float:
        return self.left + self.line.width


@dataclass(slots=True)
class Canvas:
    """The picture, and what was written into it."""

    image: Image.Image
    words: list[Words] = field(default_factory=list[Words])

    @classmethod
    def of(cls, size: tuple[int, int], paper: Ink) -> "Canvas":
        return cls(Image.new("RGB", size, paper))

    def box(self, room: Room, radius: int, fill: Ink, edge: Ink | None = None, thick: int = 2) -> None:
        """A box with round corners; its edge is within the room."""
        left, top, right, bottom = room
        if edge is not None:
            self.box(room, radius, edge)
            left, top, right, bottom = left + thick, top + thick, right - thick, bottom - thick
            radius = max(0, radius - thick)
        self.image.paste(fill, (left, top, right, bottom), rounded((right - left, bottom - top), radius))

    def bar(self, room: Room, shares: Sequence[tuple[int, Ink]], ground: Ink) -> None:
        """A bar with round ends, of shares side by side with a hair of the ground between them."""
        left, top, right, bottom = room
        strip = Image.new("RGB", (right - left, bottom - top), ground)
        whole = sum(count for count, _ in shares)
        done = 0
        for count, ink in shares:
            begins, done = done, done + count
            at, until = (strip.width * place // whole if whole else 0 for place in (begins, done))
            strip.paste(ink, (at, 0, until - (_HAIR if done < whole else 0), strip.height))
        self.image.paste(strip, (left, top), rounded(strip.size, strip.height // 2))

    def stamp(self, mask: Image.Image, left: int, top: int, ink: Ink) -> None:
        """The ink wherever the mask lets it through."""
        self.image.paste(ink, (left, top, left + mask.width, top + mask.height), mask)

    def write(self, line: Line, room: Room, ink: Ink, side: Side = "left") -> None:
        """The words on one line in the middle of the room's height."""
        left, top, right, bottom = room
        spare = right - left - line.width
        at = left + {"left": 0.0, "middle": spare / 2, "right": spare}[side]
        baseline = (top + bottom + line.size * CAPITALS) / 2
        line.paint(self.image, room, at, round(baseline), ink)
        self.words.append(Words(line, room, at))

    def png(self) -> bytes:
        file = BytesIO()
        self.image.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def jpeg(self) -> bytes:
        return jpeg_of(self.image)


def jpeg_of(image: Image.Image) -> bytes:
    """Without any metadata."""
    file = BytesIO()
    image.info.clear()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


@lru_cache(maxsize=64)
def rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask of the size with round corners."""
    mask = Image.new("L", size, 255)
    radius = min(radius, size[0] // 2, size[1] // 2)
    if radius:
        corners = disc(2 * radius)
        for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
            part = corners.crop((x * radius, y * radius, (x + 1) * radius, (y + 1) * radius))
            mask.paste(part, (x * (size[0] - radius), y * (size[1] - radius)))
    return mask


@lru_cache(maxsize=64)
def disc(across: int) -> Image.Image:
    large = Image.new("L", (across * FINER, across * FINER))
    ImageDraw.Draw(large).ellipse((0, 0, across * FINER - 1, across * FINER - 1), fill=255)
    return resized(large, (across, across))
