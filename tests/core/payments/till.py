"""The fake till as the simulations need it: asked from several threads, with weather for each kind of call."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from core.payments.checkout import Order
from core.payments.errands import Answer, ClosePage, Errand, LookAtPage, LookAtPayment, OpenPage, PayBack, earlier_of
from core.payments.till import DisputeState, Page, RefundAnswer, RefundFailure, RefundOrder, RefundState, TillRefused
from core.values.money import Money
from core.values.refusals import Trouble
from tests.till import FakeTill

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment as the till has it."""

    amount: Money
    refunds: tuple[RefundAnswer, ...]

    @property
    def back(self) -> int:
        """What went back of it, in minor units."""
        return sum(one.amount.minor for one in self.refunds if one.state is not RefundState.FAILED)


@dataclass(slots=True)
class MemoryTill:
    """One till for one shop. `name` keeps its payments' names apart from those of others."""

    now: Callable[[], datetime]
    name: str
    #: Calls by name that are done, and whose answer nobody hears; and those that do not arrive.
    loses: set[str] = field(default_factory=set[str])
    unreached: set[str] = field(default_factory=set[str])
    #: Codes with which it refuses the calls of that name.
    refuses: dict[str, str] = field(default_factory=dict[str, str])
    #: How a refund stands at first: with the bank already, under way, or failed.
    refunds_are: RefundState = RefundState.DONE
    #: Whether whoever asks looks for an earlier refund when told to. Without, it is a careless cashier's till.
    looks_first: bool = True
    down: bool = False
    #: Every call by name, in order.
    asked: list[str] = field(default_factory=list[str])
    fake: FakeTill = field(init=False)
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.fake = FakeTill(self.now, self.name)

    # -- what we ask it, as bots.cashier does --

    def answer(self, errand: Errand) -> Answer:
        with self._lock:
            match errand:
                case OpenPage(checkout):
                    return self._said("open", lambda: self.fake.open(checkout.order, checkout.key))
                case LookAtPage(_, session_id):
                    return self._said("look", lambda: self.fake.look(session_id))
                case ClosePage(_, session_id):
                    return self._said("close", lambda: self.fake.close(session_id))
                case PayBack(order=order):
                    return self._earlier(errand) or self._said("refund", lambda: self._refund(order))
                case LookAtPayment(payment_ref=ref):
                    return self._said("charge", lambda: self.fake.charge(ref))

    def _earlier(self, errand: PayBack) -> RefundAnswer | None:
        if not self.looks_first or not (errand.ref or errand.look_first):
            return None
        earlier = earlier_of(errand, self._said("charge", lambda: self.fake.charge(errand.order.payment_ref)))
        if errand.ref and not earlier:
            raise Trouble("the refund is not told of any more")
        return earlier

    def _refund(self, order: RefundOrder) -> Coroutine[Any, Any, RefundAnswer]:
        if self.fake._paid(order.payment_ref).dispute is DisputeState.OPEN:
            raise TillRefused(RefundFailure.DISPUTED, "the bank has the money")
        # Anew each time: one that an answer of old left over would be the next refund's.
        self.fake._refund_fates[:] = [] if self.refunds_are is RefundState.DONE else [self.refunds_are]
        return self.fake.refund(order)

    def _said(self, name: str, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        self.asked.append(name)
        if self.down or name in self.unreached:
            raise Trouble("no connection")
        if name in self.refuses and not self.shut:
            raise TillRefused(self.refuses[name], name)
        answer = _at_once(call())
        if name in self.loses:
            raise Trouble("the answer was lost")
        return answer

    @property
    def shut(self) -> bool:
        return self.fake.is_shut

    @shut.setter
    def shut(self, shut: bool) -> None:
        self.fake.is_shut = shut

    # -- what happens there without us --

    def pay(self, checkout_id: str, *, minor: int | None = None, currency: str = "") -> str | None:
        """The client pays, that or another amount; gives the payment's name. None where the page is not open."""
        with self._lock:
            session = self.page_of(checkout_id).session_id
            asked = self.fake.page(session).amount
            other = Money(asked.minor if minor is None else minor, currency or asked.currency)
            return self.fake.page(session).payment_ref if self.fake.pay(session, other) else None

    def expire(self, checkout_id: str) -> None:
        """Somebody closes the page in the till's own dashboard."""
        with self._lock:
            self.fake.expire(self.page_of(checkout_id).session_id)

    def refund_by_hand(self, ref: str, minor: int, state: RefundState = RefundState.DONE) -> None:
        with self._lock:
            self.fake._refund_fates[:] = [state]
            self.fake.refund_in_dashboard(ref, minor)

    def bank_says(self, ref: str, state: RefundState) -> None:
        """What becomes of the payment's newest refund."""
        with self._lock:
            newest = self.fake.refunds(ref)[0].ref
            if state is RefundState.FAILED:
                self.fake.fail_refund(newest)
            else:
                self.fake.settle_refund(newest)

    def banks_settle(self, ref: str) -> None:
        """Every refund of the payment that a bank still has arrives: ours, and those made by hand."""
        with self._lock:
            for refund in self.fake.refunds(ref):
                if refund.state is RefundState.SENT:
                    self.fake.settle_refund(refund.ref)

    def dispute(self, ref: str, state: DisputeState = DisputeState.OPEN) -> None:
        with self._lock:
            if state is DisputeState.OPEN:
                self.fake.dispute(ref)
            else:
                self.fake.end_dispute(ref, won=state is DisputeState.WON)

    # -- looking on --

    def page_of(self, checkout_id: str) -> Page:
        """The page of our checkout, the one that was made last."""
        with self._lock:
            self.fake._end_pages()
            pages = [made.page for made in self.fake._pages.values() if made.order.checkout_id == checkout_id]
            if not pages:
                raise TillRefused("resource_missing", f"no page of {checkout_id}")
            return pages[-1]

    @property
    def orders(self) -> list[Order]:
        """What each page was made from, the oldest first."""
        return [replace(made.order) for made in self.fake._pages.values()]

    @property
    def payments(self) -> dict[str, Taken]:
        pages = self.fake._pages.values()
        return {
            made.page.payment_ref: Taken(made.page.amount, tuple(made.refunds))
            for made in pages
            if made.page.payment_ref is not None
        }


def _at_once(call: Coroutine[Any, Any, T]) -> T:
    """The fake waits for nothing."""
    try:
        call.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("the fake till waits for something")
