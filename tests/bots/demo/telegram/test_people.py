"""What people do, and the updates that reach the bot."""

from datetime import timedelta
from typing import Any

import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.telegram.api import BOT, STUDIO_BOT, Api, Refused

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}, {"text": "B", "callback_data": "1:b"}]]}


async def updates(api: Api) -> list[dict[str, Any]]:
    """What waits for the bot; it is confirmed."""
    waiting = await api("getUpdates")
    if waiting:
        await api("getUpdates", offset=waiting[-1]["update_id"] + 1)
    return waiting


async def test_a_link_starts_the_bot_with_its_payload(standin: TelegramStandIn, api: Api, maya: int) -> None:
    standin.open_link(maya, BOT, "m_7Q2K-x")

    [update] = await updates(api)
    message = update["message"]
    assert message["text"] == "/start m_7Q2K-x"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": maya,
        "is_bot": False,
        "first_name": "Maya",
        "last_name": "Chen",
        "username": "maya",
        "language_code": "es",
    }
    assert message["chat"] == {
        "id": maya,
        "type": "private",
        "first_name": "Maya",
        "last_name": "Chen",
        "username": "maya",
    }


@pytest.mark.parametrize("payload", ["a" * 65, "m 1", "é", "a=b"])
def test_a_payload_that_telegram_does_not_take_is_a_slip(standin: TelegramStandIn, maya: int, payload: str) -> None:
    with pytest.raises(ValueError, match="64 characters"):
        standin.open_link(maya, BOT, payload)


async def test_a_press_reaches_the_bot_and_its_answer_the_person(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a", reply_markup=KEYBOARD)

    standin.press(ann, BOT, sent["message_id"], 0, 1)

    query = (await updates(api))[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("1:b", sent["message_id"], ann)
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Just taken", show_alert=True)
    [toast] = standin.chat(ann, BOT).toasts
    assert (toast.text, toast.alert) == ("Just taken", True)


async def test_a_button_that_is_not_there_cannot_be_pressed(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a", reply_markup=KEYBOARD)

    for row, column in [(0, 2), (1, 0)]:
        with pytest.raises(LookupError):
            standin.press(ann, BOT, sent["message_id"], row, column)


async def test_a_press_under_a_message_that_is_gone_says_so(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.press_data(ann, BOT, 99, "forged")

    query = (await updates(api))[-1]["callback_query"]
    assert query["data"] == "forged"
    assert (query["message"]["message_id"], query["message"]["date"]) == (99, 0)


async def test_a_press_is_answered_once_and_in_time(clock: Clock, standin: TelegramStandIn, api: Api, ann: int) -> None:
    async def answer(text: str = "") -> None:
        query = (await api("getUpdates"))[-1]["callback_query"]
        await api("answerCallbackQuery", callback_query_id=query["id"], text=text)

    standin.press_data(ann, BOT, 1, "a")
    await answer("a" * 200)
    with pytest.raises(Refused, match=TOO_OLD):
        await answer()

    standin.press_data(ann, BOT, 1, "a")
    with pytest.raises(Refused, match="MESSAGE_TOO_LONG"):
        await answer("a" * 201)
    clock.move(timedelta(seconds=31))
    with pytest.raises(Refused, match=TOO_OLD):
        await answer()


async def test_an_answer_may_open_the_bot_by_a_link_and_nothing_else(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    standin.press_data(ann, BOT, 1, "a")
    query = (await api("getUpdates"))[-1]["callback_query"]["id"]

    with pytest.raises(Refused, match="URL_INVALID"):
        await api("answerCallbackQuery", callback_query_id=query, url="https://example.com")
    with pytest.raises(Refused, match="URL_INVALID"):
        await api("answerCallbackQuery", callback_query_id=query, url="http://localhost")
    await api("answerCallbackQuery", callback_query_id=query, url=f"t.me/{BOT}?start=m_1")


async def test_a_button_with_a_bots_link_opens_that_bot(
    standin: TelegramStandIn, api: Api, studio_api: Api, ann: int
) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "url": f"https://t.me/{STUDIO_BOT}?start=claim_1"}]]}
    sent = await api("sendMessage", chat_id=ann, text="a", reply_markup=markup)

    standin.press(ann, BOT, sent["message_id"], 0, 0)

    assert [u["message"]["text"] for u in await updates(studio_api)] == ["/start claim_1"]


async def test_a_person_shares_a_number_their_own_or_anothers(
    standin: TelegramStandIn, api: Api, ann: int, maya: int
) -> None:
    standin.share_contact(ann, BOT)
    standin.share_contact(ann, BOT, of=maya)

    own, others = [u["message"] for u in (await updates(api))[-2:]]
    assert own["contact"] == {"phone_number": "+13125550188", "first_name": "Ann", "user_id": ann}
    assert (others["contact"]["user_id"], others["from"]["id"]) == (maya, ann)


async def test_an_edited_text_comes_as_such(standin: TelegramStandIn, api: Api, ann: int) -> None:
    text = standin.type_text(ann, BOT, "Ann Le")

    standin.edit_text(ann, BOT, text, "Ann Lee")

    edited = (await updates(api))[-1]["edited_message"]
    assert (edited["message_id"], edited["text"], "edit_date" in edited) == (text, "Ann Lee", True)
    assert standin.chat(ann, BOT).messages[-1].edited


async def test_people_do_not_edit_the_bots_messages(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a")

    with pytest.raises(ValueError, match="their own"):
        standin.edit_text(ann, BOT, sent["message_id"], "b")


async def test_a_reply_brings_along_what_it_answers(standin: TelegramStandIn, api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="Ben asks: may we bring the dog?")

    standin.type_text(ann, BOT, "Of course", reply_to=sent["message_id"])

    reply = (await updates(api))[-1]["message"]
    assert (reply["text"], reply["reply_to_message"]["message_id"]) == ("Of course", sent["message_id"])
    with pytest.raises(LookupError):
        standin.type_text(ann, BOT, "Of course", reply_to=999)


async def test_what_is_forwarded_says_who_said_it_first_and_has_no_buttons(
    standin: TelegramStandIn, api: Api, studio_api: Api, ann: int, picture: bytes
) -> None:
    sent = await api.with_files(
        "sendPhoto", {"photo": ("a.jpg", picture)}, chat_id=ann, caption="Fall Minis", reply_markup=KEYBOARD
    )
    own = standin.type_text(ann, BOT, "hello")

    standin.forward(ann, STUDIO_BOT, sent["message_id"], out_of=BOT)
    standin.forward(ann, BOT, standin.forward(ann, BOT, own))

    card = (await updates(studio_api))[-1]["message"]
    assert card["forward_origin"]["sender_user"]["username"] == BOT
    assert (card["caption"], "photo" in card, "reply_markup" in card) == ("Fall Minis", True, False)
    once, again = [update["message"] for update in (await updates(api))[-2:]]
    assert once["forward_origin"] == again["forward_origin"]
    assert (again["forward_origin"]["sender_user"]["id"], again["text"]) == (ann, "hello")


async def test_a_place_is_shared_with_a_name_or_without(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.share_place(ann, BOT, 41.9, -87.6)
    standin.share_place(ann, BOT, 41.9, -87.6, title="Riverside Park", address="North gate")

    point, venue = [update["message"] for update in (await updates(api))[-2:]]
    assert (point["location"], "venue" in point) == ({"latitude": 41.9, "longitude": -87.6}, False)
    assert (venue["venue"]["title"], venue["location"]) == ("Riverside Park", point["location"])


async def test_two_bots_have_chats_messages_and_updates_of_their_own(
    standin: TelegramStandIn, api: Api, studio_api: Api, ann: int
) -> None:
    standin.open_link(ann, STUDIO_BOT, "claim_1")
    standin.type_text(ann, BOT, "to the clients' bot")
    standin.block(ann, BOT)
    sent = await studio_api("sendMessage", chat_id=ann, text="Welcome")

    assert [u["message"]["text"] for u in await updates(studio_api)] == ["/start claim_1"]
    assert [u["message"]["text"] for u in await updates(api) if "message" in u] == ["/start", "to the clients' bot"]
    assert [message.text for message in standin.chat(ann, STUDIO_BOT).messages] == ["/start claim_1", "Welcome"]
    assert (sent["message_id"], standin.chat(ann, STUDIO_BOT).is_blocked) == (2, False)


async def test_blocking_and_coming_back_reach_the_bot(standin: TelegramStandIn, api: Api, ann: int) -> None:
    standin.block(ann, BOT)
    standin.block(ann, BOT)
    with pytest.raises(ValueError, match="unblocks"):
        standin.type_text(ann, BOT, "hello?")
    standin.open_link(ann, BOT, "m_1")

    kicked, member, start = (await updates(api))[-3:]
    assert kicked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start m_1"


async def test_groups_and_channels_reach_the_bot_and_it_may_answer(
    standin: TelegramStandIn, api: Api, ann: int
) -> None:
    standin.group_message(ann, BOT, "/start@LunaPhotoBot")
    standin.channel_post(BOT, "News")

    group, channel = (await updates(api))[-2:]
    assert (group["message"]["chat"]["type"], group["message"]["from"]["id"]) == ("supergroup", ann)
    assert channel["channel_post"]["sender_chat"] == channel["channel_post"]["chat"]
    await api("sendMessage", chat_id=group["message"]["chat"]["id"], text="Write to me in private")


async def test_any_update_can_be_pushed(standin: TelegramStandIn, api: Api) -> None:
    standin.push_update(BOT, {"surprise": {"a": 1}})

    [update] = await updates(api)
    assert update["surprise"] == {"a": 1}
    assert isinstance(update["update_id"], int)


def test_an_unknown_bot_is_a_slip(standin: TelegramStandIn, ann: int) -> None:
    with pytest.raises(LookupError):
        standin.type_text(ann, "NoSuchBot", "a")
