"""Breaks as they are typed alone: "12-13", "11:30 for 30 minutes", "after 11:05", "after the 11:05, 15 min" (C5)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from conversations.studio.typed_clauses import FILLER, TypedBreak, take_clauses
from conversations.studio.typed_lengths import LENGTH, length_of
from conversations.typed_clocks import TypedClock, clock_of, clock_shape
from conversations.typed_lexicons import lexicons_for
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, filler_of, whole

_AFTER: Final = "after(?: the)?|nach(?: dem)?|despues de(?: las?)?"
_FOR: Final = r",? ?(?:for|of|fur|von|por|de)? ?"
LONGEST: Final = 120  # characters


@dataclass(frozen=True, slots=True)
class AfterSpot:
    """A break behind the spot that begins then; how long is asked where it was not said."""

    spot: TypedClock
    length: timedelta | None = None


@dataclass(frozen=True, slots=True)
class AtTime:
    """A break of which only the beginning was said."""

    at: TypedClock


Pause = TypedBreak | AfterSpot | AtTime


def read_pauses(text: str, language: str) -> tuple[Pause, ...]:
    """The breaks that the text names; none where a word of it was not understood."""
    if len(text) > LONGEST:
        return ()
    for lexicon in lexicons_for(text, language):
        if found := _after(text, lexicon) or _at(text, lexicon) or _spans(text, lexicon):
            return found
    return ()


def read_length(text: str) -> timedelta | None:
    """ "30", "30 min", "half an hour"."""
    folded = Slate(text).left
    if re.fullmatch(r"\d{1,3}", folded):
        return timedelta(minutes=int(folded))
    return length_of(folded) if re.fullmatch(LENGTH, folded) else None


def _after(text: str, lexicon: Lexicon) -> tuple[Pause, ...]:
    match = _after_spot(lexicon).fullmatch(Slate(text).left)
    clock = clock_of(match["clock"], lexicon) if match else None
    if match is None or clock is None:
        return ()
    return (AfterSpot(clock, length_of(match["length"]) if match["length"] else None),)


def _at(text: str, lexicon: Lexicon) -> tuple[Pause, ...]:
    match = _at_time(lexicon).fullmatch(Slate(text).left)
    clock = clock_of(match["clock"], lexicon) if match else None
    if match is None or clock is None:
        return ()
    return (TypedBreak(at=clock, length=length_of(match["length"])) if match["length"] else AtTime(clock),)


def _spans(text: str, lexicon: Lexicon) -> tuple[Pause, ...]:
    for said in (text, f"break {text}"):
        slate = Slate(said)
        breaks = take_clauses(slate, lexicon).breaks
        if breaks and not slate.not_understood(whole(f"{filler_of(lexicon).pattern}|{FILLER}")):
            return breaks
    return ()


@cache
def _after_spot(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{_AFTER}) (?P<clock>{clock_shape(lexicon)})(?:{_FOR}(?P<length>{LENGTH}))?")


@cache
def _at_time(lexicon: Lexicon) -> re.Pattern[str]:
    at = rf"(?:(?:{lexicon.at}) )?"
    return re.compile(rf"{at}(?P<clock>{clock_shape(lexicon)})(?:(?: |, ?){_FOR}(?P<length>{LENGTH}))?")
