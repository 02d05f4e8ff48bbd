"""What a text of the studio's may have filled in, written `{client_name}`: in contracts (B5) and in messages (B7)."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from core.paperwork.markup import escaped
from core.values.refusals import Refusal

#: A letter with its backslash, as `markup` reads it; what stands between two braces of a line; or a brace left alone.
_BRACES = re.compile(r"\\[!-/:-@\[-`{-~]|\{(?P<name>[^{}\n]*)\}|(?P<alone>[{}])")
_LETTERS = frozenset({r"\{", r"\}"})  # braces that are no more than that
_WORD_AFTER = re.compile(r"\{[^{}\s]{0,40}")
_WORD_BEFORE = re.compile(r"[^{}\s]{0,40}\}$")
LONGEST_NAME_SHOWN = 40  # characters of what is no field, where it is said that it is none


class Field(StrEnum):
    """What may be filled in. All of it is the booking's, so that it is settled when the client signs."""

    CLIENT_NAME = "client_name"
    CLIENT_EMAIL = "client_email"
    CLIENT_PHONE = "client_phone"
    STUDIO = "studio"
    MINI = "mini"
    PACKAGE = "package"
    INCLUDED = "included"
    PLACES = "places"
    SPOT_DATE = "spot_date"
    SPOT_TIME = "spot_time"
    PLACE = "place"
    FEE = "fee"
    DUE_NOW = "due_now"
    BALANCE = "balance"
    BALANCE_DATE = "balance_date"
    CANCEL_UNTIL = "cancel_until"
    BOOKING = "booking"


_KNOWN = {field.value: field for field in Field}
#: Fields that another time changes, and those that another package changes.
OF_TIME = frozenset({Field.SPOT_DATE, Field.SPOT_TIME, Field.PLACE, Field.BALANCE_DATE, Field.CANCEL_UNTIL})
OF_PACKAGE = frozenset({Field.PACKAGE, Field.INCLUDED, Field.FEE, Field.DUE_NOW, Field.BALANCE})


class FieldUnknown(Refusal):
    """A text names only fields that exist (B5, B7), and a brace that begins none has a backslash before it.

    Facts: field, what stands between the braces; nearest, the valid one that may be meant. The hint `alone`: a brace
    has no other to it, and field has it with what stands at it.
    """


def fields_in(text: str) -> frozenset[Field]:
    """The fields that it names."""
    return frozenset(_KNOWN[found["name"]] for found in _braces(text) if found["name"] in _KNOWN)


def check_fields(text: str, among: Collection[Field] = tuple(Field)) -> None:
    """Raise FieldUnknown where the text names a field that there is not; `among` are those that may be meant."""
    for found in _braces(text):
        _check_field(found, among)


def filled(text: str, values: Mapping[Field, str]) -> str:
    """A contract's text with its fields filled: a value is one line and never a mark; one without a value is empty."""

    def value(found: re.Match[str]) -> str:
        field = _KNOWN.get(found["name"] or "")
        return found[0] if field is None else escaped(values.get(field, ""))

    return _BRACES.sub(value, text)


def filled_plainly(text: str, values: Mapping[Field, str]) -> str:
    """A text without marks with its fields filled; of a brace with a backslash, the brace."""

    def value(found: re.Match[str]) -> str:
        field = _KNOWN.get(found["name"] or "")
        if field is None:
            return found[0][1:] if found[0] in _LETTERS else found[0]
        return values.get(field, "")

    return _BRACES.sub(value, text)


def _braces(text: str) -> Iterator[re.Match[str]]:
    """Every brace of the text that is no letter, with what belongs to it."""
    return (found for found in _BRACES.finditer(text) if found[0][0] != "\\")


def _check_field(found: re.Match[str], among: Collection[Field]) -> None:
    name = found["name"]
    if name in _KNOWN:
        return
    written = _at(found) if name is None else name
    wanted = re.sub(r"[\W_]+", "_", written.strip("{} ").lower())[:LONGEST_NAME_SHOWN]
    nearest = difflib.get_close_matches(wanted, [field.value for field in among], n=1, cutoff=0)[0]
    if name is None:
        raise FieldUnknown(field=written, nearest=nearest, hint="alone")
    short = name if len(name) <= LONGEST_NAME_SHOWN else f"{name[:LONGEST_NAME_SHOWN]}…"
    raise FieldUnknown(field=short, nearest=nearest)


def _at(brace: re.Match[str]) -> str:
    """A brace that has no other, with the word at its open side."""
    text, place = brace.string, brace.start()
    word = _WORD_AFTER.match(text, place) or _WORD_BEFORE.search(text, max(0, place - 40), place + 1)
    return word[0] if word else brace[0]
