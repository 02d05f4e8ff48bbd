"""Screens that are no step of a talk: help, privacy, the list of minis, and how a talk ended."""

from dataclasses import replace

from conversations.booking_asides import (
    answer_later,
    answer_or_book,
    answered,
    booking,
    cancel_booking,
    choose,
    money_back,
    my,
    payment_checked,
    to_choose,
)
from conversations.hall import Aside, Hall, ask, commands, go_on, go_on_if_begun, see_minis, ways_to_reach, when_of
from conversations.money import cancelled_screen, if_paid_already, known_of_money, money_of_ended
from conversations.screens import Button, Do, Line, Look, Say, Screen, Style, lines, say
from core.booking.booking import LIVE_HOLD, Booking, Reason, State
from core.payments.checkout import PAYABLE
from core.studio.studio import Studio

MINIS_ON_ONE_SCREEN = 20
#: Commands that the help explains, each in a line of its own.
HELPED = ("book", "my", "back", "cancel", "privacy")


def minis(hall: Hall, _about: str) -> Screen:
    """What can be booked (E3), with who keeps the client's data (A7)."""
    published = hall.desk.published()[:MINIS_ON_ONE_SCREEN]
    hello = say("minis-hello", studio=hall.studio.name) if published else say("minis-none", studio=hall.studio.name)
    rows = tuple((Button(say("button-mini", title=one.title), Do("mini", one.id)),) for one in published)
    return Screen(lines=lines(hello, say("privacy-line", studio=hall.studio.name)), rows=(*rows, *go_on_if_begun(hall)))


def help_screen(hall: Hall, _about: str) -> Screen:
    reach = ways_to_reach(hall.studio)
    return Screen(
        lines=(
            Line(say("help", studio=hall.studio.name)),
            *lines(*(say(f"help-{command}") for command in HELPED), gap=True),
            *(lines(say("help-ask", studio=hall.studio.name), *reach, gap=True) if reach else ()),
        ),
        rows=(ask(hall), commands(), *go_on(hall)),
    )


def privacy(hall: Hall, _about: str) -> Screen:
    return Screen(lines=privacy_lines(hall.studio), rows=go_on(hall))


def privacy_lines(studio: Studio) -> tuple[Line, ...]:
    """Who keeps what and why (A7), in the chat and on the studio's page alike."""
    own = (Line(say("as-written", text=studio.privacy_notice), gap=True),) if studio.privacy_notice else ()
    return (Line(say("privacy", studio=studio.name)), *own, *lines(*ways_to_reach(studio)))


def pass_on(hall: Hall, text: str) -> Screen:
    """Something was typed where nothing is asked: whether it is meant for the studio (F13)."""
    return Screen(
        lines=(
            Line(say("pass-on-ask", studio=hall.studio.name)),
            Line(say("as-written", text=text), Look.QUOTE),
            *lines(*ways_to_reach(hall.studio), gap=True),
        ),
        rows=(
            (Button(say("button-pass-on"), Do("pass_on", ""), Style.PRIMARY),),
            (Button(say("button-what-can-be-booked"), Do("minis", "")),),
        ),
    )


def passed_on(hall: Hall, _about: str) -> Screen:
    """The studio has it."""
    return Screen(
        lines=(
            Line(say("passed-on", studio=hall.studio.name)),
            *lines(*ways_to_reach(hall.studio), gap=True),
        ),
        rows=(commands(), *go_on(hall)),
    )


def stop(hall: Hall, _about: str) -> Screen:
    """Stop booking? The time goes back to others, unless it is paid already."""
    one = hall.desk.booking(hall.talk.course.booking_id) if hall.talk.course and hall.talk.course.booking_id else None
    held = one is not None and one.state in LIVE_HOLD
    return Screen(
        lines=lines(
            say("stop-ask-held" if held else "stop-ask"),
            *(_what_of_money(hall, one) if one else ()),
        ),
        rows=(
            (Button(say("button-stop-yes"), Do("stop_yes", ""), Style.DANGER),),
            (Button(say("button-keep-going"), Do("go_on", "")),),
        ),
    )


def _what_of_money(hall: Hall, one: Booking) -> tuple[Say, ...]:
    checkout = hall.desk.checkout(one)
    open_page = checkout is not None and checkout.state in PAYABLE
    known = known_of_money(hall.studio, hall.desk.payments(one), checkout)
    return (*known, *(if_paid_already(one) if open_page else ()))


def stopped(hall: Hall, about: str) -> Screen:
    """What was about which mini, and which booking ended with it, if one had begun."""
    mini_id, _, booking_id = about.partition(" ")
    one = hall.desk.booking(booking_id) if booking_id else None
    payments, checkout = (hall.desk.payments(one), hall.desk.checkout(one)) if one else ([], None)
    return Screen(
        lines=lines(say("stopped"), *money_of_ended(hall.studio, payments, checkout)),
        rows=(
            *go_on(hall),
            *(to_choose(hall, one) if one else ()),
            (Button(say("button-start-again"), Do("mini", mini_id)),),
            (Button(say("button-other-minis"), Do("minis", "")),),
        ),
    )


def stopping(hall: Hall, booking_id: str) -> Screen:
    """Given up while the payment page is open: whether money was faster is not known yet."""
    one = hall.desk.booking(booking_id)
    return Screen(lines=lines(say("stopping"), *(if_paid_already(one) if one else ())), rows=go_on(hall))


def cancelled(hall: Hall, booking_id: str) -> Screen:
    """The studio called it off in the middle of booking, or before the booking was taken up again."""
    one = hall.desk.booking(booking_id)
    if one is None:
        return minis(hall, "")
    reason = one.reason if one.state is State.CANCELLED and one.reason else Reason.MINI_CANCELLED
    payments, account = hall.desk.payments(one), hall.desk.account(one)
    screen = cancelled_screen(hall.studio, one, payments, account, hall.desk.checkout(one), reason)
    return replace(screen, rows=(*screen.rows, *go_on(hall)))


def which(hall: Hall, about: str) -> Screen:
    """Another mini's link in the middle of a booking: which to go on with (F8)."""
    course = hall.talk.course
    old = hall.desk.mini(course.subject["mini"]) if course else None
    new = hall.desk.mini(about.partition(" ")[0])
    if old is None or new is None:
        return minis(hall, "")
    return Screen(
        lines=lines(say("which-ask", old=old.title, new=new.title)),
        rows=(
            (Button(say("button-go-on-with", title=old.title), Do("go_on", ""), Style.PRIMARY),),
            (Button(say("button-switch-to", title=new.title), Do("switch", new.id)),),
        ),
    )


def booked(hall: Hall, booking_id: str) -> Screen:
    """What stays of the review card once the booking is made; the confirmation is a message of its own."""
    one = hall.desk.booking(booking_id)
    if one is None:
        return minis(hall, "")
    card = say("booked-card-paid" if one.price.due_now else "booked-card", when=when_of(hall, one))
    return Screen(lines=lines(card), rows=go_on(hall))


def declined(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("declined", studio=hall.studio.name)), rows=(*see_minis(), *go_on(hall)))


def reservation_gone(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("refusal-reservation-gone")), rows=(*see_minis(), *go_on(hall)))


def preview_over(_hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("preview-over")), preview=True)


def not_open(hall: Hall, title: str) -> Screen:
    return Screen(lines=lines(say("refusal-mini-not-open", title=title)), rows=(*see_minis(), *go_on_if_begun(hall)))


def paused(hall: Hall, title: str) -> Screen:
    return Screen(lines=lines(say("refusal-mini-paused", title=title)), rows=(*see_minis(), *go_on_if_begun(hall)))


def no_link(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("link-unknown")), rows=(*see_minis(), *go_on(hall)))


ASIDES: dict[str, Aside] = {
    "minis": minis,
    "help": help_screen,
    "privacy": privacy,
    "pass_on": pass_on,
    "passed_on": passed_on,
    "my": my,
    "booking": booking,
    "cancel_booking": cancel_booking,
    "stop": stop,
    "stopped": stopped,
    "stopping": stopping,
    "cancelled": cancelled,
    "choose": choose,
    "money_back": money_back,
    "payment_checked": payment_checked,
    "which": which,
    "booked": booked,
    "answered": answered,
    "answer_later": answer_later,
    "answer_or_book": answer_or_book,
    "declined": declined,
    "reservation_gone": reservation_gone,
    "preview_over": preview_over,
    "not_open": not_open,
    "paused": paused,
    "no_link": no_link,
}
