"""What /addday asks of what is between the spots: the gap, and the breaks (C1, C3, C5)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from conversations.engine import Step
from conversations.screens import Button, Choose, Clock, Screen, lines, say
from conversations.studio.day_draft import BREAKS, GAP, break_key, draft_of, plan_of, reading_of
from conversations.studio.day_questions import in_rows, minute_buttons, typed_minutes
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_clauses import TypedBreak
from conversations.studio.typed_day import break_of
from conversations.studio.typed_pauses import AfterSpot, AtTime, Pause, read_pauses
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_clocks import TypedClock
from core.minis.plan import (
    GAP_LIMITS,
    Break,
    DayPlan,
    GapOutOfRange,
    PlannedSpot,
    Span,
    break_after,
    check_length,
    spots_of,
)
from core.values.moments import local
from core.values.refusals import Refusal

_GAPS: Final = (0, 5, 10, 15)
_LUNCHES: Final = ((time(12), 30), (time(12), 60), (time(12, 30), 30))
_MINUTE: Final = timedelta(minutes=1)
#: Where only its beginning was said.
_USUAL: Final = timedelta(minutes=30)

S = TypeVar("S", bound=Span)


class NoSpotThen(Refusal):
    """A spot that is named by its start is one of the day. Facts: time, as typed."""


# -- the gap --


def _show_gap(_turn: StudioTurn) -> Screen:
    return Screen(lines=lines(say("day-gap-ask")), rows=in_rows(minute_buttons(_GAPS)))


def _accept_gap(_turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal():
        return None
    check_length(int(choice) * _MINUTE, GAP_LIMITS, GapOutOfRange)
    return int(choice)


ASKED_GAP: Final[Step[StudioTurn]] = Step(id=GAP, show=_show_gap, accept=_accept_gap, typed=typed_minutes)


# -- the breaks --


def _show_breaks(turn: StudioTurn) -> Screen:
    buttons = [_lunch(turn, at, minutes) for at, minutes in _LUNCHES]
    return Screen(
        lines=lines(say("day-break-ask")),
        rows=((Button(say("button-no-break"), Choose("none")),), *in_rows(buttons, 2)),
    )


def _lunch(turn: StudioTurn, at: time, minutes: int) -> Button:
    begins = datetime.combine(reading_of(draft_of(turn)).date, at, turn.studio.zone)
    label = say("button-break", time=turn.when(begins, Clock.BARE), minutes=minutes)
    return Button(label, Choose(f"b.{break_key(Break(at, minutes * _MINUTE))}"))


def _accept_breaks(turn: StudioTurn, choice: str) -> Answer:
    if choice == "none":
        return []
    if choice.startswith("b."):
        keys = {break_key(Break(at, minutes * _MINUTE)) for at, minutes in _LUNCHES}
        return [choice[2:]] if choice[2:] in keys else None
    pauses = read_pauses(choice.removeprefix("t."), turn.language)
    if not pauses:
        raise Misread(key="day-breaks")
    breaks = pauses_as_breaks(turn, pauses)
    if not breaks:
        raise Misread(key="day-breaks")
    return [break_key(one) for one in breaks]


def pauses_as_breaks(turn: StudioTurn, pauses: tuple[Pause, ...]) -> list[Break]:
    """The breaks at the times of the day that was told; none where one names a spot that is not there."""
    plan = plan_of(turn, draft_of(turn))
    if not isinstance(plan, DayPlan):
        return []
    spots = spots_of(plan, turn.studio.zone)
    return [found for one in pauses if (found := break_on(turn, one, spots, plan.start))]


def break_on(turn: StudioTurn, pause: Pause, spots: tuple[PlannedSpot, ...], begins: time) -> Break | None:
    """The break on a day of these spots; half an hour, where nobody said how long."""
    match pause:
        case AfterSpot(clock, length):
            spot = spot_at(clock, spots, turn.studio.zone)
            if spot is None:
                raise NoSpotThen(time=f"{clock.hour}:{clock.minute:02}")
            return break_after(spot, length or _USUAL, turn.studio.zone)
        case AtTime(clock):
            return break_of(TypedBreak(at=clock, length=_USUAL), begins)
        case TypedBreak():
            return break_of(pause, begins)


def spot_at(clock: TypedClock, spots: Sequence[S], zone: ZoneInfo) -> S | None:
    """The spot that begins at a time which may be of either half of the day."""
    hours = (clock.hour, clock.hour + 12) if clock.open else (clock.hour,)
    times = [time(hour, clock.minute) for hour in hours]
    return next((one for one in spots if local(one.starts, zone).time() in times), None)


ASKED_BREAKS: Final[Step[StudioTurn]] = Step(
    id=BREAKS, show=_show_breaks, accept=_accept_breaks, typed=lambda _turn, text: f"t.{text}"
)
