"""What is asked once a booking is made: right after the confirmation, or whenever its client likes (DECISIONS 43)."""

from collections.abc import Iterator, Sequence

from conversations.booking.facts import BookingTurn
from conversations.booking.questions import SECTION, questions_form
from conversations.engine import AnyStep, Flow, place_of, reopen
from conversations.talk import Talk
from core.booking.booking import Booking, State

NAME = "afterwards"
#: Bookings whose questions can be answered.
_MADE = frozenset({State.CONFIRMED, State.DONE})


def _of(turn: BookingTurn) -> Booking | None:
    booking = turn.facts.booking
    return booking if booking is not None and booking.state in _MADE else None


def is_under_way(talk: Talk) -> bool:
    return talk.course is not None and talk.course.flow == NAME


def can_be_answered(booking: Booking) -> bool:
    """Whether anything is asked of the booking now that it is made."""
    return booking.state in _MADE and booking.snapshot.questionnaire_after is not None


def _script(turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
    booking = _of(turn)
    edition = booking.snapshot.questionnaire_after if booking else None
    questionnaire = turn.desk.questionnaire(edition) if edition else None
    if booking is None or questionnaire is None:
        return
    given = turn.desk.answers(booking, questionnaire.edition)
    yield questions_form(questionnaire, _of, given.values if given else None)


def _sections(_turn: BookingTurn) -> Sequence[str]:
    return (SECTION,)


def _ending(turn: BookingTurn) -> tuple[str, str]:
    booking = turn.facts.booking
    if booking is not None and booking.state is State.CANCELLED:
        return "cancelled", booking.id
    return ("answered", booking.id) if booking is not None and _of(turn) else ("my", "")


AFTERWARDS = Flow(name=NAME, script=_script, sections=_sections, ending=_ending)


def ask_again(turn: BookingTurn) -> None:
    """Open every question that was answered before, to be kept or changed."""
    place_of(AFTERWARDS, turn)  # the form remembers
    for step in list(_script(turn)):
        reopen(turn, *(part for part in step.parts if part in turn.answers))


def leave(turn: BookingTurn) -> None:
    """Stop answering: photos that were sent and are in no answer are forgotten."""
    booking = _of(turn)
    if booking is not None:
        turn.desk.clear_photos(booking.id)
