"""The list of a questionnaire's questions: another one, another order, without one (B6)."""

from typing import Final

from conversations.engine import Step, change
from conversations.screens import Button, Choose, Line, Look, Screen, Style, say
from conversations.studio.questionnaire_steps import LINES_PART, begin_question, drafted, redraft
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_questions import lines_of
from conversations.talk import Answer
from conversations.turn import Misread
from core.paperwork.questionnaire import MOST_QUESTIONS, Question

_ID: Final = "questions_list"
_PICKED: Final = "questions_picked"  # in the course's view: which one the arrows move
_IN_A_ROW: Final = 5
_STEP: Final = {"up": -1, "down": 1}


def _show(turn: StudioTurn) -> Screen:
    every, at = drafted(turn), _picked(turn)
    return Screen(
        lines=(
            Line(say("questions-list", count=len(every)), Look.TITLE),
            *(_line(number, one, picked=number == at) for number, one in enumerate(every)),
            *((Line(say("questions-tap"), gap=True),) if every and at is None else ()),
        ),
        rows=(*_numbers(len(every), at), *_moves(len(every), at), *_ways_on(every)),
    )


def _line(number: int, one: Question, *, picked: bool) -> Line:
    key = "questions-list-picked" if picked else "questions-list-line"
    return Line(say(key, number=number + 1, question=lines_of([one])))


def _numbers(count: int, at: int | None) -> tuple[tuple[Button, ...], ...]:
    keys = ["button-number-picked" if place == at else "button-number" for place in range(count)]
    every = [Button(say(key, number=place + 1), Choose(f"pick.{place}")) for place, key in enumerate(keys)]
    return tuple(tuple(every[start : start + _IN_A_ROW]) for start in range(0, count, _IN_A_ROW))


def _moves(count: int, at: int | None) -> tuple[tuple[Button, ...], ...]:
    if at is None:
        return ()
    arrows = (
        *((Button(say("button-up"), Choose(f"up.{at}")),) if at else ()),
        *((Button(say("button-down"), Choose(f"down.{at}")),) if at + 1 < count else ()),
    )
    deeds = (
        Button(say("button-change-question", number=at + 1), Choose(f"edit.{at}")),
        Button(say("button-remove-question", number=at + 1), Choose(f"drop.{at}")),
    )
    return (*((arrows,) if arrows else ()), deeds)


def _ways_on(every: list[Question]) -> tuple[tuple[Button, ...], ...]:
    add = Button(say("button-another-question" if every else "button-first-question"), Choose("add"))
    return (
        *(((Button(say("button-questions-done"), Choose("done"), Style.PRIMARY),),) if every else ()),
        *(((add,),) if len(every) < MOST_QUESTIONS else ()),
        (Button(say("button-write-all"), Choose("anew")),),
    )


def _picked(turn: StudioTurn) -> int | None:
    kept = turn.course.view.get(_PICKED, "")
    return int(kept) if kept.isdecimal() and int(kept) < len(drafted(turn)) else None


def _pick(turn: StudioTurn, choice: str) -> bool:
    """Tapping a number chooses it; tapping it once more lets it go."""
    deed, _, place = choice.partition(".")
    if deed != "pick" or not place.isdecimal():
        return False
    turn.course.view[_PICKED] = "" if f"{_picked(turn)}" == place else place
    return True


def _accept(turn: StudioTurn, choice: str) -> Answer:
    deed, _, place = choice.partition(".")
    every = drafted(turn)
    at = int(place) if place.isdecimal() and int(place) < len(every) else None
    match deed:
        case "done" if every:
            return True
        case "add":
            begin_question(turn, None)
        case "anew":
            change(turn, LINES_PART)
        case "edit" if at is not None:
            begin_question(turn, at)
        case "drop" if at is not None:
            del every[at]
            redraft(turn, every)
            turn.course.view.pop(_PICKED, None)
        case "up" | "down" if at is not None and 0 <= at + _STEP[deed] < len(every):
            to = at + _STEP[deed]
            every[at], every[to] = every[to], every[at]
            redraft(turn, every)
            turn.course.view[_PICKED] = f"{to}"
        case _:
            raise Misread(key="questions-list")
    return None


LIST: Final[Step[StudioTurn]] = Step(id=_ID, words="questions-list", show=_show, accept=_accept, adjust=_pick)
