"""Files that people send, fetched from Telegram only once the talk wants them."""

import asyncio
from typing import Final

import structlog

from bots import texts
from bots.pictures import Cleaner
from bots.telegram.api import Api, FileTooLarge
from bots.telegram.errors import CallFailed, Remedy
from bots.telegram.read import Offer
from conversations.inbound import FileKind, Illegible, SentPhoto, SentText, Unusable, UnusablePhoto, UnusableText

LARGEST: Final = 20 * 1024 * 1024  # bytes; core.telegram.org/bots/api#getfile
LARGEST_TEXT: Final = 256 * 1024  # bytes: a contract of a hundred pages
FETCHED_AT_ONCE: Final = 4  # so many files are in memory
#: Seconds that the files of one batch of updates may take. All chats wait for the next batch, and no longer.
PATIENCE: Final = 20.0
TRIES: Final = 3
FIRST_WAIT: Final = 0.5  # seconds before the second try, doubled with each

_FOR_NOW: Final = frozenset({Remedy.WAIT, Remedy.BACK_OFF, Remedy.ASK_ONCE_MORE})
_log = structlog.stdlib.get_logger(__name__)


class Files:
    """One for each bot. Without a `cleaner` it takes no pictures."""

    def __init__(self, api: Api, cleaner: Cleaner | None) -> None:
        self._api = api
        self._cleaner = cleaner
        self._room = asyncio.Semaphore(FETCHED_AT_ONCE)

    async def said(self, offer: Offer, *, until: float) -> SentPhoto | UnusablePhoto | SentText | UnusableText | None:
        """What was offered, or why it cannot be had; None if such files are not taken at all.

        `until`: when to give up, by the loop's time.
        """
        if offer.kind is FileKind.TEXT:
            return await self._text(offer, until)
        return await self._picture(offer, until, self._cleaner) if self._cleaner else None

    async def _picture(self, offer: Offer, until: float, cleaner: Cleaner) -> SentPhoto | UnusablePhoto:
        try:
            async with asyncio.timeout_at(until), self._room:
                return await cleaner.said(await self._fetched(offer, LARGEST))
        except FileTooLarge:
            return UnusablePhoto(Unusable.TOO_LARGE)
        except (TimeoutError, CallFailed) as error:
            _log_loss(error)
            return UnusablePhoto(Unusable.UNREACHABLE)

    async def _text(self, offer: Offer, until: float) -> SentText | UnusableText:
        try:
            async with asyncio.timeout_at(until), self._room:
                file = await self._fetched(offer, LARGEST_TEXT)
                return await asyncio.to_thread(texts.said_in, file, offer.name)
        except FileTooLarge:
            return UnusableText(Illegible.TOO_LARGE)
        except (TimeoutError, CallFailed) as error:
            _log_loss(error)
            return UnusableText(Illegible.UNREACHABLE)

    async def _fetched(self, offer: Offer, most: int) -> bytes:
        """Raises FileTooLarge, and what stays failed after a few tries."""
        if offer.size > most:
            raise FileTooLarge
        wait = FIRST_WAIT
        for _ in range(TRIES - 1):
            try:
                return await self._api.download(offer.file_id, most=most)
            except CallFailed as failed:
                if failed.failure.remedy not in _FOR_NOW:
                    raise
                await asyncio.sleep(max(wait, failed.failure.seconds))
                wait *= 2
        return await self._api.download(offer.file_id, most=most)


def _log_loss(error: TimeoutError | CallFailed) -> None:
    _log.warning("a file cannot be had", error=f"{error}" or "it took too long")
