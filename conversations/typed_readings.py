"""A text is taken apart into the day, the time and the part of the day that it names."""

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from conversations.typed_clocks import TypedSpan, take_clock, take_hour, take_part, take_span
from conversations.typed_days import take_days
from conversations.typed_moments import Reading, Said, Typist
from conversations.typed_numeric_days import Order, TypedDays, Why
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, Part, any_of, number_of, whole

#: "9.10" may be a time or a date.
_DOTTED: Final = re.compile(r"(?<![\w:./,-])(\d{1,2})\.(0[1-9]|1[0-2])(?![\w:/.-]|,\d)")
#: A month's name between two numbers: either of them is its day.
_BETWEEN: Final = re.compile(r"\0 \d{1,2}(?![\w:]|[.,]\d)\.?$")


def take_moment(
    slate: Slate, lexicon: Lexicon, typist: Typist, on: date | None = None, *, timed: bool = False
) -> tuple[Said, TypedSpan | None]:
    """Take all that names a moment, or a span of times instead of one. Raises NoSuchDay.

    `on` is the day, if the text names none: then a number alone is an hour. `timed` says that its time was taken
    already: then no number is.
    """
    if ahead := slate.take(_ahead(lexicon)):
        count, unit = number_of(ahead["count"], lexicon), ahead["hours"]
        return Said(moment=typist.now + (timedelta(hours=count) if unit else timedelta(minutes=count))), None
    part = take_part(slate, lexicon)  # before the days: in Spanish and German the morning is also tomorrow
    days = take_days(slate, lexicon, typist.today, typist.order)
    span = take_span(slate, lexicon)
    part = part or _part_of_today(slate, lexicon, typist, days)
    clock = None if span else take_clock(slate, lexicon)
    if on and days is None and not (clock or span or timed):
        hour = take_hour(slate, lexicon, day_is_known=True)
        return Said(days=TypedDays(days=(on,)), clock=hour[1] if hour else None, part=part), None
    if clock or span or timed or days is None:
        days = TypedDays(days=(on,)) if on and days is None else days
        return Said(days=_with_number(slate, days, typist) if clock or timed else days, clock=clock, part=part), span
    return _with_hour(slate, lexicon, typist, days, part), None


def _with_hour(slate: Slate, lexicon: Lexicon, typist: Typist, days: TypedDays, part: Part | None) -> Said:
    """A number beside the day is its hour, or the day of the month that the weekday falls on."""
    if days.month_behind and _BETWEEN.search(slate.left) and typist.order is Order.MDY:
        return Said(days=days, part=part)
    hour = take_hour(slate, lexicon)
    if hour is None:
        return Said(days=days, part=part)
    number, clock = hour
    dated = _falls_on(days, int(number), typist)
    if clock is None:
        return Said(days=dated, part=part) if dated else Said(days=days, part=part)
    others = tuple(Reading(day) for day in dated.days) if dated else ()
    return Said(days=days, clock=clock, part=part, others=others, why=frozenset({Why.HOUR_OR_DAY} if others else ()))


def _with_number(slate: Slate, days: TypedDays | None, typist: Typist) -> TypedDays | None:
    """Beside a weekday and a time, a number can only be the day of the month: "Sat 10 9am"."""
    match = re.search(r"\0\.? (\d{1,2})(?=[ ,]*(?:\0|$))", slate.left)
    if days is None or days.weekday is None or match is None:
        return days
    dated = _falls_on(days, int(match[1]), typist)
    if dated:
        slate.strike(*match.span(1))
    return dated or days


def _falls_on(days: TypedDays, number: int, typist: Typist) -> TypedDays | None:
    """The next such day of a month that has the weekday, within two months."""
    if days.weekday is None:
        return None
    near = (typist.today + timedelta(days=ahead) for ahead in range(62))
    found = tuple(day for day in near if day.day == number and day.weekday() == days.weekday)
    return TypedDays(days=found[:1]) if found else None


def _part_of_today(slate: Slate, lexicon: Lexicon, typist: Typist, days: TypedDays | None) -> Part | None:
    """ "Tonight" says both."""
    if days is None or days.days != (typist.today,):
        return None
    both = [word for word in lexicon.parts if word in lexicon.relative]
    match = whole(any_of(both)).search(slate.folded) if both else None
    return lexicon.parts[match[0]] if match else None


def spellings(slate: Slate, lexicon: Lexicon) -> tuple[Slate, ...]:
    """The slate, and where a piece such as "9.10" may be a date as well as a time, first the one where it is a date."""
    match = _DOTTED.search(slate.left)
    if match is None or not 1 <= int(match[1]) <= 31:
        return (slate,)
    before, after = slate.left[: match.start()], slate.left[match.end() :]
    marked = rf" ?(?:{lexicon.am}|{lexicon.pm}|(?:{lexicon.clock_mark})(?!\w))"
    if re.search(rf"(?<!\w)(?:{lexicon.at}) ?$", before) or re.match(marked, after):
        return (slate,)
    return (slate.respelt(match, f"{match[1]}/{match[2]}"), slate)


@cache
def _ahead(lexicon: Lexicon) -> re.Pattern[str]:
    count = rf"(?P<count>\d{{1,3}}|{any_of(lexicon.numbers)})"
    return whole(rf"(?:{lexicon.within}) {count} (?:(?P<hours>{lexicon.hour})|{lexicon.minute})")
