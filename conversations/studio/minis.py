"""The studio's minis: the list, a new one, and what is done with one as a whole (B1, B8, E3)."""

from collections.abc import Callable, Iterator
from typing import Final

from conversations.engine import Flow
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Do, FieldKind, Line, Look, Say, Screen, lines, say
from conversations.studio.overview import button, mini, state_of
from conversations.studio.turn import Act, For, Room, StudioTurn, covering
from conversations.talk import Answer, Course
from core.minis.mini import Mini
from core.studio_desk import StudioDesk
from core.studio_desk.rights import EVERYBODY, PHOTOGRAPHERS

MINIS_ON_ONE_SCREEN: Final = 20


def minis(turn: StudioTurn, _about: str) -> Screen:
    """Every mini that is not over, the newest first, to tap."""
    shown = turn.desk.minis()[-MINIS_ON_ONE_SCREEN:]
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


# -- a new one --


def _make(turn: StudioTurn, values: dict[str, str]) -> Answer:
    made = turn.desk.new_mini(values["title"])
    turn.course.subject["mini"] = made.id
    return made.id


TITLE: Final = Form(
    id="new_mini",
    title="title-new-mini",
    fields=(
        Field(
            id="title",
            kind=FieldKind.LINE,
            label=say("field-title"),
            ask=lambda _: say("new-mini-ask"),
            words="mini-title",
        ),
    ),
    accept=_make,
)


def _script(_turn: StudioTurn) -> Iterator[Form[StudioTurn]]:
    yield TITLE


NEW_MINI: Final[Flow[StudioTurn]] = Flow(
    name="new_mini",
    script=_script,
    ending=lambda turn: ("mini", turn.course.subject["mini"]),
)


def _new_mini(turn: StudioTurn, title: str) -> Say | None:
    """With a title at once; bare, it is asked."""
    if title:
        turn.talk.cover("mini", turn.desk.new_mini(title).id)
    else:
        turn.talk.begin(Course(flow=NEW_MINI.name, subject={}))
    return None


# -- one as a whole --


def _doing(deed: Callable[[StudioDesk, str], Mini], done: Say) -> Act:
    def act(turn: StudioTurn, mini_id: str) -> Say | None:
        deed(turn.desk, mini_id)
        turn.talk.cover("mini", mini_id)
        turn.talk.notice = done
        return None

    return act


def _publish(turn: StudioTurn, mini_id: str) -> Say | None:
    turn.desk.publish(mini_id, takes_cards=turn.front.takes_cards)
    turn.talk.cover("mini", mini_id)
    turn.talk.notice = say("studio-published")
    return None


ROOM: Final = Room(
    commands={
        "minis": For(EVERYBODY, covering("minis")),
        "newmini": For(PHOTOGRAPHERS, _new_mini),
    },
    presses={
        "minis": For(EVERYBODY, covering("minis")),
        "mini": For(EVERYBODY, covering("mini")),
        "newmini": For(PHOTOGRAPHERS, _new_mini),
        "publish": For(PHOTOGRAPHERS, _publish),
        "unpublish": For(PHOTOGRAPHERS, _doing(StudioDesk.unpublish, say("studio-unpublished"))),
        "pause": For(PHOTOGRAPHERS, _doing(StudioDesk.pause, say("studio-paused"))),
        "resume": For(PHOTOGRAPHERS, _doing(StudioDesk.resume, say("studio-resumed"))),
    },
    asides={"minis": For(EVERYBODY, minis), "mini": For(EVERYBODY, mini)},
    flows={NEW_MINI.name: For(PHOTOGRAPHERS, NEW_MINI)},
)
