"""What happens to a talk's booking from outside: each kind's check that it is still true of the talk.

An event is the talk's own next screen; a message apart is a notice. A kind may be both: the notice is for a talk that
is about something else by now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.booking.facts import BookingTurn
from conversations.notices import moved_words
from conversations.screens import say
from core.booking.booking import State
from core.messages.messages import Kind
from core.payments.checkout import CheckoutState
from core.ports import LeasedMessage

#: Whether it is still true. Sets what is said above the screen, if anything.
Happened = Callable[[BookingTurn, LeasedMessage], bool]


@dataclass(frozen=True, slots=True)
class Event:
    happened: Happened
    #: The screen is a new message, which rings; else the live card changes.
    rings: bool = True


def _hold_over(turn: BookingTurn, _message: LeasedMessage) -> bool:
    return turn.facts.lapsed is not None


def _resume(turn: BookingTurn, _message: LeasedMessage) -> bool:
    """One reminder, unless the client was here since (F9)."""
    lapsed = turn.facts.lapsed
    if lapsed is None or f"resume{lapsed.attempt}" in turn.answers:
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
    checkout = turn.facts.checkout
    return checkout is not None and checkout.state is CheckoutState.UNKNOWN


def _page_closed(turn: BookingTurn, message: LeasedMessage) -> bool:
    live = turn.facts.live
    if live is None or live.state is not State.HELD:
        return False
    turn.talk.notice = say("page-closed-to-change" if message.values.get("noted") else "page-closed-by-itself")
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


EVENTS: dict[str, Event] = {
    Kind.HOLD_LAPSED: Event(_hold_over),
    Kind.HOLD_ENDED: Event(_hold_over),
    Kind.RESUME: Event(_resume),
    Kind.MOVED: Event(_moved),
    Kind.PAGE_MADE: Event(_page_made, rings=False),
    Kind.TILL_SILENT: Event(_till_silent, rings=False),
    Kind.PAGE_CLOSED: Event(_page_closed, rings=False),
    Kind.PAGE_REFUSED: Event(_page_refused),
    Kind.PAID: Event(_paid, rings=False),
}
