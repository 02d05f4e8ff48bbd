"""Our own long polling: an update is confirmed to Telegram only once it is durable here, so that none is lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog

from bots.telegram.api import Api
from bots.telegram.errors import CallFailed, Remedy

Update = dict[str, Any]

LISTEN_FOR: Final = 30  # seconds that Telegram keeps an empty answer back
LONGEST_WAIT: Final = 5.0  # seconds between two tries while Telegram is down: people wait
AFTER_CONFLICT: Final = 10.0  # seconds
#: What a bot understands; Telegram sends nothing else.
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")

_log = structlog.stdlib.get_logger(__name__)


class TokenRefused(Exception):
    """Telegram does not know the bot's token."""


class Poller:
    """Asks for updates, and hands each batch to `take`, which returns when all of it is committed.

    If `take` fails the same updates come again; those of them that were committed are known by their keys.
    """

    def __init__(self, api: Api, take: Callable[[Sequence[Update]], Awaitable[None]]) -> None:
        self._api = api
        self._take = take
        self._offset = 0
        #: Why no updates come at present, in plain words; empty while they do.
        self.trouble = ""

    async def run(self) -> None:
        """Poll until cancelled, which may be at any moment. Raises TokenRefused."""
        wait = 0.0
        while True:
            try:
                await self._poll()
            except CallFailed as failed:
                failure = failed.failure
                if failure.remedy is Remedy.STOP:
                    raise TokenRefused(failure.error) from failed
                wait = self._note(failure.remedy, failure.error) or failure.seconds or _longer(wait)
                await asyncio.sleep(wait)
            except Exception:
                _log.exception("updates could not be taken; they will come again")
                wait = _longer(wait)
                await asyncio.sleep(wait)
            else:
                if self.trouble:
                    _log.info("updates come again")
                wait, self.trouble = 0.0, ""

    async def _poll(self) -> None:
        asked = {"offset": self._offset, "timeout": LISTEN_FOR, "allowed_updates": list(ALLOWED)}
        batch: list[Update] = await self._api.call("getUpdates", asked, answer_in=LISTEN_FOR + 10)
        if batch:
            await self._take(batch)
            self._offset = int(batch[-1]["update_id"]) + 1

    def _note(self, remedy: Remedy, error: str) -> float:
        """Say once what is wrong; gives how long to wait, if that is fixed."""
        if remedy is Remedy.YIELD:
            if not self.trouble:
                what = "another program takes this bot's updates: one token is for one program"
                _log.error(what, bot=self._api.bot_id, error=error)
            self.trouble = "another program takes this bot's updates"
            return AFTER_CONFLICT
        if not self.trouble:
            _log.warning("Telegram does not answer", bot=self._api.bot_id, error=error)
        self.trouble = "Telegram does not answer"
        return 0.0


def _longer(wait: float) -> float:
    return min(max(wait * 2, 0.5), LONGEST_WAIT)
