"""`/settings`: what holds for the whole studio, each to be looked at and changed by itself (A2, A5)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import AnyStep, Flow, place_of, take
from conversations.inbound import Typed
from conversations.screens import Button, Do, Line, Look, Say, Screen, say
from conversations.studio.settings_list import SETTINGS
from conversations.studio.settings_values import VALUES
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.talk import Course
from core.studio_desk.rights import OWNERS


def settings(turn: StudioTurn, _about: str) -> Screen:
    """Every setting as it is now, and a button for each."""
    buttons = [Button(say(f"setting-{name}"), Do("setting", name)) for name in SETTINGS]
    return Screen(
        lines=(
            Line(say("settings", studio=turn.studio.name), Look.TITLE),
            *(Line(_line(turn, name), gap=number == 0) for number, name in enumerate(SETTINGS)),
        ),
        rows=(
            *(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)),
            (Button(say("button-minis"), Do("minis", "")),),
        ),
    )


def _line(turn: StudioTurn, name: str) -> Say:
    return say("setting-now", setting=say(f"setting-{name}"), value=VALUES[name](turn))


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield from SETTINGS[turn.course.subject["setting"]](turn)


SETTLE: Final[Flow[StudioTurn]] = Flow(name="settle", script=_script, ending=lambda _: ("settings", ""))


def _change(turn: StudioTurn, name: str) -> Say | None:
    if name not in SETTINGS:
        return say("earlier-step")
    turn.talk.begin(Course(flow=SETTLE.name, subject={"setting": name, "from": "settings"}))
    return None


def _settings(turn: StudioTurn, argument: str) -> Say | None:
    """`/settings phone +1 312 555 0100` at once; with a setting's name alone it is asked."""
    said, _, value = argument.partition(" ")
    named = {turn.words.phrase(say(f"setting-{name}"), turn.language).casefold(): name for name in SETTINGS}
    name = named.get(said.casefold(), said.casefold())
    if name not in SETTINGS:
        turn.talk.cover("settings")
        if said:
            turn.talk.notice = say("settings-unknown", what=said)
        return None
    _change(turn, name)
    if value:
        turn.course = turn.talk.course or turn.course
        take(SETTLE, turn, Typed(value))
        if place_of(SETTLE, turn) is None:
            turn.talk.cover("settings")
            turn.talk.end()
    return None


ROOM: Final = Room(
    commands={"settings": For(OWNERS, _settings)},
    presses={"settings": For(OWNERS, covering("settings")), "setting": For(OWNERS, _change)},
    asides={"settings": For(OWNERS, settings)},
    flows={SETTLE.name: For(OWNERS, SETTLE)},
)
