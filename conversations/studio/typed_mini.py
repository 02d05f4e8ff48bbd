"""One line makes a whole mini (B11): "Fall Minis, Sat 12 Dec 10:00, 8 spots of 20 min, $180, retainer $60"."""

import re
from dataclasses import dataclass, replace
from typing import Final

from conversations.studio.typed_day import Fact, TypedDay, left_over, read_day
from conversations.studio.typed_money import Till
from conversations.studio.typed_package import TypedPackage, take_package, with_fee_asked
from conversations.typed_lexicons import lexicons_for
from conversations.typed_moments import NotRead, Typist, Unread
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon

LONGEST: Final = 300  # characters of a line

#: Not the comma of "$1,500".
_PIECES: Final = re.compile(r"(?:[^,;]|,(?=\d))+")
_QUOTED: Final = re.compile(r"^\s*[\"“„«]([^\"“”»]+)[\"“”»],?")
_BEGINNING: Final = re.compile(r"[^\0,;]*[^\W\d_][^\0,;]*(?=\0)")
#: A place that is not marked as one has no numbers.
_PLACE: Final = re.compile(r"[^\W\d][^\d$€£%]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMini:
    """A draft of a mini with its first day and its package."""

    #: Empty where the line has none: it is asked.
    title: str
    day: TypedDay
    #: None where nothing was said of money.
    package: TypedPackage | None
    #: Whether the place is only what nothing else can be: the preview asks whether it is one.
    place_is_guess: bool = False
    #: What of the line may be about the day: all but the title and the package, as typed.
    day_line: str = ""
    not_understood: tuple[str, ...] = ()


def read_mini_line(text: str, typist: Typist, till: Till) -> TypedMini:
    """The mini that a line describes; each of its words is in the draft, or in what was not understood."""
    if len(text) > LONGEST:
        day = TypedDay(when=NotRead(Unread.LONG), missing=(Fact.DATE,))
        return TypedMini(title="", day=day, package=None, not_understood=(text,))
    line = ", ".join(piece.strip() for piece in text.splitlines() if piece.strip())
    drafts = [_read(line, lexicon, typist, till) for lexicon in lexicons_for(line, typist.language)]
    return min(drafts, key=lambda draft: (len(draft.not_understood), Fact.DATE in draft.day.missing))


def _read(line: str, lexicon: Lexicon, typist: Typist, till: Till) -> TypedMini:
    slate = Slate(line)
    title = _take_quoted(slate) or _take_first_piece(slate, lexicon, typist, till)
    package = take_package(slate, till)
    day_line = slate.rest()
    day = read_day(slate, lexicon, typist, None)
    title = title or _take_beginning(slate)
    unclear = day.unclear
    guess = "" if day.place else _take_guess(slate)
    return TypedMini(
        title=title,
        day=replace(day, place=day.place or guess, not_understood=()),
        package=None if package == TypedPackage() else with_fee_asked(package),
        place_is_guess=bool(guess),
        day_line=day_line,
        not_understood=(*unclear, *left_over(slate, lexicon)),
    )


def _take_quoted(slate: Slate) -> str:
    match = _QUOTED.match(slate.shown)
    if match is None:
        return ""
    slate.strike(*match.span())
    return match[1].strip()


def _take_first_piece(slate: Slate, lexicon: Lexicon, typist: Typist, till: Till) -> str:
    """The first piece is the title, unless all of it is something else, or the line's only date is in it."""
    pieces = list(_PIECES.finditer(slate.shown))
    if not pieces:
        return ""
    first, rest = pieces[0][0], slate.shown[pieces[0].end() :]
    words, says_something = _reads(first, lexicon, typist, till)
    if says_something and (not words or not _has_day(rest, lexicon, typist, till)):
        return ""
    slate.strike(*pieces[0].span())
    return first.strip(" .")


def _reads(text: str, lexicon: Lexicon, typist: Typist, till: Till) -> tuple[tuple[str, ...], bool]:
    """What is not understood of a text, and whether anything is."""
    slate = Slate(text)
    take_package(slate, till)
    day = read_day(slate, lexicon, typist, None)
    return day.not_understood, not slate.untouched(0, len(slate.left))


def _has_day(text: str, lexicon: Lexicon, typist: Typist, till: Till) -> bool:
    slate = Slate(text)
    take_package(slate, till)
    when = read_day(slate, lexicon, typist, None).when
    return not (isinstance(when, NotRead) and when.why is Unread.NO_DAY)


def _take_beginning(slate: Slate) -> str:
    """Without a comma a title ends where something else begins."""
    match = _BEGINNING.match(slate.left)
    if match is None:
        return ""
    slate.strike(*match.span())
    return slate.shown[match.start() : match.end()].strip(" ,.;:-")


def _take_guess(slate: Slate) -> str:
    """The only piece of which nothing was understood, if it may name a place."""
    pieces = [match for match in _PIECES.finditer(slate.shown) if slate.untouched(*match.span())]
    pieces = [match for match in pieces if match[0].strip(" .!?")]
    if len(pieces) != 1 or not _PLACE.fullmatch(pieces[0][0].strip(" .")):
        return ""
    slate.strike(*pieces[0].span())
    return pieces[0][0].strip(" .")
