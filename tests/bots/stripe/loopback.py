"""A Stripe on loopback that says what the test tells it to, and remembers what it was asked."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from core.payments.checkout import Order, OrderLine
from core.payments.till import RefundOrder
from core.values.money import Money

KEY = "sk_test_OfTheTests"
SESSIONS = "/v1/checkout/sessions"
REFUNDS = "/v1/refunds"
DISPUTES = "/v1/disputes"
ENDS = datetime(2026, 11, 22, 18, 35, 0, 123_456, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    params: dict[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Says:
    """An answer. `body` may be text that is no JSON; no status at all: the connection breaks."""

    body: Any
    status: int | None = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])


HANGS_UP = Says("", status=None)
OLD = {"Idempotent-Replayed": "true"}


def refusal(status: int, *, kind: str = "invalid_request_error", **facts: str) -> Says:
    return Says(
        {"error": {"type": kind, "message": "as ana@example.com said", **facts}}, status, {"Request-Id": "req_1"}
    )


class Loopback:
    """Answers each path with what was put there for it, one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.address = ""
        self._answers: defaultdict[str, list[Says]] = defaultdict(list)

    def says(self, request: str, *answers: Any) -> None:
        """`request` is the method and the path: `POST /v1/refunds`."""
        self._answers[request] = [one if isinstance(one, Says) else Says(one) for one in answers]

    @property
    def requests(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked]

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        query = await request.text() if request.method == "POST" else request.query_string
        self.asked.append(Asked(request.method, request.path, dict(parse_qsl(query)), dict(request.headers)))
        answers = self._answers[f"{request.method} {request.path}"]
        if not answers:
            return web.json_response(
                {"error": {"type": "invalid_request_error", "code": "resource_missing"}}, status=404
            )
        says = answers.pop(0) if len(answers) > 1 else answers[0]
        if says.status is None:
            assert request.transport
            request.transport.close()
            await asyncio.sleep(0.01)
            return web.Response()
        if isinstance(says.body, str):
            return web.Response(text=says.body, status=says.status, headers=says.headers)
        return web.json_response(says.body, status=says.status, headers=says.headers)


class Samples:
    """Stripe's sample objects with the facts that matter."""

    def __init__(self, resources: Mapping[str, Any]) -> None:
        self._resources = resources

    def session(self, **facts: Any) -> dict[str, Any]:
        known = {
            "id": "cs_test_1",
            "client_reference_id": "checkout-1",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": 12000,
            "currency": "usd",
            "payment_intent": None,
        }
        return self._of("checkout.session", known | facts)

    def paid(self, **facts: Any) -> dict[str, Any]:
        known = {"status": "complete", "payment_status": "paid", "payment_intent": "pi_1", "url": None}
        return self.session(**(known | facts))

    def refund(self, **facts: Any) -> dict[str, Any]:
        known = {"id": "re_1", "amount": 12000, "metadata": {"refund": "refund-1"}, "payment_intent": "pi_1"}
        return self._of("refund", known | facts)

    def event(self, kind: str, thing: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
        return self._of("event", {"id": "evt_1", "type": kind, "data": {"object": thing}, **facts})

    def payment(self, **facts: Any) -> dict[str, Any]:
        return self._of("payment_intent", {"id": "pi_1", **facts})

    def charge(self, **facts: Any) -> dict[str, Any]:
        return self._of("charge", {"payment_intent": "pi_1", **facts})

    def _of(self, resource: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {**deepcopy(self._resources[resource]), **facts}


def a_list(*rows: Mapping[str, Any], more: bool = False) -> dict[str, Any]:
    return {"object": "list", "data": list(rows), "has_more": more, "url": "/v1/somewhere"}


def a_dispute(status: str, *, livemode: bool = False) -> dict[str, Any]:
    # The sample objects have none; these are the fields that are read.
    return {"object": "dispute", "id": "dp_1", "status": status, "livemode": livemode, "payment_intent": "pi_1"}


def an_order(**facts: Any) -> Order:
    known: dict[str, Any] = {
        "checkout_id": "checkout-1",
        "booking_id": "booking-1",
        "booking_code": "LP-4821",
        "attempt": 1,
        "lines": (
            OrderLine(name="Family, 20 minutes", amount=Money(10000, "USD")),
            OrderLine(name="Tax 8.25 %", amount=Money(2000, "USD")),
        ),
        "email": "ana@example.com",
        "expires_at": ENDS,
        "return_to": "https://minis.luna.example/thanks?to=m_abc",
        "back_to": "https://t.me/LunaPhotoBot",
        "note": "Your spot is held until 7:15 PM.",
        "language": "en-US",
    }
    return Order(**(known | facts))


def a_refund_order(**facts: Any) -> RefundOrder:
    known: dict[str, Any] = {
        "refund_id": "refund-1",
        "payment_ref": "pi_1",
        "amount": Money(12000, "USD"),
        "key": "refund-1-a1",
    }
    return RefundOrder(**(known | facts))
