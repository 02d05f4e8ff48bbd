"""A booking, lived by somebody who does not know that the program is killed meanwhile.

They tap once and wait. Nobody taps again: what was lost must be found by the program itself.
"""

import asyncio
import re
import shutil
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from bots.courier import LEASE, STALE
from bots.demo.guest import Guest, Lost, Persona, Wish
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import ChatView
from bots.demo.telegram.world import BotAccount
from core.booking.booking import LIVE_HOLD, State
from core.messages.records import Sending
from storage.message_tables import outbox, talks
from storage.store import Store
from tests.bots.house import BOT, TOKEN, pays_nothing, said_by_bot
from tests.crash.nursery import Nursery
from tests.crash.program import Program
from tests.crash.seams import Death
from tests.crash.truth import Truth, taken_updates, truth_of
from tests.storage.raw import rows

WARNED_AFTER: Final = timedelta(minutes=12, seconds=1)  # of the 15 that a hold lasts
WARNING: Final = "Still there?"
KEPT: Final = "is held for you until"
HELD: Final = "is held for you for"
DONE: Final = "is yours."
BOOKED: Final = "You're booked"
KEYBOARD_OFF: Final = "👌"  # deleted as soon as it is there

PATIENCE: Final = 120.0  # seconds for a whole story on busy cores; it takes two
GLANCE: Final = 0.05  # seconds between two looks at the database

_NUMBERS: Final = re.compile(r"\d+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a story plays: a copy of the example studio, each time. `payload` opens its mini."""

    home: Path
    payload: str
    #: Empty for SQLite in the home.
    database_url: str = ""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'minis.db'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is left when all is over."""

    truth: Truth
    points: list[str]
    #: How many points each life after the first has reached.
    later_points: list[int]
    #: How many lives have died as told.
    died: int
    #: What is wrong, in words; empty if nothing is.
    faults: list[str]


class Client(Guest):
    """A guest who waits for what the bot says, however often it says it."""

    def __init__(self, telegram: TelegramStandIn, name: str = "Ana Torres") -> None:
        super().__init__(telegram, BOT, Persona.called(name), pay=pays_nothing, patience=PATIENCE)
        self._stand_in = telegram

    def _glass(self, view: ChatView) -> object:
        """The newest words and buttons, whatever message carries them.

        What comes once more, as after a death in the middle of its sending, answers nothing they did; nor does it that
        the keyboard goes, which is done before the answer is sent.
        """
        spoken = [message for message in view.messages if not message.mine and message.text != KEYBOARD_OFF]
        return [(message.text, [[one.text for one in row] for row in message.buttons]) for message in spoken[-1:]]

    async def keep(self) -> None:
        """Wait for the warning and tap "Keep it 15 more minutes"."""
        view = await self.sees(lambda view: WARNING in said_by_bot(view))
        warning = next(message for message in reversed(view.messages) if WARNING in message.text)
        self._stand_in.press(self.person, BOT, warning.id, 0, 0)
        await self.sees(lambda view: KEPT in said_by_bot(view))

    async def finish(self) -> ChatView:
        await self.go_on_until(lambda view: BOOKED in said_by_bot(view))
        return self.view

    async def go_on_until(self, condition: Callable[[ChatView], bool]) -> None:
        """Do what the bot asks for until the chat is as wanted."""
        while not condition(self.view):
            await self._go_on(Wish())

    def press(self, words: str) -> None:
        """Press the newest button with these words."""
        row, column, message = next(
            (y, x, message.id)
            for message in reversed(self.view.messages)
            for y, buttons in enumerate(message.buttons)
            for x, button in enumerate(buttons)
            if button.text == words
        )
        self._stand_in.press(self.person, BOT, message, row, column)

    async def reads(self, words: str) -> ChatView:
        return await self.sees(lambda view: words in said_by_bot(view))

    async def sees(self, condition: Callable[[ChatView], bool]) -> ChatView:
        try:
            return await self._stand_in.wait_for(self.person, BOT, condition, timeout=PATIENCE)
        except TimeoutError as silence:
            raise Lost(str(silence)) from None


class Story(ABC):
    """A telling in which the program dies where it is told to, once or more often, and is always started again."""

    #: In the talk's card at the end.
    LAST_WORDS: ClassVar[str] = DONE
    #: What happens, or is said, more or less often as it comes.
    VARIES: ClassVar[frozenset[str]] = frozenset()
    #: Whether dying begins only at some point of the story, where it calls the first life.
    BEGINS_LATER: ClassVar[bool] = False

    def __init__(self, nursery: Nursery, stage: Stage) -> None:
        self._nursery = nursery
        self._stage = stage
        self._telegram = TelegramStandIn(bots={TOKEN: BotAccount(id=7_000_001, username=BOT, name="Luna Photo")})
        self._client = Client(self._telegram)
        self._faults: list[str] = []
        self._lives: list[Program] = []

    async def tell(self, *deaths: Death, without: str | None = None, within: float = PATIENCE) -> Ending:
        """Live it to its end, in so many seconds. Each life has its death, while there are any.

        `without` leaves out a guard in every life.
        """
        async with self._outside():
            await self._bear(deaths[:1], without)
            lives = asyncio.create_task(self._start_again(deaths[1:], without))
            try:
                async with asyncio.timeout(within):
                    await self._live()
                    await self._until_quiet()
            except (Lost, TimeoutError) as silence:
                self._faults.append(
                    f"a chat is left silent ({self._stage.home}): {silence!r} {self._client.view.last_lines()}"
                )
            finally:
                lives.cancel()
                await asyncio.wait([lives])
                if not lives.cancelled():
                    lives.result()
                for life in self._lives:
                    await life.kill()
            truth = await asyncio.to_thread(truth_of, self._stage.database)
            return Ending(
                truth=truth.without(self.VARIES),
                points=self._lives[0].points,
                later_points=[len(life.points) for life in self._lives[1:]],
                died=sum(life.died_as_told for life in self._lives),
                faults=[*self._faults, *await asyncio.to_thread(self._faults_of_chats), *self._wrongs(truth)],
            )

    # -- what each story has of its own --

    @abstractmethod
    async def _live(self) -> None:
        """What the people of the story do, up to its last word."""

    @abstractmethod
    def _promises(self, truth: Truth) -> Mapping[str, bool]:
        """What a client may have been told, and whether what is kept bears it out."""

    @asynccontextmanager
    async def _outside(self) -> AsyncGenerator[None]:
        """The world around the program."""
        await self._telegram.start()
        try:
            yield
        finally:
            await self._telegram.stop()

    def _settings(self) -> dict[str, Any]:
        return {
            "home": str(self._stage.home),
            "clients_bot_token": TOKEN,
            "telegram_api_url": self._telegram.address,
            "database_url": self._stage.database_url,
            "secret_key": "key",
            "stripe_secret_key": "",
            "stripe_webhook_secret": "",
            "http_port": 0,
        }

    def _respected(self) -> timedelta:
        """For how long a dead program's screens and leases are still respected."""
        leased = rows(self._stage.database, outbox.select().where(outbox.c.state == Sending.LEASED.value))
        return LEASE if leased else STALE

    def _wrongs(self, truth: Truth) -> Iterable[str]:
        """What else is wrong at the end, in words."""
        return ()

    # -- lives of the program --

    async def _bear(self, deaths: Sequence[Death], without: str | None) -> None:
        life = Program(self._nursery, self._settings(), self._stage.home / f"life-{len(self._lives) + 1}.log")
        self._lives.append(life)
        waits = self.BEGINS_LATER and len(self._lives) == 1
        await life.start(death=next(iter(deaths), None), waits=waits, without=without)

    async def _start_again(self, deaths: Sequence[Death], without: str | None) -> None:
        while True:
            life = self._lives[-1]
            await life.is_dead.wait()
            if not life.died_as_told:
                self._faults.append("the program ended by itself")
                return
            said = said_by_bot(self._client.view)
            self._faults += self._lies(said, await asyncio.to_thread(truth_of, self._stage.database))
            await self._move_clock(await asyncio.to_thread(self._respected) + timedelta(seconds=1))
            await self._bear(deaths, without)
            deaths = deaths[1:]

    def _lies(self, said: str, kept: Truth) -> list[str]:
        """What the client was told and nobody remembers."""
        promises = self._promises(kept)
        return [f"said, and not kept: {words}" for words, is_true in promises.items() if words in said and not is_true]

    # -- time --

    async def _move_clock(self, by: timedelta) -> None:
        await asyncio.to_thread(self._in_store, lambda records: records.clock.shift(by))

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Until the database is as wanted."""
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(GLANCE)

    async def _until_quiet(self) -> None:
        """Until nothing is due, and every screen is written down as shown."""
        await self._until(lambda: self._in_store(_is_quiet))

    # -- the end --

    def _faults_of_chats(self) -> list[str]:
        return [*self._lost_updates(), *self._wrong_card(), *self._doubled()]

    def _lost_updates(self) -> list[str]:
        pushed = {str(number) for number in range(100_000_001, self._telegram._world.bot(BOT).updates._next_id)}
        taken, errors = taken_updates(self._stage.database)
        lost = pushed ^ taken
        return [f"updates lost or made up: {sorted(lost)}"] * bool(lost) + [f"put aside: {error}" for error in errors]

    def _wrong_card(self) -> list[str]:
        """The talk knows the message of its present screen, and there it is."""
        (talk,) = rows(self._stage.database, talks.select().where(talks.c.chat == str(self._client.person)))
        texts = {str(message.id): message.text for message in self._client.view.messages}
        if talk.card is None or self.LAST_WORDS in texts.get(talk.card, ""):
            return []
        return [f"the last card is not the talk's: {texts.get(talk.card)!r}"]

    def _doubled(self) -> list[str]:
        """At most one message comes twice, and only if the program died while sending it."""
        sent = Counter(
            (call.params["chat_id"], _NUMBERS.sub("#", _said(call.params)))
            for call in self._telegram.calls
            if call.method.startswith("send") and call.outcome == "ok"
        )
        twice = [
            text for (_, text), count in sent.items() for _ in range(count - 1) if not text.startswith(KEYBOARD_OFF)
        ]
        left = [message.text for message in self._client.view.messages if message.text == KEYBOARD_OFF]
        allowed = sum(life.died_sending for life in self._lives)
        extra = twice + left
        return [f"sent twice: {extra}"] if len(extra) > allowed else []

    def _in_store(self, work: Callable[[Any], T]) -> T:
        store = Store.open(self._stage.database)
        try:
            return store.do(work)
        finally:
            store.close()


def _said(params: Mapping[str, Any]) -> str:
    """The words and the buttons: a list of which something was ticked says the same, and is another screen."""
    return f"{params.get('text') or params.get('caption')}\n{params.get('reply_markup')}"


class KeptAndBooked(Story):
    """From START to the confirmation, warned of the hold's end on the way. No cards are taken: it is paid directly."""

    async def _live(self) -> None:
        client = self._client
        await client.open(self._stage.payload)
        await client.hold(Wish())
        await self._move_clock(WARNED_AFTER)
        await client.keep()
        await client.finish()

    def _promises(self, truth: Truth) -> Mapping[str, bool]:
        states = {state for state, _ in truth.bookings}
        return {
            HELD: bool(states & {*map(str, LIVE_HOLD), State.CONFIRMED.value}),
            KEPT: any(extended for _, extended in truth.bookings),
            DONE: State.CONFIRMED.value in states,
        }


def _is_quiet(records: Any) -> bool:
    deadline = records.clock.next_deadline()
    return not records.talks.unshown(1) and (deadline is None or deadline > records.now)


def staged(stage: Stage, home: Path) -> Stage:
    """A copy of the stage in another home, for one story on SQLite."""
    shutil.copytree(stage.home, home)
    return Stage(home=home, payload=stage.payload)
