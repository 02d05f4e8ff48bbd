"""/block and /unblock: the free spots of a time are closed or opened, and what stayed says why (C7).

What is closed can be opened again, so it is done at once, with a button that takes it back.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from conversations.engine import Flow, Step
from conversations.screens import Button, Clock, Do, Say, Screen, lines, say
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_questions import noon
from conversations.studio.day_spacing import NoSpotThen, spot_at
from conversations.studio.shoot_days import (
    ShootDay,
    dates_of,
    days_on,
    nearest_date,
    phrases,
    shoot_day,
    shoot_days,
    spoken,
    states_of,
    today,
)
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.typed_blocks import TypedBlock, read_block
from conversations.talk import Answer, Course
from conversations.turn import Misread
from conversations.typed_clocks import TypedSpan
from core.booking.day_view import SpotState
from core.minis.mini import Spot
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import local
from core.values.refusals import Refusal

_CLOSE: Final = "c"
_OPEN: Final = "o"
_ENDS: Final = "ends"
MOST_DAYS: Final = 8  # on one date


class BlockNotRead(Refusal):
    """A time that is closed is one that every word of it was understood of. Facts: words."""


class NoDayThen(Refusal):
    """What is closed is of a shoot day. Facts: day."""


# -- what was typed --


def _typed(turn: StudioTurn, text: str, deed: str, day: ShootDay | None = None) -> tuple[str, str]:
    """Do it, if there is one day only that may be meant; gives the screen that shows it, or asks which day.

    Raises BlockNotRead, NoDayThen, NoSpotThen.
    """
    said = read_block(text, typist_of(turn))
    if said.not_understood:
        raise BlockNotRead(words=phrases(turn, (say("quoted", text=one) for one in said.not_understood)))
    if said.span is None and said.clock is None:
        raise Misread(key="day-block")
    ranges = [(one, found) for one in _days(turn, said, day) if (found := _range(turn, one, said))]
    if not ranges:
        raise NoSpotThen(time=f"{said.clock.hour}:{said.clock.minute:02}" if said.clock else text)
    if len(ranges) == 1:
        one, found = ranges[0]
        return _done(turn, one, deed, *found)
    return "which_block", ",".join(_reference(one.day.id, deed, *found) for one, found in ranges[:MOST_DAYS])


def _reference(day_id: str, deed: str, begins: time, ends: time) -> str:
    """What a button carries."""
    return f"{day_id}.{deed}.{begins:%H%M}.{ends:%H%M}"


def _days(turn: StudioTurn, said: TypedBlock, day: ShootDay | None) -> list[ShootDay]:
    days = shoot_days(turn)
    if said.when is None:
        near = nearest_date(turn, days)
        found = [day] if day else days_on(days, [near] if near else [])
    else:
        found = days_on(days, dates_of(said.when))
    if not found:
        dates = dates_of(said.when) if said.when else [today(turn)]
        raise NoDayThen(day=phrases(turn, (say("a-day", day=noon(turn, one, Clock.DAY_YEAR)) for one in dates)))
    return found


def _range(turn: StudioTurn, one: ShootDay, said: TypedBlock) -> tuple[time, time] | None:
    """From when to when, as the day's clocks show it: of the readings of "9-10", the one with most of its spots."""
    spots, zone = [state.spot for state in states_of(turn, one)], turn.studio.zone
    if said.clock:
        spot = spot_at(said.clock, spots, zone)
        return (local(spot.starts, zone).time(), local(spot.ends, zone).time()) if spot else None
    readings = list(_readings(said.span)) if said.span else []
    return max(readings, key=lambda reading: _covered(spots, *reading, zone=zone), default=None)


def _readings(span: TypedSpan) -> Iterator[tuple[time, time]]:
    hours = (span.starts.hour, span.starts.hour + 12) if span.starts.open else (span.starts.hour,)
    for hour in hours:
        begins = time(hour, span.starts.minute)
        yield begins, span.ends.next_after(begins)


def _covered(spots: Sequence[Spot], begins: time, ends: time, *, zone: ZoneInfo) -> int:
    """How many of the spots begin or last within."""
    clocks = [(local(spot.starts, zone).time(), local(spot.ends, zone).time()) for spot in spots]
    return sum(starts < ends and done > begins for starts, done in clocks)


# -- done --


def _done(turn: StudioTurn, one: ShootDay, deed: str, begins: time, ends: time) -> tuple[str, str]:
    closing = turn.desk.close_range(one.day.id, begins, ends, closed=deed == _CLOSE)
    taken = {spot.id for spot in closing.taken}
    stays = [state for state in states_of(turn, one) if state.spot.id in taken]
    turn.talk.notice = _notice(turn, one, deed, closing.changed, stays)
    if not closing.changed:
        return "day", one.day.id
    back = _OPEN if deed == _CLOSE else _CLOSE
    return "day", f"{one.day.id}.0.{back}.{begins:%H%M}.{ends:%H%M}"


def _notice(turn: StudioTurn, one: ShootDay, deed: str, changed: Sequence[Spot], stays: Sequence[SpotState]) -> Say:
    done = _changed(turn, one, deed, changed)
    if not stays:
        return done
    kept = phrases(turn, (say(f"block-stays-{state.look}", time=spoken(turn, state.spot)) for state in stays))
    return say("block-with-stays", done=done, stays=kept)


def _changed(turn: StudioTurn, one: ShootDay, deed: str, changed: Sequence[Spot]) -> Say:
    day = noon(turn, one.day.date)
    if not changed:
        return say("block-nothing", day=day) if deed == _CLOSE else say("unblock-nothing", day=day)
    times = tuple(spoken(turn, spot) for spot in changed)
    key = "block-closed" if deed == _CLOSE else "block-opened"
    return say(key, day=day, title=one.mini.title, times=times)


# -- commands and buttons --


def _command(deed: str) -> Act:
    def act(turn: StudioTurn, text: str) -> Say | None:
        if text.strip():
            turn.talk.cover(*_typed(turn, text, deed))
        else:
            turn.talk.begin(Course(flow=BLOCK.name, subject={"deed": deed}))
        return None

    return act


def _again(turn: StudioTurn, reference: str) -> Say | None:
    """A day's range closed or opened by a button: "id.c.0900.1000"."""
    parts = reference.split(".")
    one = shoot_day(turn, parts[0])
    if one is None or len(parts) != 4 or parts[1] not in {_CLOSE, _OPEN} or not all(map(_is_clock, parts[2:])):
        raise MiniChanged
    begins, ends = (datetime.strptime(part, "%H%M").time() for part in parts[2:])  # noqa: DTZ007 - a wall clock's
    turn.talk.cover(*_done(turn, one, parts[1], begins, ends))
    return None


def _is_clock(part: str) -> bool:
    return len(part) == 4 and part.isdecimal() and int(part[:2]) < 24 and int(part[2:]) < 60


def which_block(turn: StudioTurn, about: str) -> Screen:
    """Which day is meant, where several are on that date."""
    rows = tuple(row for reference in about.split(",") if (row := _day_row(turn, reference)))
    ask = say("which-block") if about.split(".")[1] == _CLOSE else say("which-unblock")
    return Screen(lines=lines(ask), rows=(*rows, (Button(say("button-minis"), Do("minis", "")),)))


def _day_row(turn: StudioTurn, reference: str) -> tuple[Button, ...]:
    one = shoot_day(turn, reference.partition(".")[0])
    if one is None:
        return ()
    label = say("button-which-day", day=noon(turn, one.day.date), title=one.mini.title)
    return (Button(label, Do("block_day", reference)),)


# -- asked --


def _show(turn: StudioTurn) -> Screen:
    subject = turn.course.subject
    one = shoot_day(turn, subject.get("day", ""))
    ask = say("unblock-ask") if subject["deed"] == _OPEN else say("block-ask")
    day = lines(say("block-day", day=noon(turn, one.day.date, Clock.DAY_YEAR), title=one.mini.title)) if one else ()
    return Screen(lines=(*day, *lines(ask)))


def _accept(turn: StudioTurn, choice: str) -> Answer:
    subject = turn.course.subject
    day = shoot_day(turn, subject["day"]) if "day" in subject else None
    name, about = _typed(turn, choice, subject["deed"], day)
    subject[_ENDS] = f"{name}:{about}"
    return True


TIMES: Final[Step[StudioTurn]] = Step(id="day_block", show=_show, accept=_accept, typed=lambda _turn, text: text)


def _script(_turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield TIMES


def _ending(turn: StudioTurn) -> tuple[str, str]:
    name, _, about = turn.course.subject[_ENDS].partition(":")
    return name, about


BLOCK: Final[Flow[StudioTurn]] = Flow(name="day_block", script=_script, ending=_ending)


def _of_day(turn: StudioTurn, day_id: str) -> Say | None:
    one = shoot_day(turn, day_id)
    if one is None:
        raise MiniChanged
    subject = {"deed": _CLOSE, "mini": one.mini.id, "day": day_id, "from": f"day:{day_id}"}
    turn.talk.begin(Course(flow=BLOCK.name, subject=subject))
    return None


ROOM: Final = Room(
    commands={"block": For(PHOTOGRAPHERS, _command(_CLOSE)), "unblock": For(PHOTOGRAPHERS, _command(_OPEN))},
    presses={"day_block": For(PHOTOGRAPHERS, _of_day), "block_day": For(PHOTOGRAPHERS, _again)},
    asides={"which_block": For(PHOTOGRAPHERS, which_block)},
    flows={BLOCK.name: For(PHOTOGRAPHERS, BLOCK)},
)
