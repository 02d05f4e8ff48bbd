"""A till in memory that keeps Stripe's promises; and what people, the dashboard, the banks and the weather do there.

What `bots.till.Till` promises of it is tested by the same class as the real one (`test_till`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.payments.checkout import Order
from core.payments.till import (
    Charge,
    DisputeState,
    Page,
    PageState,
    RefundAnswer,
    RefundFailure,
    RefundOrder,
    RefundState,
    TillRefused,
    TillShut,
)
from core.values.charges import chargeable, least_online
from core.values.money import Money
from core.values.refusals import Trouble

LEAST_LIFE = timedelta(minutes=30)  # docs.stripe.com/api/checkout/sessions/create, `expires_at`
KEYS_KEPT = timedelta(hours=24)  # docs.stripe.com/api/idempotent_requests

T = TypeVar("T")


class Street(Protocol):
    """What happens at a till that nobody asked it for. Ids that it does not know raise LookupError."""

    def pay(self, session: str) -> object:
        """Press the page's button; nothing happens where the page is not open."""
        ...

    def refund_in_dashboard(self, payment: str, amount: int | None = None) -> str:
        """Pay back by hand so many minor units, or all that is left; gives the refund's name."""
        ...

    def make_refunds_wait(self, count: int) -> None:
        """The next so many refunds have not arrived when they are answered."""
        ...

    def make_refunds_fail(self, count: int) -> None: ...
    def settle_refund(self, refund: str) -> None: ...
    def fail_refund(self, refund: str) -> None: ...
    def dispute(self, payment: str) -> str: ...
    def go_down(self, seconds: float | None) -> None:
        """Answer nobody until `come_back`, and do nothing. The page stays up: people go on paying."""
        ...

    def come_back(self) -> None: ...
    def lose_answers(self, calls: int) -> None:
        """Do what the next so many calls ask for, and do not answer them."""
        ...


@dataclass(slots=True)
class _Made:
    """A page, the order that it was made from, and its payment."""

    page: Page
    order: Order
    refunds: list[RefundAnswer]
    dispute: DisputeState | None = None


class FakeTill:
    """`now`: the clock by which pages end and keys are forgotten. `name` is in the names of all that it makes."""

    def __init__(self, now: Callable[[], datetime], name: str = "") -> None:
        self._now = now
        self._name = name
        self._pages: dict[str, _Made] = {}
        #: By key: when it was used first, for what, and which page or refund came of it.
        self._keys: dict[str, tuple[datetime, Order | RefundOrder, str]] = {}
        self._refund_fates: list[RefundState] = []
        self._is_down = False
        self._loses = 0
        #: Its key is no good any more.
        self.is_shut = False
        #: Pages cannot be had: what is asked for is not to its taste.
        self.refuses_pages = False

    # -- what the core asks --

    async def open(self, order: Order, key: str) -> Page:
        return self._asked(lambda: self._open(order, key))

    async def look(self, session_id: str) -> Page:
        return self._asked(lambda: self._made(session_id).page)

    async def close(self, session_id: str) -> Page:
        return self._asked(lambda: self._close(session_id))

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        return self._asked(lambda: self._refund(order))

    async def charge(self, payment_ref: str) -> Charge:
        return self._asked(lambda: self._charge(payment_ref))

    # -- what others do --

    def pay(self, session: str, amount: Money | None = None) -> bool:
        """Pay the page, or another amount than it asks for. False where it is not open: nothing is charged."""
        made = self._made(session)
        if made.page.state is not PageState.OPEN:
            return False
        ref = f"pi_{session.removeprefix('cs_')}"
        amount = amount or made.page.amount
        made.page = replace(made.page, state=PageState.PAID, url=None, amount=amount, payment_ref=ref)
        return True

    def note(self, session: str) -> str:
        """What the page says beside its button."""
        return self._made(session).order.note

    def expire(self, session: str) -> None:
        """The page ends by itself."""
        made = self._made(session)
        if made.page.state is PageState.OPEN:
            made.page = replace(made.page, state=PageState.EXPIRED, url=None)

    def refund_in_dashboard(self, payment: str, amount: int | None = None) -> str:
        made = self._paid(payment)
        back = Money(amount, made.page.amount.currency) if amount else _left(made)
        return self._pay_back(made, back, refund_id="").ref

    def make_refunds_wait(self, count: int) -> None:
        self._refund_fates += [RefundState.SENT] * count

    def make_refunds_fail(self, count: int) -> None:
        self._refund_fates += [RefundState.FAILED] * count

    def settle_refund(self, refund: str) -> None:
        self._change_refund(refund, RefundState.DONE)

    def fail_refund(self, refund: str) -> None:
        self._change_refund(refund, RefundState.FAILED, error=RefundFailure.OLD_CARD)

    def dispute(self, payment: str) -> str:
        self._paid(payment).dispute = DisputeState.OPEN
        return payment

    def end_dispute(self, payment: str, *, won: bool) -> None:
        self._paid(payment).dispute = DisputeState.WON if won else DisputeState.LOST

    def go_down(self, seconds: float | None) -> None:
        if seconds is not None:
            raise ValueError("this till's outages end by `come_back` alone")
        self._is_down = True

    def come_back(self) -> None:
        self._is_down = False

    def lose_answers(self, calls: int) -> None:
        self._loses += calls

    # -- looking on --

    def sessions_of(self, booking_ids: Collection[str]) -> list[str]:
        """The names of the bookings' pages, the oldest first."""
        return [session for session, made in self._pages.items() if made.order.booking_id in booking_ids]

    @property
    def sessions(self) -> list[str]:
        """The names of all pages, the oldest first."""
        return list(self._pages)

    def page(self, session: str) -> Page:
        return self._made(session).page

    def order(self, session: str) -> Order:
        return self._made(session).order

    def refunds(self, payment: str) -> tuple[RefundAnswer, ...]:
        return tuple(self._paid(payment).refunds)

    # -- private --

    def _asked(self, deed: Callable[[], T]) -> T:
        if self.is_shut:
            raise TillShut("the key is no good")
        if self._is_down:
            raise Trouble("the till is down")
        self._end_pages()
        loses = self._loses > 0
        self._loses -= loses
        try:
            answer = deed()
        except TillRefused:
            if not loses:
                raise
        else:
            if not loses:
                return answer
        raise Trouble("the answer was lost")

    def _end_pages(self) -> None:
        now = self._now()
        for session, made in self._pages.items():
            if made.order.expires_at <= now:
                self.expire(session)

    def _open(self, order: Order, key: str) -> Page:
        used = self._used(key)
        if used is None:
            self._check(order)
            session = f"cs_{self._name}{len(self._pages) + 1}"
            page = Page(
                session_id=session,
                checkout_id=order.checkout_id,
                state=PageState.OPEN,
                url=f"https://checkout.stripe.example/{session}",
                amount=order.total,
            )
            self._pages[session] = _Made(page, order, [])
            self._keys[key] = (self._now(), order, session)
            return page
        asked, session = used
        if asked == order:
            return self._made(session).page
        of_order = next((made for made in self._pages.values() if made.order.checkout_id == order.checkout_id), None)
        if of_order is None:
            raise TillRefused("idempotency_error", "the key was used with another order")
        return of_order.page

    def _check(self, order: Order) -> None:
        if self.refuses_pages:
            raise TillRefused("url_invalid", "not a valid address")
        if order.expires_at < self._now() + LEAST_LIFE:
            raise TillRefused("invalid_request_error", "expires_at is too near")
        if any(chargeable(line.amount) != line.amount or line.amount.minor < 0 for line in order.lines):
            raise TillRefused("amount_not_payable", "an amount that no card can be charged")
        if order.total < least_online(order.total.currency):
            raise TillRefused("amount_too_small", f"{order.total} is below the least")

    def _close(self, session: str) -> Page:
        self.expire(session)
        return self._made(session).page

    def _refund(self, order: RefundOrder) -> RefundAnswer:
        made = self._paid(order.payment_ref)
        used = self._used(order.key)
        if used is not None:
            asked, ref = used
            if asked != order:
                raise TillRefused("idempotency_error", "the key was used with another order")
            return next(one for one in made.refunds if one.ref == ref)
        if not _left(made):
            return _counts_as_done(made, order)
        answer = self._pay_back(made, order.amount, refund_id=order.refund_id)
        self._keys[order.key] = (self._now(), order, answer.ref)
        return answer

    def _pay_back(self, made: _Made, amount: Money, *, refund_id: str) -> RefundAnswer:
        if _left(made) < amount:
            raise TillRefused("invalid_request_error", "more than is left")
        state = self._refund_fates.pop(0) if self._refund_fates else RefundState.DONE
        answer = RefundAnswer(
            ref=f"re_{made.page.session_id.removeprefix('cs_')}_{len(made.refunds) + 1}",
            refund_id=refund_id,
            state=state,
            amount=amount,
            error=RefundFailure.UNKNOWN if state is RefundState.FAILED else "",
        )
        made.refunds.insert(0, answer)
        return answer

    def _change_refund(self, ref: str, state: RefundState, error: str = "") -> None:
        for made in self._pages.values():
            if any(one.ref == ref for one in made.refunds):
                made.refunds = [
                    replace(one, state=state, error=error) if one.ref == ref else one for one in made.refunds
                ]
                return
        raise LookupError(f"no refund {ref}")

    def _charge(self, payment_ref: str) -> Charge:
        made = self._paid(payment_ref)
        return Charge(payment_ref=payment_ref, refunds=tuple(made.refunds), dispute=made.dispute)

    def _used(self, key: str) -> tuple[Order | RefundOrder, str] | None:
        used = self._keys.get(key)
        if used is None or self._now() - used[0] >= KEYS_KEPT:
            return None
        return used[1], used[2]

    def _made(self, session: str) -> _Made:
        if session not in self._pages:
            raise TillRefused("resource_missing", f"no page {session}")
        return self._pages[session]

    def _paid(self, payment_ref: str) -> _Made:
        for made in self._pages.values():
            if made.page.payment_ref == payment_ref:
                return made
        raise TillRefused("resource_missing", f"no payment {payment_ref}")


def _left(made: _Made) -> Money:
    """What was paid and did not go back."""
    back = [one.amount for one in made.refunds if one.state is not RefundState.FAILED]
    return made.page.amount - sum(back, start=Money.zero(made.page.amount.currency))


def _counts_as_done(made: _Made, order: RefundOrder) -> RefundAnswer:
    """All of it went back already: by an asking that was forgotten, or by hand."""
    back = [one for one in made.refunds if one.state is not RefundState.FAILED]
    return next((one for one in back if one.refund_id == order.refund_id), back[0])
