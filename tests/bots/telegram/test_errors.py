import asyncio

import aiohttp
import pytest
from aiohttp import web

from bots.demo.telegram.standin import TelegramStandIn
from bots.telegram.api import Api
from bots.telegram.errors import CallFailed, Failure, Remedy
from tests.bots.house import BOT, TOKEN, House
from tests.bots.telegram.libraries import Library


async def failure(api: Api, method: str, **params: object) -> Failure:
    """What a call that must fail means."""
    try:
        with pytest.raises(CallFailed) as failed:
            await api.call(method, params)
    finally:
        await api.close()
    return failed.value.failure


@pytest.fixture
def ana(house: House) -> int:
    person = house.newcomer()
    house.telegram.open_link(person, BOT)
    return person


@pytest.fixture
def telegram(house: House) -> TelegramStandIn:
    return house.telegram


@pytest.fixture
async def message(library: Library, telegram: TelegramStandIn, ana: int) -> int:
    """A message of the bot to Ana."""
    api = library(TOKEN, telegram.address)
    sent = await api.call("sendMessage", {"chat_id": ana, "text": "hello"})
    await api.close()
    return int(sent["message_id"])


async def test_a_flood_is_waited_out(library: Library, telegram: TelegramStandIn, ana: int):
    telegram.flood(retry_after=7, calls=1)

    failed = await failure(library(TOKEN, telegram.address), "sendMessage", chat_id=ana, text="hello")

    assert (failed.remedy, failed.seconds) == (Remedy.WAIT, 7)


async def test_a_telegram_that_is_down_is_tried_later(library: Library, telegram: TelegramStandIn, ana: int):
    telegram.go_down(None)

    failed = await failure(library(TOKEN, telegram.address), "sendMessage", chat_id=ana, text="hello")

    assert failed.remedy is Remedy.BACK_OFF


async def test_what_was_never_connected_was_not_sent(library: Library):
    failed = await failure(library(TOKEN, "http://127.0.0.1:9"), "sendMessage", chat_id=1, text="hello")

    assert failed.remedy is Remedy.BACK_OFF


async def test_a_lost_answer_may_stand_for_a_message_that_is_there(
    library: Library, telegram: TelegramStandIn, ana: int
):
    telegram.lose_answers(1)

    failed = await failure(library(TOKEN, telegram.address), "sendMessage", chat_id=ana, text="hello")

    assert failed.remedy is Remedy.ASK_ONCE_MORE
    assert len(telegram.chat(ana, BOT).messages) == 2


async def test_the_page_of_a_gateway_says_nothing_about_what_stands_behind_it(library: Library):
    async def gateway(_: web.Request) -> web.Response:
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", gateway)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]

    failed = await failure(library(TOKEN, f"http://{host}:{port}"), "sendMessage", chat_id=1, text="hello")
    await runner.cleanup()

    assert failed.remedy is Remedy.ASK_ONCE_MORE


async def test_an_answer_that_does_not_come_in_time_is_lost(library: Library, telegram: TelegramStandIn):
    api = library(TOKEN, telegram.address)
    with pytest.raises(CallFailed) as failed:
        await api.call("getUpdates", {"timeout": 30}, answer_in=0.05)
    await api.close()

    assert failed.value.failure.remedy is Remedy.ASK_ONCE_MORE


async def test_a_token_that_telegram_does_not_know_stops_everything(library: Library, telegram: TelegramStandIn):
    failed = await failure(library("99:AAHunknownUnknownUnknown", telegram.address), "getMe")

    assert failed.remedy is Remedy.STOP


async def test_a_second_program_with_the_same_token_yields(library: Library, telegram: TelegramStandIn):
    async with aiohttp.ClientSession() as session:
        api = library(TOKEN, telegram.address)

        async def come_after() -> None:
            await telegram.wait_for_poll(BOT)
            await session.get(f"{telegram.address}/bot{TOKEN}/getUpdates?timeout=0")

        async with asyncio.TaskGroup() as group:
            group.create_task(come_after())
            failed = await failure(api, "getUpdates", timeout=30)

    assert failed.remedy is Remedy.YIELD


async def test_whoever_blocked_the_bot_cannot_be_reached(library: Library, telegram: TelegramStandIn, ana: int):
    telegram.block(ana, BOT)

    failed = await failure(library(TOKEN, telegram.address), "sendMessage", chat_id=ana, text="hello")

    assert failed.remedy is Remedy.GIVE_UP


@pytest.mark.parametrize(
    ("method", "params", "remedy"),
    [
        ("sendMessage", {"chat_id": 4040404, "text": "hello"}, Remedy.GIVE_UP),
        ("sendMessage", {"text": "<b>hello", "parse_mode": "HTML"}, Remedy.SEND_PLAIN),
        ("sendMessage", {"text": "x" * 4097}, Remedy.SPLIT),
        ("editMessageText", {"message_id": 999, "text": "hello"}, Remedy.SEND_ANEW),
        ("answerCallbackQuery", {"callback_query_id": "999"}, Remedy.NOTHING),
        ("sendMessage", {"text": ""}, Remedy.MEND_CODE),
    ],
)
async def test_what_telegram_refuses_is_mended_where_it_can_be(
    method: str, params: dict[str, object], remedy: Remedy, library: Library, telegram: TelegramStandIn, ana: int
):
    here = {} if method == "answerCallbackQuery" else {"chat_id": ana}

    failed = await failure(library(TOKEN, telegram.address), method, **{**here, **params})

    assert failed.remedy is remedy


async def test_an_edit_that_changes_nothing_is_done(
    library: Library, telegram: TelegramStandIn, ana: int, message: int
):
    failed = await failure(
        library(TOKEN, telegram.address), "editMessageText", chat_id=ana, message_id=message, text="hello"
    )

    assert failed.remedy is Remedy.NOTHING
