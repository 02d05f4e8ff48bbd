import asyncio
from collections.abc import AsyncIterator, Sequence

import aiohttp
import pytest

from bots.demo.telegram.standin import TelegramStandIn
from bots.telegram.api import Api
from bots.telegram.poll import Poller, TokenRefused, Update
from tests.bots.house import BOT, TOKEN, House
from tests.bots.telegram.libraries import Library


class Taker:
    """Takes what the poller hands over: the first `broken` batches fail; one that `hangs` never comes back."""

    def __init__(self, *, broken: int = 0, hangs: bool = False) -> None:
        self.batches: list[list[str]] = []
        self._broken = broken
        self._hangs = hangs
        self._changed = asyncio.Condition()

    async def take(self, batch: Sequence[Update]) -> None:
        async with self._changed:
            self.batches.append([update["message"]["text"] for update in batch])
            self._changed.notify_all()
        if len(self.batches) <= self._broken:
            raise OSError("the disk is full")
        if self._hangs:
            await asyncio.Event().wait()

    async def until(self, batches: int) -> None:
        async with self._changed, asyncio.timeout(10):
            await self._changed.wait_for(lambda: len(self.batches) >= batches)


@pytest.fixture
def telegram(house: House) -> TelegramStandIn:
    return house.telegram


@pytest.fixture
async def api(library: Library, telegram: TelegramStandIn) -> AsyncIterator[Api]:
    api = library(TOKEN, telegram.address)
    yield api
    await api.close()


@pytest.fixture
def ana(house: House) -> int:
    person = house.newcomer()
    house.telegram.open_link(person, BOT)
    return person


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def test_what_was_not_taken_comes_again_to_the_next_run(telegram: TelegramStandIn, api: Api, ana: int):
    """The program dies after the commit and before Telegram heard of it: the inbox knows the update then."""
    first, second = Taker(hangs=True), Taker()
    poller = asyncio.create_task(Poller(api, first.take).run())
    await first.until(1)
    await end(poller)

    poller = asyncio.create_task(Poller(api, second.take).run())
    await second.until(1)
    await end(poller)

    assert first.batches == second.batches == [["/start"]]


async def test_what_could_not_be_taken_comes_again_and_is_confirmed_afterwards(
    telegram: TelegramStandIn, api: Api, ana: int
):
    taker = Taker(broken=2)
    poller = asyncio.create_task(Poller(api, taker.take).run())
    await taker.until(3)
    telegram.type_text(ana, BOT, "hello")
    await taker.until(4)
    await end(poller)

    assert taker.batches == [["/start"], ["/start"], ["/start"], ["hello"]]


async def test_nothing_is_lost_while_telegram_is_down(telegram: TelegramStandIn, api: Api, ana: int):
    taker = Taker()
    poller = Poller(api, taker.take)
    running = asyncio.create_task(poller.run())
    await taker.until(1)

    telegram.go_down(0.3)
    telegram.type_text(ana, BOT, "are you there?")
    await taker.until(2)
    await telegram.wait_for_poll(BOT)
    await end(running)

    assert taker.batches[1:] == [["are you there?"]]
    assert poller.trouble == ""


async def test_a_token_that_telegram_does_not_know_ends_the_polling(library: Library, telegram: TelegramStandIn):
    api = library("99:AAHunknownUnknownUnknown", telegram.address)

    with pytest.raises(TokenRefused):
        await Poller(api, Taker().take).run()

    await api.close()


async def test_a_second_program_with_the_same_token_is_named(telegram: TelegramStandIn, api: Api):
    poller = Poller(api, Taker().take)
    running = asyncio.create_task(poller.run())
    await telegram.wait_for_poll(BOT)

    async with aiohttp.ClientSession() as other:
        await other.get(f"{telegram.address}/bot{TOKEN}/getUpdates?timeout=0")
    async with asyncio.timeout(5):
        while not poller.trouble:
            await asyncio.sleep(0)
    await end(running)

    assert poller.trouble == "another program takes this bot's updates"
