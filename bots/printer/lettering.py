"""People's words in a picture: letter by letter in the first font that has it, the right way round, and never a box.

A letter that no font has is left out, as are emoji: `Lettering.shows` tells whether anything is left. Arabic is joined,
and figures stand under each other, only where Pillow has Raqm; without, Arabic letters stand side by side.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont, features

from bots.printer.coverage import Coverage, coverage_of
from bots.printer.directions import Part, parts_of
from bots.printer.writing import clusters, line

_FONTS: Final = Path(__file__).parent / "fonts"
_PLAIN: Final = ("Inter-Regular.otf", "NotoSansHebrew-Regular.ttf", "Amiri-Regular.ttf")
_BOLD: Final = ("Inter-SemiBold.otf", "NotoSansHebrew-Bold.ttf", "Amiri-Bold.ttf")
_KINDS: Final = (".otf", ".ttc", ".ttf")
#: Amiri's letters are small beside Inter's.
_LARGER: Final = {"Amiri-Regular.ttf": 1.2, "Amiri-Bold.ttf": 1.2}
#: Of Inter's em, above the baseline: what words are centred by, whatever letters are in them.
CAPITALS: Final = 0.727

LONGEST: Final = 300  # letters of a text that are looked at; none shows more
_MOST_MARKS: Final = 2  # on one letter: Vietnamese has two, and a heap of them would reach into the next line
_JOINERS: Final = ("\u200c", "\u200d")
_CUT: Final = "…"
#: Whether this machine has what joins Arabic letters.
SHAPED: Final = features.check("raqm") is True and features.check("fribidi") is True
_KEPT: Final = 2048  # lines that were set once

#: Left, top, right, bottom; the last two not included.
Room = tuple[int, int, int, int]
Ink = tuple[int, int, int]


class _Font(NamedTuple):
    path: Path
    coverage: Coverage

    def at(self, size: int, *, shaped: bool) -> ImageFont.FreeTypeFont:
        return _opened(self.path, round(size * _LARGER.get(self.path.name, 1)), shaped)


@lru_cache(maxsize=64)
def _opened(path: Path, size: int, shaped: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one font that run one way."""

    text: str
    font: ImageFont.FreeTypeFont
    width: float
    #: How Raqm is to lay it out.
    looks: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Words set in one line. `width` and `size` are pixels."""

    text: str
    runs: tuple[_Run, ...]
    width: float
    size: int

    def paint(self, image: Image.Image, room: Room, at: float, baseline: float, ink: Ink) -> None:
        """Put the words on the picture, from `at` on. Nothing of them gets out of the room."""
        left, top, right, bottom = room
        mask = Image.new("L", (right - left, bottom - top))
        draw = ImageDraw.Draw(mask)
        for run in self.runs:
            where = (at - left, baseline - top)
            with suppress(
                OSError
            ):  # FreeType gives up on letters of too many curves, such as ﷽: their place stays empty
                draw.text(where, run.text, fill=255, font=run.font, anchor="ls", **run.looks)
            at += run.width
        image.paste(ink, room, mask)


class Lettering:
    """The fonts. `more` is a folder of others, for the scripts that ours lack; it may be missing.

    `shaped`: letters are laid out by Raqm, which needs the machine's FriBiDi.
    """

    def __init__(self, more: Path | None = None, *, shaped: bool = SHAPED) -> None:
        self._shaped: Final = shaped
        others = tuple(_others(more))
        self._plain: Final = (*_ours(_PLAIN), *others)
        self._bold: Final = (*_ours(_BOLD), *others)
        self._set: Final = lru_cache(maxsize=_KEPT)(self._set_anew)

    def shows(self, text: str) -> bool:
        """Whether anything of the text can be seen."""
        return any(cluster.strip() for cluster in self._clusters(text))

    def line(self, text: str, size: int, *, bold: bool = False, most: float | None = None) -> Line:
        """The text in one line; where it is wider than `most` pixels, its beginning with an ellipsis."""
        return self._set(text, size, bold, most)

    def lines(self, text: str, size: int, *, most: float, bold: bool = False, count: int) -> tuple[Line, ...]:
        """The text in `count` lines at most, broken between words; the last may end in an ellipsis."""
        found: list[Line] = []
        words = "".join(self._clusters(text)).split()
        while words and len(found) < count:
            taken = len(words)
            if len(found) < count - 1:
                while taken > 1 and self.line(" ".join(words[:taken]), size, bold=bold).width > most:
                    taken -= 1
            found.append(self.line(" ".join(words[:taken]), size, bold=bold, most=most))
            words = words[taken:]
        return tuple(found)

    def _set_anew(self, text: str, size: int, bold: bool, most: float | None) -> Line:
        letters = self._clusters(text)
        runs = self._runs(letters, size, bold=bold)
        if most is not None and _width(runs) > most:
            fits, over = 0, len(letters)
            while over - fits > 1:
                middle = (fits + over) // 2
                runs = self._runs(_cut(letters, middle), size, bold=bold)
                fits, over = (middle, over) if _width(runs) <= most else (fits, middle)
            letters = _cut(letters, fits)
            runs = self._runs(letters, size, bold=bold)
        return Line("".join(letters), runs, _width(runs), size)

    def _clusters(self, text: str) -> tuple[str, ...]:
        """The letters that can be shown."""
        normal = unicodedata.normalize("NFC", line(text[:LONGEST].encode(errors="ignore").decode()))
        shown = [kept for cluster in clusters(normal) if (kept := self._kept(cluster))]
        return tuple(clusters(" ".join("".join(shown).split())))

    def _kept(self, cluster: str) -> str:
        """The cluster as far as it can be shown: its letter, a few marks, and what joins Arabic letters."""
        letter, *others = cluster
        if not _is_letter(letter) or (font := self._font_of(letter, bold=False)) is None:
            return ""
        marks = [one for one in others if unicodedata.combining(one) and font.coverage.has(one)]
        joins = [one for one in others if one in _JOINERS and unicodedata.bidirectional(letter) == "AL"]
        return "".join((letter, *marks[:_MOST_MARKS], *joins[:1]))

    def _font_of(self, letter: str, *, bold: bool) -> _Font | None:
        return next((font for font in (self._bold if bold else self._plain) if font.coverage.has(letter)), None)

    def _runs(self, letters: tuple[str, ...], size: int, *, bold: bool) -> tuple[_Run, ...]:
        return tuple(run for part in parts_of(letters) for run in self._runs_of(part, size, bold=bold))

    def _runs_of(self, part: Part, size: int, *, bold: bool) -> Iterator[_Run]:
        """The part's runs from left to right, each as much as one font has."""
        fonts: list[_Font] = []
        for cluster in part.clusters:
            # Signs and figures stay with the letters before them: they are placed among them by their own rules.
            if fonts and not cluster[0].isalpha() and fonts[-1].coverage.has(cluster[0]):
                fonts.append(fonts[-1])
            else:
                fonts.append(self._font_of(cluster[0], bold=bold) or self._plain[0])
        grouped = groupby(zip(fonts, part.clusters, strict=True), key=lambda one: one[0].path)
        texts = [(path, "".join(cluster for _, cluster in group)) for path, group in grouped]
        known = {font.path: font for font in fonts}
        for path, text in reversed(texts) if part.rtl else texts:
            font = known[path].at(size, shaped=self._shaped)
            shown = text if self._shaped or not part.rtl else turned(text)
            looks: dict[str, Any] = (
                {"direction": "rtl" if part.rtl else "ltr", "features": ["tnum"]} if self._shaped else {}
            )
            yield _Run(shown, font, font.getlength(shown, **looks), looks)


def _ours(names: tuple[str, ...]) -> Iterator[_Font]:
    return (_Font(_FONTS / name, coverage_of(_FONTS / name)) for name in names)


def _others(folder: Path | None) -> Iterator[_Font]:
    """Fonts of one's own, by their names; what is no font is passed over."""
    if folder is None or not folder.is_dir():
        return
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KINDS):
        try:
            font = _Font(path.resolve(), coverage_of(path))
            font.at(24, shaped=False)
        except (ValueError, OSError):
            continue
        yield font


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CM" and sign != "\ufffd"


def _width(runs: tuple[_Run, ...]) -> float:
    return sum(run.width for run in runs)


def _cut(letters: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (*tuple(clusters("".join(letters[:count]).rstrip())), _CUT)


def turned(text: str) -> str:
    """Letters that run from right to left, in the order they stand; numbers in them run as always."""
    pieces = groupby(clusters(text), key=lambda one: unicodedata.bidirectional(one[0]) in {"EN", "AN"})
    found = [(is_number, list(group)) for is_number, group in pieces]
    return "".join("".join(group if is_number else reversed(group)) for is_number, group in reversed(found))
