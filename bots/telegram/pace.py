"""Pace and order of what a bot sends: its share of the platform's limits, and each chat in its turn."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

# Telegram allows 30 messages a second (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
# One each 1/29.1 s leaves room for jitter on the way: a second never sees 31 of them.
PER_SECOND: Final = 29.1
CATCH_UP: Final = 0.015  # seconds that a late slot may be made good by the next; less than what 29.1 leaves over

CHAT_EVERY: Final = 1.0  # seconds a message in one chat, in the long run; the same page
CHAT_BURST: Final = 5  # messages that may go at once before that


class Pace:
    """Slots for a whole bot. Who is urgent goes first, otherwise who came first."""

    def __init__(self, per_second: float | None = PER_SECOND) -> None:
        """`per_second` None: no limit but pauses, for measuring everything else."""
        self._interval: Final = 1 / per_second if per_second else 0.0
        self._loop: Final = asyncio.get_running_loop()
        self._next = 0.0
        self._paused_until = 0.0
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._numbers: Final = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def paused_for(self) -> float:
        """Seconds that the pause still lasts."""
        return max(self._paused_until - self._loop.time(), 0.0)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long; a longer pause that is on already stays."""
        self._paused_until = max(self._paused_until, self._loop.time() + seconds)
        self._next = max(self._next, self._paused_until)
        self._set_timer()

    async def turn(self, *, urgent: bool) -> None:
        """Wait for a slot."""
        if not self._interval and not self.paused_for:
            return
        mine = self._loop.create_future()
        heapq.heappush(self._waiting, (not urgent, next(self._numbers), mine))
        self._set_timer()
        await mine

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._next, self._give_slot) if self._waiting else None

    def _give_slot(self) -> None:
        now = self._loop.time()
        self._timer = None
        while self._waiting and self._next <= now:
            *_, mine = heapq.heappop(self._waiting)
            if mine.done():  # whoever waited was cancelled
                continue
            mine.set_result(None)
            self._next = max(self._next, now - CATCH_UP) + self._interval
        self._set_timer()


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many are in it or wait for it.
    users: int = 0
    #: When the chat's share is used up no more.
    free_at: float = 0.0


class Lanes:
    """Chats, each with its own order and its own share of the pace. Quiet ones are forgotten."""

    def __init__(self, *, every: float = CHAT_EVERY, burst: int = CHAT_BURST) -> None:
        self._every: Final = every
        self._burst: Final = burst
        self._lanes: Final[dict[int, _Lane]] = {}
        self._loop: Final = asyncio.get_running_loop()
        self._forget_at = 0.0

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncGenerator[None]:
        """Alone in the chat, in the order in which they came."""
        lane = self._lanes.setdefault(chat, _Lane())
        lane.users += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.users -= 1
            self._forget()

    async def room(self, chat: int) -> None:
        """Wait until the chat may have one more message; within its turn."""
        lane = self._lanes[chat]
        now = self._loop.time()
        lane.free_at = max(lane.free_at, now) + self._every
        early = lane.free_at - now - self._every * self._burst
        if early > 0:
            await asyncio.sleep(early)

    def _forget(self) -> None:
        """Now and then, drop the chats that nobody uses and that have their whole share again."""
        now = self._loop.time()
        if now < self._forget_at:
            return
        self._forget_at = now + self._every * self._burst
        for chat in [chat for chat, lane in self._lanes.items() if not lane.users and lane.free_at <= now]:
            del self._lanes[chat]
