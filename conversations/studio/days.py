"""/day: a shoot day with every spot to tap, its counts in words, and what can be done with the day (C9)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from conversations.day_pictures import day_caption, day_counts, day_pages
from conversations.pictures import drawn_day
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_questions import in_rows, noon
from conversations.studio.overview import button
from conversations.studio.shoot_days import (
    ShootDay,
    clock_for,
    dates_of,
    days_on,
    nearest_date,
    shoot_day,
    shoot_days,
    states_of,
)
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.typed_dates import read_when
from core.booking.day_view import SpotState
from core.minis.mini import OVER
from core.studio_desk.rights import EVERYBODY, PHOTOGRAPHERS

SPOTS_ON_ONE_PAGE: Final = 40
DAYS_ON_ONE_SCREEN: Final = 20


# -- the day's screen --


def day(turn: StudioTurn, about: str) -> Screen:
    """The day; `about` is its id, the page, and a range that was just closed or opened: "id.0.o.0900.1000"."""
    day_id, page, *undo = [*about.split("."), ""][: about.count(".") + 2]
    one = shoot_day(turn, day_id)
    if one is None:
        return Screen(lines=lines(say("day-gone")), rows=((Button(say("button-minis"), Do("minis", "")),),))
    states = states_of(turn, one)
    return Screen(
        lines=(
            Line(say("day-title", title=one.mini.title, day=noon(turn, one.day.date, Clock.DAY_YEAR)), Look.TITLE),
            *_place(one),
            *(lines(say("day-counts", counts=day_counts(states))) if states else ()),
            Line(say("day-tap"), gap=True),
        ),
        rows=tuple(row for row in _rows(turn, one, states, int(page) if page.isdecimal() else 0, undo) if row),
    )


def _place(one: ShootDay) -> tuple[Line, ...]:
    place = one.day.place or one.mini.place
    return lines(say("day-at", place=place)) if place else ()


def _rows(
    turn: StudioTurn, one: ShootDay, states: Sequence[SpotState], page: int, undo: Sequence[str]
) -> tuple[tuple[Button, ...], ...]:
    pages = max(1, -(-len(states) // SPOTS_ON_ONE_PAGE))
    page = min(page, pages - 1)
    shown = states[page * SPOTS_ON_ONE_PAGE : (page + 1) * SPOTS_ON_ONE_PAGE]
    clock = clock_for([state.spot for state in states])
    id = one.day.id
    over = one.mini.state in OVER or all(state.spot.ends <= turn.desk.now for state in states)
    changes = (
        (
            *(() if one.day.same_start else button(turn, say("button-day-break"), "day_break", id)),
            *(() if one.day.same_start else button(turn, say("button-day-spot"), "day_spot", id)),
        ),
        (
            *button(turn, say("button-day-block"), "day_block", id),
            *button(turn, say("button-day-place"), "day_place", id),
        ),
        button(turn, say("button-day-remove"), "day_remove", id, Style.DANGER),
    )
    return (
        *in_rows([_spot_button(turn, state, clock) for state in shown], 4),
        _pager("show_day", id, page, pages),
        _undo(turn, id, undo),
        button(turn, say("button-day-picture"), "day_picture", id),
        *(() if over else changes),
        _neighbours(turn, one),
        (
            *button(turn, say("button-back-to-mini", title=one.mini.title), "mini", one.mini.id),
            *button(turn, say("button-refresh"), "show_day", f"{id}.{page}"),
        ),
    )


def _spot_button(turn: StudioTurn, state: SpotState, clock: Clock) -> Button:
    time = turn.when(state.spot.starts, clock)
    if state.spot.seats > 1:
        label = say("button-spot-class", time=time, taken=state.taken, seats=state.spot.seats)
    else:
        label = say(f"button-spot-{state.look}", time=time)
    return Button(label, Do("spot_card", state.spot.id))


def _pager(deed: str, day_id: str, page: int, pages: int) -> tuple[Button, ...]:
    if pages == 1:
        return ()
    before, after = max(page - 1, 0), min(page + 1, pages - 1)
    return (
        Button(say("button-page-before"), Do(deed, f"{day_id}.{before}")),
        Button(say("button-page", page=page + 1, pages=pages), Do(deed, f"{day_id}.{page}")),
        Button(say("button-page-after"), Do(deed, f"{day_id}.{after}")),
    )


def _undo(turn: StudioTurn, day_id: str, undo: Sequence[str]) -> tuple[Button, ...]:
    if len(undo) < 3:
        return ()
    label = say("button-open-again") if undo[0] == "o" else say("button-close-again")
    return button(turn, label, "block_day", ".".join((day_id, *undo[:3])))


def _neighbours(turn: StudioTurn, one: ShootDay) -> tuple[Button, ...]:
    """The mini's day before, and the one after."""
    days = [other.day for other in shoot_days(turn, one.mini.id)]
    at = next((number for number, other in enumerate(days) if other.id == one.day.id), 0)
    before, after = days[max(at - 1, 0) : at], days[at + 1 : at + 2]
    return (
        *(Button(say("button-day-before", day=noon(turn, day.date)), Do("show_day", day.id)) for day in before),
        *(Button(say("button-day-after", day=noon(turn, day.date)), Do("show_day", day.id)) for day in after),
    )


def picture(turn: StudioTurn, about: str) -> Screen:
    """The day as a picture, with the same facts in a line (C9). It has names and notes, so it is for photographers."""
    day_id, _, asked = about.partition(".")
    one = shoot_day(turn, day_id)
    if one is None:
        return day(turn, day_id)
    states = states_of(turn, one)
    pages = day_pages(turn.studio, states)
    page = min(int(asked) if asked.isdecimal() else 0, pages - 1)
    back = button(turn, say("button-day-back", day=noon(turn, one.day.date)), "show_day", day_id)
    return Screen(
        picture=drawn_day(one.mini.id, day_id, page + 1),
        lines=(
            Line(say("day-picture", title=one.mini.title), Look.TITLE),
            Line(day_caption(turn.studio, one.day, states)),
        ),
        rows=tuple(row for row in (_pager("day_picture", day_id, page, pages), back) if row),
    )


# -- which day --


def which_day(turn: StudioTurn, about: str) -> Screen:
    """The days of these dates (with commas between), or every day that is ahead, each of its mini, to tap."""
    days = shoot_days(turn)
    dates = [date.fromisoformat(one) for one in about.split(",") if one]
    near = nearest_date(turn, days)
    shown = days_on(days, dates) or [one for one in days if near and one.day.date >= near]
    rows = tuple((_day_button(turn, one),) for one in shown[:DAYS_ON_ONE_SCREEN])
    return Screen(lines=lines(say("which-day")), rows=(*rows, (Button(say("button-minis"), Do("minis", "")),)))


def _day_button(turn: StudioTurn, one: ShootDay) -> Button:
    label = say("button-which-day", day=noon(turn, one.day.date), title=one.mini.title)
    return Button(label, Do("show_day", one.day.id))


def show_day_of(turn: StudioTurn, days: Sequence[ShootDay]) -> None:
    """The one day, or the question which."""
    if len(days) == 1:
        turn.talk.cover("day", days[0].day.id)
    else:
        turn.talk.cover("which_day", ",".join(dict.fromkeys(one.day.date.isoformat() for one in days)))


def _command(turn: StudioTurn, text: str) -> Say | None:
    days = shoot_days(turn)
    near = nearest_date(turn, days)
    if near is None:
        turn.talk.cover("minis")
        turn.talk.notice = say("day-none-yet")
        return None
    if not text.strip():
        show_day_of(turn, days_on(days, [near]))
        return None
    dates = dates_of(read_when(text, typist_of(turn), needs_time=False))
    found = days_on(days, dates)
    show_day_of(turn, found or [one for one in days if one.day.date >= near])
    if not dates:
        turn.talk.notice = say("day-unread", text=text)
    elif not found:
        turn.talk.notice = say("day-none-then", day=noon(turn, dates[0], Clock.DAY_YEAR))
    return None


def _of_mini(turn: StudioTurn, mini_id: str) -> Say | None:
    days = shoot_days(turn, mini_id)
    near = nearest_date(turn, days)
    if near is None:
        turn.talk.cover("mini", mini_id)
        turn.talk.notice = say("mini-no-days")
    else:
        turn.talk.cover("day", days_on(days, [near])[0].day.id)
    return None


ROOM: Final = Room(
    commands={"day": For(EVERYBODY, _command)},
    presses={
        "day": For(EVERYBODY, _of_mini),
        "show_day": For(EVERYBODY, covering("day")),
        "day_picture": For(PHOTOGRAPHERS, covering("day_picture")),
    },
    asides={
        "day": For(EVERYBODY, day),
        "day_picture": For(PHOTOGRAPHERS, picture),
        "which_day": For(EVERYBODY, which_day),
    },
)
