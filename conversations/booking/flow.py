"""A client books a spot: choose what and when, say who you are, look it over, confirm (F)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conversations.booking.contract import contract_steps
from conversations.booking.details import DETAILS, SAME
from conversations.booking.extras import ADD_ONS, PLACES, chosen_add_ons
from conversations.booking.facts import BookingTurn, closed
from conversations.booking.offer import A_CLASS, ALREADY, DECLINED, OFFER, PACKAGE, RESERVED
from conversations.booking.pay import PAY
from conversations.booking.questions import questions_form
from conversations.booking.resume import RESUME, resume_id
from conversations.booking.review import REVIEW
from conversations.booking.time import DAY, TIME, days_of
from conversations.engine import AnyStep, Flow, reopen
from core.booking.booking import Booking, State
from core.minis.mini import MiniState, PaidBy

NAME = "book"


def _script(turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
    facts = turn.facts
    if _is_through(turn) or _closed(turn):
        return
    if facts.live and facts.live.state is not State.HELD:
        yield PAY if facts.live.state is State.PAYING else replace(PAY, words="pay-wait")
        return
    if facts.lapsed:
        yield replace(RESUME, id=resume_id(facts.lapsed))
    if "offer" not in turn.answers and not facts.booking and facts.mine:
        yield ALREADY
    yield RESERVED if "reservation" in turn.course.subject else OFFER
    if turn.text("reserved") == DECLINED:
        return
    _ask_again_what_is_gone(turn)
    if _asks_package(turn):
        yield PACKAGE
    if facts.add_ons:
        yield ADD_ONS
    if _is_class(turn):
        yield PLACES
    yield from _time(turn)
    if facts.live and facts.live.contact is None:
        turn.answers.pop(DETAILS.id, None)  # what the studio had filled in went with an earlier hold
    if facts.known_contact and (facts.live is None or facts.live.contact is None or "same" in turn.answers):
        yield SAME
    yield DETAILS
    yield from contract_steps(turn)
    if facts.questionnaire:
        yield questions_form(facts.questionnaire, _held, facts.answers)
    yield replace(REVIEW, section=_last_section(turn))


def _held(turn: BookingTurn) -> Booking | None:
    return turn.facts.live


def _is_through(turn: BookingTurn) -> bool:
    """Confirmed, or ended for good, or about a reservation that is gone: nothing is left to ask."""
    booking = turn.facts.booking
    if booking is None:
        return "reservation" in turn.course.subject and turn.facts.reservation is None
    return turn.facts.live is None and (turn.facts.lapsed is None or turn.facts.mini.state is MiniState.CANCELLED)


def _closed(turn: BookingTurn) -> str | None:
    """The screen for a mini that is over or paused before anything of it was held: nothing more is asked in vain."""
    facts = turn.facts
    if facts.booking or facts.preview or "reservation" in turn.course.subject:
        return None
    return closed(facts.mini)


def _asks_package(turn: BookingTurn) -> bool:
    return len(turn.facts.packages) > 1 or "package" in turn.course.reopened


def _ask_again_what_is_gone(turn: BookingTurn) -> None:
    """What was chosen before the hold may no longer be offered; another one is never taken instead unasked."""
    if turn.facts.live:
        return
    package = turn.text("package")
    if package and all(one.id != package for one in turn.facts.packages):
        reopen(turn, "package")
    chosen = turn.answers.get("add_ons")
    if isinstance(chosen, dict) and len(chosen_add_ons(turn)) < len(chosen):
        reopen(turn, "add_ons")


def _time(turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
    """Day and time. A time that is no longer held is no answer, whatever was said before."""
    facts = turn.facts
    if _has_reserved_spot(turn):
        return
    if facts.live is None:
        turn.answers.pop("time", None)
    asked_again = "time" in turn.course.reopened or "day" in turn.course.reopened
    if facts.live is None or asked_again:
        if "day" in turn.answers or len(days_of(turn)) > 1:
            yield DAY
        elif "day" in turn.course.reopened:
            turn.course.reopened.remove("day")
    elif "day" in turn.answers:
        yield DAY
    yield TIME


def _is_class(turn: BookingTurn) -> bool:
    live = turn.facts.live
    if live:
        return live.snapshot.places_limit > 1
    return turn.text("offer") == A_CLASS


def _sections(turn: BookingTurn) -> Sequence[str]:
    facts = turn.facts
    return [
        *(["package"] if _asks_package(turn) else []),
        *(["extras"] if facts.add_ons else []),
        *([] if _has_reserved_spot(turn) else ["time"]),
        "details",
        *(["contract"] if facts.names_contracts else []),
        *(["questions"] if facts.asks_questions else []),
        _last_section(turn),
    ]


def _last_section(turn: BookingTurn) -> str:
    """Check and pay, where something is due now; else check and confirm. Before the hold, the package tells."""
    live = turn.facts.live
    if live:
        return "pay" if live.price.due_now else "review"
    package = next((one for one in turn.facts.packages if one.id == turn.text("package")), None)
    chosen = [package] if package else turn.facts.packages
    return "pay" if any(one.paid_by in {PaidBy.FULL, PaidBy.RETAINER} for one in chosen) else "review"


def _has_reserved_spot(turn: BookingTurn) -> bool:
    """The time is the reservation's own, so nothing is asked about it."""
    live = turn.facts.live
    asked_again = "time" in turn.course.reopened or "day" in turn.course.reopened
    return live is not None and live.reservation_id is not None and not asked_again


def _ending(turn: BookingTurn) -> tuple[str, str]:
    booking = turn.facts.booking
    if turn.text("reserved") == DECLINED:
        return "declined", ""
    if why := _closed(turn):
        return why, turn.facts.mini.title
    if booking is None:
        return "reservation_gone", ""
    if booking.state is State.CONFIRMED:
        return "booked", booking.id
    if booking.preview:
        return "preview_over", ""
    if booking.state is State.CANCELLED or turn.facts.mini.state is MiniState.CANCELLED:
        return "cancelled", booking.id
    return "stopped", f"{booking.mini_id} {booking.id}"


BOOK = Flow(name=NAME, script=_script, sections=_sections, ending=_ending)
