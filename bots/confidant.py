"""The confidant hears secrets that are said to a bot, before anybody writes anything down.

What it hands on is what came of one: locked, flawed, or nothing where nobody had asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from conversations.inbound import CheckedKey, FlawedKey, KeyFlaw, LockedHook, SecretKind
from core.ports import Records
from core.values.refusals import Trouble
from storage.store import Store

PATIENCE: Final = 15.0  # seconds: all chats wait for the next batch of updates meanwhile

Outcome = CheckedKey | LockedHook | FlawedKey

_log = structlog.stdlib.get_logger(__name__)


class Confidant:
    """One for the studio's bot.

    `asks`: whether who has this chat is asked for a secret now. `check` says what came of one, or raises Trouble.
    """

    def __init__(
        self,
        store: Store,
        *,
        asks: Callable[[Records, str], bool],
        check: Callable[[SecretKind, str], Awaitable[Outcome]],
    ) -> None:
        self._store = store
        self._asks = asks
        self._check = check

    async def outcome(self, chat: str, kind: SecretKind, secret: str) -> Outcome | None:
        """What came of the secret; None where it was not asked for. Never raises: nobody could say it once more."""
        try:
            if not await self._store.read(lambda records: self._asks(records, chat)):
                return None
            async with asyncio.timeout(PATIENCE):
                return await self._check(kind, secret)
        except (Trouble, TimeoutError) as trouble:
            _log.warning("a key could not be checked", error=repr(trouble))
        except Exception:
            _log.exception("a key could not be checked")
        return FlawedKey(KeyFlaw.UNREACHABLE)
