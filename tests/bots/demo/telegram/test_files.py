"""Documents and pictures: what is taken of a bot, kept, downloaded and seen."""

from datetime import timedelta
from typing import Any

import pytest

from bots.demo.telegram import Upload
from bots.demo.telegram.files import DOWNLOAD_LIMIT, FILE_LIMIT, PHOTO_LIMIT
from bots.demo.telegram.formatting import CAPTION_LIMIT
from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.telegram.api import BOT, STUDIO_BOT, Api, Refused, refusal

UNKNOWN_ID = "Bad Request: wrong file identifier/HTTP URL specified"
CONTRACT = {"document": ("Fall-Minis-contract-v3.pdf", b"%PDF-1.7")}


async def newest(api: Api) -> dict[str, Any]:
    """The newest message that waits for the bot."""
    return (await api("getUpdates"))[-1]["message"]


async def test_a_document_has_a_name_a_caption_and_buttons(standin: TelegramStandIn, api: Api, ann: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Sign", "callback_data": "1:s"}]]}

    sent = await api.with_files(
        "sendDocument",
        CONTRACT,
        chat_id=ann,
        caption="<b>Contract</b> v3",
        parse_mode="HTML",
        disable_notification=True,
        reply_markup=keyboard,
    )

    assert sent["document"]["file_name"] == "Fall-Minis-contract-v3.pdf"
    assert (sent["document"]["mime_type"], sent["document"]["file_size"]) == ("application/pdf", 8)
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Contract v3", "bold")
    assert sent["reply_markup"] == keyboard
    seen = standin.chat(ann, BOT).messages[-1]
    assert (seen.text, seen.buttons[0][0].text) == ("Contract v3", "Sign")


async def test_a_document_that_was_sent_is_sent_again_by_its_id_alone(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    first = await api.with_files("sendDocument", CONTRACT, chat_id=ann, caption="one")

    again = await api("sendDocument", chat_id=ann, document=first["document"]["file_id"], caption="two")

    assert again["document"] == first["document"]
    assert [message.text for message in standin.chat(ann, BOT).messages[1:]] == ["one", "two"]


async def test_a_caption_is_as_long_as_telegram_takes_it(api: Api, ann: int) -> None:
    bold = f"<b>{'a' * CAPTION_LIMIT}</b>"

    await api.with_files("sendDocument", CONTRACT, chat_id=ann, caption=bold, parse_mode="HTML")

    words = "Bad Request: message caption is too long"
    too_long = "a" * (CAPTION_LIMIT + 1)
    assert await refusal(api.with_files("sendDocument", CONTRACT, chat_id=ann, caption=too_long)) == (400, words)


@pytest.mark.parametrize(
    ("name", "data", "description"),
    [
        ("a.pdf", b"", "Bad Request: file must be non-empty"),
        ("a.pdf", bytes(FILE_LIMIT + 1), f"Bad Request: file is too big; the maximum size is {FILE_LIMIT} bytes"),
        ("contract", b"%PDF", "Bad Request: the stand-in refuses the file name 'contract'"),
        (".pdf", b"%PDF", "Bad Request: the stand-in refuses the file name '.pdf'"),
        ("a/b.pdf", b"%PDF", "Bad Request: the stand-in refuses the file name 'a/b.pdf'"),
        ("Ana's.pdf", b"%PDF", "Bad Request: the stand-in refuses the file name"),
        ("Fall – v3.pdf", b"%PDF", "Bad Request: the stand-in refuses the file name"),
        (f"{'a' * 65}.pdf", b"%PDF", "Bad Request: the stand-in refuses the file name"),
    ],
)
async def test_what_is_no_good_document_is_refused(
    api: Api, ann: int, name: str, data: bytes, description: str
) -> None:
    code, words = await refusal(api.with_files("sendDocument", {"document": (name, data)}, chat_id=ann))

    assert (code, words[: len(description)]) == (400, description)


async def test_a_file_that_no_parameter_names_is_refused(api: Api, ann: int) -> None:
    code, words = await refusal(api.with_files("sendMessage", {"surprise": ("a.pdf", b"%PDF")}, chat_id=ann, text="a"))

    assert (code, words) == (
        400,
        'Bad Request: the stand-in refuses the file "surprise", which no parameter of sendMessage names',
    )


async def test_a_document_is_an_upload_or_was_sent_before(api: Api, ann: int) -> None:
    for given in ("https://example.com/a.pdf", "attach://nothing", "BQAC-invented"):
        assert (await refusal(api("sendDocument", chat_id=ann, document=given)))[0] == 400
    words = "Bad Request: there is no document in the request"
    assert await refusal(api("sendDocument", chat_id=ann)) == (400, words)


async def test_a_file_id_serves_the_bot_that_got_it_and_no_other(
    standin: TelegramStandIn, api: Api, studio_api: Api, ann: int, picture: bytes
) -> None:
    standin.open_link(ann, STUDIO_BOT)
    sent = await api.with_files("sendPhoto", {"photo": ("a.jpg", picture)}, chat_id=ann)
    file_id = sent["photo"][-1]["file_id"]

    await api("sendPhoto", chat_id=ann, photo=file_id)

    words = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await refusal(studio_api("sendPhoto", chat_id=ann, photo=file_id)) == (400, words)
    assert await refusal(studio_api("getFile", file_id=file_id)) == (400, words)
    assert await refusal(api("sendDocument", chat_id=ann, document=file_id)) == (
        400,
        "Bad Request: can't use file of type Photo as Document",
    )


async def test_a_file_is_downloaded_as_it_was_sent(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api.with_files("sendDocument", {"document": ("contract.pdf", b"%PDF-1.7")}, chat_id=ann)

    file = await api("getFile", file_id=sent["document"]["file_id"])

    assert await api.download(file["file_path"]) == b"%PDF-1.7"
    document = standin.chat(ann, BOT).messages[-1].document
    assert document is not None
    assert (document.name, document.mime_type, document.size) == ("contract.pdf", "application/pdf", 8)
    async with api.session.get(document.url) as response:
        assert await response.read() == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("data", "description"),
    [
        (b"", "Bad Request: file must be non-empty"),
        (b"GIF89a", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\x30\0\0\0\x30\0", "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\x01\0\0\0\0\x01", "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_good_picture_is_refused(api: Api, ann: int, data: bytes, description: str) -> None:
    sending = api.with_files("sendPhoto", {"photo": ("a.jpg", data)}, chat_id=ann)

    assert await refusal(sending) == (400, description)


async def test_what_is_too_large_is_refused(api: Api, ann: int) -> None:
    large = b"\xff\xd8" + bytes(PHOTO_LIMIT)

    code, description = await refusal(api.with_files("sendPhoto", {"photo": ("a.jpg", large)}, chat_id=ann))

    assert (code, "is too big for a photo" in description) == (400, True)


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"photo": "https://example.com/a.jpg"}, "failed to get HTTP URL content"),
        ({"photo": "attach://nothing"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "AgAC-invented"}, "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_a_photo_is_an_upload_or_was_sent_before(
    api: Api, ann: int, params: dict[str, object], description: str
) -> None:
    assert await refusal(api("sendPhoto", chat_id=ann, **params)) == (400, f"Bad Request: {description}")


async def test_a_document_is_no_photo(api: Api, ann: int) -> None:
    sent = await api.with_files("sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=ann)
    file_id = sent["document"]["file_id"]

    await api("sendDocument", chat_id=ann, document=file_id)

    words = "Bad Request: can't use file of type Document as Photo"
    assert await refusal(api("sendPhoto", chat_id=ann, photo=file_id)) == (400, words)


async def test_a_path_is_downloaded_by_the_bot_that_asked_for_it_and_for_an_hour(
    clock: Clock, standin: TelegramStandIn, api: Api, studio_api: Api, ann: int
) -> None:
    standin.send_photo(ann, BOT)
    photo = (await newest(api))["photo"][-1]
    guessed = "photos/file_1.jpg"
    with pytest.raises(Refused, match="Not Found"):
        await api.download(guessed)

    path = (await api("getFile", file_id=photo["file_id"]))["file_path"]

    assert path == guessed
    assert len(await api.download(path)) == photo["file_size"]
    with pytest.raises(Refused, match="Not Found"):
        await studio_api.download(path)
    clock.move(timedelta(hours=1, seconds=1))
    with pytest.raises(Refused, match="Not Found"):
        await api.download(path)
    await api("getFile", file_id=photo["file_id"])
    await api.download(path)


async def test_while_telegram_is_down_nothing_is_downloaded(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.send_photo(ann, BOT)
    path = (await api("getFile", file_id=(await newest(api))["photo"][-1]["file_id"]))["file_path"]
    standin.go_down(None)

    with pytest.raises(Refused, match="Bad Gateway"):
        await api.download(path)


async def test_what_is_larger_than_twenty_megabytes_reaches_the_bot_but_is_not_downloaded(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    standin.send_document(ann, BOT, Upload("scan.tif", "image/tiff", bytes(DOWNLOAD_LIMIT + 1)))
    document = (await newest(api))["document"]

    assert document["file_size"] == DOWNLOAD_LIMIT + 1
    assert await refusal(api("getFile", file_id=document["file_id"])) == (400, "Bad Request: file is too big")


@pytest.mark.parametrize(
    ("name", "how", "kind"),
    [
        ("contract.pdf", "inline", "application/pdf"),
        ("IMG_1.jpg", "inline", "image/jpeg"),
        ("booking.ics", "attachment", "text/calendar"),
        ("page.html", "attachment", "text/html"),
        ("drawing.svg", "attachment", "image/svg+xml"),
    ],
)
async def test_a_browser_shows_what_is_safe_and_saves_the_rest(
    standin: TelegramStandIn, api: Api, ann: int, name: str, how: str, kind: str
) -> None:
    await api.with_files("sendDocument", {"document": (name, b"data")}, chat_id=ann)
    document = standin.chat(ann, BOT).messages[-1].document
    assert document

    async with api.session.get(document.url) as response:
        assert response.headers["Content-Disposition"] == f"{how}; filename*=UTF-8''{name}"
        assert (response.content_type, response.headers["X-Content-Type-Options"]) == (kind, "nosniff")


async def test_under_another_name_for_this_machine_no_file_is_shown(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    await api.with_files("sendDocument", CONTRACT, chat_id=ann)
    document = standin.chat(ann, BOT).messages[-1].document
    assert document

    async with api.session.get(document.url, headers={"Host": "attacker.example"}) as response:
        assert response.status == 403
    async with api.session.get(f"{standin.address}/media/documents/file_9.pdf") as response:
        assert response.status == 404
