"""The photographers' side of a thread: what a client asks, and what the studio answers or writes by itself (F13).

A question is a message apart. It is answered by replying to it, whatever wizard is under way, or by its button.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from conversations.engine import Flow
from conversations.fields import Field
from conversations.forms import Form
from conversations.hall import ways_to_reach
from conversations.inbound import Said, Typed
from conversations.screens import Button, Do, FieldKind, Line, Look, Say, Screen, lines, say
from conversations.studio.overview import button
from conversations.studio.turn import For, Notice, Room, StudioTurn
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.booking.booking import Booking
from core.booking.contact import Contact
from core.messages.alerts import Alert
from core.messages.records import LeasedMessage, SentMessage
from core.messages.remark import Remark, Voice
from core.messages.thread import Thread
from core.studio_desk.rights import PHOTOGRAPHERS

NAME: Final = "message"
SHOWN: Final = 300  # characters of a remark in a thread; whoever wrote or read it knows the rest


# -- the thread --


def thread(turn: StudioTurn, about: str) -> Screen:
    """The latest of what was said, and a way to say more."""
    client_id, booking_id = _parts(about)
    found = turn.desk.thread(client_id)
    return Screen(
        lines=_lines(turn, found, booking_id),
        rows=(
            (*button(turn, say("button-message"), "answer", about), *_booking_button(turn, booking_id)),
            (Button(say("button-minis"), Do("minis", "")),),
        ),
    )


def _lines(turn: StudioTurn, found: Thread, booking_id: str) -> tuple[Line, ...]:
    booking = _booking(turn, booking_id)
    name = _name(found, booking)
    title = (
        say("thread-about", client=name, when=turn.when(booking.snapshot.starts), code=booking.code)
        if booking
        else say("thread-with", client=name)
    )
    return (Line(title, Look.TITLE), *(Line(_said(turn, one, found, name)) for one in found.remarks))


def _said(turn: StudioTurn, remark: Remark, found: Thread, name: Say) -> Say:
    text = remark.text if len(remark.text) <= SHOWN else f"{remark.text[:SHOWN].rstrip()}…"
    when = turn.when(remark.said_at)
    if remark.voice is Voice.CLIENT:
        return say("thread-line", who=name, when=when, text=text)
    if remark.member_id == turn.desk.member.id:
        return say("thread-line", who=say("thread-you"), when=when, text=text)
    return say("thread-line", who=found.names.get(remark.member_id or "", turn.studio.name), when=when, text=text)


def _name(found: Thread, booking: Booking | None, *, within: bool = False) -> Say:
    """As the client gave it, for this booking or before; until then they have none. `within` a sentence?"""
    contact = _contact(found, booking)
    if contact:
        return say("as-written", text=contact.name)
    return say("new-client-within" if within else "new-client")


def _contact(found: Thread, booking: Booking | None) -> Contact | None:
    return (booking.contact if booking else None) or found.client.contact


# -- writing --


def _about(turn: StudioTurn) -> tuple[str, str]:
    return turn.course.subject["client"], turn.course.subject["booking"]


def _write(turn: StudioTurn, values: dict[str, str]) -> Answer:
    client_id, booking_id = _about(turn)
    _answer(turn, values["text"], client_id, booking_id, seen=int(turn.course.subject["seen"]))
    return True


def _ask(turn: StudioTurn) -> Say:
    client_id, booking_id = _about(turn)
    return say("message-ask", client=_name(turn.desk.thread(client_id), _booking(turn, booking_id), within=True))


def _above(turn: StudioTurn) -> tuple[Line, ...]:
    client_id, booking_id = _about(turn)
    return _lines(turn, turn.desk.thread(client_id), booking_id)


MESSAGE: Final = Form(
    id="message",
    title="title-message",
    fields=(Field(id="text", kind=FieldKind.TEXT, label=say("field-message"), ask=_ask),),
    accept=_write,
    above=_above,
)


def _script(_turn: StudioTurn) -> Iterator[Form[StudioTurn]]:
    yield MESSAGE


def _ending(turn: StudioTurn) -> tuple[str, str] | None:
    return None if turn.talk.parked else ("thread", _joined(*_about(turn)))


WRITE: Final[Flow[StudioTurn]] = Flow(name=NAME, script=_script, ending=_ending)


def _begin(turn: StudioTurn, about: str) -> Say | None:
    """Ask for the words; what was under way waits meanwhile."""
    talk = turn.talk
    client_id, booking_id = _parts(about)
    found = turn.desk.thread(client_id)
    booking = _booking(turn, booking_id)
    subject = {"client": client_id, "booking": booking_id, "seen": str(found.remarks[-1].id if found.remarks else 0)}
    subject |= {"mini": booking.mini_id} if booking else {}
    subject |= {"from": ":".join(talk.aside)} if talk.aside else {}
    if talk.course and talk.course.flow == NAME:
        talk.end()
    talk.park()
    talk.begin(Course(flow=NAME, subject=subject))
    return None


def _message(turn: StudioTurn, booking_id: str) -> Say | None:
    """From a booking's card: the same thread, begun by the studio."""
    return _begin(turn, _joined(turn.desk.booking(booking_id).client_id, booking_id))


def _answer(turn: StudioTurn, text: str, client_id: str, booking_id: str, *, seen: int) -> None:
    """Say it to the client. Whoever did not know that somebody else was faster hears so: both stand in the thread."""
    faster = [
        one
        for one in turn.desk.thread(client_id).remarks
        if one.id > seen and one.voice is Voice.STUDIO and one.member_id != turn.desk.member.id
    ]
    turn.desk.answer(client_id, text, booking_id or None)
    found = turn.desk.thread(client_id)
    name = _name(found, _booking(turn, booking_id), within=True)
    if faster:
        other = found.names.get(faster[-1].member_id or "", turn.studio.name)
        turn.talk.notice = say("message-passed-on-too", client=name, member=other)
    else:
        turn.talk.notice = say("message-passed-on", client=name)


# -- messages that come by themselves, and replies to them --


def _asked(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """A client says something."""
    remark, about = _remark(turn, message), _joined(str(message.values.get("client")), message.booking_id or "")
    if remark is None:
        return None
    found, booking = turn.desk.thread(remark.client_id), _booking(turn, message.booking_id or "")
    return Screen(
        lines=(
            Line(_head(turn, remark, found, booking)),
            Line(say("as-written", text=remark.text), Look.QUOTE),
            Line(say("reply-hint"), gap=True),
        ),
        rows=(
            (*button(turn, say("button-answer"), "answer", about), *_booking_button(turn, message.booking_id or "")),
        ),
    )


def _head(turn: StudioTurn, remark: Remark, found: Thread, booking: Booking | None) -> Say:
    """Whoever was written to before does not ask, but write."""
    writes = any(one.voice is Voice.STUDIO and one.id < remark.id for one in found.remarks)
    name = _name(found, booking)
    if booking is None:
        return say("client-writes" if writes else "client-asks", client=name)
    when = turn.when(booking.snapshot.starts)
    return say("client-writes-about" if writes else "client-asks-about", client=name, when=when, code=booking.code)


def _answered(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """Somebody else was faster; whoever it was needs no telling."""
    remark = _remark(turn, message)
    if remark is None or remark.member_id == turn.desk.member.id:
        return None
    found = turn.desk.thread(remark.client_id)
    member = found.names.get(remark.member_id or "", turn.studio.name)
    name = _name(found, _booking(turn, message.booking_id or ""), within=True)
    return Screen(
        lines=(
            Line(say("member-has-answered", member=member, client=name)),
            Line(say("as-written", text=remark.text), Look.QUOTE),
        ),
        quiet=True,
    )


def _unreachable(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """A client takes no messages here any more; how else to reach them, where that is known (J5)."""
    found, booking = turn.desk.thread(str(message.values.get("client"))), _booking(turn, message.booking_id or "")
    contact, remark = _contact(found, booking), _remark(turn, message)
    return Screen(
        lines=(
            Line(say("client-unreachable", client=_name(found, booking, within=True))),
            *(lines(say("as-written", text=remark.text), look=Look.QUOTE) if remark else ()),
            *(lines(*ways_to_reach(contact)) if contact else ()),
        ),
        rows=(row,) if (row := _booking_button(turn, message.booking_id or "")) else (),
    )


def _reply(turn: StudioTurn, to: SentMessage, said: Said) -> None:
    """The words go to the client; a wizard that is under way goes on."""
    if not isinstance(said, Typed):
        raise Misread(key="only-words")
    client_id, booking_id, seen = str(to.values.get("client")), to.booking_id or "", to.values.get("remark")
    _answer(turn, said.text, client_id, booking_id, seen=seen if isinstance(seen, int) else 0)
    talk = turn.talk
    if talk.course and talk.course.flow == NAME and _about(turn)[0] == client_id:
        talk.end()  # that is said now
    if talk.course is None:
        talk.cover("thread", _joined(client_id, booking_id))


# -- what it is about --


def _joined(client_id: str, booking_id: str) -> str:
    return f"{client_id}.{booking_id}" if booking_id else client_id


def _parts(about: str) -> tuple[str, str]:
    client_id, _, booking_id = about.partition(".")
    return client_id, booking_id


def _booking(turn: StudioTurn, booking_id: str) -> Booking | None:
    return turn.desk.booking(booking_id) if booking_id else None


def _booking_button(turn: StudioTurn, booking_id: str) -> tuple[Button, ...]:
    return button(turn, say("button-thread-booking"), "booking", booking_id) if booking_id else ()


def _remark(turn: StudioTurn, message: LeasedMessage) -> Remark | None:
    remark_id = message.values.get("remark")
    return turn.desk.remark(remark_id) if isinstance(remark_id, int) else None


#: By the kind of the message; who hears of them is settled when they are written, and looked at when they are sent.
_NOTICES: Final[Mapping[str, Notice]] = {
    Alert.ASKED: _asked,
    Alert.ANSWERED: _answered,
    Alert.UNREACHABLE: _unreachable,
}

ROOM: Final = Room(
    presses={"answer": For(PHOTOGRAPHERS, _begin), "message": For(PHOTOGRAPHERS, _message)},
    asides={"thread": For(PHOTOGRAPHERS, thread)},
    flows={NAME: For(PHOTOGRAPHERS, WRITE)},
    notices={kind: For(PHOTOGRAPHERS, notice) for kind, notice in _NOTICES.items()},
    replies={Alert.ASKED: For(PHOTOGRAPHERS, _reply), Alert.ANSWERED: For(PHOTOGRAPHERS, _reply)},
)
