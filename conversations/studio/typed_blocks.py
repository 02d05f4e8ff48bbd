"""The grammar of /block: a time or a span of times, and perhaps the day: "9:00-10:00", "Sat 9-10", "10:15 tomorrow"."""

from dataclasses import dataclass
from typing import Final

from conversations.typed_clocks import TypedClock, TypedSpan, take_clock, take_hour, take_span
from conversations.typed_lexicons import lexicons_for
from conversations.typed_moments import Said, Typist, When, settle
from conversations.typed_numeric_days import NoSuchDay
from conversations.typed_readings import take_moment
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, filler_of

LONGEST: Final = 80  # characters


@dataclass(frozen=True, slots=True)
class TypedBlock:
    """Which spots are meant. None is what was not said."""

    span: TypedSpan | None = None
    #: The start of one spot.
    clock: TypedClock | None = None
    when: When | None = None
    not_understood: tuple[str, ...] = ()


def read_block(text: str, typist: Typist) -> TypedBlock:
    """What the text says, in the language that understands most of it."""
    if len(text) > LONGEST:
        return TypedBlock(not_understood=(text,))
    found = [_read_in(lexicon, text, typist) for lexicon in lexicons_for(text, typist.language)]
    return min(found, key=lambda one: len(one.not_understood))


def _read_in(lexicon: Lexicon, text: str, typist: Typist) -> TypedBlock:
    slate = Slate(text)
    span = take_span(slate, lexicon)
    clock = None if span else take_clock(slate, lexicon)
    try:
        said, _ = take_moment(slate, lexicon, typist, timed=True)
    except NoSuchDay:
        return TypedBlock(span, clock, not_understood=(text,))
    if clock is None and span is None and (hour := take_hour(slate, lexicon, day_is_known=True)):
        clock = hour[1]
    left = slate.not_understood(filler_of(lexicon))
    when = settle(Said(days=said.days), typist, needs_time=False) if said.days else None
    return TypedBlock(span, clock, when, left)
