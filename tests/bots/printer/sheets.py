"""Sheets to print, and how a PDF is read again by two parties who know nothing of Typst."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has none
from pypdf import PdfReader

from bots.printer.press import Press
from core.paperwork.markup import Block, Run, Shape, blocks_of
from core.paperwork.sheet import Certificate, Paper, Sheet

HASH = sha256(b"the text").hexdigest()
FACTS = (("Booking", "LP-7K2M"), ("Signed", "2026-11-26 18:01:44 UTC"), ("SHA-256 of the text", HASH))

CERTIFICATE = Certificate(
    title="Certificate of signature",
    words=("It takes effect when the booking is confirmed.",),
    signed_name="Ana Torres",
    signed_line="Ana Torres, client, on 26 November 2026",
    facts=FACTS,
)
SHEET = Sheet(
    title="Mini Session Agreement",
    studio="Luna Photo",
    subtitle="Fall Minis, Saturday 28 November 2026",
    blocks=blocks_of(
        "## The session\n\n1. It lasts **20 minutes**.\n2. It is outdoors.\n\n- Dogs are welcome.\n\nThe end."
    ),
    reference="LP-7K2M · version 3",
    language="en-US",
    paper=Paper.LETTER,
    made_at=datetime(2026, 11, 26, 18, 1, 44, tzinfo=UTC),
    page_words="Page {page} of {pages}",
    certificate=CERTIFICATE,
)


def a_sheet(text: str | None = None, **facts: Any) -> Sheet:
    """The agreement, or another text without a certificate."""
    other = {} if text is None else {"blocks": blocks_of(text), "certificate": None}
    return replace(SHEET, **other, **facts)


def a_sheet_of(text: str) -> Sheet:
    """The text wherever a sheet has text, in every shape and bold."""
    runs = (Run(text), Run(text, bold=True))
    shapes = ((Shape.HEADING, 3), (Shape.PARAGRAPH, 0), (Shape.ITEM, 0), (Shape.NUMBERED, 7), (Shape.HEADING, 1))
    return replace(
        SHEET,
        title=text,
        studio=text,
        subtitle=text,
        reference=text,
        page_words=text,
        blocks=tuple(Block(shape=shape, runs=runs, number=number) for shape, number in shapes),
        certificate=Certificate(title=text, words=(text,), signed_name=text, signed_line=text, facts=((text, text),)),
    )


def pages_of(pdf: bytes) -> list[str]:
    """What each page says."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def boxes_of(pdf: bytes, words: str) -> list[tuple[float, float, float, float]]:
    """Where each letter of the words stands on the first page: left, bottom, right, top, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        found = page.search(words, match_case=True).get_next()
        assert found is not None, f"{words} is not found"
        return [page.get_charbox(found[0] + number) for number in range(found[1])]
    finally:
        document.close()


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def fonts_of(pdf: bytes) -> set[str]:
    """Families and styles that the pages use."""
    return set(_fonts(read(pdf)))


def _fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield str(font.get_object()["/BaseFont"]).rpartition("+")[2].removesuffix("-Identity-H")


if __name__ == "__main__":  # another process prints the same
    sys.stdout.write(sha256(Press().pdf(SHEET)).hexdigest())
