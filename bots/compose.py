"""The one place where all parts are tied together: it alone knows every concrete class and starts every task."""

import asyncio
import gc
import os
import platform
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlencode

import structlog

from bots.cashier import Cashier
from bots.courier import Courier
from bots.drawings import Drawings, cards_drawn, codes_drawn, days_drawn, minis_drawn
from bots.front import Front
from bots.health import Health
from bots.jobs import Jobs
from bots.papers import Papers
from bots.pictures import Cleaner, Unfit
from bots.settings import Settings, no_port, refused_token
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.api import Api
from bots.telegram.bot import TelegramBot
from bots.telegram.pace import CHAT_BURST, CHAT_EVERY, PER_SECOND, Lanes, Pace
from bots.telegram.poll import TokenRefused
from bots.telegram.read import CLIENTS
from bots.telegram.sender import Sender
from bots.till import NoTill, Till
from bots.web.server import Within, serving
from conversations.cards import Drawing
from conversations.clients import ClientsReception
from conversations.inbound import Unusable
from conversations.pictures import Form, drawn_card, picture_of
from conversations.screens import Drawn
from conversations.thanks import thanks
from conversations.words import Words
from core.back_office import BackOffice
from core.booking.day_view import SpotState, day_states
from core.minis.mini import Day, Mini
from core.minis.publish import LINK as MINI_LINK
from core.ports import Records
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
    reception: ClientsReception
    clients_bot: TelegramBot
    cashier: Cashier
    #: Where the web server is, on this machine.
    web: str
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
        async with AsyncExitStack() as ends:
            api = AiogramApi(token, address)
            ends.push_async_callback(api.close)
            till = await ends.enter_async_context(_till(settings))
            yield await ends.enter_async_context(_tied(settings, store, studio, api, till, limits))
    finally:
        await asyncio.to_thread(store.close)


@asynccontextmanager
async def _till(settings: Settings) -> AsyncGenerator[Till | None]:
    """Stripe, where it was set up; its library takes a while to import."""
    if not settings.stripe_key:
        yield None
        return
    from bots.stripe.api import Api as StripeApi
    from bots.stripe.till import StripeTill

    api = StripeApi(settings.stripe_key, settings.stripe)
    try:
        yield StripeTill(api)
    finally:
        await api.close()


@asynccontextmanager
async def _tied(
    settings: Settings, store: Store, studio: Studio, api: Api, till: Till | None, limits: Limits
) -> AsyncGenerator[Running]:
    tasks = _Tasks()
    pace = Pace(limits.per_second)
    lanes = Lanes(every=limits.chat_every, burst=limits.chat_burst)
    sender = Sender(api, channel=CLIENTS, home=settings.folder, pace=pace, lanes=lanes)

    def link_of(payload: str) -> str:
        return bot.link(payload)

    def return_of(payload: str, language: str) -> str:
        """With a public address there is a page for thanks; without, the payment page leads into the chat."""
        if not settings.public:
            return link_of(payload)
        return f"{settings.public}/thanks?{urlencode({'to': payload, 'lang': language})}"

    words = Words.load()
    reception = ClientsReception(
        studio_id=studio.id, words=words, link_of=link_of, return_of=return_of, takes_cards=till is not None
    )
    papers = Papers(store, words, studio.id, fonts=settings.folder / "fonts")
    drawings = Drawings(
        store,
        {
            "day": days_drawn(words, studio.id, _looks),
            "card": cards_drawn(words, studio.id, link_of),
            "code": codes_drawn(link_of),
            "mini": minis_drawn(studio.id),
        },
        home=settings.folder,
    )
    worker = f"{platform.node()}:{os.getpid()}"
    courier = Courier(store, reception, papers=papers, drawings=drawings, worker=worker, spawn=tasks.spawn)
    bot = TelegramBot(api, store, reception, sender, show=courier.show, spawn=tasks.spawn, cleaner=Cleaner(_cleaned))
    cashier = Cashier(store, till or NoTill(), office=BackOffice, spawn=tasks.spawn)
    jobs = Jobs(store, courier, cashier, office=partial(BackOffice, takes_cards=till is not None))
    within = Within(
        hear=_hear(settings, store),
        thanks=lambda language: thanks(words, language),
        link=lambda payload: bot.link(payload) if bot.username else "",
        front=Front(store, words, studio.id, home=settings.folder),
        card=_drawn(store, studio, drawings, lambda mini: drawn_card(mini.id, Form.PREVIEW)),
        photos=_drawn(store, studio, drawings, picture_of),
        public=settings.public,
        health=Health(store, bot, cashier if till else None).report,
    )

    async def serve_clients() -> None:
        await bot.wake()
        courier.serve(sender)
        await bot.run(studio.name)

    async with _web(settings, within) as web:
        jobs.start()
        clients = asyncio.create_task(serve_clients())
        try:
            yield Running(
                store=store,
                studio=studio,
                reception=reception,
                clients_bot=bot,
                cashier=cashier,
                web=web,
                clients=clients,
            )
        finally:
            clients.cancel()
            await asyncio.wait([clients])
            await jobs.stop()
            await tasks.end()


@asynccontextmanager
async def _web(settings: Settings, within: Within) -> AsyncGenerator[str]:
    """The web server, and its address. Raises SettingsWrong where it cannot listen."""
    async with AsyncExitStack() as ends:
        try:
            address = await ends.enter_async_context(serving(within, settings.http_host, settings.http_port))
        except OSError as error:
            raise no_port(settings.http_host, settings.http_port, error) from error
        yield address


def _hear(settings: Settings, store: Store) -> Callable[[bytes, str], Awaitable[bool]] | None:
    """Who hears Stripe's events; nobody where none are sent."""
    if not settings.stripe_hook:
        return None
    from bots.stripe.api import is_live
    from bots.stripe.listener import Listener

    return Listener(
        store,
        settings.stripe_hook,
        is_live=is_live(settings.stripe_key),
        office=BackOffice,
        # A signature is young or old by the machine's clock, not by the product's.
        clock=lambda: datetime.now(UTC),
    ).hear


def _looks(records: Records, studio: Studio, mini: Mini, day: Day) -> Sequence[SpotState]:
    return day_states(records, studio.id, mini.id, day.id)


def _drawn(
    store: Store, studio: Studio, drawings: Drawings, of: Callable[[Mini], str | Drawn | None]
) -> Callable[[str], Awaitable[bytes | None]]:
    """Draws what is seen of a mini on its page and on others', given its token."""

    def find(records: Records, token: str) -> str | Drawn | None:
        mini_id = records.links.find(studio.id, MINI_LINK, token)
        mini = records.minis.one(studio.id, mini_id) if mini_id else None
        return of(mini) if mini else None

    async def draw(token: str) -> bytes | None:
        drawn = await store.read(lambda records: find(records, token))
        return await drawings.fetch(Drawing(drawn.name, studio.locale)) if isinstance(drawn, Drawn) else None

    return draw


def _cleaned(data: bytes) -> bytes:
    """A client's photo without its metadata. Raises Unfit; Pillow is loaded with the first one."""
    from bots.printer.photos import PhotoRefused, clean

    try:
        return clean(data)
    except PhotoRefused as refused:
        raise Unfit(Unusable(refused.flaw.value)) from refused


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
        _log.info("Minis is up", studio=parts.studio.name, web=parts.web)
        parts.clients.add_done_callback(lambda _: over.set())
        await over.wait()
        if parts.clients.done():
            try:
                parts.clients.result()
            except TokenRefused as refused:
                raise refused_token() from refused
    _log.info("Minis is down")
