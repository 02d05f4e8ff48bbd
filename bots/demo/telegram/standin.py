"""A strict stand-in for the Telegram Bot API on loopback: the real bots, unmodified, run against it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import web

from bots.demo.clock import Clock, utc_now
from bots.demo.telegram.files import StoredFile
from bots.demo.telegram.people import People
from bots.demo.telegram.pictures import tells_place
from bots.demo.telegram.refusals import ApiError
from bots.demo.telegram.server import Call, Server
from bots.demo.telegram.views import ChatView, chat_view
from bots.demo.telegram.weather import Weather, bad_gateway
from bots.demo.telegram.world import BotAccount, Listener, World


class TelegramStandIn(People):
    """People, bots and the weather between them; it refuses what Telegram refuses, in Telegram's own words.

    Stricter than Telegram in two things: unknown parameters and fields are refused, where Telegram ignores many, and
    names of files that it would change.
    Everything happens in the event loop that serves it: call it from there only. Ids are the same in every run.
    """

    def __init__(self, *, bots: Mapping[str, BotAccount], now: Clock = utc_now, limits: bool = False) -> None:
        """`bots` by token; `limits`: more than 30 messages a second of one bot are answered with 429."""
        world = World(bots, now)
        super().__init__(world)
        self._weather: Final = Weather(limits=limits)
        self._server: Final = Server(world, self._weather)
        self._runner: web.AppRunner | None = None
        self._address = ""
        self.app: Final = self._server.application()

    async def start(self, port: int = 0) -> str:
        """Serve on loopback, on a free port unless told; gives the address."""
        # Long polls are ended by stop itself: there is nothing to wait for.
        runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self._runner = runner
        host, bound = runner.addresses[0][:2]
        self._address = f"http://{host}:{bound}"
        return self._address

    @property
    def address(self) -> str:
        """Where it serves, once it was started."""
        return self._address

    async def stop(self) -> None:
        """May be called twice."""
        self._end_polls()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def calls(self) -> list[Call]:
        """The latest calls of the bots, oldest first; a long poll is there once it is answered."""
        return list(self._server.calls)

    # What a person sees

    def chat(self, person: int, bot: str) -> ChatView:
        return chat_view(self._world.bot(bot), self._world.people[person], f"{self._address}/media")

    def data_at(self, url: str) -> bytes:
        """What a person finds under the address of a picture or document. Raises LookupError."""
        file = self._world.files.by_path(url.removeprefix(f"{self._address}/media/"))
        if file is None:
            raise LookupError(f"there is no file at {url}")
        return file.data

    def sender_of(self, bot: str, file_id: str) -> int | None:
        """Who sent the bot this photo or document; None where it is the bot's own, or none."""
        file, people = self._file(bot, file_id), self._world.people
        messages = (one for chat in self._world.bot(bot).chats.values() for one in chat.messages.values())
        held = (one.sender for one in messages if file and file in {one.photo, one.document})
        return next((sender for sender in held if sender in people), None)

    def file_name(self, bot: str, file_id: str) -> str:
        """The name of a file that the bot has; empty where it has none such."""
        file = self._file(bot, file_id)
        return file.name if file else ""

    def tells_place(self, bot: str, file_id: str) -> bool:
        """Whether a file that the bot has says where it was taken."""
        file = self._file(bot, file_id)
        return file is not None and tells_place(file.data)

    def _file(self, bot: str, file_id: str) -> StoredFile | None:
        try:
            return self._world.files.by_id(file_id, self._world.bot(bot).account.id)[0]
        except ApiError:
            return None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with (person, bot) whenever that chat looks different; gives what ends it."""
        self._world.listeners.append(listener)
        return lambda: self._world.listeners.remove(listener)

    async def wait_for(
        self, person: int, bot: str, condition: Callable[[ChatView], bool], *, timeout: float = 10
    ) -> ChatView:
        """The chat as soon as the condition holds. Raises TimeoutError with the chat's last lines."""
        changed = asyncio.Event()
        end = self.subscribe(lambda chat, name: changed.set() if (chat, name) == (person, bot) else None)
        try:
            async with asyncio.timeout(timeout):
                while not condition(view := self.chat(person, bot)):
                    changed.clear()
                    await changed.wait()
                return view
        except TimeoutError:
            lines = self.chat(person, bot).last_lines()
            raise TimeoutError(f"not seen within {timeout} s; the chat ends with:\n{lines}") from None
        finally:
            end()

    async def wait_for_poll(self, bot: str, *, timeout: float = 10) -> None:
        """Until the bot is awake and waits for updates in a long poll. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            await self._world.bot(bot).updates.is_polled.wait()

    # Weather

    def go_down(self, seconds: float | None) -> None:
        """Answer every call with 502 for so many seconds, or until come_back; what people do waits for the bots."""
        self._weather.go_down(seconds)
        self._end_polls()

    def come_back(self) -> None:
        self._weather.come_back()

    def seconds_down(self) -> float:
        """How long the outage still lasts; infinite until come_back, 0 in good weather."""
        return self._weather.seconds_down()

    def flood(self, *, retry_after: int, calls: int) -> None:
        """Answer the next so many calls, but getUpdates, with 429."""
        self._weather.flood(retry_after=retry_after, calls=calls)

    def lose_answers(self, calls: int, *, method: str | None = None) -> None:
        """Carry the next so many calls out, but drop the connection instead of answering.

        Of any method but getUpdates, unless one is named.
        """
        self._weather.lose_answers(calls, method)

    def _end_polls(self) -> None:
        for bot in self._world.bots.values():
            bot.updates.interrupt(bad_gateway())
