"""The outbox on its way to Telegram: none lost, at most one doubled, and only where the answer was lost."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from datetime import datetime, timedelta

import pytest

from bots.courier import Courier
from bots.example import STUDIO
from bots.telegram.api import Api
from bots.telegram.pace import Lanes, Pace
from bots.telegram.sender import Sender
from conversations.cards import Card, CardLine, Span
from conversations.replies import Shown
from core.ports import Client, Identity, LeasedMessage, NewMessage, Records, TalkRow
from storage.store import Store
from tests.bots.house import BOT, TOKEN, House

KIND = "note"


class Speaker:
    """Says what the message carries; "old news" is no longer true, and a "bug" cannot be said."""

    studio_id = STUDIO.id

    def show(self, records: Records, channel: str, chat: str) -> Shown | None:
        """Nothing is to be shown but what cannot be."""
        opening = records.talks.open(STUDIO.id, channel, chat)
        if opening and opening.talk and opening.talk.shown_revision < opening.talk.revision:
            raise ZeroDivisionError("of our own making")
        return None

    def tell(self, records: Records, message: LeasedMessage) -> Shown | None:
        words = str(message.values["words"])
        if words == "bug":
            raise ZeroDivisionError("of our own making")
        if words == "old news" or message.address is None:
            return None
        return Shown(channel="telegram", chat=message.address, card=self.apology(words))

    def apology(self, language: str) -> Card:
        return Card(lines=(CardLine((Span(language),)),))


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
        sender = Sender(api, home=house.settings.folder, pace=Pace(), lanes=Lanes(every=0))
        self.courier = Courier(store, Speaker(), worker="test", spawn=self.spawn)
        self.courier.serve(sender)

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

    def texts(self, person: int) -> list[str]:
        return [message.text for message in self.house.telegram.chat(person, BOT).messages if not message.mine]


@pytest.fixture
async def post(house: House, store: Store) -> AsyncIterator[Post]:
    api = Api(TOKEN, house.telegram.address)
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


async def test_two_turns_that_fail_at_one_screen_are_apologised_for_once(post: Post):
    ana, client = post.client()
    talk = TalkRow(
        channel="telegram", chat=f"{ana}", client_id=client, body="", revision=1, shown_revision=0, card=None
    )
    post.store.do(lambda records: records.talks.save(STUDIO.id, talk, read_revision=None))

    await asyncio.gather(*(post.courier.show("telegram", f"{ana}") for _ in range(2)))

    assert post.texts(ana) == ["en"]


async def test_a_message_that_we_cannot_make_is_given_up_and_blocks_nothing_for_ever(post: Post):
    ana, client = post.client()
    post.write(client, "bug", "news")

    for _ in range(6):
        await post.deliver(later=timedelta(minutes=10))

    assert post.texts(ana) == ["news"]
