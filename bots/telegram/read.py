"""An update of Telegram's, read as what somebody said. It comes from outside: whatever is in it, reading never raises.

Clients' talks run in private chats only. What people type is cleaned here, before anything is stored: no card numbers,
and no characters that a database refuses or that turn the order of the words around them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from bots.card_numbers import masked
from conversations.inbound import Commanded, Inbound, Pressed, Said, SharedPhone, Typed, Unreadable
from core.ports import Identity
from core.values.texts import clean

CHANNEL: Final = "telegram"
#: Marks in a card's name, beside its message's number, that it has a picture, which no edit can take away.
PICTURE: Final = "p"
TEXT_LIMIT: Final = 4096  # characters; core.telegram.org/bots/api#message
NAME_LIMIT: Final = 128  # characters: first and last name have 64 each
CALLBACK_LIMIT: Final = 64  # bytes, so characters; core.telegram.org/bots/api#inlinekeyboardbutton
PHONE_LIMIT: Final = 32  # characters; no phone number is longer

# What a message may consist of but a text or a contact. A venue has a location and an animation a document as well,
# so those that say more come first. Service messages are not named: nobody said them.
_CONTENTS: Final = (
    "photo",
    "sticker",
    "voice",
    "video",
    "video_note",
    "animation",
    "live_photo",
    "audio",
    "document",
    "venue",
    "location",
    "poll",
    "dice",
    "story",
    "checklist",
    "paid_media",
    "rich_message",
    "game",
)
_NUMBERS_END: Final = 2**63  # Telegram's own need 52 bits; a longer one is nobody's
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]{1,32}))?")
_FILE: Final = re.compile(r"[A-Za-z0-9_-]{1,512}")  # as Telegram's are, and twice as long as any


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The bot was called in a group: it answers there with its link, and talks in private."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody has blocked the bot, or takes its messages again."""

    identity: Identity
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture. It is fetched only if the talk wants one; otherwise it is what `inbound` says."""

    inbound: Inbound
    file_id: str
    #: Bytes, as Telegram says; 0 where it does not.
    size: int


def read(update: object, *, bot_id: int, username: str) -> Inbound | Offer | Elsewhere | Reachable | None:
    """Read the body of an update to the bot of this id and username. None: there is nothing to do."""
    fields = _fields(update)
    key = _number(fields.get("update_id"))
    said: Said | None = None
    card: str | None = None
    if key is None:
        return None
    if member := _fields(fields.get("my_chat_member")):
        return _membership(member)
    if message := _fields(fields.get("message")):
        if _string(_chat(message).get("type")) in {"group", "supergroup"}:
            return _call_from_group(message, bot_id=bot_id, username=username)
        sender, said = message, _said(message, username)
    else:
        sender = _fields(fields.get("callback_query"))
        message = _fields(sender.get("message"))
        card, said = _card(message), _press(sender)
    identity = _person(_fields(sender.get("from")), _chat(message))
    if identity is None or said is None:
        return None
    person = _fields(sender.get("from"))
    number = _number(message.get("message_id"))
    inbound = Inbound(
        source=f"{CHANNEL}:{bot_id}",
        key=f"{key}",
        identity=identity,
        chat=identity.external_id,
        said=said,
        name=_name(person),
        language=_language(person),
        card=card,
        message=None if number is None else f"{number}",
    )
    return _offer(message, inbound)


def query_id(update: object) -> str | None:
    """The press that waits for an answer, whoever pressed whatever."""
    return clean(_string(_fields(_fields(update).get("callback_query")).get("id"))) or None


def _card(message: Mapping[str, object]) -> str | None:
    """The name of the card that was pressed."""
    number = _number(message.get("message_id"))
    return None if number is None else f"{number}{PICTURE if 'photo' in message else ''}"


# -- what was said --


def _said(message: Mapping[str, object], username: str) -> Said | None:
    if text := _string(message.get("text")):
        return _command(message, text, username) or Typed(_typed(text))
    if contact := _fields(message.get("contact")):
        return _shared_phone(contact, _fields(message.get("from")))
    what = next((content for content in _CONTENTS if content in message), None)
    return Unreadable(what) if what else None


def _offer(message: Mapping[str, object], inbound: Inbound) -> Offer | Inbound:
    """A photo in its largest size, or a document that says it is a picture."""
    match inbound.said:
        case Unreadable("photo"):
            file = max(map(_fields, _array(message.get("photo"))), key=_pixels, default=_fields(None))
        case Unreadable("document"):
            file = _fields(message.get("document"))
            if not _string(file.get("mime_type")).startswith("image/"):
                return inbound
        case _:
            return inbound
    file_id = _string(file.get("file_id"))
    return Offer(inbound, file_id, _number(file.get("file_size")) or 0) if _FILE.fullmatch(file_id) else inbound


def _pixels(size: Mapping[str, object]) -> int:
    return (_number(size.get("width")) or 0) * (_number(size.get("height")) or 0)


def _command(message: Mapping[str, object], text: str, username: str) -> Commanded | None:
    """The command that the text begins with, if Telegram sees one there and it is not another bot's."""
    command = _COMMAND.match(text)
    if command is None or not _begins_with_command(message, command.end()):
        return None
    if command["bot"] and command["bot"].lower() != username.lower():
        return None
    return Commanded(command["name"].lower(), _typed(text[command.end() :]).strip())


def _begins_with_command(message: Mapping[str, object], length: int) -> bool:
    entities = [_fields(entity) for entity in _array(message.get("entities"))]
    return any(e.get("type") == "bot_command" and e.get("offset") == 0 and e.get("length") == length for e in entities)


def _shared_phone(contact: Mapping[str, object], sender: Mapping[str, object]) -> SharedPhone | None:
    phone = clean(_string(contact.get("phone_number")))[:PHONE_LIMIT]
    if not phone:
        return None
    # Telegram's own numbers are international, and some apps leave the plus out.
    return SharedPhone(f"+{phone}" if phone.isdecimal() else phone, own=contact.get("user_id") == sender.get("id"))


def _press(query: Mapping[str, object]) -> Pressed | None:
    data = clean(_string(query.get("data")))[:CALLBACK_LIMIT]
    return Pressed(data) if data else None


# -- who, and where --


def _person(sender: Mapping[str, object], chat: Mapping[str, object]) -> Identity | None:
    """The person who is alone with the bot; in a private chat, the chat's id is theirs."""
    user = _number(sender.get("id"))
    if user is None or sender.get("is_bot") or chat.get("type") != "private" or chat.get("id") != user:
        return None
    return Identity(CHANNEL, f"{user}")


def _call_from_group(message: Mapping[str, object], *, bot_id: int, username: str) -> Elsewhere | None:
    """Whether the bot was brought into the group, or a command there names it."""
    chat_id, message_id = _number(_chat(message).get("id")), _number(message.get("message_id"))
    command = _COMMAND.match(_string(message.get("text")))
    is_named = bool(command and command["bot"] and command["bot"].lower() == username.lower())
    newcomers = [_fields(member).get("id") for member in _array(message.get("new_chat_members"))]
    if chat_id is None or message_id is None or not (is_named or bot_id in newcomers):
        return None
    return Elsewhere(chat_id, message_id)


def _membership(member: Mapping[str, object]) -> Reachable | None:
    identity = _person(_fields(member.get("from")), _chat(member))
    status = _string(_fields(member.get("new_chat_member")).get("status"))
    if identity is None or status not in {"member", "kicked"}:
        return None
    return Reachable(identity, status == "member")


def _chat(holder: Mapping[str, object]) -> Mapping[str, object]:
    return _fields(holder.get("chat"))


def _name(person: Mapping[str, object]) -> str:
    parts = (clean(_string(person.get(part))).strip() for part in ("first_name", "last_name"))
    return " ".join(part for part in parts if part)[:NAME_LIMIT]


def _language(person: Mapping[str, object]) -> str:
    code = _string(person.get("language_code"))
    return code if _LANGUAGE.fullmatch(code) else "en"


# -- cleaning --


def _typed(text: str) -> str:
    return masked(clean(text[:TEXT_LIMIT]))


# -- JSON of unknown shape --


def _fields(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def _array(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _NUMBERS_END:
        return value
    return None
