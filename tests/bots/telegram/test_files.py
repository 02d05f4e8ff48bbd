"""Pictures on their way in: fetched only where they are wanted, cleaned, and in their chat's order."""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from time import sleep

import pytest

from bots.demo.telegram.methods import Upload
from bots.pictures import CLEANED_AT_ONCE, Cleaner, Unfit
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.api import FileTooLarge
from bots.telegram.bot import TelegramBot
from bots.telegram.files import LARGEST, Files
from bots.telegram.read import Offer
from conversations.inbound import NO_FILE, FileKind, Inbound, SentPhoto, Unreadable, Unusable, UnusablePhoto
from core.ports import Identity
from storage.store import Store
from tests.bots.house import BOT, TOKEN, House, said_by_bot
from tests.bots.telegram.echo import awake

PICTURES = frozenset({FileKind.PICTURE})


def clean(file: bytes) -> bytes:
    """Turns capitals into small letters; a "VIRUS" is no picture, and a "BUG" breaks it."""
    if file == b"VIRUS":
        raise Unfit(Unusable.NOT_A_PICTURE)
    if file == b"BUG":
        raise ZeroDivisionError("of our own making")
    sleep(0.05)
    return file.lower()[:20]


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = Store.open(house.settings.database)
    yield store
    store.close()


@asynccontextmanager
async def a_bot(house: House, store: Store, *, wants: Collection[FileKind] = PICTURES) -> AsyncGenerator[TelegramBot]:
    async with awake(house, store, cleaner=Cleaner(clean), wants=wants) as bot:
        yield bot


@pytest.fixture
async def bot(house: House, store: Store) -> AsyncIterator[TelegramBot]:
    async with a_bot(house, store) as bot:
        yield bot


@pytest.fixture
def ana(house: House) -> int:
    return house.newcomer()


def sends(house: House, person: int, file: bytes, *, mime_type: str = "image/png", size: int | None = None) -> None:
    """Send a file; `size` is what Telegram says of it, if that is not the truth."""
    world = house.telegram._world
    kept = world.files.keep_document(Upload("picture.png", mime_type, file))
    document = kept.as_document(world.bot(BOT).account.id)
    house.telegram.push_update(
        BOT,
        {
            "message": {
                "message_id": 900,
                "date": 0,
                "from": {"id": person, "is_bot": False, "first_name": "Ana"},
                "chat": {"id": person, "type": "private"},
                "document": document | {"file_size": len(file) if size is None else size},
            }
        },
    )


async def hears(house: House, person: int, words: str) -> None:
    await house.telegram.wait_for(person, BOT, lambda view: said_by_bot(view).endswith(words))


def asked_for(house: House) -> int:
    return sum(call.method == "getFile" for call in house.telegram.calls)


async def test_a_wanted_picture_is_fetched_and_cleaned_in_its_place(house: House, bot: TelegramBot, ana: int):
    house.telegram.open_link(ana, BOT)
    sends(house, ana, b"DOG")
    house.telegram.type_text(ana, BOT, "and")
    sends(house, ana, b"CAT")
    house.telegram.type_text(ana, BOT, "end")

    await hears(house, ana, "/start picture(dog) and picture(cat) end")


async def test_a_file_that_is_no_picture_is_said_to_be_none(house: House, bot: TelegramBot, ana: int):
    house.telegram.open_link(ana, BOT)
    await hears(house, ana, "/start")
    sends(house, ana, b"VIRUS")

    await hears(house, ana, "picture(not-a-picture)")


async def test_a_picture_that_nobody_wants_is_not_fetched(house: House, store: Store, ana: int):
    async with a_bot(house, store, wants=NO_FILE):
        house.telegram.open_link(ana, BOT)
        house.telegram.send_photo(ana, BOT)
        sends(house, ana, b"DOG")

        await hears(house, ana, "/start unread(photo) unread(document)")

    assert asked_for(house) == 0


async def test_without_a_cleaner_no_picture_is_taken(house: House, store: Store, ana: int):
    async with awake(house, store, wants=PICTURES):
        house.telegram.open_link(ana, BOT)
        house.telegram.send_photo(ana, BOT)

        await hears(house, ana, "/start unread(photo)")

    assert asked_for(house) == 0


async def test_a_picture_of_too_many_bytes_is_not_taken(house: House, bot: TelegramBot, ana: int):
    house.telegram.open_link(ana, BOT)
    sends(house, ana, b"DOG", size=LARGEST + 1)
    await hears(house, ana, "/start picture(too-large)")
    assert asked_for(house) == 0
    sends(house, ana, b"x" * (LARGEST + 1), size=0)

    await hears(house, ana, "picture(too-large) picture(too-large)")
    assert asked_for(house) == 1


async def test_no_more_of_a_file_is_taken_than_wanted(house: House, ana: int):
    api = AiogramApi(TOKEN, house.telegram.address)
    sends(house, ana, b"DOG")
    file_id = house.telegram._world.files._files[-1].id_for(api.bot_id)

    assert await api.download(file_id, most=3) == b"DOG"
    with pytest.raises(FileTooLarge):
        await api.download(file_id, most=2)
    await api.close()


async def test_a_picture_that_breaks_the_cleaner_blocks_nobody(house: House, bot: TelegramBot, ana: int):
    ben = house.newcomer("Ben")
    for person in (ana, ben):
        house.telegram.open_link(person, BOT)
    sends(house, ana, b"BUG")
    sends(house, ben, b"DOG")
    house.telegram.type_text(ana, BOT, "end")

    await hears(house, ana, "/start picture(broken) end")
    await hears(house, ben, "/start picture(dog)")


async def test_a_download_that_fails_is_tried_again(house: House, bot: TelegramBot, ana: int):
    house.telegram.open_link(ana, BOT)
    await hears(house, ana, "/start")
    house.telegram.lose_answers(2, method="getFile")
    sends(house, ana, b"DOG")

    await hears(house, ana, "/start picture(dog)")


async def test_a_download_that_stays_failed_is_said_in_words(house: House, bot: TelegramBot, ana: int):
    house.telegram.open_link(ana, BOT)
    await hears(house, ana, "/start")
    house.telegram.lose_answers(3, method="getFile")
    sends(house, ana, b"DOG")
    house.telegram.type_text(ana, BOT, "end")

    await hears(house, ana, "/start picture(unreachable) end")


async def test_a_file_that_telegram_does_not_have_is_asked_for_once(house: House):
    api = AiogramApi(TOKEN, house.telegram.address)
    files = Files(api, Cleaner(clean))

    said = await files.said(an_offer("AgACnothing"), until=now() + 5)

    assert said == UnusablePhoto(Unusable.UNREACHABLE)
    assert asked_for(house) == 1
    await api.close()


async def test_when_the_time_of_a_batch_is_over_its_pictures_are_to_be_sent_again(house: House):
    api = AiogramApi(TOKEN, house.telegram.address)
    files = Files(api, Cleaner(clean))

    assert await files.said(an_offer("AgAC"), until=now()) == UnusablePhoto(Unusable.UNREACHABLE)
    await api.close()


async def test_no_more_than_two_pictures_are_cleaned_at_a_time():
    at_work, most, lock = 0, 0, threading.Lock()

    def count(file: bytes) -> bytes:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        sleep(0.02)
        with lock:
            at_work -= 1
        return file

    cleaner = Cleaner(count)
    said = await asyncio.gather(*(cleaner.said(b"DOG") for _ in range(8)))

    assert most == CLEANED_AT_ONCE
    assert said == [SentPhoto(b"DOG")] * 8


def test_what_is_written_down_of_a_picture_never_holds_it():
    assert "DOG" not in f"{SentPhoto(b'DOG')!r} {SentPhoto(b'DOG')}"


def an_offer(file_id: str) -> Offer:
    identity = Identity("telegram", "1")
    inbound = Inbound(source="telegram", key="1", identity=identity, chat="1", said=Unreadable("photo"))
    return Offer(inbound, FileKind.PICTURE, file_id, 3)


def now() -> float:
    return asyncio.get_running_loop().time()
