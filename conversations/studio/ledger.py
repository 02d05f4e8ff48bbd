"""What came in and went back: every payment of a booking, undoing what was marked by hand, and the sums (H5, H7)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final

from conversations.screens import Button, Clock, Do, Exact, Line, Look, Say, Screen, lines, say
from conversations.studio.bookings import fate, whose
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.studio.which import Fit, only_named
from core.payments.payment import Disposition, How, Payment, Refund
from core.payments.till import RefundState
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.money import Money


def ledger(turn: StudioTurn, booking_id: str) -> Screen:
    """Every payment and entry of a booking with what went back of it; an entry made by hand can be undone (H5)."""
    one = turn.desk.booking(booking_id)
    every, refunds = turn.desk.payments(booking_id), turn.desk.refunds(booking_id)
    undone = {payment.undoes for payment in every}
    rows = [
        (Button(say("button-undo-paid", amount=Exact(payment.amount)), Do("undo_paid", payment.id)),)
        for payment in every
        if payment.outside and payment.undoes is None and payment.id not in undone
    ]
    return Screen(
        lines=(
            Line(say("booking-head", code=one.code, name=whose(one)), Look.TITLE),
            *lines(*(said for payment in every for said in _lines_of(turn, payment, refunds))),
        ),
        rows=(
            *rows,
            button(turn, say("button-returned"), "returned", one.id),
            (Button(say("button-back"), Do("booking", one.id)),),
        ),
    )


def _lines_of(turn: StudioTurn, payment: Payment, refunds: Sequence[Refund]) -> Iterator[Say]:
    yield _by_hand(turn, payment, payment.how) if payment.how else _online(turn, payment)
    for refund in sorted(refunds, key=lambda one: one.owed_at):
        if refund.payment_id == payment.id:
            yield _refund(turn, refund)


def _online(turn: StudioTurn, payment: Payment) -> Say:
    day, amount = turn.when(payment.captured_at, Clock.DAY_YEAR), Exact(payment.amount)
    if payment.disposition is Disposition.HONOURED:
        return say("payment-online", day=day, amount=amount)
    return say("payment-online-apart", day=day, amount=amount, fate=fate(payment))


def _refund(turn: StudioTurn, refund: Refund) -> Say:
    where = say("refund-in-dashboard" if refund.by_hand else "refund-through-till")
    day = turn.when(refund.owed_at, Clock.DAY_YEAR)
    settled = refund.settled if refund.state is RefundState.FAILED else None
    key = f"refund-failed-{settled}" if settled else f"refund-{refund.state}"
    return say(key, day=day, amount=Exact(refund.amount), where=where)


def _by_hand(turn: StudioTurn, payment: Payment, how: How) -> Say:
    noon = datetime.combine(payment.paid_on or payment.captured_at.date(), time(12), turn.studio.zone)
    day = turn.when(noon, Clock.DAY_YEAR)
    if payment.undoes:
        return say("payment-undone", day=day, amount=Exact(payment.amount))
    if payment.amount.minor < 0:
        back = Money.zero(payment.amount.currency) - payment.amount
        return say("payment-returned", day=day, amount=Exact(back), how=say(f"how-{how}"))
    return say("payment-by-hand", day=day, amount=Exact(payment.amount), how=say(f"how-{how}"))


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
