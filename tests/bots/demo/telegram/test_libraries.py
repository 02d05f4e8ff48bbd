"""The libraries that the bots are built on, unmodified, against the stand-in."""

from collections.abc import AsyncIterator

import aiogram
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter, TelegramServerError
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.ext import Application

from bots.demo.telegram import Upload
from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, STUDIO_BOT, STUDIO_TOKEN, TOKEN, Api

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="1:a", style="primary")]]
)


@pytest.fixture
async def bot(standin: TelegramStandIn) -> AsyncIterator[aiogram.Bot]:
    server = TelegramAPIServer.from_base(standin.address)
    async with aiogram.Bot(TOKEN, session=AiohttpSession(api=server)) as bot:
        yield bot


@pytest.fixture
async def studio_bot(standin: TelegramStandIn) -> AsyncIterator[telegram.Bot]:
    builder = Application.builder().token(STUDIO_TOKEN).job_queue(None).updater(None)
    application = builder.base_url(f"{standin.address}/bot").base_file_url(f"{standin.address}/file/bot").build()
    async with application:
        yield application.bot


async def test_aiogram_sends_edits_and_answers(
    standin: TelegramStandIn, bot: aiogram.Bot, ann: int, picture: bytes
) -> None:
    sent = await bot.send_photo(ann, BufferedInputFile(picture, "a.jpg"), caption="<b>Hi</b>", parse_mode="HTML")
    await bot.edit_message_caption(chat_id=ann, message_id=sent.message_id, caption="Book", reply_markup=KEYBOARD)
    standin.press(ann, BOT, sent.message_id, 0, 0)
    query = (await bot.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    await bot.answer_callback_query(query.id, "Held")
    media = InputMediaPhoto(media=BufferedInputFile(picture, "b.jpg"), caption="Done")
    await bot.edit_message_media(media, chat_id=ann, message_id=sent.message_id)

    view = standin.chat(ann, BOT)

    assert (query.data, view.toasts[0].text, view.messages[-1].text) == ("1:a", "Held", "Done")
    assert view.messages[-1].photo_url is not None


async def test_aiogram_sends_a_document_under_its_name_and_downloads_what_a_person_sent(
    standin: TelegramStandIn, bot: aiogram.Bot, ann: int, picture: bytes
) -> None:
    contract = BufferedInputFile(b"%PDF", "Fotos im Schloß-v3.pdf")
    sent = await bot.send_document(ann, contract, caption="<b>Contract</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert sent.document
    await bot.send_document(ann, sent.document.file_id)
    standin.send_photo(ann, BOT)
    photo = (await bot.get_updates(timeout=5))[-1].message
    assert photo
    assert photo.photo
    downloaded = await bot.download(photo.photo[-1])

    assert downloaded
    assert downloaded.read() == picture
    documents = [message.document for message in standin.chat(ann, BOT).messages if message.document]
    assert [document.name for document in documents] == ["Fotos im Schloß-v3.pdf"] * 2


async def test_aiogram_raises_its_own_errors(standin: TelegramStandIn, bot: aiogram.Bot, ann: int, maya: int) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(ann, "<b>", parse_mode="HTML")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(maya, "Hello")
    standin.flood(retry_after=3, calls=1)
    with pytest.raises(TelegramRetryAfter) as flooded:
        await bot.send_message(ann, "Hello")
    assert flooded.value.retry_after == 3
    standin.go_down(None)
    with pytest.raises(TelegramServerError):
        await bot.send_message(ann, "Hello")


async def test_python_telegram_bot_polls_sends_and_downloads(
    standin: TelegramStandIn, studio_bot: telegram.Bot, maya: int, picture: bytes
) -> None:
    standin.open_link(maya, STUDIO_BOT, "claim_1")
    standin.send_photo(maya, STUDIO_BOT)
    start, photo = [update.message for update in await studio_bot.get_updates(timeout=5)]
    assert start
    assert photo
    assert start.parse_entities([telegram.MessageEntity.BOT_COMMAND])
    file = await photo.photo[-1].get_file()
    assert await file.download_as_bytearray() == picture

    await studio_bot.send_photo(maya, picture, caption="*Hi*", parse_mode="MarkdownV2")
    await studio_bot.send_document(maya, b"%PDF", filename="contract.pdf")
    await studio_bot.set_my_commands([("day", "The day")], scope=telegram.BotCommandScopeChat(maya))

    view = standin.chat(maya, STUDIO_BOT)
    assert [m.text or (m.document and m.document.name) for m in view.messages[2:]] == ["Hi", "contract.pdf"]
    assert [c.command for c in view.commands] == ["day"]


async def test_python_telegram_bot_raises_its_own_errors(
    standin: TelegramStandIn, studio_bot: telegram.Bot, maya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else it warns of its own RetryAfter
    with pytest.raises(telegram.error.Forbidden):
        await studio_bot.send_message(maya, "Hello")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await studio_bot.send_message(1, "Hello")
    standin.flood(retry_after=3, calls=1)
    with pytest.raises(telegram.error.RetryAfter):
        await studio_bot.send_message(maya, "Hello")


async def test_both_libraries_read_every_kind_of_update(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await api("sendMessage", chat_id=ann, text="a", reply_markup=markup)
    standin.press(ann, BOT, sent["message_id"], 0, 0)
    standin.press_data(ann, BOT, 99, "gone")
    standin.edit_text(ann, BOT, standin.type_text(ann, BOT, "a"), "b")
    standin.share_contact(ann, BOT)
    standin.send_files(ann, BOT, [Upload("a.jpg", "image/jpeg", picture)] * 2, caption="Both")
    standin.send_document(ann, BOT, Upload("a.jpg", "image/jpeg", picture))
    standin.type_text(ann, BOT, "b", reply_to=sent["message_id"])
    standin.forward(ann, BOT, sent["message_id"])
    standin.share_place(ann, BOT, 41.9, -87.6)
    standin.share_place(ann, BOT, 41.9, -87.6, title="Riverside Park", address="North gate")
    standin.group_message(ann, BOT, "hi")
    standin.channel_post(BOT, "news")
    standin.block(ann, BOT)
    updates = await api("getUpdates")

    read_by_aiogram = [aiogram.types.Update.model_validate(update) for update in updates]
    read_by_the_other = [telegram.Update.de_json(update) for update in updates]

    assert [u.event_type for u in read_by_aiogram] == [next(k for k in u if k != "update_id") for u in updates]
    assert all(u.effective_chat and not u.api_kwargs for u in read_by_the_other)
