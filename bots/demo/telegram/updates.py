"""What waits for a bot: its updates, in order, until it confirms them."""

import asyncio
from collections import deque
from collections.abc import Mapping
from itertools import islice
from typing import Final

from bots.demo.telegram.refusals import ApiError, conflict

BATCH_LIMIT: Final = 100  # updates; core.telegram.org/bots/api#getupdates
LONGEST_POLL: Final = 50  # seconds; td's server waits no longer

# What a bot gets without asking for it by name.
_LEFT_OUT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

Update = dict[str, object]


class UpdateQueue:
    """One bot's updates. At least once: they come again until a later offset confirms them."""

    def __init__(self) -> None:
        self.allowed: list[str] = []
        self._pending: deque[Update] = deque()
        self._next_id = 100_000_001
        self._poll: asyncio.Future[None] | None = None
        #: Set while a call waits here.
        self.is_polled = asyncio.Event()

    def __len__(self) -> int:
        return len(self._pending)

    def push(self, body: Mapping[str, object]) -> None:
        """Put an update at the end, if the bot takes its kind."""
        kind = next((key for key in body if key != "update_id"), "")
        if kind not in self.allowed if self.allowed else kind in _LEFT_OUT:
            return
        self._pending.append({**body, "update_id": self._next_id})
        self._next_id += 1
        self._wake()

    def clear(self) -> None:
        self._pending.clear()

    async def wait(self, *, offset: int, limit: int, timeout: float) -> list[Update]:
        """Confirm what lies before the offset, then give what waits, or wait for it as long as told.

        A newer call ends an older one. Raises ApiError.
        """
        self.interrupt(
            conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        )
        self._confirm(offset)
        if not self._pending and timeout > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            self.is_polled.set()
            try:
                async with asyncio.timeout(min(timeout, LONGEST_POLL)):
                    await poll
            except TimeoutError:
                pass
            finally:
                if self._poll is poll:
                    self._poll = None
                    self.is_polled.clear()
        return list(islice(self._pending, min(limit, BATCH_LIMIT)))

    def interrupt(self, error: ApiError) -> None:
        """End the call that waits now, if one does, with this error."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(error)

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:  # count from the end; all before are forgotten
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and int(str(self._pending[0]["update_id"])) < offset:
            self._pending.popleft()
