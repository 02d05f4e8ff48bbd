"""Connecting Stripe: a key is asked for, comes checked and locked, and is never shown again (A3).

Nobody here ever sees a key: who talks to the messenger takes it out of what was said, deletes its message, and hands on
what came of it (`Confided`).
"""

from typing import Final

from conversations.engine import refusal_words
from conversations.inbound import CheckedKey, Confided, FlawedKey, KeyFlaw, LockedHook, SecretKind
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.payments import mode_of
from conversations.studio.turn import For, Room, Secrets, StudioTurn, covering
from core.minis.mini import ONLINE, MiniState
from core.payments.connect import NoTillOfTheirOwn, TillInUse
from core.studio_desk.rights import OWNERS
from core.values.refusals import Refusal

CONNECT: Final = "connect"
_HOOK: Final = "hook"


# -- what is asked --


def connect(turn: StudioTurn, about: str) -> Screen:
    """What to paste, where it is found, and what becomes of it."""
    back = (Button(say("button-ways-to-pay"), Do("payments", "")),)
    if about == _HOOK:
        return Screen(
            lines=(
                Line(say("connect-hook"), Look.TITLE),
                *lines(say("connect-hook-where", address=turn.front.events_at)),
                Line(say("connect-hook-deleted"), gap=True),
            ),
            rows=(back,),
        )
    return Screen(
        lines=(
            Line(say("connect"), Look.TITLE),
            *lines(say("connect-where")),
            Line(say("connect-permissions"), gap=True),
            Line(say("connect-secret-key"), gap=True),
            Line(say("connect-test"), gap=True),
            Line(say("connect-deleted"), gap=True),
        ),
        rows=(back,),
    )


def _misread(turn: StudioTurn) -> None:
    """Something else was typed, perhaps a part of a key: the wizard below shall not take it for an answer."""
    asks_hook = turn.talk.aside == (CONNECT, _HOOK)
    turn.talk.notice = say("connect-hook-misread" if asks_hook else "connect-misread")


# -- what was confided --


def _take(turn: StudioTurn, said: Confided) -> None:
    """Say what came of a secret, and that its message is gone or must be deleted by hand."""
    gone = say("confided-deleted" if said.deleted else "confided-not-deleted")
    try:
        came = _what_came_of_it(turn, said)
    except (TillInUse, NoTillOfTheirOwn) as refusal:  # they refuse before anything is written
        turn.talk.cover("payments")
        came = _why(turn, refusal)
    turn.talk.notice = say("two-sentences", first=came, second=gone)


def _what_came_of_it(turn: StudioTurn, said: Confided) -> Say:
    if turn.role not in OWNERS:
        return say("confided-by-nobody")
    match said.outcome:
        case CheckedKey():
            return _connected(turn, said.outcome)
        case LockedHook(locked):
            turn.desk.keep_hook(locked)
            turn.talk.cover("payments")
            return say("hook-kept")
        case FlawedKey():
            return _flawed(turn, said.outcome, said.kind)
        case None:
            return _unasked(turn, said.kind)


def _connected(turn: StudioTurn, checked: CheckedKey) -> Say:
    had = turn.cards
    came = turn.desk.connect_till(checked.key, checked.till, turn.front.installation)
    own = came.own
    asks_hook = bool(turn.front.events_at) and not own.hook
    turn.talk.cover(*((CONNECT, _HOOK) if asks_hook else ("payments", "")))
    connected = say("key-connected", ending=own.key.ending, mode=mode_of(own.key.is_live))
    if had.taken and had.is_live != own.key.is_live:
        other = say("key-live-from-now" if own.key.is_live else "key-test-from-now")
        connected = say("two-sentences", first=connected, second=other)
    if came.former and had.taken and had.is_live:
        earlier = say("key-earlier-kept", ending=came.former.key.ending)
        connected = say("two-sentences", first=connected, second=earlier)
    if not checked.is_restricted:
        connected = say("two-sentences", first=connected, second=say("key-not-restricted"))
    return connected


def _unasked(turn: StudioTurn, kind: SecretKind) -> Say:
    if kind is SecretKind.HOOK and not turn.front.events_at:
        turn.talk.cover("payments")
        return say("key-not-needed")
    turn.talk.cover(CONNECT, _HOOK if kind is SecretKind.HOOK and turn.cards.own else "")
    return say("confided-unasked")


def _flawed(turn: StudioTurn, flawed: FlawedKey, kind: SecretKind) -> Say:
    if flawed.flaw is KeyFlaw.NOT_NEEDED:
        turn.talk.cover("payments")
    else:
        turn.talk.cover(CONNECT, _HOOK if kind is SecretKind.HOOK and turn.cards.own else "")
    if flawed.flaw is KeyFlaw.FORBIDDEN:
        lacks = tuple(turn.words.phrase(say(f"key-may-{one}"), turn.language) for one in flawed.lacks)
        return say("key-forbidden", lacks=lacks)
    return say(f"key-{flawed.flaw}")


def _why(turn: StudioTurn, refusal: Refusal) -> Say:
    """The sentence for a refusal; where the account must stay, with what is in the way."""
    left = _in_the_way(turn) if isinstance(refusal, TillInUse) else None
    return left or refusal_words(refusal)


def _in_the_way(turn: StudioTurn) -> Say | None:
    """Why the account must stay for now: how many pages can be paid there, and until when."""
    left = turn.desk.outstanding()
    if left.until is None:
        return None
    pages = say("outstanding-pages", count=left.pages, until=turn.when(left.until, Clock.TIME))
    return say("two-sentences", first=say("outstanding"), second=pages)


# -- taking it away --


def disconnect(turn: StudioTurn, _about: str) -> Screen:
    """What it would mean, before it is done."""
    installation = turn.front.installation
    means = "disconnect-to-installation" if installation.takes_cards else "disconnect-to-none"
    published = _published_online(turn)
    return Screen(
        lines=(
            Line(say("disconnect"), Look.TITLE),
            *lines(say(means, mode=mode_of(installation.is_live))),
            *((Line(say("disconnect-published", count=published), gap=True),) if published else ()),
            Line(say("disconnect-refunds"), gap=True),
        ),
        rows=(
            (Button(say("button-disconnect-now"), Do("disconnect", "now"), Style.DANGER),),
            (Button(say("button-keep-connected"), Do("payments", "")),),
        ),
    )


def _published_online(turn: StudioTurn) -> int:
    """How many minis can be booked with a card now, and could not be after."""
    if turn.front.installation.takes_cards:
        return 0
    minis = (row.mini for row in turn.desk.minis())
    return sum(
        mini.state in {MiniState.PUBLISHED, MiniState.UNPUBLISHED}
        and any(one.paid_by in ONLINE for one in mini.packages)
        for mini in minis
    )


def _disconnect(turn: StudioTurn, sure: str) -> Say | None:
    turn.talk.cover("payments")
    if turn.cards.own is None:
        return None
    if sure == "now":
        turn.talk.notice = _disconnected(turn)
    elif refusal := _in_the_way(turn):
        turn.talk.notice = refusal
    else:
        turn.talk.cover("disconnect")
    return None


def _disconnected(turn: StudioTurn) -> Say:
    try:
        turn.desk.disconnect_till()
    except TillInUse as refusal:
        return _why(turn, refusal)
    return say("disconnected")


ROOM: Final = Room(
    presses={CONNECT: For(OWNERS, covering(CONNECT)), "disconnect": For(OWNERS, _disconnect)},
    asides={CONNECT: For(OWNERS, connect), "disconnect": For(OWNERS, disconnect)},
    secrets=Secrets(take=_take, over={CONNECT: _misread, "payments": None}),
)
