"""A hold ended in the middle of the talk: its answers are kept for a day, its spot is held again if it is free (F9)."""

from collections.abc import Sequence

from conversations.booking.facts import BookingTurn
from conversations.booking.held import held_notice
from conversations.booking.time import just_taken
from conversations.engine import Step
from conversations.money import money_of_ended, paid_too_late
from conversations.screens import Button, Choose, Clock, Do, Line, Screen, Style, lines, say
from conversations.talk import Answer
from core.booking.booking import Booking, Reason
from core.booking.refusals import PaymentPending, SpotTaken
from core.payments.payment import PENDING, Disposition, Payment

NAME = "resume"
AGAIN = "again"
OTHER = "other"


def _still_free(turn: BookingTurn, booking: Booking) -> bool:
    """Whether its seats are free now, the client's own reservation counting as free."""
    free = turn.facts.free(booking.package, booking.places)
    return any(row.spot.id == booking.spot_id for row in free) or _in_own_reservation(turn, booking)


def _in_own_reservation(turn: BookingTurn, booking: Booking) -> bool:
    return "reservation" in turn.course.subject and any(row.spot.id == booking.spot_id for row in turn.facts.rows)


def _show_resume(turn: BookingTurn) -> Screen:
    booking = turn.facts.lapsed
    if booking is None:
        return Screen(lines=lines(say("refusal-booking-changed")))
    payments = turn.desk.payments(booking)
    pending = next((one for one in payments if one.disposition in PENDING), None)
    if pending:
        return _money_first(turn, booking, pending)
    time = turn.when(booking.snapshot.starts, Clock.TIME)
    free = _still_free(turn, booking)
    rows = [
        *([(Button(say("button-take-again", time=time), Choose(AGAIN), Style.PRIMARY),)] if free else []),
        (Button(say("button-other-times"), Choose(OTHER)),),
        (Button(say("button-start-over"), Do("over", "")),),
    ]
    return Screen(lines=_what_happened(turn, booking, payments, free=free), rows=tuple(rows))


def _money_first(turn: BookingTurn, booking: Booking, payment: Payment) -> Screen:
    """What becomes of a payment is decided before the booking is taken up again."""
    if payment.disposition is Disposition.CHOOSING:
        return paid_too_late(turn.studio, booking, payment)
    time = turn.when(booking.snapshot.starts, Clock.TIME)
    ask = Button(say("button-ask", studio=turn.studio.name), Do("ask", ""))
    return Screen(
        lines=lines(say("hold-ran-out-paid", time=time), say("payment-looked-at", studio=turn.studio.name)),
        rows=((ask,),),
    )


def _what_happened(turn: BookingTurn, booking: Booking, payments: Sequence[Payment], *, free: bool) -> tuple[Line, ...]:
    time = turn.when(booking.snapshot.starts, Clock.TIME)
    money = money_of_ended(turn.studio, payments, turn.facts.checkout)
    still = say("spot-still-free", time=time) if free else say("spot-gone-meanwhile", time=time)
    if "welcome" in turn.course.view:
        name = turn.text("details.name").split(" ")[0]
        back = say("welcome-back", name=name) if name else say("welcome-back-bare")
        return lines(back, *(money if payments else ()), still, say("answers-kept"))
    if booking.reason is Reason.BY_STUDIO:
        return lines(
            say("hold-ended-by-studio", studio=turn.studio.name, time=time), *money, still, say("answers-kept")
        )
    if booking.reason is Reason.GIVEN_UP:  # left after odd money: no time ran out
        return lines(*money, still, say("answers-kept"))
    return lines(say("hold-ran-out" if free else "hold-ran-out-gone", time=time), *money, say("answers-kept"))


def _accept_resume(turn: BookingTurn, choice: str) -> Answer:
    booking = turn.facts.lapsed
    if booking is None or choice not in {AGAIN, OTHER}:
        return None
    if any(one.disposition in PENDING for one in turn.desk.payments(booking)):
        raise PaymentPending
    turn.course.view.pop("welcome", None)
    turn.answers.pop("day", None)
    turn.answers.pop("time", None)
    if choice == OTHER:
        return OTHER
    try:
        held = turn.desk.take_up(booking.id, booking.spot_id)
    except SpotTaken as taken:
        raise just_taken(turn, booking.spot_id) from taken
    turn.facts.forget(held)
    turn.toast = say("toast-held", time=turn.when(held.snapshot.starts, Clock.TIME))
    turn.talk.notice = held_notice(turn, held)
    return AGAIN


RESUME = Step(id=NAME, words=NAME, show=_show_resume, accept=_accept_resume)


def resume_id(booking: Booking) -> str:
    """The step's id, another after each hold that ended: it is asked each time."""
    return f"{NAME}{booking.attempt}"
