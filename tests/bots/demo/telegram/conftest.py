from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.world import BotAccount
from tests.bots.demo.clocks import Clock
from tests.bots.demo.telegram.api import BOT, STUDIO_BOT, STUDIO_TOKEN, TOKEN, Api

BOTS = {TOKEN: BotAccount(11, BOT, "Luna Photo"), STUDIO_TOKEN: BotAccount(22, STUDIO_BOT, "Luna Photo Studio")}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def standin(clock: Clock) -> AsyncIterator[TelegramStandIn]:
    standin = TelegramStandIn(bots=BOTS, now=clock)
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture
async def api(standin: TelegramStandIn) -> AsyncIterator[Api]:
    """The clients' bot."""
    async with aiohttp.ClientSession() as session:
        yield Api(session, standin.address)


@pytest.fixture
def studio_api(api: Api) -> Api:
    """The studio's bot."""
    return Api(api.session, api.base, STUDIO_TOKEN)


@pytest.fixture
def maya(standin: TelegramStandIn) -> int:
    """A person who has not opened any bot yet."""
    return standin.add_person(first_name="Maya", last_name="Chen", username="maya", language_code="es")


@pytest.fixture
def ann(standin: TelegramStandIn) -> int:
    """A person who has started the clients' bot; the update of it waits."""
    person = standin.add_person(first_name="Ann")
    standin.open_link(person, BOT)
    return person


@pytest.fixture
def picture() -> bytes:
    return (Path(__file__).parents[4] / "bots" / "demo" / "telegram" / "photo.jpg").read_bytes()
