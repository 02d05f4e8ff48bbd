"""A saved day gets another place, or goes; while somebody has a spot of it, it says who and does nothing (C8)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step
from conversations.screens import Button, Choose, Clock, Do, Line, Say, Screen, Style, lines, say
from conversations.studio.day_questions import noon
from conversations.studio.overview import button, spot_line
from conversations.studio.shoot_days import ShootDay, shoot_day, states_of
from conversations.studio.spot_card import holder_button, seat_line
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.booking.day_view import SpotState
from core.minis.describe import read_place
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS

AFFECTED_ON_ONE_SCREEN: Final = 30


def affected(turn: StudioTurn, one: ShootDay) -> list[SpotState]:
    """Everybody who has a spot of the day, one state each."""
    found: list[SpotState] = []
    for state in states_of(turn, one):
        if state.taken:
            found += turn.desk.seat_holders(state.spot.id)
    return found


def _affected_screen(turn: StudioTurn, one: ShootDay, holders: list[SpotState]) -> Screen:
    shown = holders[:AFFECTED_ON_ONE_SCREEN]
    return Screen(
        lines=(
            Line(say("day-affected", day=noon(turn, one.day.date, Clock.DAY_FULL), count=len(holders))),
            *lines(*(_holder_line(turn, holder) for holder in shown), gap=True),
            Line(say("day-affected-choose"), gap=True),
        ),
        rows=(*(row for holder in shown if (row := holder_button(turn, holder))), _back(turn, one)),
    )


def _holder_line(turn: StudioTurn, holder: SpotState) -> Say:
    return spot_line(turn, holder) if holder.spot.seats == 1 else seat_line(turn, holder)


def _back(turn: StudioTurn, one: ShootDay) -> tuple[Button, ...]:
    return button(turn, say("button-day-back", day=noon(turn, one.day.date)), "show_day", one.day.id)


# -- away with it --


def remove_ask(turn: StudioTurn, day_id: str) -> Screen:
    one = shoot_day(turn, day_id)
    if one is None:
        return Screen(lines=lines(say("day-gone")), rows=((Button(say("button-minis"), Do("minis", "")),),))
    if holders := affected(turn, one):
        return _affected_screen(turn, one, holders)
    day = noon(turn, one.day.date, Clock.DAY_FULL)
    count = len(states_of(turn, one))
    return Screen(
        lines=lines(say("day-remove-ask", day=day, title=one.mini.title, count=count)),
        rows=(
            (Button(say("button-day-remove"), Do("day_removed", day_id), Style.DANGER),),
            (Button(say("button-keep-day"), Do("show_day", day_id)),),
        ),
    )


def _removed(turn: StudioTurn, day_id: str) -> Say | None:
    """Whoever was faster to book is shown instead."""
    one = shoot_day(turn, day_id)
    if one is None:
        raise MiniChanged
    if affected(turn, one):
        turn.talk.cover("day_remove", day_id)
        return None
    turn.desk.remove_day(one.mini.id, day_id)
    turn.talk.cover("mini", one.mini.id)
    turn.talk.notice = say("day-removed", day=noon(turn, one.day.date, Clock.DAY_FULL))
    return None


# -- another place --


def _show_place(turn: StudioTurn) -> Screen:
    one = shoot_day(turn, turn.course.subject["day"])
    if one is None:
        return Screen(lines=lines(say("day-gone")))
    usual = say("button-place-of-mini", place=one.mini.place) if one.mini.place else say("button-no-place")
    ask = say("day-place-change", day=noon(turn, one.day.date, Clock.DAY_YEAR))
    rows = ((Button(usual, Choose("as-mini")),),) if one.day.place else ()
    return Screen(lines=lines(ask), rows=rows)


def _accept_place(turn: StudioTurn, choice: str) -> Answer:
    place = "" if choice == "as-mini" else read_place(choice.removeprefix("t."))
    if choice != "as-mini" and not place:
        raise Misread(key="day-new-place")
    day = turn.desk.change_day(turn.course.subject["day"], place=place)
    turn.talk.notice = say("day-placed")
    return day.place or True


NEW_PLACE: Final[Step[StudioTurn]] = Step(
    id="day_new_place", show=_show_place, accept=_accept_place, typed=lambda _turn, text: f"t.{text}"
)


def _script(_turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield NEW_PLACE


DAY_PLACE: Final[Flow[StudioTurn]] = Flow(
    name="day_place", script=_script, ending=lambda turn: ("day", turn.course.subject["day"])
)


def _place(turn: StudioTurn, day_id: str) -> Say | None:
    one = shoot_day(turn, day_id)
    if one is None:
        raise MiniChanged
    if affected(turn, one):
        turn.talk.cover("day_affected", day_id)
        return None
    subject = {"mini": one.mini.id, "day": day_id, "from": f"day:{day_id}"}
    turn.talk.begin(Course(flow=DAY_PLACE.name, subject=subject))
    return None


def affected_screen(turn: StudioTurn, day_id: str) -> Screen:
    one = shoot_day(turn, day_id)
    if one is None:
        return Screen(lines=lines(say("day-gone")), rows=((Button(say("button-minis"), Do("minis", "")),),))
    return _affected_screen(turn, one, affected(turn, one))


ROOM: Final = Room(
    presses={
        "day_place": For(PHOTOGRAPHERS, _place),
        "day_remove": For(PHOTOGRAPHERS, covering("day_remove")),
        "day_removed": For(PHOTOGRAPHERS, _removed),
    },
    asides={
        "day_remove": For(PHOTOGRAPHERS, remove_ask),
        "day_affected": For(PHOTOGRAPHERS, affected_screen),
    },
    flows={DAY_PLACE.name: For(PHOTOGRAPHERS, DAY_PLACE)},
)
