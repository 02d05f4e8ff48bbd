"""How updates reach a bot: in order, at least once, to one poller at a time."""

import asyncio
from typing import Any

import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, Api, Refused

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_they_are_confirmed(standin: TelegramStandIn, api: Api, ann: int) -> None:
    for text in ("one", "two"):
        standin.type_text(ann, BOT, text)

    first = await api("getUpdates")
    assert texts(first) == ["/start", "one", "two"]
    assert texts(await api("getUpdates")) == ["/start", "one", "two"]
    assert texts(await api("getUpdates", offset=first[1]["update_id"])) == ["one", "two"]
    assert texts(await api("getUpdates", offset=first[2]["update_id"] + 1)) == []


async def test_ids_rise_one_by_one(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.type_text(ann, BOT, "one")

    first, second = await api("getUpdates")

    assert second["update_id"] == first["update_id"] + 1


async def test_a_batch_has_a_limit(standin: TelegramStandIn, api: Api, ann: int) -> None:
    for number in range(120):
        standin.type_text(ann, BOT, str(number))

    assert len(await api("getUpdates")) == 100
    assert len(await api("getUpdates", limit=500)) == 100
    assert texts(await api("getUpdates", limit=2)) == ["/start", "0"]


async def test_a_negative_offset_keeps_the_last_ones_only(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.type_text(ann, BOT, "last")

    assert texts(await api("getUpdates", offset=-1)) == ["last"]
    assert texts(await api("getUpdates")) == ["last"]


async def test_a_long_poll_ends_with_the_first_update(standin: TelegramStandIn, api: Api, ann: int) -> None:
    started = await api("getUpdates")
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        poll = group.create_task(api("getUpdates", offset=started[-1]["update_id"] + 1, timeout=30))
        await standin.wait_for_poll(BOT)
        standin.type_text(ann, BOT, "now")

    assert texts(poll.result()) == ["now"]


async def test_a_long_poll_ends_empty_when_its_time_is_over(api: Api) -> None:
    assert await api("getUpdates", timeout=1) == []


async def test_a_newer_poll_ends_the_older(standin: TelegramStandIn, api: Api) -> None:
    async def older() -> Refused:
        with pytest.raises(Refused) as refused:
            await api("getUpdates", timeout=30)
        return refused.value

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        poll = group.create_task(older())
        await standin.wait_for_poll(BOT)
        await api("getUpdates")

    assert (poll.result().code, poll.result().description) == (409, CONFLICT)


async def test_a_bot_gets_the_kinds_it_allows_from_then_on(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("getUpdates", offset=-1, allowed_updates=["callback_query"])
    standin.type_text(ann, BOT, "unheard")
    standin.press_data(ann, BOT, 1, "heard")

    updates = await api("getUpdates")

    assert [min(update) for update in updates] == ["message", "callback_query"]
    assert texts(updates[:1]) == ["/start"]


async def test_allowed_updates_are_names(api: Api) -> None:
    with pytest.raises(Refused, match="can't parse allowed_updates"):
        await api("getUpdates", allowed_updates={"message": True})


async def test_reactions_come_only_when_they_are_asked_for(standin: TelegramStandIn, api: Api) -> None:
    standin.push_update(BOT, {"message_reaction": {}})
    assert await api("getUpdates", allowed_updates=["message_reaction"]) == []

    standin.push_update(BOT, {"message_reaction": {}})
    assert len(await api("getUpdates")) == 1


async def test_a_webhook_is_https_and_shuts_polling_out(api: Api, ann: int) -> None:
    with pytest.raises(Refused, match="An HTTPS URL must be provided for webhook"):
        await api("setWebhook", url="http://example.com/hook")
    await api("setWebhook", url="https://example.com/hook")
    with pytest.raises(Refused, match="can't use getUpdates method while webhook is active"):
        await api("getUpdates")
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://example.com/hook", 1)

    await api("deleteWebhook", drop_pending_updates=True)

    assert await api("getUpdates") == []


async def test_stopping_ends_a_poll_at_once(standin: TelegramStandIn, api: Api) -> None:
    async def poll() -> None:
        with pytest.raises(Refused, match="Bad Gateway"):
            await api("getUpdates", timeout=30)

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(poll())
        await standin.wait_for_poll(BOT)
        await standin.stop()
