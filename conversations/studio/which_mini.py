"""Which mini is meant: the one that there is, the one that was named, or the one that is chosen (STORYBOARD 3.1)."""

from collections.abc import Sequence
from typing import Final

from conversations.engine import Step
from conversations.screens import Button, Choose, Screen, lines, say
from conversations.studio.day_defaults import lend
from conversations.studio.overview import state_of
from conversations.studio.turn import StudioTurn
from conversations.talk import Answer
from core.minis.mini import Mini

MINIS_ON_ONE_SCREEN: Final = 20


def open_minis(turn: StudioTurn) -> tuple[Mini, ...]:
    """Those that are not over, the newest first."""
    return tuple(row.mini for row in reversed(turn.desk.minis()))


def mini_named(minis: Sequence[Mini], text: str) -> tuple[Mini | None, str]:
    """The mini whose title the text begins with, or the only one; and what else it says."""
    said = text.casefold()
    for one in sorted(minis, key=lambda one: -len(one.title)):
        title = one.title.casefold()
        if said == title or said.startswith((f"{title} ", f"{title},", f"{title}:")):
            return one, text[len(one.title) :].lstrip(" ,:")
    return (minis[0] if len(minis) == 1 else None), text


def _show(turn: StudioTurn) -> Screen:
    shown = open_minis(turn)[:MINIS_ON_ONE_SCREEN]
    return Screen(
        lines=lines(say("which-mini")),
        rows=tuple(
            (Button(say("button-which-mini", title=one.title, state=state_of(one)), Choose(one.id)),) for one in shown
        ),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    if all(one.id != choice for one in open_minis(turn)):
        return None
    turn.course.subject["mini"] = choice
    lend(turn, choice)
    return choice


def _typed(turn: StudioTurn, text: str) -> str | None:
    minis = open_minis(turn)
    named = [one for one in minis if text.strip().casefold() in one.title.casefold()]
    return named[0].id if len(named) == 1 else None


WHICH_MINI: Final[Step[StudioTurn]] = Step(id="which_mini", show=_show, accept=_accept, typed=_typed)
