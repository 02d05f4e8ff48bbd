"""Pictures that clients send, fetched from Telegram only once the talk wants them."""

import asyncio
from typing import Final

import structlog
from aiogram.exceptions import AiogramError

from bots.pictures import Cleaner
from bots.telegram.api import Api, FileTooLarge
from bots.telegram.errors import Failure, Remedy, failure_of
from bots.telegram.read import Offer
from conversations.inbound import SentPhoto, Unusable, UnusablePhoto

LARGEST: Final = 20 * 1024 * 1024  # bytes; core.telegram.org/bots/api#getfile
FETCHED_AT_ONCE: Final = 4  # so many files are in memory
#: Seconds that the pictures of one batch of updates may take. All chats wait for the next batch, and no longer.
PATIENCE: Final = 20.0
TRIES: Final = 3
FIRST_WAIT: Final = 0.5  # seconds before the second try, doubled with each

_FOR_NOW: Final = frozenset({Remedy.WAIT, Remedy.BACK_OFF, Remedy.ASK_ONCE_MORE})
_log = structlog.stdlib.get_logger(__name__)


class Pictures:
    """One for each bot."""

    def __init__(self, api: Api, cleaner: Cleaner) -> None:
        self._api = api
        self._cleaner = cleaner
        self._room = asyncio.Semaphore(FETCHED_AT_ONCE)

    async def said(self, offer: Offer, *, until: float) -> SentPhoto | UnusablePhoto:
        """The picture that was offered, or why it cannot be had. `until`: when to give up, by the loop's time."""
        if offer.size > LARGEST:
            return UnusablePhoto(Unusable.TOO_LARGE)
        try:
            async with asyncio.timeout_at(until), self._room:
                return await self._cleaner.said(await self._fetched(offer.file_id))
        except FileTooLarge:
            return UnusablePhoto(Unusable.TOO_LARGE)
        except TimeoutError:
            _log.warning("a picture took too long")
        except AiogramError as error:
            _log.warning("Telegram does not give a picture", error=failure_of(error).error)
        return UnusablePhoto(Unusable.UNREACHABLE)

    async def _fetched(self, file_id: str) -> bytes:
        """Raises FileTooLarge, and what stays failed after a few tries."""
        wait = FIRST_WAIT
        for _ in range(TRIES - 1):
            try:
                return await self._api.download(file_id, most=LARGEST)
            except AiogramError as error:
                await asyncio.sleep(max(wait, _seconds_to_wait(failure_of(error), error)))
                wait *= 2
        return await self._api.download(file_id, most=LARGEST)


def _seconds_to_wait(failure: Failure, error: AiogramError) -> float:
    """Raises the error where waiting does not help."""
    if failure.remedy not in _FOR_NOW:
        raise error
    return failure.seconds
