"""What the studio hears by itself: whether it is still true, its words, and the buttons that act on it (J5)."""

from collections.abc import Mapping
from typing import Final

from conversations.screens import Button, Do, Exact, Line, Say, Screen, lines, say
from conversations.studio.bookings import whose
from conversations.studio.overview import button
from conversations.studio.turn import For, Notice, Room, StudioTurn
from core.booking.booking import Booking, Reservation, ReservationState, State
from core.booking.refusals import BookingChanged, ReservationGone
from core.messages.alerts import Alert
from core.messages.records import LeasedMessage
from core.payments.account import Account
from core.payments.payment import Disposition
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.money import Money


def of_money(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """Something happened to money or to a payment page; who decides does so from here."""
    one = _booking(turn, message)
    if one is None:
        return None
    key = "alert-till-shut" if message.values.get("shut") else message.kind.replace("_", "-")
    words = say(key, amount=Exact(_amount(turn, one, message)), **_of(turn, one))
    waiting = {problem.id for problem in turn.desk.problems() if not problem.waits}
    asked = {str(message.values.get("payment")), str(message.values.get("refund"))} & waiting
    decide = button(turn, say("button-decide"), "problem", asked.pop()) if asked else ()
    return Screen(lines=(Line(words),), rows=tuple(row for row in (decide, _open(turn, one)) if row))


def booked(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """Somebody booked, and what became of the money; untrue once it was cancelled."""
    one = _booking(turn, message)
    if one is None or one.state is not State.CONFIRMED:
        return None
    money = _of_account(turn.desk.account(one))
    return Screen(lines=(Line(say("alert-booked", money=money, **_of(turn, one))),), rows=(_open(turn, one),))


def _of_account(account: Account) -> Say:
    if account.due and account.came_in:
        return say("alert-money-both", paid=Exact(account.came_in), due=Exact(account.due))
    if account.due:
        return say("alert-money-due", due=Exact(account.due))
    return say("alert-money-paid", paid=Exact(account.came_in)) if account.came_in else say("alert-money-none")


def cancelled(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """The client cancelled, and nothing is to be decided about money."""
    one = _booking(turn, message)
    if one is None or one.state is not State.CANCELLED:
        return None
    return Screen(lines=(Line(say("alert-cancelled", **_of(turn, one))),), rows=(_open(turn, one),))


def cancelled_paid(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """The client cancelled what they had paid for: the policy's amount is ready, and the photographer decides (H7)."""
    one = _booking(turn, message)
    account = turn.desk.account(one) if one else None
    if one is None or account is None or not account.to_decide:
        return cancelled(turn, message)
    policy = Exact(min(turn.desk.policy_refund(one), account.to_decide))
    words = say("alert-cancelled-paid", kept=Exact(account.to_decide), policy=policy, **_of(turn, one))
    refund = button(turn, say("button-refund"), "refund", one.id) if account.refundable else ()
    decide = button(turn, say("button-decide"), "problem", one.id)
    return Screen(lines=(Line(words),), rows=tuple(row for row in (refund, decide, _open(turn, one)) if row))


def hold_lapsed(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """Somebody who is known by name did not finish; untrue once they booked after all."""
    one = _booking(turn, message)
    if one is None or one.state is not State.EXPIRED:
        return None
    kept = _reservation(turn, one.reservation_id)
    known = _of(turn, one)
    if one.contact is None:
        if kept is None or not kept.meant_for:
            return None
        known["name"] = kept.meant_for
    is_back = kept is not None and kept.state is ReservationState.OPEN
    words = say("alert-hold-lapsed-reserved" if is_back else "alert-hold-lapsed", **known)
    write = button(turn, say("button-message"), "message", one.id)
    return Screen(
        lines=(Line(words),),
        rows=tuple(row for row in (write, _open(turn, one)) if row),
    )


def of_reservation(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    one = _reservation(turn, str(message.values.get("reservation")))
    if one is None:
        return None
    when = turn.when(turn.desk.spot(one.spot_id).starts)
    key = f"{message.kind.replace('_', '-')}" + ("" if one.meant_for else "-bare")
    return Screen(
        lines=lines(say(key, when=when, whom=one.meant_for)),
        rows=(button(turn, say("button-open"), "reservation", one.id),),
    )


def summary(_turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """In place of what is too old to be told one by one."""
    count = message.values.get("count")
    return Screen(
        lines=lines(say("alert-summary", count=count if isinstance(count, int) else 0)),
        rows=((Button(say("button-problems"), Do("problems", "")), Button(say("button-minis"), Do("minis", ""))),),
    )


def _booking(turn: StudioTurn, message: LeasedMessage) -> Booking | None:
    try:
        return turn.desk.booking(message.booking_id or "")
    except BookingChanged:
        return None


def _reservation(turn: StudioTurn, reservation_id: str | None) -> Reservation | None:
    try:
        return turn.desk.reservation(reservation_id) if reservation_id else None
    except ReservationGone:
        return None


def _of(turn: StudioTurn, one: Booking) -> dict[str, str | Say]:
    """Whose booking, and when, as all these messages say it."""
    when = say("alert-when", when=turn.when(one.snapshot.starts), title=one.snapshot.title, code=one.code)
    return {"name": whose(one), "when": when}


def _amount(turn: StudioTurn, one: Booking, message: LeasedMessage) -> Money:
    """Of the payment that it is about, or what the page was for."""
    payments = turn.desk.payments(one.id)
    about = next((payment for payment in payments if payment.id == message.values.get("payment")), None)
    minor = message.values.get("minor")
    if isinstance(minor, int) and not isinstance(minor, bool):
        return Money(minor, one.snapshot.currency)
    return about.amount if about else one.price.due_now


def _open(turn: StudioTurn, one: Booking) -> tuple[Button, ...]:
    return button(turn, say("button-open"), "booking", one.id)


def _while(disposition: Disposition, notice: Notice) -> Notice:
    """Worth saying only as long as the payment stands so."""

    def told(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
        payments = turn.desk.payments(message.booking_id or "")
        about = next((one for one in payments if one.id == message.values.get("payment")), None)
        return notice(turn, message) if about is None or about.disposition is disposition else None

    return told


_NOTICES: Final[Mapping[str, Notice]] = {
    Alert.BOOKED: booked,
    Alert.CANCELLED: cancelled,
    Alert.CANCELLED_PAID: cancelled_paid,
    Alert.HOLD_LAPSED: hold_lapsed,
    Alert.RESERVATION_DECLINED: of_reservation,
    Alert.RESERVATION_LAPSED: of_reservation,
    Alert.SUMMARY: summary,
    Alert.PAYMENT_UNCLEAR: _while(Disposition.MANUAL, of_money),
    Alert.PAID_TOO_LATE: of_money,
    Alert.PAID_LATE: of_money,
    Alert.PAGE_REFUSED: of_money,
    Alert.PAGE_CLOSED: of_money,
    Alert.TILL_SILENT: of_money,
    Alert.PRESUMED_CLOSED: of_money,
    Alert.REFUND_OWED: of_money,
    Alert.REFUND_FAILED: of_money,
    Alert.REFUNDED_BY_HAND: of_money,
    Alert.DISPUTED: of_money,
    Alert.DISPUTE_WON: of_money,
    Alert.DISPUTE_LOST: of_money,
    Alert.MOVE_DROPPED: of_money,
}

ROOM: Final = Room(notices={kind: For(PHOTOGRAPHERS, notice) for kind, notice in _NOTICES.items()})
