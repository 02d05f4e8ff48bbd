"""Screens that are no step of a talk: help, privacy, the lists of minis and of one's bookings, and how a talk ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from conversations.booking.held import title_of
from conversations.money import (
    cancelled_screen,
    choice,
    going_back,
    how_to_pay,
    if_paid_already,
    known_of_money,
    money_if_cancelled,
    money_of_cancelled,
    money_of_ended,
    paid_too_late,
    to_pay,
)
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, When, lines, say
from conversations.talk import Talk
from conversations.words import city
from core.booking.booking import LIVE_HOLD, STANDING, Booking, Reason, State
from core.booking.contact import Contact
from core.booking.ending import cancel_before
from core.booking.refusals import ChoiceOver
from core.client_desk import ClientDesk
from core.payments.checkout import PAYABLE
from core.studio.studio import Studio

BOOKINGS_ON_ONE_SCREEN = 20
MINIS_ON_ONE_SCREEN = 20
#: Commands that the help explains, each in a line of its own.
HELPED = ("book", "my", "back", "cancel", "privacy")


@dataclass(frozen=True, slots=True)
class Hall:
    """What a screen outside the steps sees."""

    desk: ClientDesk
    talk: Talk

    @property
    def studio(self) -> Studio:
        return self.desk.studio


Aside = Callable[[Hall, str], Screen]


def minis(hall: Hall, _about: str) -> Screen:
    """What can be booked (E3), with who keeps the client's data (A7)."""
    published = hall.desk.published()[:MINIS_ON_ONE_SCREEN]
    hello = say("minis-hello", studio=hall.studio.name) if published else say("minis-none", studio=hall.studio.name)
    rows = tuple((Button(say("button-mini", title=one.title), Do("mini", one.id)),) for one in published)
    return Screen(
        lines=lines(hello, say("privacy-line", studio=hall.studio.name)), rows=(*rows, *_go_on_if_begun(hall))
    )


def help_screen(hall: Hall, _about: str) -> Screen:
    reach = ways_to_reach(hall.studio)
    return Screen(
        lines=(
            Line(say("help", studio=hall.studio.name)),
            *lines(*(say(f"help-{command}") for command in HELPED), gap=True),
            *(lines(say("help-ask", studio=hall.studio.name), *reach, gap=True) if reach else ()),
        ),
        rows=(_ask(hall), _commands(), *_go_on(hall)),
    )


def privacy(hall: Hall, _about: str) -> Screen:
    return Screen(lines=privacy_lines(hall.studio), rows=_go_on(hall))


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
        rows=(_commands(), *_go_on(hall)),
    )


def my(hall: Hall, _about: str) -> Screen:
    """The client's bookings, each to tap."""
    bookings = hall.desk.my_bookings()[-BOOKINGS_ON_ONE_SCREEN:]
    if not bookings:
        return Screen(
            lines=lines(say("my-none")),
            rows=((Button(say("button-see-minis"), Do("minis", "")),), *_go_on(hall)),
        )
    rows = tuple(
        (Button(say("button-my", when=_when(hall, one), title=one.snapshot.title), Do("booking", one.id)),)
        for one in bookings
    )
    return Screen(lines=lines(say("my", count=len(bookings))), rows=(*rows, *_go_on(hall)))


def booking(hall: Hall, booking_id: str) -> Screen:
    """One booking: what, when, where, how it is paid, and what can be done."""
    one = hall.desk.booking(booking_id)
    if one is None:
        return my(hall, "")
    confirmed = one.state is State.CONFIRMED
    late = hall.desk.now > cancel_before(one)
    cancel = ((Button(say("button-cancel-booking"), Do("cancel_booking", one.id)),),) if confirmed and not late else ()
    return Screen(
        lines=(
            Line(say("booking-code", code=one.code), Look.TITLE),
            *what_when_where(hall.studio, one),
            *_money(hall, one),
            Line(say(f"booking-{one.state.value.replace('_', '-')}")),
            *(
                lines(say("ask-to-cancel", studio=hall.studio.name), *ways_to_reach(hall.studio))
                if confirmed and late
                else ()
            ),
        ),
        rows=(
            *_papers(hall, one),
            *cancel,
            *_to_choose(hall, one),
            _ask(hall, one.id),
            (Button(say("button-all-bookings"), Do("my", "")),),
            *_go_on(hall),
        ),
    )


def _papers(hall: Hall, one: Booking) -> tuple[tuple[Button, ...], ...]:
    """The signed copies once more, and what is asked after booking (I2, F11)."""
    copies = [
        (Button(say("button-signed-copy", title=each.title), Do("paper", f"{one.id}.{each.id}")),)
        for each in hall.desk.agreed(one)
        if not each.preview
    ]
    edition = one.snapshot.questionnaire_after
    if edition is None or one.state not in {State.CONFIRMED, State.DONE}:
        return tuple(copies)
    answered = hall.desk.answers(one, edition) is not None
    label = say("button-change-answers" if answered else "button-answer-questions")
    return (*copies, (Button(label, Do("answer", one.id)),))


def answer_or_book(hall: Hall, booking_id: str) -> Screen:
    """Questions of a made booking in the middle of another: which to go on with (DECISIONS 29)."""
    course, made = hall.talk.course, hall.desk.booking(booking_id)
    mini = hall.desk.mini(course.subject["mini"]) if course else None
    if made is None or mini is None:
        return my(hall, "")
    return Screen(
        lines=lines(say("answer-or-book", title=mini.title, made=made.snapshot.title)),
        rows=(
            (Button(say("button-go-on-with", title=mini.title), Do("go_on", ""), Style.PRIMARY),),
            (Button(say("button-answer-questions"), Do("answer_first", booking_id)),),
        ),
    )


def answered(hall: Hall, booking_id: str) -> Screen:
    """The questions after booking are answered."""
    return Screen(
        lines=lines(say("answers-taken", studio=hall.studio.name)),
        rows=((Button(say("button-show-booking"), Do("booking", booking_id)),), *_go_on(hall)),
    )


def _money(hall: Hall, one: Booking) -> tuple[Line, ...]:
    """What was paid and is to be paid, or what became of it."""
    if one.state in LIVE_HOLD:
        return to_pay(hall.studio, one)
    if one.state in STANDING:
        return how_to_pay(hall.studio, one, hall.desk.account(one))
    payments = hall.desk.payments(one)
    if one.state is State.CANCELLED:
        account, checkout = hall.desk.account(one), hall.desk.checkout(one)
        return lines(*money_of_cancelled(hall.studio, one, payments, account, checkout))
    return lines(*money_of_ended(hall.studio, payments, hall.desk.checkout(one)))


def _to_choose(hall: Hall, one: Booking) -> tuple[tuple[Button, ...], ...]:
    """Another time or the money, where the payment came too late."""
    try:
        return paid_too_late(hall.studio, one, hall.desk.payment_to_choose_for(one.id)).rows
    except ChoiceOver:
        return ()


def what_when_where(studio: Studio, one: Booking) -> tuple[Line, ...]:
    """Title and package, day and time with the city, and the place."""
    snapshot = one.snapshot
    place = (Line(say("as-written", text=snapshot.place)),) if snapshot.place else ()
    when = say(
        "at-when",
        day=When(snapshot.starts, studio.zone, Clock.DAY_YEAR),
        time=When(snapshot.starts, studio.zone, Clock.TIME),
        city=city(studio.zone_name),
    )
    return (Line(title_of(one)), Line(when), *place)


def cancel_booking(hall: Hall, booking_id: str) -> Screen:
    """Asked twice, as it cannot be undone; what happens to money is said first."""
    one = hall.desk.booking(booking_id)
    if one is None or one.state is not State.CONFIRMED:
        return my(hall, "")
    return Screen(
        lines=lines(
            say("cancel-booking-ask", when=_when(hall, one), title=one.snapshot.title),
            *money_if_cancelled(hall.studio, one, hall.desk.account(one)),
        ),
        rows=(
            (Button(say("button-cancel-yes"), Do("cancel_yes", one.id), Style.DANGER),),
            (Button(say("button-keep-booking"), Do("booking", one.id)),),
        ),
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
            *_go_on(hall),
            *(_to_choose(hall, one) if one else ()),
            (Button(say("button-start-again"), Do("mini", mini_id)),),
            (Button(say("button-other-minis"), Do("minis", "")),),
        ),
    )


def stopping(hall: Hall, booking_id: str) -> Screen:
    """Given up while the payment page is open: whether money was faster is not known yet."""
    one = hall.desk.booking(booking_id)
    return Screen(lines=lines(say("stopping"), *(if_paid_already(one) if one else ())), rows=_go_on(hall))


def cancelled(hall: Hall, booking_id: str) -> Screen:
    """The studio called it off in the middle of booking, or before the booking was taken up again."""
    one = hall.desk.booking(booking_id)
    if one is None:
        return minis(hall, "")
    reason = one.reason if one.state is State.CANCELLED and one.reason else Reason.MINI_CANCELLED
    payments, account = hall.desk.payments(one), hall.desk.account(one)
    screen = cancelled_screen(hall.studio, one, payments, account, hall.desk.checkout(one), reason)
    return replace(screen, rows=(*screen.rows, *_go_on(hall)))


def choose(hall: Hall, booking_id: str) -> Screen:
    """The nearest times for a payment that came too late; once that is decided, the booking."""
    one = hall.desk.booking(booking_id)
    try:
        payment = hall.desk.payment_to_choose_for(booking_id)
    except ChoiceOver:
        return booking(hall, booking_id)
    return choice(hall.studio, one, payment, hall.desk.nearest_spots(one)) if one else my(hall, "")


def money_back(hall: Hall, booking_id: str) -> Screen:
    """The client took the money."""
    one = hall.desk.booking(booking_id)
    payments = hall.desk.payments(one) if one else []
    if one is None or not payments:
        return my(hall, "")
    return Screen(lines=lines(*going_back(hall.studio, one, payments[-1])), rows=(*_see_minis(), *_go_on(hall)))


def payment_checked(hall: Hall, _about: str) -> Screen:
    """Back from the payment page before the news of it."""
    return Screen(lines=lines(say("payment-checked")), rows=_go_on(hall))


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
    card = say("booked-card-paid" if one.price.due_now else "booked-card", when=_when(hall, one))
    return Screen(lines=lines(card), rows=_go_on(hall))


def declined(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("declined", studio=hall.studio.name)), rows=(*_see_minis(), *_go_on(hall)))


def reservation_gone(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("refusal-reservation-gone")), rows=(*_see_minis(), *_go_on(hall)))


def preview_over(_hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("preview-over")), preview=True)


def not_open(hall: Hall, title: str) -> Screen:
    return Screen(lines=lines(say("refusal-mini-not-open", title=title)), rows=(*_see_minis(), *_go_on_if_begun(hall)))


def paused(hall: Hall, title: str) -> Screen:
    return Screen(lines=lines(say("refusal-mini-paused", title=title)), rows=(*_see_minis(), *_go_on_if_begun(hall)))


def no_link(hall: Hall, _about: str) -> Screen:
    return Screen(lines=lines(say("link-unknown")), rows=(*_see_minis(), *_go_on(hall)))


def answer_later(hall: Hall, booking_id: str) -> Screen:
    """The questions after booking can wait."""
    show = ((Button(say("button-show-booking"), Do("booking", booking_id)),),) if hall.desk.booking(booking_id) else ()
    return Screen(lines=lines(say("answer-later")), rows=(*show, *_go_on(hall)))


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


def _go_on(hall: Hall) -> tuple[tuple[Button, ...], ...]:
    """Back to the booking that is under way."""
    return ((Button(say("button-go-on"), Do("go_on", ""), Style.PRIMARY),),) if hall.talk.course else ()


def _go_on_if_begun(hall: Hall) -> tuple[tuple[Button, ...], ...]:
    """The same, unless that would only lead to a mini that was looked at: the list of minis does so, too."""
    return _go_on(hall) if hall.talk.course and hall.talk.course.is_begun else ()


def _see_minis() -> tuple[tuple[Button, ...], ...]:
    return ((Button(say("button-see-minis"), Do("minis", "")),),)


def _ask(hall: Hall, booking_id: str = "") -> tuple[Button, ...]:
    """The way to a person; about a booking, where it stands beneath one."""
    return (Button(say("button-ask", studio=hall.studio.name), Do("ask", booking_id)),)


def _commands() -> tuple[Button, ...]:
    return (Button(say("button-see-minis"), Do("minis", "")), Button(say("button-my-bookings"), Do("my", "")))


def ways_to_reach(whom: Studio | Contact) -> tuple[Say, ...]:
    """Their phone and e-mail, as far as they are known."""
    phone = (say("reach-phone", phone=whom.phone),) if whom.phone else ()
    email = (say("reach-email", email=whom.email),) if whom.email else ()
    return (*phone, *email)


def _when(hall: Hall, one: Booking) -> When:
    return When(one.snapshot.starts, hall.studio.zone, Clock.DAY_TIME)
