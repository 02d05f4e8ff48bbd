"""The wizard of a reservation: a line or its questions, a preview that each part is changed in, and the saving (D1).

To book for a client is the same, with what is known of them asked first (D5).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.screens import (
    Button,
    Choose,
    Line,
    Look,
    Say,
    Screen,
    Style,
    lines,
    say,
)
from conversations.studio.amounts import kept_share, share_of, till_of
from conversations.studio.reserve_questions import (
    CLIENT,
    NOTE_LONGEST,
    PACKAGE,
    PARTS,
    SPOT,
    end_typed,
    kept_end,
    packages_asked,
    spots_meant,
)
from conversations.studio.reserve_words import end_line, full_time, terms_lines, terms_of
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.typed_reserve import TypedReserve, read_reserve_line
from conversations.talk import Answer, Course
from core.booking.booking import Reservation
from core.booking.contact import Contact
from core.booking.refusals import ReservationOver
from core.booking.reserve import Terms
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.refusals import Refusal

#: In the course's subject: that a client is booked for, and the reservation that is edited.
_FOR: Final = "for"
_KNOWN: Final = "reservation"


# -- the preview --


def _terms(turn: StudioTurn) -> Terms:
    end = turn.text("end.end")
    return Terms(
        note=turn.text("note.note"),
        discount=share_of(turn, turn.text("discount.discount")),
        outside=turn.answers.get("outside") is True,
        lapses_at=datetime.fromisoformat(end) if end else None,
        contact=_contact(turn),
        package_id=_package_id(turn),
    )


def _package_id(turn: StudioTurn) -> str | None:
    """None as well where the spot is of another mini by now, or the package is gone."""
    return next((one.id for one in packages_asked(turn) if one.id == turn.text("package")), None)


def _contact(turn: StudioTurn) -> Contact | None:
    known = CLIENT.values(turn)
    return Contact(known["name"], known["email"], known["phone"] or None) if any(known.values()) else None


def _show_preview(turn: StudioTurn) -> Screen:
    spot = turn.desk.spot(turn.text("spot"))
    mini, terms = turn.desk.mini(spot.mini_id), _terms(turn)
    outside = say("button-reserve-outside-on" if terms.outside else "button-reserve-outside-off")
    edits = _KNOWN in turn.course.subject
    unclear = turn.course.subject.get("unclear", "")
    return Screen(
        lines=(
            Line(full_time(turn, spot), Look.TITLE),
            *lines(say("reserve-of", title=mini.title), *terms_lines(turn, mini, spot, terms), end_line(turn, terms)),
            *(lines(say("reserve-unclear", text=unclear), gap=True) if unclear else ()),
            Line(say("reserve-save-ask" if edits else "reserve-ask"), gap=True),
        ),
        rows=(
            (Button(say("button-save" if edits else "button-reserve-it"), Choose("save"), Style.PRIMARY),),
            (
                Button(say("button-client"), Choose("client")),
                *((Button(say("button-package-of"), Choose("package")),) if packages_asked(turn) else ()),
            ),
            (Button(say("button-note"), Choose("note")), Button(say("button-discount"), Choose("discount"))),
            (Button(outside, Choose("outside")), Button(say("button-end"), Choose("end"))),
        ),
    )


def _accept_preview(turn: StudioTurn, choice: str) -> Answer:
    match choice:
        case "save":
            reservation = _save(turn)
            turn.course.subject[_KNOWN] = reservation.id
            return True
        case "outside":
            turn.answers["outside"] = turn.answers.get("outside") is not True
        case _ if choice in PARTS:
            change(turn, *PARTS[choice].parts)
        case _:
            pass
    return None


def _save(turn: StudioTurn) -> Reservation:
    known, terms = turn.course.subject.get(_KNOWN), _terms(turn)
    if known:
        return turn.desk.change_reservation(known, terms)
    return turn.desk.reserve(turn.text("spot"), terms)


PREVIEW: Final[Step[StudioTurn]] = Step(id="reserve_preview", show=_show_preview, accept=_accept_preview)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    if _KNOWN not in turn.course.subject:  # a reservation keeps its spot
        yield SPOT
    asked = {CLIENT.id, PACKAGE.id} if _FOR in turn.course.subject else set[str]()
    for part in PARTS.values():
        wanted = part.id in asked or set(part.parts) & set(turn.course.reopened)
        if wanted and (part is not PACKAGE or packages_asked(turn)):
            yield part
    yield PREVIEW


RESERVE: Final[Flow[StudioTurn]] = Flow(
    name="reserve",
    script=_script,
    ending=lambda turn: ("reservation", turn.course.subject[_KNOWN]),
)


def _reserve_line(turn: StudioTurn, text: str) -> Say | None:
    """With a line at once at the preview, as far as the line goes; bare, the spot is asked."""
    course = Course(flow=RESERVE.name, subject={})
    turn.talk.begin(course)
    turn.course = course
    if not text:
        return None
    said = read_reserve_line(text, till_of(turn))
    contact, unread = _contact_said(turn, said)
    note = said.note[:NOTE_LONGEST]
    _fill(turn, course, Terms(note=note, discount=said.discount, outside=said.outside, contact=contact))
    if unclear := (*said.unclear, *unread):
        course.subject["unclear"] = ", ".join(unclear)
    if said.until:
        course.answers["end.end"] = kept_end(turn, end_typed(turn, said.until))
    if said.spot:
        _take_named(turn, course, said.spot)
    return None


def _contact_said(turn: StudioTurn, said: TypedReserve) -> tuple[Contact | None, tuple[str, ...]]:
    """Whom the line is for, and what of it could not be read."""
    read: dict[str, str] = {}
    unread: list[str] = []
    for one in CLIENT.fields:
        if typed := said.client.get(one.id):
            try:
                read[one.id] = one.read(turn, typed)
            except Refusal:
                unread.append(typed)
    contact = Contact(read.get("name", ""), read.get("email", ""), read.get("phone")) if read else None
    return contact, tuple(unread)


def _take_named(turn: StudioTurn, course: Course, words: str) -> None:
    found = spots_meant(turn, words)
    if found.only:
        course.answers["spot"] = found.only.spot.id
        course.subject["mini"] = found.only.mini.id
        return
    course.subject["said"] = words
    turn.talk.notice = found.notice


def _fill(turn: StudioTurn, course: Course, terms: Terms) -> None:
    course.answers["note.note"] = terms.note
    course.answers["discount.discount"] = kept_share(terms.discount) if terms.discount else ""
    course.answers["end.end"] = kept_end(turn, terms.lapses_at) if terms.lapses_at else ""
    course.answers["outside"] = terms.outside
    course.answers["package"] = terms.package_id or ""
    if known := terms.contact:
        said = {"name": known.name, "email": known.email, "phone": known.phone or ""}
        course.answers |= {f"client.{part}": one for part, one in said.items()}


def _reserve_in(turn: StudioTurn, mini_id: str) -> Say | None:
    turn.talk.begin(Course(flow=RESERVE.name, subject={"mini": mini_id}))
    return None


def _reserve_spot(turn: StudioTurn, spot_id: str) -> Say | None:
    spot = turn.desk.spot(spot_id)
    turn.talk.begin(Course(flow=RESERVE.name, subject={"mini": spot.mini_id}, answers={"spot": spot.id}))
    return None


def _book_for(turn: StudioTurn, spot_id: str) -> Say | None:
    """The same wizard, with what is known of a client asked first (D5)."""
    spot = turn.desk.spot(spot_id)
    turn.talk.begin(Course(flow=RESERVE.name, subject={"mini": spot.mini_id, _FOR: "yes"}, answers={"spot": spot.id}))
    return None


def _edit(turn: StudioTurn, reservation_id: str) -> Say | None:
    one = turn.desk.reservation(reservation_id)
    if not one.is_open:
        raise ReservationOver
    course = Course(
        flow=RESERVE.name,
        subject={"mini": one.mini_id, _KNOWN: one.id},
        answers={"spot": one.spot_id},
    )
    _fill(turn, course, terms_of(one))
    turn.talk.begin(course)
    return None


ROOM: Final = Room(
    commands={"reserve": For(PHOTOGRAPHERS, _reserve_line)},
    presses={
        "reserve": For(PHOTOGRAPHERS, _reserve_in),
        "reserve_spot": For(PHOTOGRAPHERS, _reserve_spot),
        "book_for": For(PHOTOGRAPHERS, _book_for),
        "reservation_edit": For(PHOTOGRAPHERS, _edit),
    },
    flows={RESERVE.name: For(PHOTOGRAPHERS, RESERVE)},
)
