"""A document ready to be printed: every word of it, and nothing of how it looks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.paperwork.markup import Block


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


#: Where people print on Letter (Unicode CLDR, paperSize); everybody else has A4.
_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})


def paper_of(country: str) -> Paper:
    """What a country (ISO 3166 alpha-2, upper case) prints on."""
    return Paper.LETTER if country in _LETTER else Paper.A4


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The page of evidence behind a signed contract."""

    title: str
    #: What the signature means, and from when on it holds.
    words: tuple[str, ...]
    #: The name, as it was typed.
    signed_name: str
    #: Under the name: who that is and when it was signed.
    signed_line: str
    #: What is known of the signing, as label and value.
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document. The same sheet gives the same bytes, whenever and wherever it is printed."""

    title: str
    #: Stands above the title.
    studio: str
    #: Under the title: what it is for.
    subtitle: str
    blocks: tuple[Block, ...]
    #: At the foot of every page, beside its number: which document and version this is.
    reference: str
    #: BCP 47, of the text: how it is read aloud, and which way it runs.
    language: str
    paper: Paper
    #: What the document says of its own making; aware.
    made_at: datetime
    #: "2 / 3" in the reader's language: has `{page}` and `{pages}`.
    page_words: str
    certificate: Certificate | None = None
