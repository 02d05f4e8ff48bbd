"""The till: what the core asks of it, asked of Stripe. Every answer is how things stand now."""

from datetime import timedelta
from typing import Final

import structlog

from bots.stripe.api import Api, Told, path
from bots.stripe.errors import FAILED_BEFORE, KEY_REUSED
from bots.stripe.failures import why_refused
from bots.stripe.read import believe, dispute_state_of, page_of, refund_answer_of
from bots.stripe.requests import refund_of, session_of
from core.payments.checkout import PAGE_OPEN, Order
from core.payments.till import Charge, Page, PageState, RefundAnswer, RefundOrder, RefundState, TillForbids, TillRefused
from core.values.refusals import Trouble

#: Whether what was asked for under the key exists, Stripe does not say: look for it.
_LOOK_FOR_IT: Final = frozenset({KEY_REUSED, FAILED_BEFORE})
#: How far our clock and Stripe's may be apart, and how long a unit of work may wait before it is committed.
_MARGIN: Final = timedelta(minutes=15)
_GOES_BACK: Final = (RefundState.DONE, RefundState.SENT)

_log = structlog.stdlib.get_logger(__name__)


class StripeTill:
    """One Stripe account as `bots.till.Till`."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def open(self, order: Order, key: str) -> Page:
        try:
            told = await self._api.post(path("checkout", "sessions"), session_of(order), key=key)
        except TillRefused as refused:
            if refused.code not in _LOOK_FOR_IT:
                raise
            _log.error("a page was asked for anew, and Stripe would not", code=refused.code, checkout=order.checkout_id)
            if found := await self._page_of_order(order):
                return found
            raise
        page = self._page(told)
        return await self.look(page.session_id) if told.is_old else page

    async def look(self, session_id: str) -> Page:
        return self._page(Told(await self._api.get(path("checkout", "sessions", session_id))))

    async def close(self, session_id: str) -> Page:
        try:
            return self._page(await self._api.post(path("checkout", "sessions", session_id, "expire"), {}))
        except TillRefused as refused:
            page = await self.look(session_id)
            if page.state is PageState.OPEN:  # perhaps somebody is paying at this moment
                raise Trouble(f"the page stays open: {refused.code}") from refused
            return page

    async def refund(self, order: RefundOrder) -> RefundAnswer:
        try:
            told = await self._api.post(path("refunds"), refund_of(order), key=order.key)
        except TillRefused as refused:
            found: RefundAnswer | None = None
            if refused.code in _LOOK_FOR_IT:
                found = _ours(order, await self._refunds(order.payment_ref))
            elif refused.code == "charge_already_refunded":
                refunds = await self._refunds(order.payment_ref)
                found = _ours(order, refunds) or next((one for one in refunds if one.state in _GOES_BACK), None)
            if found is None:
                raise TillRefused(why_refused(refused.code), str(refused)) from refused
            return found
        if told.is_old:
            return refund_answer_of(await self._api.get(path("refunds", told.body["id"])))
        return refund_answer_of(told.body)

    async def charge(self, payment_ref: str) -> Charge:
        # Two lists, as a payment tells neither: its refunds would have to be expanded, and how a dispute ended is not
        # in it at all.
        try:
            refunds = await self._refunds(payment_ref)
            disputes = [row async for row in self._api.list(path("disputes"), payment_intent=payment_ref)]
        except TillForbids as forbidden:  # of a restricted key: all else goes on
            raise TillRefused("forbidden", str(forbidden)) from forbidden
        for dispute in disputes:
            believe(dispute, is_live=self._api.is_live)
        return Charge(payment_ref=payment_ref, refunds=tuple(refunds), dispute=dispute_state_of(disputes))

    def _page(self, told: Told) -> Page:
        try:
            return page_of(told.body, is_live=self._api.is_live)
        except TillRefused as refused:
            _log.error("a payment page is not believed", code=refused.code, said=str(refused))
            raise

    async def _page_of_order(self, order: Order) -> Page | None:
        since = order.expires_at - PAGE_OPEN - _MARGIN
        sessions = self._api.list(path("checkout", "sessions"), created={"gte": int(since.timestamp())})
        async for session in sessions:
            if session.get("client_reference_id") == order.checkout_id:
                return self._page(Told(session))
        return None

    async def _refunds(self, payment_ref: str) -> list[RefundAnswer]:
        """Of the payment, the newest first."""
        return [refund_answer_of(row) async for row in self._api.list(path("refunds"), payment_intent=payment_ref)]


def _ours(order: RefundOrder, refunds: list[RefundAnswer]) -> RefundAnswer | None:
    return next((one for one in refunds if one.refund_id == order.refund_id), None)
