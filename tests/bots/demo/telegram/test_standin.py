"""Looking on: views, listeners, waiting, the log of calls."""

import asyncio
import json

import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, Api, Refused

KEYBOARD = {"inline_keyboard": [[{"text": "Book", "callback_data": "b"}]]}


async def test_a_view_is_json(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("setMyCommands", commands=[{"command": "my", "description": "My bookings"}])
    await api("sendMessage", chat_id=ann, text="<b>Hi</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    standin.share_contact(ann, BOT)

    view = json.loads(json.dumps(standin.chat(ann, BOT).as_json()))

    assert view["commands"] == [{"command": "my", "description": "My bookings"}]
    assert view["messages"][1]["buttons"] == [[{"text": "Book", "kind": "callback", "value": "b", "style": ""}]]
    assert view["messages"][2]["contact"] == {"name": "Ann", "phone": "+13125550188"}


async def test_a_listener_hears_of_every_change_until_it_leaves(standin: TelegramStandIn, api: Api, ann: int) -> None:
    heard: list[tuple[int, str]] = []
    leave = standin.subscribe(lambda person, bot: heard.append((person, bot)))

    await api("sendMessage", chat_id=ann, text="a")
    standin.type_text(ann, BOT, "b")
    leave()
    standin.type_text(ann, BOT, "c")

    assert heard == [(ann, BOT)] * 2


async def test_waiting_ends_with_what_was_waited_for(standin: TelegramStandIn, api: Api, ann: int) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(standin.wait_for(ann, BOT, lambda chat: chat.messages[-1].text == "here"))
        await api("sendMessage", chat_id=ann, text="not yet")
        await api("sendMessage", chat_id=ann, text="here")

    assert waiting.result().messages[-1].text == "here"


async def test_waiting_in_vain_tells_how_the_chat_ends(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("sendMessage", chat_id=ann, text="Something else", reply_markup=KEYBOARD)

    with pytest.raises(TimeoutError, match=r"bot: Something else \[Book\]"):
        await standin.wait_for(ann, BOT, lambda chat: False, timeout=0.01)


async def test_the_log_tells_what_was_called_and_what_came_of_it(standin: TelegramStandIn, api: Api) -> None:
    await api("getMe")
    with pytest.raises(Refused):
        await api("sendMessage", chat_id=1, text="a")

    told = [(call.bot, call.method, call.outcome) for call in standin.calls]

    assert told == [(BOT, "getMe", "ok"), (BOT, "sendMessage", "Bad Request: chat not found")]
    assert standin.calls[-1].params == {"chat_id": 1, "text": "a"}


async def test_ids_are_the_same_in_every_run(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a")

    assert (ann, sent["message_id"]) == (700_000_001, 2)


async def test_nothing_but_loopback_is_served(standin: TelegramStandIn) -> None:
    assert standin.address.startswith("http://127.0.0.1:")
