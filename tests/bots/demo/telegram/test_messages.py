"""Sending, editing, deleting: what goes through, and what is refused in Telegram's words."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.telegram.api import BOT, STUDIO_BOT, Api, refusal

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_a_sent_message_is_seen(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="<b>Hi</b>, Ann", parse_mode="HTML", reply_markup=KEYBOARD)

    seen = standin.chat(ann, BOT).messages[-1]

    assert (sent["message_id"], sent["text"], sent["from"]["username"]) == (seen.id, "Hi, Ann", BOT)
    assert (seen.text, seen.mine, seen.buttons[0][0].value) == ("Hi, Ann", False, "a")
    assert seen.entities == ({"type": "bold", "offset": 0, "length": 2},)


async def test_forms_json_and_the_address_carry_the_same_call(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api.with_form("sendMessage", chat_id=ann, text="form", reply_markup=KEYBOARD, protect_content=True)
    await api("sendMessage", chat_id=ann, text="json", reply_markup=KEYBOARD, protect_content=True)
    await api.with_files("sendMessage", {}, chat_id=ann, text="multipart", reply_markup=KEYBOARD)
    async with api.session.get(f"{api.base}/bot{api.token}/sendMessage?chat_id={ann}&text=address") as response:
        assert response.status == 200

    assert [m.text for m in standin.chat(ann, BOT).messages[1:]] == ["form", "json", "multipart", "address"]


@pytest.mark.parametrize(
    ("method", "params", "code", "description"),
    [
        ("sendMessage", {"text": "a"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 1, "text": "a"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "a"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "ann"}, 400, 'Bad Request: can\'t parse parameter "chat_id" as chat'),
        ("sendMessage", {"chat_id": 1}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": 7}, 400, 'Bad Request: can\'t parse parameter "text" as string'),
        ("sendMessage", {"chat_id": 1, "text": "\ud83c"}, 400, "Bad Request: strings must be encoded in UTF-8"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "colour": "red"},
            400,
            'Bad Request: the stand-in refuses the unknown parameter "colour" of sendMessage',
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "message_thread_id": 1},
            400,
            'Bad Request: the stand-in does not play the parameter "message_thread_id" of sendMessage',
        ),
        ("sendPhoto", {"chat_id": 1}, 400, "Bad Request: there is no photo in the request"),
        ("sendChatAction", {"chat_id": 1}, 400, "Bad Request: wrong parameter action in request"),
        ("editMessageText", {"text": "a"}, 400, "Bad Request: chat_id is empty"),
        ("editMessageText", {"chat_id": 1, "text": "a"}, 400, "Bad Request: message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1}, 400, "Bad Request: message identifier is not specified"),
        ("getFile", {"file_id": "x"}, 400, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendEverything", {}, 404, "Not Found: method not found"),
    ],
)
async def test_a_wrong_call_is_refused(
    api: Api, method: str, params: dict[str, object], code: int, description: str
) -> None:
    assert await refusal(api(method, **params)) == (code, description)


async def test_a_wrong_token_is_refused(api: Api) -> None:
    stranger = Api(api.session, api.base, "11:another")

    assert await refusal(stranger("getMe")) == (401, "Unauthorized")


async def test_a_body_that_is_no_json_object_is_refused(api: Api) -> None:
    async with api.session.post(
        f"{api.base}/bot{api.token}/getMe", data="[", headers={"Content-Type": "application/json"}
    ) as response:
        assert (response.status, (await response.json())["description"]) == (
            400,
            "Bad Request: can't parse request JSON object",
        )


async def test_a_bot_cannot_write_first(standin: TelegramStandIn, api: Api, studio_api: Api, ann: int) -> None:
    words = "Forbidden: bot can't initiate conversation with a user"

    assert await refusal(studio_api("sendMessage", chat_id=ann, text="a")) == (403, words)
    standin.open_link(ann, STUDIO_BOT)
    await studio_api("sendMessage", chat_id=ann, text="a")


async def test_a_bot_that_is_blocked_cannot_write(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.block(ann, BOT)

    assert await refusal(api("sendMessage", chat_id=ann, text="a")) == (403, "Forbidden: bot was blocked by the user")
    standin.unblock(ann, BOT)
    await api("sendMessage", chat_id=ann, text="a")


async def test_an_edit_changes_the_message_and_without_a_keyboard_takes_it_away(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    sent = await api("sendMessage", chat_id=ann, text="one", reply_markup=KEYBOARD)

    await api("editMessageText", chat_id=ann, message_id=sent["message_id"], text="two")

    seen = standin.chat(ann, BOT).messages[-1]
    assert (seen.id, seen.text, seen.buttons, seen.edited) == (sent["message_id"], "two", (), True)


async def test_an_edit_that_changes_nothing_is_refused(api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="one", reply_markup=KEYBOARD)
    where = {"chat_id": ann, "message_id": sent["message_id"]}

    assert await refusal(api("editMessageText", **where, text="one", reply_markup=KEYBOARD)) == (400, NOT_MODIFIED)
    assert await refusal(api("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)) == (400, NOT_MODIFIED)
    await api("editMessageReplyMarkup", **where)
    assert await refusal(api("editMessageReplyMarkup", **where)) == (400, NOT_MODIFIED)


async def test_only_the_bots_own_messages_without_a_reply_keyboard_are_edited(api: Api, ann: int) -> None:
    keyboard = {"keyboard": [[{"text": "Back"}]]}
    sent = await api("sendMessage", chat_id=ann, text="Your name?", reply_markup=keyboard)

    edits = [api("editMessageText", chat_id=ann, message_id=id, text="b") for id in (1, sent["message_id"])]

    assert [await refusal(edit) for edit in edits] == [(400, "Bad Request: message can't be edited")] * 2


async def test_what_is_not_there_is_not_edited_or_deleted(api: Api, ann: int) -> None:
    where = {"chat_id": ann, "message_id": 99}

    assert await refusal(api("editMessageText", **where, text="a")) == (400, "Bad Request: message to edit not found")
    assert await refusal(api("deleteMessage", **where)) == (400, "Bad Request: message to delete not found")
    assert await refusal(api("setMessageReaction", **where)) == (400, "Bad Request: message to react not found")


async def test_a_deleted_message_is_gone(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="one")

    await api("deleteMessage", chat_id=ann, message_id=sent["message_id"])

    assert [m.text for m in standin.chat(ann, BOT).messages] == ["/start"]


async def test_after_two_days_a_message_cannot_be_deleted(clock: Clock, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="one")
    clock.move(timedelta(hours=48, seconds=1))

    words = "Bad Request: message can't be deleted for everyone"

    assert await refusal(api("deleteMessage", chat_id=ann, message_id=sent["message_id"])) == (400, words)


async def test_a_photo_has_a_caption_that_can_be_edited_and_no_text(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    sent = await api.with_files("sendPhoto", {"photo": ("a.jpg", picture)}, chat_id=ann, caption="one")
    where = {"chat_id": ann, "message_id": sent["message_id"]}

    await api("editMessageCaption", **where, caption="<i>two</i>", parse_mode="HTML")

    seen = standin.chat(ann, BOT).messages[-1]
    assert (seen.text, seen.entities) == ("two", ({"type": "italic", "offset": 0, "length": 3},))
    assert seen.photo_url == f"{standin.address}/media/photos/file_1.jpg"
    assert await refusal(api("editMessageText", **where, text="a")) == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


async def test_a_text_has_no_caption_to_edit_but_becomes_a_photo(
    standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    sent = await api("sendMessage", chat_id=ann, text="one")
    where = {"chat_id": ann, "message_id": sent["message_id"]}

    assert await refusal(api("editMessageCaption", **where, caption="a")) == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    media = {"type": "photo", "media": "attach://p", "caption": "two"}
    await api.with_files("editMessageMedia", {"p": ("a.jpg", picture)}, **where, media=media)
    assert standin.chat(ann, BOT).messages[-1].photo_url
    assert standin.chat(ann, BOT).messages[-1].text == "two"


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": "a", "link_preview_options": {"colour": 1}}, "can't parse link preview options"),
        (
            "sendMessage",
            {"text": "a", "reply_parameters": {}},
            "can't parse reply parameters: message_id is not specified",
        ),
        (
            "sendMessage",
            {"text": "a", "protect_content": "maybe"},
            'can\'t parse parameter "protect_content" as boolean',
        ),
        ("sendMessage", {"text": "a", "protect_content": 1}, 'can\'t parse parameter "protect_content" as boolean'),
        ("editMessageText", {"text": "a", "message_id": True}, 'can\'t parse parameter "message_id" as integer'),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "paid"}]}, "REACTION_INVALID"),
    ],
)
async def test_a_wrong_value_is_refused(
    api: Api, ann: int, method: str, params: dict[str, object], description: str
) -> None:
    assert await refusal(api(method, chat_id=ann, **params)) == (400, f"Bad Request: {description}")


async def test_what_is_null_is_not_given(api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a", parse_mode=None, reply_markup=None)

    assert "reply_markup" not in sent


async def test_media_replace_photos_documents_and_texts_only(api: Api, ann: int) -> None:
    place = await api("sendLocation", chat_id=ann, latitude=1, longitude=1)
    text = await api("sendMessage", chat_id=ann, text="a")
    media = {"type": "photo", "media": "AgAC-invented"}

    async def replaced(message: dict[str, int], media: object) -> str:
        _, words = await refusal(api("editMessageMedia", chat_id=ann, message_id=message["message_id"], media=media))
        return words

    assert await replaced(place, media) == "Bad Request: message can't be edited"
    assert "plays photos and documents" in await replaced(text, {"type": "video", "media": "a"})
    assert "wrong file identifier" in await replaced(text, media)


async def test_a_reply_names_a_message_that_is_there(api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a", reply_parameters={"message_id": 1})

    assert sent["reply_to_message"]["text"] == "/start"
    absent = {"message_id": 99}
    assert await refusal(api("sendMessage", chat_id=ann, text="a", reply_parameters=absent)) == (
        400,
        "Bad Request: message to be replied not found",
    )
    await api("sendMessage", chat_id=ann, text="a", reply_parameters={**absent, "allow_sending_without_reply": True})


async def test_a_reaction_is_one_of_telegrams_and_alone(standin: TelegramStandIn, api: Api, ann: int) -> None:
    def react(*emojis: str) -> Awaitable[object]:
        reaction = [{"type": "emoji", "emoji": emoji} for emoji in emojis]
        return api("setMessageReaction", chat_id=ann, message_id=1, reaction=reaction)

    await react("👍")
    assert standin.chat(ann, BOT).messages[0].reaction == "👍"
    assert await refusal(react("📷")) == (400, "Bad Request: REACTION_INVALID")
    assert await refusal(react("👍", "🔥")) == (400, "Bad Request: REACTIONS_TOO_MANY")
    await react()
    assert standin.chat(ann, BOT).messages[0].reaction is None


async def test_an_effect_is_one_of_telegrams(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("sendMessage", chat_id=ann, text="Booked", message_effect_id="5046509860389126442")

    assert standin.chat(ann, BOT).messages[-1].effect == "5046509860389126442"
    assert await refusal(api("sendMessage", chat_id=ann, text="a", message_effect_id="1")) == (
        400,
        "Bad Request: EFFECT_ID_INVALID",
    )


async def test_a_place_is_sent_as_a_point(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("sendLocation", chat_id=ann, latitude=41.9, longitude=-87.6)

    place = standin.chat(ann, BOT).messages[-1].location
    assert place is not None
    assert (place.latitude, place.longitude) == (41.9, -87.6)
    assert (await refusal(api("sendLocation", chat_id=ann, latitude=91, longitude=0)))[0] == 400


async def test_typing_shows_until_the_next_message(standin: TelegramStandIn, api: Api, ann: int) -> None:
    await api("sendChatAction", chat_id=ann, action="typing")
    assert standin.chat(ann, BOT).typing

    await api("sendMessage", chat_id=ann, text="a")

    assert not standin.chat(ann, BOT).typing
    assert (await refusal(api("sendChatAction", chat_id=ann, action="dancing")))[0] == 400


async def test_dates_follow_the_clock(clock: Clock, api: Api, ann: int) -> None:
    clock.move(timedelta(hours=1))

    sent = await api("sendMessage", chat_id=ann, text="a")

    assert sent["date"] == int(clock.now.timestamp())
