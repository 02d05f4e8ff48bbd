"""How a booking comes to its payment page, and leaves it: nothing changes while the page is open."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.booking import ending
from core.booking.answering import check_answered
from core.booking.booking import Booking, Reason, State
from core.booking.hold import change, check_live, check_running, longer
from core.booking.move import move, relocate, target_of
from core.booking.papers import check_signed
from core.booking.refusals import (
    BookingChanged,
    ContactMissing,
    HoldCannotBeEnded,
    MiniNotOpen,
    NothingToPay,
    PageClosing,
    PageOpen,
    PaymentPending,
    PreviewOnly,
)
from core.booking.told import Told, told
from core.minis.mini import MiniState
from core.payments.checkout import PAGE_OPEN, PAYABLE, Checkout, CheckoutState, Order, OrderLine
from core.ports import Records
from core.values.news import News, What
from core.values.refusals import Overtaken

EXTENDED_BELOW = timedelta(minutes=5)  # G3: whoever goes to pay with less left gets the extension by itself
#: What is noted only hardens (STATES).
_HARDNESS = {None: 0, State.HELD: 1, State.EXPIRED: 2, State.CANCELLED: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What the payment page says, in the client's language. Its lines sum to what is due now."""

    lines: tuple[OrderLine, ...]
    return_to: str
    back_to: str
    note: str
    language: str


def lasting_to_pay(booking: Booking, now: datetime) -> Booking:
    """The booking with the end that going to pay now gives it: longer by itself where little time is left (G3)."""
    extends = not booking.extended and booking.hold_until - now < EXTENDED_BELOW
    return longer(booking) if extends else booking


def continue_to_pay(records: Records, booking: Booking, bill: Bill, *, phone_required: bool) -> Told:
    """Ask for a payment page; nothing of the booking changes until it is paid or closed (H3).

    Raises HoldOver, PageOpen, PageClosing, PreviewOnly, ContactMissing, ContractUnsigned, AnswersMissing,
    NothingToPay, MiniNotOpen.
    """
    check_live(records, booking)
    mini = records.minis.one(booking.studio_id, booking.mini_id)
    if mini is None or mini.state is MiniState.CANCELLED:
        raise MiniNotOpen(title=booking.snapshot.title)
    if booking.preview:
        raise PreviewOnly
    if booking.contact is None or not booking.contact.is_complete(phone_required=phone_required):
        raise ContactMissing
    check_signed(records, booking)
    check_answered(records, booking)
    due = booking.price.due_now
    if not due:
        raise NothingToPay
    lasting = lasting_to_pay(booking, records.now)
    anew = replace(lasting, state=State.PAYING, attempt=booking.attempt + 1, filled_in=False)
    order = Order(
        checkout_id=records.new_id(),
        booking_id=booking.id,
        booking_code=booking.code,
        attempt=anew.attempt,
        lines=bill.lines,
        email=booking.contact.email,
        expires_at=records.now + PAGE_OPEN,
        return_to=bill.return_to,
        back_to=bill.back_to,
        note=bill.note,
        language=bill.language,
    )
    if order.total != due:
        raise ValueError(f"the bill says {order.total} where {due} is due")
    paying = change(records, booking, anew)
    records.checkouts.add(
        Checkout(
            id=order.checkout_id,
            studio_id=booking.studio_id,
            booking_id=booking.id,
            attempt=paying.attempt,
            state=CheckoutState.CREATING,
            order=order,
            key=_key(order),
            created_at=records.now,
            ask_at=records.now,
        )
    )
    longer_by = (News(what=What.EXTENDED, booking_id=booking.id, facts={"until": paying.hold_until.isoformat()}),)
    return told(paying, What.PAYMENT_BEGUN, *(longer_by if lasting is not booking else ()), checkout=order.checkout_id)


def change_something(records: Records, booking: Booking) -> Told:
    """Close the page, to be held again and changed; should the money be faster, the booking is confirmed as it was.

    Raises HoldOver, PageClosing, PaymentPending, and BookingChanged where no page is open.
    """
    check_running(records, booking)
    if booking.state is not State.PAYING:
        raise BookingChanged
    if records.payments.pending(booking.studio_id, booking.id):
        raise PaymentPending
    return _leave(records, booking, State.HELD, None)


def give_up(records: Records, booking: Booking) -> Told:
    """The client's own end of a hold: at once, or with a page open as soon as it is closed (G2)."""
    if booking.state in {State.PAYING, State.RELEASING}:
        return _leave(records, booking, State.EXPIRED, Reason.GIVEN_UP)
    return ending.give_up(records, booking)


def lapse(records: Records, booking: Booking) -> Told:
    """The hold's time is over: it ends, or its page is closed first (G4, G5)."""
    if booking.state is not State.PAYING:
        return ending.lapse(records, booking)
    if booking.hold_until > records.now:
        raise BookingChanged
    return _leave(records, booking, State.EXPIRED, Reason.LAPSED)


def end_hold(records: Records, booking: Booking, *, override: bool) -> Told:
    """The photographer's end of a client's hold, where the studio switched that on (G2, DECISIONS 7).

    A preview is the studio's own and may always be ended. Raises HoldCannotBeEnded, BookingChanged.
    """
    if not booking.preview and not override:
        raise HoldCannotBeEnded
    if booking.state in {State.PAYING, State.RELEASING}:
        return _leave(records, booking, State.EXPIRED, Reason.BY_STUDIO)
    return ending.end_by_studio(records, booking)


def end_for_cancelled_mini(records: Records, booking: Booking) -> Told:
    """The mini is called off: its holds are cancelled, open pages closed first."""
    if booking.preview:
        return ending.end_preview(records, booking)
    if booking.state in {State.PAYING, State.RELEASING}:
        return _leave(records, booking, State.CANCELLED, Reason.MINI_CANCELLED)
    return ending.cancel(records, booking, Reason.MINI_CANCELLED)


def move_paying_or_not(records: Records, booking: Booking, spot_id: str) -> Told:
    """Give a booking another spot; one whose page is open moves once that is closed, if the spot is still free.

    Raises what `move` raises, PaymentPending, PageClosing.
    """
    if booking.state is State.RELEASING:
        raise PageClosing
    if records.payments.pending(booking.studio_id, booking.id):
        raise PaymentPending
    if booking.state is not State.PAYING:
        return move(records, booking, spot_id)
    if spot_id == booking.spot_id:
        return Told(booking)
    _try_to_move(records, booking, spot_id)
    return _leave(records, booking, State.HELD, None, target=spot_id)


def _try_to_move(records: Records, booking: Booking, spot_id: str) -> None:
    """Raise what the move would raise if it were done now; nothing of it is kept."""
    with suppress(PageOpen), records.deed():
        relocate(records, booking, target_of(records, booking, spot_id))
        raise PageOpen  # which undoes it


def _leave(
    records: Records, booking: Booking, noted: State, reason: Reason | None, *, target: str | None = None
) -> Told:
    """Note what the booking comes to, and have its page closed first. What is noted only hardens.

    A page that is complete already, its payment not honoured, holds nothing up, and never leads back to a hold.
    """
    if _HARDNESS[noted] <= _HARDNESS[booking.noted]:
        return Told(booking)
    checkout = records.checkouts.newest(booking.studio_id, booking.id)
    if checkout is None or checkout.state not in PAYABLE:
        by_whom = Reason.GIVEN_UP if target is None else Reason.BY_STUDIO  # whoever leaves it: no time ran out (F10)
        return ending.end(records, booking, max(noted, State.EXPIRED, key=_HARDNESS.__getitem__), reason or by_whom)
    target = target or booking.noted_spot_id
    anew = replace(booking, state=State.RELEASING, noted=noted, reason=reason, noted_spot_id=target)
    releasing = change(records, booking, anew)
    change_checkout(records, checkout, replace(checkout, closing=True, ask_at=records.now))
    return told(releasing, What.RELEASING, noted=noted.value)


def change_checkout(records: Records, old: Checkout, new: Checkout) -> Checkout:
    """Write the checkout, if it is still as it was read. Raises Overtaken."""
    changed = records.checkouts.change(old, new)
    if changed is None:
        raise Overtaken
    return changed


def _key(order: Order) -> str:
    """Says the booking, its attempt and the order itself (STATES, rule 7)."""
    said = hashlib.sha256(repr(order).encode()).hexdigest()[:16]
    return f"{order.booking_id}:{order.attempt}:{said}"
