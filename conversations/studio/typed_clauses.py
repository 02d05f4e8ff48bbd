"""The clauses of a day: "8 spots", "20 min", "gap 5", "break 12-13", "until 14:00", "at the park", "same start".

Their words are those of English, Spanish and German at once: who types German days may well type English spots.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from conversations.studio.typed_lengths import LENGTH, MINUTES, length_of
from conversations.typed_clocks import TypedClock, clock_of, clock_shape, span_of
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, any_of, number_of, whole

_SPOTS: Final = (
    "spots?|slots?|seats?|sessions?|places|people|clients|pl(?:a|ae)tze|platz|termine?|personen|"
    "citas?|turnos?|plazas?|cupos?|huecos?|sesion(?:es)?|personas"
)
_GAP: Final = "gap|buffer|abstand|puffer|intervalo|separacion"
_BETWEEN: Final = (
    "gap|buffer|(?:breaks? )?(?:in )?between(?! \\d)|abstand|puffer|dazwischen|"
    "de intervalo|de separacion|entre citas|entre medias"
)
_NO_GAP: Final = "no gaps?|without gaps?|back to back|ohne (?:abstand|puffer)|sin (?:intervalo|separacion)"
_BREAK: Final = "(?:lunch )?breaks?|lunch|mittagspause|pausen?|pausas?|descansos?|almuerzo"
_FROM: Final = "at|from|um|von|ab|de|desde|a las|de las|desde las"
_AND: Final = r",? (?:and|und|y|&|\+) |, ?| ?[&+] ?"
_UNTIL: Final = "until|till|til|ends? at|ends?|bis|ende|hasta las|hasta"
_SAME: Final = (
    "same start(?: time)?|all at once|everyone at once|all together|gleicher start|gleicher beginn|alle gleichzeitig|"
    "gleichzeitig|alle zusammen|mismo inicio|misma hora|todos a la vez|todos juntos"
)
_NO_BREAK: Final = "(?:no|without) breaks?|(?:keine|ohne) pausen?|sin (?:pausas?|descansos?)"
_OF_SHOOTS: Final = "sessions?|shoots?|slots?|spots?|termine?|sesion(?:es)?|citas?"
_PLACE: Final = "at|in|place:?|location:?|bei|im|ort:?|lugar:?|en"
_PART: Final = "(?:la|the|der) (?:manana|tarde|noche|morning|afternoon|evening|fruh)"
#: "In 90 minutes" is a moment, no length.
_NOT_IN: Final = r"(?<!\bin )(?<!\ben )(?<!\bdentro de )"

#: Between clauses it says nothing.
FILLER: Final = (
    "(?:per|each|je|pro|por|cada) (?:spot|slot|session|person|termin|platz|cita|turno)|"
    "a|of|each|with|for|and|from|per|long|je|zu|mit|jeweils|und|ab|cada|con|de|uno|y|desde"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBreak:
    """A break as said: from a time on, for a length or until another time."""

    at: TypedClock
    length: timedelta | None = None
    until: TypedClock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """All of a day but its date and its start. None is what was not said."""

    spots: int | None
    duration: timedelta | None
    gap: timedelta | None
    breaks: tuple[TypedBreak, ...]
    until: TypedClock | None
    same_start: bool
    #: Pieces that begin like a clause and say too little: "break 12".
    unclear: tuple[str, ...]


def take_clauses(slate: Slate, lexicon: Lexicon) -> Clauses:
    """Take every clause but the place, each once; what is said a second time stays, as not understood."""
    same_start = slate.take(whole(_SAME)) is not None
    gap, unclear_gap = _take_gap(slate)
    slate.take(whole(_NO_BREAK))
    breaks = tuple(_take_breaks(slate, lexicon))
    unclear = (*unclear_gap, *_take_unclear(slate, lexicon))
    spots = _take_spots(slate, lexicon)
    duration = slate.take(_LENGTH)
    until = slate.take(_until(lexicon))
    return Clauses(
        spots=spots,
        duration=length_of(duration["length"]) if duration else None,
        gap=gap,
        breaks=breaks,
        until=clock_of(until["clock"], lexicon) if until else None,
        same_start=same_start,
        unclear=unclear,
    )


_LENGTH: Final = re.compile(rf"(?<![\w:./-]){_NOT_IN}(?P<length>{LENGTH})(?:[ -](?:{_OF_SHOOTS}))?(?!\w)")
_NONE: Final = whole(_NO_GAP)
_BEHIND: Final = rf"(?:{_GAP})(?: of| von| de)?[:=]? ?(?P<behind>{MINUTES})"
_BEFORE: Final = rf"(?<![\w:./-])(?P<before>{MINUTES}) ?(?:{_BETWEEN})"
_BOTH: Final = whole(rf"{_BEFORE} (?P<behind>{MINUTES})")
_GAPS: Final = whole(rf"{_BEHIND}|{_BEFORE}")


def _take_gap(slate: Slate) -> tuple[timedelta | None, tuple[str, ...]]:
    """The gap, and what might be one: in "20 min gap 5" it stands behind, in "5 min gap 20 min" nobody knows."""
    if slate.take(_NONE):
        return timedelta(0), ()
    match = _BOTH.search(slate.left)
    if match and length_of(match["before"]) < length_of(match["behind"]):
        slate.strike(*match.span())
        return None, (slate.taken_as_typed(match),)
    if match:
        slate.strike(match.end("before"), match.end())
        return length_of(match["behind"]), ()
    match = slate.take(_GAPS)
    return (length_of(match["behind"] or match["before"]) if match else None), ()


def _take_spots(slate: Slate, lexicon: Lexicon) -> int | None:
    match = slate.take(_spots(lexicon))
    if match is None:
        return None
    return number_of(next(one for one in match.groups() if one), lexicon)


@cache
def _spots(lexicon: Lexicon) -> re.Pattern[str]:
    words = any_of(word for word, number in lexicon.numbers.items() if number > 1)
    return re.compile(
        rf"(?<![\w:./-])(?:(\d{{1,4}}|{words}) ?(?:{_SPOTS})(?!\w)|x ?(\d{{1,3}})(?!\w)|(\d{{1,3}}) ?x(?=\W|\d|$))"
    )


@cache
def _until(lexicon: Lexicon) -> re.Pattern[str]:
    return whole(rf"(?:{_UNTIL}) (?P<clock>{clock_shape(lexicon)})")


# -- breaks --


def _take_breaks(slate: Slate, lexicon: Lexicon) -> Iterator[TypedBreak]:
    while match := next((match for pattern in _breaks(lexicon) if (match := slate.take(pattern))), None):
        said = match.groupdict()
        spans = said.get("spans") or "-".join(filter(None, (said.get("after"), said.get("before"))))
        for piece in re.finditer(_span(lexicon), spans):
            if span := span_of(piece[0], lexicon):
                yield TypedBreak(at=span.starts, until=span.ends)
        if said.get("at") and (at := clock_of(match["at"], lexicon)):
            yield TypedBreak(at=at, length=length_of(said.get("length") or match["first"]))


def _take_unclear(slate: Slate, lexicon: Lexicon) -> Iterator[str]:
    while match := next((match for pattern in _unclear(lexicon) if (match := slate.take(pattern))), None):
        yield slate.taken_as_typed(match).strip(" ,")


@cache
def _breaks(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """With spans; with a time and then a length; with a length and then a time; with a span before it."""
    span, clock = _span(lexicon), clock_shape(lexicon)
    begins = rf"(?:{_BREAK})[:=]?(?: (?:{_FROM}))?"
    of = r"(?: (?:for|of|fur|von|por|de))?"
    between = "(?:between|zwischen|entre(?: las)?)"
    return (
        whole(rf"{begins} (?P<spans>{span}(?:(?:{_AND}){span})*)"),
        whole(rf"(?:{_BREAK}) {between} (?P<after>{clock}) (?:and|und|y(?: las)?) (?P<before>{clock})"),
        whole(rf"{begins} (?P<at>{clock}),?{of} ?(?P<length>{LENGTH})"),
        whole(
            rf"(?:(?:{_BREAK}){of} (?P<length>{LENGTH})|(?P<first>{LENGTH}) (?:{_BREAK})) (?:{_FROM}) (?P<at>{clock})"
        ),
        whole(rf"(?P<spans>{span}) (?:{_BREAK})"),
    )


@cache
def _unclear(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    said = rf"(?:{LENGTH}|{clock_shape(lexicon)}(?! ?(?:x|{_SPOTS})(?!\w)))"
    return whole(rf"(?:{_BREAK})[:=]?(?: (?:{_FROM}))? {said}"), whole(rf"(?:{LENGTH} )?(?:{_BREAK})")


@cache
def _span(lexicon: Lexicon) -> str:
    clock = clock_shape(lexicon)
    return rf"(?:{clock} ?(?:-|(?:{lexicon.until}|to|until)(?= )) ?{clock})"


# -- places --


def take_place(slate: Slate, lexicon: Lexicon) -> str:
    """Take "at the park", to the end of the line or up to where something else begins."""
    for match in re.finditer(rf"(?<!\w)(?:@|(?:{_PLACE})(?!\w)) ?(?=[^\s\0])", slate.left):
        rest = re.match(r"[^\0]*", slate.left[match.end() :])
        region = rest[0] if rest else ""
        if _is_no_place(lexicon).match(region):
            continue
        ends = _something_else(lexicon).search(region)
        length = len((region[: ends.start()] if ends else region).rstrip(" ,.;-"))
        if length:
            slate.strike(match.start(), match.end() + length)
            return slate.shown[match.end() : match.end() + length]
    return ""


@cache
def _is_no_place(lexicon: Lexicon) -> re.Pattern[str]:
    """A time or a day follows "at" as well; "at 12 Oak Street" is a place, "at 12 tomorrow" is none."""
    days = any_of([*lexicon.weekdays, *lexicon.months, *lexicon.relative, *lexicon.numbers, *lexicon.ordinals])
    other = rf"(?:{lexicon.filler}|{_UNTIL}|{_FROM}|{days})(?!\w)"
    clock = rf"(?:{clock_shape(lexicon)})(?!\w)"
    count = rf"\d+ (?:{lexicon.day}|{lexicon.week}|{lexicon.hour}|{lexicon.minute})(?!\w)"
    return re.compile(
        rf"{count}|(?:{lexicon.next}|{lexicon.this}) |{_PART}(?!\w)|{days}(?!\w)|"
        rf"{clock}(?= ?(?:[^\w ]|\d|$|{other}))|\d{{1,2}}[./:]"
    )


@cache
def _something_else(lexicon: Lexicon) -> re.Pattern[str]:
    """What is a day or a time even within the name of a place."""
    months, weekdays = any_of(lexicon.months), any_of(lexicon.weekdays)
    marked = rf"\d{{1,2}}:\d\d|\d{{1,2}} ?(?:{lexicon.am}|{lexicon.pm}|uhr(?!\w))"
    date = rf"\d{{4}}-\d|\d{{1,2}}[/.]\d|\d{{1,2}}(?:st|nd|rd|th|\.)? (?:(?:of|de) )?{months}(?!\w)|{months} \d"
    relative = rf"(?:(?:{lexicon.next}|{lexicon.this}) )?{weekdays}\.? (?=\d|at )|{any_of(lexicon.relative)}(?!\w)"
    clause = rf"(?:{_UNTIL}|from|ab|von|desde) \d"
    other = rf"(?:{weekdays}\.?,? )?(?:{date})|{marked}|{relative}|{clause}"
    return re.compile(rf"(?<!\w)(?:{other})|,? ?(?<!\w){weekdays}\.?$")
