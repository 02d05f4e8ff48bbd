"""An endpoint for webhooks that checks each with Stripe's own library."""

import asyncio
from typing import Any

import stripe
from aiohttp import web

SECRET = "whsec_of_the_tests"


class Receiver:
    """Takes events; `answers` are the statuses of the next ones, 200 when none is left."""

    def __init__(self) -> None:
        self.events: list[stripe.Event] = []
        self.bodies: list[bytes] = []
        self.headers: list[str] = []
        self.answers: list[int] = []
        self.url = ""
        self._came = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/webhook", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/webhook"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    def objects(self, kind: str) -> list[Any]:
        return [event.data.object for event in self.events if event.type == kind]

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.events) < count:
                self._came.clear()
                await self._came.wait()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        signature = request.headers["Stripe-Signature"]
        self.events.append(stripe.Webhook.construct_event(body, signature, SECRET))
        self.bodies.append(body)
        self.headers.append(signature)
        self._came.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)
