"""The one place where all parts are tied together: it alone knows every concrete class and starts every task."""

import asyncio
import gc
import os
import platform
import signal
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

import structlog

from bots.courier import Courier
from bots.jobs import Jobs
from bots.settings import Settings, refused_token
from bots.telegram.api import Api
from bots.telegram.clients import ClientsBot
from bots.telegram.pace import CHAT_BURST, CHAT_EVERY, PER_SECOND, Lanes, Pace
from bots.telegram.poll import TokenRefused
from bots.telegram.sender import Sender
from conversations.reception import Reception
from conversations.words import Words
from core.studio.studio import Studio
from storage.migrations import upgrade
from storage.store import Store

_log = structlog.stdlib.get_logger(__name__)


class NoStudio(Exception):
    """The database has no studio yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How fast the clients' bot may send; a bench sets Telegram's limits aside."""

    per_second: float | None = PER_SECOND
    chat_every: float = CHAT_EVERY
    chat_burst: int = CHAT_BURST


TELEGRAMS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running installation."""

    store: Store
    studio: Studio
    reception: Reception
    clients_bot: ClientsBot
    #: Ends by itself only with what the bot cannot go on after.
    clients: asyncio.Task[None]


def open_store(settings: Settings) -> Store:
    """The database at the present release. Opening it migrates it."""
    upgrade(settings.database)
    return Store.open(settings.database, link_key=settings.link_key)


@asynccontextmanager
async def running(settings: Settings, *, limits: Limits = TELEGRAMS) -> AsyncGenerator[Running]:
    """Run everything while within. A Telegram that does not answer is waited for.

    Raises:
        SettingsWrong: a setting is missing or no good.
        NoStudio: there is nobody to work for.
    """
    token, address = settings.clients_bot, settings.telegram
    store = await asyncio.to_thread(open_store, settings)
    try:
        studio = await store.read(lambda records: next(iter(records.studios.all()), None))
        if studio is None:
            raise NoStudio
        api = Api(token, address)
        try:
            async with _tied(settings, store, studio, api, limits) as parts:
                yield parts
        finally:
            await api.close()
    finally:
        await asyncio.to_thread(store.close)


@asynccontextmanager
async def _tied(settings: Settings, store: Store, studio: Studio, api: Api, limits: Limits) -> AsyncGenerator[Running]:
    tasks = _Tasks()
    pace = Pace(limits.per_second)
    lanes = Lanes(every=limits.chat_every, burst=limits.chat_burst)
    sender = Sender(api, home=settings.folder, pace=pace, lanes=lanes)

    def link_of(payload: str) -> str:
        return bot.link(payload)

    reception = Reception(studio_id=studio.id, words=Words.load(), link_of=link_of)
    courier = Courier(store, reception, worker=f"{platform.node()}:{os.getpid()}", spawn=tasks.spawn)
    bot = ClientsBot(api, store, reception, sender, show=courier.show, spawn=tasks.spawn)
    jobs = Jobs(store, courier)

    async def serve_clients() -> None:
        await bot.wake()
        courier.serve(sender)
        await bot.run(studio.name)

    jobs.start()
    clients = asyncio.create_task(serve_clients())
    try:
        yield Running(store=store, studio=studio, reception=reception, clients_bot=bot, clients=clients)
    finally:
        clients.cancel()
        await asyncio.wait([clients])
        await jobs.stop()
        await tasks.end()


class _Tasks:
    """The supervised place: whoever starts a task does it here, and none outlives the program."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start the work. If it fails that is a bug of ours, is logged, and no reason for the others to end."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def end(self) -> None:
        """Cancel whatever still runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _logged(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except Exception:
        _log.exception("a task failed")


# -- `minis up` --


def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM. Raises what `running` raises, and SettingsWrong if Telegram refuses the token."""
    # What is imported by now never goes: the collector need not look at it again, not even at the end.
    gc.freeze()
    asyncio.run(_run_until_told(settings))


async def _run_until_told(settings: Settings) -> None:
    over = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such handlers: there Ctrl-C interrupts the loop itself
        for ending in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, over.set)
    async with running(settings) as parts:
        _log.info("Minis is up", studio=parts.studio.name)
        parts.clients.add_done_callback(lambda _: over.set())
        await over.wait()
        if parts.clients.done():
            try:
                parts.clients.result()
            except TokenRefused as refused:
                raise refused_token() from refused
    _log.info("Minis is down")
