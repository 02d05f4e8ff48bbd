"""What a person sees of a chat, ready for a page, a terminal or an assertion."""

from dataclasses import asdict, dataclass
from typing import Final, NamedTuple, cast

from bots.demo.telegram.entities import Entity
from bots.demo.telegram.files import StoredFile
from bots.demo.telegram.profile import commands_for, text_for
from bots.demo.telegram.shapes import Json
from bots.demo.telegram.world import Bot, Chat, Message, Person

_KINDS: Final = {"callback_data": "callback", "url": "url", "copy_text": "copy", "request_contact": "contact"}


@dataclass(frozen=True, slots=True)
class ButtonView:
    text: str
    #: callback, url, copy (all under a message), contact, text (both on the reply keyboard)
    kind: str
    #: The callback data, the address, the text to copy, or the text to send.
    value: str
    #: danger, success, primary, or nothing.
    style: str


Rows = tuple[tuple[ButtonView, ...], ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    name: str
    mime_type: str
    #: Bytes.
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    id: int
    #: Unix seconds.
    date: int
    #: Sent by the person who looks, not by the bot.
    mine: bool
    #: The text, or the caption of a picture or document.
    text: str
    #: As in the Bot API; offsets in UTF-16 units.
    entities: tuple[Json, ...]
    buttons: Rows
    photo_url: str | None = None
    document: DocumentView | None = None
    location: PlaceView | None = None
    contact: ContactView | None = None
    edited: bool = False
    reaction: str | None = None
    effect: str | None = None
    is_caption_above: bool = False
    #: The same for all that were sent together.
    album: str | None = None
    #: The message that it answers.
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class ReplyKeyboardView:
    rows: Rows
    placeholder: str


class Toast(NamedTuple):
    id: int
    text: str
    alert: bool


class CommandView(NamedTuple):
    command: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatView:
    messages: tuple[MessageView, ...] = ()
    reply_keyboard: ReplyKeyboardView | None = None
    typing: bool = False
    #: The latest answers to presses, newest last.
    toasts: tuple[Toast, ...] = ()
    #: The menu of this person.
    commands: tuple[CommandView, ...] = ()
    #: What an empty chat says about the bot.
    description: str = ""
    bot_name: str = ""
    is_blocked: bool = False

    def as_json(self) -> dict[str, object]:
        """All of it as JSON; toasts and commands as objects."""
        return {
            **asdict(self),
            "toasts": [toast._asdict() for toast in self.toasts],
            "commands": [command._asdict() for command in self.commands],
        }

    def last_lines(self, count: int = 6) -> str:
        """The end of the chat for people to read: who said what, and the buttons under it."""
        return "\n".join(_line(message) for message in self.messages[-count:])


def chat_view(bot: Bot, person: Person, media: str) -> ChatView:
    """What the person sees of their chat with the bot; pictures and files are found under the address `media`."""
    chat = bot.chats.get(person.id)
    unopened = ChatView(
        commands=tuple(CommandView(str(c["command"]), str(c["description"])) for c in commands_for(bot, person)),
        description=text_for(bot, "description", person.language_code[:2]),
        bot_name=text_for(bot, "name", person.language_code[:2]) or bot.account.name,
    )
    if chat is None:
        return unopened
    return ChatView(
        messages=tuple(_message(chat, message, media) for message in chat.messages.values()),
        reply_keyboard=_reply_keyboard(chat.reply_keyboard) if chat.reply_keyboard else None,
        typing=chat.typing is not None,
        toasts=tuple(Toast(*toast) for toast in chat.toasts),
        commands=unopened.commands,
        description=unopened.description,
        bot_name=unopened.bot_name,
        is_blocked=chat.is_blocked,
    )


def _message(chat: Chat, message: Message, media: str) -> MessageView:
    return MessageView(
        id=message.id,
        date=message.date,
        mine=message.sender == chat.id,
        text=message.content.text,
        entities=tuple(_entity(e) for e in message.content.entities),
        buttons=_rows(message.keyboard, "inline_keyboard"),
        photo_url=_url(message.photo, media) if message.photo else None,
        document=_document(message.document, media) if message.document else None,
        location=_place(message.location) if message.location else None,
        contact=_contact(message.contact) if message.contact else None,
        edited=bool(message.edited_at),
        reaction=message.reaction or None,
        effect=message.effect or None,
        is_caption_above=message.is_caption_above,
        album=message.album or None,
        reply_to=message.reply_to or None,
    )


def _entity(entity: Entity) -> Json:
    return {name: value for name, value in asdict(entity).items() if value or name == "offset"}


def _url(file: StoredFile, media: str) -> str:
    return f"{media}/{file.path()}"


def _document(file: StoredFile, media: str) -> DocumentView:
    return DocumentView(file.name, file.mime_type, len(file.data), _url(file, media))


def _place(location: Json) -> PlaceView:
    return PlaceView(cast("float", location["latitude"]), cast("float", location["longitude"]))


def _contact(contact: Json) -> ContactView:
    name = f"{contact['first_name']} {contact.get('last_name', '')}".rstrip()
    return ContactView(name, str(contact["phone_number"]))


def _reply_keyboard(markup: Json) -> ReplyKeyboardView:
    return ReplyKeyboardView(_rows(markup, "keyboard"), str(markup.get("input_field_placeholder", "")))


def _rows(markup: Json | None, field: str) -> Rows:
    rows = cast("list[list[Json]]", (markup or {}).get(field, []))
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Json) -> ButtonView:
    text = str(button["text"])
    name = next((name for name in _KINDS if button.get(name)), "")
    value = button.get(name, text)
    if name == "copy_text":
        value = cast("Json", value)["text"]
    elif name == "request_contact":
        value = text
    return ButtonView(text, _KINDS.get(name, "text"), str(value), str(button.get("style", "")))


def _line(message: MessageView) -> str:
    attached = "(photo)" if message.photo_url else f"({message.document.name})" if message.document else ""
    shown = " ".join(part for part in (attached, message.text) if part) or "(no text)"
    buttons = " / ".join(" ".join(f"[{button.text}]" for button in row) for row in message.buttons)
    return f"{message.id} {'person' if message.mine else 'bot'}: {shown}{' ' + buttons if buttons else ''}"
