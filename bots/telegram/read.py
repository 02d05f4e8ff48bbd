"""An update of Telegram's, read as what somebody said. It comes from outside: whatever is in it, reading never raises.

Talks run in private chats only. The studio's bot hears less than the clients', nothing that was forwarded, and
understands more: texts that come as files, and places. What people type is cleaned here, before anything is stored: no
card numbers or keys, and no characters that a database refuses or that turn the order of the words around them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bots.card_numbers import masked
from bots.keys import secret_in, without_secrets
from bots.telegram.shapes import array, fields, number, string
from conversations.inbound import (
    Commanded,
    Confided,
    FileKind,
    Inbound,
    Pressed,
    Said,
    SecretKind,
    SharedPhone,
    SharedPlace,
    Typed,
    Unreadable,
)
from core.ports import Identity
from core.values.texts import clean

#: The channels of the two bots, as identities name them.
CLIENTS: Final = "telegram"
STUDIO: Final = "telegram-studio"
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
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]{1,32}))?")
_TEXT_NAMES: Final = (".md", ".txt")
_TEXT_TYPES: Final = frozenset({"text/plain", "text/markdown"})
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
class Secret:
    """A key of Stripe's was said to the studio's bot. Nothing else of its message is heard, and nobody keeps it.

    `inbound` says that it was said, and not what.
    """

    inbound: Inbound
    kind: SecretKind
    secret: str = field(repr=False)
    message_id: int
    #: Whoever says it says it themselves, in a message of its own: what was forwarded or edited is taken for nothing.
    is_meant: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A file. It is fetched only if the talk wants one of its kind; otherwise it is what `inbound` says."""

    inbound: Inbound
    kind: FileKind
    file_id: str
    #: Bytes, as Telegram says; 0 where it does not.
    size: int
    #: As the person's device calls it; a photo has none.
    name: str = ""


Read = Inbound | Offer | Secret | Elsewhere | Reachable | None


def read(update: object, *, channel: str, bot_id: int, username: str) -> Read:
    """Read the body of an update to the channel's bot of this id and username. None: there is nothing to do."""
    body = fields(update)
    key = number(body.get("update_id"))
    said: Said | None = None
    card: str | None = None
    if key is None:
        return None
    if member := fields(body.get("my_chat_member")):
        return _membership(member, channel)
    if channel == STUDIO and (secret := _secret(body, key, bot_id)):
        return secret
    if message := fields(body.get("message")):
        if string(_chat(message).get("type")) in {"group", "supergroup"}:
            return _call_from_group(message, bot_id=bot_id, username=username)
        sender, said = message, _said(message, channel, username)
    else:
        sender = fields(body.get("callback_query"))
        message = fields(sender.get("message"))
        card, said = _card(message), _press(sender)
    person = fields(sender.get("from"))
    identity = _person(person, _chat(message), channel)
    if identity is None or said is None or (channel == STUDIO and "forward_origin" in message):
        return None
    inbound = Inbound(
        source=f"{channel}:{bot_id}",
        key=f"{key}",
        identity=identity,
        chat=identity.external_id,
        said=said,
        name=_name(person),
        language=_language(person),
        card=card,
        message=_number_of(message),
        reply_to=None if card else _number_of(fields(message.get("reply_to_message"))),
    )
    return _offer(message, inbound)


def _secret(body: Mapping[str, object], key: int, bot_id: int) -> Secret | None:
    """A key in a private message, however it came there: as a text, under a picture, forwarded, or edited into it."""
    message = fields(body.get("message")) or fields(body.get("edited_message"))
    found = secret_in(f"{string(message.get('text'))} {string(message.get('caption'))}")
    person, message_id = fields(message.get("from")), number(message.get("message_id"))
    identity = _person(person, _chat(message), STUDIO)
    if found is None or identity is None or message_id is None:
        return None
    kind, secret = found
    inbound = Inbound(
        source=f"{STUDIO}:{bot_id}",
        key=f"{key}",
        identity=identity,
        chat=identity.external_id,
        said=Confided(kind, deleted=False),
        name=_name(person),
        language=_language(person),
        message=f"{message_id}",
    )
    is_meant = "message" in body and "text" in message and "forward_origin" not in message
    return Secret(inbound, kind, secret, message_id, is_meant)


def query_id(update: object) -> str | None:
    """The press that waits for an answer, whoever pressed whatever."""
    return clean(string(fields(fields(update).get("callback_query")).get("id"))) or None


def _card(message: Mapping[str, object]) -> str | None:
    """The name of the card that was pressed."""
    name = _number_of(message)
    return name and f"{name}{PICTURE if 'photo' in message else ''}"


def _number_of(message: Mapping[str, object]) -> str | None:
    found = number(message.get("message_id"))
    return None if found is None else f"{found}"


# -- what was said --


def _said(message: Mapping[str, object], channel: str, username: str) -> Said | None:
    if text := string(message.get("text")):
        return _command(message, text, username) or Typed(_typed(text))
    if contact := fields(message.get("contact")):
        return _shared_phone(contact, fields(message.get("from")))
    if channel == STUDIO and (place := _shared_place(message)):
        return place
    what = next((content for content in _CONTENTS if content in message), None)
    return Unreadable(what) if what else None


def _offer(message: Mapping[str, object], inbound: Inbound) -> Offer | Inbound:
    """A photo in its largest size, or a document that says it is of a kind that this bot can read."""
    match inbound.said:
        case Unreadable("photo"):
            kind = FileKind.PICTURE
            file = max(map(fields, array(message.get("photo"))), key=_pixels, default=fields(None))
        case Unreadable("document"):
            file = fields(message.get("document"))
            kind = _kind_of(file, inbound.identity.channel)
        case _:
            return inbound
    file_id = string(file.get("file_id"))
    if kind is None or not _FILE.fullmatch(file_id):
        return inbound
    return Offer(inbound, kind, file_id, number(file.get("file_size")) or 0, _file_name(file))


def _kind_of(document: Mapping[str, object], channel: str) -> FileKind | None:
    mime_type = string(document.get("mime_type"))
    if mime_type.startswith("image/"):
        return FileKind.PICTURE
    is_text = mime_type in _TEXT_TYPES or _file_name(document).lower().endswith(_TEXT_NAMES)
    return FileKind.TEXT if is_text and channel == STUDIO else None


def _file_name(file: Mapping[str, object]) -> str:
    return _typed(string(file.get("file_name"))).strip()[-NAME_LIMIT:]  # its end tells what it is


def _pixels(size: Mapping[str, object]) -> int:
    return (number(size.get("width")) or 0) * (number(size.get("height")) or 0)


def _command(message: Mapping[str, object], text: str, username: str) -> Commanded | None:
    """The command that the text begins with, if Telegram sees one there and it is not another bot's."""
    command = _COMMAND.match(text)
    if command is None or not _begins_with_command(message, command.end()):
        return None
    if command["bot"] and command["bot"].lower() != username.lower():
        return None
    return Commanded(command["name"].lower(), _typed(text[command.end() :]).strip())


def _begins_with_command(message: Mapping[str, object], length: int) -> bool:
    entities = [fields(entity) for entity in array(message.get("entities"))]
    return any(e.get("type") == "bot_command" and e.get("offset") == 0 and e.get("length") == length for e in entities)


def _shared_phone(contact: Mapping[str, object], sender: Mapping[str, object]) -> SharedPhone | None:
    phone = clean(string(contact.get("phone_number")))[:PHONE_LIMIT]
    if not phone:
        return None
    # Telegram's own numbers are international, and some apps leave the plus out.
    return SharedPhone(f"+{phone}" if phone.isdecimal() else phone, own=contact.get("user_id") == sender.get("id"))


def _shared_place(message: Mapping[str, object]) -> SharedPlace | None:
    """A location, or the venue that it is."""
    location = fields(message.get("location"))
    latitude, longitude = _degrees(location.get("latitude"), 90), _degrees(location.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    return SharedPlace(latitude, longitude, _typed(string(fields(message.get("venue")).get("title")))[:NAME_LIMIT])


def _degrees(value: object, most: int) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most:
        return float(value)
    return None


def _press(query: Mapping[str, object]) -> Pressed | None:
    data = clean(string(query.get("data")))[:CALLBACK_LIMIT]
    return Pressed(data) if data else None


# -- who, and where --


def _person(sender: Mapping[str, object], chat: Mapping[str, object], channel: str) -> Identity | None:
    """The person who is alone with the bot; in a private chat, the chat's id is theirs."""
    user = number(sender.get("id"))
    if user is None or sender.get("is_bot") or chat.get("type") != "private" or chat.get("id") != user:
        return None
    return Identity(channel, f"{user}")


def _call_from_group(message: Mapping[str, object], *, bot_id: int, username: str) -> Elsewhere | None:
    """Whether the bot was brought into the group, or a command there names it."""
    chat_id, message_id = number(_chat(message).get("id")), number(message.get("message_id"))
    command = _COMMAND.match(string(message.get("text")))
    is_named = bool(command and command["bot"] and command["bot"].lower() == username.lower())
    newcomers = [fields(member).get("id") for member in array(message.get("new_chat_members"))]
    if chat_id is None or message_id is None or not (is_named or bot_id in newcomers):
        return None
    return Elsewhere(chat_id, message_id)


def _membership(member: Mapping[str, object], channel: str) -> Reachable | None:
    identity = _person(fields(member.get("from")), _chat(member), channel)
    status = string(fields(member.get("new_chat_member")).get("status"))
    if identity is None or status not in {"member", "kicked"}:
        return None
    return Reachable(identity, status == "member")


def _chat(holder: Mapping[str, object]) -> Mapping[str, object]:
    return fields(holder.get("chat"))


def _name(person: Mapping[str, object]) -> str:
    parts = (clean(string(person.get(part))).strip() for part in ("first_name", "last_name"))
    return " ".join(part for part in parts if part)[:NAME_LIMIT]


def _language(person: Mapping[str, object]) -> str:
    code = string(person.get("language_code"))
    return code if _LANGUAGE.fullmatch(code) else "en"


# -- cleaning --


def _typed(text: str) -> str:
    return without_secrets(masked(clean(text[:TEXT_LIMIT])))
