"""What a language's words of days and times are, for the rules that read them.

Words are folded as `Slate` folds: small, without accents. They are a grammar, not sentences: a studio may type English
whatever language it is answered in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Part(StrEnum):
    """A part of the day: no time yet, but it says which of two an hour is."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """One language's words. What is a str is a fragment of a regular expression, without groups of its own."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    #: Of those, what is a weekday's short name as well.
    unclear: frozenset[str] = frozenset()
    numbers: Mapping[str, int]
    #: "first" to "fifth"; the last is -1.
    ordinals: Mapping[str, int]
    #: Days from today; where a part of the day is meant as well, `parts` has the word too.
    relative: Mapping[str, int]
    parts: Mapping[str, Part]
    #: Fragments with {h} for the hour, the minutes they mean, and what to add to the hour.
    clock_words: tuple[tuple[str, int, int], ...]
    noon: str
    midnight: str
    am: str
    pm: str
    #: Said after an hour; it makes a number a time and no more.
    clock_mark: str
    at: str
    since: str
    until: str
    this: str
    next: str
    after_next: str
    last: str
    #: What follows a weekday and means the next one.
    next_behind: str
    next_week: str
    this_month: str
    next_month: str
    weekend: str
    within: str
    #: Between a number of weeks and the weekday from which they count.
    from_day: str
    day: str
    week: str
    hour: str
    minute: str
    #: After a day's number; before one that stands alone.
    ordinal_mark: str
    before_number: str
    filler: str
    #: Hours up to this one may as well be in the evening as in the morning, so they are asked about.
    asks_to: int


def any_of(words: Iterable[str]) -> str:
    """A fragment that is one of the words, the longest first."""
    return "(?:" + "|".join(re.escape(one) for one in sorted(words, key=lambda one: (-len(one), one))) + ")"


def whole(fragment: str) -> re.Pattern[str]:
    """The fragment where no word or number goes on."""
    return re.compile(rf"(?<!\w)(?:{fragment})(?!\w)")


@cache
def filler_of(lexicon: Lexicon) -> re.Pattern[str]:
    return whole(lexicon.filler)


def number_of(word: str, lexicon: Lexicon) -> int:
    """A number in digits or as a word."""
    return int(word) if word.isdecimal() else lexicon.numbers[word]
