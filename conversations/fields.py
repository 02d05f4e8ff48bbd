"""The fields of forms: how each kind reads what a person says, and says it back.

Whatever the kind, an answer is a text: an option's id, plain digits with a point, a day as year-month-day; of several
options or pictures, one id a line; empty where it was skipped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Generic, TypeVar

from conversations.screens import PHOTOS_MOST, Clock, FieldKind, Option, Say, say
from conversations.turn import Misread, Turn
from conversations.typed_dates import read_day
from conversations.typed_numbers import read_number
from conversations.words import number_text
from core.paperwork.questionnaire import LONGEST_LONG, LONGEST_SHORT
from core.values.refusals import Refusal
from core.values.texts import shows_something

#: Characters that an answer may have.
LONGEST: Final = {FieldKind.LINE: LONGEST_SHORT, FieldKind.TEXT: LONGEST_LONG}
YES: Final = "yes"
NO: Final = "no"

T = TypeVar("T", bound=Turn, contravariant=True)


class TextTooLong(Refusal):
    """A short text has up to 1,000 characters, a long one up to 4,000. Facts: most, length, and what is over."""


def _no_room_for_pictures(_turn: Turn, _picture: bytes, _beside: Sequence[str]) -> str:
    raise LookupError("the field says nowhere to keep its pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """One question of a form: how it asks, and what it makes of an answer."""

    id: str
    kind: FieldKind
    label: Say
    ask: Callable[[T], Say]
    #: What it makes of an answer beyond its kind's own reading. May refuse.
    read: Callable[[T, str], str] = lambda _turn, answer: answer
    #: What can be chosen; the ids are stable and short.
    options: Callable[[T], tuple[Option, ...]] = lambda _: ()
    #: Texts offered to tap instead of typing.
    suggestions: Callable[[T], tuple[str, ...]] = lambda _: ()
    required: Callable[[T], bool] = lambda _: True
    #: A typed answer, as people read it.
    spoken: Callable[[T, str], Say] = lambda _turn, text: say("as-written", text=text)
    placeholder: Say | None = None
    #: Pictures that it takes.
    most_photos: int = PHOTOS_MOST
    #: Keeps a picture beside those of these ids, and gives the id under which it is found again.
    #: A deed, so it runs once and may refuse.
    keep_photo: Callable[[T, bytes, Sequence[str]], str] = _no_room_for_pictures
    #: Forgets a picture that belongs to the answer no more.
    drop_photo: Callable[[T, str], None] = lambda _turn, _id: None
    #: The key of its words for what it cannot read, where those of its kind will not do.
    words: str = ""
    #: Characters that a typed answer may have, where its kind's number will not do.
    most: int = 0

    def choices(self, turn: T) -> tuple[Option, ...]:
        """What can be chosen, whoever named it."""
        if self.kind is FieldKind.YES_NO:
            return (Option(YES, say("option-yes")), Option(NO, say("option-no")))
        return self.options(turn)

    def misread(self) -> Misread:
        return Misread(key=self.words or self.kind)


# -- reading --


def read_typed(field: Field[T], turn: T, text: str) -> str:
    """The answer that a typed text is. Raises the refusal that it meets, or Misread."""
    if not shows_something(text):
        raise field.misread()
    match field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO | FieldKind.CHOICES:
            answer = "\n".join(ids_typed(field, turn, text))
        case FieldKind.NUMBER:
            answer = read_number(text, turn.language)
        case FieldKind.DATE:
            answer = read_day(text, turn.language).isoformat()
        case _:
            answer = _within(field, text)
    return field.read(turn, answer)


def read_sent(field: Field[T], turn: T, value: str) -> str:
    """The answer that a messenger's form holds: ids rather than labels, numbers and days in the plain form."""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO | FieldKind.CHOICES:
            return field.read(turn, "\n".join(_known(field, turn, value.split("\n"))))
        case FieldKind.NUMBER:
            return field.read(turn, read_number(value, "en"))
        case _:
            return read_typed(field, turn, value)


def ids_typed(field: Field[T], turn: T, text: str) -> tuple[str, ...]:
    """The options whose labels were typed: one, or where several may be chosen, some with commas between."""
    by_label = {_folded(turn.words.phrase(one.label, turn.language)): one.id for one in field.choices(turn)}
    if field.kind is FieldKind.YES_NO:
        by_label |= {word: id for id in (YES, NO) for word in turn.words.alternatives(f"typed-{id}", turn.language)}
    if whole := by_label.get(_folded(text)):
        return (whole,)
    pieces = text.replace("\n", ",").replace(";", ",").split(",") if field.kind is FieldKind.CHOICES else []
    ids = [by_label.get(_folded(piece)) for piece in pieces if piece.strip()]
    if not ids or None in ids:
        raise field.misread()
    return tuple(id for id in ids if id)


def _folded(text: str) -> str:
    return " ".join(text.strip(" .!").casefold().split())


def _known(field: Field[T], turn: T, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in the options' own order, each once. Raises Misread where one is none of the field's."""
    wanted, offered = set(ids), [one.id for one in field.choices(turn)]
    if not wanted or wanted - set(offered) or (len(wanted) > 1 and field.kind is not FieldKind.CHOICES):
        raise field.misread()
    return tuple(id for id in offered if id in wanted)


def _within(field: Field[T], text: str) -> str:
    """The text without what surrounds it; a short one on one line. Raises TextTooLong."""
    tidy = text.strip() if field.kind is FieldKind.TEXT else " ".join(text.split())
    most = field.most or LONGEST.get(field.kind, LONGEST[FieldKind.LINE])
    if len(tidy) > most:
        raise TextTooLong(most=most, length=len(tidy), over=len(tidy) - most)
    return tidy


# -- saying back --


def answer_words(field: Field[T], turn: T, answer: str) -> Say:
    """An answer as people read it: on the button that keeps it, on the review card."""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO | FieldKind.CHOICES:
            chosen = answer.split("\n")
            labels = [turn.words.phrase(one.label, turn.language) for one in field.choices(turn) if one.id in chosen]
            return say("as-listed", items=tuple(labels))
        case FieldKind.NUMBER:
            return say("as-written", text=number_text(Decimal(answer), turn.language))
        case FieldKind.DATE:
            return say("a-day", day=turn.when(_noon_of(turn, answer), Clock.DAY_YEAR))
        case FieldKind.PHOTOS:
            return say("photos-sent", count=len(answer.split("\n")))
        case _:
            return field.spoken(turn, answer)


def _noon_of(turn: Turn, iso: str) -> datetime:
    """A moment of the day that is on that day in the studio's zone, whatever its clocks do."""
    day = date.fromisoformat(iso)
    return datetime(day.year, day.month, day.day, 12, tzinfo=turn.studio.zone)
