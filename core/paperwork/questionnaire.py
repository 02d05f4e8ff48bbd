"""A questionnaire as the studio writes it, a question a line, and the answers to it (B6, F5)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from core.paperwork.contract import Edition
from core.values.refusals import Refusal
from core.values.texts import clean, shows_something

MOST_QUESTIONS = 20  # more than a client answers while a spot is held
LONGEST_QUESTION = 300  # characters
MOST_OPTIONS = 12
LONGEST_OPTION = 40  # characters: it is a button
LONGEST_SHORT = 1_000  # characters
LONGEST_LONG = 4_000  # characters: about what one message of Telegram holds
LONGEST_NUMBER = 20  # characters: digits, a point, a minus
MOST_PHOTOS = 3  # STORYBOARD, T11

_MARK = re.compile(r"\s*\*\s*$")
_KIND = re.compile(r"\s*\((?P<kind>[^()]*)\)\s*$")
_SEVERAL = re.compile(r"\s*\[\[(?P<options>[^\[\]]*)\]\]\s*$")
_ONE = re.compile(r"\s*\[(?P<options>[^\[\]]*)\]\s*$")
_BULLET = re.compile(r"^\s*(?:[-•]|\d{1,2}[.)])\s+")


class Kind(StrEnum):
    """How a question is asked. The values are the words in a questionnaire's lines."""

    SHORT = "short"
    LONG = "long"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes/no"
    NUMBER = "number"
    DATE = "date"
    PHOTO = "photo"


#: What people write in parentheses besides the kinds' own names.
_ALSO = {
    "text": Kind.SHORT,
    "short text": Kind.SHORT,
    "long text": Kind.LONG,
    "yes or no": Kind.YES_NO,
    "yes no": Kind.YES_NO,
    "photos": Kind.PHOTO,
    "picture": Kind.PHOTO,
    "pictures": Kind.PHOTO,
}
KINDS = {kind.value: kind for kind in Kind if kind not in {Kind.ONE, Kind.SEVERAL}} | _ALSO
#: Kinds that are named in parentheses behind the question.
_NAMED = {Kind.LONG, Kind.YES_NO, Kind.NUMBER, Kind.DATE, Kind.PHOTO}


class QuestionUnreadable(Refusal):
    """A line is a question with a kind that exists.

    Facts: line by its number from 1, hint: "empty", "kind", "options", "too-long", "twice"; text, what it is about.
    """


class TooManyQuestions(Refusal):
    """A questionnaire has one to twenty questions. Facts: most."""


class AnswersMissing(Refusal):
    """Required questions are answered before a booking is made (B6)."""


class AnswerUnreadable(Refusal):
    """An answer is one that its question can have. Nobody who answers in the chat meets it; a forged form may."""


class TooManyPhotos(Refusal):
    """A question takes up to three photos. Facts: most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    text: str
    kind: Kind = Kind.SHORT
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """One version of a questionnaire."""

    id: str
    studio_id: str
    title: str
    questions: tuple[Question, ...]
    version: int = 1

    @property
    def edition(self) -> Edition:
        return Edition(self.id, self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a client answered for a booking.

    By question: the text, the number with a decimal point, the date in ISO 8601, `yes` or `no`; options and the names
    of photos each in a line of its own. What was skipped is left out.
    """

    studio_id: str
    booking_id: str
    questionnaire: Edition
    values: Mapping[str, str]
    answered_at: datetime
    #: The names of the photos among the values.
    photos: tuple[str, ...] = ()


def read_questions(text: str) -> tuple[Question, ...]:
    """Read a questionnaire's lines (B6). Raises QuestionUnreadable with the line, and TooManyQuestions."""
    lines = [(number, line) for number, line in enumerate(clean(text).splitlines(), 1) if line.strip()]
    if not 1 <= len(lines) <= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    questions = [_read(number, line, f"q{place}") for place, (number, line) in enumerate(lines, 1)]
    seen: set[str] = set()
    for (number, _), question in zip(lines, questions, strict=True):
        if question.text.casefold() in seen:
            raise QuestionUnreadable(line=number, hint="twice", text=question.text)
        seen.add(question.text.casefold())
    return tuple(questions)


def as_lines(questions: Iterable[Question]) -> str:
    """The questions as `read_questions` reads them."""
    return "\n".join(_line(question) for question in questions)


def check_answers(questionnaire: Questionnaire, values: Mapping[str, str]) -> Mapping[str, str]:
    """The values, without those that say nothing. Raises AnswersMissing and AnswerUnreadable."""
    known = {question.id: question for question in questionnaire.questions}
    if values.keys() - known.keys():
        raise AnswerUnreadable
    given = {name: value for name, value in values.items() if shows_something(value)}
    if any(question.required and question.id not in given for question in questionnaire.questions):
        raise AnswersMissing
    if not all(_can_have(known[name], value) for name, value in given.items()):
        raise AnswerUnreadable
    return given


def _read(number: int, line: str, name: str) -> Question:
    rest = _MARK.sub("", _BULLET.sub("", line))
    required = rest != _BULLET.sub("", line)
    kind, options = Kind.SHORT, ()
    if several := _SEVERAL.search(rest):
        kind, options, rest = Kind.SEVERAL, _options(several["options"]), rest[: several.start()]
    elif one := _ONE.search(rest):
        kind, options, rest = Kind.ONE, _options(one["options"]), rest[: one.start()]
    elif named := _KIND.search(rest):
        word = " ".join(named["kind"].casefold().split())
        if word not in KINDS:
            raise QuestionUnreadable(line=number, hint="kind", text=named["kind"].strip())
        kind, rest = KINDS[word], rest[: named.start()]
    text = " ".join(rest.split())
    if not shows_something(text):
        raise QuestionUnreadable(line=number, hint="empty", text=line.strip())
    if len(text) > LONGEST_QUESTION:
        raise QuestionUnreadable(line=number, hint="too-long", text=text[:40])
    _check_options(number, kind, options)
    return Question(id=name, text=text, kind=kind, required=required, options=options)


def _options(text: str) -> tuple[str, ...]:
    return tuple(" ".join(option.split()) for option in text.split("|"))


def _check_options(number: int, kind: Kind, options: tuple[str, ...]) -> None:
    """A choice has two to twelve different options, each short enough for a button."""
    if kind not in {Kind.ONE, Kind.SEVERAL}:
        return
    different = {option.casefold() for option in options}
    fitting = all(shows_something(option) and len(option) <= LONGEST_OPTION for option in options)
    if not fitting or not 2 <= len(options) <= MOST_OPTIONS or len(different) < len(options):
        raise QuestionUnreadable(line=number, hint="options", text=" | ".join(options))


def _line(question: Question) -> str:
    parts = [question.text]
    if question.kind is Kind.ONE:
        parts.append(f"[{' | '.join(question.options)}]")
    elif question.kind is Kind.SEVERAL:
        parts.append(f"[[{' | '.join(question.options)}]]")
    elif question.kind in _NAMED or _KIND.search(question.text):
        parts.append(f"({question.kind})")
    return " ".join([*parts, "*"] if question.required else parts)


def _can_have(question: Question, value: str) -> bool:
    lines = value.split("\n")
    match question.kind:
        case Kind.SHORT:
            return len(value) <= LONGEST_SHORT
        case Kind.LONG:
            return len(value) <= LONGEST_LONG
        case Kind.ONE:
            return value in question.options
        case Kind.SEVERAL:
            return len(set(lines)) == len(lines) and set(lines) <= set(question.options)
        case Kind.YES_NO:
            return value in {"yes", "no"}
        case Kind.NUMBER:
            return len(value) <= LONGEST_NUMBER and _is_number(value)
        case Kind.DATE:
            return _is_date(value)
        case Kind.PHOTO:
            return len(lines) <= MOST_PHOTOS and len(set(lines)) == len(lines)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
