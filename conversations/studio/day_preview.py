"""The preview of a day to be: every spot, whatever was lent, overlapped or not understood; and then it is saved.

Nothing that was typed is dropped silently: what was not understood is asked about first. Another reading of the date
stands on a button (DECISIONS 38).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from conversations.engine import refusal_words
from conversations.screens import Button, Choose, Clock, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.day_defaults import had_break
from conversations.studio.day_draft import (
    draft_of,
    other_readings,
    plan_of,
    reading_key,
    reading_of,
)
from conversations.studio.day_questions import CLOCKS, noon, whys
from conversations.studio.shoot_days import phrases, spoken
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_day import Fact, Problem, TypedDay
from conversations.typed_moments import Ask, Reading
from conversations.words import city
from core.minis.mini import OVER, MiniState
from core.minis.overlapping import Overlap
from core.minis.plan import Break, DayPlan, PlannedSpot, check_future, shoot_ends, spots_of
from core.values.moments import StartDoesNotExist, StartExistsTwice, aware, instant, local
from core.values.refusals import Refusal

#: What was not understood, once the photographer was told.
TOLD: Final = "told"
_MOST_OTHERS: Final = 3
#: What ends at midnight is still of its day.
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the draft comes to: a plan with its spots, or why there is none."""

    plan: DayPlan | None = None
    spots: Sequence[PlannedSpot] = ()
    overlaps: Sequence[Overlap] = ()
    wrong: Say | None = None
    #: What was not understood, and nobody was told yet.
    untold: tuple[str, ...] = field(default=())


def planned_day(turn: StudioTurn, draft: TypedDay) -> Planned:
    told = turn.text(TOLD).split("\n")
    untold = tuple(one for one in draft.not_understood if one not in told)
    mini_id = turn.course.subject.get("mini")  # a whole mini in one line has none yet
    if mini_id and turn.desk.mini(mini_id).state in OVER:
        return Planned(wrong=say("day-mini-over"), untold=untold)
    try:
        plan = plan_of(turn, draft)
        if isinstance(plan, Problem):
            return Planned(wrong=say(f"day-problem-{plan.replace('_', '-')}"), untold=untold)
        spots = spots_of(plan, turn.studio.zone)
        check_future(plan, turn.desk.now, turn.studio.zone)
    except (StartDoesNotExist, StartExistsTwice):  # of a break: the start was asked about
        return Planned(wrong=say("day-break-clock"), untold=untold)
    except Refusal as refusal:
        return Planned(wrong=refusal_words(refusal), untold=untold)
    return Planned(plan=plan, spots=spots, overlaps=turn.desk.overlaps(plan), untold=untold)


# -- showing --


def show_day_to_be(turn: StudioTurn) -> Screen:
    draft = draft_of(turn)
    planned = planned_day(turn, draft)
    return Screen(
        lines=(*_head(turn, draft), *_body(turn, draft, planned), *_questions(turn, draft, planned)),
        rows=tuple(row for row in _rows(turn, draft, planned) if row),
    )


def _head(turn: StudioTurn, draft: TypedDay) -> Iterator[Line]:
    yield Line(say("day-new", title=turn.desk.mini(turn.course.subject["mini"]).title))
    yield Line(date_words(turn, draft), Look.TITLE)


def date_words(turn: StudioTurn, draft: TypedDay) -> Say:
    """The date in full, and whose clocks are meant (C2)."""
    day = noon(turn, reading_of(draft).date, Clock.DAY_FULL)
    return say("day-date", day=day, city=city(turn.studio.zone_name))


def _body(turn: StudioTurn, draft: TypedDay, planned: Planned) -> Iterator[Line]:
    if planned.plan is None:
        return
    yield from spots_lines(turn, planned.plan, planned.spots)
    yield _place_line(turn, planned.plan)
    if draft.defaults:
        unlike = had_break(turn) and not draft.breaks and not draft.same_start
        yield Line(say("day-lent-no-break" if unlike else "day-lent", what=_lent(turn, draft)))


def spots_lines(turn: StudioTurn, plan: DayPlan, spots: Sequence[PlannedSpot]) -> Iterator[Line]:
    """Every spot with its breaks, and when the last is over."""
    if plan.same_start:
        (only,) = spots
        times = {"starts": turn.when(only.starts, Clock.TIME), "ends": turn.when(only.ends, Clock.TIME)}
        yield Line(say("day-class", seats=only.seats, **times))
    else:
        yield Line(say("day-spots", count=plan.spots, minutes=_minutes(plan.duration), gap=_minutes(plan.gap)))
        yield from (_break_line(turn, plan, one, spots) for one in plan.breaks)
        yield Line(say("day-times", times=_times(turn, plan, spots), ends=turn.when(shoot_ends(spots), Clock.TIME)))
    if local(shoot_ends(spots) - _MOMENT, turn.studio.zone).date() > plan.date:
        yield Line(say("day-past-midnight"))
    yield from _clocks_line(turn, spots)


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


def _place_line(turn: StudioTurn, plan: DayPlan) -> Line:
    usual = turn.desk.mini(turn.course.subject["mini"]).place
    if plan.place:
        return Line(say("day-at", place=plan.place))
    return Line(say("day-at-usual", place=usual) if usual else say("day-at-none"))


def _lent(turn: StudioTurn, draft: TypedDay) -> tuple[str, ...]:
    return phrases(turn, (say(f"fact-{one.replace('_', '-')}") for one in Fact if one in draft.defaults))


def _questions(turn: StudioTurn, draft: TypedDay, planned: Planned) -> tuple[Line, ...]:
    """What is to be looked at before it is saved; the question itself last."""
    return lines(*doubts(turn, draft, planned), _last_line(turn, planned), gap=True)


def doubts(turn: StudioTurn, draft: TypedDay, planned: Planned) -> Iterator[Say]:
    if others_of(draft):
        yield say("day-more-readings")
    elif isinstance(draft.when, Ask) and not whys(draft.when) & CLOCKS:
        yield say("day-is-that-right")
    for one in planned.overlaps:
        times = {"begins": turn.when(one.starts, Clock.TIME), "ends": turn.when(one.ends, Clock.TIME)}
        yield say("day-overlaps", title=one.title, **times)


def others_of(draft: TypedDay) -> Sequence[Reading]:
    """Other readings to choose instead; those of the clocks' change were asked about before."""
    return () if whys(draft.when) & CLOCKS else other_readings(draft)


def _last_line(turn: StudioTurn, planned: Planned) -> Say:
    if planned.wrong:
        return planned.wrong
    if planned.untold:
        words = phrases(turn, (say("quoted", text=one) for one in planned.untold))
        return say("day-not-read", words=words, start=turn.when(planned.spots[0].starts, Clock.TIME))
    mini = turn.desk.mini(turn.course.subject["mini"])
    if mini.state is MiniState.DRAFT:
        return say("day-not-public")
    return say("day-paused") if mini.paused else say("day-public")


def _rows(turn: StudioTurn, draft: TypedDay, planned: Planned) -> Iterator[tuple[Button, ...]]:
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
    yield from ((instead(turn, one, draft),) for one in others_of(draft)[:_MOST_OTHERS])
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


def _later(turn: StudioTurn, planned: Planned) -> Iterator[tuple[Button, ...]]:
    """To begin when what is in the way is over."""
    if not planned.overlaps or planned.plan is None:
        return
    ends = max(one.ends for one in planned.overlaps)
    if local(ends, turn.studio.zone).date() == planned.plan.date and ends > planned.spots[0].starts:
        yield (Button(say("button-start-at", time=turn.when(ends, Clock.TIME)), Choose("later")),)


def instead(turn: StudioTurn, reading: Reading, draft: TypedDay) -> Button:
    """The other reading: its day, its time, or both, whichever is different."""
    first = reading_of(draft)
    choice = Choose(f"r.{reading_key(reading)}")
    day = noon(turn, reading.date, Clock.DAY if reading.date.year == first.date.year else Clock.DAY_YEAR)
    if reading.clock is None or reading.clock == first.clock:
        return Button(say("button-day-instead", day=day), choice)
    starts = instant(reading.date, reading.clock, turn.studio.zone, fold=reading.fold)
    at = turn.when(starts, Clock.TIME if reading.date == first.date else Clock.DAY_TIME)
    return Button(say("button-time-instead", time=at), choice)
