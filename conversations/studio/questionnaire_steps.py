"""How questions are written: all in one message, a question a line, or one after the other with buttons (B6).

Either way the draft is those lines, so that what was built with buttons can be written on by hand.
"""

from collections.abc import Callable, Iterator
from typing import Final

from conversations.engine import AnyStep, Step, reopen
from conversations.fields import NO, YES, Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Option, Screen, Style, lines, say
from conversations.studio.overview import button
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_questions import Near, as_it_stands, corrected, lines_of, near_miss
from conversations.talk import Answer
from core.paperwork.questionnaire import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    Kind,
    Question,
    QuestionUnreadable,
    TooManyQuestions,
    read_questions,
)
from core.values.refusals import Refusal

LINES_PART: Final = "questions_lines.lines"
#: In the course's subject: the list of questions is open; and the place of the one that is written, "new" behind all.
LISTING: Final = "listing"
AT: Final = "at"
_NEW: Final = "new"
_CHOICES: Final = frozenset({Kind.ONE, Kind.SEVERAL})


class AskedAlready(Refusal):
    """A questionnaire asks nothing twice. Facts: number, the place of the question that asks it."""


class OptionsUnfit(Refusal):
    """A choice has two to twelve different options, each fit for a button. Facts: most; longest, in characters."""


# -- the draft --


def drafted(turn: StudioTurn) -> list[Question]:
    text = turn.text(LINES_PART)
    return list(read_questions(text)) if text else []


def redraft(turn: StudioTurn, questions: list[Question]) -> None:
    turn.answers[LINES_PART] = lines_of(questions)


def answers_to(text: str) -> dict[str, Answer]:
    """The answers of one whose lines are there. Raises QuestionUnreadable and TooManyQuestions."""
    return {LINES.id: True, LINES_PART: _read_lines(text)}


def _read_lines(text: str) -> str:
    """The lines in the form in which they are written back; as they are where one may be meant otherwise."""
    return text if near_miss(text) else lines_of(read_questions(text))


# -- all in one message --


def _ask_lines(turn: StudioTurn) -> str:
    return "questions-lines-anew" if turn.text(LINES_PART) else "questions-lines-ask"


def _one_by_one(turn: StudioTurn) -> tuple[Button, ...]:
    return () if turn.text(LINES_PART) else button(turn, say("button-one-by-one"), "questions_one_by_one", "")


LINES: Final[Form[StudioTurn]] = Form(
    id="questions_lines",
    title="title-questions",
    fields=(
        Field(
            id="lines",
            kind=FieldKind.TEXT,
            label=say("field-questions"),
            ask=lambda turn: say(_ask_lines(turn), lines=turn.text(LINES_PART)),
            read=lambda _, text: _read_lines(text),
            words="questions-lines",
        ),
    ),
    beside=_one_by_one,
)


def near_steps(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    """A step for the first line that may be meant otherwise; once it is answered, for the next one."""
    text = turn.text(LINES_PART)
    if near := near_miss(text) if text else None:
        yield Step(
            id=f"questions_near.{near.line}",
            words="questions-near",
            show=lambda _: _show_near(near),
            accept=lambda turn, choice: _take_near(turn, near, choice),
            typed=lambda _, text: text if "\n" in text else None,
        )


def _show_near(near: Near) -> Screen:
    return Screen(
        lines=lines(
            say("questions-near", line=near.line, written=near.written), say("questions-near-meant", meant=near.meant)
        ),
        rows=(
            (Button(say("button-near-yes"), Choose("yes"), Style.PRIMARY),),
            (Button(say("button-near-no"), Choose("no")),),
            (Button(say("button-write-anew"), Choose("anew")),),
        ),
    )


def _take_near(turn: StudioTurn, near: Near, choice: str) -> Answer:
    """Raises what is wrong with another line. The step goes with its line, so it keeps no answer."""
    text = turn.text(LINES_PART)
    if "\n" in choice:
        turn.answers[LINES_PART] = _read_lines(choice)  # typed once more, and mended so
    elif choice == "anew":
        reopen(turn, LINES_PART)
    elif choice in {"yes", "no"}:
        turn.answers[LINES_PART] = _read_lines(corrected(text, near) if choice == "yes" else as_it_stands(text, near))
    return None


# -- one after the other --


def begin_question(turn: StudioTurn, at: int | None) -> None:
    """Write the question of this place anew, or another one behind all. Raises TooManyQuestions."""
    every = drafted(turn)
    if at is None and len(every) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    turn.course.subject[AT] = _NEW if at is None else f"{at}"
    parts = [part for form in _QUESTION for part in (form.id, *form.parts)]
    turn.course.reopened = [part for part in turn.course.reopened if part not in parts]
    for part in parts:
        turn.answers.pop(part, None)
    if at is not None:
        turn.answers.update(_answers_of(every[at]))


def leave_question(turn: StudioTurn) -> None:
    """Back to the list, which stays as it was."""
    turn.course.subject.pop(AT, None)


def _answers_of(one: Question) -> dict[str, Answer]:
    """What each part holds. None of their forms is answered by it: each is asked, with this to be kept."""
    answers: dict[str, Answer] = {
        "question_text.text": one.text,
        "question_kind.kind": one.kind.name.lower(),
        "question_required.required": YES if one.required else NO,
    }
    if one.options:
        answers["question_options.options"] = "\n".join(one.options)
    return answers


def question_steps(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    """What is asked about the question that is written."""
    if AT not in turn.course.subject:
        return
    yield TEXT
    yield KIND
    if _kind(turn) in _CHOICES:
        yield OPTIONS
    yield REQUIRED


def _place(turn: StudioTurn) -> int:
    at = turn.course.subject.get(AT, _NEW)
    return len(drafted(turn)) if at == _NEW else int(at)


def _kind(turn: StudioTurn) -> Kind | None:
    name = turn.text("question_kind.kind").upper()
    return Kind[name] if name else None


def _read_question(turn: StudioTurn, text: str) -> str:
    """Raises AskedAlready, and what `read_questions` raises; kind and mark may be typed with it."""
    (read,) = read_questions(text)
    for number, other in enumerate(drafted(turn)):
        if number != _place(turn) and other.text.casefold() == read.text.casefold():
            raise AskedAlready(number=number + 1)
    return text


def _take_text(turn: StudioTurn, values: dict[str, str]) -> Answer:
    """The question itself; what was typed of its kind and mark needs not be asked."""
    (read,) = read_questions(values["text"])
    turn.answers["question_text.text"] = read.text
    if read.kind is not Kind.SHORT or read.required:
        turn.answers.update(_answers_of(read))
        _put_in(turn)
    return True


def _read_options(_turn: StudioTurn, text: str) -> str:
    """Raises OptionsUnfit where they cannot stand in a questionnaire's lines."""
    options = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    try:
        (read,) = read_questions(f"? [{' | '.join(options)}]")
    except QuestionUnreadable as refusal:
        raise OptionsUnfit(most=MOST_OPTIONS, longest=LONGEST_OPTION) from refusal
    if read.options != options:
        raise OptionsUnfit(most=MOST_OPTIONS, longest=LONGEST_OPTION)
    return "\n".join(options)


def _take_required(turn: StudioTurn, _values: dict[str, str]) -> Answer:
    _put_in(turn)
    return True


def _put_in(turn: StudioTurn) -> None:
    """The question is whole: it takes its place in the list."""
    kind = _kind(turn) or Kind.SHORT
    every, at = drafted(turn), _place(turn)
    every[at : at + 1] = [
        Question(
            id="",
            text=turn.text("question_text.text"),
            kind=kind,
            required=turn.text("question_required.required") == YES,
            options=tuple(turn.text("question_options.options").split("\n")) if kind in _CHOICES else (),
        )
    ]
    redraft(turn, every)
    del turn.course.subject[AT]


def _form(
    part: str,
    kind: FieldKind,
    words: str,
    accept: Callable[[StudioTurn, dict[str, str]], Answer] = lambda _turn, _values: True,
    read: Callable[[StudioTurn, str], str] = lambda _, text: text,
    options: tuple[Option, ...] = (),
    beside: Callable[[StudioTurn], tuple[Button, ...]] = lambda _: (),
) -> Form[StudioTurn]:
    """One part of a question, asked by itself."""
    field: Field[StudioTurn] = Field(
        id=part,
        kind=kind,
        label=say(f"field-question-{part}"),
        ask=lambda _: say(f"question-{part}-ask"),
        read=read,
        options=lambda _: options,
        words=words,
    )
    return Form(id=f"question_{part}", title="title-questions", fields=(field,), accept=accept, beside=beside)


def _to_list(turn: StudioTurn) -> tuple[Button, ...]:
    return button(turn, say("button-to-list"), "questions_list", "") if drafted(turn) else ()


_KINDS: Final = tuple(Option(kind.name.lower(), say(f"kind-{kind.name.lower()}".replace("_", "-"))) for kind in Kind)
TEXT: Final = _form("text", FieldKind.LINE, "question-text", _take_text, _read_question, beside=_to_list)
KIND: Final = _form("kind", FieldKind.CHOICE, "question-kind", options=_KINDS)
OPTIONS: Final = _form("options", FieldKind.TEXT, "question-options", read=_read_options)
REQUIRED: Final = _form("required", FieldKind.YES_NO, "question-required", _take_required)
_QUESTION: Final = (TEXT, KIND, OPTIONS, REQUIRED)
