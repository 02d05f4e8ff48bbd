"""Days as people type them: each rule takes one piece of a text, and says which days it may mean."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from conversations.typed_numeric_days import NoSuchDay, Order, TypedDays, Why, coming, day_of, take_numeric
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, any_of, number_of, whole

_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_YEAR: Final = timedelta(days=366)
#: Not the end of "9-12 Dec" or of "12/13 Dec", whose beginning means something too; nor of "10, 11 Dec".
_FROM: Final = r"(?<![\w:./,-])(?<!\w - )(?<!\w- )(?<!\d, )"
#: "At 9 Dec 12": the nine is an hour.
_NOT_AT: Final = r"(?<!\bat )(?<!@ )(?<!@)(?<!\blas )(?<!\bum )"
_TO: Final = r"(?![\w:]|[/.,-]\d| ?- ?\d)"
#: Nor the beginning of "Dec 12, 13".
_NOT_AFTER: Final = rf"{_TO}(?!, ?\d{{1,2}}(?![\w:.]| ?[ap]\.?m))"


_Rule = Callable[[re.Match[str], Lexicon, date], TypedDays]


def take_days(slate: Slate, lexicon: Lexicon, today: date, order: Order) -> TypedDays | None:
    """Take the one piece that names a day, and a weekday beside a date. Raises NoSuchDay."""
    numeric = take_numeric(slate, today, order)
    found = numeric or _take_first(slate, lexicon, today)
    if found is None or not found.numbered:
        return found
    weekday = slate.take(_weekday(lexicon))
    return _checked(found, lexicon.weekdays[weekday[1]]) if weekday else found


def _take_first(slate: Slate, lexicon: Lexicon, today: date) -> TypedDays | None:
    for pattern, rule in _grammar(lexicon):
        if match := slate.take(pattern):
            return rule(match, lexicon, today)
    return None


def _checked(found: TypedDays, weekday: int) -> TypedDays:
    """A weekday that is named decides between readings; where it fits none, both are asked about."""
    fitting = [day for day in found.days if day.weekday() == weekday]
    if fitting:
        why = found.why if len(fitting) > 1 or fitting[0] != found.days[0] else frozenset[Why]()
        return replace(found, days=tuple(fitting), why=why, sure=found.sure and fitting[0] == found.days[0])
    first = found.days[0]
    near = next(day for away in range(-3, 4) if (day := first + _ONE_DAY * away).weekday() == weekday)
    return TypedDays(days=(first, near), why=frozenset({Why.WEEKDAY}))


@cache
def _weekday(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({any_of(lexicon.weekdays)})\b\.?(?!\w)")


@cache
def _grammar(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    """The rules, those first whose pieces have others' pieces in them."""
    weekday = rf"(?P<weekday>{any_of(lexicon.weekdays)})\b\.?"
    month = rf"(?P<month>{any_of(lexicon.months)})\b\.?"
    month_first = rf"(?P<month>{any_of(word for word in lexicon.months if word not in lexicon.unclear)})\b\.?"
    number = rf"(?P<number>\d{{1,2}}|{any_of(lexicon.numbers)})"
    glue = rf"(?:,? ?(?:(?:{lexicon.filler}) ){{0,2}})"
    year = rf"(?:(?:,| (?:{lexicon.filler}))? ?(?P<year>(?:19|20)\d\d)(?![\d:])| '?(?P<short>2[5-9]|3\d)(?![\w:.,]))?"
    weeks = rf"(?:{lexicon.within}) {number} (?:{lexicon.week})"
    ordinal = rf"(?P<ordinal>{any_of(lexicon.ordinals)})"
    of_month = rf"(?:{month}{year}|(?P<this_month>{lexicon.this_month})|(?P<next_month>{lexicon.next_month}))"
    mark = rf"(?:{lexicon.ordinal_mark})"
    rules: tuple[tuple[str, _Rule], ...] = (
        (rf"{ordinal} {weekday}{glue}{of_month}", _nth_of_month),
        (rf"{_NOT_AT}{_FROM}(?P<day>\d{{1,2}})(?:{mark})?{glue}{month}{year}", _day_and_month),
        (rf"{month_first} (?:the )?(?P<day>\d{{1,2}}){mark}?(?!\w|:|\.\d){year}{_NOT_AFTER}", _month_and_day),
        (rf"{weekday}{glue}{weeks}|{_again(weeks)}{glue}{_again(weekday)}", _weekday_in_weeks),
        (rf"{number} (?:{lexicon.week}) (?:{lexicon.from_day}) (?:(?:{lexicon.this}) )?{weekday}", _weeks_from_weekday),
        (rf"{weekday}{glue}(?:{lexicon.next_week})|(?:{lexicon.next_week}){glue}{_again(weekday)}", _of_next_week),
        (rf"(?:{lexicon.after_next}) {weekday}|{_again(weekday)} after next", _after_next),
        (rf"(?:{lexicon.next}) {weekday}|{_again(weekday)} (?:{lexicon.next_behind})", _next_weekday),
        (rf"(?:{lexicon.last}) {weekday}", _last_weekday),
        (rf"(?P<following>(?:{lexicon.next}) )?(?:(?:{lexicon.this}) )?(?:{lexicon.weekend})", _of_weekend),
        (rf"(?:{lexicon.within}) {number} (?:(?P<weeks>{lexicon.week})|{lexicon.day})", _days_from_now),
        (rf"(?P<relative>{any_of(lexicon.relative)})", _from_today),
        (rf"(?:{lexicon.this}) {weekday}", _this_weekday),
        (rf"(?:{_again(weekday)}{glue})?{_FROM}{_ordinal_day(lexicon)}{_TO}(?! {weekday})", _day_of_month),
        (weekday, _this_weekday),
    )
    return tuple((whole(fragment), rule) for fragment, rule in rules)


def _ordinal_day(lexicon: Lexicon) -> str:
    """ "15th", "el 15", "am 15."; a number alone is none."""
    marked = rf"(?P<day>\d{{1,2}})(?:{lexicon.ordinal_mark})(?![\w]|\d)"
    return rf"(?:{marked}|(?:{lexicon.before_number}) (?P<day2>\d{{1,2}}))"


def _again(fragment: str) -> str:
    """The fragment as the other alternative of a pattern that has it already."""
    return re.sub(r"\?P<(\w+)>", r"?P<\g<1>2>", fragment)


def _weekday_of(match: re.Match[str], lexicon: Lexicon) -> int | None:
    said = match.groupdict()
    word = said.get("weekday") or said.get("weekday2")
    return None if word is None else lexicon.weekdays[word]


def _next(match: re.Match[str], lexicon: Lexicon, today: date) -> date:
    """The first such weekday from today on."""
    return today + _ONE_DAY * ((_weekday_of(match, lexicon) or 0) - today.weekday()) % _WEEK


def _year_of(match: re.Match[str]) -> int | None:
    short = match["short"]
    return int(match["year"] or 2000 + int(short)) if match["year"] or short else None


def _nth_of_month(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    nth, weekday = lexicon.ordinals[match["ordinal"]], _weekday_of(match, lexicon) or 0
    if match["month"]:
        month, year = lexicon.months[match["month"]], _year_of(match)
        years = [year] if year else [today.year, today.year + 1]
        found = [_nth(nth, weekday, one, month) for one in years]
    else:
        ahead = today.month - 1 + bool(match["next_month"])
        found = [_nth(nth, weekday, today.year + ahead // 12, ahead % 12 + 1)]
    return TypedDays(days=(next((day for day in found if day >= today), found[0]),))


def _nth(nth: int, weekday: int, year: int, month: int) -> date:
    days = [day for number in range(1, 32) if (day := _or_none(year, month, number)) and day.weekday() == weekday]
    if nth > len(days):
        raise NoSuchDay
    return days[nth if nth < 0 else nth - 1]


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_and_month(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    return replace(_month_and_day(match, lexicon, today), month_behind=True)


def _month_and_day(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """The next one, where no year is said; 29 February may be years ahead, and is asked about."""
    month, day, year = lexicon.months[match["month"]], int(match["day"]), _year_of(match)
    found = day_of(year, month, day) if year else coming(month, day, today)
    far = year is None and found - today > _YEAR
    return TypedDays(days=(found,), why=frozenset({Why.FAR} if far else ()), sure=not far)


def _weekday_in_weeks(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """That weekday of the week so many weeks ahead; also so many weeks from the coming one, if that is another day."""
    weeks = number_of(match["number"] or match["number2"], lexicon) * _WEEK
    monday = today - _ONE_DAY * today.weekday()
    of_week = monday + weeks + _ONE_DAY * (_weekday_of(match, lexicon) or 0)
    return _either(_next(match, lexicon, today) + weeks, of_week, Why.WEEK)


def _weeks_from_weekday(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    found = _next(match, lexicon, today) + number_of(match["number"], lexicon) * _WEEK
    return TypedDays(days=(found,), numbered=False)


def _of_next_week(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """A week begins on a Monday to some and on a Sunday to others; that matters on Sundays, and for them."""
    weekday = _weekday_of(match, lexicon) or 0
    by_monday = today - _ONE_DAY * today.weekday() + _WEEK + _ONE_DAY * weekday
    by_sunday = today - _ONE_DAY * ((today.weekday() + 1) % 7) + _WEEK + _ONE_DAY * ((weekday + 1) % 7)
    return _either(by_monday, by_sunday, Why.WEEK)


def _either(one: date, other: date, why: Why) -> TypedDays:
    days = tuple(sorted({one, other}))
    return TypedDays(days=days, why=frozenset({why} if len(days) > 1 else ()), numbered=False)


def _next_weekday(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """ "Next Saturday" is the coming one to half of the people, and the one after it to the others."""
    coming = _next(match, lexicon, today)
    if coming == today:
        return TypedDays(days=(today + _WEEK,), numbered=False)
    return _either(coming, coming + _WEEK, Why.NEXT)


def _after_next(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    coming = _next(match, lexicon, today) + _WEEK
    return _either(coming, coming + _WEEK, Why.NEXT)


def _last_weekday(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    coming = _next(match, lexicon, today)
    return TypedDays(days=(coming - _WEEK,), numbered=False)


def _of_weekend(match: re.Match[str], _lexicon: Lexicon, today: date) -> TypedDays:
    saturday = today - _ONE_DAY * today.weekday() + 5 * _ONE_DAY
    weekends = (saturday, saturday + _WEEK) if match["following"] else (saturday,)
    days = tuple(day + _ONE_DAY * plus for day in weekends for plus in (0, 1))
    return TypedDays(days=days, why=frozenset({Why.WEEKEND}), numbered=False)


def _days_from_now(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    count = number_of(match["number"], lexicon)
    return TypedDays(days=(today + (_WEEK if match["weeks"] else _ONE_DAY) * count,), numbered=False)


def _from_today(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    return TypedDays(days=(today + _ONE_DAY * lexicon.relative[match["relative"]],))


def _this_weekday(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """The coming one. On the day itself it may be today's, or that in a week."""
    coming = _next(match, lexicon, today)
    days = (coming, coming + _WEEK) if coming == today else (coming,)
    why = frozenset({Why.TODAY} if coming == today else ())
    return TypedDays(days=days, why=why, numbered=False, weekday=coming.weekday())


def _day_of_month(match: re.Match[str], lexicon: Lexicon, today: date) -> TypedDays:
    """The next such day of a month; with a weekday, the next one that falls on it is asked about too."""
    number, weekday = int(match["day"] or match["day2"]), _weekday_of(match, lexicon)  # one behind it never matches
    days = [day for day in _months_ahead(number, today) if day >= today]
    if not days:
        raise NoSuchDay
    if weekday is None or days[0].weekday() == weekday:
        return TypedDays(days=(days[0],))
    fitting = next((day for day in days if day.weekday() == weekday), days[0])
    return TypedDays(days=(fitting, days[0]), why=frozenset({Why.WEEKDAY}))


def _months_ahead(number: int, today: date) -> list[date]:
    months = [divmod(today.month - 1 + ahead, 12) for ahead in range(13)]
    return [day for year, month in months if (day := _or_none(today.year + year, month + 1, number))]
