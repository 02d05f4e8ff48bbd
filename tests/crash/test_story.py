"""The client of the stories taps once and waits, whatever a program that died in the middle brings twice."""

import asyncio

import aiohttp
import pytest

from bots.demo.guest import Guest, Persona, Wish
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.world import BotAccount
from tests.bots.demo.telegram.api import Api
from tests.bots.house import BOT, TOKEN, pays_nothing
from tests.crash.story import KEYBOARD_OFF, Client

SKIP = {"keyboard": [[{"text": "Skip"}]]}
NO_KEYBOARD = {"remove_keyboard": True}


@pytest.mark.parametrize(
    ("client_of", "waits"),
    [
        (Client, True),
        (lambda telegram: Guest(telegram, BOT, Persona.called("Ana Torres"), pay=pays_nothing), False),
    ],
    ids=["the stories' client", "any other guest"],
)
async def test_a_screen_that_comes_twice_and_a_keyboard_that_goes_are_no_answers(client_of: type[Client], waits: bool):
    telegram = TelegramStandIn(bots={TOKEN: BotAccount(id=7_000_001, username=BOT, name="Luna Photo")})
    address = await telegram.start()
    try:
        async with aiohttp.ClientSession() as session:
            client, api = client_of(telegram), Api(session, address, TOKEN)
            telegram.open_link(client.person, BOT, "x")
            await api("sendMessage", chat_id=client.person, text="And your phone?", reply_markup=SKIP)
            turn = asyncio.create_task(client._go_on(Wish()))
            await asyncio.sleep(0)

            await api("sendMessage", chat_id=client.person, text="And your phone?", reply_markup=SKIP)
            gone = await api("sendMessage", chat_id=client.person, text=KEYBOARD_OFF, reply_markup=NO_KEYBOARD)
            await api("deleteMessage", chat_id=client.person, message_id=gone["message_id"])
            assert turn.done() is not waits
            await api("sendMessage", chat_id=client.person, text="Check and confirm")
            await turn
    finally:
        await telegram.stop()
