"""`/payments`: how clients can pay, and how cards stand (A3)."""

from collections.abc import Iterator
from typing import Final

from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, lines, say
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from core.payments.till_key import Cards
from core.studio_desk.rights import OWNERS


def payments(turn: StudioTurn, _about: str) -> Screen:
    """Whether cards are taken, in earnest or to try, with whose key, and what else there is."""
    cards = turn.cards
    first, *others = _said(turn, cards)
    return Screen(
        lines=(
            Line(say("payments", studio=turn.studio.name), Look.TITLE),
            *lines(first),
            *(Line(one, gap=True) for one in others),
        ),
        rows=tuple(row for row in _rows(turn, cards) if row),
    )


def _said(turn: StudioTurn, cards: Cards) -> Iterator[Say]:
    if cards.is_locked_out:
        yield say("payments-locked-out")
    elif not cards.taken:
        yield say("payments-no-cards")
    else:
        yield say("payments-live" if cards.is_live else "payments-test")
    if cards.own:
        key = cards.own.key
        since = turn.when(cards.own.connected_at, Clock.DAY_TIME)
        yield say("payments-own", ending=key.ending, mode=mode_of(key.is_live), since=since)
        if turn.front.events_at:
            yield say("payments-hooked" if cards.own.hook else "payments-not-hooked")
    elif cards.taken:
        yield say("payments-of-installation")
    yield say("payments-outside")
    if cards.taken and not cards.is_live:
        yield say("payments-earnest")


def mode_of(is_live: bool) -> Say:
    return say("mode-live" if is_live else "mode-test")


def _rows(turn: StudioTurn, cards: Cards) -> Iterator[tuple[Button, ...]]:
    label = "button-connect-again" if cards.own else "button-connect-own" if cards.taken else "button-connect-stripe"
    yield button(turn, say(label), "connect", "")
    if cards.own:
        if turn.front.events_at:
            yield button(turn, say("button-hook-again" if cards.own.hook else "button-hook"), "connect", "hook")
        yield button(turn, say("button-disconnect"), "disconnect", "")
    yield button(turn, say("button-new-mini"), "newmini", "") if not turn.desk.minis(all=True) else ()
    yield (Button(say("button-minis"), Do("minis", "")),)


ROOM: Final = Room(
    commands={"payments": For(OWNERS, covering("payments"))},
    presses={"payments": For(OWNERS, covering("payments"))},
    asides={"payments": For(OWNERS, payments)},
)
