"""What is answered to the preview of a day: it is changed, corrected by a typed line, told anew, or saved (C1, C2)."""

from typing import Final

from conversations.engine import Step, change
from conversations.screens import Clock, say
from conversations.studio.day_draft import (
    BREAKS,
    GAP,
    LENGTH,
    PLACE,
    READING,
    SPOTS,
    START,
    day_typist,
    draft_of,
    facts_said,
    read_line,
    reading_key,
    reading_of,
    tell,
)
from conversations.studio.day_preview import TOLD, Planned, others_of, planned_day, show_day_to_be
from conversations.studio.day_questions import noon, take_start
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_day import Fact, TypedDay
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_dates import read_when
from conversations.typed_moments import Ask, Exact, Past, readings_of
from core.minis.plan import StartIsPast
from core.values.moments import local

_EDITS: Final = {
    "spots": (SPOTS,),
    "spacing": (LENGTH, GAP),
    "length": (LENGTH,),
    "break": (BREAKS,),
    "place": (PLACE,),
    "start": (START,),
}


def _accept(turn: StudioTurn, choice: str) -> Answer:
    draft = draft_of(turn)
    kind, _, rest = choice.partition(".")
    if kind in _EDITS:
        change(turn, *_EDITS[kind])
    elif kind == "t":
        _correct(turn, rest, draft)
    elif kind == "r" and any(reading_key(one) == rest for one in others_of(draft)):
        turn.answers[READING] = rest
    elif kind == "yes":
        turn.answers[TOLD] = "\n".join(draft.not_understood)
    elif kind == "later":
        _begin_later(turn, planned_day(turn, draft))
    elif kind in {"save", "anyway"}:
        return _save(turn, planned_day(turn, draft), anyway=kind == "anyway")
    return None


def _correct(turn: StudioTurn, text: str, draft: TypedDay) -> None:
    """A typed line changes what it names: a time alone, or anything that /addday reads."""
    on = reading_of(draft).date
    alone = read_when(text, day_typist(turn), on=on)
    if isinstance(alone, Exact | Ask) and all(one.date == on and one.clock for one in readings_of(alone)):
        turn.answers[START] = take_start(turn, text)
        return
    said, dated = read_line(turn, text), f"{on.isoformat()} {text}"
    if not readings_of(said.when) and Fact.START in facts_said(of_day := read_line(turn, dated)):
        text, said = dated, of_day  # "11pm gap 5" names a time of this day
    if isinstance(said.when, Past):
        raise StartIsPast(date=said.when.reading.date.isoformat(), time="")
    if not facts_said(said) and not said.breaks:
        raise Misread(key="day-save")
    tell(turn, text)


def _begin_later(turn: StudioTurn, planned: Planned) -> None:
    if planned.overlaps:
        ends = local(max(one.ends for one in planned.overlaps), turn.studio.zone)
        turn.answers[START] = take_start(turn, f"{ends:%H:%M}")


def _save(turn: StudioTurn, planned: Planned, *, anyway: bool) -> Answer:
    """Save what was shown; a mini that came in the way meanwhile is shown first. Raises StartIsPast."""
    if planned.plan is None or planned.untold or (planned.overlaps and not anyway):
        return None
    day, spots = turn.desk.add_day(turn.course.subject["mini"], planned.plan)
    when, seats = noon(turn, day.date, Clock.DAY_FULL), spots[0].seats
    together = say("day-saved-class", day=when, seats=seats)
    turn.talk.notice = together if day.same_start else say("day-saved", day=when, count=len(spots))
    return day.id


SAVE: Final[Step[StudioTurn]] = Step(
    id="day_save",
    show=show_day_to_be,
    accept=_accept,
    typed=lambda _turn, text: f"t.{text}",
    leaving="button-discard",
)
