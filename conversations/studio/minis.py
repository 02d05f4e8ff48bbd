"""The studio's minis: the list, and what is done with one as a whole (B8, E3)."""

from collections.abc import Callable
from typing import Final

from conversations.screens import Button, Do, Line, Look, Say, Screen, lines, say
from conversations.studio.overview import button, mini, state_of
from conversations.studio.turn import Act, For, Room, StudioTurn, covering, showing
from conversations.studio.which import Fit, about
from core.minis.mini import Mini
from core.studio_desk.rights import EVERYBODY, PHOTOGRAPHERS

MINIS_ON_ONE_SCREEN: Final = 20
#: The word of the command: /minis all.
ALL: Final = "all"


def minis(turn: StudioTurn, which: str) -> Screen:
    """Every mini that is not over, or with `all` every one, the newest first, to tap."""
    shown = turn.desk.minis(all=which.strip().casefold() == ALL)[-MINIS_ON_ONE_SCREEN:]
    rows = tuple(
        (
            Button(
                say(
                    "button-studio-mini",
                    title=row.mini.title,
                    state=state_of(row.mini),
                    taken=row.taken,
                    seats=row.seats,
                ),
                Do("mini", row.mini.id),
            ),
        )
        for row in reversed(shown)
    )
    new = ((Button(say("button-new-mini"), Do("newmini", "")),),) if turn.role in PHOTOGRAPHERS else ()
    return Screen(
        lines=(
            Line(say("studio-name", studio=turn.studio.name), Look.TITLE),
            *lines(say("studio-minis", count=len(shown)) if shown else say("studio-minis-none")),
        ),
        rows=(*rows, *new, *_unfinished(turn)),
    )


def _unfinished(turn: StudioTurn) -> tuple[tuple[Button, ...], ...]:
    """The way back into a set-up that was left."""
    if turn.studio.set_up:
        return ()
    return tuple(row for row in (button(turn, say("button-set-up"), "set_up", ""),) if row)


# -- one as a whole --


def _doing(deed: Callable[[StudioTurn, str], Mini], done: str) -> Act:
    """A deed with a mini, which then stands in its overview with what was done said above it, by the mini's name."""

    def act(turn: StudioTurn, mini_id: str) -> Say | None:
        one = deed(turn, mini_id)
        turn.talk.cover("mini", one.id)
        turn.talk.notice = say(done, title=one.title)
        return None

    return act


_DEEDS: Final[dict[str, tuple[Act, Fit]]] = {
    "unpublish": (_doing(lambda turn, one: turn.desk.unpublish(one), "studio-unpublished"), Fit.PUBLISHED),
    "pause": (_doing(lambda turn, one: turn.desk.pause(one), "studio-paused"), Fit.PAUSABLE),
    "resume": (_doing(lambda turn, one: turn.desk.resume(one), "studio-resumed"), Fit.PAUSED),
    "archive": (_doing(lambda turn, one: turn.desk.archive(one), "studio-archived"), Fit.OPEN),
}


ROOM: Final = Room(
    commands={
        "minis": For(EVERYBODY, covering("minis")),
        **{name: For(PHOTOGRAPHERS, about(name, fit)) for name, (_, fit) in _DEEDS.items()},
    },
    presses={
        "minis": For(EVERYBODY, covering("minis")),
        "mini": For(EVERYBODY, showing("mini")),
        "undo": For(PHOTOGRAPHERS, _doing(lambda turn, one: turn.desk.undo(one), "studio-undone")),
        **{name: For(PHOTOGRAPHERS, act) for name, (act, _) in _DEEDS.items()},
    },
    asides={"minis": For(EVERYBODY, minis), "mini": For(EVERYBODY, mini)},
)
