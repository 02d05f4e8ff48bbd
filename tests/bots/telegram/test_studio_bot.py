"""The studio's bot: python-telegram-bot, a channel of its own, private chats only, and files that its talks ask for."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bots.demo.telegram import Upload
from bots.pictures import Cleaner
from bots.telegram.bot import TelegramBot
from bots.telegram.files import LARGEST_TEXT
from bots.telegram.read import CLIENTS, STUDIO
from conversations.inbound import NO_FILE, FileKind
from storage.store import Store
from tests.bots.house import BOT, STUDIO_BOT, House, said_by_bot
from tests.bots.telegram.echo import AT_STUDIO, STUDIO_ID, awake

CONTRACT = Upload("contract.md", "text/markdown", b"# Contract")


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = Store.open(house.settings.database)
    yield store
    store.close()


@pytest.fixture
async def bot(house: House, store: Store) -> AsyncIterator[TelegramBot]:
    cleaner = Cleaner(lambda file: b"clean" if file else file)
    async with awake(house, store, party=AT_STUDIO, cleaner=cleaner, wants=frozenset(FileKind)) as bot:
        yield bot


@pytest.fixture
def mia(house: House) -> int:
    person = house.newcomer("Mia")
    house.telegram.open_link(person, STUDIO_BOT)
    return person


async def hears(house: House, person: int, words: str, *, bot: str = STUDIO_BOT) -> None:
    await house.telegram.wait_for(person, bot, lambda view: said_by_bot(view).endswith(words))


def methods(house: House) -> list[str]:
    return [call.method for call in house.telegram.calls if call.bot == STUDIO_BOT]


@pytest.mark.rule("M1")
async def test_both_bots_talk_with_one_person_each_in_a_chat_of_its_own(
    house: House, store: Store, bot: TelegramBot, mia: int
):
    async with awake(house, store):
        house.telegram.open_link(mia, BOT, "m_1")
        house.telegram.type_text(mia, STUDIO_BOT, "hello studio")

        await hears(house, mia, "/start m_1", bot=BOT)
        await hears(house, mia, "/start hello studio")

    talks = await store.read(
        lambda records: [records.talks.open(STUDIO_ID, channel, f"{mia}") for channel in (CLIENTS, STUDIO)]
    )
    bodies = [opening.talk.body for opening in talks if opening and opening.talk]
    assert bodies == ["/start m_1", "/start hello studio"]


async def test_a_press_is_answered(house: House, bot: TelegramBot, mia: int):
    await hears(house, mia, "/start")

    house.telegram.press_data(mia, STUDIO_BOT, 2, "1:publish")

    view = await house.telegram.wait_for(mia, STUDIO_BOT, lambda view: bool(view.toasts))
    assert view.toasts[-1].text == "felt"


@pytest.mark.rule("M1")
async def test_groups_and_channels_get_nothing_at_all(house: House, bot: TelegramBot, mia: int):
    await hears(house, mia, "/start")
    house.telegram.group_message(mia, STUDIO_BOT, f"/today@{STUDIO_BOT}")
    house.telegram.group_message(mia, STUDIO_BOT, "/today")
    house.telegram.channel_post(STUDIO_BOT, "/today")
    house.telegram.type_text(mia, STUDIO_BOT, "end")

    await hears(house, mia, "/start end")

    assert [call for call in house.telegram.calls if str(call.params.get("chat_id", "")).startswith("-")] == []


@pytest.mark.rule("M1")
async def test_what_was_forwarded_or_edited_gets_nothing(house: House, bot: TelegramBot, mia: int):
    text = house.telegram.type_text(mia, STUDIO_BOT, "once")
    house.telegram.forward(mia, STUDIO_BOT, text)
    house.telegram.edit_text(mia, STUDIO_BOT, text, "twice")
    house.telegram.type_text(mia, STUDIO_BOT, "end")

    await hears(house, mia, "/start once end")


async def test_a_reply_says_which_message_it_answers(house: House, bot: TelegramBot, mia: int):
    await hears(house, mia, "/start")

    house.telegram.type_text(mia, STUDIO_BOT, "Of course", reply_to=2)

    await hears(house, mia, "/start Of course^2")


async def test_a_place_is_read(house: House, bot: TelegramBot, mia: int):
    house.telegram.share_place(mia, STUDIO_BOT, 41.8, -87.6, title="Riverside Park", address="North gate")

    await hears(house, mia, "/start Riverside Park(41.8, -87.6)")


@pytest.mark.rule("B5")
async def test_a_wanted_text_or_picture_is_fetched_in_its_place(house: House, bot: TelegramBot, mia: int):
    house.telegram.send_document(mia, STUDIO_BOT, CONTRACT)
    house.telegram.send_photo(mia, STUDIO_BOT)
    house.telegram.type_text(mia, STUDIO_BOT, "end")

    await hears(house, mia, "/start contract.md(# Contract) picture(clean) end")


@pytest.mark.rule("B5")
async def test_a_text_that_cannot_be_taken_says_why(house: House, bot: TelegramBot, mia: int):
    house.telegram.send_document(mia, STUDIO_BOT, Upload("a.txt", "text/plain", b"x" * LARGEST_TEXT))
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda view: "a.txt(xxx" in said_by_bot(view))
    house.telegram.send_document(mia, STUDIO_BOT, Upload("a.txt", "text/plain", b"x" * (LARGEST_TEXT + 1)))
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda view: "text(too-large)" in said_by_bot(view))
    house.telegram.send_document(mia, STUDIO_BOT, Upload("a.txt", "text/plain", b"PK\xff\xff"))
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda view: "text(not-a-text)" in said_by_bot(view))
    house.telegram.lose_answers(3, method="getFile")
    house.telegram.send_document(mia, STUDIO_BOT, CONTRACT)

    await hears(house, mia, "text(unreachable)")


async def test_a_text_that_nobody_wants_is_not_fetched(house: House, store: Store, mia: int):
    async with awake(house, store, party=AT_STUDIO, wants=NO_FILE):
        house.telegram.send_document(mia, STUDIO_BOT, CONTRACT)

        await hears(house, mia, "/start unread(document)")

    assert "getFile" not in methods(house)


@pytest.mark.rule("A1")
async def test_a_stranger_reads_one_line_and_no_talk_is_kept(house: House, store: Store, bot: TelegramBot):
    stranger = house.newcomer("Sam")
    house.telegram.type_text(stranger, STUDIO_BOT, "psst")

    await hears(house, stranger, "shh")

    opening = await store.read(lambda records: records.talks.open(STUDIO_ID, STUDIO, f"{stranger}"))
    assert opening
    assert (opening.client, opening.talk) == (None, None)


async def test_a_chat_has_a_menu_of_its_own_until_it_is_taken_away(house: House, bot: TelegramBot, mia: int):
    def menu(person: int) -> list[str]:
        return [command.command for command in house.telegram.chat(person, STUDIO_BOT).commands]

    sam = house.newcomer("Sam")
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda _: menu(mia) == ["book"])

    house.telegram.type_text(mia, STUDIO_BOT, "/menu day newmini")
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda _: menu(mia) == ["day", "newmini"])
    assert menu(sam) == ["book"]

    house.telegram.type_text(mia, STUDIO_BOT, "/menu")
    await house.telegram.wait_for(mia, STUDIO_BOT, lambda _: menu(mia) == ["book"])


async def test_a_menu_that_telegram_does_not_take_fails_no_turn(house: House, bot: TelegramBot, mia: int):
    house.telegram.type_text(mia, STUDIO_BOT, "/menu No-Command")
    house.telegram.type_text(mia, STUDIO_BOT, "end")

    await hears(house, mia, "/start end")

    async with asyncio.timeout(5):
        while not any(call.outcome.endswith("BOT_COMMAND_INVALID") for call in house.telegram.calls):
            await asyncio.sleep(0)
