"""What a mini says of itself: title, description, place, and how many places one booking may take (B2, C4).

Where somebody else said otherwise of the same meanwhile, both are shown and one is chosen: nobody overwrites what they
never saw.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from conversations.engine import Flow, Step
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, say
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.which import Fit, about, first_named, minis_that, title_said
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.minis.mini import OVER, Mini
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS

_REMOVE: Final = "none"
_TYPED: Final = "t."
_MINE: Final = "mine"
_THEIRS: Final = "theirs"


@dataclass(frozen=True, slots=True)
class Detail:
    """One of them: how it stands in a mini, and how it is said."""

    now: Callable[[Mini], str]
    say: Callable[[StudioTurn, str, str, int | None], Mini]
    #: It may be empty.
    optional: bool = False


ASKED: Final = {
    "title": Detail(
        lambda mini: mini.title,
        lambda turn, mini_id, text, seen: turn.desk.describe(mini_id, title=text, seen=seen),
    ),
    "description": Detail(
        lambda mini: mini.description,
        lambda turn, mini_id, text, seen: turn.desk.describe(mini_id, description=text, seen=seen),
        optional=True,
    ),
    "place": Detail(
        lambda mini: mini.place,
        lambda turn, mini_id, text, seen: turn.desk.describe(mini_id, place=text, seen=seen),
        optional=True,
    ),
    "places": Detail(
        lambda mini: str(mini.places_limit),
        lambda turn, mini_id, text, seen: turn.desk.describe(mini_id, places_limit=_whole(text), seen=seen),
    ),
}


def subject_mini(turn: StudioTurn) -> Mini:
    """The mini that the course is about."""
    return turn.desk.mini(turn.course.subject["mini"])


def left_as_over(turn: StudioTurn) -> bool:
    """Leave the wizard where its mini was archived or called off meanwhile; True if so."""
    one = subject_mini(turn)
    if one.state not in OVER:
        return False
    turn.talk.end()
    turn.talk.cover("mini", one.id)
    turn.talk.notice = say("mini-over-meanwhile", title=one.title)
    return True


def begin_about(flow: str, **more: str) -> Act:
    """A press that begins a wizard about a mini, as it is seen now. One that is over is changed no more."""

    def act(turn: StudioTurn, mini_id: str) -> Say | None:
        one = turn.desk.mini(mini_id)
        if one.state in OVER:
            raise MiniChanged
        turn.talk.begin(Course(flow=flow, subject={"mini": one.id, "seen": str(one.version), **more}))
        return None

    return act


# -- asking --


def _show(turn: StudioTurn) -> Screen:
    what = turn.course.subject["what"]
    one, detail = subject_mini(turn), ASKED[what]
    now = detail.now(one)
    return Screen(
        lines=(
            Line(say(f"mini-{what}-ask", title=one.title)),
            *((Line(say("mini-detail-now"), gap=True), Line(_quoted(now), Look.QUOTE)) if now else ()),
        ),
        rows=((Button(say("button-remove-detail"), Choose(_REMOVE)),),) if now and detail.optional else (),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    """Say it; where somebody was faster, ask whose it is to be."""
    what = turn.course.subject["what"]
    detail = ASKED[what]
    if choice != _REMOVE and not choice.startswith(_TYPED):
        return None
    text = "" if choice == _REMOVE and detail.optional else choice.removeprefix(_TYPED)
    if left_as_over(turn):
        return None
    one = subject_mini(turn)
    try:
        detail.say(turn, one.id, text, int(turn.course.subject["seen"]))
    except MiniChanged:
        turn.course.subject["theirs"] = detail.now(one)
        return text
    _note_said(turn, text)
    return text


def _note_said(turn: StudioTurn, text: str) -> None:
    what = say(f"field-{turn.course.subject['what']}")
    turn.talk.notice = say("mini-detail-saved", what=what) if text else say("mini-detail-removed", what=what)


def _whole(text: str) -> int:
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 4:
        raise Misread(key="number")
    return int(digits)


def _quoted(text: str) -> Say:
    return say("as-written", text=text) if text else say("mini-detail-empty")


DETAIL_SAID: Final[Step[StudioTurn]] = Step(
    id="mini_detail", show=_show, accept=_accept, typed=lambda _turn, text: f"{_TYPED}{text}"
)


# -- somebody was faster --


def _show_both(turn: StudioTurn) -> Screen:
    return Screen(
        lines=(
            Line(say("mini-detail-changed", what=say(f"field-{turn.course.subject['what']}"))),
            Line(say("mini-detail-theirs"), gap=True),
            Line(_quoted(turn.course.subject["theirs"]), Look.QUOTE),
            Line(say("mini-detail-mine"), gap=True),
            Line(_quoted(turn.text(DETAIL_SAID.id)), Look.QUOTE),
        ),
        rows=(
            (Button(say("button-use-mine"), Choose(_MINE), Style.PRIMARY),),
            (Button(say("button-keep-theirs"), Choose(_THEIRS)),),
        ),
    )


def _choose(turn: StudioTurn, choice: str) -> Answer:
    """The person's own in the place of what they were shown; they are shown it again where that changed once more."""
    detail = ASKED[turn.course.subject["what"]]
    if choice == _THEIRS:
        turn.talk.notice = say("mini-detail-kept")
        return choice
    if choice != _MINE or left_as_over(turn):
        return None
    one, mine = subject_mini(turn), turn.text(DETAIL_SAID.id)
    if detail.now(one) != turn.course.subject["theirs"]:
        turn.course.subject["theirs"] = detail.now(one)
        return None
    detail.say(turn, one.id, mine, None)
    _note_said(turn, mine)
    return choice


BOTH: Final[Step[StudioTurn]] = Step(id="mini_both", show=_show_both, accept=_choose)


def _script(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield DETAIL_SAID
    if "theirs" in turn.course.subject:
        yield BOTH


DETAIL: Final[Flow[StudioTurn]] = Flow(
    name="mini_detail", script=_script, ending=lambda turn: ("mini", turn.course.subject["mini"])
)


def _describe(turn: StudioTurn, said: str) -> Say | None:
    """`/description Sun and leaves` says it at once, of the mini that it names first or of the only one."""
    minis, said = minis_that(turn, Fit.OPEN), said.strip()
    one, text = first_named(minis, said)
    if one is None and len(minis) == 1 and not minis_that(turn, Fit.ANY, text):
        one = minis[0]
    if one is None or not text:
        return about("description")(turn, title_said(said, text))
    turn.desk.describe(one.id, description=text, seen=one.version)
    turn.talk.cover("mini", one.id)
    turn.talk.notice = say("mini-detail-saved", what=say("field-description"))
    return None


ROOM: Final = Room(
    commands={"description": For(PHOTOGRAPHERS, _describe)},
    presses={
        "description": For(PHOTOGRAPHERS, begin_about(DETAIL.name, what="description")),
        **{
            f"mini_{what}": For(PHOTOGRAPHERS, begin_about(DETAIL.name, what=what))
            for what in ("title", "place", "places")
        },
    },
    flows={DETAIL.name: For(PHOTOGRAPHERS, DETAIL)},
)
