"""The clients' bot: updates in, answers and screens out. It decides nothing; the reception does."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeVar

import structlog
from aiogram.exceptions import AiogramError

from bots.pictures import Cleaner
from bots.telegram.api import Api
from bots.telegram.errors import Remedy, failure_of
from bots.telegram.pictures import PATIENCE, Pictures
from bots.telegram.poll import Poller, TokenRefused, Update
from bots.telegram.profile import FALLBACK, Profile, set_up_profile
from bots.telegram.read import CHANNEL, Elsewhere, Offer, Reachable, query_id, read
from bots.telegram.render import Call, as_send, render
from bots.telegram.sender import Sender
from conversations.cards import Card
from conversations.inbound import Inbound
from conversations.replies import Answer, Shown
from core.ports import Records
from core.values.refusals import Trouble
from storage.store import Store

AT_ONCE: Final = 32  # chats whose updates are answered side by side
WAITING_SCREENS: Final = 500  # beyond, no further update is taken: the senders cannot keep up
TRIES: Final = 5  # of an update whose unit of work failed for no fault of its own
FIRST_WAIT: Final = 0.1  # seconds before the second try, doubled with each
LONGEST_WAIT: Final = 5.0  # seconds between two greetings
GRACE: Final = 1.0  # seconds for the screens under way when all is over

_log = structlog.stdlib.get_logger(__name__)


class Host(Profile, Protocol):
    """What the bot needs of the reception."""

    def answer(self, records: Records, inbound: Inbound) -> Answer: ...
    def wants_photo(self, records: Records, channel: str, chat: str) -> bool: ...
    def apology(self, language: str) -> Card: ...
    def elsewhere(self, language: str) -> Card: ...


T = TypeVar("T")
Show = Callable[[str, str], Coroutine[None, None, None]]
Spawn = Callable[[Coroutine[None, None, None]], asyncio.Task[None]]


class ClientsBot:
    """One studio's bot for its clients.

    `show` brings the talk's present screen into a chat (channel, chat); `spawn` starts a supervised task. Without a
    `cleaner` no picture is taken.
    """

    def __init__(
        self,
        api: Api,
        store: Store,
        host: Host,
        sender: Sender,
        *,
        show: Show,
        spawn: Spawn,
        cleaner: Cleaner | None = None,
    ) -> None:
        self._api = api
        self._store = store
        self._host = host
        self._sender = sender
        self._show = show
        self._spawn = spawn
        self._pictures = Pictures(api, cleaner) if cleaner else None
        self._poller = Poller(api, self.take)
        self._chats_at_once = asyncio.Semaphore(AT_ONCE)
        self._responses: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(WAITING_SCREENS)
        #: Without @; empty until Telegram has said it.
        self.username = ""
        self.is_awake = asyncio.Event()

    @property
    def trouble(self) -> str:
        """What keeps the bot from working, in plain words; empty if nothing does."""
        return self._poller.trouble if self.is_awake.is_set() else "Telegram did not answer yet"

    def link(self, payload: str) -> str:
        """The address that opens the bot with the payload."""
        return f"https://t.me/{self.username}" + (f"?start={payload}" if payload else "")

    async def run(self, studio_name: str) -> None:
        """Take updates until cancelled, once the bot is awake. Raises TokenRefused."""
        self._spawn(set_up_profile(self._api, self._host, studio_name))
        try:
            await self._poller.run()
        finally:
            if self._responses:
                await asyncio.wait(self._responses, timeout=GRACE)

    async def wake(self) -> None:
        """Learn the bot's own name, as soon as Telegram answers. Raises TokenRefused."""
        wait = FIRST_WAIT
        while not self.username:
            try:
                self.username = (await self._api.call("getMe", {}))["username"]
            except AiogramError as error:
                failure = failure_of(error)
                if failure.remedy is Remedy.STOP:
                    raise TokenRefused(failure.error) from error
                _log.warning("Telegram does not answer", error=failure.error)
                await asyncio.sleep(max(wait, failure.seconds))
                wait = min(wait * 2, LONGEST_WAIT)
        self.is_awake.set()
        _log.info("the clients' bot is awake", bot=f"@{self.username}")

    # -- updates --

    async def take(self, batch: Sequence[Update]) -> None:
        """Answer the updates, those of one chat in their order; returns when each is committed."""
        chats: defaultdict[str, list[Update]] = defaultdict(list)
        for update in batch:
            chats[_chat_of(update)].append(update)
        until = asyncio.get_running_loop().time() + PATIENCE
        async with asyncio.TaskGroup() as group:
            for updates in chats.values():
                group.create_task(self._take_chat(updates, until))

    async def _take_chat(self, updates: list[Update], until: float) -> None:
        async with self._chats_at_once:
            for update in updates:
                await self._take_one(update, until)

    async def _take_one(self, update: Update, until: float) -> None:
        inbound = read(update, bot_id=self._api.bot_id, username=self.username)
        if isinstance(inbound, Offer):
            inbound = await self._received(inbound, until)
        answer: Answer | None = None
        match inbound:
            case Inbound():
                answer = await self._answer(inbound)
                await self._respond(update, inbound, answer)
            case Elsewhere():
                await self._start(self._point_home(inbound))
            case Reachable(_, is_reachable):  # who it was is nobody's business in a log
                _log.info("a chat was opened or blocked", reachable=is_reachable)
            case None:
                _log.debug("an update that says nothing to this bot", update=update.get("update_id"))
        if answer is None and (query := query_id(update)):
            await self._start(self._answer_press(query, Answer()))

    async def _answer(self, inbound: Inbound) -> Answer | None:
        """Commit the update and what it does; None if it had to be put aside. Raises only if not even that worked."""
        try:
            return await self._commit(inbound)
        except Exception as problem:
            await self._put_aside(inbound, problem)
            return None

    async def _received(self, offer: Offer, until: float) -> Inbound:
        """The picture itself if the talk wants one now; the chat's updates before it are answered already."""
        inbound = offer.inbound
        if self._pictures is None or not await self._wants_photo(inbound.chat):
            return inbound
        return replace(inbound, said=await self._pictures.said(offer, until=until))

    async def _wants_photo(self, chat: str) -> bool:
        try:
            return await _patiently(
                lambda: self._store.read(lambda records: self._host.wants_photo(records, CHANNEL, chat))
            )
        except Exception:  # the answer will meet it as well, and knows what to do
            _log.exception("nobody knows whether a picture is wanted")
            return False

    async def _commit(self, inbound: Inbound) -> Answer:
        """Answer in one unit of work; what failed for no fault of the update's is tried again."""
        return await _patiently(lambda: self._store.run(lambda records: self._host.answer(records, inbound)))

    async def _put_aside(self, inbound: Inbound, problem: Exception) -> None:
        """One poison update blocks no chat: it is kept for us to look at, and the person reads an apology."""
        _log.error("an update was put aside", key=inbound.key, exc_info=problem)
        body = f"{type(inbound.said).__name__} {inbound.said}"

        def write(records: Records) -> bool:
            is_new = records.inbox.take(inbound.source, inbound.key)
            if is_new:
                records.inbox.quarantine(inbound.source, inbound.key, body, f"{type(problem).__name__}: {problem}")
            return is_new

        if await self._store.run(write):
            card = self._host.apology(inbound.language)
            await self._start(self._say(Shown(channel=CHANNEL, chat=inbound.chat, card=card)))

    # -- what goes back --

    async def _respond(self, update: Update, inbound: Inbound, answer: Answer | None) -> None:
        if answer is None:
            return
        if query := query_id(update):
            await self._start(self._answer_press(query, answer))
        if answer.show:
            await self._start(self._show(CHANNEL, inbound.chat))

    async def _answer_press(self, query: str, answer: Answer) -> None:
        """The tapped button stops spinning. Too late or twice is no harm."""
        params: dict[str, object] = {"callback_query_id": query}
        if answer.toast:
            params |= {"text": answer.toast[:200], "show_alert": answer.alert}
        await self._sender.call_once(Call("answerCallbackQuery", params))

    async def _point_home(self, call: Elsewhere) -> None:
        """In a group the bot says once where it talks. Whether that arrives matters to nobody."""
        for one in as_send(render(self._host.elsewhere(FALLBACK)), call.chat_id):
            params = one.params | {"reply_parameters": {"message_id": call.message_id}}
            await self._sender.call_once(Call(one.method, params))

    async def _say(self, shown: Shown) -> None:
        async with self._sender.lane(shown.chat):
            await self._sender.send(shown, urgent=True)

    async def _start(self, response: Coroutine[None, None, None]) -> None:
        """Let the response go on by itself; waits while too many are under way."""
        await self._room.acquire()
        task = self._spawn(response)
        self._responses.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._responses.discard(task)
        self._room.release()


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Wait for a database that is in trouble, for a while."""
    wait = FIRST_WAIT
    for _ in range(TRIES - 1):
        try:
            return await work()
        except Trouble as trouble:
            _log.warning("an update must wait for the database", error=repr(trouble))
            await asyncio.sleep(wait)
            wait *= 2
    return await work()


def _chat_of(update: Update) -> str:
    """What keeps updates in order: the private chat is the person's."""
    for kind in ("message", "callback_query", "edited_message", "my_chat_member"):
        match update.get(kind):
            case {"from": {"id": person}}:
                return f"{person}"
            case _:
                pass
    return f"update {update.get('update_id')}"
