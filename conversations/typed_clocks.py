"""Times of day as people type them: "9:30", "9am", "half past nine", "um halb zehn", "a las 9"; and spans of them."""

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Final

from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, Part, any_of, number_of, whole

_NOON: Final = 12
_HOURS_OF: Final = {Part.MORNING: range(12), Part.AFTERNOON: range(12, 19), Part.EVENING: range(17, 24)}
#: No number goes on here, neither as a date nor as a span.
_START: Final = r"(?<![\w:./,-])(?<!\w - )(?<!\w- )(?<!\d, )"
_END: Final = r"(?![\w:%]|[./,-]\d| ?- ?\d)"
_MILITARY: Final = re.compile(rf"{_START}([01]\d|2[0-3])([0-5]\d){_END}")
#: Four digits that are rather a year.
_YEARS: Final = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class TypedClock:
    """A time as it was said."""

    hour: int
    minute: int = 0
    #: Whether the hour is of twelve, and nobody said which half of the day.
    open: bool = False
    #: Whether even a photographer's day leaves that open.
    asked: bool = False
    #: Whether it is the day's end as well as its beginning.
    midnight: bool = False

    def times(self, part: Part | None = None) -> tuple[time, ...]:
        """Its readings, the likelier first; none where the part of the day contradicts it."""
        hours = (self.hour, self.hour + 12) if self.open else (self.hour,)
        if part:
            hours = tuple(hour for hour in hours if hour in _HOURS_OF[part])
        elif self.open and not self.asked:
            hours = hours[:1]
        elif self.open and self.hour < 7:
            hours = hours[::-1]
        return tuple(time(hour, self.minute) for hour in hours)

    def next_after(self, start: time) -> time:
        """The first time after another that it may be: "9 to 12", "9 to 5", "11 to 1". Past midnight if need be."""
        hours = (self.hour, self.hour + 12) if self.open else (self.hour,)
        both = [time(hour, self.minute) for hour in hours]
        return next((one for one in both if one > start), both[0])


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """From one time to another, as said."""

    starts: TypedClock
    ends: TypedClock


def take_clock(slate: Slate, lexicon: Lexicon) -> TypedClock | None:
    """Take one time that can be nothing else: by its colon, its mark, or the word before it."""
    for pattern, rule in _clocks(lexicon):
        for match in pattern.finditer(slate.left):
            if clock := _read(match, rule, lexicon):
                slate.strike(*match.span())
                return clock
    match = _MILITARY.search(slate.left)
    if match and int(match[0]) not in _YEARS:
        slate.strike(*match.span())
        return _of_day(int(match[1]), int(match[2]), lexicon, sure=True)
    return None


def take_hour(slate: Slate, lexicon: Lexicon, *, day_is_known: bool = False) -> tuple[str, TypedClock | None] | None:
    """Take the one number that stands alone behind a piece that was understood, and what it is as an hour."""
    found = list(re.finditer(rf"{_START}\d{{1,2}}{_END}", slate.left))
    if len(found) != 1 or not (day_is_known or "\0" in slate.left[: found[0].start()]):
        return None
    slate.strike(*found[0].span())
    number = found[0][0]
    return number, _of_day(int(number), 0, lexicon, sure=len(number) == 2 and number < "10")


def take_span(slate: Slate, lexicon: Lexicon) -> TypedSpan | None:
    """Take "9-12", "from 9 to 12": a span of times, never a date."""
    match = span_pattern(lexicon).search(slate.left)
    span = span_of(match[0], lexicon) if match else None
    if match and span:
        slate.strike(*match.span())
    return span


def span_of(text: str, lexicon: Lexicon) -> TypedSpan | None:
    """The span that a whole text is. "9am to 12", "9-12am": the half that is said of one may be said of both."""
    shape = clock_shape(lexicon)
    match = re.fullmatch(rf"(?:(?:{lexicon.since}) ?)?({shape}) ?(?:-|{lexicon.until}) ?({shape})", text)
    if match is None:
        return None
    starts, ends = clock_of(match[1], lexicon), clock_of(match[2], lexicon)
    if not (starts and ends) or _is_minutes_to(text, starts, ends):
        return None
    return TypedSpan(starts, ends)


def _is_minutes_to(text: str, starts: TypedClock, ends: TypedClock) -> bool:
    """ "10 to 9" is 8:50 rather than eleven hours; "10 to 2" is a span."""
    if not re.fullmatch(r"(?:5|10|20|25) to \d{1,2}", text):
        return False
    return (ends.next_after(time(starts.hour)).hour - starts.hour) % 24 > 8


def clock_of(text: str, lexicon: Lexicon) -> TypedClock | None:
    """The time that a whole text is; a number alone is an hour."""
    text = text.strip()
    for pattern, rule in _clocks(lexicon):
        if match := pattern.fullmatch(text):
            return _read(match, rule, lexicon)
    if re.fullmatch(r"\d{1,2}", text):
        return _of_day(int(text), 0, lexicon, sure=len(text) == 2 and text < "10")
    return None


@cache
def span_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Two times and what is between them; not "9-12 Dec" or "5-10 min"."""
    shape, until = clock_shape(lexicon), lexicon.until
    other = rf"\.? ?{any_of(lexicon.months)}(?!\w)| ?(?:{lexicon.minute})(?!\w)"
    return re.compile(rf"{_START}(?:(?:{lexicon.since}) )?{shape} ?(?:-|(?:{until})(?= )) ?{shape}{_END}(?!{other})")


@cache
def clock_shape(lexicon: Lexicon) -> str:
    """A fragment that is a time, or a number which may be one."""
    marked = "|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern) for rule in _rules(lexicon))
    return rf"(?:{marked}|\d{{1,2}}(?![\d:]|[.]\d\d))"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way to write a time; for those in words, their minutes and what to add to the hour."""

    pattern: str
    minute: int = 0
    shift: int = 0


@cache
def _rules(lexicon: Lexicon) -> tuple[_Rule, ...]:
    """Times without a word before them, those in words first."""
    hour = rf"(?P<of>\d{{1,2}}|{any_of(lexicon.numbers)})"
    halves = rf"(?:(?P<am>{lexicon.am})|(?P<pm>{lexicon.pm})|(?P<mark>{lexicon.clock_mark}))"
    return (
        *(_Rule(words.replace("{h}", hour), minute, shift) for words, minute, shift in lexicon.clock_words),
        _Rule(rf"(?:(?P<noon>{lexicon.noon})|(?P<midnight>{lexicon.midnight}))"),
        _Rule(rf"(?P<hour>\d{{1,2}})(?:[:.h]| uhr )(?P<minute>\d{{2}})(?: ?{halves})?"),
        _Rule(rf"(?P<hour>\d{{1,2}}) ?{halves}"),
    )


@cache
def _clocks(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    """The same with the word before them, and a number or its word behind "at"."""
    numbers = _Rule(rf"(?P<hour>\d{{1,2}}|{any_of(lexicon.numbers)})")
    at = rf"(?:(?:{lexicon.at}) ?)"
    bare = [(re.compile(rf"{_START}{at}?(?:{one.pattern}){_END}"), one) for one in _rules(lexicon)]
    return (*bare, (re.compile(rf"(?<!\w){at}(?:{numbers.pattern}){_END}"), numbers))


def _read(match: re.Match[str], rule: _Rule, lexicon: Lexicon) -> TypedClock | None:
    """The time that a piece is; None where no clock shows it."""
    said = match.groupdict()
    if said.get("noon"):
        return TypedClock(_NOON)
    if said.get("midnight"):
        return TypedClock(0, midnight=True)
    hour = number_of(said.get("of") or said["hour"], lexicon)
    if said.get("of"):
        return _of_day((hour + rule.shift - 1) % 12 + 1, rule.minute, lexicon) if 1 <= hour <= 12 else None
    minute = int(said.get("minute") or 0)
    if said.get("am") or said.get("pm"):
        midnight = bool(said.get("am")) and (hour, minute) == (12, 0)
        half = 12 if said.get("pm") else 0
        return TypedClock(hour % 12 + half, minute, midnight=midnight) if 1 <= hour <= 12 and minute < 60 else None
    return _of_day(hour, minute, lexicon, sure=said["hour"].startswith("0"))


def _of_day(hour: int, minute: int, lexicon: Lexicon, *, sure: bool = False) -> TypedClock | None:
    """An hour as it stands; of twelve it is open, unless it is written as only a clock of 24 hours does."""
    if hour > 23 or minute > 59:
        return None
    is_open = 1 <= hour <= 11 and not sure
    return TypedClock(hour, minute, open=is_open, asked=is_open and hour <= lexicon.asks_to)


@cache
def _parts(lexicon: Lexicon) -> re.Pattern[str]:
    return whole(any_of(word for word in lexicon.parts if word not in lexicon.relative))


@cache
def _weekday_morning(lexicon: Lexicon) -> re.Pattern[str]:
    """ "Samstag morgen" is in the morning, not tomorrow."""
    return re.compile(rf"(?<!\w){any_of(lexicon.weekdays)}\.? (morgen)(?!\w)")


def take_part(slate: Slate, lexicon: Lexicon) -> Part | None:
    """Take a part of the day."""
    if match := _weekday_morning(lexicon).search(slate.left):
        slate.strike(*match.span(1))
        return Part.MORNING
    match = slate.take(_parts(lexicon))
    return lexicon.parts[match[0]] if match else None
