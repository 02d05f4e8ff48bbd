"""The day that a wizard is being told: lines that were typed, answers that were tapped, and what the last day lends.

All that was said is kept as it was said, with the moment from which "tomorrow" counts, and is read anew at every turn:
what is saved is what was shown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import reduce
from typing import Final

from conversations.studio.day_defaults import last_of, typist_of
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_clauses import TypedBreak
from conversations.studio.typed_day import Fact, Problem, TypedDay, missing_of, read_day_line
from conversations.talk import Answer
from conversations.typed_clocks import TypedClock
from conversations.typed_dates import read_when
from conversations.typed_moments import Ask, Exact, NotRead, Past, Reading, Typist, Unread, When, readings_of
from conversations.typed_numeric_days import Why
from core.minis.plan import Break, DayPlan

#: What was typed of the day, the newest first.
LINES: Final = "lines"
#: Which of several readings was chosen; a step.
READING: Final = "day_reading"
TOGETHER: Final = "together"
#: Steps.
START: Final = "day_start"
SPOTS: Final = "day_spots"
LENGTH: Final = "day_length"
GAP: Final = "day_gap"
BREAKS: Final = "day_breaks"
PLACE: Final = "day_place"
_MINUTE: Final = timedelta(minutes=1)
#: The answer that a newer line sets aside where it says the same.
_ANSWERED: Final = {
    Fact.START: START,
    Fact.SPOTS: SPOTS,
    Fact.DURATION: LENGTH,
    Fact.GAP: GAP,
    Fact.PLACE: PLACE,
    Fact.SAME_START: TOGETHER,
}


# -- what was said --


def draft_of(turn: StudioTurn) -> TypedDay:
    """The day as far as it was told."""
    lines = [read_line(turn, line) for line in lines_of(turn)]
    draft = reduce(over, lines) if lines else TypedDay(when=NotRead(Unread.NO_DAY))
    draft = _with_start(draft, turn)
    draft = _with_answers(draft, turn)
    return replace(draft, missing=missing_of(draft))


def lines_of(turn: StudioTurn) -> list[str]:
    kept = turn.answers.get(LINES)
    return kept if isinstance(kept, list) else []


def read_line(turn: StudioTurn, line: str) -> TypedDay:
    return read_day_line(line, day_typist(turn), last_of(turn))


def day_typist(turn: StudioTurn) -> Typist:
    """The typist at the moment the wizard began."""
    return typist_of(turn, datetime.fromisoformat(turn.course.subject["now"]))


def tell(turn: StudioTurn, line: str) -> None:
    """Keep a line that says something of the day: what it says holds, and for the rest what was said before."""
    said, before = read_line(turn, line), draft_of(turn)
    facts = facts_said(said)
    lines = lines_of(turn)
    if lines and (joined := _joined(turn, line, lines[0])):
        turn.answers[LINES] = [joined, *lines[1:]]
    else:
        turn.answers[LINES] = [line, *lines]
    for fact in facts & _ANSWERED.keys():
        turn.answers.pop(_ANSWERED[fact], None)
    if said.breaks:
        turn.answers.pop(BREAKS, None)
    if Fact.DATE in facts:
        turn.answers.pop(READING, None)
        if Fact.START not in facts | before.defaults and (clock := _clock_of(before)):
            turn.answers[START] = f"{clock:%H:%M}"


def _clock_of(draft: TypedDay) -> time | None:
    """The time that was said, even of a day that is past."""
    readings = (draft.when.reading,) if isinstance(draft.when, Past) else readings_of(draft.when)
    return next((reading.clock for reading in readings), None)


def facts_said(draft: TypedDay) -> frozenset[Fact]:
    """What a line says by itself, rather than the last day for it."""
    there = {
        Fact.DATE: bool(readings_of(draft.when)),
        Fact.START: any(reading.clock for reading in readings_of(draft.when)),
        Fact.SPOTS: draft.spots is not None or draft.until is not None,
        Fact.DURATION: draft.duration is not None,
        Fact.GAP: bool(draft.gap),
        Fact.PLACE: bool(draft.place),
        Fact.SAME_START: draft.same_start,
    }
    return frozenset(fact for fact, is_there in there.items() if is_there and fact not in draft.defaults)


def over(first: TypedDay, behind: TypedDay) -> TypedDay:
    """Two lines about one day: what the first one does not say, the one behind it does."""
    said = facts_said(first)
    lent = {fact for fact in first.defaults if fact not in facts_said(behind)}
    lent |= {fact for fact in behind.defaults if fact not in said}
    spots = first if Fact.SPOTS in said else behind
    return replace(
        behind,
        when=first.when if Fact.DATE in said or not readings_of(behind.when) else behind.when,
        spots=spots.spots,
        until=spots.until,
        duration=first.duration if Fact.DURATION in said else behind.duration,
        gap=first.gap if Fact.GAP in said else behind.gap,
        breaks=first.breaks or behind.breaks,
        same_start=first.same_start or behind.same_start,
        place=first.place if Fact.PLACE in said else behind.place,
        defaults=frozenset(lent),
        unclear=(*first.unclear, *behind.unclear),
        not_understood=tuple(dict.fromkeys((*first.not_understood, *behind.not_understood))),
    )


def _joined(turn: StudioTurn, line: str, behind: str) -> str | None:
    """Both as one line, where the older one only lacks its day: "Saturday", and before it "9am 10 spots"."""
    if readings_of(read_line(turn, behind).when):
        return None
    alone, both = read_line(turn, line), read_line(turn, joined := f"{line} {behind}")
    lost = len(both.not_understood) > len(alone.not_understood) + len(read_line(turn, behind).not_understood)
    return None if lost or not readings_of(both.when) else joined


# -- the time --


def _with_start(draft: TypedDay, turn: StudioTurn) -> TypedDay:
    text = turn.text(START)
    if text:
        draft = replace(draft, when=starting(turn, draft.when, text), defaults=draft.defaults - {Fact.START})
    chosen = chosen_reading(turn, draft.when)
    if chosen is None or not isinstance(draft.when, Ask):
        return draft
    others = tuple(one for one in draft.when.readings if one != chosen)
    return replace(draft, when=replace(draft.when, readings=(chosen, *others)))


def starting(turn: StudioTurn, when: When, text: str) -> When:
    """Each day that it may be, at the time that the text names."""
    typist = day_typist(turn)
    days = dict.fromkeys(reading.date for reading in readings_of(when))
    found = [read_when(text, typist, on=day) for day in days]
    readings = tuple(dict.fromkeys(reading for one in found for reading in readings_of(one)))
    if not readings:
        return found[0] if found else NotRead(Unread.NO_DAY)
    asked = [one.why for one in (when, *found) if isinstance(one, Ask)]
    why = frozenset[Why]().union(*asked)
    return Ask(readings, why) if asked else Exact(readings[0])


def chosen_reading(turn: StudioTurn, when: When) -> Reading | None:
    """The reading that a button chose, if it is still one of them."""
    return next((one for one in readings_of(when) if reading_key(one) == turn.text(READING)), None)


def reading_key(reading: Reading) -> str:
    """What a button carries: "2026-11-28 09:00", with which of two equal times it is behind it."""
    clock = f" {reading.clock:%H:%M}" if reading.clock else ""
    return f"{reading.date}{clock}" + ("" if reading.fold is None else f" {reading.fold}")


# -- what was tapped --


def _with_answers(draft: TypedDay, turn: StudioTurn) -> TypedDay:
    """What was answered step by step stands before what was typed in a line."""
    answers = turn.answers
    if TOGETHER in answers and bool(answers[TOGETHER]) != draft.same_start:
        draft = _regrouped(draft)
    if (spots := answers.get(SPOTS)) is not None:
        draft = replace(draft, spots=_number(spots), until=None, defaults=draft.defaults - {Fact.SPOTS})
    if (minutes := answers.get(LENGTH)) is not None:
        draft = replace(draft, duration=_number(minutes) * _MINUTE, defaults=draft.defaults - {Fact.DURATION})
    if (gap := answers.get(GAP)) is not None and not draft.same_start:
        draft = replace(draft, gap=_number(gap) * _MINUTE, defaults=draft.defaults - {Fact.GAP})
    if isinstance(kept := answers.get(BREAKS), list):
        draft = replace(draft, breaks=() if draft.same_start else tuple(_break_of(one) for one in kept))
    if PLACE in answers:
        draft = replace(draft, place=turn.text(PLACE), defaults=draft.defaults - {Fact.PLACE})
    return draft


def _regrouped(draft: TypedDay) -> TypedDay:
    """From spots one after another to places that begin together, or back: what was counted was the other kind."""
    return replace(
        draft,
        same_start=not draft.same_start,
        spots=None,
        until=None,
        duration=None if Fact.DURATION in draft.defaults else draft.duration,
        gap=timedelta(0),
        breaks=(),
        defaults=draft.defaults & {Fact.START, Fact.PLACE},
    )


def break_key(pause: Break) -> str:
    """As it is kept: "12:00+60"."""
    return f"{pause.at:%H:%M}+{pause.length // _MINUTE}"


def _break_of(key: str) -> TypedBreak:
    clock, _, minutes = key.partition("+")
    at = time.fromisoformat(clock)
    return TypedBreak(at=TypedClock(at.hour, at.minute), length=int(minutes) * _MINUTE)


def _number(answer: Answer) -> int:
    return answer if isinstance(answer, int) else 0


# -- the plan --


def reading_of(draft: TypedDay) -> Reading:
    """The likelier reading; nothing may be missing."""
    return readings_of(draft.when)[0]


def other_readings(draft: TypedDay) -> Sequence[Reading]:
    return readings_of(draft.when)[1:]


def plan_of(turn: StudioTurn, draft: TypedDay) -> DayPlan | Problem:
    """The plan of the likelier reading. Raises what `TypedDay.plan` raises."""
    return draft.plan(reading_of(draft), turn.studio.zone)
