"""A spot's card: how it stands and for whom, as far as the role may know, and what can be done with it (C7, G2)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.day_questions import noon
from conversations.studio.overview import button, spot_line
from conversations.studio.turn import Act, For, Room, StudioTurn, covering
from conversations.words import city
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Spot
from core.minis.publish import MiniChanged
from core.studio_desk.rights import ASSISTANTS, EVERYBODY, PHOTOGRAPHERS
from core.values.money import Money

#: Who has a seat of a class, one button each.
HOLDERS_ON_ONE_SCREEN: Final = 30
_NOBODYS: Final = frozenset({SpotLook.FREE, SpotLook.CLOSED})


def spot_of(turn: StudioTurn, spot_id: str) -> Spot | None:
    """None where there is no such spot, or it was removed."""
    try:
        return turn.desk.spot(spot_id)
    except MiniChanged:
        return None


def state_of_spot(turn: StudioTurn, spot_id: str) -> SpotState | None:
    spot = spot_of(turn, spot_id)
    if spot is None:
        return None
    states = turn.desk.day_states(spot.mini_id, spot.day_id)
    return next((state for state in states if state.spot.id == spot_id), None)


def spot_card(turn: StudioTurn, spot_id: str) -> Screen:
    state = state_of_spot(turn, spot_id)
    if state is None:
        return Screen(lines=lines(say("spot-is-gone")), rows=((Button(say("button-minis"), Do("minis", "")),),))
    holders = _holders(turn, state)
    return Screen(
        lines=(
            Line(spot_title(turn, state.spot), Look.TITLE),
            *lines(*_facts(turn, state.spot)),
            *lines(*_standing(turn, state, holders), gap=True),
        ),
        rows=tuple(row for row in _rows(turn, state, holders) if row),
    )


def spot_title(turn: StudioTurn, spot: Spot) -> Say:
    return say(
        "spot-title",
        day=turn.when(spot.starts, Clock.DAY),
        time=turn.when(spot.starts, Clock.TIME),
        city=city(turn.studio.zone_name),
    )


def _holders(turn: StudioTurn, state: SpotState) -> list[SpotState]:
    """Everybody who has a seat, for those who may know."""
    return turn.desk.seat_holders(state.spot.id) if turn.role in ASSISTANTS and state.taken else []


def _facts(turn: StudioTurn, spot: Spot) -> Iterator[Say]:
    minutes = spot.length // timedelta(minutes=1)
    ends = turn.when(spot.ends, Clock.TIME)
    yield say("spot-of", title=turn.desk.mini(spot.mini_id).title, minutes=minutes, ends=ends)
    if spot.premium_minor:
        yield say("spot-premium", amount=Money(spot.premium_minor, turn.studio.currency))


def _standing(turn: StudioTurn, state: SpotState, holders: list[SpotState]) -> Iterator[Say]:
    """How it stands, in words."""
    if state.spot.seats > 1:
        yield say("spot-seats", taken=state.taken, seats=state.spot.seats)
        yield from (seat_line(turn, one) for one in holders)
        if state.spot.closed:
            yield say("spot-is-closed")
    elif state.look is SpotLook.HELD:
        yield _held(turn, state)
    elif state.look is SpotLook.CLOSED and not state.spot.closed:
        yield _shut_out(turn, state.spot)
    elif state.look in {SpotLook.BOOKED, SpotLook.RESERVED} and (state.name or state.package):
        yield spot_line(turn, state)
    else:
        yield say(f"spot-is-{state.look}")


def _shut_out(turn: StudioTurn, spot: Spot) -> Say:
    """Which spots of the studio shut it out (C7)."""
    taken = [
        turn.words.phrase(
            say("spot-in-the-way", title=turn.desk.mini(one.mini_id).title, when=turn.when(one.starts)), turn.language
        )
        for one in turn.desk.in_the_way(spot)
    ]
    return say("spot-is-shut-out-by", spots=tuple(taken)) if taken else say("spot-is-shut-out")


def seat_line(turn: StudioTurn, holder: SpotState) -> Say:
    """Who has a seat of a class, how many, and how they stand."""
    unnamed = say("spot-somebody-new") if holder.look is SpotLook.HELD else say("spot-somebody")
    name = holder.name or turn.words.phrase(unnamed, turn.language)
    return say("spot-seat", name=name, places=holder.taken, state=say(f"seat-{holder.look}"))


def _held(turn: StudioTurn, state: SpotState) -> Say:
    """Since when and until when, for those who may know more than the number."""
    if state.booking_id is None or state.held_until is None or turn.role not in ASSISTANTS:
        return say("spot-is-held")
    since = turn.when(turn.desk.booking(state.booking_id).began_at, Clock.TIME)
    times = {"since": since, "until": turn.when(state.held_until, Clock.TIME)}
    return say("spot-held-by", name=state.name, **times) if state.name else say("spot-held-since", **times)


# -- the buttons --


def _rows(turn: StudioTurn, state: SpotState, holders: list[SpotState]) -> Iterator[tuple[Button, ...]]:
    spot = state.spot
    ahead = spot.starts > turn.desk.now
    if ahead and state.look is SpotLook.FREE:
        yield (
            *button(turn, say("button-reserve"), "reserve_spot", spot.id, Style.PRIMARY),
            *button(turn, say("button-book-for"), "book_for", spot.id),
        )
    for one in holders[:HOLDERS_ON_ONE_SCREEN]:
        yield holder_button(turn, one)
    if state.look is SpotLook.HELD and spot.seats == 1 and state.booking_id and turn.studio.hold_override:
        yield button(turn, say("button-end-hold"), "hold_end_ask", state.booking_id, Style.DANGER)
    if ahead and state.look in _NOBODYS and not state.taken:
        toggle = ("button-open-spot", "spot_open") if spot.closed else ("button-close-spot", "spot_close")
        yield (
            *button(turn, say(toggle[0]), toggle[1], spot.id),
            *button(turn, say("button-premium"), "spot_premium", spot.id),
        )
        yield (
            *button(turn, say("button-longer"), "spot_longer", spot.id),
            *button(turn, say("button-remove-spot"), "spot_remove", spot.id, Style.DANGER),
        )
    day = say("button-day-back", day=noon(turn, turn.desk.day(spot.day_id).date))
    yield (
        *button(turn, day, "show_day", spot.day_id),
        *button(turn, say("button-refresh"), "spot_card", spot.id),
    )


def holder_button(turn: StudioTurn, holder: SpotState) -> tuple[Button, ...]:
    """To the card of whoever has a seat."""
    time = turn.when(holder.spot.starts, Clock.TIME)
    name = holder.name or turn.words.phrase(say(f"holder-{holder.look}"), turn.language)
    label = say("button-holder", time=time, name=name)
    if holder.booking_id:
        return button(turn, label, "booking", holder.booking_id)
    return button(turn, label, "reservation", holder.reservation_id or "")


# -- what they do --


def _doing(deed: Callable[[StudioTurn, str], object], done: str) -> Act:
    """A deed with the spot; its card says what was done."""

    def act(turn: StudioTurn, spot_id: str) -> Say | None:
        deed(turn, spot_id)
        turn.talk.cover("spot_card", spot_id)
        turn.talk.notice = say(done)
        return None

    return act


def _remove_ask(turn: StudioTurn, spot_id: str) -> Screen:
    state = state_of_spot(turn, spot_id)
    if state is None or state.taken:
        return spot_card(turn, spot_id)
    return Screen(
        lines=lines(say("spot-remove-ask", when=turn.when(state.spot.starts))),
        rows=(
            (Button(say("button-remove-spot"), Do("spot_removed", spot_id), Style.DANGER),),
            (Button(say("button-keep-spot"), Do("spot_card", spot_id)),),
        ),
    )


def _removed(turn: StudioTurn, spot_id: str) -> Say | None:
    spot = turn.desk.spot(spot_id)
    turn.desk.remove_spot(spot_id)
    turn.talk.cover("day", spot.day_id)
    turn.talk.notice = say("spot-removed", time=turn.when(spot.starts, Clock.TIME))
    return None


def _end_ask(turn: StudioTurn, booking_id: str) -> Screen:
    booking = turn.desk.booking(booking_id)
    return Screen(
        lines=lines(say("hold-end-ask", when=turn.when(booking.snapshot.starts))),
        rows=(
            (
                Button(say("button-end-it"), Do("hold_end", booking_id), Style.DANGER),
                Button(say("button-wait"), Do("spot_card", booking.spot_id)),
            ),
        ),
    )


def _ask_to_end(turn: StudioTurn, booking_id: str) -> Say | None:
    turn.talk.cover("hold_end_ask", turn.desk.booking(booking_id).id)
    return None


def _end(turn: StudioTurn, booking_id: str) -> Say | None:
    booking = turn.desk.end_hold(booking_id)
    turn.talk.cover("spot_card", booking.spot_id)
    turn.talk.notice = say("hold-ended")
    return None


ROOM: Final = Room(
    presses={
        "spot_card": For(EVERYBODY, covering("spot_card")),
        "spot_close": For(
            PHOTOGRAPHERS, _doing(lambda turn, id: turn.desk.change_spot(id, closed=True), "spot-closed-now")
        ),
        "spot_open": For(
            PHOTOGRAPHERS, _doing(lambda turn, id: turn.desk.change_spot(id, closed=False), "spot-opened-now")
        ),
        "spot_remove": For(PHOTOGRAPHERS, covering("spot_remove")),
        "spot_removed": For(PHOTOGRAPHERS, _removed),
        "hold_end_ask": For(PHOTOGRAPHERS, _ask_to_end),
        "hold_end": For(PHOTOGRAPHERS, _end),
    },
    asides={
        "spot_card": For(EVERYBODY, spot_card),
        "spot_remove": For(PHOTOGRAPHERS, _remove_ask),
        "hold_end_ask": For(PHOTOGRAPHERS, _end_ask),
    },
)
