"""The bot with a host that repeats what it hears."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bots.demo.telegram.views import ChatView
from bots.telegram.bot import TelegramBot
from storage.store import Store
from tests.bots.house import BOT, House, said_by_bot
from tests.bots.telegram.echo import awake


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = Store.open(house.settings.database)
    yield store
    store.close()


@pytest.fixture
async def bot(house: House, store: Store) -> AsyncIterator[TelegramBot]:
    async with awake(house, store) as bot:
        yield bot


@pytest.fixture
def ana(house: House) -> int:
    person = house.newcomer()
    house.telegram.open_link(person, BOT)
    return person


def latest(view: ChatView) -> str:
    return next((message.text for message in reversed(view.messages) if not message.mine), "")


async def hears(house: House, person: int, words: str) -> ChatView:
    return await house.telegram.wait_for(person, BOT, lambda view: latest(view) == words)


async def test_updates_of_one_chat_are_taken_in_their_order(house: House, bot: TelegramBot, ana: int):
    for number in range(40):
        house.telegram.type_text(ana, BOT, f"{number}")

    await hears(house, ana, " ".join(["/start", *map(str, range(40))]))


async def test_chats_are_served_beside_each_other(house: House, bot: TelegramBot):
    people = [house.newcomer() for _ in range(50)]
    for person in people:
        house.telegram.open_link(person, BOT)

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(hears(house, person, "/start"))


async def test_an_update_that_comes_twice_is_taken_once(house: House, bot: TelegramBot, ana: int):
    await hears(house, ana, "/start")
    update = {"update_id": 777, "message": _message(ana, "again")}

    await bot.take([update, update])
    await bot.take([update])
    house.telegram.type_text(ana, BOT, "end")

    await hears(house, ana, "/start again end")


async def test_a_poison_update_is_put_aside_and_blocks_nobody(house: House, bot: TelegramBot, ana: int):
    for words in ("before", "poison", "after"):
        house.telegram.type_text(ana, BOT, words)

    view = await house.telegram.wait_for(
        ana, BOT, lambda view: "/start before after" in said_by_bot(view) and "sorry" in said_by_bot(view)
    )
    await bot.take([{"update_id": 778, "message": _message(ana, "poison")}] * 2)

    assert said_by_bot(view).count("sorry") == 1
    await house.telegram.wait_for(ana, BOT, lambda view: said_by_bot(view).count("sorry") == 2)


async def test_a_screen_that_cannot_be_made_is_apologised_for_once(house: House, bot: TelegramBot, ana: int):
    house.telegram.type_text(ana, BOT, "mute")
    await hears(house, ana, "sorry")
    house.telegram.type_text(ana, BOT, "again")

    view = await hears(house, ana, "/start mute again")

    assert said_by_bot(view).count("sorry") == 1


async def test_trouble_of_the_database_is_waited_out(house: House, bot: TelegramBot, ana: int):
    house.telegram.type_text(ana, BOT, "storm")

    view = await hears(house, ana, "/start storm")

    assert "sorry" not in said_by_bot(view)


@pytest.mark.parametrize("data", ["7:anything", "no such deed", "é" * 20])
async def test_every_press_is_answered(house: House, bot: TelegramBot, ana: int, data: str):
    view = await hears(house, ana, "/start")

    house.telegram.press_data(ana, BOT, view.messages[-1].id, data)

    view = await house.telegram.wait_for(ana, BOT, lambda view: bool(view.toasts))
    assert view.toasts[-1].text == "felt"


async def test_a_press_that_could_not_be_taken_stops_spinning(house: House, bot: TelegramBot, ana: int):
    view = await hears(house, ana, "/start")
    press = {"id": "4711", "from": {"id": ana, "is_bot": False, "first_name": "Ana"}, "chat_instance": "1"}

    await bot.take([{"update_id": 779, "callback_query": press | {"game_short_name": "chess"}}])
    house.telegram.type_text(ana, BOT, "end")
    await hears(house, ana, "/start end")

    assert view.messages
    assert "4711" in [
        call.params.get("callback_query_id") for call in house.telegram.calls if call.method == "answerCallbackQuery"
    ]


async def test_in_a_group_the_bot_says_where_it_talks(house: House, bot: TelegramBot, ana: int):
    house.telegram.group_message(ana, BOT, f"/start@{BOT}")
    house.telegram.group_message(ana, BOT, "what a nice group")
    house.telegram.type_text(ana, BOT, "end")
    await hears(house, ana, "/start end")

    async with asyncio.timeout(5):
        while not (said := [c.params["text"] for c in house.telegram.calls if str(c.params.get("chat_id"))[0] == "-"]):
            await asyncio.sleep(0)
    assert said == ["in private, please"]


async def test_what_arrives_that_nobody_reads_is_dropped(house: House, bot: TelegramBot, ana: int):
    await hears(house, ana, "/start")

    await bot.take([{"update_id": 1}, {"update_id": 2, "poll": {}}, {"update_id": 3, "message": {"from": {"id": ana}}}])
    house.telegram.block(ana, BOT)
    house.telegram.unblock(ana, BOT)
    house.telegram.type_text(ana, BOT, "end")

    await hears(house, ana, "/start end")


async def test_the_menu_and_the_empty_chat_speak_of_the_studio(house: House, bot: TelegramBot):
    newcomer = house.newcomer()

    view = await house.telegram.wait_for(newcomer, BOT, lambda view: bool(view.commands and view.description))

    assert [(command.command, command.description) for command in view.commands] == [("book", "Book a session")]
    assert view.description == "I repeat for Luna Photo."


async def test_a_profile_that_is_right_already_is_left_alone(house: House, bot: TelegramBot, store: Store):
    before = await profile_calls(house, 8)

    async with awake(house, store):
        after = await profile_calls(house, 12)

    assert [method for method in before if method.startswith("set")] == [
        "setMyCommands",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
    ]
    assert [method for method in after[8:] if method.startswith("set")] == []


async def profile_calls(house: House, count: int) -> list[str]:
    """Wait until the bot has looked after its profile with so many calls."""
    async with asyncio.timeout(10):
        while len(calls := [call.method for call in house.telegram.calls if "etMy" in call.method]) < count:
            await asyncio.sleep(0.01)
    return calls


def _message(person: int, text: str) -> dict[str, object]:
    return {
        "message_id": 5000,
        "from": {"id": person, "is_bot": False, "first_name": "Ana"},
        "chat": {"id": person, "type": "private"},
        "text": text,
    }
