"""A strict stand-in for Stripe on loopback: the real program with the real library, unmodified, runs against it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from aiohttp import web

from bots.demo.clock import Clock, utc_now
from bots.demo.stripe.account_shapes import event_json
from bots.demo.stripe.pages import PayPages, Ways
from bots.demo.stripe.people import People
from bots.demo.stripe.records import Event, StripeAccount
from bots.demo.stripe.server import Call, Server
from bots.demo.stripe.weather import Weather
from bots.demo.stripe.webhooks import Delivery, Webhooks
from bots.demo.stripe.world import Listener, World

LOOK_EVERY_SECONDS: Final = 0.5  # sessions expire by themselves, so the clock is looked at even if nobody calls


class StripeStandIn(People):
    """Accounts, their payments, the pay page and the weather; it refuses what Stripe refuses, in Stripe's words.

    Stricter than Stripe in one thing: what it does not play is refused, not ignored. Everything happens in the event
    loop that serves it: call it from there only. Ids are the same in every run.
    """

    def __init__(
        self, *, keys: Mapping[str, StripeAccount], now: Clock = utc_now, seed: str = "", in_app: bool = False
    ) -> None:
        """`keys`: secret or restricted test keys with their accounts; `seed`: another makes other ids.

        `in_app`: the pay page stands in a frame, as in an app's own browser: instead of leading to another address it
        tells the page around it (`postMessage`) where it would lead. Raises ValueError for anything but a test key.
        """
        world = World(keys, now, seed)
        super().__init__(world)
        self._weather: Final = Weather()
        self._webhooks: Final = Webhooks()
        world.post = self._webhooks.post
        self._server: Final = Server(world, self._weather, self._webhooks)
        self._pages: Final = PayPages(world, Ways(in_app))
        self._runner: web.AppRunner | None = None
        self._life: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> str:
        """Serve on loopback, on a free port unless told; gives the address. One start for each stand-in."""
        app = web.Application()
        self._server.add_routes(app)
        self._pages.add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self._runner = runner
        host, bound = runner.addresses[0][:2]
        self._world.address = f"http://{host}:{bound}"
        # The one supervised task: `stop` ends it, waits for it, and raises what went wrong in it.
        self._life = asyncio.create_task(self._live())  # noqa: TID251
        return self._world.address

    @property
    def address(self) -> str:
        """Where it serves, once it was started: the `api` base address of Stripe's library."""
        return self._world.address

    async def stop(self) -> None:
        """May be called twice. What is under way to webhooks is dropped."""
        self._weather.go_on()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if life := self._life:
            self._life = None
            life.cancel()
            with suppress(asyncio.CancelledError):
                await life

    async def _live(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._webhooks.run())
            while True:
                self._world.lapse()
                await asyncio.sleep(LOOK_EVERY_SECONDS)

    # Looking on

    @property
    def calls(self) -> list[Call]:
        """The latest calls of the program, oldest first."""
        return list(self._server.calls)

    @property
    def events(self) -> list[dict[str, object]]:
        """All events as the API shows them, oldest first."""
        pending = self._webhooks.pending
        return [event_json(event, pending=pending(event.id)) for event in self._all_events()]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with every event as it happens; gives what ends that."""
        self._world.listeners.append(listener)
        return lambda: self._world.listeners.remove(listener)

    def clock_moved(self) -> None:
        """Expire at once whatever the clock has passed; by itself the stand-in looks twice a second."""
        self._world.lapse()

    # Keys

    def add_key(self, key: str, account: StripeAccount) -> None:
        """One more key of an account that is known, or of a new one. Raises ValueError for no test key."""
        self._world.add_key(key, account)

    def revoke(self, key: str) -> None:
        """From now on the key is answered with 401."""
        self._server.revoked.add(key)

    def forbid(self, key: str, *paths: str) -> None:
        """Answer the key's calls whose path has one of these parts with 403, as those of a restricted key."""
        self._server.forbidden[key] = paths

    # Webhooks

    def webhook(self, url: str, secret: str, *, account: str = "", types: Sequence[str] = ()) -> None:
        """Send events to this address from now on: all types unless told, of the first account unless told.

        Raises ValueError for an address beyond loopback.
        """
        self._webhooks.add(url, secret, account or next(iter(self._world.books)), types)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every event that an endpoint wanted, with what was answered, oldest first."""
        return list(self._webhooks.log)

    async def webhooks_settled(self, *, timeout: float = 10) -> None:
        """Until no webhook is under way; what is held back does not count. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            await self._webhooks.settled()

    def lose_webhooks(self, count: int) -> None:
        """The next so many are never delivered."""
        self._webhooks.losing = count

    @property
    def webhooks_to_lose(self) -> int:
        return self._webhooks.losing

    def double_webhooks(self, count: int) -> None:
        """The next so many are delivered twice."""
        self._webhooks.doubling = count

    def delay_webhooks(self, by: timedelta) -> None:
        """From now on they come so much later, in real time."""
        self._webhooks.delay = by

    def hold_webhooks(self) -> None:
        """Keep them back from now on, until they are released."""
        self._webhooks.is_holding = True

    @property
    def held_webhooks(self) -> list[Event]:
        """What is kept back, oldest first."""
        return [delivery.event for delivery in self._webhooks.held]

    async def release_webhooks(self, order: Iterable[str] | None = None) -> None:
        """Deliver what was kept back, one after the other, and keep nothing back any more.

        `order`: types of events, or ids, in the order in which they shall come; what it does not name comes last.
        """
        held = self._webhooks.take_held()
        places = {name: place for place, name in enumerate(order or ())}
        last = len(places)
        held.sort(key=lambda one: min(places.get(one.event.id, last), places.get(one.event.type, last)))
        for delivery in held:
            await self._webhooks.deliver(delivery)

    def send_again(self, event: str) -> None:
        """Deliver an event once more, as the dashboard can. Raises LookupError for one that nobody wanted."""
        self._webhooks.send_again(event)

    # Weather

    def go_down(self, seconds: float | None, *, unreachable: bool = False) -> None:
        """Answer every call with 503 for so many seconds, or until come_back; unreachable: with no answer at all.

        The pay page stays up and webhooks are sent: clients go on paying.
        """
        self._weather.go_down(seconds, unreachable=unreachable)

    def come_back(self) -> None:
        self._weather.come_back()

    def seconds_down(self) -> float:
        """How long the outage still lasts; infinite until come_back, 0 in good weather."""
        return self._weather.seconds_down()

    def flood(self, *, retry_after: int, calls: int) -> None:
        """Answer the next so many calls with 429."""
        self._weather.flood(retry_after=retry_after, calls=calls)

    def lose_answers(self, calls: int, *, method: str = "", path: str = "") -> None:
        """Carry the next so many calls out, but drop the connection instead of answering.

        Of any kind, unless a method (GET, POST) or a part of the path is named; so with the next two.
        """
        self._weather.lose_answers(calls, method, path)

    @property
    def answers_to_lose(self) -> int:
        return self._weather.answers_to_lose

    def break_calls(self, calls: int, *, method: str = "", path: str = "") -> None:
        """Answer the next so many calls with 500 and do nothing; the key keeps that answer, as Stripe's does."""
        self._weather.break_calls(calls, method, path)

    def stall(self, calls: int, *, method: str = "", path: str = "") -> None:
        """Let the next so many calls wait at the endpoint until go_on; only then are they carried out."""
        self._weather.stall(calls, method, path)

    async def wait_for_stalled(self, *, timeout: float = 10) -> None:
        """Until one of them waits. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            await self._weather.wait_for_stalled()

    def go_on(self) -> None:
        self._weather.go_on()

    def _all_events(self) -> list[Event]:
        return [event for books in self._world.books.values() for event in books.events.values()]
