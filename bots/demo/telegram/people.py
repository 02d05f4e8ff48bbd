"""What the people of the pretended Telegram do; each deed reaches the bot as the update that Telegram would send."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from bots.demo.telegram.entities import NO_TEXT, Formatted, found_in
from bots.demo.telegram.files import StoredFile, clean_name
from bots.demo.telegram.methods import Upload
from bots.demo.telegram.pictures import is_jpeg, without_hidden
from bots.demo.telegram.refusals import ApiError
from bots.demo.telegram.shapes import Json
from bots.demo.telegram.world import FIRST_PERSON, Bot, Chat, Message, Person, Query, World

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")  # core.telegram.org/bots/features#deep-linking
_START_LINK: Final = re.compile(r"https?://t\.me/(?P<bot>\w+)(?:\?start=(?P<payload>[^&#]*))?", re.IGNORECASE)
_PICTURE: Final = Path(__file__).with_name("photo.jpg")
_ALBUM_LIMIT: Final = 10  # core.telegram.org/bots/api#sendmediagroup
_GROUP: Final = -1_001_000_000_001
_CHANNEL: Final = -1_002_000_000_001


class People:
    """The deeds of persons, each in their private chat with a bot, which is named by its username.

    Whatever a person cannot do in an app raises LookupError or ValueError here: it is a slip of the caller's.
    """

    def __init__(self, world: World) -> None:
        self._world: Final = world

    def add_person(
        self,
        *,
        first_name: str,
        last_name: str = "",
        username: str | None = None,
        language_code: str = "en",
        phone: str = "+13125550188",
    ) -> int:
        """A new user of Telegram; gives the id."""
        person = Person(
            id=FIRST_PERSON + len(self._world.people),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone=phone,
        )
        self._world.people[person.id] = person
        return person.id

    def open_link(self, person: int, bot: str, payload: str = "") -> None:
        """Tap START in the bot's chat, come to by `t.me/BOT?start=payload`. It also unblocks, as in the apps."""
        if not _PAYLOAD.fullmatch(payload):
            raise ValueError(f"Telegram takes 64 characters of A-Z a-z 0-9 _ - after ?start=, not {payload!r}")
        if self._chat(person, bot).is_blocked:
            self.unblock(person, bot)
        self.type_text(person, bot, f"/start {payload}".rstrip())

    def type_text(self, person: int, bot: str, text: str, *, reply_to: int = 0) -> int:
        """Send a text, or press a button of the reply keyboard, which is the same; gives the message's id.

        `reply_to`: the message of this chat that it answers.
        """
        if reply_to and reply_to not in self._chat(person, bot).messages:
            raise LookupError(f"there is no message {reply_to} in this chat")
        return self._say(person, bot, content=found_in(Formatted(text.strip())), reply_to=reply_to).id

    def forward(self, person: int, bot: str, message_id: int, *, out_of: str | None = None) -> int:
        """Forward a message of this chat, or of that with the bot `out_of`; gives the new message's id.

        What it says goes along; its buttons, which no other bot would understand, do not.
        """
        source = out_of or bot
        told = self._chat(person, source).messages[message_id]
        author = self._world.people.get(told.sender)
        user = author.as_user() if author else self._world.bot(source).account.as_user()
        origin = {"type": "user", "sender_user": user, "date": told.date}
        what = {name: getattr(told, name) for name in ("content", "photo", "document", "location", "venue", "contact")}
        return self._say(person, bot, **what, origin=told.origin or origin).id

    def share_place(
        self, person: int, bot: str, latitude: float, longitude: float, *, title: str = "", address: str = ""
    ) -> int:
        """Share a point on the map, or the venue of this title there; gives the message's id."""
        location = {"latitude": latitude, "longitude": longitude}
        venue = {"location": location, "title": title, "address": address} if title else None
        return self._say(person, bot, location=location, venue=venue).id

    def press(self, person: int, bot: str, message_id: int, row: int, column: int) -> None:
        """Press a button under a message. A link to a bot opens it; other links and copying reach no bot."""
        button = _button(self._chat(person, bot).messages[message_id], row, column)
        if "callback_data" in button:
            self.press_data(person, bot, message_id, str(button["callback_data"]))
        elif link := _START_LINK.match(str(button.get("url", ""))):
            self.open_link(person, link["bot"], link["payload"] or "")

    def press_data(self, person: int, bot: str, message_id: int, data: str) -> None:
        """Press with any data: a forged press, or one under a message that is no more."""
        to, chat = self._world.bot(bot), self._chat(person, bot)
        query_id = to.next_query_id()
        to.queries[query_id] = Query(person=person, at=self._world.now())
        message = chat.messages.get(message_id)
        to.updates.push(
            {
                "callback_query": {
                    "id": query_id,
                    "from": self._world.people[person].as_user(),
                    "message": self._world.message_json(to, chat, message)
                    if message
                    else {"chat": chat.description, "message_id": message_id, "date": 0},
                    "chat_instance": str(to.account.id * 1_000_003 + person),
                    "data": data,
                }
            }
        )

    def share_contact(self, person: int, bot: str, *, of: int | None = None) -> None:
        """Share one's own number, or somebody else's."""
        shared = self._world.people[of or person]
        names = {"first_name": shared.first_name, **({"last_name": shared.last_name} if shared.last_name else {})}
        self._say(person, bot, contact={"phone_number": shared.phone, **names, "user_id": shared.id})

    def send_photo(self, person: int, bot: str, data: bytes | None = None, *, caption: str = "") -> int:
        """Send a picture, a landscape at dusk unless given; gives the message's id. What is taken: see `send_files`."""
        upload = Upload(_PICTURE.name, "image/jpeg", _PICTURE.read_bytes() if data is None else data)
        return self.send_files(person, bot, [upload], caption=caption)[0]

    def send_document(self, person: int, bot: str, upload: Upload, *, caption: str = "") -> int:
        """Send a file as it is; gives the message's id."""
        return self.send_files(person, bot, [upload], as_documents=True, caption=caption)[0]

    def send_files(
        self, person: int, bot: str, uploads: Sequence[Upload], *, as_documents: bool = False, caption: str = ""
    ) -> list[int]:
        """Send one, or up to ten together, which are an album: a message each, the caption under the first.

        As pictures, they are the JPEGs that an app made of them, and what is hidden in them is left out, as apps do. As
        documents they stay as they are. Gives the messages' ids.
        """
        if not 1 <= len(uploads) <= _ALBUM_LIMIT:
            raise ValueError(f"an app sends 1 to {_ALBUM_LIMIT} together, not {len(uploads)}")
        kept = [self._kept(upload, as_document=as_documents) for upload in uploads]
        album = self._world.next_album() if len(kept) > 1 else ""
        kind = "document" if as_documents else "photo"
        words = [found_in(Formatted(caption.strip())), *[NO_TEXT] * (len(kept) - 1)]
        said = [
            self._say(person, bot, **{kind: file}, content=content, album=album)
            for file, content in zip(kept, words, strict=True)
        ]
        return [message.id for message in said]

    def edit_text(self, person: int, bot: str, message_id: int, text: str) -> None:
        """Change a text that one has sent."""
        to, chat = self._world.bot(bot), self._chat(person, bot)
        message = chat.messages[message_id]
        if message.sender != person:
            raise ValueError("people edit their own messages only")
        edited = replace(message, content=found_in(Formatted(text.strip())), edited_at=self._world.unix_now())
        chat.messages[message_id] = edited
        to.updates.push({"edited_message": self._world.message_json(to, chat, edited)})
        self._world.changed(to, person)

    def block(self, person: int, bot: str) -> None:
        self._set_blocked(person, bot, is_blocked=True)

    def unblock(self, person: int, bot: str) -> None:
        self._set_blocked(person, bot, is_blocked=False)

    def group_message(self, person: int, bot: str, text: str, *, group: int = _GROUP, title: str = "Family") -> int:
        """Say something in a group that the bot is in; gives the message's id."""
        return self._say_elsewhere(person, bot, text, "message", {"id": group, "type": "supergroup", "title": title})

    def channel_post(self, bot: str, text: str, *, channel: int = _CHANNEL, title: str = "News") -> int:
        """Post in a channel that the bot is in; gives the message's id."""
        return self._say_elsewhere(
            channel, bot, text, "channel_post", {"id": channel, "type": "channel", "title": title}
        )

    def push_update(self, bot: str, update: Mapping[str, object]) -> None:
        """Let the bot get any update, well-formed or not; its update_id is filled in."""
        self._world.bot(bot).updates.push(update)

    def _chat(self, person: int, bot: str) -> Chat:
        """The private chat, as it is or new."""
        to, description = self._world.bot(bot), self._world.people[person].as_chat()
        return to.chats.setdefault(person, Chat(id=person, description=description))

    def _kept(self, upload: Upload, *, as_document: bool) -> StoredFile:
        if not as_document and not is_jpeg(upload.data):
            raise ValueError("an app makes a JPEG of a picture before it sends it")
        files = self._world.files
        try:
            if as_document:
                name = clean_name(upload.name)
                return files.keep_document(replace(upload, name=name if "." in name else f"{name or 'file'}.bin"))
            return files.keep_photo(Upload(_PICTURE.name, "image/jpeg", without_hidden(upload.data)))
        except ApiError as refused:
            raise ValueError(refused.description.removeprefix("Bad Request: ")) from None

    def _say(self, person: int, bot: str, **content: object) -> Message:
        to, chat = self._world.bot(bot), self._chat(person, bot)
        if chat.is_blocked:
            raise ValueError("who has blocked a bot unblocks it before writing")
        draft = Message(id=to.next_message_id(), date=self._world.unix_now(), sender=person)
        message = replace(draft, **content)
        chat.messages[message.id] = message
        if chat.reply_keyboard and chat.reply_keyboard.get("one_time_keyboard", "force_reply" in chat.reply_keyboard):
            chat.reply_keyboard = None
        to.updates.push({"message": self._world.message_json(to, chat, message)})
        self._world.changed(to, person)
        return message

    def _say_elsewhere(self, sender: int, bot: str, text: str, kind: str, description: Json) -> int:
        to = self._world.bot(bot)
        chat_id = cast("int", description["id"])
        chat = to.chats.setdefault(chat_id, Chat(id=chat_id, description=description))
        message = Message(
            id=to.next_message_id(),
            date=self._world.unix_now(),
            sender=sender,
            content=found_in(Formatted(text.strip())),
        )
        chat.messages[message.id] = message
        to.updates.push({kind: self._world.message_json(to, chat, message)})
        self._world.changed(to, chat_id)
        return message.id

    def _set_blocked(self, person: int, bot: str, *, is_blocked: bool) -> None:
        to, chat = self._world.bot(bot), self._chat(person, bot)
        if chat.is_blocked == is_blocked:
            return
        chat.is_blocked = is_blocked
        to.updates.push(
            {
                "my_chat_member": {
                    "chat": chat.description,
                    "from": self._world.people[person].as_user(),
                    "date": self._world.unix_now(),
                    "old_chat_member": _member(to, is_kicked=not is_blocked),
                    "new_chat_member": _member(to, is_kicked=is_blocked),
                }
            }
        )
        self._world.changed(to, person)


def _button(message: Message, row: int, column: int) -> Json:
    """Raises LookupError."""
    keyboard = message.keyboard or {}
    rows = cast("list[list[Json]]", keyboard.get("inline_keyboard", []))
    return rows[row][column]


def _member(bot: Bot, *, is_kicked: bool) -> Json:
    user = bot.account.as_user()
    return {"status": "kicked", "user": user, "until_date": 0} if is_kicked else {"status": "member", "user": user}
