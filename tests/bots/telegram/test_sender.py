import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bots.delivery import Later, Lost, Outcome, Sent, Unreachable
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import MessageView
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.pace import Lanes, Pace
from bots.telegram.read import CLIENTS
from bots.telegram.render import Call
from bots.telegram.sender import Sender
from bots.telegram.uploads import KNOWN, Uploads
from conversations.cards import Card, CardButton, CardLine, Drawing, Span
from conversations.replies import Shown
from conversations.screens import Choose
from tests.bots.house import BOT, TOKEN, House
from tests.bots.printer.bad_files import encoded, picture

BUTTONS = ((CardButton("Yes", Choose("yes")), CardButton("No", Choose("no"))),)


DRAWN = Drawing("day/fall/saturday/1", "en")
#: Two pictures as they are drawn.
MORNING, NOON = (encoded("PNG", picture((60, 75), mode)) for mode in ("RGB", "L"))


def card(words: str, *, picture: str | Drawing | None = None, placeholder: str = "", buttons: bool = True) -> Card:
    rows = BUTTONS if buttons else ()
    return Card(lines=(CardLine((Span(words),)),), rows=rows, picture=picture, placeholder=placeholder)


@dataclass
class Chat:
    """One person's chat, and the sender that serves it."""

    telegram: TelegramStandIn
    sender: Sender
    person: int

    async def send(
        self,
        card: Card,
        *,
        edit: str | None = None,
        retire: str | None = None,
        urgent: bool = True,
        drawn: bytes | None = None,
    ) -> Outcome:
        shown = Shown(channel="telegram", chat=f"{self.person}", card=card, edit=edit, retire=retire)
        async with self.sender.lane(shown.chat):
            outcome = await self.sender.send(shown, urgent=urgent, drawn=drawn)
            if isinstance(outcome, Sent) and outcome.retired:
                await self.sender.retire(shown.chat, outcome.retired)
        return outcome

    async def sent(
        self, card: Card, *, edit: str | None = None, retire: str | None = None, drawn: bytes | None = None
    ) -> str:
        outcome = await self.send(card, edit=edit, retire=retire, drawn=drawn)
        assert isinstance(outcome, Sent)
        return outcome.card

    @property
    def messages(self) -> list[MessageView]:
        return [message for message in self.telegram.chat(self.person, BOT).messages if not message.mine]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    def uploads(self) -> list[bool]:
        """Of each call with a picture, whether the picture itself went along."""
        media = [call.params.get("media") or call.params.get("photo") for call in self.telegram.calls]
        return ["attach://" in str(one) for one in media if one]

    def methods(self) -> list[str]:
        return [call.method for call in self.telegram.calls]


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    api = AiogramApi(TOKEN, house.telegram.address)
    yield Sender(api, channel=CLIENTS, home=house.settings.folder, pace=Pace(), lanes=Lanes())
    await api.close()


@pytest.fixture
def chat(house: House, sender: Sender) -> Chat:
    person = house.newcomer()
    house.telegram.open_link(person, BOT)
    return Chat(house.telegram, sender, person)


async def test_a_card_is_edited_in_its_place(chat: Chat):
    name = await chat.sent(card("one"))

    assert await chat.sent(card("two"), edit=name) == name
    assert chat.texts == ["two"]


async def test_an_edit_that_changes_nothing_counts_as_sent(chat: Chat):
    name = await chat.sent(card("one"))

    assert await chat.sent(card("one"), edit=name) == name


async def test_a_card_that_is_gone_is_sent_anew(chat: Chat):
    name = await chat.sent(card("two"), edit="999")

    assert [f"{message.id}" for message in chat.messages] == [name]


async def test_the_older_card_loses_its_buttons(chat: Chat):
    old = await chat.sent(card("one"))

    await chat.sent(card("two"), retire=old)

    assert [bool(message.buttons) for message in chat.messages] == [False, True]


async def test_a_card_that_lost_its_buttons_already_is_no_harm(chat: Chat):
    old = await chat.sent(card("one", buttons=False))

    await chat.sent(card("two"), retire=old)

    assert chat.texts == ["one", "two"]


async def test_a_picture_stays_and_the_text_comes_below_it(chat: Chat):
    old = await chat.sent(card("one", picture="pictures/fall-minis.jpg"))

    await chat.sent(card("two"), edit=old)

    assert chat.texts == ["one", "two"]
    assert [bool(message.photo_url) for message in chat.messages] == [True, False]
    assert [bool(message.buttons) for message in chat.messages] == [False, True]


async def test_no_edit_is_tried_that_telegram_would_refuse_for_the_picture(chat: Chat):
    picture = await chat.sent(card("one", picture="pictures/fall-minis.jpg"))
    again = await chat.sent(card("two", picture="pictures/fall-minis.jpg"), edit=picture)
    text = await chat.sent(card("three"), edit=again)

    assert again == picture
    assert text != picture
    assert [call.outcome for call in chat.telegram.calls if call.method.startswith("edit")] == ["ok", "ok"]


async def test_a_picture_is_uploaded_once(chat: Chat):
    for _ in range(2):
        await chat.sent(card("one", picture="pictures/fall-minis.jpg"))

    photos = [call.params["photo"] for call in chat.telegram.calls if call.method == "sendPhoto"]
    assert str(photos[0]).startswith("attach://")
    assert not str(photos[1]).startswith("attach://")


async def test_a_drawing_is_uploaded_once_however_often_its_card_is_edited(chat: Chat):
    name = await chat.sent(card("one", picture=DRAWN), drawn=MORNING)
    for words in ("two", "three"):
        assert await chat.sent(card(words, picture=DRAWN), edit=name, drawn=MORNING) == name

    assert chat.uploads() == [True, False, False]
    assert chat.texts == ["three"]
    assert [bool(message.photo_url) for message in chat.messages] == [True]


async def test_a_drawing_that_changed_takes_the_older_ones_place(chat: Chat):
    name = await chat.sent(card("one", picture=DRAWN), drawn=MORNING)
    before = chat.messages[0].photo_url

    assert await chat.sent(card("one", picture=DRAWN), edit=name, drawn=NOON) == name
    assert chat.uploads() == [True, True]
    assert chat.messages[0].photo_url != before


async def test_two_chats_share_a_drawing_that_telegram_has(chat: Chat, house: House):
    await chat.sent(card("one", picture=DRAWN), drawn=MORNING)
    other = Chat(chat.telegram, chat.sender, house.newcomer("Ben"))
    chat.telegram.open_link(other.person, BOT)

    await other.sent(card("one", picture=DRAWN), drawn=MORNING)

    assert chat.uploads() == [True, False]


@pytest.mark.parametrize("drawn", [None, b""])
async def test_a_drawing_that_could_not_be_made_keeps_no_words_back(chat: Chat, drawn: bytes | None):
    await chat.sent(card("one", picture=DRAWN), drawn=drawn)

    assert chat.texts == ["one"]
    assert chat.uploads() == []


async def test_no_more_pictures_are_remembered_than_there_is_room_for(tmp_path: Path):
    uploads = Uploads(tmp_path)
    pictures = [uploads.picture_of(card("one", picture=DRAWN), f"{number}".encode()) for number in range(KNOWN + 1)]
    for number, one in enumerate(pictures):
        uploads.keep(one, {"photo": [{"file_id": f"small {number}"}, {"file_id": f"file {number}"}]})

    assert not isinstance(uploads.photo(pictures[0]), str)
    assert uploads.photo(pictures[1]) == "file 1"
    assert uploads.photo(pictures[-1]) == f"file {KNOWN}"


async def test_a_missing_picture_keeps_no_words_back(chat: Chat):
    await chat.sent(card("one", picture="pictures/nowhere.jpg"))

    assert chat.texts == ["one"]


async def test_buttons_beside_the_keyboard_go_when_the_next_card_has_others(chat: Chat):
    old = await chat.sent(card("a phone number?", placeholder="+1 312 555 0188"))
    assert chat.telegram.chat(chat.person, BOT).reply_keyboard

    await chat.sent(card("thank you"), retire=old)

    assert chat.telegram.chat(chat.person, BOT).reply_keyboard is None
    assert chat.texts == ["a phone number?", "thank you"]


async def test_whoever_blocked_the_bot_cannot_be_reached(chat: Chat):
    chat.telegram.block(chat.person, BOT)

    assert isinstance(await chat.send(card("one")), Unreachable)


async def test_in_a_flood_the_whole_bot_is_silent(chat: Chat):
    chat.telegram.flood(retry_after=1, calls=1)

    assert isinstance(await chat.send(card("one")), Sent)

    refused, sent = [call for call in chat.telegram.calls if call.method == "sendMessage"]
    assert sent.at - refused.at >= timedelta(seconds=1)
    assert chat.texts == ["one"]


async def test_a_message_that_nobody_waits_for_is_given_back_in_a_flood(chat: Chat):
    chat.telegram.flood(retry_after=40, calls=1)

    outcomes = [await chat.send(card("one"), urgent=False) for _ in range(2)]

    assert all(isinstance(outcome, Later) and outcome.after > timedelta(seconds=35) for outcome in outcomes)
    assert chat.methods().count("sendMessage") == 1


async def test_a_screen_is_tried_a_few_times_and_then_left_to_the_tick(chat: Chat):
    chat.telegram.go_down(None)

    assert isinstance(await chat.send(card("one")), Later)
    assert chat.methods().count("sendMessage") == 4


async def test_a_screen_whose_answer_was_lost_is_sent_once_more_at_most(chat: Chat):
    chat.telegram.lose_answers(9, method="sendMessage")

    assert isinstance(await chat.send(card("one")), Lost)
    assert chat.texts == ["one", "one"]


async def test_a_message_whose_answer_was_lost_is_left_to_the_outbox(chat: Chat):
    chat.telegram.lose_answers(1, method="sendMessage")

    assert isinstance(await chat.send(card("one"), urgent=False), Lost)
    assert chat.texts == ["one"]


async def test_an_edit_whose_answer_was_lost_is_simply_repeated(chat: Chat):
    name = await chat.sent(card("one"))
    chat.telegram.lose_answers(2, method="editMessageText")

    assert await chat.sent(card("two"), edit=name) == name
    assert chat.texts == ["two"]


@pytest.mark.parametrize(
    ("text", "read"), [("<b>one &amp; two", ["one & two"]), ("x" * 4097, ["x" * 2048, "x" * 2048, "x"])]
)
async def test_what_telegram_cannot_take_goes_out_plain_and_in_pieces(text: str, read: list[str], chat: Chat):
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1:yes"}]]}
    params: dict[str, object] = {"chat_id": chat.person, "text": text, "parse_mode": "HTML", "reply_markup": markup}

    async with chat.sender.lane(f"{chat.person}"):
        await chat.sender._send_mended(Call("sendMessage", params), chat.person, urgent=True)

    assert chat.texts == read
    assert [bool(message.buttons) for message in chat.messages] == [False] * (len(read) - 1) + [True]


async def sixty(house: House, pace: Pace, home: Path) -> list[str]:
    """Sixty people get a message each at once; gives what Telegram said to each call."""
    people = [house.newcomer() for _ in range(60)]
    for person in people:
        house.telegram.open_link(person, BOT)
    api = AiogramApi(TOKEN, house.telegram.address)
    sender = Sender(api, channel=CLIENTS, home=home, pace=pace, lanes=Lanes())
    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(Chat(house.telegram, sender, person).send(card("hello"), urgent=False))
    await api.close()
    return [call.outcome for call in house.telegram.calls if call.method == "sendMessage"]


async def test_telegram_never_asks_for_silence(house: House, tmp_path: Path):
    assert set(await sixty(house, Pace(), tmp_path)) == {"ok"}


async def test_without_a_pace_telegram_asks_for_silence(house: House, tmp_path: Path):
    """The negative control: the stand-in counts as Telegram does."""
    assert set(await sixty(house, Pace(None), tmp_path)) != {"ok"}


@pytest.mark.full
async def test_three_hundred_messages_go_out_at_telegrams_pace(house: House, tmp_path: Path):
    for _ in range(5):
        assert set(await sixty(house, Pace(), tmp_path)) == {"ok"}
    moments = [call.at for call in house.telegram.calls if call.method == "sendMessage"]

    assert [later for at, later in zip(moments, moments[30:], strict=False) if later - at < timedelta(seconds=1)] == []
    assert len(list(itertools.pairwise(moments))) == 299
