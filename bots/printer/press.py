"""The press makes a PDF of a sheet: to be kept, printed, read aloud, and the same whenever it is made again."""

import json
import threading
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, cast

import typst

from bots.printer.writing import NARROW, Json, language_and_region, line, paragraph, runs_rtl
from core.paperwork.markup import Block, Shape
from core.paperwork.sheet import Certificate, Paper, Sheet
from core.values.moments import aware

_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE / "fonts"
_TEMPLATE: Final = _HERE / "sheet.typ"
_PAPERS: Final = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
_HEAD_LIMIT: Final = 48  # letters of the studio's name and of the title that stand side by side above later pages
_FOOT_LIMIT: Final = 72
_LIST: Final = (Shape.ITEM, Shape.NUMBERED)


class Press:
    """Makes PDFs, one at a time whoever asks; from any thread.

    The fonts are its own and those that come with Typst, never the machine's. `fonts` is a folder of more, for the
    scripts that ours lack (Chinese, Japanese, Korean …); it may be missing. A letter that no font has is a box, and
    still itself in the PDF's text.
    """

    def __init__(self, fonts: Path | None = None) -> None:
        more = fonts.resolve() if fonts is not None and fonts.is_dir() else None
        found = typst.Fonts(include_system_fonts=False, font_paths=[_FONTS, *([more] if more else [])])
        self._families: Final = _families_below(more, found)
        self._template: Final = _TEMPLATE.read_bytes()
        self._compiler: Final = typst.Compiler(self._template, root=_HERE, font_paths=found)
        self._one_at_a_time: Final = threading.Lock()

    def pdf(self, sheet: Sheet) -> bytes:
        """PDF/A-2a and PDF/UA-1, whatever the words are. The same sheet gives the same bytes."""
        made_at = aware(sheet.made_at)
        data = {**_as_json(sheet), "families": self._families}
        with self._one_at_a_time:
            made = self._compiler.compile(
                self._template,
                format="pdf",
                sys_inputs={"sheet": json.dumps(data)},
                # To be kept for good (ISO 19005-2, level A), and for those who cannot see it (ISO 14289-1).
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(made_at.timestamp()),
            )
        return cast(bytes, made)


def _families_below(folder: Path | None, fonts: typst.Fonts) -> list[str]:
    if folder is None:
        return []
    return sorted({font.family for font in fonts.fonts() if font.path and Path(font.path).is_relative_to(folder)})


def _as_json(sheet: Sheet) -> Json:
    language, region = language_and_region(sheet.language)
    rtl = runs_rtl(sheet.language)
    return {
        "name": line(sheet.title) or line(sheet.reference) or "–",  # PDF/UA wants one
        "author": line(sheet.studio),
        "language": language,
        "region": region,
        "rtl": rtl,
        "paper": _PAPERS[sheet.paper],
        "studio": paragraph(sheet.studio, rtl=rtl),
        "studio-short": line(sheet.studio, _HEAD_LIMIT),
        "title": paragraph(sheet.title, rtl=rtl, longest=NARROW),
        "title-short": line(sheet.title, _HEAD_LIMIT),
        "subtitle": paragraph(sheet.subtitle, rtl=rtl),
        "reference": line(sheet.reference, _FOOT_LIMIT),
        "page-words": line(sheet.page_words),
        "parts": list(_parts(sheet.blocks, rtl=rtl)),
        "certificate": _certificate(sheet.certificate, rtl=rtl) if sheet.certificate else None,
    }


def _parts(blocks: Iterable[Block], *, rtl: bool) -> Iterator[Json]:
    """The blocks, with items that follow each other as one list. No level of headings is left out: PDF/UA."""
    above: list[int] = []  # the headings that this one stands below
    said = [(block, paragraph(block.runs, rtl=rtl)) for block in blocks]
    for (shape, is_rtl), group in groupby(said, key=lambda one: (one[0].shape, one[1]["rtl"])):
        if shape in _LIST:
            items = [{"words": words, "number": block.number} for block, words in group]
            yield {"shape": shape, "rtl": is_rtl, "items": items}
            continue
        for block, words in group:
            if not words["lines"]:
                continue
            if shape is Shape.HEADING:
                above = [*(number for number in above if number < block.number), block.number]
            yield {"shape": shape, "words": words, "level": 1 + len(above)}


def _certificate(certificate: Certificate, *, rtl: bool) -> Json:
    return {
        "title": paragraph(certificate.title, rtl=rtl, longest=NARROW),
        "words": [paragraph(words, rtl=rtl) for words in certificate.words],
        "signed-name": paragraph(certificate.signed_name, rtl=rtl, longest=NARROW),
        "signed-line": paragraph(certificate.signed_line, rtl=rtl),
        "facts": [_fact(*fact, rtl=rtl) for fact in certificate.facts],
    }


def _fact(label: str, value: str, *, rtl: bool) -> list[Json]:
    """A label is ours and runs as the sheet does; a value may be anything."""
    said = [paragraph(words, rtl=rtl, longest=NARROW) for words in (label, value)]
    return [{**said[0], "rtl": rtl}, said[1]]
