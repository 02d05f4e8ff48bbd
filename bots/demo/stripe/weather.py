"""Bad days of Stripe's API. The pay page knows none: clients go on paying, which is what is hard for a program."""

import asyncio
from dataclasses import dataclass, field

from bots.demo.stripe.refusals import broken, too_many_requests, unavailable
from bots.demo.weather import Weather as AnyWeather


class ConnectionDropped(Exception):
    """The caller hears nothing but that the connection is gone."""


@dataclass(slots=True)
class _Meant:
    """The next so many calls of a kind; empty is any."""

    calls: int = 0
    method: str = ""
    path: str = ""

    def takes(self, method: str, path: str) -> bool:
        """Whether the call is one of them; counts it."""
        is_meant = self.calls > 0 and self.method in {"", method} and self.path in path
        self.calls -= is_meant
        return is_meant


@dataclass(slots=True)
class _Stall:
    meant: _Meant
    end: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)


class Weather(AnyWeather):
    """What the weather does to a call. Calls may be meant by method (GET, POST) and by a part of their path."""

    def __init__(self) -> None:
        super().__init__()
        self._is_unreachable = False
        self._lost = _Meant()
        self._broken = _Meant()
        self._stall = _Stall(_Meant())

    def go_down(self, seconds: float | None, *, unreachable: bool = False) -> None:
        super().go_down(seconds)
        self._is_unreachable = unreachable

    def lose_answers(self, calls: int, method: str, path: str) -> None:
        self._lost = _Meant(calls, method, path)

    @property
    def answers_to_lose(self) -> int:
        return self._lost.calls

    def break_calls(self, calls: int, method: str, path: str) -> None:
        self._broken = _Meant(calls, method, path)

    def stall(self, calls: int, method: str, path: str) -> None:
        self._stall.end.set()
        self._stall = _Stall(_Meant(calls, method, path))

    async def wait_for_stalled(self) -> None:
        await self._stall.reached.wait()

    def go_on(self) -> None:
        self._stall.end.set()

    def check(self) -> None:
        """Raises StripeRefusal or ConnectionDropped in an outage, and StripeRefusal in a flood."""
        if self.seconds_down():
            if self._is_unreachable:
                raise ConnectionDropped
            raise unavailable()
        if self.is_flooded():
            raise too_many_requests(self.retry_after)

    async def hinder(self, method: str, path: str) -> None:
        """What happens at the endpoint: waits out a stall. Raises StripeRefusal where the endpoint breaks."""
        stall = self._stall
        if stall.meant.takes(method, path):
            stall.reached.set()
            await stall.end.wait()
        if self._broken.takes(method, path):
            raise broken()

    def loses_answer(self, method: str, path: str) -> bool:
        """Whether this call's answer is lost; counts it."""
        return self._lost.takes(method, path)
