"""`minis up`: what the command line waits for."""

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import suppress

import structlog

from bots.claim import invitation
from bots.compose import Running, running
from bots.settings import Settings, refused_token
from bots.telegram.poll import TokenRefused

_log = structlog.stdlib.get_logger(__name__)


def run(settings: Settings, tell: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM; `tell` puts words before whoever started it.

    Raises what `running` raises, and SettingsWrong if Telegram refuses a token.
    """
    # What is imported by now never goes: the collector need not look at it again, not even at the end.
    gc.freeze()
    asyncio.run(_run_until_told(settings, tell))


async def _run_until_told(settings: Settings, tell: Callable[[str], None]) -> None:
    over = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such handlers: there Ctrl-C interrupts the loop itself
        for ending in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, over.set)
    async with running(settings, unclaimed=lambda link: tell(invitation(link))) as parts:
        _log.info("Minis is up", studio=parts.studio.name, web=parts.web)
        for task in parts.serving.values():
            task.add_done_callback(lambda _: over.set())
        await over.wait()
        _look_why(parts)
    _log.info("Minis is down")


def _look_why(parts: Running) -> None:
    """Raise what ended a bot, if it was not told to."""
    for field, task in parts.serving.items():
        if task.done():
            try:
                task.result()
            except TokenRefused as refused:
                raise refused_token(field) from refused
