"""A break on a saved day: after a spot or by time. It moves no spot that somebody has; a clash is asked about (C5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from conversations.engine import Flow, Step, reopen
from conversations.screens import Button, Choose, Clock, Line, Say, Screen, Style, lines, say
from conversations.studio.day_questions import in_rows, minute_buttons, noon, typed_minutes
from conversations.studio.day_spacing import NoSpotThen, spot_at
from conversations.studio.shoot_days import ShootDay, clock_for, shoot_day, spoken, starts_at, states_of
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.typed_clauses import TypedBreak
from conversations.studio.typed_day import break_of
from conversations.studio.typed_pauses import AfterSpot, AtTime, read_pauses
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.booking.day_view import SpotState
from core.minis.add_break import BreakMovesClaimed
from core.minis.mini import Spot
from core.minis.plan import BREAK_LIMITS, Break, BreakOutOfRange, break_after, check_length, pushed, shoot_ends
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import aware, instant

_LENGTHS: Final = (10, 15, 20, 30, 45, 60)
_MINUTE: Final = timedelta(minutes=1)
SPOTS_ON_ONE_SCREEN: Final = 40
_AT: Final = "break_at"
_LENGTH: Final = "break_length"


@dataclass(frozen=True, slots=True)
class _Shift:
    """What a break would do: the spots that move, as they are and as they would be; those that somebody has."""

    moves: Sequence[tuple[SpotState, Spot]]
    claimed: Sequence[SpotState]
    ends: datetime


def _states(turn: StudioTurn) -> list[SpotState]:
    one = shoot_day(turn, turn.course.subject["day"])
    return states_of(turn, one) if one else []


def _spots(turn: StudioTurn) -> list[Spot]:
    return [state.spot for state in _states(turn)]


# -- when --


def _show_at(turn: StudioTurn) -> Screen:
    spots = _spots(turn)[:-1]
    clock = clock_for(spots)
    buttons = [
        Button(say("button-after", time=turn.when(spot.starts, clock)), Choose(f"a.{spot.id}"))
        for spot in spots
        if spot.ends > turn.desk.now
    ]
    return Screen(lines=lines(say("break-at-ask")), rows=in_rows(buttons[:SPOTS_ON_ONE_SCREEN], 3))


def _accept_at(turn: StudioTurn, choice: str) -> Answer:
    """Keep where it begins, as the day's clocks show it; its length too, if that was said."""
    kind, _, said = choice.partition(".")
    spots = _spots(turn)
    turn.answers.pop(_LENGTH, None)
    if kind == "a":
        spot = next((one for one in spots if one.id == said), None)
        return _kept(break_after(spot, _MINUTE, turn.studio.zone)) if spot else None
    pauses = read_pauses(said, turn.language)
    if len(pauses) != 1 or not spots:
        raise Misread(key="break-at")
    begins = starts_at(spots[0], turn.studio.zone)
    match pauses[0]:
        case AfterSpot(clock, length):
            spot = spot_at(clock, spots, turn.studio.zone)
            if spot is None:
                raise NoSpotThen(time=f"{clock.hour}:{clock.minute:02}")
            pause = break_after(spot, length or _MINUTE, turn.studio.zone)
        case AtTime(clock):
            length, pause = None, break_of(TypedBreak(at=clock, length=_MINUTE), begins)
        case TypedBreak() as typed:
            pause = break_of(typed, begins)
            length = pause.length if pause else None
    if pause is None:
        raise Misread(key="break-at")
    _check_clock(turn, pause)
    if length:
        turn.answers[_LENGTH] = length // _MINUTE
    return _kept(pause)


def _check_clock(turn: StudioTurn, pause: Break) -> None:
    one = shoot_day(turn, turn.course.subject["day"])
    if one:
        instant(one.day.date, pause.at, turn.studio.zone, fold=pause.fold)


def _kept(pause: Break) -> str:
    return f"{pause.at:%H:%M}" + ("" if pause.fold is None else f" {pause.fold}")


AT: Final[Step[StudioTurn]] = Step(id=_AT, show=_show_at, accept=_accept_at, typed=lambda _turn, text: f"t.{text}")


# -- how long --


def _accept_length(_turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal():
        return None
    check_length(int(choice) * _MINUTE, BREAK_LIMITS, BreakOutOfRange)
    return int(choice)


LENGTH: Final[Step[StudioTurn]] = Step(
    id=_LENGTH,
    show=lambda _turn: Screen(lines=lines(say("break-length-ask")), rows=in_rows(minute_buttons(_LENGTHS), 3)),
    accept=_accept_length,
    typed=typed_minutes,
)


# -- what it does --


def _break(turn: StudioTurn) -> Break:
    clock, _, fold = turn.text(_AT).partition(" ")
    minutes = turn.answers[_LENGTH]
    length = (minutes if isinstance(minutes, int) else 0) * _MINUTE
    return Break(time.fromisoformat(clock), length, int(fold) if fold else None)


def _shift(turn: StudioTurn, pause: Break) -> _Shift | None:
    states = _states(turn)
    if not states:
        return None
    spots = [state.spot for state in states]
    anew = pushed(spots, pause, turn.studio.zone)
    moves = [(state, spot) for state, spot in zip(states, anew, strict=True) if state.spot != spot]
    return _Shift(moves, [state for state, _ in moves if state.taken], shoot_ends(anew))


def _show_save(turn: StudioTurn) -> Screen:
    one, pause = shoot_day(turn, turn.course.subject["day"]), _break(turn)
    shift = _shift(turn, pause)
    if one is None or shift is None:
        return Screen(lines=lines(say("day-gone")))
    head = lines(_title(turn, one, pause))
    other = Button(say("button-other-break"), Choose("other"))
    if shift.claimed:
        times = tuple(spoken(turn, state.spot) for state in shift.claimed)
        last = shift.claimed[-1].spot
        behind = Button(say("button-after", time=turn.when(last.starts, Clock.TIME)), Choose(f"a.{last.id}"))
        return Screen(lines=(*head, *lines(say("break-clash", times=times), gap=True)), rows=((behind,), (other,)))
    if not shift.moves:
        return Screen(lines=(*head, *lines(say("break-moves-none"), gap=True)), rows=((other,),))
    moves = say("break-moves", moves=_moves(turn, shift), ends=turn.when(shift.ends, Clock.TIME))
    save = Button(say("button-save-break"), Choose("save"), Style.PRIMARY)
    return Screen(lines=(*head, Line(moves)), rows=((save,), (other,)))


def _title(turn: StudioTurn, one: ShootDay, pause: Break) -> Say:
    begins = datetime.combine(one.day.date, pause.at, turn.studio.zone).replace(fold=pause.fold or 0)
    ends = aware(begins) + pause.length
    return say(
        "break-title",
        day=noon(turn, one.day.date, Clock.DAY_YEAR),
        begins=turn.when(begins, Clock.TIME),
        ends=turn.when(ends, Clock.TIME),
    )


def _moves(turn: StudioTurn, shift: _Shift) -> tuple[str, ...]:
    return tuple(
        turn.words.phrase(
            say(
                "break-move",
                old=turn.when(state.spot.starts, Clock.BARE),
                new=turn.when(spot.starts, Clock.BARE),
            ),
            turn.language,
        )
        for state, spot in shift.moves
    )


def _accept_save(turn: StudioTurn, choice: str) -> Answer:
    """Save it, if it still moves nobody; a break that clashes is asked for anew."""
    if choice == "other":
        reopen(turn, _AT)
        return None
    if choice.startswith("a."):
        minutes = turn.answers[_LENGTH]
        turn.answers[_AT] = _accept_at(turn, choice) or turn.answers[_AT]
        turn.answers[_LENGTH] = minutes
        return None
    shift = _shift(turn, _break(turn)) if choice == "save" else None
    if shift is None or shift.claimed or not shift.moves:
        return None
    try:
        moved = turn.desk.add_break(turn.course.subject["mini"], turn.course.subject["day"], _break(turn))
    except BreakMovesClaimed:
        return None
    turn.talk.notice = say("break-saved", count=len(moved))
    return True


def _enter_save(turn: StudioTurn) -> None:
    """What the clocks ask about is said before it is shown."""
    _shift(turn, _break(turn))


SAVE: Final[Step[StudioTurn]] = Step(id="break_save", show=_show_save, accept=_accept_save, enter=_enter_save)


def _script(_turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield AT
    yield LENGTH
    yield SAVE


DAY_BREAK: Final[Flow[StudioTurn]] = Flow(
    name="day_break", script=_script, ending=lambda turn: ("day", turn.course.subject["day"])
)


def _begin(turn: StudioTurn, day_id: str) -> Say | None:
    one = shoot_day(turn, day_id)
    if one is None or one.day.same_start:
        raise MiniChanged
    subject = {"mini": one.mini.id, "day": day_id, "from": f"day:{day_id}"}
    turn.talk.begin(Course(flow=DAY_BREAK.name, subject=subject))
    return None


ROOM: Final = Room(
    presses={"day_break": For(PHOTOGRAPHERS, _begin)},
    flows={DAY_BREAK.name: For(PHOTOGRAPHERS, DAY_BREAK)},
)
