"""A new mini: with a title alone it is an empty draft, and one line makes all of it (B1, B11).

"Fall Minis, Sat 12 Oct 10:00, 8 spots of 20 min, gap 5, break 11:30 30m, $180, retainer $60, Riverside Park" is shown
in full with what is a guess and what was not understood; what is missing or can be read in two ways is asked.
"""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step, refusal_words
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import FieldKind, Say, say
from conversations.studio.add_day import asked_of_day
from conversations.studio.day_draft import LINES, NEW_TITLE
from conversations.studio.more import copy_named
from conversations.studio.new_mini_draft import NEW_PLACE, SELLS, is_title_alone, read_mini, read_whole
from conversations.studio.new_mini_preview import ASKED_NEW_PLACE, CREATE
from conversations.studio.package_questions import money_questions
from conversations.studio.set_up import begin_if_needed
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from core.minis.describe import TitleOutOfRange, read_title
from core.studio.settings import NotSetUp
from core.studio_desk.rights import PHOTOGRAPHERS

# -- with a title alone --


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


def _titled(_turn: StudioTurn) -> Iterator[Form[StudioTurn]]:
    yield TITLE


NEW_MINI: Final[Flow[StudioTurn]] = Flow(
    name="new_mini", script=_titled, ending=lambda turn: ("mini", turn.course.subject["mini"])
)


# -- with a whole line --

ASKED_NEW_TITLE: Final[Form[StudioTurn]] = Form(
    id=NEW_TITLE,
    title="title-new-mini",
    fields=(
        Field(
            id="text",
            kind=FieldKind.LINE,
            label=say("field-title"),
            ask=lambda _: say("new-mini-ask"),
            read=lambda _turn, text: read_title(text),
            words="mini-title",
        ),
    ),
    accept=lambda _turn, values: values["text"],
)


def _script(turn: StudioTurn) -> Iterator[Step[StudioTurn] | Form[StudioTurn]]:
    yield ASKED_NEW_TITLE
    if LINES in turn.answers:
        yield from asked_of_day(turn)
    if SELLS in turn.course.subject:
        yield from money_questions(turn)
    if NEW_PLACE in turn.course.reopened:
        yield ASKED_NEW_PLACE
    yield CREATE


WHOLE_MINI: Final[Flow[StudioTurn]] = Flow(
    name="whole_mini", script=_script, ending=lambda turn: ("mini", turn.course.subject["mini"])
)


def _new_mini(turn: StudioTurn, line: str) -> Say | None:
    """With a title at once, with a whole line shown first; bare, the title is asked. First the studio is set up."""
    line = line.strip()
    if begin_if_needed(turn):
        turn.talk.notice = say("set-up-first")
    elif not turn.studio.set_up:
        raise NotSetUp
    elif not line:
        turn.talk.begin(Course(flow=NEW_MINI.name, subject={}))
    elif not _copied(turn, line):
        _begin(turn, line)
    return None


def _begin(turn: StudioTurn, line: str) -> None:
    course = Course(flow=WHOLE_MINI.name, subject={"now": turn.desk.now.isoformat()})
    typed = read_mini(turn, line)
    if is_title_alone(typed):
        whole = typed.title if typed.title and not typed.not_understood else line
        try:
            title = read_title(whole)
        except TitleOutOfRange as refusal:
            turn.talk.begin(Course(flow=NEW_MINI.name, subject={}))
            turn.talk.notice = refusal_words(refusal)
            return
        turn.talk.cover("mini", turn.desk.new_mini(title).id)
        return
    turn.talk.begin(course)
    turn.course = course
    read_whole(turn, typed)


def _copied(turn: StudioTurn, line: str) -> bool:
    """ "Fall Minis copy Spring Minis": the title, and the mini that it is made of."""
    for word in turn.words.alternatives("typed-copy", turn.language):
        at = line.casefold().rfind(f" {word} ")
        title, source = line[:at].strip(" ,"), line[at + len(word) + 2 :].strip()
        if at > 0 and title and source:
            copy_named(turn, title, source)
            return True
    return False


ROOM: Final = Room(
    commands={"newmini": For(PHOTOGRAPHERS, _new_mini)},
    presses={"newmini": For(PHOTOGRAPHERS, _new_mini)},
    flows={NEW_MINI.name: For(PHOTOGRAPHERS, NEW_MINI), WHOLE_MINI.name: For(PHOTOGRAPHERS, WHOLE_MINI)},
)
