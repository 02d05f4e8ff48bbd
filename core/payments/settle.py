"""What the till says of a page becomes what is so: the one way from money to a booking (STATES, rule 5).

Webhook, poller and every answer to a call come in here. The page is heard whole, and hearing it again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.booking import ending
from core.booking.booking import Booking, Reason, State
from core.booking.confirm import confirmed
from core.booking.hold import change
from core.booking.move import relocate, target_of
from core.booking.told import Told, told
from core.payments.checkout import PAYABLE, POLL_EVERY, Checkout, CheckoutState
from core.payments.late import choose_or_return, paid, return_to_own, touch
from core.payments.pay import change_checkout
from core.payments.payment import Disposition, Payment, Why
from core.payments.refund import owe
from core.payments.till import TILL, Page, PageState, of_payment
from core.ports import Records
from core.values.news import News, What
from core.values.refusals import Refusal

_WAITING = frozenset({State.PAYING, State.RELEASING})


@dataclass(frozen=True, slots=True)
class Gone:
    """Why there is no page any more."""

    what: What
    #: The till never answered until after the hard cap: it is presumed, and still to be heard.
    presumed: bool = False


CLOSED = Gone(What.PAGE_CLOSED)
REFUSED = Gone(What.PAGE_REFUSED)
PRESUMED = Gone(What.PAGE_PRESUMED_CLOSED, presumed=True)


def hear_page(records: Records, checkout: Checkout, page: Page) -> Told:
    """Bring checkout, payment and booking up to what the till says of the page. A page of another checkout is a bug."""
    if page.checkout_id != checkout.id:
        raise ValueError(f"checkout {checkout.id} was answered with the page of {page.checkout_id!r}")
    booking = _booking(records, checkout)
    match page.state:
        case PageState.PAID:
            return _settle(records, checkout, booking, page)
        case PageState.EXPIRED:
            return page_gone(records, checkout, CLOSED)
        case PageState.OPEN | PageState.AWAITED:
            return _stays(records, checkout, booking, page)


def page_gone(records: Records, checkout: Checkout, gone: Gone) -> Told:
    """Nobody can pay there any more: the booking is held again, or comes to what is noted."""
    booking = _booking(records, checkout)
    if checkout.state not in PAYABLE:
        return _known_at_last(records, checkout, booking, gone)
    expired = replace(
        checkout,
        state=CheckoutState.EXPIRED,
        url=None,
        presumed=gone.presumed,
        ask_at=records.now + POLL_EVERY if gone.presumed else None,
        silent_since=None,
    )
    change_checkout(records, checkout, expired)
    if booking.state not in _WAITING or checkout.attempt != booking.attempt:
        return Told(booking)
    return _go_on_without_page(records, booking, gone)


def _known_at_last(records: Records, checkout: Checkout, booking: Booking, gone: Gone) -> Told:
    """What was presumed is so; the booking came to its end then."""
    if not checkout.presumed or gone.presumed:
        return Told(booking)
    change_checkout(records, checkout, replace(checkout, presumed=False, ask_at=None))
    if checkout.attempt != booking.attempt or booking.state is not State.EXPIRED:
        return Told(booking)
    return told(booking, gone.what, noted=State.EXPIRED.value, at_last=True)


def _go_on_without_page(records: Records, booking: Booking, gone: Gone) -> Told:
    """The page is gone first, and whatever that brings comes after: the history is read in this order."""
    seen = _seen(booking, gone, moving=booking.noted_spot_id is not None)
    if booking.state is State.RELEASING and booking.noted is not State.HELD:
        return _after((seen,), ending.end(records, booking, *_noted_end(booking)))
    if gone.presumed:
        return _after((seen,), ending.end(records, booking, State.EXPIRED, Reason.LAPSED))
    over = booking.state is State.RELEASING and booking.hold_until <= records.now
    held = change(records, booking, replace(booking, state=State.HELD, reason=None, noted=None, noted_spot_id=None))
    moved = _move_as_noted(records, held, booking.noted_spot_id)
    if over:
        ended = ending.end(records, moved.booking, State.EXPIRED, Reason.LAPSED)
        return _after((seen, *moved.news), ended)
    done = any(news.what is What.MOVED for news in moved.news)
    return _after((_seen(booking, gone, moving=True, moved=True) if done else seen,), moved)


def _seen(booking: Booking, gone: Gone, **facts: bool) -> News:
    noted = booking.noted.value if booking.noted else None
    return News(what=gone.what, booking_id=booking.id, facts={"noted": noted, **facts})


def _settle(records: Records, checkout: Checkout, booking: Booking, page: Page) -> Told:
    """Write the payment with what becomes of it, once."""
    if page.payment_ref is None or checkout.state is CheckoutState.COMPLETE:
        return Told(booking)
    complete = replace(
        checkout,
        state=CheckoutState.COMPLETE,
        session_id=page.session_id,
        url=None,
        presumed=False,
        ask_at=None,
        silent_since=None,
    )
    change_checkout(records, checkout, complete)
    heard_of = not records.inbox.take(TILL, of_payment(page.payment_ref))
    payment = Payment(
        id=records.new_id(),
        studio_id=checkout.studio_id,
        booking_id=booking.id,
        checkout_id=checkout.id,
        ref=page.payment_ref,
        till=checkout.till,
        amount=page.amount,
        captured_at=records.now,
        disposition=Disposition.HONOURED,
        ask_at=records.now if heard_of else None,
    )
    odd = page.amount != checkout.order.total
    if checkout.attempt < booking.attempt:
        return _send_back(records, booking, payment, Why.EARLIER)
    match booking.state:
        case State.PAYING | State.RELEASING | State.EXPIRED if odd:
            return _leave_to_a_person(records, booking, payment)
        case State.RELEASING if booking.noted is State.CANCELLED:
            ended = ending.end(records, booking, *_noted_end(booking))
            return _with(ended, *_send_back(records, ended.booking, payment, Why.CANCELLED).news)
        case State.PAYING | State.RELEASING:
            records.payments.add(payment)
            return paid(payment, confirm_and_move(records, booking))
        case State.EXPIRED:
            return _settle_late(records, booking, payment)
        case State.CANCELLED:
            return _send_back(records, booking, payment, Why.CANCELLED)
        case _:
            return _send_back(records, booking, payment, Why.SECOND)


def _settle_late(records: Records, booking: Booking, payment: Payment) -> Told:
    """The seat was given back: take it again if it is free, else let the client choose (G5)."""
    try:
        with records.deed():
            back = return_to_own(records, booking)
    except Refusal:
        return choose_or_return(records, booking, payment)
    records.payments.add(payment)
    return paid(payment, back, late=True)


def _leave_to_a_person(records: Records, booking: Booking, payment: Payment) -> Told:
    """What was paid is not what was asked for: the photographer decides, and a hold that should end does so now."""
    records.payments.add(replace(payment, disposition=Disposition.MANUAL, why=Why.ODD_AMOUNT))
    unclear = News(what=What.PAYMENT_UNCLEAR, booking_id=booking.id, facts={"payment": payment.id})
    if booking.state is not State.RELEASING:
        return Told(touch(records, booking), (unclear,))
    state, reason = _noted_end(booking)
    return _with(ending.end(records, booking, State.EXPIRED if state is State.HELD else state, reason), unclear)


def _send_back(records: Records, booking: Booking, payment: Payment, why: Why) -> Told:
    records.payments.add(payment)
    return Told(booking, owe(records, payment, why))


def confirm_and_move(records: Records, booking: Booking) -> Told:
    """Confirm, and then move where that was noted, if the spot is still free."""
    done = confirmed(records, booking, faster_than=_clients_wish(booking))
    moved = _move_as_noted(records, done.booking, booking.noted_spot_id)
    return Told(moved.booking, (*done.news, *moved.news))


def _clients_wish(booking: Booking) -> str | None:
    """What the client asked for while the page was open, and the payment was faster than."""
    if booking.reason is Reason.GIVEN_UP:
        return "stop"
    return "change" if booking.noted is State.HELD and booking.noted_spot_id is None else None


def _stays(records: Records, checkout: Checkout, booking: Booking, page: Page) -> Told:
    """It can still be paid: its address is known now, and it is asked again."""
    if checkout.state not in PAYABLE:
        return Told(booking)
    hinted = checkout.ask_at is not None and checkout.ask_at <= records.now  # while the till was asked
    soon = hinted or (checkout.closing and page.state is PageState.OPEN)
    known = replace(
        checkout,
        state=CheckoutState.OPEN,
        session_id=page.session_id,
        url=page.url,
        ask_at=records.now if soon else records.now + POLL_EVERY,
        silent_since=None,
    )
    change_checkout(records, checkout, known)
    if checkout.state is CheckoutState.OPEN or booking.state is not State.PAYING:
        return Told(booking)
    return told(booking, What.PAGE_MADE, checkout=checkout.id)


def _move_as_noted(records: Records, booking: Booking, spot_id: str | None) -> Told:
    if spot_id is None or spot_id == booking.spot_id:
        return Told(booking)
    try:
        with records.deed():
            return relocate(records, booking, target_of(records, booking, spot_id))
    except Refusal:
        return told(booking, What.MOVE_DROPPED)


def _noted_end(booking: Booking) -> tuple[State, Reason]:
    return booking.noted or State.EXPIRED, booking.reason or Reason.LAPSED


def _after(earlier: Sequence[News], one: Told) -> Told:
    return Told(one.booking, (*earlier, *one.news))


def _with(one: Told, *more: News) -> Told:
    return Told(one.booking, (*one.news, *more))


def _booking(records: Records, checkout: Checkout) -> Booking:
    booking = records.bookings.one(checkout.studio_id, checkout.booking_id)
    if booking is None:
        raise LookupError(f"checkout {checkout.id} has no booking")
    return booking
