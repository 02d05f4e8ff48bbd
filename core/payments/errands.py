"""Errands to the till: what to ask it next. The row that needs the answer is the errand, so none is lost."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.booking.told import Told, told
from core.payments.checkout import ALERT_AFTER, PAYABLE, Checkout, CheckoutState
from core.payments.pay import change_checkout
from core.payments.payment import UNDER_WAY, Refund
from core.payments.refund import KEY_KEPT, booking_of, change_refund
from core.payments.till import Charge, Page, RefundAnswer, RefundOrder
from core.ports import Records
from core.values.news import What

#: Between two tries of what was asked in vain: as long as it has been in vain, within these.
SOONEST = timedelta(seconds=2)
LATEST = timedelta(seconds=30)
LATEST_PRESUMED = timedelta(hours=1)  # no seat waits for the answer any more


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Make the page, or learn that it was made."""

    checkout: Checkout


@dataclass(frozen=True, slots=True)
class LookAtPage:
    """Has it been paid?"""

    checkout: Checkout
    session_id: str


@dataclass(frozen=True, slots=True)
class ClosePage:
    """Nobody may pay any more, unless somebody has."""

    checkout: Checkout
    session_id: str


@dataclass(frozen=True, slots=True)
class PayBack:
    studio_id: str
    order: RefundOrder
    #: The till may have forgotten the key (after a day): look at the payment's refunds before asking again (STATES,
    #: rule 6).
    look_first: bool
    #: The till's name of the refund, once it told of it: then it is only looked at, for to ask would be to pay again.
    ref: str | None = None
    #: Which of the studio's tills took the payment.
    till: str = ""


@dataclass(frozen=True, slots=True)
class LookAtPayment:
    """Was it refunded by hand, or disputed?"""

    studio_id: str
    payment_id: str
    payment_ref: str
    till: str = ""


Errand = OpenPage | LookAtPage | ClosePage | PayBack | LookAtPayment
Answer = Page | RefundAnswer | Charge


def asked_of(errand: Errand) -> tuple[str, str]:
    """The studio's id, and which of its tills is asked."""
    match errand:
        case OpenPage(checkout) | LookAtPage(checkout) | ClosePage(checkout):
            return checkout.studio_id, checkout.till
        case PayBack() | LookAtPayment():
            return errand.studio_id, errand.till


def take_errands(records: Records, limit: int, lease: timedelta) -> list[Errand]:
    """What is due, as many of each kind as may be; nobody else takes it until the lease is over."""
    until = records.now + lease
    pages = [_about_page(checkout) for checkout in records.checkouts.due(limit, until)]
    due = records.payments.due(limit, until)
    looks = [LookAtPayment(one.studio_id, one.id, one.ref, one.till) for one in due if one.ref]
    return [*pages, *(_pay_back(*due, records.now) for due in records.refunds.due(limit, until)), *looks]


def _about_page(checkout: Checkout) -> Errand:
    if checkout.session_id is None:
        return OpenPage(checkout)
    if checkout.closing and checkout.state in PAYABLE:
        return ClosePage(checkout, checkout.session_id)
    return LookAtPage(checkout, checkout.session_id)


def _pay_back(refund: Refund, payment_ref: str, till: str, now: datetime) -> PayBack:
    order = RefundOrder(refund_id=refund.id, payment_ref=payment_ref, amount=refund.amount, key=refund.key)
    forgotten = refund.asked_at is not None and refund.asked_at + KEY_KEPT <= now
    return PayBack(refund.studio_id, order, look_first=forgotten, ref=refund.ref, till=till)


def earlier_of(errand: PayBack, charge: Charge) -> RefundAnswer | None:
    """The refund that the errand is about, where the till has it. The newest try counts."""
    if errand.ref:
        return next((one for one in charge.refunds if one.ref == errand.ref), None)
    return next((one for one in charge.refunds if one.refund_id == errand.order.refund_id), None)


def page_unheard(records: Records, checkout: Checkout, *, shut: bool) -> Told | None:
    """No answer came: it is asked again, soon at first. Gives what client and studio must hear of it.

    The studio hears at once where the till is `shut`, else when a seat has waited for two minutes.
    """
    if not checkout.is_open_question:
        return None
    return _page_is_silent(records, checkout, at_once=shut, shut=shut)


def _page_is_silent(records: Records, checkout: Checkout, *, at_once: bool, shut: bool = False) -> Told | None:
    since = checkout.silent_since or records.now
    unknown = checkout.state is CheckoutState.CREATING
    silent = replace(
        checkout,
        state=CheckoutState.UNKNOWN if unknown else checkout.state,
        silent_since=since,
        ask_at=records.now + _pause(since, records.now, LATEST_PRESUMED if checkout.presumed else LATEST),
    )
    change_checkout(records, checkout, silent)
    booking = records.bookings.one(checkout.studio_id, checkout.booking_id)
    alert = at_once or (silent.closing and records.now - since >= ALERT_AFTER)
    if booking is None or not (unknown or alert):
        return None
    return told(booking, What.TILL_SILENT, checkout=checkout.id, alert=alert, shut=shut)


def page_withheld(records: Records, checkout: Checkout) -> Told | None:
    """The till made the page, and will not tell how it stands; somebody must see to it. A presumed one is let be."""
    if checkout.presumed:
        change_checkout(records, checkout, replace(checkout, presumed=False, ask_at=None))
        return None
    return _page_is_silent(records, checkout, at_once=True) if checkout.is_open_question else None


def refund_unheard(records: Records, refund: Refund, *, shut: bool) -> Told | None:
    """No answer came: it is asked again with the same key, unless another answer came meanwhile.

    Gives what the studio must hear: that the till is `shut`.
    """
    if refund.state not in UNDER_WAY:
        return None
    since = refund.silent_since or records.now
    change_refund(records, refund, replace(refund, silent_since=since, ask_at=records.now + _pause(since, records.now)))
    payment = records.payments.one(refund.studio_id, refund.payment_id) if shut else None
    if payment is None:
        return None
    return told(booking_of(records, payment), What.TILL_SILENT, refund=refund.id, alert=True, shut=True)


def _pause(since: datetime, now: datetime, latest: timedelta = LATEST) -> timedelta:
    return min(max(now - since, SOONEST), latest)
