"""One booking, lived from START to confirmation by somebody who does not know that the program is killed meanwhile.

They tap once and wait. Nobody taps again: what was lost must be found by the program itself.
"""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from bots.courier import LEASE, STALE
from bots.demo.guest import Guest, Lost, Persona, Wish
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import ChatView
from bots.demo.telegram.world import BotAccount
from core.booking.booking import LIVE_HOLD, State
from core.ports import Sending
from storage.store import Store
from storage.tables import outbox, talks
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
    died_as_told: bool
    #: What is wrong, in words; empty if nothing is.
    faults: list[str]


class Client(Guest):
    """A guest who is warned before the hold's end, keeps the time, and books."""

    def __init__(self, telegram: TelegramStandIn) -> None:
        super().__init__(telegram, BOT, Persona.called("Ana Torres"), pay=pays_nothing, patience=PATIENCE)
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
        while BOOKED not in said_by_bot(self.view):
            await self._go_on(Wish())
        return self.view

    async def sees(self, condition: Callable[[ChatView], bool]) -> ChatView:
        try:
            return await self._stand_in.wait_for(self.person, BOT, condition, timeout=PATIENCE)
        except TimeoutError as silence:
            raise Lost(str(silence)) from None


class Story:
    """A telling of the booking in which the program dies once, if it is told to, and is started again."""

    def __init__(self, nursery: Nursery, stage: Stage) -> None:
        self._nursery = nursery
        self._stage = stage
        self._telegram = TelegramStandIn(bots={TOKEN: BotAccount(id=7_000_001, username=BOT, name="Luna Photo")})
        self._client = Client(self._telegram)
        self._faults: list[str] = []
        self._lives: list[Program] = []

    async def tell(self, death: Death | None, *, without: str | None = None, within: float = PATIENCE) -> Ending:
        """Live it to its end, in so many seconds; `without` leaves out a guard in every life."""
        await self._telegram.start()
        try:
            first = await self._begin(death, without)
            again = asyncio.create_task(self._start_again(first, without))
            try:
                async with asyncio.timeout(within):
                    await self._book()
                    await self._until_quiet()
            except (Lost, TimeoutError) as silence:
                self._faults.append(
                    f"a chat is left silent ({self._stage.home}): {silence!r} {self._client.view.last_lines()}"
                )
            finally:
                again.cancel()
                await asyncio.wait([again])
                if not again.cancelled():
                    again.result()
                for life in self._lives:
                    await life.kill()
            return await asyncio.to_thread(self._end)
        finally:
            await self._telegram.stop()

    # -- lives of the program --

    async def _begin(self, death: Death | None, without: str | None) -> Program:
        settings: dict[str, Any] = {
            "home": str(self._stage.home),
            "clients_bot_token": TOKEN,
            "telegram_api_url": self._telegram.address,
            "database_url": self._stage.database_url,
            "secret_key": "key",
            "http_port": 0,
        }
        life = Program(self._nursery, settings, self._stage.home / f"life-{len(self._lives) + 1}.log")
        self._lives.append(life)
        await life.start(death=death, without=without)
        return life

    async def _start_again(self, life: Program, without: str | None) -> None:
        await life.is_dead.wait()
        if not life.died_as_told:
            self._faults.append("the program ended by itself")
            return
        said = said_by_bot(self._client.view)
        self._faults += await asyncio.to_thread(self._lies, said)
        await asyncio.to_thread(self._pass_time)
        await self._begin(None, without)

    def _lies(self, said: str) -> list[str]:
        """What the client was told and nobody remembers."""
        truth = truth_of(self._stage.database)
        states = {state for state, _ in truth.bookings}
        held = bool(states & {*map(str, LIVE_HOLD), State.CONFIRMED.value})
        return [
            f"said, and not kept: {words}"
            for words, is_true in (
                (HELD, held),
                (KEPT, any(extended for _, extended in truth.bookings)),
                (DONE, State.CONFIRMED.value in states),
            )
            if words in said and not is_true
        ]

    def _pass_time(self) -> None:
        """Nobody is there for as long as the dead program's screens and leases are still respected."""
        leased = rows(self._stage.database, outbox.select().where(outbox.c.state == Sending.LEASED.value))
        self._in_store(lambda records: records.clock.shift((LEASE if leased else STALE) + timedelta(seconds=1)))

    # -- the client --

    async def _book(self) -> None:
        client = self._client
        await client.open(self._stage.payload)
        await client.hold(Wish())
        await asyncio.to_thread(self._in_store, lambda records: records.clock.shift(WARNED_AFTER))
        await client.keep()
        await client.finish()

    async def _until_quiet(self) -> None:
        """Until nothing is due, and every screen is written down as shown."""
        while not await asyncio.to_thread(self._in_store, _is_quiet):
            await asyncio.sleep(GLANCE)

    # -- the end --

    def _end(self) -> Ending:
        return Ending(
            truth=truth_of(self._stage.database),
            points=self._lives[0].points,
            died_as_told=self._lives[0].died_as_told,
            faults=[*self._faults, *self._lost_updates(), *self._wrong_card(), *self._doubled()],
        )

    def _lost_updates(self) -> list[str]:
        pushed = {str(number) for number in range(100_000_001, self._telegram._world.bot(BOT).updates._next_id)}
        taken, errors = taken_updates(self._stage.database)
        lost = pushed ^ taken
        return [f"updates lost or made up: {sorted(lost)}"] * bool(lost) + [f"put aside: {error}" for error in errors]

    def _wrong_card(self) -> list[str]:
        """The talk knows the message of its present screen, and there it is."""
        (talk,) = rows(self._stage.database, talks.select())
        texts = {str(message.id): message.text for message in self._client.view.messages}
        if talk.card is None or DONE in texts.get(talk.card, ""):
            return []
        return [f"the last card is not the talk's: {texts.get(talk.card)!r}"]

    def _doubled(self) -> list[str]:
        """At most one message comes twice, and only if the program died while sending it."""
        sent = Counter(
            _NUMBERS.sub("#", str(call.params.get("text") or call.params.get("caption")))
            for call in self._telegram.calls
            if call.method.startswith("send") and call.outcome == "ok"
        )
        del sent[KEYBOARD_OFF]
        twice = [text for text, count in sent.items() for _ in range(count - 1)]
        left = [message.text for message in self._client.view.messages if message.text == KEYBOARD_OFF]
        allowed = int(self._lives[0].died_sending)
        extra = twice + left
        return [f"sent twice: {extra}"] if len(extra) > allowed else []

    def _in_store(self, work: Callable[[Any], T]) -> T:
        store = Store.open(self._stage.database)
        try:
            return store.do(work)
        finally:
            store.close()


def _is_quiet(records: Any) -> bool:
    deadline = records.clock.next_deadline()
    return not records.talks.unshown(1) and (deadline is None or deadline > records.now)


def staged(stage: Stage, home: Path) -> Stage:
    """A copy of the stage in another home, for one story on SQLite."""
    shutil.copytree(stage.home, home)
    return Stage(home=home, payload=stage.payload)
