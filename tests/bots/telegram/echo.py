"""A host that repeats what it hears: a fake of the port, and a bot awake with it over a real store."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bots.courier import Courier
from bots.pictures import Cleaner
from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.bot import TelegramBot
from bots.telegram.pace import Lanes, Pace
from bots.telegram.ptb_api import PtbApi
from bots.telegram.read import CLIENTS, STUDIO
from bots.telegram.sender import Sender
from conversations.cards import Card, CardLine, Span
from conversations.inbound import (
    NO_FILE,
    Commanded,
    FileKind,
    Inbound,
    Pressed,
    Said,
    SentPhoto,
    SentText,
    SharedPlace,
    Typed,
    Unreadable,
    UnusablePhoto,
    UnusableText,
)
from conversations.replies import Answer, Shown
from core.messages.records import LeasedMessage
from core.ports import Client, Records, TalkRow
from core.values.refusals import Trouble
from storage.store import Store
from tests.bots.couriers import NoPapers
from tests.bots.house import BOT, STUDIO_BOT, STUDIO_TOKEN, TOKEN, House
from tests.bots.telegram.libraries import Library

STUDIO_ID = "luna-photo"


class Echo:
    """Shows all that a chat said so far.

    "poison" breaks it, "mute" breaks the showing, and "storm" is trouble at the first three tries. Without keeping a
    talk, "psst" is answered at once, "/menu book my" gives the chat that menu, and "/menu" takes it away.
    """

    studio_id = STUDIO_ID
    languages = ("en",)

    def __init__(self, channel: str, wanted: Collection[FileKind]) -> None:
        self.storms = 3
        self._channel = channel
        self._wanted = wanted

    def wants(self, records: Records, channel: str, chat: str) -> Collection[FileKind]:
        assert channel == self._channel
        return self._wanted

    def answer(self, records: Records, inbound: Inbound) -> Answer:
        if not records.inbox.take(inbound.source, inbound.key):
            return Answer()
        said = _words(inbound)
        if said == "poison":
            raise ZeroDivisionError("of our own making")
        if said == "storm" and self.storms:
            self.storms -= 1
            raise Trouble("the database is away")
        if said == "psst":
            return Answer(card=_card("shh"), show=False)
        if isinstance(inbound.said, Commanded) and inbound.said.name == "menu":
            names = inbound.said.argument.split()
            return Answer(show=False, menu=tuple((name, f"{name}!") for name in names))
        talk = self._talk(records, inbound.chat)
        client = Client(id=(talk.client_id if talk else None) or records.new_id(), studio_id=STUDIO_ID)
        if talk is None:
            records.clients.add(client, inbound.identity, inbound.chat)
        row = TalkRow(
            channel=self._channel,
            chat=inbound.chat,
            client_id=client.id,
            body=f"{talk.body} {said}" if talk else said,
            revision=talk.revision + 1 if talk else 1,
            shown_revision=talk.shown_revision if talk else 0,
            card=talk.card if talk else None,
        )
        records.talks.save(STUDIO_ID, row, read_revision=talk.revision if talk else None)
        return Answer(toast="felt" if isinstance(inbound.said, Pressed) else "")

    def show(self, records: Records, channel: str, chat: str) -> Shown | None:
        talk = self._talk(records, chat)
        if talk is None or talk.shown_revision >= talk.revision:
            return None
        if talk.body.endswith("mute"):
            raise ZeroDivisionError("of our own making")
        return Shown(channel=channel, chat=chat, card=_card(talk.body), revision=talk.revision)

    def tell(self, records: Records, message: LeasedMessage) -> Shown | None:
        return None

    def apology(self, language: str) -> Card:
        return _card("sorry")

    def elsewhere(self, language: str) -> Card | None:
        return _card("in private, please") if self._channel == CLIENTS else None

    def menu(self, language: str) -> tuple[tuple[str, str], ...]:
        return (("book", "Book a session"),)

    def strangers_menu(self, language: str) -> tuple[tuple[str, str], ...]:
        return (("start", "Begin"),)

    def about(self, language: str, studio_name: str) -> str:
        return f"I repeat for {studio_name}."

    def _talk(self, records: Records, chat: str) -> TalkRow | None:
        opening = records.talks.open(STUDIO_ID, self._channel, chat)
        return opening.talk if opening else None


def _words(inbound: Inbound) -> str:
    match inbound.said:
        case Typed(text):
            return f"{text}^{inbound.reply_to}" if inbound.reply_to else text
        case Commanded(name, argument):
            return f"/{name} {argument}".strip()
        case Pressed(data):
            return f"[{data}]"
        case SharedPlace(latitude, longitude, title):
            return f"{title}({latitude}, {longitude})"
        case said:
            return _words_of_file(said)


def _words_of_file(said: Said) -> str:
    match said:
        case SentPhoto(picture):
            return f"picture({picture.decode()})"
        case UnusablePhoto(reason):
            return f"picture({reason})"
        case SentText(text, name):
            return f"{name}({text[:60]})"  # the largest would be sixty-five messages
        case UnusableText(reason):
            return f"text({reason})"
        case Unreadable(what):
            return f"unread({what})"
        case _:
            return repr(said)


def _card(words: str) -> Card:
    return Card(lines=(CardLine((Span(words),)),))


@dataclass(frozen=True)
class Party:
    """One of the two bots."""

    channel: str
    library: Library
    username: str
    token: str


AT_CLIENTS = Party(CLIENTS, AiogramApi, BOT, TOKEN)
AT_STUDIO = Party(STUDIO, PtbApi, STUDIO_BOT, STUDIO_TOKEN)


@asynccontextmanager
async def awake(
    house: House,
    store: Store,
    *,
    party: Party = AT_CLIENTS,
    cleaner: Cleaner | None = None,
    wants: Collection[FileKind] = NO_FILE,
) -> AsyncGenerator[TelegramBot]:
    """The bot and all that it needs, as `bots.compose` ties it, with the echo for a host."""
    tasks: set[asyncio.Task[None]] = set()

    def spawn(work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        tasks.add(task)
        return task

    api, echo = party.library(party.token, house.telegram.address), Echo(party.channel, wants)
    sender = Sender(api, channel=party.channel, home=house.settings.folder, pace=Pace(None), lanes=Lanes(every=0))
    courier = Courier(store, {party.channel: echo}, papers=NoPapers(), worker="test", spawn=spawn)
    courier.serve(sender)
    bot = TelegramBot(api, store, echo, sender, show=courier.show, spawn=spawn, cleaner=cleaner)
    await bot.wake()
    running = asyncio.create_task(bot.run("Luna Photo"))
    await house.telegram.wait_for_poll(party.username)
    yield bot
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await asyncio.gather(*tasks)
    await api.close()
