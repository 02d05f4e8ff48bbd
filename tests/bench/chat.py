"""`update.*`, `chat.race`, `memory.growth`: the real clients' bot in a process of its own, and people who talk to it.

The people and Telegram are this process. The clock runs from an update that is ready to the card that answers it.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from core.minis.publish import LINK
from core.ports import Records
from storage.migrations import upgrade
from tests.bench.children import child, our_bot, resident_bytes
from tests.bench.houses import FIRST_DAY, MINI, STUDIO, add_day, folder, open_store, spot_name
from tests.bench.loopback import Loopback, Seen
from tests.bench.rows import Pair, Row, at_least, at_most

AT_ONCE = 32
STEPS = 6  # updates of one person: the link, "book", the time, name, e-mail, phone; the time is the deed "hold"
SPOTS = 10  # of each mini: they stand on one card
PEOPLE = 8  # who hold a spot of one mini
RACED = 20  # spots, of two minis
PATIENCE = 60.0  # seconds
STRANGER = 1_000_000  # the first person's id

# -- people --


@dataclass(slots=True)
class Person:
    """Somebody at a phone, who answers what is on the newest card."""

    id: int
    #: What stands behind the link they open.
    payload: str
    #: The spot they press if it is offered, else the first that is.
    spot: str = ""
    card: Seen | None = None
    #: Updates they sent, and cards that answered them.
    said: int = 0
    sent_at: float = 0.0
    answered: "asyncio.Event" = field(default_factory=asyncio.Event)

    def act(self, loopback: Loopback) -> None:
        """Do the next thing: open the link, press a choice, or type."""
        self.answered.clear()
        self.said += 1
        self.sent_at = perf_counter()
        card = self.card
        if card is None:
            loopback.type_text(self.id, f"/start {self.payload}")
        elif choices := [press for press in card.presses if press.partition(":")[0].isdecimal()]:
            spots = [press for press in choices if press.partition(":")[2].startswith("spot")]
            mine = next((press for press in spots if press.endswith(f":{self.spot}")), None)
            loopback.press(self.id, card.message_id, mine or (spots or choices)[0])
        else:
            loopback.type_text(self.id, "ana@example.com" if "mail" in card.text else "Skip")


class Crowd:
    """The people of one bot, and its Telegram."""

    def __init__(self) -> None:
        self.loopback = Loopback(self._arrived)
        self.people: dict[int, Person] = {}
        self.seconds: list[float] = []

    def add(self, person: Person) -> Person:
        self.people[person.id] = person
        return person

    async def turn(self, person: Person) -> None:
        """One update and its answer. Raises TimeoutError where none comes."""
        person.act(self.loopback)
        async with asyncio.timeout(PATIENCE):
            await person.answered.wait()

    def _arrived(self, card: Seen) -> None:
        person = self.people[card.chat]
        if person.answered.is_set():
            return
        self.seconds.append(card.at - person.sent_at)
        person.card = card
        person.answered.set()


# -- bots --


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs, its crowd, and who comes next to it."""

    crowd: Crowd
    newcomers: Callable[[], Person]
    pid: int


@asynccontextmanager
async def ours(home: Path, people: int, *, spots_for: int = PEOPLE) -> AsyncGenerator[Bot]:
    """The real bot with spots for so many people; those of one mini choose among the same spots."""
    payloads = _furnished(home, minis=-(-people // spots_for))
    numbers = count()

    def newcomer() -> Person:
        number = next(numbers)
        spot = spot_name(number // spots_for * SPOTS + number % min(spots_for, SPOTS))
        return crowd.add(Person(STRANGER + number, payloads[number // spots_for], spot))

    crowd = Crowd()
    async with crowd.loopback.serving() as address, our_bot(home, address, "--unlimited") as process:
        await asyncio.wait_for(crowd.loopback.is_polled.wait(), PATIENCE)
        yield Bot(crowd, newcomer, process.pid)


@asynccontextmanager
async def plain(*arguments: str) -> AsyncGenerator[Bot]:
    """The hand-written bot."""
    numbers = count()
    crowd = Crowd()

    def newcomer() -> Person:
        number = next(numbers)
        return crowd.add(Person(STRANGER + number, "", f"{number % RACED}"))

    async with crowd.loopback.serving() as address, child("tests.bench.plain_bot", address, *arguments) as process:
        await asyncio.wait_for(crowd.loopback.is_polled.wait(), PATIENCE)
        yield Bot(crowd, newcomer, process.pid)


def _furnished(home: Path, *, minis: int) -> list[str]:
    """A database with so many minis, each on a day of its own; gives their links' payloads."""
    url = f"sqlite:///{home}/minis.db"
    upgrade(url)

    def furnish(records: Records) -> list[str]:
        records.studios.add(STUDIO)
        return [f"m_{_add_mini(records, number)}" for number in range(minis)]

    with closing(open_store(url)) as store:
        return store.do(furnish)


def _add_mini(records: Records, number: int) -> str:
    mini = replace(MINI, id=f"mini{number}")
    records.minis.add(mini)
    add_day(records, mini, FIRST_DAY + timedelta(days=number), number * SPOTS, SPOTS)
    return records.links.add(STUDIO.id, LINK, mini.id, 1)


# -- rows --


def c32() -> Row:
    return asyncio.run(_c32())


async def _c32(rounds: int = 5, people: int = 96) -> Row:
    pairs: list[Pair] = []
    async with AsyncExitStack() as stack:
        home = stack.enter_context(folder())
        our = await stack.enter_async_context(ours(home, people * (rounds + 1)))
        theirs = await stack.enter_async_context(plain())
        for number in range(rounds + 1):
            pair = [await _updates_a_second(bot, people) for bot in ((our, theirs) if number % 2 else (theirs, our))]
            pairs.append(Pair(*(pair if number % 2 else reversed(pair))))
        _check_holds(home, people * (rounds + 1))
    return at_least(0.7, "update.sqlite.c32", "updates/s", pairs[1:])


async def _updates_a_second(bot: Bot, people: int) -> float:
    """So many people walk through the talk, at any time as many as may be at once."""
    waiting = [bot.newcomers() for _ in range(people)]
    began = perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(_serve(bot, waiting))
    return people * STEPS / (perf_counter() - began)


async def _serve(bot: Bot, waiting: list[Person]) -> None:
    while waiting:
        person = waiting.pop()
        for _ in range(STEPS):
            await bot.crowd.turn(person)


def _check_holds(home: Path, expected: int) -> None:
    with closing(sqlite3.connect(home / "minis.db")) as connection:
        [(held, spots)] = connection.execute("SELECT count(*), count(DISTINCT spot_id) FROM claims").fetchall()
    if (held, spots) != (expected, expected):
        raise AssertionError(f"{expected} spots should be held, each once; there are {held} claims of {spots} spots")


def p99() -> Row:
    return asyncio.run(_p99())


async def _p99(a_second: int = 50, seconds: int = 30) -> Row:
    people = a_second * seconds // STEPS + 1
    async with AsyncExitStack() as stack:
        home = stack.enter_context(folder())
        bot = await stack.enter_async_context(ours(home, people + AT_ONCE))
        await _updates_a_second(bot, AT_ONCE)
        bot.crowd.seconds.clear()
        walks = [bot.newcomers() for _ in range(people)]
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(a_second * seconds):
                await asyncio.sleep(max(began + number / a_second - perf_counter(), 0))
                group.create_task(_turn_after_the_last(bot.crowd, walks[number % people]))
    percentiles = quantiles(bot.crowd.seconds, n=100)
    late, middle = percentiles[98] * 1000, median(bot.crowd.seconds) * 1000
    row = at_most(5, "update.sqlite.p99", "ms", [Pair(late, middle)], promised=late < 50)
    return replace(row, goal=f"{row.goal} and < 50 ms")


async def _turn_after_the_last(crowd: Crowd, person: Person) -> None:
    """An update of somebody whose last one was answered long ago, unless the bot is far behind."""
    if person.said:
        await person.answered.wait()
    await crowd.turn(person)


def race() -> Row:
    return asyncio.run(_race())


async def _race(rounds: int = 2, people: int = 1000) -> Row:
    pairs: list[Pair] = []
    for _ in range(rounds):
        async with AsyncExitStack() as stack:
            home = stack.enter_context(folder())
            theirs = await stack.enter_async_context(plain("--table", str(home / "table.db")))
            baseline = await _presses_a_second(theirs, people, looks=1)
        async with AsyncExitStack() as stack:
            home = stack.enter_context(folder())
            our = await stack.enter_async_context(ours(home, people, spots_for=people * SPOTS // RACED))
            pairs.append(Pair(await _presses_a_second(our, people, looks=2), baseline))
            _check_holds(home, RACED)
    row = at_least(3, "chat.race", "updates/s", pairs)
    return replace(row, goal=f"{row.goal}, none lost, no spot twice")


async def _presses_a_second(bot: Bot, people: int, *, looks: int) -> float:
    """All see the times, then all press at once; the clock stops at the last answer."""
    everybody = [bot.newcomers() for _ in range(people)]
    for _ in range(looks):
        for some in _handfuls(everybody):
            await asyncio.gather(*(bot.crowd.turn(person) for person in some))
    began = perf_counter()
    await asyncio.gather(*(bot.crowd.turn(person) for person in everybody))
    return people / (perf_counter() - began)


def _handfuls(people: Sequence[Person]) -> list[Sequence[Person]]:
    return [people[first : first + AT_ONCE] for first in range(0, len(people), AT_ONCE)]


def growth() -> Row:
    """The goal speaks of 100,000 updates, which take many minutes; what leaks with each of them shows before."""
    return asyncio.run(_growth("memory.growth", last=10_000))


def growth_in_full() -> Row:
    return asyncio.run(_growth("memory.growth.full", last=100_000))


async def _growth(name: str, last: int, first: int = 1_000) -> Row:
    people = last // STEPS + AT_ONCE
    async with AsyncExitStack() as stack:
        home = stack.enter_context(folder())
        bot = await stack.enter_async_context(ours(home, people))
        await _updates_a_second(bot, first // STEPS)
        before = resident_bytes(bot.pid)
        await _updates_a_second(bot, (last - first) // STEPS)
        after = resident_bytes(bot.pid)
    return at_most(1.05, name, "MB", [Pair(after / 1e6, before / 1e6)])


ROWS = {
    "update.sqlite.c32": c32,
    "update.sqlite.p99": p99,
    "chat.race": race,
    "memory.growth": growth,
    "memory.growth.full": growth_in_full,
}
