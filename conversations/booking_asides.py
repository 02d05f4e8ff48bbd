"""A client's bookings as screens that are no step: the list, one of them, cancelling it, what is asked after it."""

from conversations.booking.held import title_of
from conversations.hall import Hall, ask, go_on, see_minis, ways_to_reach, when_of
from conversations.money import (
    choice,
    going_back,
    how_to_pay,
    money_if_cancelled,
    money_of_cancelled,
    money_of_ended,
    paid_too_late,
    to_pay,
)
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, When, lines, say
from conversations.words import city
from core.booking.booking import LIVE_HOLD, STANDING, Booking, State
from core.booking.ending import cancel_before
from core.booking.refusals import ChoiceOver
from core.studio.studio import Studio

BOOKINGS_ON_ONE_SCREEN = 20


def my(hall: Hall, _about: str) -> Screen:
    """The client's bookings, each to tap; where money waits for their choice, the tap leads to that."""
    bookings = hall.desk.my_bookings()[-BOOKINGS_ON_ONE_SCREEN:]
    if not bookings:
        return Screen(
            lines=lines(say("my-none")),
            rows=((Button(say("button-see-minis"), Do("minis", "")),), *go_on(hall)),
        )
    made = [one for one in bookings if one.state in STANDING]
    choosing = [one for one in bookings if one.state not in STANDING]
    hello = (say("my", count=len(made)),) if made else ()
    waits = (say("my-choosing"),) if choosing else ()
    rows = (
        *(_to_tap(say("button-my", when=when_of(hall, one), title=one.snapshot.title), "booking", one) for one in made),
        *(_to_tap(say("button-my-choosing", title=one.snapshot.title), "choose", one) for one in choosing),
    )
    return Screen(lines=lines(*hello, *waits), rows=(*rows, *go_on(hall)))


def _to_tap(label: Say, deed: str, one: Booking) -> tuple[Button]:
    return (Button(label, Do(deed, one.id)),)


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
            *to_choose(hall, one),
            ask(hall, one.id),
            (Button(say("button-all-bookings"), Do("my", "")),),
            *go_on(hall),
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
        rows=((Button(say("button-show-booking"), Do("booking", booking_id)),), *go_on(hall)),
    )


def answer_later(hall: Hall, booking_id: str) -> Screen:
    """The questions after booking can wait."""
    show = ((Button(say("button-show-booking"), Do("booking", booking_id)),),) if hall.desk.booking(booking_id) else ()
    return Screen(lines=lines(say("answer-later")), rows=(*show, *go_on(hall)))


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


def to_choose(hall: Hall, one: Booking) -> tuple[tuple[Button, ...], ...]:
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
            say("cancel-booking-ask", when=when_of(hall, one), title=one.snapshot.title),
            *money_if_cancelled(hall.studio, one, hall.desk.account(one)),
        ),
        rows=(
            (Button(say("button-cancel-yes"), Do("cancel_yes", one.id), Style.DANGER),),
            (Button(say("button-keep-booking"), Do("booking", one.id)),),
        ),
    )


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
    return Screen(lines=lines(*going_back(hall.studio, one, payments[-1])), rows=(*see_minis(), *go_on(hall)))


def payment_checked(hall: Hall, _about: str) -> Screen:
    """Back from the payment page before the news of it."""
    return Screen(lines=lines(say("payment-checked")), rows=go_on(hall))
