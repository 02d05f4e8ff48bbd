"""A new mini: with a title alone it is an empty draft (B1)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import FieldKind, Say, say
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from core.studio_desk.rights import PHOTOGRAPHERS


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


ROOM: Final = Room(
    commands={"newmini": For(PHOTOGRAPHERS, _new_mini)},
    presses={"newmini": For(PHOTOGRAPHERS, _new_mini)},
    flows={NEW_MINI.name: For(PHOTOGRAPHERS, NEW_MINI)},
)
