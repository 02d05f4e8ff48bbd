"""What the client of a booking signed and answered: the papers behind its card, for photographers (I2, K1)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, lines, say
from conversations.sheets import file_name, signed_line
from conversations.studio.overview import button
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.which import pair
from conversations.words import number_text
from core.booking.booking import Booking
from core.paperwork.contract import Agreement, ContractGone, Edition
from core.paperwork.questionnaire import Answers, Kind, Question, Questionnaire
from core.studio_desk.rights import PHOTOGRAPHERS

_ENDS: Final = ("?", ".", "!", ":", "…", "؟", ";", "？")  # what needs no colon before its answer
_ON_A_BUTTON: Final = 30  # characters of a question beside the number of its photos


# -- contracts --


def papers(turn: StudioTurn, booking_id: str) -> Screen:
    """Each contract: by whom and when it was signed, what was allowed, or that it is still to be signed."""
    booking = turn.desk.booking(booking_id)
    signed, counting = _signed(turn, booking_id), {one.id for one in turn.desk.agreed(booking)}
    done = {one.contract.id for one in signed if one.id in counting}
    waiting = [one for one in booking.snapshot.contracts if one.id not in done]
    return Screen(
        lines=(
            Line(say("booking-papers", code=booking.code), Look.TITLE),
            *(line for one in signed for line in _agreement(turn, one, counts=one.id in counting)),
            *(Line(say("not-signed-yet", title=_title(turn, one)), gap=True) for one in waiting),
            *(() if signed or waiting else lines(say("nothing-to-sign"))),
        ),
        rows=(
            *((_copy_button(booking, one),) for one in signed),
            *_rows(turn, booking, "booking_answers"),
        ),
    )


def _signed(turn: StudioTurn, booking_id: str) -> list[Agreement]:
    """In the order they were signed; a member's own preview was no agreement."""
    return [one for one in turn.desk.agreements(booking_id) if one.signing and not one.preview]


def _agreement(turn: StudioTurn, one: Agreement, *, counts: bool) -> Iterator[Line]:
    if one.signing is None:
        return
    yield Line(say("signed-title", title=one.title, version=one.contract.version), gap=True)
    yield Line(signed_line(turn.studio, one.signing))
    answered = dict(one.signing.consents)
    for consent in one.consents:
        yield Line(say("consent-given" if answered.get(consent.id) else "consent-refused", label=consent.label))
    if not counts:
        yield Line(say("signed-no-longer"))


def _title(turn: StudioTurn, edition: Edition) -> str:
    return next((one.title for one in turn.desk.contracts() if one.id == edition.id), "")


def _copy_button(booking: Booking, one: Agreement) -> Button:
    label = say("button-copy", title=one.title, version=one.contract.version)
    return Button(label, Do("booking_copy", f"{booking.id}.{one.id}"))


def _copy(turn: StudioTurn, reference: str) -> Say | None:
    """The copy as it was given out. Raises ContractGone where the booking has no such contract signed."""
    booking_id, agreement_id = pair(reference)
    booking = turn.desk.booking(booking_id)
    one = next((one for one in _signed(turn, booking.id) if one.id == agreement_id), None)
    if one is None or one.signing is None:
        raise ContractGone
    turn.talk.cover("booking_papers", booking.id)
    name = file_name(one.title, one.contract.version, signed=True)
    turn.talk.enclose(f"signed:{one.id}", name, signed_line(turn.studio, one.signing))
    return None


# -- answers --


def answers(turn: StudioTurn, booking_id: str) -> Screen:
    """Each question as the client was asked it, with the answer; photos come on a tap."""
    booking = turn.desk.booking(booking_id)
    given = _given(turn, booking)
    waiting = _waiting(turn, booking, given)
    return Screen(
        lines=(
            Line(say("booking-answers", code=booking.code), Look.TITLE),
            *(line for one, asked in given for line in _answer_lines(turn, asked, one)),
            *(Line(say("not-answered-yet", title=one.title), gap=True) for one in waiting),
            *(() if given or waiting else lines(say("nothing-asked"))),
        ),
        rows=(
            *(
                (_photos_button(booking, number, question, one),)
                for number, (one, asked) in enumerate(given)
                for question in asked.questions
                if question.kind is Kind.PHOTO and question.id in one.values
            ),
            *_rows(turn, booking, "booking_papers"),
        ),
    )


def _given(turn: StudioTurn, booking: Booking) -> list[tuple[Answers, Questionnaire]]:
    """What was answered with what was asked; what is asked while booking goes first."""
    every = sorted(turn.desk.answers(booking.id), key=lambda one: one.questionnaire != booking.snapshot.questionnaire)
    found = [(one, turn.desk.asked(one.questionnaire)) for one in every]
    return [(one, asked) for one, asked in found if asked]


def _waiting(turn: StudioTurn, booking: Booking, given: list[tuple[Answers, Questionnaire]]) -> list[Questionnaire]:
    done = {one.questionnaire for one, _ in given}
    editions = (booking.snapshot.questionnaire, booking.snapshot.questionnaire_after)
    asked = [turn.desk.asked(one) for one in editions if one and one not in done]
    return [one for one in asked if one]


def _answer_lines(turn: StudioTurn, asked: Questionnaire, given: Answers) -> Iterator[Line]:
    yield Line(say("answers-title", title=asked.title), gap=True)
    for question in asked.questions:
        value = given.values.get(question.id)
        answer = say("answer-skipped") if value is None else _words(turn, question, value)
        key = "answered" if question.text.endswith(_ENDS) else "answered-plainly"
        yield Line(say(key, question=question.text, answer=answer))


def _words(turn: StudioTurn, question: Question, value: str) -> Say:
    match question.kind:
        case Kind.ONE | Kind.SEVERAL:
            return say("as-listed", items=tuple(value.split("\n")))
        case Kind.YES_NO:
            return say("option-yes" if value == "yes" else "option-no")
        case Kind.NUMBER:
            return say("as-written", text=number_text(Decimal(value), turn.language))
        case Kind.DATE:
            noon = datetime.fromisoformat(f"{value}T12:00").replace(tzinfo=turn.studio.zone)
            return say("a-day", day=turn.when(noon, Clock.DAY_YEAR))
        case Kind.PHOTO:
            return say("photos-sent", count=len(value.split("\n")))
        case Kind.SHORT | Kind.LONG:
            return say("as-written", text=value)


def _photos_button(booking: Booking, number: int, question: Question, given: Answers) -> Button:
    count = len(given.values[question.id].split("\n"))
    label = say("button-photos-of", count=count, question=question.text[:_ON_A_BUTTON].rstrip())
    return Button(label, Do("booking_photos", f"{booking.id}.{number}.{question.id}"))


def _photos(turn: StudioTurn, reference: str) -> Say | None:
    """The photos that answer one question, as documents; those whose time is over are forgotten."""
    booking_id, place = pair(reference)
    number, question_id = pair(place)
    booking = turn.desk.booking(booking_id)
    given = _given(turn, booking)
    one = given[int(number)][0] if number.isdecimal() and int(number) < len(given) else None
    names = one.values.get(question_id, "").split("\n") if one else []
    kept = [name for name in names if one and name in one.photos and turn.desk.photo(name)]
    turn.talk.cover("booking_answers", booking.id)
    if not kept:
        return say("photos-forgotten")
    for place_of_photo, name in enumerate(kept, 1):
        turn.talk.enclose(f"photo:{name}", say("file-photo", code=booking.code, number=place_of_photo))
    return None


# -- both --


def _rows(turn: StudioTurn, booking: Booking, other: str) -> tuple[tuple[Button, ...], ...]:
    """To the other side of the papers, and back to the booking's own card."""
    label = say("button-booking-answers") if other == "booking_answers" else say("button-booking-papers")
    row = (*button(turn, label, other, booking.id), *button(turn, say("button-this-booking"), "booking", booking.id))
    return (row,) if row else ()


def _covering(aside: str) -> Act:
    """Raises BookingChanged for a booking that is nobody's here."""

    def cover(turn: StudioTurn, booking_id: str) -> Say | None:
        turn.talk.cover(aside, turn.desk.booking(booking_id).id)
        return None

    return cover


ROOM: Final = Room(
    presses={
        "booking_papers": For(PHOTOGRAPHERS, _covering("booking_papers")),
        "booking_copy": For(PHOTOGRAPHERS, _copy),
        "booking_answers": For(PHOTOGRAPHERS, _covering("booking_answers")),
        "booking_photos": For(PHOTOGRAPHERS, _photos),
    },
    asides={
        "booking_papers": For(PHOTOGRAPHERS, papers),
        "booking_answers": For(PHOTOGRAPHERS, answers),
    },
)
