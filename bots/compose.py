"""The one place where all parts are tied together: it alone knows every concrete class and starts every task."""

import asyncio
import os
import platform
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

import structlog

from bots.cashier import Cashier
from bots.claim import payload_if_unclaimed, the_studio
from bots.confidant import Confidant
from bots.courier import Courier
from bots.database import open_store
from bots.drawings import cards_of, drawings_of, photos_of
from bots.front import Front as Pages
from bots.health import Health
from bots.jobs import Jobs
from bots.papers import Papers
from bots.pictures import Cleaner, Unfit
from bots.settings import Settings, no_port
from bots.stripe.tied import Stripe
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.api import Api
from bots.telegram.bot import Host, TelegramBot
from bots.telegram.pace import CHAT_BURST, CHAT_EVERY, PER_SECOND, Lanes, Pace
from bots.telegram.ptb_api import PtbApi
from bots.telegram.read import CLIENTS, STUDIO
from bots.telegram.sender import Sender
from bots.till import Till
from bots.vault import Vault
from bots.web.server import Within, serving
from conversations.clients import ClientsReception
from conversations.inbound import Unusable
from conversations.studio.reception import StudioReception
from conversations.thanks import thanks
from conversations.turn import Front
from conversations.words import Words
from core.back_office import BackOffice
from core.studio.studio import Studio
from storage.store import Store

_log = structlog.stdlib.get_logger(__name__)


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
    #: None where the studio has no bot of its own.
    studio_bot: TelegramBot | None
    cashier: Cashier
    #: One of a studio's tills as it is now, by its name.
    till_of: Callable[[str, str], Awaitable[Till]]
    #: Where the web server is, on this machine.
    web: str
    #: Who serves each bot, by the setting of its token. They end by themselves only with what they cannot go on after.
    serving: Mapping[str, asyncio.Task[None]]
    #: Lets the bots' profiles follow the studio's name, as the clockwork does each minute.
    introduce: Callable[[], Awaitable[None]]

    @property
    def clients(self) -> asyncio.Task[None]:
        return self.serving["clients_bot_token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apis:
    clients: Api
    studio: Api | None


def _nobody_to_tell(_link: str) -> None:
    """Of a studio that nobody claimed."""


@asynccontextmanager
async def running(
    settings: Settings, *, limits: Limits = TELEGRAMS, unclaimed: Callable[[str], None] = _nobody_to_tell
) -> AsyncGenerator[Running]:
    """Run everything while within. A Telegram that does not answer is waited for, but for the very first start.

    `unclaimed` gets a new claim link as soon as the studio's bot is awake, if nobody has claimed the studio.

    Raises:
        SettingsWrong: a setting is missing or no good.
        NoStudio: there is nobody to work for, and no bot through which anybody could become the owner of a studio.
        TelegramSilent: nobody knows what the first studio is to be called.
    """
    store = await asyncio.to_thread(open_store, settings)
    try:
        async with AsyncExitStack() as ends:
            apis = _apis(settings)
            for api in filter(None, (apis.clients, apis.studio)):
                ends.push_async_callback(api.close)
            studio = await the_studio(store, apis.clients, can_be_claimed=apis.studio is not None)
            stripe = Stripe(settings, store, Vault(settings.link_key), studio.id)
            ends.push_async_callback(stripe.close)
            tied = _Tied(settings, store, studio, apis, stripe=stripe, limits=limits)
            yield await ends.enter_async_context(tied.awake(unclaimed))
    finally:
        await asyncio.to_thread(store.close)


def _apis(settings: Settings) -> _Apis:
    token = settings.studio_bot
    return _Apis(
        clients=AiogramApi(settings.clients_bot, settings.telegram),
        studio=PtbApi(token, settings.telegram) if token else None,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A bot and its way out."""

    bot: TelegramBot
    sender: Sender


class _Tied:
    """All parts of an installation, each given those that it needs."""

    def __init__(
        self, settings: Settings, store: Store, studio: Studio, apis: _Apis, *, stripe: Stripe, limits: Limits
    ) -> None:
        self._settings, self._store, self._studio, self._limits = settings, store, studio, limits
        self._tasks = _Tasks()
        self._cleaner = Cleaner(_cleaned)
        words = Words.load()
        front = Front(
            words,
            self._link_of,
            self._return_of,
            installation=stripe.installation,
            page_of=self._page_of,
            events_at=f"{settings.public}/stripe" if settings.public else "",
        )
        self._stripe = stripe
        self._office = partial(BackOffice, installation=stripe.installation)
        self._reception = ClientsReception(
            studio_id=studio.id,
            words=words,
            link_of=front.link_of,
            return_of=front.return_of,
            installation=stripe.installation,
        )
        team = StudioReception(studio_id=studio.id, front=front, door=self._door_of)
        hosts: dict[str, ClientsReception | StudioReception] = {CLIENTS: self._reception}
        if apis.studio:
            hosts[STUDIO] = team
        papers = Papers(store, words, studio.id, fonts=settings.folder / "fonts")
        worker = f"{platform.node()}:{os.getpid()}"
        drawings = drawings_of(store, words, studio.id, front.link_of, home=settings.folder)
        self._courier = Courier(store, hosts, papers=papers, drawings=drawings, worker=worker, spawn=self._tasks.spawn)
        self._clients = self._line(apis.clients, CLIENTS, self._reception)
        confidant = Confidant(
            store, asks=lambda records, chat: team.asks_for_secret(records, STUDIO, chat), check=stripe.check
        )
        self._team = self._line(apis.studio, STUDIO, team, confidant) if apis.studio else None
        self._cashier = Cashier(store, stripe.till_of, office=BackOffice, spawn=self._tasks.spawn)
        bots = {line.sender.channel: line.bot for line in self._lines}
        self._within = Within(
            hear=stripe.hear,
            thanks=lambda language: thanks(words, language),
            link=lambda payload: self._link_of(payload) if self._clients.bot.username else "",
            front=Pages(store, words, studio.id, home=settings.folder),
            card=cards_of(store, studio, drawings),
            photos=photos_of(store, studio, drawings),
            public=settings.public,
            health=Health(store, bots, self._no_till).report,
        )

    @property
    def _lines(self) -> list[_Line]:
        return [line for line in (self._clients, self._team) if line]

    def _line(self, api: Api, channel: str, host: Host, confidant: Confidant | None = None) -> _Line:
        pace = Pace(self._limits.per_second)
        lanes = Lanes(every=self._limits.chat_every, burst=self._limits.chat_burst)
        sender = Sender(api, channel=channel, home=self._settings.folder, pace=pace, lanes=lanes)
        show, spawn = self._courier.show, self._tasks.spawn
        cleaner = self._cleaner
        bot = TelegramBot(api, self._store, host, sender, show=show, spawn=spawn, cleaner=cleaner, confidant=confidant)
        return _Line(bot, sender)

    def _link_of(self, payload: str) -> str:
        return self._clients.bot.link(payload)

    def _return_of(self, payload: str, language: str) -> str:
        """With a public address there is a page for thanks; without, the payment page leads into the chat."""
        if not self._settings.public:
            return self._link_of(payload)
        return f"{self._settings.public}/thanks?{urlencode({'to': payload, 'lang': language})}"

    def _page_of(self, link: str) -> str:
        """With a public address every mini has a page."""
        return f"{self._settings.public}/m/{link}" if self._settings.public else ""

    def _door_of(self, payload: str) -> str:
        return self._team.bot.link(payload) if self._team else ""

    @asynccontextmanager
    async def awake(self, unclaimed: Callable[[str], None]) -> AsyncGenerator[Running]:
        jobs = Jobs(self._store, self._courier, self._cashier, office=self._office, each_minute=self._introduce)
        async with _web(self._settings, self._within) as web:
            await self._look_at_key()
            jobs.start()
            serving = {"clients_bot_token": asyncio.create_task(self._serve(self._clients))}
            if self._team:
                serving["studio_bot_token"] = asyncio.create_task(self._serve(self._team))
                self._tasks.spawn(self._look_for_owner(self._team.bot, unclaimed))
            try:
                yield Running(
                    store=self._store,
                    studio=self._studio,
                    reception=self._reception,
                    clients_bot=self._clients.bot,
                    studio_bot=self._team.bot if self._team else None,
                    cashier=self._cashier,
                    till_of=self._stripe.till_of,
                    web=web,
                    serving=serving,
                    introduce=self._introduce,
                )
            finally:
                for task in serving.values():
                    task.cancel()
                await asyncio.wait(serving.values())
                await jobs.stop()
                await self._tasks.end()

    async def _serve(self, line: _Line) -> None:
        await line.bot.wake()
        self._courier.serve(line.sender)
        await line.bot.run(self._studio.name)

    async def _no_till(self) -> str:
        """Why no cards are taken now, in plain words: of former tills nobody needs to hear here."""
        return await self._stripe.state() or self._cashier.trouble_of(self._studio.id, await self._stripe.present())

    async def _look_at_key(self) -> None:
        """Say at the start if the studio's own key is not to be opened; all else goes on."""
        if why := await self._stripe.locked_out():
            _log.error(why)

    async def _look_for_owner(self, bot: TelegramBot, unclaimed: Callable[[str], None]) -> None:
        await bot.is_awake.wait()
        payload = await self._store.run(lambda records: payload_if_unclaimed(records, self._studio.id))
        if payload:
            unclaimed(bot.link(payload))

    async def _introduce(self) -> None:
        """The bots' menus and descriptions follow the studio's name."""
        studio = await self._store.read(lambda records: records.studios.one(self._studio.id))
        for line in self._lines:
            await line.bot.introduce(studio.name if studio else self._studio.name)


@asynccontextmanager
async def _web(settings: Settings, within: Within) -> AsyncGenerator[str]:
    """The web server, and its address. Raises SettingsWrong where it cannot listen."""
    async with AsyncExitStack() as ends:
        try:
            address = await ends.enter_async_context(serving(within, settings.http_host, settings.http_port))
        except OSError as error:
            raise no_port(settings.http_host, settings.http_port, error) from error
        yield address


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
