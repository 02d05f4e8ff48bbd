"""A studio's questions, as one form: while booking, or once it is made (B6, F5)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from conversations.booking.facts import BookingTurn
from conversations.fields import Field, answer_words
from conversations.forms import Form
from conversations.screens import FieldKind, Line, Option, Say, say
from conversations.talk import Answer
from core.booking.booking import Booking
from core.booking.refusals import HoldOver
from core.paperwork.questionnaire import Kind, Question, Questionnaire

SECTION = "questions"
_ENDS = ("?", ".", "!", ":", "…", "؟", ";", "？")  # what needs no colon before its answer
SHOWN = 120  # characters of an answer on the review card
_KINDS = {
    Kind.SHORT: FieldKind.LINE,
    Kind.LONG: FieldKind.TEXT,
    Kind.ONE: FieldKind.CHOICE,
    Kind.SEVERAL: FieldKind.CHOICES,
    Kind.YES_NO: FieldKind.YES_NO,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.PHOTO: FieldKind.PHOTOS,
}
_CHOICES = frozenset({Kind.ONE, Kind.SEVERAL})

#: The booking that is answered for, as it is now.
Of = Callable[[BookingTurn], Booking | None]


def questions_form(questionnaire: Questionnaire, of: Of, known: Mapping[str, str] | None) -> Form[BookingTurn]:
    """Ask the questionnaire for the booking; `known` is what was answered to it before."""
    return Form(
        id=_id(questionnaire),
        section=SECTION,
        title="form-questions",
        fields=tuple(_field(questionnaire, question, of) for question in questionnaire.questions),
        accept=lambda turn, values: _accept(turn, questionnaire, of, values),
        known=lambda turn: _remember(turn, questionnaire, known),
        enter=lambda turn: _clear(turn, questionnaire, of),
    )


def _id(questionnaire: Questionnaire) -> str:
    """Another version asks other questions, so that no answer to the old ones is taken for one to these."""
    return f"questions.{questionnaire.id}.{questionnaire.version}"


def _part(questionnaire: Questionnaire, question: Question) -> str:
    return f"{_id(questionnaire)}.{question.id}"


def _field(questionnaire: Questionnaire, question: Question, of: Of) -> Field[BookingTurn]:
    edition = questionnaire.edition

    def keep(turn: BookingTurn, photo: bytes, beside: Sequence[str]) -> str:
        return turn.desk.keep_photo(_booking(turn, of).id, edition, question.id, photo, beside)

    def drop(turn: BookingTurn, photo: str) -> None:
        turn.desk.drop_photo(_booking(turn, of).id, photo)

    return Field(
        id=question.id,
        kind=_KINDS[question.kind],
        label=say("as-written", text=question.text),
        ask=lambda _: say("as-written", text=question.text),
        options=lambda _: _options(question),
        required=lambda _: question.required,
        keep_photo=keep,
        drop_photo=drop,
    )


def _options(question: Question) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", say("as-written", text=text)) for number, text in enumerate(question.options))


def _booking(turn: BookingTurn, of: Of) -> Booking:
    booking = of(turn)
    if booking is None:
        raise HoldOver
    return booking


def _accept(turn: BookingTurn, questionnaire: Questionnaire, of: Of, values: dict[str, str]) -> Answer:
    given = {
        question.id: _kept(question, values[question.id])
        for question in questionnaire.questions
        if values.get(question.id)
    }
    booking = _booking(turn, of)
    if _photo_questions(questionnaire):
        given = _still_there(questionnaire, given, turn.desk.photos_kept(booking))
    booking = turn.desk.answer(booking.id, questionnaire.edition, given, list(_held(turn, questionnaire)))
    turn.facts.forget(booking)
    return True


def _remember(turn: BookingTurn, questionnaire: Questionnaire, known: Mapping[str, str] | None) -> Answer:
    """What was answered is answered; each answer is there to be kept or changed.

    Photos are forgotten some day: where some were required, that question alone is open again.
    """
    if known is None:
        return None
    gone = [one for one in questionnaire.questions if one.required and one.id not in known]
    for question in questionnaire.questions:
        if question in gone:
            continue
        part = _part(questionnaire, question)
        turn.answers.setdefault(part, _as_ids(question, known.get(question.id, "")))
    return None if gone else True


def _clear(turn: BookingTurn, questionnaire: Questionnaire, of: Of) -> None:
    """Whoever comes to the questions has sent only what the form names: what was left behind before is forgotten."""
    booking = of(turn)
    if booking is not None and _photo_questions(questionnaire):
        turn.desk.clear_photos(booking.id, list(_held(turn, questionnaire)))


def _held(turn: BookingTurn, questionnaire: Questionnaire) -> Iterator[str]:
    """The photos that the form names: those of its answers, and those that were sent and are no answer yet."""
    for question in _photo_questions(questionnaire):
        part = _part(questionnaire, question)
        yield from turn.text(part).split("\n")
        yield from turn.course.view.get(part, "").split("\n")


def _photo_questions(questionnaire: Questionnaire) -> Sequence[Question]:
    return [question for question in questionnaire.questions if question.kind is Kind.PHOTO]


def _still_there(questionnaire: Questionnaire, given: Mapping[str, str], kept: Collection[str]) -> dict[str, str]:
    """What is given without photos that were forgotten while the form waited."""
    left = dict(given)
    for question in _photo_questions(questionnaire):
        if question.id in left:
            left[question.id] = "\n".join(name for name in left[question.id].split("\n") if name in kept)
    return left


def _kept(question: Question, value: str) -> str:
    """Options by what they say: that is what the studio reads, whatever becomes of the questionnaire."""
    if question.kind not in _CHOICES:
        return value
    return "\n".join(question.options[int(one[1:])] for one in value.split("\n"))


def _as_ids(question: Question, value: str) -> str:
    if question.kind not in _CHOICES or not value:
        return value
    return "\n".join(f"o{question.options.index(one)}" for one in value.split("\n"))


# -- saying back --


def answer_lines(turn: BookingTurn, questionnaire: Questionnaire, values: Mapping[str, str]) -> tuple[Line, ...]:
    """Each question that was answered with its answer, in a line."""
    given = [question for question in questionnaire.questions if question.id in values]
    return tuple(
        Line(
            say(
                "answered" if question.text.endswith(_ENDS) else "answered-plainly",
                question=question.text,
                answer=_words_of(turn, questionnaire, question, values),
            )
        )
        for question in given
    )


def _words_of(turn: BookingTurn, questionnaire: Questionnaire, question: Question, values: Mapping[str, str]) -> Say:
    """A long answer is cut short: the card shows that it is there, and who wrote it knows the rest."""
    value = values[question.id]
    if question.kind in {Kind.SHORT, Kind.LONG}:
        return say("as-written", text=value if len(value) <= SHOWN else f"{value[:SHOWN].rstrip()}…")
    field = _field(questionnaire, question, lambda turn: turn.facts.live)
    return answer_words(field, turn, _as_ids(question, value))
