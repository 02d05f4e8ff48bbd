"""A client asks the studio something: in the middle of whatever is under way, which waits and then goes on (F13)."""

from collections.abc import Iterator, Mapping
from typing import Final

from conversations.booking.facts import BookingTurn, Command
from conversations.engine import Flow
from conversations.fields import Field
from conversations.forms import Form
from conversations.hall import ways_to_reach
from conversations.inbound import Said, Typed
from conversations.screens import Clock, FieldKind, Line, Say, lines, say
from conversations.talk import Answer, Course, Talk
from conversations.turn import Misread
from core.booking.booking import RUNNING, Booking, State
from core.messages.records import SentMessage
from core.messages.thread import LONGEST

NAME: Final = "ask"


# -- the question --


def _ask(turn: BookingTurn, values: dict[str, str]) -> Answer:
    turn.desk.ask(values["text"], turn.course.subject["about"] or None)
    if turn.talk.parked:
        turn.talk.notice = say("passed-on", studio=turn.studio.name)
    return True


def _below(turn: BookingTurn) -> tuple[Line, ...]:
    """Until when a time is held meanwhile, and the other ways to the studio."""
    held = _held(turn)
    until = lines(say("asking-held", until=turn.when(held.hold_until, Clock.DEADLINE))) if held else ()
    return (*until, *lines(*ways_to_reach(turn.studio), gap=True))


def _held(turn: BookingTurn) -> Booking | None:
    about = [turn.course.subject["about"], *(one.booking_id for one in reversed(turn.talk.parked))]
    bookings = (turn.desk.booking(one) for one in about if one)
    return next((one for one in bookings if one and one.state in RUNNING), None)


QUESTION: Final = Form(
    id="question",
    title="title-question",
    fields=(
        Field(
            id="text",
            kind=FieldKind.TEXT,
            label=say("field-question"),
            ask=lambda turn: say("asking", studio=turn.studio.name),
        ),
    ),
    accept=_ask,
    leaving="button-never-mind",
    below=_below,
)


def _script(_turn: BookingTurn) -> Iterator[Form[BookingTurn]]:
    yield QUESTION


ASK: Final[Flow[BookingTurn]] = Flow(
    name=NAME,
    script=_script,
    ending=lambda turn: None if turn.talk.parked else ("passed_on", ""),
)


def is_under_way(talk: Talk) -> bool:
    return talk.course is not None and talk.course.flow == NAME


def waits_behind(talk: Talk, booking_id: str) -> bool:
    """Whether the booking goes on once the question is asked."""
    return is_under_way(talk) and bool(talk.parked) and talk.parked[-1].booking_id == booking_id


def leave(talk: Talk) -> bool:
    """Never mind: what waited goes on, or what was seen before is seen again. False where nothing was being asked."""
    course = talk.course
    if course is None or course.flow != NAME:
        return False
    name, _, about = course.subject["seen"].partition(" ")
    talk.end()
    talk.aside = (name, about) if name and not talk.course else None
    return True


# -- how it begins --


def _begin(turn: BookingTurn, booking_id: str) -> Say | None:
    talk = turn.talk
    if is_under_way(talk):
        talk.aside = None
        return None
    about = _about(turn, booking_id)
    seen = " ".join(talk.aside or ())
    talk.park(briefly=True)
    talk.begin(Course(flow=NAME, subject={"mini": "", "about": about, "seen": seen}))
    return None


def _about(turn: BookingTurn, booking_id: str) -> str:
    """The booking that stands beside the button or is under way; else the only one that is ahead."""
    if booking_id and turn.desk.booking(booking_id):
        return booking_id
    if turn.talk.course:
        return turn.talk.course.booking_id or ""
    mine = [one for one in turn.desk.my_bookings() if one.state is State.CONFIRMED]
    return mine[0].id if len(mine) == 1 else ""


def offer(turn: BookingTurn, text: str) -> None:
    """Nothing is passed on unasked. What comes in several messages is one question."""
    name, before = turn.talk.aside or ("", "")
    together = f"{before}\n{text}" if name == "pass_on" else text
    turn.talk.notice = None
    turn.talk.cover("pass_on", together if len(together) <= LONGEST else text)


def _pass_on(turn: BookingTurn, _reference: str) -> Say | None:
    """As the screen that asks remembers it: a button can neither carry nor forge it."""
    name, text = turn.talk.aside or ("", "")
    if name != "pass_on":
        return say("earlier-step")
    turn.desk.ask(text, _about(turn, "") or None)
    turn.talk.cover("passed_on")
    return None


def reply(turn: BookingTurn, to: SentMessage, said: Said) -> None:
    """An answer to what the studio said, whatever is under way; that goes on."""
    if not isinstance(said, Typed):
        raise Misread(key="only-words")
    talk = turn.talk
    turn.desk.ask(said.text, to.booking_id)
    leave(talk)
    talk.notice = say("passed-on", studio=turn.studio.name) if talk.course else None
    if talk.course is None:
        talk.cover("passed_on")


PRESSES: Final[Mapping[str, Command]] = {"ask": _begin, "pass_on": _pass_on}
