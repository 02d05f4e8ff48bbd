"""What a person may do at every step: the commands, the links they open, and the buttons outside the steps."""

from conversations import asking
from conversations.booking import afterwards
from conversations.booking.facts import BookingFacts, BookingTurn, Command, closed
from conversations.booking.flow import NAME
from conversations.bookings import BOOKING_PRESSES, later
from conversations.engine import go_back
from conversations.flows import FLOWS
from conversations.screens import Say, say
from conversations.talk import Course, Talk
from conversations.turn import Front
from core.booking.booking import LIVE_HOLD, Booking, State
from core.booking.refusals import PageClosing
from core.client_desk import ClientDesk
from core.minis.mini import MiniState
from core.paperwork.contract import Origin
from core.values.refusals import Refusal
from core.values.tokens import LINK_LENGTH

#: What a course may be about beside its mini.
_MORE = frozenset({"source", "reservation", "preview"})
#: Commands and buttons that lead to a question to the studio, or out of it.
_STAYS = frozenset({"ask", "go_on", "extend", "back", "cancel"})
_NOBODY = Course(flow=NAME, subject={"mini": ""})


class NothingToGoBackTo(Refusal):
    """`/back` forgets the last answer; before the first there is none."""


class NothingToStop(Refusal):
    """`/cancel` stops a booking that is under way; bookings that are made are under `/my`."""


def turn_of(desk: ClientDesk, talk: Talk, front: Front, origin: Origin | None = None) -> BookingTurn:
    """The turn of the talk's present course."""
    course = talk.course or _NOBODY
    return BookingTurn(
        talk=talk,
        course=course,
        studio=desk.studio,
        desk=desk,
        front=front,
        language=desk.client.language,
        name=talk.name,
        facts=BookingFacts(desk, course),
        origin=origin,
    )


def _beside(turn: BookingTurn, name: str) -> BookingTurn:
    """Whoever goes elsewhere asks the studio nothing any more: what they type there is not meant for it."""
    if name in _STAYS or not asking.leave(turn.talk):
        return turn
    return turn_of(turn.desk, turn.talk, turn.front, turn.origin)


# -- commands --


def run(turn: BookingTurn, name: str, argument: str) -> Say | None:
    """`/name argument`. An unknown one is answered with the help."""
    turn.talk.notice = None
    command = _COMMANDS.get(name)
    if command is None:
        turn.talk.cover("help")
        turn.talk.notice = say("unknown-command", name=name)
        return None
    return command(_beside(turn, name), argument)


def _start(turn: BookingTurn, payload: str) -> Say | None:
    talk, desk = turn.talk, turn.desk
    kind, _, rest = payload.partition(" ")[0].partition("_")
    token, source = rest[:LINK_LENGTH], rest[LINK_LENGTH:].removeprefix("-")
    match kind:
        case "":
            return _welcome(turn)
        case "m" if mini_id := desk.mini_behind(token):
            _open_mini(turn, mini_id, {"source": source} if source else {})
        case "r" if desk.reservation_behind(token):
            mini_id = _mini_reserved(turn, token)
            if mini_id is not None:
                _open_mini(turn, mini_id, {"reservation": token})
        case "v" if mini_id := desk.preview_behind(token):
            _open_mini(turn, mini_id, {"preview": "1"})
        case "b" if desk.booking(rest):
            talk.cover("booking", rest)
        case "p" if desk.booking(rest):
            _back_from_paying(turn, rest)
        case _:
            talk.cover("no_link")
    return None


def _back_from_paying(turn: BookingTurn, booking_id: str) -> None:
    """Whoever comes back from the payment page may be faster than the news of it, which is then looked for."""
    talk, booking = turn.talk, turn.desk.booking(booking_id)
    talk.aside = None
    if booking is not None:
        turn.desk.look_again(booking)  # of an ended hold, too: its page may only be presumed closed
    if booking is None or booking.state not in LIVE_HOLD:
        talk.cover("booking", booking_id)
        return
    if talk.course is None or talk.course.booking_id != booking_id:
        talk.cover("payment_checked", booking_id)
    elif booking.state is not State.HELD:
        talk.notice = say("payment-checked")


def _mini_reserved(turn: BookingTurn, token: str) -> str | None:
    """The mini of the reservation; one that is in use by this very client leads back to the booking."""
    course = turn.talk.course
    if course and course.subject.get("reservation") == token and turn.facts.booking:
        turn.talk.aside = None
        return None
    return turn.desk.reservation(token).mini_id


def _welcome(turn: BookingTurn) -> Say | None:
    """`/start` alone: the booking under way, or what can be booked."""
    talk = turn.talk
    talk.aside = None
    if talk.course is None:
        talk.cover("minis")
    elif turn.facts.lapsed:
        talk.course.view["welcome"] = "1"
    return None


def _open_mini(turn: BookingTurn, mini_id: str, more: dict[str, str]) -> None:
    """Begin with a mini; in the middle of another booking, ask which to go on with."""
    talk, desk = turn.talk, turn.desk
    mini = desk.mini(mini_id)
    subject = {"mini": mini_id, **more}
    if mini is None or ("preview" in more and not desk.may_preview()):
        talk.cover("no_link")
    elif "preview" not in more and (why := closed(mini, reserved="reservation" in more)):
        talk.cover(why, mini.title)
    elif talk.course is None or not talk.course.is_begun:
        talk.begin(Course(flow=NAME, subject=subject))
    elif talk.course.flow == NAME and _same(talk.course.subject, subject):
        talk.aside = None
    else:
        talk.cover("which", " ".join((mini_id, *(f"{name}={value}" for name, value in more.items()))))


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("mini", "reservation", "preview"))


def _cover(name: str) -> Command:
    def cover(turn: BookingTurn, _argument: str) -> Say | None:
        turn.talk.cover(name)
        return None

    return cover


def _back(turn: BookingTurn, _argument: str) -> Say | None:
    talk = turn.talk
    if talk.aside:
        talk.aside = None
        return None
    if asking.leave(talk):
        return None
    live = turn.facts.live
    if live and live.state is State.RELEASING:
        raise PageClosing
    if live and live.state is State.PAYING:
        turn.facts.forget(turn.desk.change_something(live.id))
        talk.revision += 1
    elif talk.course is None or not go_back(FLOWS[turn.course.flow], turn):
        raise NothingToGoBackTo
    talk.notice = None
    return None


def _cancel(turn: BookingTurn, _argument: str) -> Say | None:
    if turn.talk.course is None:
        raise NothingToStop
    if asking.leave(turn.talk):
        return None
    if afterwards.is_under_way(turn.talk):
        booking_id = turn.course.booking_id or ""
        afterwards.leave(turn)
        turn.talk.end()
        return later(turn, booking_id)
    if turn.course.is_begun:
        turn.talk.cover("stop")
        return None
    return _stop_yes(turn, "")


# -- buttons outside the steps --


def press(turn: BookingTurn, deed: str, reference: str) -> Say | None:
    """A button that is no answer to a step. What it may do is checked anew at every press."""
    pressed = _PRESSES.get(deed)
    if pressed is None:
        return say("earlier-step")
    turn.talk.notice = None
    return pressed(_beside(turn, deed), reference)


def _stop_yes(turn: BookingTurn, _reference: str) -> Say | None:
    talk = turn.talk
    if talk.course is None or talk.course.flow != NAME:
        return say("earlier-step")
    booking = turn.desk.give_up(turn.facts.live.id) if turn.facts.live else turn.facts.booking
    if turn.facts.preview:
        talk.cover("preview_over")
    else:
        _cover_stopped(turn, talk.course.subject["mini"], booking)
    talk.end()
    return None


def _cover_stopped(turn: BookingTurn, mini_id: str, booking: Booking | None) -> None:
    """Say that the booking was stopped, if one had begun; with a page open, it is over only once that is closed."""
    if booking is None:
        turn.talk.cover("stopped", mini_id)
    elif booking.state is State.RELEASING:
        turn.talk.cover("stopping", booking.id)
    else:
        turn.talk.cover("stopped", f"{mini_id} {booking.id}")


def _over(turn: BookingTurn, _reference: str) -> Say | None:
    """Start over with the same mini."""
    if turn.talk.course is None or turn.talk.course.flow != NAME:
        return say("earlier-step")
    if turn.facts.live:
        turn.desk.give_up(turn.facts.live.id)
    turn.talk.begin(Course(flow=NAME, subject=dict(turn.talk.course.subject)))
    return None


def _go_on(turn: BookingTurn, _reference: str) -> Say | None:
    turn.talk.aside = None
    return None


def _mini(turn: BookingTurn, mini_id: str) -> Say | None:
    mini = turn.desk.mini(mini_id)
    if mini is None or mini.state is MiniState.DRAFT:
        turn.talk.cover("no_link")
    else:
        _open_mini(turn, mini_id, {})
    return None


def _switch(turn: BookingTurn, mini_id: str) -> Say | None:
    """Begin with what the link named, as the screen that asks remembers it: a button can neither carry nor forge it."""
    name, about = turn.talk.aside or ("", "")
    asked, *more = about.split(" ")
    if name != "which" or asked != mini_id:
        return say("earlier-step")
    pairs = (one.partition("=") for one in more)
    turn.talk.park()
    parked = turn_of(turn.desk, turn.talk, turn.front, turn.origin)
    _open_mini(parked, mini_id, {name: value for name, _, value in pairs if name in _MORE})
    return None


def _let_go(turn: BookingTurn, booking_id: str) -> Say | None:
    booking = turn.desk.booking(booking_id)
    if booking is None or booking.state not in LIVE_HOLD:
        return say("earlier-step")
    given_up = turn.desk.give_up(booking_id)
    turn.talk.end_booking(booking_id)
    _cover_stopped(turn, booking.mini_id, given_up)
    return None


_COMMANDS: dict[str, Command] = {
    "start": _start,
    "book": _cover("minis"),
    "my": _cover("my"),
    "help": _cover("help"),
    "privacy": _cover("privacy"),
    "back": _back,
    "cancel": _cancel,
}

_PRESSES: dict[str, Command] = {
    **BOOKING_PRESSES,
    **asking.PRESSES,
    "back": _back,
    "cancel": _cancel,
    "help": _cover("help"),
    "minis": _cover("minis"),
    "my": _cover("my"),
    "mini": _mini,
    "stop_yes": _stop_yes,
    "go_on": _go_on,
    "over": _over,
    "switch": _switch,
    "let_go": _let_go,
}
