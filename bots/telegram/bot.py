"""The clients' bot or the studio's: updates in, answers and screens out. It decides nothing; its host does."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeVar

import structlog

from bots.confidant import Confidant
from bots.pictures import Cleaner
from bots.telegram.api import Api
from bots.telegram.errors import CallFailed, Remedy
from bots.telegram.files import PATIENCE, Files
from bots.telegram.poll import Poller, TokenRefused, Update
from bots.telegram.profile import FALLBACK, Profile, menu_of_chat, set_up_profile
from bots.telegram.read import Elsewhere, Offer, Reachable, Secret, query_id, read
from bots.telegram.render import Call, as_send, render
from bots.telegram.sender import Sender
from conversations.cards import Card
from conversations.inbound import NO_FILE, Confided, FileKind, Inbound
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

_FOR_NOW: Final = frozenset({Remedy.WAIT, Remedy.BACK_OFF, Remedy.ASK_ONCE_MORE})

_log = structlog.stdlib.get_logger(__name__)


class Host(Profile, Protocol):
    """What the bot needs of whoever receives people in its chats."""

    def answer(self, records: Records, inbound: Inbound) -> Answer: ...
    def wants(self, records: Records, channel: str, chat: str) -> Collection[FileKind]: ...
    def apology(self, language: str) -> Card: ...
    def elsewhere(self, language: str) -> Card | None:
        """What is said in a group that calls the bot; None for nothing at all."""
        ...


T = TypeVar("T")
Show = Callable[[str, str], Coroutine[None, None, None]]
Spawn = Callable[[Coroutine[None, None, None]], asyncio.Task[None]]


class TelegramBot:
    """One bot; its channel is its sender's.

    `show` brings the talk's present screen into a chat (channel, chat); `spawn` starts a supervised task. Without a
    `cleaner` no picture is taken, without a `confidant` no secret.
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
        confidant: Confidant | None = None,
    ) -> None:
        self._api = api
        self._store = store
        self._host = host
        self._sender = sender
        self._show = show
        self._spawn = spawn
        self._channel = sender.channel
        self._files = Files(api, cleaner)
        self._confidant = confidant
        self._poller = Poller(api, self.take)
        self._chats_at_once = asyncio.Semaphore(AT_ONCE)
        self._responses: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(WAITING_SCREENS)
        #: Without @; empty until Telegram has said it.
        self.username = ""
        #: The studio's name that its profile goes by.
        self._introduced_for = ""
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
        self._spawn(self.introduce(studio_name))
        try:
            await self._poller.run()
        finally:
            if self._responses:
                await asyncio.wait(self._responses, timeout=GRACE)

    async def introduce(self, studio_name: str) -> None:
        """Set menus and descriptions for a studio of this name, unless they were; a bot that sleeps does so later."""
        if self.is_awake.is_set() and self._introduced_for != studio_name:
            self._introduced_for = studio_name
            await set_up_profile(self._api, self._host, studio_name)

    async def wake(self) -> None:
        """Learn the bot's own name, as soon as Telegram answers. Raises TokenRefused."""
        wait = FIRST_WAIT
        while not self.username:
            try:
                self.username = (await self._api.call("getMe", {}))["username"]
            except CallFailed as failed:
                failure = failed.failure
                if failure.remedy is Remedy.STOP:
                    raise TokenRefused(failure.error) from failed
                _log.warning("Telegram does not answer", channel=self._channel, error=failure.error)
                await asyncio.sleep(max(wait, failure.seconds))
                wait = min(wait * 2, LONGEST_WAIT)
        self.is_awake.set()
        _log.info("a bot is awake", channel=self._channel, bot=f"@{self.username}")

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
        inbound = read(update, channel=self._channel, bot_id=self._api.bot_id, username=self.username)
        if isinstance(inbound, Offer):
            inbound = await self._received(inbound, until)
        elif isinstance(inbound, Secret):
            inbound = await self._confided(inbound)
        answer: Answer | None = None
        match inbound:
            case Inbound():
                answer = await self._answer(inbound)
                await self._respond(update, inbound, answer)
            case Elsewhere():
                if card := self._host.elsewhere(FALLBACK):
                    await self._start(self._point_home(card, inbound))
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
        """The file itself if the talk wants such a one now; the chat's updates before it are answered already."""
        inbound = offer.inbound
        if offer.kind not in await self._wanted(inbound.chat):
            return inbound
        return replace(inbound, said=await self._files.said(offer, until=until) or inbound.said)

    async def _confided(self, secret: Secret) -> Inbound:
        """What came of a secret. Its message goes first, whatever it is good for."""
        deleted = await self._delete(secret.inbound.chat, secret.message_id)
        outcome = None
        if self._confidant and secret.is_meant:
            outcome = await self._confidant.outcome(secret.inbound.chat, secret.kind, secret.secret)
        return replace(secret.inbound, said=Confided(secret.kind, deleted=deleted, outcome=outcome))

    async def _delete(self, chat: str, message_id: int) -> bool:
        """Whether the message is gone, by this or by an earlier try."""
        wait = FIRST_WAIT
        for _ in range(TRIES):
            try:
                await self._api.call("deleteMessage", {"chat_id": int(chat), "message_id": message_id})
            except CallFailed as failed:
                if "message to delete not found" in failed.failure.error.lower():
                    return True
                if failed.failure.remedy not in _FOR_NOW:
                    break
                await asyncio.sleep(max(wait, min(failed.failure.seconds, LONGEST_WAIT)))
                wait *= 2
            else:
                return True
        _log.error("a message with a secret in it could not be deleted", channel=self._channel)
        return False

    async def _wanted(self, chat: str) -> Collection[FileKind]:
        try:
            return await _patiently(
                lambda: self._store.read(lambda records: self._host.wants(records, self._channel, chat))
            )
        except Exception:  # the answer will meet it as well, and knows what to do
            _log.exception("nobody knows whether a file is wanted")
            return NO_FILE

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
            await self._start(self._say(inbound.chat, card))

    # -- what goes back --

    async def _respond(self, update: Update, inbound: Inbound, answer: Answer | None) -> None:
        if answer is None:
            return
        if query := query_id(update):
            await self._start(self._answer_press(query, answer))
        if answer.menu is not None:
            await self._start(self._set_menu(inbound.chat, answer.menu))
        if answer.card:
            await self._start(self._say(inbound.chat, answer.card))
        if answer.show:
            await self._start(self._show(self._channel, inbound.chat))

    async def _answer_press(self, query: str, answer: Answer) -> None:
        """The tapped button stops spinning. Too late or twice is no harm."""
        params: dict[str, object] = {"callback_query_id": query}
        if answer.toast:
            params |= {"text": answer.toast[:200], "show_alert": answer.alert}
        await self._sender.call_once(Call("answerCallbackQuery", params))

    async def _set_menu(self, chat: str, menu: tuple[tuple[str, str], ...]) -> None:
        """Without its menu a chat works all the same."""
        await self._sender.call_once(menu_of_chat(chat, menu))

    async def _point_home(self, card: Card, call: Elsewhere) -> None:
        """In a group the bot says once where it talks. Whether that arrives matters to nobody."""
        for one in as_send(render(card), call.chat_id):
            params = one.params | {"reply_parameters": {"message_id": call.message_id}}
            await self._sender.call_once(Call(one.method, params))

    async def _say(self, chat: str, card: Card) -> None:
        """Bring a card that is no talk's."""
        async with self._sender.lane(chat):
            await self._sender.send(Shown(channel=self._channel, chat=chat, card=card), urgent=True)

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
