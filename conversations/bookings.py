"""What a person may do with a booking of theirs, whatever the talk is about: see it, cancel it, answer, choose."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversations.booking import afterwards
from conversations.booking.contract import enclose_signed
from conversations.booking.facts import BookingFacts, BookingTurn, Command
from conversations.screens import Clock, Say, say
from conversations.talk import Course
from core.booking.booking import Booking


def _booking(turn: BookingTurn, booking_id: str) -> Say | None:
    turn.talk.cover("booking", booking_id)
    return None


def _cancel_booking(turn: BookingTurn, booking_id: str) -> Say | None:
    turn.talk.cover("cancel_booking", booking_id)
    return None


def _cancel_yes(turn: BookingTurn, booking_id: str) -> Say | None:
    turn.desk.cancel(booking_id)
    turn.talk.cover("booking", booking_id)
    return say("toast-cancelled")


def _answer(turn: BookingTurn, booking_id: str) -> Say | None:
    """Answer what is asked after booking, at once or once more; in the middle of another booking, ask which first."""
    talk, booking = turn.talk, turn.desk.booking(booking_id)
    if booking is None or not afterwards.can_be_answered(booking):
        return say("earlier-step")
    if afterwards.is_under_way(talk) and turn.course.booking_id == booking_id:
        talk.aside = None
    elif talk.course and talk.course.is_begun and not afterwards.is_under_way(talk):
        talk.cover("answer_or_book", booking_id)
    else:
        _begin_to_answer(turn, booking)
    return None


def _answer_first(turn: BookingTurn, booking_id: str) -> Say | None:
    booking = turn.desk.booking(booking_id)
    if booking is None or not afterwards.can_be_answered(booking):
        return say("earlier-step")
    _begin_to_answer(turn, booking)
    return None


def _begin_to_answer(turn: BookingTurn, booking: Booking) -> None:
    turn.talk.park()
    course = Course(flow=afterwards.NAME, subject={"mini": booking.mini_id}, booking_id=booking.id)
    turn.talk.begin(course)
    afterwards.ask_again(replace(turn, course=course, facts=BookingFacts(turn.desk, course)))


def later(turn: BookingTurn, booking_id: str) -> Say | None:
    turn.talk.cover("answer_later", booking_id)
    return None


def _paper(turn: BookingTurn, reference: str) -> Say | None:
    """The signed copy once more (I2)."""
    booking_id, _, agreement_id = reference.partition(".")
    booking = turn.desk.booking(booking_id)
    signed = (one for one in turn.desk.agreements(booking) if one.signing) if booking else ()
    agreement = next((one for one in signed if one.id == agreement_id), None)
    if agreement is None:
        return say("earlier-step")
    turn.talk.cover("booking", booking_id)
    enclose_signed(turn, agreement)
    return None


def _extend(turn: BookingTurn, booking_id: str) -> Say | None:
    held = turn.desk.extend(booking_id)
    until = turn.when(held.hold_until, Clock.TIME)
    turn.talk.aside = None
    turn.talk.notice = say("held-longer", time=turn.when(held.snapshot.starts, Clock.TIME), until=until)
    return say("toast-held-until", until=until)


def _choose(turn: BookingTurn, booking_id: str) -> Say | None:
    """Another time for a payment that came too late."""
    turn.desk.payment_to_choose_for(booking_id)
    turn.talk.cover("choose", booking_id)
    return None


def _pick(turn: BookingTurn, reference: str) -> Say | None:
    booking_id, _, spot_id = reference.partition(".")
    booking = turn.desk.pick(booking_id, spot_id)
    turn.talk.end_booking(booking_id)
    turn.talk.cover("booked", booking_id)
    return say("toast-yours", time=turn.when(booking.snapshot.starts))


def _take_money(turn: BookingTurn, booking_id: str) -> Say | None:
    turn.desk.take_money(booking_id)
    turn.talk.cover("money_back", booking_id)
    return None


BOOKING_PRESSES: Final[Mapping[str, Command]] = {
    "booking": _booking,
    "cancel_booking": _cancel_booking,
    "cancel_yes": _cancel_yes,
    "answer": _answer,
    "answer_first": _answer_first,
    "later": later,
    "paper": _paper,
    "extend": _extend,
    "choose": _choose,
    "pick": _pick,
    "take_money": _take_money,
}
