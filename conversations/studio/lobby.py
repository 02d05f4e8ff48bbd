"""The first room of the studio's bot: what everybody finds there, and the ways out of a wizard."""

from typing import Final

from conversations.engine import go_back
from conversations.screens import Button, Do, Line, Look, Say, Screen, lines, say
from conversations.studio.turn import For, Room, StudioTurn, allowed, covering
from core.studio_desk.rights import EVERYBODY
from core.values.refusals import Refusal

#: In Telegram's menu of commands; all others are in the help (STORYBOARD 3.1).
MENU: Final = ("day", "minis", "newmini", "addday", "reserve", "share", "bookings", "help")
#: What the help explains, in its order.
HELPED: Final = (
    "minis",
    "newmini",
    "addday",
    "picture",
    "day",
    "block",
    "description",
    "packages",
    "package",
    "addon",
    "contract",
    "questions",
    "reserve",
    "release",
    "bookings",
    "find",
    "move",
    "cancel_booking",
    "paid",
    "money",
    "problems",
    "preview",
    "share",
    "publish",
    "unpublish",
    "pause",
    "resume",
    "copy",
    "archive",
    "back",
    "cancel",
    "unblock",
)


class NothingToLeave(Refusal):
    """`/cancel` and `/back` are ways out of a wizard; there is none under way."""


def help_screen(turn: StudioTurn, _about: str) -> Screen:
    """The commands that a member of this role may use."""
    mine = [name for name in HELPED if allowed(turn.house.commands, name, turn.role)]
    return Screen(
        lines=(
            Line(say("studio-help", studio=turn.studio.name), Look.TITLE),
            *lines(*(say(f"studio-help-{name.replace('_', '-')}") for name in mine), gap=True),
        ),
        rows=((Button(say("button-minis"), Do("minis", "")),),),
    )


def _back(turn: StudioTurn, _argument: str) -> Say | None:
    talk = turn.talk
    talk.notice = None
    if talk.course is None:
        raise NothingToLeave
    if talk.aside:
        talk.aside = None
    elif not go_back(turn.house.flows[talk.course.flow].what, turn):
        leave(turn)
    return None


def _cancel(turn: StudioTurn, _argument: str) -> Say | None:
    if turn.talk.course is None:
        raise NothingToLeave
    leave(turn)
    return say("toast-left")


def leave(turn: StudioTurn) -> None:
    """Out of the wizard: to the screen that it came from, to the mini that it was about, or to the list."""
    mini_id = turn.course.subject.get("mini")
    name, _, about = turn.course.subject.get("from", "").partition(":")
    turn.talk.end()
    turn.talk.notice = None
    if name:
        turn.talk.cover(name, about)
    elif mini_id:
        turn.talk.cover("mini", mini_id)
    else:
        turn.talk.cover("minis")


def _go_on(turn: StudioTurn, _reference: str) -> Say | None:
    turn.talk.aside = None
    return None


ROOM: Final = Room(
    commands={
        "start": For(EVERYBODY, covering("minis")),
        "help": For(EVERYBODY, covering("help")),
        "back": For(EVERYBODY, _back),
        "cancel": For(EVERYBODY, _cancel),
    },
    presses={
        "help": For(EVERYBODY, covering("help")),
        "back": For(EVERYBODY, _back),
        "cancel": For(EVERYBODY, _cancel),
        "go_on": For(EVERYBODY, _go_on),
    },
    asides={"help": For(EVERYBODY, help_screen)},
)
