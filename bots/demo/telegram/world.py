"""The pretended Telegram itself: people, bots, their chats and what was said in them."""

from asyncio import TimerHandle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bots.demo.clock import Clock
from bots.demo.telegram.entities import NO_TEXT, Entity, Formatted
from bots.demo.telegram.files import Files, StoredFile
from bots.demo.telegram.refusals import bad_request, forbidden
from bots.demo.telegram.shapes import Json
from bots.demo.telegram.updates import UpdateQueue

Listener = Callable[[int, str], None]

FIRST_PERSON: Final = 700_000_001


@dataclass(frozen=True, slots=True)
class BotAccount:
    id: int
    username: str
    name: str

    def as_user(self) -> dict[str, object]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: int
    first_name: str
    last_name: str
    username: str | None
    language_code: str
    phone: str

    def as_user(self) -> dict[str, object]:
        return {**self._names(), "id": self.id, "is_bot": False, "language_code": self.language_code}

    def as_chat(self) -> dict[str, object]:
        return {**self._names(), "id": self.id, "type": "private"}

    def _names(self) -> dict[str, object]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    id: int
    #: Unix seconds, as all times here.
    date: int
    #: The person or bot that sent it; the chat's own id for a channel's post.
    sender: int
    #: The text, or the caption of a photo or document.
    content: Formatted = NO_TEXT
    photo: StoredFile | None = None
    document: StoredFile | None = None
    #: A venue has its place beside it, as Telegram has it.
    location: Json | None = None
    venue: Json | None = None
    contact: Json | None = None
    #: Whatever reply_markup was sent with it; shown under it only if inline.
    markup: Json | None = None
    link_preview: Json | None = None
    edited_at: int = 0
    effect: str = ""
    reaction: str = ""
    reply_to: int = 0
    #: Where it was said first, if it was forwarded.
    origin: Json | None = None
    is_protected: bool = False
    is_caption_above: bool = False
    has_spoiler: bool = False
    #: What the pictures or files that were sent together have in common.
    album: str = ""

    @property
    def has_media(self) -> bool:
        return bool(self.photo or self.document)

    @property
    def keyboard(self) -> Json | None:
        """The inline keyboard under it."""
        return self.markup if self.markup and self.markup.get("inline_keyboard") else None


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat as one bot has it."""

    id: int
    #: What the Bot API says of it.
    description: Json
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    is_blocked: bool = False
    #: The keyboard that stands in place of the person's own, with its placeholder; a forced reply has no rows.
    reply_keyboard: Json | None = None
    #: What ends "typing…", while it lasts.
    typing: TimerHandle | None = None
    toasts: list[tuple[int, str, bool]] = field(default_factory=list[tuple[int, str, bool]])


@dataclass(slots=True, kw_only=True)
class Query:
    """A press of a button that waits for its answer."""

    person: int
    at: datetime


@dataclass(slots=True, kw_only=True)
class Bot:
    account: BotAccount
    token: str
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    webhook: Json = field(default_factory=dict[str, object])
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    queries: dict[str, Query] = field(default_factory=dict[str, Query])
    last_message_id: int = 0
    last_query_id: int = 4_000_000_000
    #: Commands by (scope as JSON text, language); texts by (which, language).
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict[tuple[str, str], list[Json]])
    texts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    #: Until when the paths that getFile gave can be downloaded.
    downloads: dict[str, datetime] = field(default_factory=dict[str, datetime])
    #: By chat; 0 is the default.
    menu_buttons: dict[int, Json] = field(default_factory=dict[int, Json])

    def next_message_id(self) -> int:
        """Telegram numbers the messages of all private chats of one bot together."""
        self.last_message_id += 1
        return self.last_message_id

    def next_query_id(self) -> str:
        self.last_query_id += 1
        return str(self.last_query_id)


class World:
    """Everything there is, and whoever wants to hear when a chat looks different."""

    def __init__(self, bots: Mapping[str, BotAccount], now: Clock) -> None:
        self.bots: Final = {token: Bot(account=account, token=token) for token, account in bots.items()}
        self.people: Final[dict[int, Person]] = {}
        self.files: Final = Files()
        self.now: Final = now
        self._albums = 0
        self.listeners: Final[list[Listener]] = []

    def unix_now(self) -> int:
        return int(self.now().timestamp())

    def next_album(self) -> str:
        self._albums += 1
        return str(13_000_000_000_000_000 + self._albums)

    def bot(self, username: str) -> Bot:
        for bot in self.bots.values():
            if bot.account.username.lower() == username.lower().removeprefix("@"):
                return bot
        raise LookupError(f"there is no bot @{username}")

    def chat_to_write_in(self, bot: Bot, chat_id: int) -> Chat:
        """A chat that the bot may write in. Raises ApiError."""
        chat = self.chat_of(bot, chat_id)
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def chat_of(self, bot: Bot, chat_id: int) -> Chat:
        """A chat that the bot knows. Raises ApiError."""
        if chat := bot.chats.get(chat_id):
            return chat
        if chat_id in self.people:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def changed(self, bot: Bot, chat_id: int) -> None:
        """Tell whoever listens that a chat looks different now."""
        for listener in tuple(self.listeners):
            listener(chat_id, bot.account.username)

    # Objects of the Bot API

    def message_json(self, bot: Bot, chat: Chat, message: Message, *, with_reply: bool = True) -> dict[str, object]:
        """The message as this bot gets it."""
        text, entities = ("caption", "caption_entities") if message.has_media else ("text", "entities")
        replied = chat.messages.get(message.reply_to) if with_reply else None
        fields: dict[str, object] = {
            **self._sender_json(bot, chat, message),
            "edit_date": message.edited_at,
            "forward_origin": message.origin,
            text: message.content.text,
            entities: list(self._entities_json(message.content.entities)),
            "media_group_id": message.album,
            "photo": message.photo.as_photo(bot.account.id) if message.photo else None,
            "document": message.document.as_document(bot.account.id) if message.document else None,
            "location": message.location,
            "venue": message.venue,
            "contact": message.contact,
            "link_preview_options": message.link_preview,
            "effect_id": message.effect,
            "has_protected_content": message.is_protected,
            "show_caption_above_media": message.is_caption_above,
            "has_media_spoiler": message.has_spoiler,
            "reply_to_message": self.message_json(bot, chat, replied, with_reply=False) if replied else None,
            "reply_markup": message.keyboard,
        }
        present = {name: value for name, value in fields.items() if value}
        return {"message_id": message.id, "date": message.date, "chat": chat.description, **present}

    def _sender_json(self, bot: Bot, chat: Chat, message: Message) -> dict[str, object]:
        if message.sender == chat.id and message.sender not in self.people:
            return {"sender_chat": chat.description}
        person = self.people.get(message.sender)
        return {"from": person.as_user() if person else bot.account.as_user()}

    def _entities_json(self, entities: tuple[Entity, ...]) -> Iterator[dict[str, object]]:
        for entity in entities:
            further: dict[str, object] = {
                "url": entity.url,
                "language": entity.language,
                "custom_emoji_id": entity.custom_emoji_id,
                "unix_time": entity.unix_time,
                "date_time_format": entity.date_time_format,
            }
            if entity.type == "text_mention":
                mentioned = self.people.get(entity.user_id)
                if mentioned is None:  # Telegram drops a mention of somebody whom the bot has not met
                    continue
                further["user"] = mentioned.as_user()
            present = {name: value for name, value in further.items() if value}
            yield {"type": entity.type, "offset": entity.offset, "length": entity.length, **present}
