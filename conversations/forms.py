"""Forms: several questions in one step. One modal where the messenger has forms, one question after another elsewhere.

Ticks and pictures that are not done yet stand in the course's view: they change the screen, and keep the revision.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from conversations.fields import Field, answer_words, ids_typed, read_sent, read_typed
from conversations.inbound import (
    NO_FILE,
    FileKind,
    Filled,
    Pressed,
    Said,
    SentPhoto,
    SentText,
    SharedPhone,
    Typed,
    Unreadable,
    UnusablePhoto,
    UnusableText,
)
from conversations.screens import Button, FieldKind, Line, say
from conversations.talk import Answer
from conversations.turn import Misread, Turn
from core.paperwork.questionnaire import TooManyPhotos
from core.values.refusals import Refusal
from core.values.texts import shows_something

SKIP: Final = "skip"
KEEP: Final = "keep"
DONE: Final = "done"

_TICKED: Final = frozenset({FieldKind.CHOICES, FieldKind.PHOTOS})
_CHOSEN: Final = frozenset({FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.CHOICES})

T = TypeVar("T", bound=Turn, contravariant=True)


class PhotoUnusable(Refusal):
    """A picture could not be taken. The hint says why: what stands in `inbound.UnusablePhoto`."""


class TextUnusable(Refusal):
    """A text that was sent as a file could not be taken. The hint says why: what stands in `inbound.UnusableText`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[T]):
    """A step of several fields; the answer of each is kept under `form.field`."""

    id: str
    fields: tuple[Field[T], ...]
    title: str
    #: Gets what all the fields hold.
    accept: Callable[[T, dict[str, str]], Answer] = lambda _turn, _values: True
    known: Callable[[T], Answer] = lambda _: None
    #: As a step's.
    enter: Callable[[T], None] | None = None
    rests_on: tuple[str, ...] = ()
    section: str = ""
    #: As a step's.
    leaving: str = "button-cancel"
    #: What stands above and below each question of it.
    above: Callable[[T], tuple[Line, ...]] = lambda _: ()
    below: Callable[[T], tuple[Line, ...]] = lambda _: ()
    #: Buttons that are no answer: what helps to find one.
    beside: Callable[[T], tuple[Button, ...]] = lambda _: ()

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(f"{self.id}.{one.id}" for one in self.fields)

    def field_at(self, part: str) -> Field[T]:
        return next(one for one in self.fields if f"{self.id}.{one.id}" == part)

    def values(self, turn: T) -> dict[str, str]:
        """What each field holds."""
        return {one.id: turn.text(f"{self.id}.{one.id}") for one in self.fields}


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A field in this turn: what it holds, and what is set in it and not answered yet."""

    field: Field[T]
    part: str
    turn: T

    @property
    def before(self) -> str:
        """The answer that it has already, to be kept or changed."""
        return self.turn.text(self.part)

    @property
    def is_optional(self) -> bool:
        return not self.field.required(self.turn)

    @property
    def set_now(self) -> tuple[str, ...]:
        """The ids that are ticked or sent; before the first, those of the answer."""
        shown = self.turn.course.view.get(self.part, self.before)
        return tuple(shown.split("\n")) if shown else ()

    def set(self, ids: Sequence[str]) -> None:
        self.turn.course.view[self.part] = "\n".join(ids)


# -- taking an answer --


def fill(form: Form[T], part: str, turn: T, said: Said) -> bool:
    """Take what was said for the asked field, or for all at once. False where it only set something on the screen."""
    if isinstance(said, Filled):
        read = {one.id: _sent(one, turn, f"{form.id}.{one.id}", said) for one in form.fields}
        answers = {f"{form.id}.{id}": answer for id, answer in read.items()}
    else:
        answer = _answer(Asked(form.field_at(part), part, turn), said)
        if answer is None:
            return False
        answers = {part: answer}
    turn.answers.update(answers)
    for one in answers:
        turn.course.view.pop(one, None)
    return True


def files_wanted(form: Form[T], part: str, turn: T) -> frozenset[FileKind]:
    """Which files would be an answer here; a long text may come as one, where the messenger's reader offers it."""
    asked = Asked(form.field_at(part), part, turn)
    match asked.field.kind:
        case FieldKind.PHOTOS if len(asked.set_now) < asked.field.most_photos:
            return frozenset({FileKind.PICTURE})
        case FieldKind.TEXT:
            return frozenset({FileKind.TEXT})
        case _:
            return NO_FILE


def _answer(asked: Asked[T], said: Said) -> str | None:
    """The field's answer; None where something was only set. Raises the refusal that it meets, or Misread."""
    field, turn = asked.field, asked.turn
    match said:
        case Pressed(data):
            return _pressed(asked, data.partition(":")[2])
        case Typed(text) if field.kind in _TICKED:
            return _ticked_by_words(asked, text)
        case Typed(text):
            answer = read_typed(field, turn, text)
            if field.kind is FieldKind.DATE:
                turn.talk.notice = say("date-noted", day=answer_words(field, turn, answer))
            return answer
        case SentText(text) if field.kind is FieldKind.TEXT:
            return field.read(turn, text)  # of any length: a file is sent for what is too long to be typed
        case UnusableText(reason) if field.kind is FieldKind.TEXT:
            raise TextUnusable(hint=reason)
        case SharedPhone(phone, own) if field.kind is FieldKind.PHONE:
            if not own:
                raise Misread(key="not-your-number")
            return field.read(turn, phone if phone.startswith("+") else f"+{phone}")
        case SentPhoto() | UnusablePhoto() | Unreadable("photo" | "document") if field.kind is FieldKind.PHOTOS:
            return _photo(asked, said)
        case _:
            raise field.misread()


def _pressed(asked: Asked[T], choice: str) -> str | None:
    """A button is stale or forged if it names what is not offered now."""
    field, turn = asked.field, asked.turn
    deed, _, id = choice.partition(".")
    offered = field.suggestions(turn)
    if choice == SKIP and asked.is_optional:
        return _done(asked, ())
    if choice == KEEP and asked.before:
        return asked.before
    if choice.startswith("use") and choice[3:].isdecimal() and int(choice[3:]) < len(offered):
        return read_typed(field, turn, offered[int(choice[3:])])
    if field.kind in _TICKED:
        return _set_by_button(asked, deed, id)
    if deed == "pick" and field.kind in _CHOSEN:
        return read_sent(field, turn, id)
    raise field.misread()


# -- ticks and pictures --


def _set_by_button(asked: Asked[T], deed: str, id: str) -> str | None:
    """A button carries what it sets, so that a double tap sets it once."""
    ids = asked.set_now
    if deed == DONE and ids:
        return _done(asked, ids)
    if asked.field.kind is FieldKind.PHOTOS:
        if deed == "remove" and ids and ids[-1] == id:
            return _remove(asked, id)
    elif deed in {"on", "off"} and any(one.id == id for one in asked.field.choices(asked.turn)):
        return _tick(asked, {id}, on=deed == "on")
    raise asked.field.misread()


def _ticked_by_words(asked: Asked[T], text: str) -> str | None:
    """Labels tick what they name; "done" is the answer."""
    said = text.strip(" .!").casefold()
    if said in asked.turn.words.alternatives("typed-done", asked.turn.language) and asked.set_now:
        return _done(asked, asked.set_now)
    if asked.field.kind is FieldKind.PHOTOS:
        raise asked.field.misread()
    return _tick(asked, set(ids_typed(asked.field, asked.turn, text)), on=True)


def _tick(asked: Asked[T], ids: set[str], *, on: bool) -> None:
    ticked = {*asked.set_now, *ids} if on else {*asked.set_now} - ids
    asked.set([one.id for one in asked.field.choices(asked.turn) if one.id in ticked])


def _photo(asked: Asked[T], said: SentPhoto | UnusablePhoto | Unreadable) -> None:
    if len(asked.set_now) >= asked.field.most_photos:
        raise TooManyPhotos(most=asked.field.most_photos)
    match said:
        case SentPhoto(picture):
            asked.set((*asked.set_now, asked.field.keep_photo(asked.turn, picture, asked.set_now)))
        case UnusablePhoto(reason):
            raise PhotoUnusable(hint=reason)
        case Unreadable():
            raise asked.field.misread()


def _remove(asked: Asked[T], id: str) -> None:
    """Take the last picture back. One of an answer that still stands is dropped only when there is another answer."""
    asked.set(asked.set_now[:-1])
    if id not in asked.before.split("\n"):
        asked.field.drop_photo(asked.turn, id)


def _done(asked: Asked[T], ids: Sequence[str]) -> str:
    """The answer that the ids are, once pictures that are not among them are dropped."""
    if asked.field.kind is FieldKind.PHOTOS:
        for id in dict.fromkeys((*asked.before.split("\n"), *asked.set_now)):
            if id and id not in ids:
                asked.field.drop_photo(asked.turn, id)
        return "\n".join(ids)
    return read_sent(asked.field, asked.turn, "\n".join(ids)) if ids else ""


def _sent(field: Field[T], turn: T, part: str, said: Filled) -> str:
    """One field of a form that came whole. Pictures come as such; without new ones those from before stay."""
    asked = Asked(field, part, turn)
    value = said.fields.get(field.id, "")
    if field.kind is FieldKind.PHOTOS:
        return _sent_photos(asked, said.pictures.get(field.id, ()))
    return "" if asked.is_optional and not shows_something(value) else read_sent(field, turn, value)


def _sent_photos(asked: Asked[T], pictures: Sequence[bytes]) -> str:
    if len(pictures) > asked.field.most_photos:
        raise TooManyPhotos(most=asked.field.most_photos)
    sent: list[str] = []
    for one in pictures:
        sent.append(asked.field.keep_photo(asked.turn, one, sent))
    ids = sent or asked.set_now
    if not ids and not asked.is_optional:
        raise asked.field.misread()
    return _done(asked, ids)
