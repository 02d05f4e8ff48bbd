"""Signed webhooks: events go to endpoints on their own time, more than once if need be, and in no order."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bots.demo.clock import utc_now
from bots.demo.stripe.account_shapes import event_json
from bots.demo.stripe.records import Event

TRIES: Final = 6
FIRST_WAIT: Final = timedelta(milliseconds=100)  # doubled at each try; the real one goes on for three days
PATIENCE: Final = aiohttp.ClientTimeout(total=10)
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    url: str
    secret: str
    account: str
    #: Types of events; empty is all.
    types: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One event on its way to one endpoint."""

    event: Event
    endpoint: Endpoint
    #: The statuses that the endpoint answered; 0 where it could not be reached.
    answers: list[int] = field(default_factory=list[int])
    is_lost: bool = False

    @property
    def is_taken(self) -> bool:
        return any(200 <= status < 300 for status in self.answers)


class Webhooks:
    """All deliveries. They are kept until `run` runs, which delivers them."""

    def __init__(self) -> None:
        self.log: Final[list[Delivery]] = []
        self.held: Final[list[Delivery]] = []
        self.delay = timedelta(0)
        self.losing = 0
        self.doubling = 0
        self.is_holding = False
        self._endpoints: Final[list[Endpoint]] = []
        self._waiting: Final[list[Delivery]] = []
        self._under_way = 0
        self._stirred = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()

    def add(self, url: str, secret: str, account: str, types: Sequence[str]) -> None:
        """Raises ValueError for an address that is not on loopback."""
        if urlsplit(url).hostname not in LOOPBACK:
            raise ValueError("the stand-in calls nobody beyond loopback")
        self._endpoints.append(Endpoint(url=url, secret=secret, account=account, types=frozenset(types)))

    def post(self, event: Event, account: str) -> None:
        """Send an event to whoever wants it, as the switches allow."""
        for endpoint in self._endpoints:
            if endpoint.account != account or (endpoint.types and event.type not in endpoint.types):
                continue
            delivery = Delivery(event=event, endpoint=endpoint)
            self.log.append(delivery)
            if self.losing:
                self.losing -= 1
                delivery.is_lost = True
            elif self.is_holding:
                self.held.append(delivery)
            else:
                self._send(delivery)
                if self.doubling:
                    self.doubling -= 1
                    self._send(delivery)

    def send_again(self, event: str) -> None:
        """Raises LookupError for an event that no endpoint wanted."""
        found = [delivery for delivery in self.log if delivery.event.id == event]
        if not found:
            raise LookupError(f"no endpoint wanted {event}")
        for delivery in found:
            self._send(Delivery(event=delivery.event, endpoint=delivery.endpoint))

    def pending(self, event: str) -> int:
        """How many endpoints have not taken it yet."""
        return sum(not delivery.is_taken for delivery in self.log if delivery.event.id == event)

    def take_held(self) -> list[Delivery]:
        """Hold back no longer; gives what was held, undelivered."""
        held = list(self.held)
        self.held.clear()
        self.is_holding = False
        return held

    async def deliver(self, delivery: Delivery) -> None:
        """Deliver one now, and wait until the endpoint took it or nothing more is tried."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            await self._deliver(session, delivery)

    async def settled(self) -> None:
        """Until nothing is under way; what is held back does not count."""
        await self._quiet.wait()

    async def run(self) -> None:
        """Deliver for ever."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as group:
            while True:
                batch = sorted(self._waiting, key=_any_order)
                self._waiting.clear()
                for delivery in batch:
                    group.create_task(self._delayed(session, delivery))
                self._stirred.clear()
                await self._stirred.wait()

    def _send(self, delivery: Delivery) -> None:
        self._waiting.append(delivery)
        self._under_way += 1
        self._quiet.clear()
        self._stirred.set()

    async def _delayed(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        try:
            await asyncio.sleep(self.delay.total_seconds())
            await self._deliver(session, delivery)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._quiet.set()

    async def _deliver(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(FIRST_WAIT.total_seconds() * 2 ** (attempt - 1))
            status = await _attempt(session, delivery, self.pending(delivery.event.id))
            delivery.answers.append(status)
            if 200 <= status < 300:
                return


async def _attempt(session: aiohttp.ClientSession, delivery: Delivery, pending: int) -> int:
    body = json.dumps(event_json(delivery.event, pending=pending), indent=2).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(body, delivery.endpoint.secret),
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    url = delivery.endpoint.url
    try:
        async with session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


def signature(body: bytes, secret: str) -> str:
    """The header of a webhook. Its time is the real one: the libraries check it against their own clock."""
    time = int(utc_now().timestamp())
    digest = hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={time},v1={digest}"


def _any_order(delivery: Delivery) -> str:
    """An order that nobody can rely on, and yet the same in every run."""
    return delivery.event.id
