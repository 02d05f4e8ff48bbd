"""The outbox on its way to Telegram: none lost, at most one doubled, and only where the answer was lost."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PIL import Image

from bots.courier import Courier
from bots.delivery import Later, Outcome
from bots.example import STUDIO
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.api import Api
from bots.telegram.pace import Lanes, Pace
from bots.telegram.read import CLIENTS
from bots.telegram.sender import Sender
from conversations.cards import Card, CardLine, Drawing, Enclosure, Span
from conversations.replies import Shown
from core.messages.records import LeasedMessage, NewMessage
from core.ports import Client, Identity, Records, TalkRow
from storage.store import Store
from tests.bots.house import BOT, TOKEN, House
from tests.bots.printer.bad_files import encoded

KIND = "note"


class Speaker:
    """Says what the message carries; "old news" is no longer true, and a "bug" cannot be said."""

    studio_id = STUDIO.id

    def __init__(self) -> None:
        #: What is to be shown, if it can be; and what comes with every message.
        self.screen: Card | None = None
        self.enclosed: tuple[Enclosure, ...] = ()

    def show(self, records: Records, channel: str, chat: str) -> Shown | None:
        opening = records.talks.open(STUDIO.id, channel, chat)
        if opening is None or opening.talk is None or opening.talk.shown_revision >= opening.talk.revision:
            return None
        if self.screen is None:
            raise ZeroDivisionError("of our own making")
        there = opening.talk.ahead
        card = replace(self.screen, enclosed=tuple(one for one in self.screen.enclosed if one.key not in there))
        return Shown(channel=channel, chat=chat, card=card, revision=opening.talk.revision)

    def tell(self, records: Records, message: LeasedMessage) -> Shown | None:
        words = str(message.values["words"])
        if words == "bug":
            raise ZeroDivisionError("of our own making")
        if words == "old news" or message.address is None:
            return None
        card = replace(self.apology(words), enclosed=self.enclosed)
        return Shown(channel="telegram", chat=message.address, card=card)

    def apology(self, language: str) -> Card:
        return Card(lines=(CardLine((Span(language),)),))


class Press:
    """Prints what a paper is called; a "jam" is a bug of our own, and "nothing" is what no messenger takes."""

    def __init__(self) -> None:
        self.printed: list[str] = []

    async def fetch(self, paper: str) -> bytes:
        self.printed.append(paper)
        if paper == "jam":
            raise ZeroDivisionError("of our own making")
        return b"" if paper == "nothing" else b"%PDF of " + paper.encode()


class Artist:
    """Draws what a picture is called, in its language; a "smudge" is a bug of our own."""

    def __init__(self) -> None:
        self.drawn: list[Drawing] = []

    async def fetch(self, drawing: Drawing) -> bytes:
        self.drawn.append(drawing)
        if drawing.name == "smudge":
            raise ZeroDivisionError("of our own making")
        return encoded("PNG", Image.new("RGB", (40, 50), drawing.name))


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = Store.open(house.settings.database)
    yield store
    store.close()


class Post:
    """An outbox, its courier, and the people that it writes to."""

    def __init__(self, house: House, store: Store, api: Api) -> None:
        self.house = house
        self.store = store
        self.tasks: set[asyncio.Task[None]] = set()
        self.speaker, self.papers, self.artist = Speaker(), Press(), Artist()
        self.sender = Sender(api, channel=CLIENTS, home=house.settings.folder, pace=Pace(), lanes=Lanes(every=0))
        speakers = {CLIENTS: self.speaker}
        self.courier = Courier(
            store, speakers, papers=self.papers, drawings=self.artist, worker="test", spawn=self.spawn
        )
        self.courier.serve(self.sender)

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        return task

    def client(self, name: str = "Ana") -> tuple[int, str]:
        """A person who talked with the bot: id in Telegram, id of the client."""
        person = self.house.newcomer(name)
        self.house.telegram.open_link(person, BOT)

        def write(records: Records) -> str:
            client = Client(id=records.new_id(), studio_id=STUDIO.id)
            records.clients.add(client, Identity("telegram", f"{person}"), f"{person}")
            return client.id

        return person, self.store.do(write)

    def waiting(self) -> list[tuple[str, object]]:
        """What waits for somebody to claim the studio, once they have: kinds and values."""

        def claimed(records: Records) -> list[tuple[str, object]]:
            records.outbox.address(STUDIO.id, "nobody yet", timedelta(days=1))
            return [(row.kind, row.values) for row in records.outbox.lease("claimer", 9, timedelta(minutes=1))]

        return self.store.do(claimed)

    def write(self, client: str, *words: str, drop_after: datetime | None = None) -> None:
        rows = [
            NewMessage(
                key=f"{client}:{word}", kind=KIND, client_id=client, values={"words": word}, drop_after=drop_after
            )
            for word in words
        ]
        self.store.do(lambda records: records.outbox.add(STUDIO.id, rows))

    async def deliver(self, *, later: timedelta = timedelta(0)) -> None:
        """Deliver until nothing is due any more, so much later."""
        self.store.do(lambda records: records.clock.shift(later))
        while await self.courier.take_due() or self.tasks:
            await asyncio.gather(*self.tasks)
            self.tasks.clear()

    def talks(self, person: int, client: str) -> None:
        """A first turn was answered, and its screen is not shown yet."""
        chat = f"{person}"
        talk = TalkRow(
            channel="telegram", chat=chat, client_id=client, body="", revision=1, shown_revision=0, card=None
        )
        self.store.do(lambda records: records.talks.save(STUDIO.id, talk, read_revision=None))

    def seen(self, person: int) -> list[str]:
        """What stands in the chat: a document as its name in brackets and its caption."""
        messages = [one for one in self.house.telegram.chat(person, BOT).messages if not one.mine]
        return [f"[{one.document.name}] {one.text}".strip() if one.document else one.text for one in messages]

    def texts(self, person: int) -> list[str]:
        return [message.text for message in self.house.telegram.chat(person, BOT).messages if not message.mine]


@pytest.fixture
async def post(house: House, store: Store) -> AsyncIterator[Post]:
    api = AiogramApi(TOKEN, house.telegram.address)
    yield Post(house, store, api)
    await api.close()


async def test_messages_to_one_person_arrive_in_their_order(post: Post):
    ana, client = post.client()
    post.write(client, *"abcde")

    await post.deliver()

    assert post.texts(ana) == list("abcde")


async def test_what_is_no_longer_true_or_worth_saying_is_dropped(post: Post):
    ana, client = post.client()
    post.write(client, "old news")
    post.write(client, "yesterday's", drop_after=post.store.look(lambda records: records.now))
    post.write(client, "news")

    await post.deliver(later=timedelta(seconds=1))

    assert post.texts(ana) == ["news"]


async def test_what_telegram_did_not_take_is_tried_again(post: Post):
    ana, client = post.client()
    post.write(client, "news")
    post.house.telegram.go_down(None)
    await post.deliver()
    post.house.telegram.come_back()

    await post.deliver()
    early = post.texts(ana)
    await post.deliver(later=timedelta(minutes=1))

    assert early == []
    assert post.texts(ana) == ["news"]


async def test_a_message_whose_answers_are_lost_comes_twice_at_most(post: Post):
    ana, client = post.client()
    post.write(client, "news")
    post.house.telegram.lose_answers(9, method="sendMessage")

    for _ in range(4):
        await post.deliver(later=timedelta(minutes=10))

    assert post.texts(ana) == ["news", "news"]


async def test_a_message_whose_sender_died_comes_again_when_its_lease_is_over(post: Post):
    ana, client = post.client()
    post.write(client, "news")
    post.store.do(lambda records: records.outbox.lease("the dead one", 1, timedelta(minutes=2)))
    await post.deliver()
    early = post.texts(ana)

    await post.deliver(later=timedelta(minutes=3))

    assert early == []
    assert post.texts(ana) == ["news"]


async def test_whoever_blocked_the_bot_holds_nobody_else_back(post: Post):
    (ana, to_ana), (ben, to_ben) = post.client("Ana"), post.client("Ben")
    post.house.telegram.block(ana, BOT)
    post.write(to_ana, "one", "two")
    post.write(to_ben, "three")

    await post.deliver()
    post.house.telegram.unblock(ana, BOT)
    await post.deliver(later=timedelta(days=1))

    assert post.texts(ana) == []
    assert post.texts(ben) == ["three"]


@pytest.mark.rule("J5")
async def test_the_studio_hears_of_whoever_blocked_the_bot(post: Post):
    ana, to_ana = post.client("Ana")
    post.house.telegram.block(ana, BOT)
    post.write(to_ana, "one", "two", "bug")

    await post.deliver()

    assert post.waiting() == [("alert_unreachable", {"client": to_ana, "remark": None})]


async def test_two_turns_that_fail_at_one_screen_are_apologised_for_once(post: Post):
    ana, client = post.client()
    post.talks(ana, client)

    await asyncio.gather(*(post.courier.show("telegram", f"{ana}") for _ in range(2)))

    assert post.texts(ana) == ["en"]


async def test_a_message_that_we_cannot_make_is_given_up_and_blocks_nothing_for_ever(post: Post):
    ana, client = post.client()
    post.write(client, "bug", "news")

    for _ in range(6):
        await post.deliver(later=timedelta(minutes=10))

    assert post.texts(ana) == ["news"]


# -- documents --


def a_paper(paper: str) -> Enclosure:
    missing = (Span(f"{paper} could not be made."),)
    return Enclosure(
        paper=paper, key=f"{paper}@1", name=f"{paper}.pdf", caption=(Span(f"The {paper}"),), missing=missing
    )


def a_screen(*papers: str) -> Card:
    return Card(lines=(CardLine((Span("Please sign"),)),), enclosed=tuple(map(a_paper, papers)))


async def shown(post: Post, *papers: str) -> int:
    ana, client = post.client()
    post.speaker.screen = a_screen(*papers)
    post.talks(ana, client)
    await post.courier.show("telegram", f"{ana}")
    return ana


async def test_documents_come_before_their_screen_in_order_and_make_no_sound(post: Post):
    ana = await shown(post, "contract", "guide")

    assert post.seen(ana) == ["[contract.pdf] The contract", "[guide.pdf] The guide", "Please sign"]
    sent = [call.params for call in post.house.telegram.calls if call.method.startswith("send")]
    assert [bool(params.get("disable_notification")) for params in sent] == [True, True, False]


async def test_a_message_that_comes_by_itself_may_bring_a_document(post: Post):
    ana, client = post.client()
    post.speaker.enclosed = (a_paper("signed"),)
    post.write(client, "news")

    await post.deliver()

    assert post.seen(ana) == ["[signed.pdf] The signed", "news"]


async def test_a_document_that_cannot_be_made_keeps_its_screen_from_nobody(post: Post):
    ana = await shown(post, "jam", "guide")

    assert post.seen(ana) == ["[guide.pdf] The guide", "jam could not be made.\n\nPlease sign"]


async def test_a_document_that_telegram_refuses_keeps_its_screen_from_nobody(post: Post):
    ana = await shown(post, "nothing")

    assert post.seen(ana) == ["nothing could not be made.\n\nPlease sign"]


class Fickle:
    """The sender, for whom only documents get through as long as it is told."""

    def __init__(self, sender: Sender) -> None:
        self.channel = sender.channel
        self._sender = sender
        self.fails: Outcome | None = None

    def lane(self, chat: str) -> AbstractAsyncContextManager[None]:
        return self._sender.lane(chat)

    async def enclose(self, chat: str, enclosure: Enclosure, document: bytes, *, urgent: bool) -> Outcome:
        return await self._sender.enclose(chat, enclosure, document, urgent=urgent)

    async def send(self, shown: Shown, *, urgent: bool, drawn: bytes | None = None) -> Outcome:
        return self.fails or await self._sender.send(shown, urgent=urgent, drawn=drawn)

    async def retire(self, chat: str, card: str) -> None:
        await self._sender.retire(chat, card)


async def test_documents_that_are_there_are_not_sent_again_with_a_screen_that_is_tried_again(post: Post):
    fickle = Fickle(post.sender)
    post.courier.serve(fickle)
    fickle.fails = Later(timedelta(0), "a gateway is down")
    ana = await shown(post, "contract")
    fickle.fails = None

    for _ in range(2):
        await post.courier.show("telegram", f"{ana}")

    assert post.seen(ana) == ["[contract.pdf] The contract", "Please sign"]
    assert post.papers.printed == ["contract"]


async def test_a_document_that_must_wait_keeps_its_screen_waiting(post: Post):
    post.house.telegram.go_down(None)
    ana = await shown(post, "contract")
    post.house.telegram.come_back()

    await post.courier.show("telegram", f"{ana}")

    assert post.seen(ana) == ["[contract.pdf] The contract", "Please sign"]


async def test_a_document_may_come_again_with_a_later_screen(post: Post):
    ana = await shown(post, "contract")
    post.store.do(lambda records: records.talks.save(STUDIO.id, _again(records, ana), read_revision=1))
    screen = post.speaker.screen
    assert screen
    post.speaker.screen = replace(screen, enclosed=tuple(replace(one, key="2") for one in screen.enclosed))

    await post.courier.show("telegram", f"{ana}")

    assert post.seen(ana) == ["[contract.pdf] The contract", "Please sign"] * 2


def _again(records: Records, person: int) -> TalkRow:
    opening = records.talks.open(STUDIO.id, "telegram", f"{person}")
    assert opening
    assert opening.talk
    return replace(opening.talk, revision=2)


# -- drawings --


async def shown_with(post: Post, picture: str) -> int:
    ana, client = post.client()
    post.speaker.screen = Card(lines=(CardLine((Span("Saturday"),)),), picture=Drawing(picture, "es"))
    post.talks(ana, client)
    await post.courier.show("telegram", f"{ana}")
    return ana


async def test_a_drawing_is_made_when_its_screen_is_sent_and_comes_above_the_words(post: Post):
    ana = await shown_with(post, "green")

    (message,) = [one for one in post.house.telegram.chat(ana, BOT).messages if not one.mine]
    assert message.text == "Saturday"
    assert message.photo_url
    assert post.house.telegram.data_at(message.photo_url) == await Artist().fetch(Drawing("green", "es"))
    assert post.artist.drawn == [Drawing("green", "es")]


async def test_a_drawing_that_cannot_be_made_keeps_its_words_from_nobody(post: Post):
    ana = await shown_with(post, "smudge")

    assert post.texts(ana) == ["Saturday"]
    assert not any(message.photo_url for message in post.house.telegram.chat(ana, BOT).messages)


async def test_where_nobody_draws_the_words_come_alone(post: Post):
    post.courier = Courier(post.store, {CLIENTS: post.speaker}, papers=post.papers, worker="test", spawn=post.spawn)
    post.courier.serve(post.sender)

    ana = await shown_with(post, "green")

    assert post.texts(ana) == ["Saturday"]
