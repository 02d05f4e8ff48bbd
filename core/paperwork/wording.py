"""How a studio's own wording is read: plain text whose fields are filled when it is sent (B7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.paperwork.fields import Field, check_fields, fields_in
from core.studio.wording import Occasion, OwnWording
from core.values.refusals import Refusal
from core.values.texts import clean, shows_something

LONGEST_TEXT: Final = 2_000  # characters: beside time, place and money it still is one message of a messenger's
LONGEST_SUBJECT: Final = 120  # characters: mail programs show some 60 of a subject, and fields grow

#: What was agreed, in the order that a list of them is read.
_ALWAYS: Final = (
    *(Field.CLIENT_NAME, Field.CLIENT_EMAIL, Field.CLIENT_PHONE, Field.STUDIO, Field.MINI, Field.PACKAGE),
    *(Field.INCLUDED, Field.PLACES, Field.SPOT_DATE, Field.SPOT_TIME, Field.PLACE, Field.BOOKING),
)
#: Of a session that is still to come, also what is to be paid until then, and until when plans can change.
_AHEAD: Final = (*_ALWAYS, Field.FEE, Field.BALANCE, Field.BALANCE_DATE, Field.CANCEL_UNTIL)
#: What may be filled in on each occasion. What was due at booking is paid by then.
FIELDS: Final[Mapping[Occasion, tuple[Field, ...]]] = {
    Occasion.CONFIRMATION: _AHEAD,
    Occasion.REMINDER: _AHEAD,
    Occasion.BALANCE_REMINDER: _AHEAD,
    Occasion.CANCELLED: _ALWAYS,
    Occasion.MOVED: _AHEAD,
    Occasion.FOLLOW_UP: _ALWAYS,
}


class FieldUnfit(Refusal):
    """A message names only what there is on its occasion: a cancelled booking has no balance (B7). Facts: field."""


class WordingEmpty(Refusal):
    """A message says something; what is not to be said is switched off (B7)."""


class WordingTooLong(Refusal):
    """A message has up to 2,000 characters, and its subject up to 120. Facts: most, and length, what it has."""


def read_text(occasion: Occasion, text: str) -> str:
    """The text as it is kept. Raises WordingEmpty, WordingTooLong, FieldUnknown and FieldUnfit."""
    return _read(occasion, clean(text).strip(), LONGEST_TEXT)


def read_subject(occasion: Occasion, text: str) -> str:
    """The subject in one line. Raises what `read_text` raises."""
    return _read(occasion, " ".join(clean(text).split()), LONGEST_SUBJECT)


def checked(wanted: OwnWording) -> OwnWording:
    """The wording as it is kept. Raises what `read_text` raises."""
    subject, text = wanted.subject, wanted.text
    return replace(
        wanted,
        subject=None if subject is None else read_subject(wanted.occasion, subject),
        text=None if text is None else read_text(wanted.occasion, text),
    )


def _read(occasion: Occasion, text: str, most: int) -> str:
    if not shows_something(text):
        raise WordingEmpty
    if len(text) > most:
        raise WordingTooLong(most=most, length=len(text))
    there = FIELDS[occasion]
    check_fields(text, there)
    unfit = fields_in(text) - set(there)
    if unfit:
        raise FieldUnfit(field=min(unfit, key=lambda field: text.index(f"{{{field}}}")).value)
    return text
