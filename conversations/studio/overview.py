"""A mini's overview card: what is there and what is missing, each day with its spots, and a button for each section.

Another room's button is there as soon as that room has the deed, for those who may use it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, When, lines, say
from conversations.studio.turn import StudioTurn, allowed
from conversations.words import city
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import OVER, Mini, MiniState
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.money import Money

#: Beyond, each day is summed up; its own screen has the spots.
SPOTS_ON_ONE_SCREEN: Final = 30
_BAR: Final = 10  # signs of a day's bar


def mini(turn: StudioTurn, mini_id: str) -> Screen:
    """The overview of a mini; the checklist as long as something is missing or nobody can see it."""
    one = turn.desk.mini(mini_id)
    states = turn.desk.day_states(mini_id)
    changes = turn.role in PHOTOGRAPHERS
    return Screen(
        lines=(
            Line(say("studio-mini-title", title=one.title, state=state_of(one)), Look.TITLE),
            *opens(turn, one),
            *(_checklist(turn, one, states) if changes and one.state is MiniState.DRAFT else ()),
            *_days(turn, states),
        ),
        rows=tuple(row for row in (*_previewing(turn, states), *_rows(turn, one, spots=bool(states))) if row),
    )


def opens(turn: StudioTurn, one: Mini) -> tuple[Line, ...]:
    """When it opens by itself, if it does."""
    at = one.opens_at
    return (Line(say("studio-opens", when=turn.when(at), city=city(turn.studio.zone_name))),) if at else ()


def state_of(one: Mini) -> Say:
    paused = one.paused and one.state not in OVER
    return say("mini-paused") if paused else say(f"mini-{one.state}")


def button(turn: StudioTurn, label: Say, deed: str, reference: str, style: Style = Style.PLAIN) -> tuple[Button, ...]:
    """The button, if this member may use it."""
    if allowed(turn.house.presses, deed, turn.role) is None:
        return ()
    return (Button(label, Do(deed, reference), style),)


# -- the checklist --


def _checklist(turn: StudioTurn, one: Mini, states: Sequence[SpotState]) -> tuple[Line, ...]:
    """Every section, filled or not, and what is missing to publish (B1, B9)."""
    there = {
        "picture": one.is_pictured,
        "description": bool(one.description),
        "packages": bool(one.packages),
        "contract": bool(one.contracts),
        "questions": bool(one.questionnaire or one.questionnaire_after),
        "days": bool(states),
    }
    missing = turn.desk.missing(one.id, takes_cards=turn.takes_cards)
    words = say("studio-missing", what=missing_words(turn, missing))
    return (
        Line(say("studio-draft")),
        *lines(
            *(say("studio-has" if has else "studio-lacks", what=say(f"part-{part}")) for part, has in there.items()),
            gap=True,
        ),
        Line(words if missing else say("studio-complete"), gap=True),
    )


def missing_words(turn: StudioTurn, missing: Sequence[str]) -> tuple[str, ...]:
    """What a mini lacks to be published, in words."""
    return tuple(turn.words.phrase(say(f"missing-{part}"), turn.language) for part in missing)


# -- the days --


def _days(turn: StudioTurn, states: Sequence[SpotState]) -> tuple[Line, ...]:
    shown: list[Line] = []
    in_full = len(states) <= SPOTS_ON_ONE_SCREEN
    by_day: dict[str, list[SpotState]] = {}
    for state in states:  # two days may be on one date, so that their spots alternate
        by_day.setdefault(state.spot.day_id, []).append(state)
    for of_day in by_day.values():
        shown.append(Line(_day_line(turn, of_day), gap=True))
        if in_full:
            for free, run in groupby(of_day, key=_is_plainly_free):
                spots = tuple(run)
                shown += lines(_free_line(turn, spots)) if free else lines(*(spot_line(turn, one) for one in spots))
    return tuple(shown)


def _is_plainly_free(state: SpotState) -> bool:
    """Free, and nothing more to say of it."""
    return state.look is SpotLook.FREE and state.spot.seats == 1


def _free_line(turn: StudioTurn, free: Sequence[SpotState]) -> Say:
    """Free spots in a row, in a line: what is taken is what is looked for."""
    times = [say("spot-time", time=When(one.spot.starts, turn.studio.zone, Clock.TIME)) for one in free]
    return say("spots-free", times=" ○ ".join(turn.words.phrase(time, turn.language) for time in times))


def _day_line(turn: StudioTurn, of_day: Sequence[SpotState]) -> Say:
    seats = sum(state.spot.seats for state in of_day)
    taken = sum(min(state.taken, state.spot.seats) for state in of_day)
    filled = round(_BAR * taken / seats)
    return say(
        "studio-day",
        day=When(of_day[0].spot.starts, turn.studio.zone, Clock.DAY),
        bar="▰" * filled + "▱" * (_BAR - filled),
        taken=taken,
        seats=seats,
    )


def spot_line(turn: StudioTurn, state: SpotState) -> Say:
    """One spot: its time, a sign, and in words how it stands and for whom."""
    time = When(state.spot.starts, turn.studio.zone, Clock.TIME)
    if state.spot.seats > 1:
        return say("spot-class", time=time, taken=state.taken, seats=state.spot.seats)
    if state.look is SpotLook.BOOKED and state.name:
        due = Money(state.due_minor, turn.studio.currency)
        paid = say("spot-due", amount=due) if state.due_minor else say("spot-paid")
        return say("spot-booked-by", time=time, name=state.name, package=state.package, paid=paid)
    if state.look is SpotLook.HELD and state.held_until:
        left = When(state.held_until, turn.studio.zone, Clock.COUNTDOWN)
        if state.previewed_by:
            return say("spot-preview-own" if _is_own(turn, state) else "spot-preview", time=time, left=left)
        return say("spot-held-until", time=time, left=left)
    if state.look is SpotLook.RESERVED and state.name:
        return say("spot-reserved-for", time=time, whom=state.name)
    return say(f"spot-{state.look}", time=time)


def _is_own(turn: StudioTurn, state: SpotState) -> bool:
    """Whether it is this member who walks the preview."""
    return state.previewed_by is not None and state.previewed_by == turn.desk.member.client_id


# -- the buttons --


def _previewing(turn: StudioTurn, states: Sequence[SpotState]) -> tuple[tuple[Button, ...], ...]:
    own = next((state for state in states if _is_own(turn, state)), None)
    return (button(turn, say("button-end-preview"), "end_preview", own.spot.mini_id),) if own else ()


def _rows(turn: StudioTurn, one: Mini, *, spots: bool) -> tuple[tuple[Button, ...], ...]:
    """What can be done with it. What is about spots leads nowhere before there are any."""
    undo = _undo(turn, one)
    if one.state in OVER:
        return (
            undo,
            button(turn, say("button-bookings"), "bookings", one.id),
            button(turn, say("button-copy-mini"), "copy", one.id),
            (Button(say("button-minis"), Do("minis", "")),),
        )
    draft = one.state is MiniState.DRAFT
    opened = one.state is MiniState.PUBLISHED
    add_day = button(turn, say("button-add-day"), "addday", one.id)
    preview = button(turn, say("button-preview"), "preview", one.id)
    complete = turn.role in PHOTOGRAPHERS and not turn.desk.missing(one.id, takes_cards=turn.takes_cards)
    return (
        undo,
        *(_publishing(turn, one, preview, complete=complete) if not opened else ()),
        (
            *button(turn, say("button-picture-of-day"), "day", one.id),
            *button(turn, say("button-bookings"), "bookings", one.id),
        )
        if spots
        else (),
        (
            *button(turn, say("button-reserve"), "reserve", one.id),
            *button(turn, say("button-share"), "share", one.id),
        )
        if spots
        else (),
        (*add_day, *button(turn, say("button-packages"), "packages", one.id)),
        (
            *button(turn, say("button-picture"), "picture", one.id),
            *button(turn, say("button-description"), "description", one.id),
        ),
        (
            *button(turn, say("button-contract"), "contract", one.id),
            *button(turn, say("button-questions"), "questions", one.id),
        ),
        (
            *(() if draft else _pausing(turn, one)),
            *(button(turn, say("button-unpublish"), "unpublish", one.id) if opened else ()),
        ),
        (
            *(preview if opened or not complete else ()),
            *button(turn, say("button-more"), "more", one.id),
        ),
        (*button(turn, say("button-refresh"), "mini", one.id), Button(say("button-minis"), Do("minis", ""))),
    )


def _pausing(turn: StudioTurn, one: Mini) -> tuple[Button, ...]:
    if one.paused:
        return button(turn, say("button-resume"), "resume", one.id)
    return button(turn, say("button-pause"), "pause", one.id)


def _publishing(
    turn: StudioTurn, one: Mini, preview: tuple[Button, ...], *, complete: bool
) -> Iterator[tuple[Button, ...]]:
    """What leads onto the lists: at once, as a client would see it first, or later by itself (E4)."""
    now = say("button-open-now" if one.opens_at else "button-publish")
    yield button(turn, now, "publish", one.id, Style.SUCCESS) if complete else ()
    if one.opens_at:
        yield button(turn, say("button-stay-shut"), "stay_shut", one.id)
    later = say("button-another-opening" if one.opens_at else "button-open-later")
    if complete or one.opens_at:
        yield (*(preview if complete else ()), *button(turn, later, "open_later", one.id))


def _undo(turn: StudioTurn, one: Mini) -> tuple[Button, ...]:
    """For a minute after the mini was published, paused or archived (DECISIONS 11)."""
    shown = button(turn, say("button-undo"), "undo", one.id)
    return shown if shown and turn.desk.can_undo(one) else ()
