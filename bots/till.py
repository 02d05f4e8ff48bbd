"""What the cashier needs of whoever takes the money. An answer that was lost is asked for again: that is safe."""

from collections.abc import Awaitable
from typing import Protocol, TypeVar

from core.payments.checkout import Order
from core.payments.till import Charge, Page, RefundAnswer, RefundFailure, RefundOrder, TillRefused, TillShut
from core.values.refusals import Trouble

T = TypeVar("T")


class Till(Protocol):
    """Raises, in every method: Trouble where no answer came (the deed may be done), TillShut, TillRefused."""

    async def open(self, order: Order, key: str) -> Page:
        """Make the page; with the same order and key, give the one that was made.

        TillRefused proves that there is no page of this order that anybody could pay.
        """
        ...

    async def look(self, session_id: str) -> Page: ...
    async def close(self, session_id: str) -> Page:
        """End the page if it is open; whether it was or not, give it as it stands."""
        ...

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        """Pay back; with the same key, give what was done. A payment that is paid back already counts as done."""
        ...

    async def charge(self, payment_ref: str) -> Charge:
        """The payment with every refund of it and its dispute."""
        ...


class NoTill:
    """Where no till is connected (any more), what was begun with one waits as for one that is shut, and is told."""

    def __init__(self, why: str = "no till is connected") -> None:
        self._why = why

    async def open(self, order: Order, key: str) -> Page:
        raise self._shut(order.checkout_id, key)

    async def look(self, session_id: str) -> Page:
        raise self._shut(session_id)

    async def close(self, session_id: str) -> Page:
        raise self._shut(session_id)

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        raise self._shut(order.refund_id)

    async def charge(self, payment_ref: str) -> Charge:
        raise self._shut(payment_ref)

    def _shut(self, *waits: str) -> TillShut:
        return TillShut(f"{self._why}; {' '.join(waits)} must wait")


class FormerTill:
    """A till that was replaced. Should its key be dead, nobody sets that right: nobody else waits for it.

    What it should pay back it refuses, so that it is before the photographer. Of a page a refusal would say too much:
    it may be there, and may have been paid. So it only does not answer, and is asked again.
    """

    def __init__(self, till: Till) -> None:
        self._till = till

    async def open(self, order: Order, key: str) -> Page:
        return await self._till.open(order, key)

    async def look(self, session_id: str) -> Page:
        return await _or_unheard(self._till.look(session_id))

    async def close(self, session_id: str) -> Page:
        return await _or_unheard(self._till.close(session_id))

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        return await _or_refused(self._till.refund(order))

    async def charge(self, payment_ref: str) -> Charge:
        return await _or_refused(self._till.charge(payment_ref))


async def _or_refused(answer: Awaitable[T]) -> T:
    try:
        return await answer
    except TillShut as shut:
        raise TillRefused(RefundFailure.KEY_GONE, str(shut)) from shut


async def _or_unheard(answer: Awaitable[T]) -> T:
    try:
        return await answer
    except TillShut as shut:
        raise Trouble(str(shut)) from shut
