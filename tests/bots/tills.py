"""A till and a back office that do as they are told, and errands between the two."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from core.payments.checkout import Checkout, CheckoutState, Order, OrderLine
from core.payments.errands import Answer, Errand, PayBack
from core.payments.till import Charge, Page, PageState, RefundAnswer, RefundOrder, RefundState
from core.values.money import Money

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TWENTY = Money(2000, "USD")


def a_checkout() -> Checkout:
    order = Order(
        checkout_id="checkout-1",
        booking_id="booking-1",
        booking_code="LP-4821",
        attempt=1,
        lines=(OrderLine(name="Family", amount=TWENTY),),
        email="ana@example.com",
        expires_at=NOW,
        return_to="https://minis.luna.example/thanks",
        back_to="https://t.me/LunaPhotoBot",
        note="",
        language="en",
    )
    return Checkout(
        id="checkout-1",
        studio_id="luna",
        booking_id="booking-1",
        attempt=1,
        state=CheckoutState.CREATING,
        order=order,
        key="key-1",
        created_at=NOW,
    )


def a_page(state: PageState = PageState.OPEN) -> Page:
    return Page(session_id="cs_1", checkout_id="checkout-1", state=state, url=None, amount=TWENTY)


def a_refund(refund_id: str = "refund-1", state: RefundState = RefundState.DONE, ref: str = "re_1") -> RefundAnswer:
    return RefundAnswer(ref=ref, refund_id=refund_id, state=state, amount=TWENTY)


def pay_back(*, look_first: bool) -> PayBack:
    order = RefundOrder(refund_id="refund-1", payment_ref="pi_1", amount=TWENTY, key="refund-1-a1")
    return PayBack("luna", order, look_first=look_first)


class PretendedTill:
    """Answers as it is told, and remembers what it was asked and how many asked at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.fails: Exception | None = None
        self.refunds: tuple[RefundAnswer, ...] = ()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.at_once = self.most_at_once = 0

    async def of(self, studio_id: str, till: str) -> "PretendedTill":
        """It is every studio's and every account's."""
        return self

    async def open(self, order: Order, key: str) -> Page:
        return await self._answered(a_page(), "open", order.checkout_id, key)

    async def look(self, session_id: str) -> Page:
        return await self._answered(a_page(PageState.PAID), "look", session_id)

    async def close(self, session_id: str) -> Page:
        return await self._answered(a_page(PageState.EXPIRED), "close", session_id)

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        return await self._answered(a_refund(), "refund", order.key)

    async def charge(self, payment_ref: str) -> Charge:
        charge = Charge(payment_ref=payment_ref, refunds=self.refunds, dispute=None)
        return await self._answered(charge, "charge", payment_ref)

    async def _answered(self, answer: Any, *asked: Any) -> Any:
        self.asked.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.may_answer.wait()
        finally:
            self.at_once -= 1
        if self.fails:
            raise self.fails
        return answer


@dataclass
class PretendedOffice:
    """Errands that wait, and what was written down of those that were taken."""

    waiting: list[Errand] = field(default_factory=list[Errand])
    written: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    leases: set[timedelta] = field(default_factory=set[timedelta])
    stumbles_over: Callable[[tuple[Any, ...]], bool] = lambda note: False
    cannot_take: Exception | None = None

    def take_errands(self, limit: int, lease: timedelta) -> list[Errand]:
        if self.cannot_take:
            raise self.cannot_take
        self.leases.add(lease)
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return taken

    def heard(self, errand: Errand, answer: Answer) -> None:
        self._write("heard", errand, answer)

    def refused(self, errand: Errand, code: str) -> None:
        self._write("refused", errand, code)

    def unheard(self, errand: Errand, *, shut: bool) -> None:
        self._write("unheard", errand, shut)

    def _write(self, *note: Any) -> None:
        if self.stumbles_over(note):
            raise ZeroDivisionError("of our own making")
        self.written.append(note)
