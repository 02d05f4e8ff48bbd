"""What came in and went back: every payment of a booking, undoing what was marked by hand, and the sums (H5, H7)."""

from datetime import datetime, time
from typing import Final

from conversations.screens import Button, Clock, Do, Exact, Line, Look, Say, Screen, lines, say
from conversations.studio.bookings import whose
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.studio.which import Fit, only_named
from core.payments.payment import Payment
from core.studio_desk.rights import PHOTOGRAPHERS


def ledger(turn: StudioTurn, booking_id: str) -> Screen:
    """Every payment and entry of a booking; what was marked by hand can be undone (H5)."""
    one = turn.desk.booking(booking_id)
    every = turn.desk.payments(booking_id)
    undone = {payment.undoes for payment in every}
    rows = [
        (Button(say("button-undo-paid", amount=Exact(payment.amount)), Do("undo_paid", payment.id)),)
        for payment in every
        if payment.outside and payment.undoes is None and payment.id not in undone
    ]
    return Screen(
        lines=(
            Line(say("booking-head", code=one.code, name=whose(one)), Look.TITLE),
            *lines(*(_payment_line(turn, payment) for payment in every)),
        ),
        rows=(
            *rows,
            button(turn, say("button-returned"), "returned", one.id),
            (Button(say("button-back"), Do("booking", one.id)),),
        ),
    )


def _payment_line(turn: StudioTurn, payment: Payment) -> Say:
    if payment.how is None:
        when = turn.when(payment.captured_at, Clock.DAY_YEAR)
        return say("payment-online", day=when, amount=Exact(payment.amount), fate=say(f"fate-{_slug(payment)}"))
    noon = datetime.combine(payment.paid_on or payment.captured_at.date(), time(12), turn.studio.zone)
    day, how = turn.when(noon, Clock.DAY_YEAR), say(f"how-{payment.how}")
    if payment.undoes:
        return say("payment-undone", day=day, amount=Exact(payment.amount))
    return say("payment-by-hand", day=day, amount=Exact(payment.amount), how=how)


def _slug(payment: Payment) -> str:
    return payment.disposition.value.replace("_", "-")


def _undo(turn: StudioTurn, payment_id: str) -> Say | None:
    one = turn.desk.undo_paid(payment_id)
    turn.talk.cover("ledger", one.id)
    return None


def money(turn: StudioTurn, mini_id: str) -> Screen:
    """What came in, is due and went back: of a mini, or of all of the studio (`/money`)."""
    takings = turn.desk.takings(mini_id or None)
    title = turn.desk.mini(mini_id).title if mini_id else turn.studio.name
    sums = (
        ("account-paid", takings.came_in),
        ("takings-outside", takings.outside),
        ("account-refunded", takings.refunded),
        ("account-going-back", takings.going_back),
        ("account-due", takings.due),
    )
    shown = tuple(say(key, amount=Exact(amount)) for key, amount in sums if amount)
    back = Button(say("button-back"), Do("mini", mini_id)) if mini_id else Button(say("button-minis"), Do("minis", ""))
    return Screen(
        lines=(Line(say("studio-name", studio=title), Look.TITLE), *lines(*(shown or (say("takings-none"),)))),
        rows=(button(turn, say("button-problems"), "problems", ""), (back,)),
    )


def _money_of(turn: StudioTurn, text: str) -> Say | None:
    one = only_named(turn, text, Fit.ANY)
    turn.talk.cover("money", one.id if one else "")
    if text.strip() and one is None:
        turn.talk.notice = say("money-of-all", text=text)
    return None


ROOM: Final = Room(
    commands={"money": For(PHOTOGRAPHERS, _money_of)},
    presses={
        "ledger": For(PHOTOGRAPHERS, covering("ledger")),
        "undo_paid": For(PHOTOGRAPHERS, _undo),
        "money": For(PHOTOGRAPHERS, covering("money")),
    },
    asides={"ledger": For(PHOTOGRAPHERS, ledger), "money": For(PHOTOGRAPHERS, money)},
)
