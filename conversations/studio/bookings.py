"""Bookings as the studio sees them: the lists, one booking's card, its history, ending a hold (K1, G2)."""

from collections.abc import Iterator, Sequence
from typing import Final

from conversations.booking.details import contact_line
from conversations.booking.review import price_lines
from conversations.booking_asides import what_when_where
from conversations.screens import (
    Button,
    Clock,
    Do,
    Exact,
    Line,
    Look,
    Say,
    Screen,
    Style,
    lines,
    say,
)
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.studio.which import only_named
from core.booking.booking import LIVE_HOLD, Booking, State
from core.payments.account import Account
from core.payments.payment import KEPT, Disposition, Payment
from core.studio_desk.rights import ASSISTANTS, PHOTOGRAPHERS
from core.values.refusals import Refusal

BOOKINGS_ON_ONE_SCREEN: Final = 30
HISTORY_ON_ONE_SCREEN: Final = 40
_MOVABLE: Final = LIVE_HOLD | {State.CONFIRMED}


class NobodyFound(Refusal):
    """What was typed is no code, and nobody's name, e-mail or phone. Facts: text."""


# -- lists --


def bookings(turn: StudioTurn, mini_id: str) -> Screen:
    """Everybody who has a spot: of the mini, or of all that are still ahead, by start (K1)."""
    found = turn.desk.bookings(mini_id or None)
    return _list(turn, found, say("bookings", count=len(found)) if found else say("bookings-none"), mini_id)


def found(turn: StudioTurn, text: str) -> Screen:
    """Those that were looked for; where several fit, the photographer says which."""
    among = turn.desk.find(text)
    return _list(turn, among, say("bookings-found", text=text, count=len(among)), "")


def _list(turn: StudioTurn, shown: Sequence[Booking], hello: Say, mini_id: str) -> Screen:
    rows = tuple((Button(label(turn, one), Do("booking", one.id)),) for one in shown[:BOOKINGS_ON_ONE_SCREEN])
    more = len(shown) - BOOKINGS_ON_ONE_SCREEN
    back = Button(say("button-back"), Do("mini", mini_id)) if mini_id else Button(say("button-minis"), Do("minis", ""))
    return Screen(
        lines=lines(hello, *((say("bookings-more", count=more),) if more > 0 else ())),
        rows=(*rows, (back,)),
    )


def label(turn: StudioTurn, one: Booking) -> Say:
    """Whose, when, and how it stands, on a button."""
    return say(
        "button-booking", name=whose(one), when=turn.when(one.snapshot.starts), state=say(f"state-{_slug(one.state)}")
    )


def whose(one: Booking) -> str | Say:
    """The client's name, as far as they have said it."""
    return one.contact.name if one.contact else say("somebody")


def _slug(state: State) -> str:
    return state.value.replace("_", "-")


def look_for(turn: StudioTurn, text: str) -> Say | None:
    """`/find ana`, `/booking LP-4821`: the card where one fits, the list where several do."""
    if not text:
        turn.talk.cover("bookings", "")
        return None
    among = turn.desk.find(text)
    if not among:
        raise NobodyFound(text=text)
    if len(among) == 1:
        turn.talk.cover("booking", among[0].id)
    else:
        turn.talk.cover("found", text)
    return None


def _bookings_of(turn: StudioTurn, text: str) -> Say | None:
    """`/bookings Fall Minis`: of the mini that is called so; bare, of all. A part of a title may be somebody's name."""
    one = only_named(turn, text)
    if one is None or (one.title.casefold() != text.strip().casefold() and turn.desk.find(text)):
        return look_for(turn, text)
    turn.talk.cover("bookings", one.id)
    return None


# -- the card --


def booking(turn: StudioTurn, booking_id: str) -> Screen:
    """One booking: who, what, when, money, papers, and what can be done (K1)."""
    one = turn.desk.booking(booking_id)
    account = turn.desk.account(one)
    payments = turn.desk.payments(one.id) if turn.role in PHOTOGRAPHERS else []
    live = one.state in LIVE_HOLD
    until = (Line(say("booking-until", until=turn.when(one.hold_until, Clock.COUNTDOWN))),) if live else ()
    return Screen(
        lines=(
            Line(say("booking-head", code=one.code, name=whose(one)), Look.TITLE),
            Line(say("booking-stands", state=say(f"state-{_slug(one.state)}"))),
            *until,
            *what_when_where(turn.studio, one),
            *((Line(contact_line(one.contact), gap=True),) if one.contact else ()),
            *price_lines(one.price),
            *lines(*_money(account), *_apart(turn, payments), gap=True),
            *_papers(turn, one),
        ),
        rows=tuple(row for row in _rows(turn, one, account, payments) if row),
    )


def _money(account: Account) -> tuple[Say, ...]:
    """What came in, went back and is still to be paid, as far as it is not nothing."""
    sums = (
        ("account-paid", account.came_in),
        ("account-refunded", account.refunded),
        ("account-going-back", account.going_back),
        ("account-lost", account.lost),
        ("account-due", account.due),
    )
    return tuple(say(key, amount=Exact(amount)) for key, amount in sums if amount)


def _apart(turn: StudioTurn, payments: Sequence[Payment]) -> Iterator[Say]:
    """Money that does not stand for the booking, and is in none of its sums."""
    for payment in payments:
        amount = Exact(payment.amount)
        if payment.disposition is Disposition.CHOOSING and payment.choosing_until:
            yield say("account-choosing", amount=amount, until=turn.when(payment.choosing_until))
        elif payment.disposition not in KEPT | {Disposition.LOST}:
            yield say("account-apart", amount=amount, fate=fate(payment))


def fate(payment: Payment) -> Say:
    """What became of a payment that was not simply kept."""
    return say(f"fate-{payment.disposition.replace('_', '-')}")


def _papers(turn: StudioTurn, one: Booking) -> tuple[Line, ...]:
    """What was signed and answered; for owner and photographers."""
    if turn.role not in PHOTOGRAPHERS:
        return ()
    agreed = turn.desk.agreed(one)
    unsigned = one.state in LIVE_HOLD and len(agreed) < len(one.snapshot.contracts)
    signed = tuple(say("booking-signed", title=agreement.title) for agreement in agreed)
    asked = {one.snapshot.questionnaire, one.snapshot.questionnaire_after} - {None}
    answered = asked and asked <= {given.questionnaire for given in turn.desk.answers(one.id)}
    return lines(
        *signed,
        *((say("booking-unsigned"),) if unsigned else ()),
        *((say("booking-answered"),) if answered else ()),
        gap=True,
    )


def _rows(
    turn: StudioTurn, one: Booking, account: Account, payments: Sequence[Payment]
) -> tuple[tuple[Button, ...], ...]:
    confirmed = one.state is State.CONFIRMED
    over = one.state in {State.CONFIRMED, State.DONE, State.NO_SHOW}
    ends_hold = turn.studio.hold_override and one.state in LIVE_HOLD
    return (
        button(turn, say("button-message"), "message", one.id),
        (
            *(button(turn, say("button-move"), "move", one.id) if one.state in _MOVABLE else ()),
            *(button(turn, say("button-mark-paid"), "paid", one.id) if over and account.due else ()),
        ),
        (
            *(button(turn, say("button-decide"), "problem", one.id) if account.to_decide else ()),
            *(button(turn, say("button-refund"), "refund", one.id) if account.refundable else ()),
            *(button(turn, say("button-payments"), "ledger", one.id) if payments else ()),
        ),
        (
            *button(turn, say("button-booking-papers"), "booking_papers", one.id),
            *button(turn, say("button-booking-answers"), "booking_answers", one.id),
        ),
        button(turn, say("button-history"), "history", one.id),
        button(turn, say("button-end-hold"), "end_hold", one.id, Style.DANGER) if ends_hold else (),
        button(turn, say("button-cancel-it"), "cancel_booking", one.id, Style.DANGER) if confirmed else (),
        button(turn, say("button-bookings-of-mini"), "bookings", one.mini_id),
    )


def history(turn: StudioTurn, booking_id: str) -> Screen:
    """What happened to the booking, in order."""
    one = turn.desk.booking(booking_id)
    rows = turn.desk.history(booking_id)[-HISTORY_ON_ONE_SCREEN:]
    happened = (
        say("history-line", when=turn.when(row.at), what=say(f"news-{row.what.replace('_', '-')}")) for row in rows
    )
    return Screen(
        lines=(Line(say("booking-head", code=one.code, name=whose(one)), Look.TITLE), *lines(*happened)),
        rows=((Button(say("button-back"), Do("booking", one.id)),),),
    )


# -- ending a hold (G2) --


def end_hold(turn: StudioTurn, booking_id: str) -> Screen:
    one = turn.desk.booking(booking_id)
    return Screen(
        lines=lines(say("end-hold-ask", name=whose(one), when=turn.when(one.snapshot.starts))),
        rows=(
            (Button(say("button-end-it"), Do("end_hold_yes", one.id), Style.DANGER),),
            (Button(say("button-wait"), Do("booking", one.id)),),
        ),
    )


def _end_hold(turn: StudioTurn, booking_id: str) -> Say | None:
    turn.desk.end_hold(booking_id)
    turn.talk.cover("booking", booking_id)
    return None


ROOM: Final = Room(
    commands={
        "bookings": For(ASSISTANTS, _bookings_of),
        "booking": For(ASSISTANTS, look_for),
        "find": For(ASSISTANTS, look_for),
    },
    presses={
        "bookings": For(ASSISTANTS, covering("bookings")),
        "booking": For(ASSISTANTS, covering("booking")),
        "history": For(PHOTOGRAPHERS, covering("history")),
        "end_hold": For(PHOTOGRAPHERS, covering("end_hold")),
        "end_hold_yes": For(PHOTOGRAPHERS, _end_hold),
    },
    asides={
        "bookings": For(ASSISTANTS, bookings),
        "found": For(ASSISTANTS, found),
        "booking": For(ASSISTANTS, booking),
        "history": For(PHOTOGRAPHERS, history),
        "end_hold": For(PHOTOGRAPHERS, end_hold),
    },
)
