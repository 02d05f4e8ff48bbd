"""The whole program against the pretended Telegram: what must hold between a tap and what people see."""

import asyncio
import socket
from datetime import timedelta

import aiohttp
import pytest

from bots.claim import NoStudio
from bots.compose import Running, running
from bots.demo.guest import Guest, Persona, Wish
from bots.example import STUDIO
from bots.settings import Settings, SettingsWrong
from bots.telegram.poll import TokenRefused
from core.ports import TalkRow
from tests.bots.house import BOT, House, pays_nothing, said_by_bot

ALMOST = timedelta(minutes=12, seconds=1)  # after that the hold has less than three of its 15 minutes left
REST = timedelta(minutes=3)


def guest(house: House, name: str = "Ana Torres") -> Guest:
    return Guest(house.telegram, BOT, Persona.called(name), pay=pays_nothing)


async def held(house: House) -> Guest:
    """A guest who holds a time."""
    ana = guest(house)
    await ana.open(house.payload("mini"))
    await ana.hold(Wish())
    return ana


async def later(parts: Running, by: timedelta) -> None:
    await parts.store.run(lambda records: records.clock.shift(by))


async def talk_of(parts: Running, person: int) -> TalkRow:
    opening = await parts.store.read(lambda records: records.talks.open(STUDIO.id, "telegram", f"{person}"))
    assert opening
    assert opening.talk
    return opening.talk


async def test_a_spot_is_booked(house: House):
    async with house.awake():
        ana = await held(house)
        view = await ana.finish()

    assert "You're booked, Ana" in said_by_bot(view)


@pytest.mark.rule("G3")
async def test_a_hold_is_warned_of_three_minutes_before_its_end(house: House):
    async with house.awake() as parts:
        ana = await held(house)
        await later(parts, ALMOST)

        await house.reads(ana.person, "Still there?", timeout=5)


@pytest.mark.rule("G4")
async def test_within_five_seconds_of_its_end_the_chat_says_that_the_hold_is_over(house: House):
    async with house.awake() as parts:
        ana = await held(house)
        await later(parts, ALMOST)
        await house.reads(ana.person, "Still there?")
        await later(parts, REST)

        await house.reads(ana.person, "is free again", timeout=5)
        bookings = await parts.store.read(lambda records: records.bookings.live_hold_ends())
        assert bookings == []


async def test_a_screen_that_was_lost_is_shown_at_the_next_start(house: House):
    async with house.awake() as parts:
        ana = guest(house)
        await ana.open(house.payload("mini"))
        row = await talk_of(parts, ana.person)
        # As a crash between commit and sending leaves it: answered, and never shown.
        lost = TalkRow(
            channel=row.channel,
            chat=row.chat,
            client_id=row.client_id,
            body=row.body.replace('"fresh":false', '"fresh":true'),
            revision=row.revision + 1,
            shown_revision=row.shown_revision,
            card=row.card,
        )
    before = len(ana.view.messages)

    async with running(house.settings) as parts:
        await parts.store.run(lambda records: records.talks.save(STUDIO.id, lost, read_revision=row.revision))
        await house.telegram.wait_for(ana.person, BOT, lambda view: len(view.messages) > before, timeout=15)
        async with asyncio.timeout(5):
            while (row := await talk_of(parts, ana.person)).shown_revision < row.revision:
                await asyncio.sleep(0.01)

    assert len(ana.view.messages) == before + 1


@pytest.mark.rule("E3")
async def test_a_minis_public_page_leads_into_the_bots_own_chat(house: House):
    payload = house.payload("mini")
    async with house.awake() as parts, aiohttp.ClientSession() as web:
        async with web.get(f"{parts.web}/m/{payload.removeprefix('m_')}-ig") as response:
            page = await response.text()
        async with web.get(f"{parts.web}/pictures/{payload.removeprefix('m_')}") as response:
            assert response.content_type == "image/jpeg"

    assert "Fall Minis" in page
    assert f'href="https://t.me/{BOT}?start={payload}-ig"' in page


async def test_what_people_do_while_telegram_is_down_is_answered_afterwards(house: House):
    async with house.awake():
        ana = guest(house)
        await ana.open(house.payload("mini"))
        house.telegram.go_down(1)
        house.telegram.type_text(ana.person, BOT, "/help")

        await house.reads(ana.person, "I book sessions with Luna Photo", timeout=15)


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(house: House):
    house.telegram.go_down(None)
    ana = house.newcomer()
    house.telegram.open_link(ana, BOT, house.payload("mini"))
    async with running(house.settings) as parts:
        assert parts.clients_bot.trouble == "Telegram did not answer yet"
        house.telegram.come_back()

        await house.reads(ana, "Fall Minis")
        assert parts.clients_bot.trouble == ""


async def test_a_token_that_telegram_refuses_ends_the_bot(house: House):
    wrong = Settings.model_validate({**dict(house.settings), "clients_bot_token": "99:AAHunknownUnknownUnknownUnknown"})
    async with running(wrong) as parts:
        with pytest.raises(TokenRefused):
            await parts.clients


async def test_without_a_studio_there_is_nothing_to_run(house: House, tmp_path_factory: pytest.TempPathFactory):
    empty = Settings.model_validate({**dict(house.settings), "home": tmp_path_factory.mktemp("empty")})

    with pytest.raises(NoStudio):
        async with running(empty):
            pass


async def test_the_web_server_tells_how_the_parts_are(house: House):
    async with house.awake() as parts, aiohttp.ClientSession() as web, web.get(f"{parts.web}/health") as response:
        assert response.status == 200
        assert await response.json() == {"ok": True, "database": "well", "telegram": "well", "till": "no key"}


async def test_the_page_after_paying_leads_back_to_the_bot(house: House):
    async with house.awake() as parts, aiohttp.ClientSession() as web, web.get(f"{parts.web}/thanks?to=m_1") as page:
        assert f'href="https://t.me/{BOT}?start=m_1"' in await page.text()


async def test_a_port_that_is_taken_is_said_in_plain_words(house: House):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings.model_validate({**dict(house.settings), "http_port": port})
        with pytest.raises(SettingsWrong, match=f"MINIS_HTTP_PORT is {port}, which another program uses already"):
            async with running(settings):
                pass


async def test_with_a_key_there_is_a_till_and_with_a_secret_a_webhook(house: House):
    money = {
        "stripe_secret_key": "sk_test_1",
        "stripe_webhook_secret": "whsec_1",
        "stripe_api_url": "http://127.0.0.1:9",
    }
    settings = Settings.model_validate({**dict(house.settings), **money})
    async with running(settings) as parts, aiohttp.ClientSession() as web:
        async with web.get(f"{parts.web}/health") as response:
            assert (await response.json())["till"] == "well"
        async with web.post(f"{parts.web}/stripe", data=b"{}") as response:
            assert response.status == 400


async def test_no_task_outlives_the_program(house: House):
    before = asyncio.all_tasks()
    async with house.awake():
        await held(house)

    left = asyncio.all_tasks() - before
    assert [task for task in left if "RequestHandler" not in repr(task)] == []  # those are the pretended Telegram's
