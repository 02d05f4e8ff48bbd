"""Paying back: an obligation first, the call later, and nothing is called refunded before the till says so."""

from dataclasses import replace
from datetime import timedelta

from core.booking.booking import Booking
from core.booking.told import Told
from core.payments.account import Account, above_zero, account_of
from core.payments.payment import BY_HAND, PENDING, Disposition, Payment, Refund, Settled, Why
from core.payments.till import Charge, DisputeState, RefundAnswer, RefundState
from core.ports import Records
from core.values.money import Money
from core.values.news import News, What
from core.values.refusals import Overtaken

KEY_KEPT = timedelta(hours=23)  # STATES, rule 6: Stripe forgets a key after a day
LOOK_EVERY = timedelta(hours=1)  # at a refund that the bank does not have yet

_OF_REFUND = {
    RefundState.DUE: Disposition.REFUND_DUE,
    RefundState.SENT: Disposition.REFUNDING,
    RefundState.DONE: Disposition.REFUNDED,
    RefundState.FAILED: Disposition.REFUND_FAILED,
}
_GOES_BACK = frozenset({RefundState.SENT, RefundState.DONE})
_WHAT = {
    RefundState.SENT: What.REFUND_SENT,
    RefundState.DONE: What.REFUNDED,
    RefundState.FAILED: What.REFUND_FAILED,
}
#: What is owed moves the money; a refund of money that was kept is a row and no more (STATES, `Payment`).
_GOING_BACK = frozenset(_OF_REFUND.values())
#: From these a dispute takes over. An inquiry that was closed may yet become one.
_DISPUTABLE = frozenset({Disposition.HONOURED, Disposition.DISPUTED, Disposition.WON})
_OF_DISPUTE = {
    DisputeState.OPEN: (Disposition.DISPUTED, What.DISPUTED),
    DisputeState.WON: (Disposition.WON, What.DISPUTE_WON),
    DisputeState.LOST: (Disposition.LOST, What.DISPUTE_LOST),
}


def owe(records: Records, payment: Payment, why: Why) -> tuple[News, ...]:
    """All of the payment goes back, as far as it did not by hand. The payment is written already."""
    before, back = records.refunds.of_payment(payment.studio_id, payment.id), _back(records, payment)
    fate = Disposition.REFUND_DUE if back < payment.amount else Disposition.REFUNDED
    change_payment(records, payment, replace(payment, disposition=fate, why=why, choosing_until=None))
    if fate is Disposition.REFUNDED:
        return (_news(What.REFUNDED, payment, why=why.value),)
    owe_part(records, payment, payment.amount - back, number=len(before) + 1)
    return (_news(What.REFUND_OWED, payment, why=why.value),)


def owe_part(records: Records, payment: Payment, amount: Money, *, number: int) -> Refund:
    """Write that so much of the payment goes back; the cashier finds the row. `number`: which of its refunds it is."""
    owed = Refund(
        id=records.new_id(),
        studio_id=payment.studio_id,
        payment_id=payment.id,
        key=f"refund:{payment.id}:{number}",
        amount=amount,
        state=RefundState.DUE,
        owed_at=records.now,
        ask_at=records.now,
    )
    records.refunds.add(owed)
    return owed


def hear_refund(records: Records, refund: Refund, answer: RefundAnswer) -> Told | None:
    """Bring refund and payment up to what the till says; None where it says nothing new."""
    ours = answer.refund_id == refund.id or answer.ref == refund.ref
    if not ours and (answer.amount != refund.amount or _is_known(records, refund, answer)):
        return _went_back_by_hand(records, refund)
    return _become(records, refund, answer.state, ref=answer.ref, error=answer.error)


def _is_known(records: Records, refund: Refund, answer: RefundAnswer) -> bool:
    known = records.refunds.of_payment(refund.studio_id, refund.payment_id)
    return any(one.ref == answer.ref for one in known if one.id != refund.id)


def _went_back_by_hand(records: Records, refund: Refund) -> Told | None:
    """Nothing is left to pay back, and ours was never made: the payment is looked at for what was."""
    never_made = replace(refund, state=RefundState.FAILED, error="by_hand", ask_at=None, settled=Settled.ELSEWHERE)
    change_refund(records, refund, never_made)
    payment = records.payments.one(refund.studio_id, refund.payment_id)
    if payment is None:
        return None
    looked_at_soon = replace(payment, ask_at=records.now)
    if payment.disposition not in _GOING_BACK:
        change_payment(records, payment, looked_at_soon)
        return None
    change_payment(records, payment, replace(looked_at_soon, disposition=Disposition.REFUNDED))
    return Told(booking_of(records, payment), (_news(What.REFUNDED, payment, refund=refund.id),))


def refuse_refund(records: Records, refund: Refund, code: str) -> Told | None:
    """The till will never pay it back: a person has to. One that the bank has already is looked at again later."""
    if refund.state is RefundState.SENT:
        change_refund(records, refund, replace(refund, ask_at=records.now + LOOK_EVERY))
        return None
    return _become(records, refund, RefundState.FAILED, ref=refund.ref, error=code)


def _become(records: Records, refund: Refund, state: RefundState, *, ref: str | None, error: str) -> Told | None:
    anew = replace(
        refund,
        state=state,
        ref=ref,
        error=error if state is RefundState.FAILED else "",
        ask_at=records.now + LOOK_EVERY if state is RefundState.SENT else None,
        silent_since=None,
    )
    if anew == refund:
        return None
    change_refund(records, refund, anew)
    payment = records.payments.one(refund.studio_id, refund.payment_id)
    if payment is None or state is refund.state:
        return None
    if _moves(records, payment, refund, state):
        change_payment(records, payment, replace(payment, disposition=_OF_REFUND[state]))
    return Told(
        booking_of(records, payment), (_news(_WHAT[state], payment, refund=refund.id, minor=refund.amount.minor),)
    )


def _moves(records: Records, payment: Payment, refund: Refund, state: RefundState) -> bool:
    """Whether what became of the refund is what becomes of the payment.

    One that was made by hand moves it only where it had paid what we owed, and then did not arrive: a person has to
    see to it again, as nothing is called refunded that is not back.
    """
    if not refund.by_hand:
        return payment.disposition in _GOING_BACK
    failed = state is RefundState.FAILED and payment.disposition is Disposition.REFUNDED
    return failed and _back(records, payment) < payment.amount


def hear_charge(records: Records, payment: Payment, charge: Charge) -> Told:
    """Note what was done to the payment elsewhere: refunds by hand, a dispute. The booking stays as it is (STATES)."""
    looked = looked_at(records, payment)
    news = _hear_dispute(records, looked, charge.dispute) if charge.dispute else []
    for answer in charge.refunds:
        refund = _refund_behind(records, payment, answer)
        if refund is None:
            news.append(_note_by_hand(records, payment, answer))
        elif heard := hear_refund(records, refund, answer):
            news += heard.news
    news += _nothing_left_to_decide(records, payment)
    return Told(booking_of(records, payment), tuple(news))


def _nothing_left_to_decide(records: Records, payment: Payment) -> list[News]:
    """What became of the money was still open, and all of it went back by hand: nobody chooses or decides any more."""
    now = records.payments.one(payment.studio_id, payment.id)
    if now is None or now.disposition not in PENDING or _back(records, payment) < payment.amount:
        return []
    change_payment(records, now, replace(now, disposition=Disposition.REFUNDED, choosing_until=None))
    return [_news(What.REFUNDED, payment)]


def _back(records: Records, payment: Payment) -> Money:
    """What of the payment is back, or on its way."""
    refunds = records.refunds.of_payment(payment.studio_id, payment.id)
    back = (one.amount for one in refunds if one.state in _GOES_BACK)
    return sum(back, start=Money.zero(payment.amount.currency))


def failure_of(records: Records, booking: Booking, amount: Money) -> Refund | None:
    """The failed refund of the booking that is settled by giving back just this."""
    refunds = records.refunds.of_booking(booking.studio_id, booking.id)
    return next((one for one in refunds if one.is_open_failure and one.amount == amount), None)


def given_back(booking: Booking, account: Account, amount: Money) -> Booking:
    """The booking once so much of what stays goes back, too: no more is kept by decision than is left (H7)."""
    if booking.keeps_minor is None:
        return booking
    return replace(booking, keeps_minor=min(booking.keeps_minor, above_zero(account.stays - amount).minor))


def looked_at(records: Records, payment: Payment) -> Payment:
    """Nothing more is to be asked, unless somebody gave a hint while the till was asked: its lease is gone then.

    The payment is written either way: what is told of it at the same moment comes before this, or after.
    """
    hinted = payment.ask_at is not None and payment.ask_at <= records.now
    return change_payment(records, payment, payment if hinted else replace(payment, ask_at=None))


def _refund_behind(records: Records, payment: Payment, answer: RefundAnswer) -> Refund | None:
    """Our row of what the till tells; None where it was made by hand, and is new.

    Who pays back by hand what we owe, to the last cent, has paid what we owe.
    """
    known = records.refunds.of_payment(payment.studio_id, payment.id)
    if ours := next((one for one in known if answer.ref == one.ref or answer.refund_id == one.id), None):
        return ours
    owed = (one for one in known if one.state is RefundState.DUE and one.amount == answer.amount)
    return None if answer.refund_id or answer.state is RefundState.FAILED else next(owed, None)


def _note_by_hand(records: Records, payment: Payment, answer: RefundAnswer) -> News:
    by_hand = Refund(
        id=records.new_id(),
        studio_id=payment.studio_id,
        payment_id=payment.id,
        key=f"{BY_HAND}{answer.ref}",
        amount=answer.amount,
        state=answer.state,
        owed_at=records.now,
        ref=answer.ref,
        error=answer.error,
    )
    records.refunds.add(by_hand)
    return _news(What.REFUNDED_BY_HAND, payment, minor=answer.amount.minor, refund=by_hand.id)


def _hear_dispute(records: Records, payment: Payment, dispute: DisputeState) -> list[News]:
    """A dispute is never refunded by itself; it moves only money that was kept, and of all others is told once (H9)."""
    disposition, what = _OF_DISPUTE[dispute]
    if payment.disposition is disposition:
        return []
    if payment.disposition not in _DISPUTABLE:
        return [_news(what, payment)]
    changed = change_payment(records, payment, replace(payment, disposition=disposition))
    return [_news(what, payment, turn=changed.version)]


def change_payment(records: Records, old: Payment, new: Payment) -> Payment:
    """Write the payment, if it is still as it was read. Raises Overtaken."""
    changed = records.payments.change(old, new)
    if changed is None:
        raise Overtaken
    return changed


def change_refund(records: Records, old: Refund, new: Refund) -> Refund:
    """Write the refund, if it is still as it was read. Raises Overtaken."""
    changed = records.refunds.change(old, new)
    if changed is None:
        raise Overtaken
    return changed


def booking_of(records: Records, payment: Payment) -> Booking:
    booking = records.bookings.one(payment.studio_id, payment.booking_id)
    if booking is None:
        raise LookupError(f"payment {payment.id} has no booking")
    return booking


def account_now(records: Records, booking: Booking) -> Account:
    """The booking's sums as they stand."""
    payments = records.payments.of_booking(booking.studio_id, booking.id)
    refunds = records.refunds.of_booking(booking.studio_id, booking.id) if payments else []
    return account_of(booking, payments, refunds)


def _news(what: What, payment: Payment, **facts: str | int | bool | None) -> News:
    return News(what=what, booking_id=payment.booking_id, facts={"payment": payment.id, **facts})
