"""The Bot API through python-telegram-bot: files both ways, plain JSON, and nothing of a token in a log."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import httpx
import pytest
import structlog
from aiohttp import web
from telegram.error import (
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bots.delivery import Sent
from bots.demo.telegram import Upload
from bots.demo.telegram.views import MessageView
from bots.logs import set_up_logs
from bots.telegram.api import FileTooLarge
from bots.telegram.errors import CallFailed, Remedy
from bots.telegram.pace import Lanes, Pace
from bots.telegram.ptb_api import PtbApi, failure_of
from bots.telegram.read import STUDIO
from bots.telegram.sender import Sender
from conversations.cards import Card, CardButton, CardLine, Enclosure, Span
from conversations.replies import Shown
from conversations.screens import Choose
from tests.bots.house import STUDIO_BOT, STUDIO_TOKEN, House

PICTURE = "pictures/fall-minis.jpg"


@pytest.fixture
async def api(house: House) -> AsyncIterator[PtbApi]:
    api = PtbApi(STUDIO_TOKEN, house.telegram.address)
    yield api
    await api.close()


@pytest.fixture
async def sender(house: House, api: PtbApi) -> Sender:
    return Sender(api, channel=STUDIO, home=house.settings.folder, pace=Pace(None), lanes=Lanes(every=0))


@pytest.fixture
def mia(house: House) -> int:
    person = house.newcomer("Mia")
    house.telegram.open_link(person, STUDIO_BOT)
    return person


def seen(house: House, person: int) -> list[MessageView]:
    return [message for message in house.telegram.chat(person, STUDIO_BOT).messages if not message.mine]


async def sent(sender: Sender, person: int, words: str, *, picture: str | None = None, edit: str | None = None) -> str:
    rows = ((CardButton("Publish", Choose("publish")),),)
    card = Card(lines=(CardLine((Span(words, bold=True),)),), rows=rows, picture=picture)
    async with sender.lane(f"{person}"):
        outcome = await sender.send(Shown(channel=STUDIO, chat=f"{person}", card=card, edit=edit), urgent=True)
    assert isinstance(outcome, Sent)
    return outcome.card


async def test_what_comes_back_is_plain_json(api: PtbApi, mia: int):
    message = await api.call("sendMessage", {"chat_id": mia, "text": "Hello", "reply_parameters": {"message_id": 1}})

    assert (message["text"], message["reply_to_message"]["message_id"]) == ("Hello", 1)
    assert (await api.call("getMe", {}))["id"] == api.bot_id
    updates = await api.call("getUpdates", {"timeout": 0, "allowed_updates": ["message"]})
    assert [update["message"]["text"] for update in updates] == ["/start"]


async def test_a_picture_is_uploaded_once_and_known_by_its_id_afterwards(
    house: House, sender: Sender, api: PtbApi, mia: int
):
    card = await sent(sender, mia, "Fall Minis", picture=PICTURE)
    await sent(sender, mia, "Fall Minis again", picture=PICTURE)

    assert card.endswith("p")
    assert [(bool(one.photo_url), one.text, bool(one.buttons)) for one in seen(house, mia)] == [
        (True, "Fall Minis", True),
        (True, "Fall Minis again", True),
    ]
    photos = [call.params["photo"] for call in house.telegram.calls if call.method == "sendPhoto"]
    assert [isinstance(photo, Upload) for photo in photos] == [True, False]


async def test_a_text_card_becomes_a_picture_card_with_a_file_that_was_never_sent(
    house: House, sender: Sender, mia: int
):
    card = await sent(sender, mia, "No picture yet")

    edited = await sent(sender, mia, "Fall Minis", picture=PICTURE, edit=card)

    assert edited.rstrip("p") == card
    [message] = seen(house, mia)
    assert (bool(message.photo_url), message.text, bool(message.buttons)) == (True, "Fall Minis", True)
    assert message.entities[0]["type"] == "bold"


async def test_a_document_is_uploaded_under_its_name(house: House, sender: Sender, mia: int):
    enclosure = Enclosure(paper="sheet:1", name="Fotos im Schloß-v3.pdf", caption=(Span("The run sheet"),))

    async with sender.lane(f"{mia}"):
        outcome = await sender.enclose(f"{mia}", enclosure, b"%PDF-1.7", urgent=True)

    assert isinstance(outcome, Sent)
    [message] = seen(house, mia)
    assert message.document
    assert (message.document.name, message.text) == ("Fotos im Schloß-v3.pdf", "The run sheet")
    assert house.telegram.data_at(message.document.url) == b"%PDF-1.7"


async def test_no_more_of_a_file_is_taken_than_wanted(house: House, api: PtbApi, mia: int):
    house.telegram.send_document(mia, STUDIO_BOT, Upload("contract.md", "text/markdown", b"# Contract"))
    file_id = (await api.call("getUpdates", {}))[-1]["message"]["document"]["file_id"]

    assert await api.download(file_id, most=10) == b"# Contract"
    with pytest.raises(FileTooLarge):
        await api.download(file_id, most=9)


async def test_a_file_that_telegram_does_not_give_to_bots_is_too_large(house: House, api: PtbApi, mia: int):
    house.telegram.send_document(mia, STUDIO_BOT, Upload("a.bin", "", bytes(20 * 1024 * 1024 + 1)))
    file_id = (await api.call("getUpdates", {}))[-1]["message"]["document"]["file_id"]

    with pytest.raises(FileTooLarge):
        await api.download(file_id, most=1 << 30)


@pytest.fixture
async def gateway() -> AsyncIterator[str]:
    """Answers every call with a page of its own, as if all were well; what it gives of files ends too early."""

    async def page(request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/file/"):
            response = web.StreamResponse(headers={"Content-Length": "100"})
            await response.prepare(request)
            await response.write(b"half")
            assert request.transport
            request.transport.close()
            return response
        if request.path.endswith("/getFile"):
            return web.json_response({"ok": True, "result": {"file_path": "documents/a.md"}})
        body = '"Ana Torres"' if request.path.endswith("/getMe") else "<html>Ana Torres</html>"
        return web.Response(text=body, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def test_an_answer_that_is_none_is_lost_and_not_logged(gateway: str, caplog: pytest.LogCaptureFixture):
    api = PtbApi(STUDIO_TOKEN, gateway)
    for method in ("sendMessage", "getMe"):
        with pytest.raises(CallFailed) as failed:
            await api.call(method, {})
        assert failed.value.failure.remedy is Remedy.ASK_ONCE_MORE
    await api.close()

    assert "Ana" not in caplog.text


async def test_a_file_that_ends_too_early_may_be_asked_for_again(gateway: str):
    api = PtbApi(STUDIO_TOKEN, gateway)
    with pytest.raises(CallFailed) as failed:
        await api.download("BQAC", most=100)
    await api.close()

    assert failed.value.failure.remedy is Remedy.ASK_ONCE_MORE
    assert STUDIO_TOKEN not in failed.value.failure.error


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program would write to standard error, were everything to be written."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_no_call_leaves_its_address_or_what_was_said_in_a_log(house: House, mia: int, log: io.StringIO):
    api = PtbApi(STUDIO_TOKEN, house.telegram.address)
    await api.call("sendMessage", {"chat_id": mia, "text": "between the two of us"})
    house.telegram.lose_answers(1, method="getMe")
    with pytest.raises(CallFailed):
        await api.call("getMe", {})
    await api.close()

    assert "/bot" not in log.getvalue()
    assert "[bot token]" not in log.getvalue()
    assert "between" not in log.getvalue()


async def test_calls_beside_each_other_do_not_wait_for_a_long_poll(house: House, api: PtbApi, mia: int):
    updates = await api.call("getUpdates", {})
    asked = {"offset": updates[-1]["update_id"] + 1, "timeout": 30}

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.call("getUpdates", asked, answer_in=40))
        await house.telegram.wait_for_poll(STUDIO_BOT)
        answers = await asyncio.gather(*(api.call("getMe", {}) for _ in range(80)))
        assert not poll.done()
        house.telegram.type_text(mia, STUDIO_BOT, "enough")

    assert [update["message"]["text"] for update in poll.result()] == ["enough"]
    assert len(answers) == 80


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ChatMigrated(-1007), (Remedy.FOLLOW, 0, -1007)),
        (EndPointNotFound("Endpoint 'x' not found"), (Remedy.MEND_CODE, 0, None)),
        (RetryAfter(timedelta(seconds=7)), (Remedy.WAIT, 7, None)),
        (NetworkError("Bad Gateway"), (Remedy.BACK_OFF, 0, None)),
        (caused(TimedOut(), httpx.ConnectTimeout("")), (Remedy.BACK_OFF, 0, None)),
        (caused(TimedOut(), httpx.PoolTimeout("")), (Remedy.BACK_OFF, 0, None)),
        (caused(NetworkError("no such host"), httpx.ConnectError("")), (Remedy.BACK_OFF, 0, None)),
        (caused(TimedOut(), httpx.ReadTimeout("")), (Remedy.ASK_ONCE_MORE, 0, None)),
        (caused(TimedOut(), httpx.WriteTimeout("")), (Remedy.ASK_ONCE_MORE, 0, None)),
        (caused(NetworkError("gone"), httpx.ReadError("")), (Remedy.ASK_ONCE_MORE, 0, None)),
        (caused(NetworkError("gone"), httpx.RemoteProtocolError("")), (Remedy.ASK_ONCE_MORE, 0, None)),
        (caused(Forbidden("a portal's page"), TelegramError("no answer")), (Remedy.ASK_ONCE_MORE, 0, None)),
    ],
)
@pytest.mark.parametrize("gives_timedelta", ["true", "false"])
def test_what_is_hard_to_provoke_is_read_from_the_librarys_exception(
    error: TelegramError,
    failure: tuple[Remedy, float, int | None],
    gives_timedelta: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("PTB_TIMEDELTA", gives_timedelta)

    read = failure_of(error)

    assert (read.remedy, read.seconds, read.chat) == failure
