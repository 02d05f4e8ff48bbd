from collections.abc import AsyncIterator

import aiohttp
import pytest
from stripe import StripeClient

from bots.demo.stripe import StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.receiver import Receiver
from tests.bots.demo.stripe.till import KEYS, a_session, library


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def standin(clock: Clock) -> AsyncIterator[StripeStandIn]:
    standin = StripeStandIn(keys=KEYS, now=clock)
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture
async def stripe(standin: StripeStandIn) -> AsyncIterator[StripeClient]:
    """The real library, as our program uses it."""
    async with library(standin.address) as stripe:
        yield stripe


@pytest.fixture
async def session(stripe: StripeClient) -> str:
    """The id of an open session of 45 dollars."""
    return (await stripe.v1.checkout.sessions.create_async(params=a_session())).id


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    """A client's browser, or a program without the library."""
    async with aiohttp.ClientSession() as web:
        yield web


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A program's endpoint for webhooks."""
    receiver = Receiver()
    await receiver.start()
    yield receiver
    await receiver.stop()
