"""Days as people type them: the one home of `dateparser`, which guesses, and here is never let to.

Only a day that is written in full is an answer: day, month and year. What can be read in two ways is refused.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import cache
from typing import Any, Final, cast

from dateparser.date import DateDataParser

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
