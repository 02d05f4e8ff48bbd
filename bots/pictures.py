"""Pictures that people send: each is cleaned in a thread before anything else sees it, two at a time in the process."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import structlog

from conversations.inbound import SentPhoto, Unusable, UnusablePhoto

CLEANED_AT_ONCE: Final = 2  # a picture needs a core, and up to 200 MB

#: Makes of a file what may be kept. Raises Unfit, in any thread.
Clean = Callable[[bytes], bytes]

_log = structlog.stdlib.get_logger(__name__)


class Unfit(Exception):
    """A file that cannot be taken as a picture."""

    def __init__(self, reason: Unusable) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Cleaner:
    """One for the process."""

    def __init__(self, clean: Clean) -> None:
        self._clean = clean
        # A task that gave up waiting leaves its thread at work: the pool counts threads, not tasks.
        self._threads: Final = ThreadPoolExecutor(CLEANED_AT_ONCE, thread_name_prefix="pictures")

    async def said(self, file: bytes) -> SentPhoto | UnusablePhoto:
        """What the person said by sending the file."""
        try:
            cleaned = await asyncio.get_running_loop().run_in_executor(self._threads, self._clean, file)
        except Unfit as unfit:
            return UnusablePhoto(unfit.reason)
        except Exception:
            _log.exception("a picture could not be cleaned", size=len(file))
            return UnusablePhoto(Unusable.BROKEN)
        return SentPhoto(cleaned)
