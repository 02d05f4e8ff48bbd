"""Bad days: what the bots then get, and that nothing is lost by it but what is meant to be."""

import asyncio

import aiohttp
import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, TOKEN, Api, Refused
from tests.bots.demo.telegram.conftest import BOTS


async def test_while_it_is_down_every_call_fails_and_taps_wait(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.go_down(None)
    standin.type_text(ann, BOT, "in the dark")

    for method in ("getMe", "getUpdates"):
        with pytest.raises(Refused) as refused:
            await api(method)
        assert (refused.value.code, refused.value.description) == (502, "Bad Gateway")
    assert standin.seconds_down() == float("inf")

    standin.come_back()
    assert standin.seconds_down() == 0
    assert (await api("getUpdates"))[-1]["message"]["text"] == "in the dark"


async def test_an_outage_with_an_end_ends_by_itself(standin: TelegramStandIn, api: Api) -> None:
    standin.go_down(0.05)
    assert 0 < standin.seconds_down() <= 0.05
    while standin.seconds_down():
        await asyncio.sleep(standin.seconds_down())

    assert await api("getMe")


async def test_an_outage_ends_a_poll(standin: TelegramStandIn, api: Api) -> None:
    async def poll() -> None:
        with pytest.raises(Refused, match="Bad Gateway"):
            await api("getUpdates", timeout=30)

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(poll())
        await standin.wait_for_poll(BOT)
        standin.go_down(None)


async def test_a_flood_says_how_long_to_wait_and_spares_polling(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.flood(retry_after=7, calls=1)

    await api("getUpdates")
    with pytest.raises(Refused) as refused:
        await api("sendMessage", chat_id=ann, text="a")

    assert (refused.value.code, refused.value.description) == (429, "Too Many Requests: retry after 7")
    assert refused.value.parameters == {"retry_after": 7}
    assert await api("sendMessage", chat_id=ann, text="a")
    assert [m.text for m in standin.chat(ann, BOT).messages] == ["/start", "a"]


async def test_a_lost_answer_leaves_the_message_there(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.lose_answers(1, method="sendMessage")
    await api("getMe")

    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=ann, text="a")

    assert await api("sendMessage", chat_id=ann, text="b")
    assert [m.text for m in standin.chat(ann, BOT).messages] == ["/start", "a", "b"]


async def burst(standin: TelegramStandIn, count: int) -> int:
    """How many of so many messages at once are refused."""
    person = standin.add_person(first_name="Ann")
    standin.open_link(person, BOT)
    refused = 0
    async with aiohttp.ClientSession() as session:
        api = Api(session, await standin.start(), TOKEN)
        for _ in range(count):
            try:
                await api("sendMessage", chat_id=person, text="a")
            except Refused as error:
                refused += error.parameters == {"retry_after": 1}
    await standin.stop()
    return refused


async def test_with_limits_no_more_than_thirty_messages_leave_in_a_second() -> None:
    assert await burst(TelegramStandIn(bots=BOTS, limits=True), 40) == 10


async def test_without_limits_all_leave() -> None:
    assert await burst(TelegramStandIn(bots=BOTS), 40) == 0
