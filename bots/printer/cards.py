"""A mini as a card for social media: its picture, what, when and where, for how much, and a code that leads to it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PIL import ImageOps

from bots.printer.backdrops import dark_tone, drawn_backdrop, photo_backdrop
from bots.printer.canvas import Canvas
from bots.printer.codes import code_of
from bots.printer.lettering import Ink, Lettering, Line, Room
from conversations.pictures import Form, ShareCard

_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_SOFT: Final = (226, 219, 209)
_GOLD: Final = (255, 214, 140)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """The measures of a form, in pixels."""

    size: tuple[int, int]
    margin: int
    #: Where the words end. Below it a story has the app's own buttons.
    foot: int
    title: int
    title_lines: int
    text: int
    code: int
    #: The words stand beside the picture, so many pixels wide; else below it, as high as they need.
    panel: int = 0


CUTS: Final = MappingProxyType(
    {
        Form.STORY: _Cut(size=(1080, 1920), margin=84, foot=1640, title=104, title_lines=3, text=46, code=320),
        Form.POST: _Cut(size=(1080, 1350), margin=68, foot=1286, title=84, title_lines=2, text=40, code=232),
        Form.PREVIEW: _Cut(
            size=(1200, 630), margin=56, foot=574, title=72, title_lines=3, text=33, code=188, panel=690
        ),
    }
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of the card: how high it stands, and in which ink."""

    line: Line
    high: int
    ink: Ink


def draw_card(lettering: Lettering, card: ShareCard, photo: bytes | None) -> Canvas:
    """The card with the photo, or with a picture of our own where there is none."""
    return _Card(lettering, card, photo).draw()


class _Card:
    def __init__(self, lettering: Lettering, card: ShareCard, photo: bytes | None) -> None:
        self._letters: Final = lettering
        self._card: Final = card
        self._photo: Final = photo
        self._cut: Final = CUTS[card.form]
        self._canvas: Final = Canvas.of(self._cut.size, _BLACK)

    def draw(self) -> Canvas:
        if self._cut.panel:
            self._draw_side_by_side(self._cut.panel)
        else:
            self._draw_one_below_the_other()
        return self._canvas

    def _draw_one_below_the_other(self) -> None:
        cut = self._cut
        left, right = cut.margin, cut.size[0] - cut.margin
        said, beside = self._said(right - left), self._beside(right - left - cut.code - cut.text)
        above = cut.foot - cut.code
        top = above - cut.text - _high(said)
        self._paint((0, 0, cut.size[0], top - cut.text), (0, top - cut.text, *cut.size))
        self._write(said, left, right, top)
        self._code(left, above)
        self._write(beside, left + cut.code + cut.text, right, above + (cut.code - _high(beside)) // 2)

    def _draw_side_by_side(self, panel: int) -> None:
        cut = self._cut
        wide, high = cut.size
        self._paint((panel, 0, wide, high), (0, 0, panel, high))
        card = self._card
        said = self._said(panel - 2 * cut.margin)
        said += self._shown((card.price, round(cut.text * 1.3), _GOLD, True), (card.address, cut.text, _SOFT, False))
        self._write(said, cut.margin, panel - cut.margin, (high - _high(said)) // 2)
        self._code(wide - cut.code - 28, 28)  # in the sky rather than on people

    # -- what it is made of --

    def _paint(self, picture: Room, panel: Room) -> None:
        """The picture in its room, and a colour that goes with it in the other."""
        left, top, right, bottom = picture
        size = (right - left, bottom - top)
        image = photo_backdrop(self._photo, size) if self._photo else None
        image = image or drawn_backdrop(self._card.title, size)
        self._canvas.image.paste(image, (left, top))
        self._canvas.box(panel, 0, dark_tone(image))

    def _said(self, wide: int) -> list[_Said]:
        """Whose it is, what, when and where."""
        card, cut = self._card, self._cut
        size = self._title_size(wide)
        titles = self._letters.lines(card.title, size, most=wide, bold=True, count=cut.title_lines)
        return [
            *self._shown((card.studio, cut.text, _GOLD, False), wide=wide),
            *(_Said(line, round(size * 1.2), _WHITE) for line in titles),
            *self._shown((card.dates, cut.text, _WHITE, True), (card.place, cut.text, _SOFT, False), wide=wide),
        ]

    def _beside(self, wide: int) -> list[_Said]:
        """What stands beside the code."""
        card, text = self._card, self._cut.text
        return self._shown(
            (card.price, round(text * 1.4), _GOLD, True),
            (card.call, text, _WHITE, False),
            (card.address, round(text * 0.86), _SOFT, False),
            wide=wide,
        )

    def _shown(self, *texts: tuple[str, int, Ink, bool], wide: int = 0) -> list[_Said]:
        """Text, size, ink and whether it is bold; what says nothing is left out."""
        most = wide or self._cut.panel - 2 * self._cut.margin
        return [
            _Said(self._letters.line(text, size, bold=bold, most=most), round(size * 1.44), ink)
            for text, size, ink, bold in texts
            if self._letters.shows(text)
        ]

    def _title_size(self, wide: int) -> int:
        """Smaller where a word or the whole would not fit otherwise."""
        cut = self._cut
        words = self._letters.line(self._card.title, cut.title, bold=True).text.split()
        longest = max((self._letters.line(word, cut.title, bold=True).width for word in words), default=1)
        size = max(cut.title // 2, min(cut.title, int(cut.title * wide / longest)))
        while size > cut.title * 0.62 and self._is_cut(size, wide):
            size = round(size * 0.93)
        return size

    def _is_cut(self, size: int, wide: int) -> bool:
        title = self._card.title
        lines = self._letters.lines(title, size, most=wide, bold=True, count=self._cut.title_lines)
        return bool(lines) and lines[-1].text.endswith("…")

    def _code(self, left: int, top: int) -> None:
        across = self._cut.code
        self._canvas.box((left, top, left + across, top + across), across // 12, _WHITE)
        code = ImageOps.invert(code_of(self._card.link, across))
        inset = (across - code.width) // 2
        self._canvas.stamp(code, left + inset, top + inset, _BLACK)

    def _write(self, said: list[_Said], left: int, right: int, top: int) -> None:
        for one in said:
            self._canvas.write(one.line, (left, top, right, top + one.high), one.ink)
            top += one.high


def _high(said: list[_Said]) -> int:
    return sum(one.high for one in said)
