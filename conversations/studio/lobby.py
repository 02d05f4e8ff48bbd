"""The first room of the studio's bot: what everybody finds there, and the ways out of a wizard."""

from typing import Final

from conversations.engine import go_back
from conversations.screens import Button, Do, Line, Look, Say, Screen, lines, say
from conversations.studio.set_up import SET_UP, begin_if_needed
from conversations.studio.turn import For, Room, StudioTurn, allowed, covering
from core.studio.team import Ticket
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
    "unblock",
    "description",
    "packages",
    "package",
    "addon",
    "contract",
    "questions",
    "messages",
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
    "settings",
    "team",
    "payments",
    "back",
    "cancel",
)
#: Where each stands in it; what stands nowhere else comes last.
GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("minis", ("minis", "newmini", "copy", "archive", "preview", "share", "publish", "unpublish", "pause", "resume")),
    (
        "making",
        ("addday", "picture", "description", "packages", "package", "addon", "contract", "questions", "messages"),
    ),
    ("days", ("day", "reserve", "release", "block", "unblock")),
    ("people", ("bookings", "find", "move", "cancel_booking")),
    ("money", ("paid", "money", "problems")),
    ("studio", ("payments", "team", "settings")),
)


class NothingToLeave(Refusal):
    """`/cancel` and `/back` are ways out of a wizard; there is none under way."""


def help_screen(turn: StudioTurn, _about: str) -> Screen:
    """The commands that a member of this role may use, in groups."""
    mine = [name for name in HELPED if allowed(turn.house.commands, name, turn.role)]
    grouped = {name for _, names in GROUPS for name in names}
    groups = [*GROUPS, ("ways", tuple(name for name in mine if name not in grouped))]
    shown: list[Line] = []
    for group, names in groups:
        if there := [name for name in mine if name in names]:
            shown.append(Line(say(f"studio-help-group-{group}"), gap=True))
            shown += lines(*(say(f"studio-help-{name.replace('_', '-')}") for name in there))
    return Screen(
        lines=(Line(say("studio-help", studio=turn.studio.name), Look.TITLE), *shown),
        rows=((Button(say("button-minis"), Do("minis", "")),),),
    )


def _start(turn: StudioTurn, came_by: str) -> Say | None:
    """Welcome whoever came by a one-time link; an owner goes on with the set-up until it is through."""
    if not begin_if_needed(turn):
        turn.talk.cover("minis")
    if came_by in set(Ticket):
        turn.talk.notice = say(f"studio-welcome-{turn.role}", name=turn.name, studio=turn.studio.name)
    elif came_by.startswith(tuple(f"{one}_" for one in Ticket)):
        turn.talk.notice = say("studio-ticket-over")
    return None


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
    kept = turn.course.flow == SET_UP.name  # there each answer holds at once
    leave(turn)
    return say("toast-left-kept" if kept else "toast-left")


def leave(turn: StudioTurn) -> None:
    """Out of the wizard: to the one that waited, to the screen that it came from, to its mini, or to the list."""
    mini_id = turn.course.subject.get("mini")
    name, _, about = turn.course.subject.get("from", "").partition(":")
    turn.talk.end()
    turn.talk.notice = None
    if turn.talk.course:
        turn.talk.aside = None
    elif name:
        turn.talk.cover(name, about)
    elif mini_id:
        turn.talk.cover("mini", mini_id)
    else:
        turn.talk.cover("minis")


#: From what covers a wizard, back to it.
GO_ON: Final = (Button(say("studio-go-on"), Do("go_on", "")),)


def _go_on(turn: StudioTurn, _reference: str) -> Say | None:
    turn.talk.aside = None
    return None


ROOM: Final = Room(
    commands={
        "start": For(EVERYBODY, _start),
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
