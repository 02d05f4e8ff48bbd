"""What happens to a talk's booking from outside: each kind's check that it is still true of the talk.

An event is the talk's own next screen; a message apart is a notice. A kind may be both: the notice is for a talk that
is about something else by now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.booking.facts import BookingTurn
from conversations.booking.resume import resume_id
from conversations.screens import Exact, say
from conversations.written import moved_words
from core.booking.booking import State
from core.messages.messages import Kind
from core.messages.records import LeasedMessage
from core.payments.payment import PENDING, Disposition, Payment, Why

#: Whether it is still true. Sets what is said above the screen, if anything.
Happened = Callable[[BookingTurn, LeasedMessage], bool]


@dataclass(frozen=True, slots=True)
class Event:
    happened: Happened
    #: The screen is a new message, which rings; else the live card changes.
    rings: bool = True


def _hold_over(turn: BookingTurn, _message: LeasedMessage) -> bool:
    return turn.facts.lapsed is not None


def _hold_over_meanwhile(turn: BookingTurn, message: LeasedMessage) -> bool:
    """Its client is just asking the studio something. Whoever had a payment page hears of their money apart."""
    booking = turn.desk.booking(message.booking_id or "")
    checkout = turn.desk.checkout(booking) if booking else None
    if booking is None or booking.state is not State.EXPIRED or (checkout and checkout.attempt == booking.attempt):
        return False
    turn.talk.notice = say("asking-hold-over", time=turn.when(booking.snapshot.starts))
    return True


def _resume(turn: BookingTurn, _message: LeasedMessage) -> bool:
    """One reminder, unless the client was here since (F9)."""
    lapsed = turn.facts.lapsed
    if lapsed is None or resume_id(lapsed) in turn.answers:
        return False
    turn.course.view["welcome"] = "1"
    return True


def _moved(turn: BookingTurn, message: LeasedMessage) -> bool:
    live = turn.facts.live
    turn.talk.notice = moved_words(turn.studio, live, message) if live else None
    return turn.talk.notice is not None


def _page_made(turn: BookingTurn, _message: LeasedMessage) -> bool:
    live, checkout = turn.facts.live, turn.facts.checkout
    return live is not None and live.state is State.PAYING and checkout is not None and checkout.url is not None


def _till_silent(turn: BookingTurn, _message: LeasedMessage) -> bool:
    live, checkout = turn.facts.live, turn.facts.checkout
    return live is not None and checkout is not None and checkout.silent_since is not None


def _page_closing(turn: BookingTurn, _message: LeasedMessage) -> bool:
    """Its button goes at once, however long the till takes."""
    return turn.facts.live is not None and turn.facts.live.state is State.RELEASING


def _page_closed(turn: BookingTurn, message: LeasedMessage) -> bool:
    live = turn.facts.live
    if live is None or live.state is not State.HELD:
        return turn.facts.lapsed is not None and bool(message.values.get("at_last"))
    to_change = message.values.get("noted") and not message.values.get("moving")
    turn.talk.notice = say("page-closed-to-change" if to_change else "page-closed-by-itself")
    return True


def _page_refused(turn: BookingTurn, _message: LeasedMessage) -> bool:
    live = turn.facts.live
    if live is None or live.state is not State.HELD:
        return False
    turn.talk.notice = say("page-refused", studio=turn.studio.name)
    return True


def _paid(turn: BookingTurn, _message: LeasedMessage) -> bool:
    """The card says so; the confirmation is a message of its own."""
    booking = turn.facts.booking
    return booking is not None and booking.state is State.CONFIRMED


def _cancelled(turn: BookingTurn, _message: LeasedMessage) -> bool:
    return turn.facts.booking is not None and turn.facts.booking.state is State.CANCELLED


def _money_came(turn: BookingTurn, message: LeasedMessage) -> bool:
    """Something was paid and books nothing yet: too late, or not as asked for. That comes before other times."""
    payment = _payment(turn, message)
    if payment is None or payment.disposition not in PENDING:
        return False
    if turn.facts.lapsed:
        turn.answers.pop(resume_id(turn.facts.lapsed), None)
    if payment.disposition is Disposition.MANUAL:
        turn.talk.notice = say("payment-unclear", amount=Exact(payment.amount))
    return True


def _money_goes_back(turn: BookingTurn, message: LeasedMessage) -> bool:
    """Of the present page: the time can be taken again. Of an older one, it is a message apart."""
    payment, checkout, lapsed = _payment(turn, message), turn.facts.checkout, turn.facts.lapsed
    if lapsed and resume_id(lapsed) in turn.answers:
        return False
    return (
        payment is not None
        and payment.why is not Why.CHOSEN
        and checkout is not None
        and checkout.id == payment.checkout_id
    )


def _payment(turn: BookingTurn, message: LeasedMessage) -> Payment | None:
    """The payment that the message is about, while the booking waits for what becomes of it."""
    booking, payment_id = turn.facts.live or turn.facts.lapsed, message.values.get("payment")
    payments = turn.desk.payments(booking) if booking else []
    return next((one for one in payments if one.id == payment_id), None)


EVENTS: dict[str, Event] = {
    Kind.HOLD_LAPSED: Event(_hold_over),
    Kind.HOLD_ENDED: Event(_hold_over),
    Kind.RESUME: Event(_resume),
    Kind.MOVED: Event(_moved),
    Kind.CANCELLED: Event(_cancelled),
    Kind.PAID_TOO_LATE: Event(_money_came),
    Kind.PAYMENT_UNCLEAR: Event(_money_came),
    Kind.REFUND_OWED: Event(_money_goes_back),
    Kind.PAGE_CLOSING: Event(_page_closing, rings=False),
    Kind.PAGE_MADE: Event(_page_made, rings=False),
    Kind.TILL_SILENT: Event(_till_silent, rings=False),
    Kind.PAGE_CLOSED: Event(_page_closed, rings=False),
    Kind.PAGE_REFUSED: Event(_page_refused),
    Kind.PAID: Event(_paid, rings=False),
}

#: The same to a talk that only asks the studio something in between.
WHILE_ASKING: dict[str, Event] = {
    Kind.HOLD_LAPSED: Event(_hold_over_meanwhile),
    Kind.HOLD_ENDED: Event(_hold_over_meanwhile),
}
