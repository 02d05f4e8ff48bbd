"""Days and times as people type them: the one home of `dateparser`, which guesses, and here is never let to.

A client's answer is a day that is written in full (`read_day`); what can be read in two ways is refused. A studio types
as people talk (`read_when`): every word must be understood, and what can be read in two ways is asked about. Months in
languages whose words we have not are dateparser's part, and every number it finds is checked.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import cache
from typing import Any, Final, cast

from dateparser.date import DateDataParser

from conversations.typed_clocks import take_clock
from conversations.typed_lexicons import EN, LEXICONS, lexicons_for
from conversations.typed_moments import (
    Ask,
    Exact,
    NeedsTime,
    NotRead,
    Said,
    Typist,
    Unread,
    When,
    either,
    readings_of,
    settle,
)
from conversations.typed_numeric_days import NoSuchDay, TypedDays, Why, coming
from conversations.typed_readings import spellings, take_moment
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, filler_of
from core.values.refusals import Refusal

LONGEST: Final = 80  # characters; dateparser takes 0.1 s for some hundreds, and longer is no date
YEARS: Final = range(1900, 2101)

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})\.?")
_NUMERIC: Final = re.compile(r"\d{1,4}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*\d{1,2})?\.?")
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+")  # not the end of "12th", which dateparser takes for Thursday
#: Without it dateparser would look at the clock. A leap year, so that 29 February is there until its year is seen.
_BASE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - dateparser mixes up the offsets of aware ones


class NotADay(Refusal):
    """A day is an answer only if it is written in full and can be read in one way.

    The hint says what is wrong: `year` is missing, the `order` of day and month is open, the `weekday` is another
    day's, or there is no such day (`none`).
    """


def read_day(text: str, language: str) -> date:
    """The day that the text names, in the person's language or in English. Raises NotADay."""
    words = _tidy(text)
    if not words or len(words) > LONGEST:
        raise NotADay
    if match := _YEAR_FIRST.fullmatch(words):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_LAST.fullmatch(words):
        return _ordered(int(match[1]), int(match[2]), int(match[3]))
    if _NUMERIC.fullmatch(words):
        raise NotADay(hint="year")
    return _named(words, language)


def read_when(text: str, typist: Typist, *, needs_time: bool = True, on: date | None = None) -> When:
    """What a photographer means by "next Saturday 9am", with every word accounted for (C2, C6).

    Without `needs_time` a day alone is an answer. `on` is the day that a time alone belongs to; without one it is the
    next such time.
    """
    if len(text.strip()) > LONGEST:
        return NotRead(Unread.LONG)
    first: When | None = None
    for lexicon in lexicons_for(text, typist.language):
        found = _read_in(lexicon, text, typist, needs_time=needs_time, on=on)
        if not isinstance(found, NotRead):
            return found
        first = first or found
    foreign = _read_foreign(text, typist, needs_time=needs_time)
    return foreign or first or NotRead(Unread.NO_DAY)


def _read_in(lexicon: Lexicon, text: str, typist: Typist, *, needs_time: bool, on: date | None) -> When:
    read = [
        _read_once(slate, lexicon, typist, needs_time=needs_time, on=on) for slate in spellings(Slate(text), lexicon)
    ]
    return either(*read) if len(read) > 1 else read[0]


def _read_once(slate: Slate, lexicon: Lexicon, typist: Typist, *, needs_time: bool, on: date | None) -> When:
    try:
        said, span = take_moment(slate, lexicon, typist, on)
    except NoSuchDay:
        return NotRead(Unread.NO_SUCH)
    if words := slate.not_understood(filler_of(lexicon)):
        return NotRead(Unread.WORDS, words)
    if span:
        return NotRead(Unread.SPAN, span=span)
    found = settle(said, typist, needs_time=needs_time)
    if slate.folded in _OTHER_WORDS and isinstance(found, Exact | NeedsTime):
        return Ask(readings_of(found), frozenset({Why.WORD}))
    return found


#: Alone, it may be no day at all.
_OTHER_WORDS: Final = frozenset({"sun", "so", "do", "di", "mi", "fr", "mo", "sa", "vie"})


def _read_foreign(text: str, typist: Typist, *, needs_time: bool) -> When | None:
    """A day whose month is named in another language: its numbers must be its day, its year if said, and no others."""
    language = typist.language.replace("_", "-").partition("-")[0].lower()
    slate = Slate(text)
    if language in LEXICONS:
        return None
    clock = take_clock(slate, EN)
    rest = slate.left.replace("\0", " ").strip()
    numbers = [int(one) for one in _NUMBER.findall(rest)]
    found = _parsed(rest, language) if numbers and not _NUMERIC.fullmatch(rest) else None
    if found is None or numbers not in ([found.day], [found.day, found.year]) or _WORD.search(rest) is None:
        return None
    try:
        _check_weekday(rest, found, language)
        days = TypedDays(days=(found if len(numbers) == 2 else coming(found.month, found.day, typist.today),))
    except (NotADay, NoSuchDay):
        return None
    return settle(Said(days=days, clock=clock), typist, needs_time=needs_time)


def _tidy(text: str) -> str:
    """Digits of every script as 0 to 9, and single spaces."""
    plain = unicodedata.normalize("NFKC", text[: 2 * LONGEST])
    digits = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)
    return " ".join(digits.split())


def _ordered(first: int, second: int, year: int) -> date:
    """Two numbers before the year: which is the month must not be a guess, whatever is usual in a language."""
    if first <= 12 and second <= 12 and first != second:
        raise NotADay(hint="order")
    return _day(year, min(first, second), max(first, second))


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADay(hint="none") from None
    if found.year not in YEARS:
        raise NotADay(hint="none")
    return found


def _named(words: str, language: str) -> date:
    """A day whose month has its name. The numbers beside it must be its day and its year, and no others."""
    readings = {found for one in dict.fromkeys((language, "en")) if (found := _parsed(words, one))}
    numbers = [int(one) for one in _NUMBER.findall(words)]
    if len(readings) != 1:
        raise NotADay
    (found,) = readings
    if sorted(numbers) != [found.day, found.year]:
        raise NotADay(hint="year") if max(numbers, default=0) < 100 and len(numbers) < 3 else NotADay
    _check_weekday(words, found, language)
    return _day(found.year, found.month, found.day)


def _check_weekday(words: str, found: date, language: str) -> None:
    """A weekday that is named must be that day's; dateparser does not look."""
    for word in _WORD.findall(words):
        for one in dict.fromkeys((language, "en")):
            named = _parsed(word, one)
            if named and named.weekday() != found.weekday():
                raise NotADay(hint="weekday")


def _parsed(words: str, language: str) -> date | None:
    """What dateparser takes for a day; None where it sees none, or only a month."""
    parser = _parser(language.partition("-")[0].lower())
    data = parser.get_date_data(words) if parser else None
    return data.date_obj.date() if data and data.date_obj and data.period == "day" else None


@cache
def _parser(language: str) -> Any:
    """Of one language, never of those that dateparser would guess; None where it does not know it."""
    parser = cast("Any", DateDataParser)(
        languages=[language], settings={"RELATIVE_BASE": _BASE, "RETURN_AS_TIMEZONE_AWARE": False}
    )
    try:
        parser.get_date_data("1")
    except ValueError:
        return None
    return parser
