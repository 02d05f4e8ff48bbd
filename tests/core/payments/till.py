"""A till in memory that keeps Stripe's promises: one page a key, one payment a page, never more back than came in.

It forgets its keys after a day, as Stripe does. Its weather is the test's: answers are lost, it is down, it is shut.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from threading import RLock
from typing import TypeVar

from core.payments.checkout import Order
from core.payments.errands import Answer, ClosePage, Errand, LookAtPage, LookAtPayment, OpenPage, PayBack
from core.payments.till import (
    Charge,
    DisputeState,
    Page,
    PageState,
    RefundAnswer,
    RefundOrder,
    RefundState,
    TillRefused,
    TillShut,
)
from core.values.money import Money
from core.values.refusals import Trouble

T = TypeVar("T")

KEYS_KEPT = timedelta(hours=24)  # docs.stripe.com/api/idempotent_requests
LEAST_OPEN = timedelta(minutes=30)  # docs.stripe.com/api/checkout/sessions/create, `expires_at`


@dataclass(slots=True, kw_only=True)
class KeptPage:
    session_id: str
    order: Order
    state: PageState = PageState.OPEN
    amount: Money
    payment_ref: str | None = None


@dataclass(slots=True, kw_only=True)
class KeptPayment:
    amount: Money
    refunds: list[RefundAnswer] = field(default_factory=list[RefundAnswer])
    dispute: DisputeState | None = None

    @property
    def back(self) -> int:
        """What went back of it, in minor units."""
        return sum(one.amount.minor for one in self.refunds if one.state is not RefundState.FAILED)


@dataclass(slots=True)
class MemoryTill:
    """Asked from several threads at once, it answers one after the other."""

    clock: Callable[[], datetime]
    pages: dict[str, KeptPage] = field(default_factory=dict[str, KeptPage])
    payments: dict[str, KeptPayment] = field(default_factory=dict[str, KeptPayment])
    #: Calls by name that are done, and whose answer nobody hears.
    loses: set[str] = field(default_factory=set[str])
    down: bool = False
    shut: bool = False
    #: Codes with which it refuses the calls of that name.
    refuses: dict[str, str] = field(default_factory=dict[str, str])
    #: How a refund stands at first: with the bank already, under way, or failed.
    refunds_are: RefundState = RefundState.DONE
    #: Every call by name, in order.
    asked: list[str] = field(default_factory=list[str])
    _keys: dict[str, tuple[datetime, str]] = field(default_factory=dict[str, tuple[datetime, str]])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _lock: RLock = field(default_factory=RLock)

    # -- what we ask it, as bots.cashier does --

    def answer(self, errand: Errand) -> Answer:
        with self._lock:
            match errand:
                case OpenPage(checkout):
                    return self._said("open", lambda: self._open(checkout.order, checkout.key))
                case LookAtPage(_, session_id):
                    return self._said("look", lambda: self._page(self._known(session_id)))
                case ClosePage(_, session_id):
                    return self._said("close", lambda: self._close(session_id))
                case PayBack(order=order, look_first=look_first):
                    if look_first:
                        charge = self._said("charge", lambda: self._charge(order.payment_ref))
                        for refund in charge.refunds:
                            if refund.refund_id == order.refund_id:
                                return refund
                    return self._said("refund", lambda: self._refund(order))
                case LookAtPayment(payment_ref=ref):
                    return self._said("charge", lambda: self._charge(ref))

    def _said(self, name: str, call: Callable[[], T]) -> T:
        self.asked.append(name)
        if self.shut:
            raise TillShut("the key was revoked")
        if self.down:
            raise Trouble("no connection")
        if name in self.refuses:
            raise TillRefused(self.refuses[name], name)
        answer = call()
        if name in self.loses:
            raise Trouble("the answer was lost")
        return answer

    def _open(self, order: Order, key: str) -> Page:
        now = self.clock()
        made_at, session_id = self._keys.get(key, (now, ""))
        if session_id and now - made_at < KEYS_KEPT:
            return self._page(self._known(session_id))
        if order.expires_at - now < LEAST_OPEN:
            raise TillRefused("invalid_request_error", "expires_at is too near")
        session_id = f"cs_{next(self._numbers)}_{order.checkout_id}"
        self.pages[session_id] = KeptPage(session_id=session_id, order=order, amount=order.total)
        self._keys[key] = (now, session_id)
        return self._page(self.pages[session_id])

    def _close(self, session_id: str) -> Page:
        page = self._known(session_id)
        if page.state is PageState.OPEN:
            page.state = PageState.EXPIRED
        return self._page(page)

    def _refund(self, order: RefundOrder) -> RefundAnswer:
        now = self.clock()
        made_at, ref = self._keys.get(order.key, (now, ""))
        payment = self.payments[order.payment_ref]
        if ref and now - made_at < KEYS_KEPT:
            return next(one for one in payment.refunds if one.ref == ref)
        if payment.dispute is DisputeState.OPEN:
            raise TillRefused("charge_disputed", "refund")
        if payment.back >= payment.amount.minor:
            return next(one for one in payment.refunds if one.state is not RefundState.FAILED)
        refund = self._give_back(order.payment_ref, order.amount, order.refund_id, self.refunds_are)
        self._keys[order.key] = (now, refund.ref)
        return refund

    def _charge(self, ref: str) -> Charge:
        payment = self.payments[ref]
        return Charge(payment_ref=ref, refunds=tuple(payment.refunds), dispute=payment.dispute)

    def _page(self, page: KeptPage) -> Page:
        return Page(
            session_id=page.session_id,
            checkout_id=page.order.checkout_id,
            state=page.state,
            url=f"https://till.example/{page.session_id}" if page.state is PageState.OPEN else None,
            amount=page.amount,
            payment_ref=page.payment_ref,
        )

    def _known(self, session_id: str) -> KeptPage:
        if session_id not in self.pages:
            raise TillRefused("resource_missing", session_id)
        page = self.pages[session_id]
        if page.state is PageState.OPEN and page.order.expires_at <= self.clock():
            page.state = PageState.EXPIRED
        return page

    def _give_back(self, ref: str, amount: Money, refund_id: str, state: RefundState) -> RefundAnswer:
        payment = self.payments[ref]
        if payment.back + amount.minor > payment.amount.minor:
            raise TillRefused("amount_too_large", ref)
        error = "expired_or_canceled_card" if state is RefundState.FAILED else ""
        refund = RefundAnswer(
            ref=f"re_{next(self._numbers)}_{ref}", refund_id=refund_id, state=state, amount=amount, error=error
        )
        payment.refunds.insert(0, refund)  # the newest first, as Stripe lists them
        return refund

    # -- what happens at the till without us --

    def page_of(self, checkout_id: str) -> KeptPage:
        """The page of our checkout, the one that was made last."""
        with self._lock:
            session_id = [key for key, page in self.pages.items() if page.order.checkout_id == checkout_id][-1]
            return self._known(session_id)

    def pay(self, checkout_id: str, *, minor: int | None = None, currency: str = "") -> str | None:
        """The client pays, that or another amount; gives the payment's name. None where the page is not open."""
        with self._lock:
            page = self.page_of(checkout_id)
            if page.state is not PageState.OPEN:
                return None
            page.state = PageState.PAID
            asked = page.order.total
            page.amount = Money(asked.minor if minor is None else minor, currency or asked.currency)
            page.payment_ref = f"pi_{next(self._numbers)}_{checkout_id}"
            self.payments[page.payment_ref] = KeptPayment(amount=page.amount)
            return page.payment_ref

    def expire(self, checkout_id: str) -> None:
        """Somebody closes the page in the till's own dashboard."""
        with self._lock:
            self._close(self.page_of(checkout_id).session_id)

    def refund_by_hand(self, ref: str, minor: int, state: RefundState = RefundState.DONE) -> RefundAnswer:
        with self._lock:
            return self._give_back(ref, Money(minor, self.payments[ref].amount.currency), "", state)

    def bank_says(self, ref: str, state: RefundState) -> None:
        """What becomes of the payment's newest refund."""
        with self._lock:
            refunds = self.payments[ref].refunds
            refunds[0] = replace(refunds[0], state=state, error="declined" if state is RefundState.FAILED else "")

    def dispute(self, ref: str, state: DisputeState = DisputeState.OPEN) -> None:
        with self._lock:
            self.payments[ref].dispute = state
