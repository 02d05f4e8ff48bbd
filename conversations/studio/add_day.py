"""/addday: a day is told in one line or question by question, shown in full, and saved (C1-C4, C6).

What a line leaves out is asked; what the last day lends is named. Bare, everything is asked that the last day cannot
lend. At the preview a typed line changes what it names.
"""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step
from conversations.screens import Say, say
from conversations.studio.day_defaults import last_of, lend
from conversations.studio.day_draft import (
    BREAKS,
    GAP,
    LENGTH,
    LINES,
    PLACE,
    READING,
    SPOTS,
    START,
    chosen_reading,
    draft_of,
    read_line,
)
from conversations.studio.day_questions import (
    ASKED_CLOCK,
    ASKED_LENGTH,
    ASKED_PLACE,
    ASKED_SPOTS,
    ASKED_START,
    CLOCKS,
    WHEN,
    day_is_past,
    whys,
)
from conversations.studio.day_save import SAVE
from conversations.studio.day_spacing import ASKED_BREAKS, ASKED_GAP
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.typed_day import LONGEST, Fact, TypedDay
from conversations.studio.which import Fit, asked_which, first_named, minis_that
from conversations.talk import Course
from conversations.typed_moments import NotRead, Past, Unread, readings_of
from core.minis.mini import OVER
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS

_BARE: Final = "bare"

_QUESTIONS: Final = (ASKED_START, ASKED_CLOCK, ASKED_SPOTS, ASKED_LENGTH, ASKED_GAP, ASKED_BREAKS, ASKED_PLACE)


def _script(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield from asked_which(turn, lend)
    yield from asked_of_day(turn)
    yield SAVE


def asked_of_day(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    """What is still to be asked of the day that is told, and what was."""
    draft = draft_of(turn)
    open_ones = _open_questions(turn, draft)
    if _is_there(turn, WHEN.id) or Fact.DATE in draft.missing:
        yield WHEN
    for step in _QUESTIONS:
        if _is_there(turn, step.id) or step.id in open_ones:
            yield step


def _is_there(turn: StudioTurn, id: str) -> bool:
    """Whether it was answered before, or is asked again. A reading that was chosen at the preview was no step."""
    if id == READING and not whys(draft_of(turn).when) & CLOCKS:
        return False
    return id in turn.answers or id in turn.course.reopened


def _open_questions(turn: StudioTurn, draft: TypedDay) -> frozenset[str]:
    """What is to be asked once the day is known. What a line leaves out of spacing and place is none, and is shown."""
    missing = {Fact.START: START, Fact.SPOTS: SPOTS, Fact.DURATION: LENGTH}
    asked = {missing[fact] for fact in draft.missing if fact in missing}
    if whys(draft.when) & CLOCKS and chosen_reading(turn, draft.when) is None:
        asked.add(READING)
    last = last_of(turn)
    if _BARE in turn.course.subject and (last is None or last.same_start != draft.same_start):
        spaced = set[str]() if draft.same_start else {GAP} if not draft.gap else set[str]()
        spaced |= set[str]() if draft.same_start or draft.breaks else {BREAKS}
        asked |= spaced | ({PLACE} if last is None and not draft.place else set[str]())
    return frozenset(asked)


ADD_DAY: Final[Flow[StudioTurn]] = Flow(
    name="add_day",
    script=_script,
    ending=lambda turn: ("mini", turn.course.subject["mini"]),
)


def begin(turn: StudioTurn, mini_id: str, line: str) -> None:
    """Begin the wizard, with what was typed already; without a mini it asks which."""
    course = Course(flow=ADD_DAY.name, subject={"now": turn.desk.now.isoformat()})
    turn.talk.begin(course)
    turn.course = course
    if mini_id:
        course.subject["mini"] = mini_id
        lend(turn, mini_id)
    if not line:
        course.subject[_BARE] = "1"
        return
    if len(line) > LONGEST:
        turn.talk.notice = say("day-too-long", most=LONGEST)
        return
    turn.answers[LINES] = [line]
    said = read_line(turn, line)
    if isinstance(said.when, Past):
        turn.talk.notice = day_is_past(turn, said.when)
    elif isinstance(said.when, NotRead) and said.when.why is Unread.NO_SUCH:
        no_day = " ".join(said.when.words)
        turn.talk.notice = say("day-no-such", text=no_day)
        rest = line.replace(no_day, "", 1)  # a day behind it goes with its time
        if not readings_of(read_line(turn, rest).when):
            turn.answers[LINES] = [rest]


def _command(turn: StudioTurn, argument: str) -> Say | None:
    minis = minis_that(turn, Fit.OPEN)
    if not minis:
        turn.talk.cover("minis")
        turn.talk.notice = say("day-no-mini")
        return None
    named, line = first_named(minis, argument.strip())
    mini = named or (minis[0] if len(minis) == 1 else None)
    begin(turn, mini.id if mini else "", line)
    return None


def _press(turn: StudioTurn, mini_id: str) -> Say | None:
    if turn.desk.mini(mini_id).state in OVER:
        raise MiniChanged
    begin(turn, mini_id, "")
    return None


ROOM: Final = Room(
    commands={"addday": For(PHOTOGRAPHERS, _command)},
    presses={"addday": For(PHOTOGRAPHERS, _press)},
    flows={ADD_DAY.name: For(PHOTOGRAPHERS, ADD_DAY)},
)
