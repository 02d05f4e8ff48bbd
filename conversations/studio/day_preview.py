"""The preview of a day to be: every spot, whatever was lent, overlapped or not understood; and then it is saved.

Nothing that was typed is dropped silently: what was not understood is asked about first. Another reading of the date
stands on a button (DECISIONS 38).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from conversations.engine import Step, change, refusal_words
from conversations.screens import Button, Choose, Clock, Line, Look, Say, Screen, Style, lines, say
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
    other_readings,
    plan_of,
    read_line,
    reading_key,
    reading_of,
    tell,
)
from conversations.studio.day_questions import CLOCKS, noon, take_start, whys
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_day import Fact, Problem, TypedDay
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_dates import read_when
from conversations.typed_moments import Ask, Exact, Past, Reading, readings_of
from conversations.words import city
from core.minis.mini import MiniState
from core.minis.overlapping import Overlap
from core.minis.plan import Break, DayPlan, PlannedSpot, Span, StartIsPast, check_future, shoot_ends, spots_of
from core.values.moments import StartDoesNotExist, StartExistsTwice, aware, instant, local
from core.values.refusals import Refusal

#: What was not understood, once the photographer was told.
_TOLD: Final = "told"
_MOST_OTHERS: Final = 3
_EDITS: Final = {
    "spots": (SPOTS,),
    "spacing": (LENGTH, GAP),
    "length": (LENGTH,),
    "break": (BREAKS,),
    "place": (PLACE,),
    "start": (START,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """What the draft comes to: a plan with its spots, or why there is none."""

    plan: DayPlan | None = None
    spots: Sequence[PlannedSpot] = ()
    overlaps: Sequence[Overlap] = ()
    wrong: Say | None = None
    #: What was not understood, and nobody was told yet.
    untold: tuple[str, ...] = field(default=())


def _planned(turn: StudioTurn, draft: TypedDay) -> _Planned:
    told = turn.text(_TOLD).split("\n")
    untold = tuple(one for one in draft.not_understood if one not in told)
    try:
        plan = plan_of(turn, draft)
        if isinstance(plan, Problem):
            return _Planned(wrong=say(f"day-problem-{plan.replace('_', '-')}"), untold=untold)
        spots = spots_of(plan, turn.studio.zone)
        check_future(plan, turn.desk.now, turn.studio.zone)
    except (StartDoesNotExist, StartExistsTwice):  # of a break: the start was asked about
        return _Planned(wrong=say("day-break-clock"), untold=untold)
    except Refusal as refusal:
        return _Planned(wrong=refusal_words(refusal), untold=untold)
    return _Planned(plan=plan, spots=spots, overlaps=turn.desk.overlaps(plan), untold=untold)


# -- showing --


def _show(turn: StudioTurn) -> Screen:
    draft = draft_of(turn)
    planned = _planned(turn, draft)
    return Screen(
        lines=(*_head(turn, draft), *_body(turn, draft, planned), *_questions(turn, draft, planned)),
        rows=tuple(row for row in _rows(turn, draft, planned) if row),
    )


def _head(turn: StudioTurn, draft: TypedDay) -> Iterator[Line]:
    day = noon(turn, reading_of(draft).date, Clock.DAY_FULL)
    yield Line(say("day-new", title=turn.desk.mini(turn.course.subject["mini"]).title))
    yield Line(say("day-date", day=day, city=city(turn.studio.zone_name)), Look.TITLE)


def _body(turn: StudioTurn, draft: TypedDay, planned: _Planned) -> Iterator[Line]:
    plan, spots = planned.plan, planned.spots
    if plan is None:
        return
    if plan.same_start:
        (only,) = spots
        times = {"starts": turn.when(only.starts, Clock.TIME), "ends": turn.when(only.ends, Clock.TIME)}
        yield Line(say("day-class", seats=only.seats, **times))
    else:
        yield Line(say("day-spots", count=plan.spots, minutes=_minutes(plan.duration), gap=_minutes(plan.gap)))
        yield from (_break_line(turn, plan, one, spots) for one in plan.breaks)
        yield Line(say("day-times", times=_times(turn, plan, spots), ends=turn.when(shoot_ends(spots), Clock.TIME)))
    yield from _clocks_line(turn, spots)
    yield _place_line(turn, plan)
    if draft.defaults:
        yield Line(say("day-lent", what=_lent(turn, draft)))


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _break_line(turn: StudioTurn, plan: DayPlan, pause: Break, spots: Sequence[PlannedSpot]) -> Line:
    """The break, as it was told; one that no spot is pushed by says so."""
    begins = datetime.combine(plan.date, pause.at, turn.studio.zone)
    times = {"begins": turn.when(begins, Clock.TIME), "ends": turn.when(aware(begins) + pause.length, Clock.TIME)}
    within = spots[0].starts < aware(begins) < spots[-1].starts
    return Line(say("day-break" if within else "day-break-outside", **times))


def _times(turn: StudioTurn, plan: DayPlan, spots: Sequence[PlannedSpot]) -> str:
    """Every start, with a bar where a break is."""
    behind = {later.starts for one, later in pairwise(spots) if later.starts - one.ends > plan.gap}
    said = (("| " if one.starts in behind else "") + spoken(turn, one, Clock.BARE) for one in spots)
    return " ".join(said)


def _clocks_line(turn: StudioTurn, spots: Sequence[PlannedSpot]) -> Iterator[Line]:
    """Times are told apart where the clocks change between them."""
    first, last = (local(one, turn.studio.zone).tzname() or "" for one in (spots[0].starts, shoot_ends(spots)))
    if first != last:
        yield Line(say("day-clocks-change", first=first, last=last))


def spoken(turn: StudioTurn, spot: Span, clock: Clock = Clock.TIME) -> str:
    """A spot's start, as text."""
    return turn.words.phrase(say("a-time", time=turn.when(spot.starts, clock)), turn.language)


def _place_line(turn: StudioTurn, plan: DayPlan) -> Line:
    usual = turn.desk.mini(turn.course.subject["mini"]).place
    if plan.place:
        return Line(say("day-at", place=plan.place))
    return Line(say("day-at-usual", place=usual) if usual else say("day-at-none"))


def _lent(turn: StudioTurn, draft: TypedDay) -> tuple[str, ...]:
    facts = (say(f"fact-{one.replace('_', '-')}") for one in Fact if one in draft.defaults)
    return tuple(turn.words.phrase(one, turn.language) for one in facts)


def _questions(turn: StudioTurn, draft: TypedDay, planned: _Planned) -> tuple[Line, ...]:
    """What is to be looked at before it is saved; the question itself last."""
    return lines(*_doubts(turn, draft, planned), _last_line(turn, planned), gap=True)


def _doubts(turn: StudioTurn, draft: TypedDay, planned: _Planned) -> Iterator[Say]:
    if _others(draft):
        yield say("day-more-readings")
    elif isinstance(draft.when, Ask) and not whys(draft.when) & CLOCKS:
        yield say("day-is-that-right")
    for one in planned.overlaps:
        times = {"begins": turn.when(one.starts, Clock.TIME), "ends": turn.when(one.ends, Clock.TIME)}
        yield say("day-overlaps", title=one.title, **times)


def _others(draft: TypedDay) -> Sequence[Reading]:
    """Other readings to choose instead; those of the clocks' change were asked about before."""
    return () if whys(draft.when) & CLOCKS else other_readings(draft)


def _last_line(turn: StudioTurn, planned: _Planned) -> Say:
    if planned.wrong:
        return planned.wrong
    if planned.untold:
        words = tuple(turn.words.phrase(say("quoted", text=one), turn.language) for one in planned.untold)
        return say("day-not-read", words=words, start=turn.when(planned.spots[0].starts, Clock.TIME))
    draft = turn.desk.mini(turn.course.subject["mini"]).state is MiniState.DRAFT
    return say("day-not-public") if draft else say("day-public")


def _rows(turn: StudioTurn, draft: TypedDay, planned: _Planned) -> Iterator[tuple[Button, ...]]:
    if planned.wrong:
        yield (Button(say("button-change-start"), Choose("start")),)
    elif planned.untold:
        yield (
            Button(say("option-yes"), Choose("yes"), Style.PRIMARY),
            Button(say("button-change-start"), Choose("start")),
        )
    else:
        label = say("button-save-anyway") if planned.overlaps else say("button-save-day")
        yield (Button(label, Choose("anyway" if planned.overlaps else "save"), Style.PRIMARY),)
        yield from _later(turn, planned)
    yield from ((_instead(turn, one, draft),) for one in _others(draft)[:_MOST_OTHERS])
    together = draft.same_start
    yield (
        Button(say("button-fewer-more"), Choose("spots")),
        Button(say("button-length"), Choose("length"))
        if together
        else Button(say("button-length-gap"), Choose("spacing")),
    )
    yield (
        *(() if together else (Button(say("button-add-break"), Choose("break")),)),
        Button(say("button-place"), Choose("place")),
    )


def _later(turn: StudioTurn, planned: _Planned) -> Iterator[tuple[Button, ...]]:
    """To begin when what is in the way is over."""
    if not planned.overlaps or planned.plan is None:
        return
    ends = max(one.ends for one in planned.overlaps)
    if local(ends, turn.studio.zone).date() == planned.plan.date and ends > planned.spots[0].starts:
        yield (Button(say("button-start-at", time=turn.when(ends, Clock.TIME)), Choose("later")),)


def _instead(turn: StudioTurn, reading: Reading, draft: TypedDay) -> Button:
    """The other reading: its day, its time, or both, whichever is different."""
    first = reading_of(draft)
    choice = Choose(f"r.{reading_key(reading)}")
    day = noon(turn, reading.date, Clock.DAY if reading.date.year == first.date.year else Clock.DAY_YEAR)
    if reading.clock is None or reading.clock == first.clock:
        return Button(say("button-day-instead", day=day), choice)
    starts = instant(reading.date, reading.clock, turn.studio.zone, fold=reading.fold)
    at = turn.when(starts, Clock.TIME if reading.date == first.date else Clock.DAY_TIME)
    return Button(say("button-time-instead", time=at), choice)


# -- answering --


def _accept(turn: StudioTurn, choice: str) -> Answer:
    draft = draft_of(turn)
    kind, _, rest = choice.partition(".")
    if kind in _EDITS:
        change(turn, *_EDITS[kind])
    elif kind == "t":
        _correct(turn, rest, draft)
    elif kind == "r" and any(reading_key(one) == rest for one in _others(draft)):
        turn.answers[READING] = rest
    elif kind == "yes":
        turn.answers[_TOLD] = "\n".join(draft.not_understood)
    elif kind == "later":
        _begin_later(turn, _planned(turn, draft))
    elif kind in {"save", "anyway"}:
        return _save(turn, _planned(turn, draft), anyway=kind == "anyway")
    return None


def _correct(turn: StudioTurn, text: str, draft: TypedDay) -> None:
    """A typed line changes what it names: a time alone, or anything that /addday reads."""
    on = reading_of(draft).date
    alone = read_when(text, day_typist(turn), on=on)
    if isinstance(alone, Exact | Ask) and all(one.date == on and one.clock for one in readings_of(alone)):
        turn.answers[START] = take_start(turn, text)
        return
    said = read_line(turn, text)
    if isinstance(said.when, Past):
        raise StartIsPast(date=said.when.reading.date.isoformat(), time="")
    if not facts_said(said) and not said.breaks:
        raise Misread(key="day-save")
    tell(turn, text)


def _begin_later(turn: StudioTurn, planned: _Planned) -> None:
    if planned.overlaps:
        ends = local(max(one.ends for one in planned.overlaps), turn.studio.zone)
        turn.answers[START] = take_start(turn, f"{ends:%H:%M}")


def _save(turn: StudioTurn, planned: _Planned, *, anyway: bool) -> Answer:
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
    show=_show,
    accept=_accept,
    typed=lambda _turn, text: f"t.{text}",
    leaving="button-discard",
)
