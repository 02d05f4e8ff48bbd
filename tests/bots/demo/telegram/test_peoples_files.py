"""Documents and pictures that people send, and the updates that reach the bot."""

from typing import Any

import pytest

from bots.demo.telegram import Upload
from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, Api


async def newest(api: Api) -> dict[str, Any]:
    """The newest message that waits for the bot."""
    return (await api("getUpdates"))[-1]["message"]


async def test_a_photo_comes_in_several_sizes_each_with_an_id_of_its_own(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    standin.send_photo(ann, BOT, caption="Like this")

    message = await newest(api)
    sizes = message["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 480]
    files = [await api("getFile", file_id=size["file_id"]) for size in sizes]
    assert len({file["file_path"] for file in files}) == len({file["file_unique_id"] for file in files}) == 3
    assert await api.download(files[-1]["file_path"]) == picture
    assert (message["caption"], "media_group_id" in message) == ("Like this", False)


async def test_a_picture_that_is_sent_as_a_file_is_a_document_with_a_small_picture(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    standin.send_document(ann, BOT, Upload("IMG_2031.JPG", "", picture))

    document = (await newest(api))["document"]
    assert (document["file_name"], document["mime_type"]) == ("IMG_2031.JPG", "image/jpeg")
    assert document["thumbnail"]["width"] == 320
    file = await api("getFile", file_id=document["file_id"])
    assert await api.download(file["file_path"]) == picture


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ana & I: (1).jpg", "Ana   I  (1).jpg"),
        ("../../etc/passwd", "passwd.bin"),
        ("Été – 2026.png", "Été   2026.png"),
    ],
)
async def test_the_names_of_peoples_files_are_cleaned_as_telegram_does(
    standin: TelegramStandIn, api: Api, ann: int, name: str, kept: str
) -> None:
    standin.send_document(ann, BOT, Upload(name, "image/jpeg", b"data"))

    assert (await newest(api))["document"]["file_name"] == kept


async def test_pictures_that_are_sent_together_come_one_by_one_with_what_they_share(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    two = [Upload("a.jpg", "image/jpeg", picture)] * 2

    standin.send_files(ann, BOT, two, caption="Both")
    standin.send_files(ann, BOT, two, as_documents=True)

    first, second, third, fourth = [update["message"] for update in (await api("getUpdates"))[-4:]]
    assert first["media_group_id"] == second["media_group_id"] != third["media_group_id"] == fourth["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Both", False)
    assert ["document" in message for message in (first, second, third, fourth)] == [False, False, True, True]
    assert len({message["message_id"] for message in (first, second, third, fourth)}) == 4
    albums = [message.album for message in standin.chat(ann, BOT).messages]
    assert albums == [None, *[first["media_group_id"]] * 2, *[third["media_group_id"]] * 2]


async def test_what_no_app_sends_is_a_slip(standin: TelegramStandIn, ann: int, picture: bytes) -> None:
    jpeg = Upload("a.jpg", "image/jpeg", picture)

    with pytest.raises(ValueError, match="1 to 10"):
        standin.send_files(ann, BOT, [])
    with pytest.raises(ValueError, match="1 to 10"):
        standin.send_files(ann, BOT, [jpeg] * 11)
    with pytest.raises(ValueError, match="JPEG"):
        standin.send_photo(ann, BOT, b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ValueError, match="non-empty"):
        standin.send_document(ann, BOT, Upload("a.jpg", "image/jpeg", b""))
    assert len(standin.chat(ann, BOT).messages) == 1


async def test_who_sent_a_file_is_known(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api.with_files("sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=ann)
    standin.send_photo(ann, BOT)
    photo = (await newest(api))["photo"][0]

    assert standin.sender_of(BOT, photo["file_id"]) == ann
    assert standin.sender_of(BOT, sent["document"]["file_id"]) is None
    assert standin.sender_of(BOT, "AgAC-invented") is None
