"""The sender: all that a Telegram bot says leaves through it, in each chat's order and at the platform's pace.

Telegram has no idempotent send: a message whose answer was lost is sent once more at most. Edits may be repeated.
"""

import asyncio
import html
import re
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from bots.delivery import Later, Lost, Outcome, Sent, Unreachable
from bots.telegram.api import Api, Upload
from bots.telegram.errors import CallFailed, Failure, Remedy
from bots.telegram.pace import Lanes, Pace
from bots.telegram.read import PICTURE
from bots.telegram.render import (
    TEXT_LIMIT,
    Call,
    Rendered,
    as_document,
    as_edit,
    as_send,
    render,
    without_buttons,
    without_keyboard,
)
from bots.telegram.uploads import Picture, Uploads
from conversations.cards import Enclosure
from conversations.replies import Shown

URGENT_TRIES: Final = 4  # of a screen at once; then the tick finds it unshown
FIRST_BACK_OFF: Final = 0.5  # seconds of silence after a failure of the platform, doubled with each in a row …
LONGEST_BACK_OFF: Final = 4.0  # … up to this: a person waits
PATIENCE: Final = 20.0  # seconds that a message nobody waits for may wait for its slot; its lease is far longer
TOKEN_REFUSED: Final = timedelta(minutes=5)
#: Marks in a card's name that its buttons stand beside the keyboard, so that it is known after a restart as well.
KEYBOARD: Final = "k"
_BYE: Final = "👌"  # a message must say something to take the keyboard away; it is deleted at once

_TAG: Final = re.compile(r"<[^>]*>")
_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Card:
    """A message of ours by its stored name."""

    message_id: int
    mark: str = ""

    @classmethod
    def named(cls, name: str | None) -> "_Card | None":
        if not name:
            return None
        number = name.rstrip(KEYBOARD + PICTURE)
        return cls(int(number), name.removeprefix(number))

    @classmethod
    def of(cls, message_id: int, rendered: Rendered) -> "_Card":
        """The name of a message that shows this. Of several, the last has the buttons and no picture."""
        if rendered.has_keyboard:
            return cls(message_id, KEYBOARD)
        return cls(message_id, PICTURE if rendered.picture and len(rendered.texts) == 1 else "")

    @property
    def has_keyboard(self) -> bool:
        return self.mark == KEYBOARD

    def takes(self, rendered: Rendered) -> bool:
        """Whether an edit can turn the message into this; Telegram would refuse the others."""
        return not self.has_keyboard and (self.mark != PICTURE or rendered.picture is not None)

    def __str__(self) -> str:
        return f"{self.message_id}{self.mark}"


class Sender:
    """One for each bot (`bots.delivery.Messenger`)."""

    def __init__(self, api: Api, *, channel: str, home: Path, pace: Pace, lanes: Lanes) -> None:
        """`home`: the folder where pictures are."""
        self.channel: Final = channel
        self._api = api
        self._uploads = Uploads(home)
        self._pace = pace
        self._lanes = lanes
        self._failures = 0

    def lane(self, chat: str) -> AbstractAsyncContextManager[None]:
        return self._lanes.turn(int(chat))

    async def enclose(self, chat: str, enclosure: Enclosure, document: bytes, *, urgent: bool) -> Outcome:
        """Bring the document into its chat (see `bots.delivery.Messenger`)."""
        if not urgent and (pause := self._long_pause()):
            return pause
        call = as_document(enclosure, int(chat), Upload(enclosure.name, document))
        await self._lanes.room(int(chat))
        try:
            message = await self._call(call, urgent=urgent)
        except CallFailed as failed:
            return _outcome(failed.failure)
        return Sent(f"{message['message_id']}")

    async def send(self, shown: Shown, *, urgent: bool, drawn: bytes | None = None) -> Outcome:
        """Bring the screen into its chat (see `bots.delivery.Messenger`)."""
        if not urgent and (pause := self._long_pause()):
            return pause
        chat = int(shown.chat)
        old, edit = _Card.named(shown.retire), _Card.named(shown.edit)
        picture = self._uploads.picture_of(shown.card, drawn)
        rendered = render(shown.card if picture else replace(shown.card, picture=None))  # words matter more
        try:
            if edit and edit.takes(rendered) and await self._edit(rendered, picture, chat, edit, urgent=urgent):
                return Sent(str(_Card.of(edit.message_id, rendered)))
            old = old or edit
            if old and old.has_keyboard and not rendered.has_keyboard:
                await self._take_keyboard(chat)
            card = await self._send(rendered, picture, chat, urgent=urgent)
        except CallFailed as failed:
            return _outcome(failed.failure)
        return Sent(str(card), retired=str(old) if old and not old.has_keyboard else None)

    async def retire(self, chat: str, card: str) -> None:
        if old := _Card.named(card):
            await self.call_once(without_buttons(int(chat), old.message_id))

    async def call_once(self, call: Call) -> Any:
        """A call that need not succeed: no slot, no second try, and none at all while Telegram wants silence."""
        if not self._pace.paused_for:
            with suppress(CallFailed):
                return await self._api.call(call.method, call.params)
        return None

    # -- ways to bring a card --

    async def _edit(self, rendered: Rendered, picture: Picture | None, chat: int, card: _Card, *, urgent: bool) -> bool:
        """Put the card into the message; False where only a new message can show it."""
        call = as_edit(rendered, chat, card.message_id, self._uploads.photo(picture))
        if call is None:
            return False
        try:
            self._uploads.keep(picture, await self._call(call, urgent=urgent))
        except CallFailed as failed:
            match failed.failure.remedy:
                case Remedy.NOTHING:
                    return True
                case Remedy.SEND_ANEW | Remedy.SPLIT:
                    return False
                case _:
                    raise
        return True

    async def _send(self, rendered: Rendered, picture: Picture | None, chat: int, *, urgent: bool) -> _Card:
        message: Any = None
        for call in as_send(rendered, chat, self._uploads.photo(picture)):
            message = await self._send_mended(call, chat, urgent=urgent)
            self._uploads.keep(picture, message)
        return _Card.of(int(message["message_id"]), rendered)

    async def _send_mended(self, call: Call, chat: int, *, urgent: bool) -> Any:
        """Send; what Telegram cannot read or finds too long goes out plain and in pieces. Gives the last message."""
        await self._lanes.room(chat)
        try:
            return await self._call(call, urgent=urgent)
        except CallFailed as failed:
            if failed.failure.remedy is Remedy.FOLLOW:
                return await self._call(
                    Call(call.method, {**call.params, "chat_id": failed.failure.chat}), urgent=urgent
                )
            if failed.failure.remedy not in {Remedy.SEND_PLAIN, Remedy.SPLIT}:
                raise
            _log.error("Telegram could not take a text as it was rendered", error=failed.failure.error)
        message: Any = None
        for piece in _plain_pieces(call):
            message = await self._call(piece, urgent=urgent)
        return message

    async def _take_keyboard(self, chat: int) -> None:
        message = await self.call_once(without_keyboard(chat, _BYE))
        if message:
            await self.call_once(Call("deleteMessage", {"chat_id": chat, "message_id": message["message_id"]}))

    # -- calls --

    def _long_pause(self) -> Later | None:
        """A message that nobody waits for is given back while Telegram wants silence."""
        seconds = self._pace.paused_for
        return Later(timedelta(seconds=seconds), "Telegram asked for silence") if seconds > PATIENCE else None

    async def _call(self, call: Call, *, urgent: bool) -> Any:
        """Carry the call out at the bot's pace. Raises CallFailed with what cannot be helped here."""
        tries = URGENT_TRIES if urgent else 1
        lost = 0
        while True:
            tries -= 1
            await self._slot(urgent=urgent)
            try:
                result = await self._api.call(call.method, call.params)
            except CallFailed as failed:
                failure = failed.failure
            else:
                self._failures = 0
                return result
            lost += failure.remedy is Remedy.ASK_ONCE_MORE
            self._keep_silent(failure)
            is_hopeless = failure.remedy not in {Remedy.WAIT, Remedy.BACK_OFF, Remedy.ASK_ONCE_MORE}
            if is_hopeless or tries <= 0 or (lost > 1 and not _may_be_repeated(call)):
                raise CallFailed(failure)

    async def _slot(self, *, urgent: bool) -> None:
        try:
            async with asyncio.timeout(None if urgent else PATIENCE):
                await self._pace.turn(urgent=urgent)
        except TimeoutError:
            raise CallFailed(Failure(Remedy.BACK_OFF, "there was no slot in time")) from None

    def _keep_silent(self, failure: Failure) -> None:
        """The whole bot waits, as it would fail for everybody."""
        match failure.remedy:
            case Remedy.WAIT:
                self._pace.pause(failure.seconds)
                _log.warning("Telegram asks for silence", seconds=failure.seconds)
            case Remedy.BACK_OFF | Remedy.ASK_ONCE_MORE:
                self._pace.pause(min(FIRST_BACK_OFF * 2 ** min(self._failures, 10), LONGEST_BACK_OFF))
                self._failures += 1
            case _:
                pass


def _outcome(failure: Failure) -> Outcome:
    match failure.remedy:
        case Remedy.WAIT:
            return Later(timedelta(seconds=failure.seconds), failure.error)
        case Remedy.BACK_OFF:
            return Later(timedelta(0), failure.error)
        case Remedy.ASK_ONCE_MORE:
            return Lost(failure.error)
        case Remedy.STOP:
            _log.critical("Telegram refuses the bot's token", error=failure.error)
            return Later(TOKEN_REFUSED, failure.error)
        case Remedy.GIVE_UP:
            return Unreachable(failure.error)
        case _:
            _log.error("Telegram refuses what we send", error=failure.error)
            return Unreachable(failure.error)


def _may_be_repeated(call: Call) -> bool:
    return not call.method.startswith("send")


def _plain_pieces(call: Call) -> list[Call]:
    """The same without looks, each piece short enough; the buttons under the last."""
    name = "caption" if "caption" in call.params else "text"
    words = html.unescape(_TAG.sub("", str(call.params.get(name, ""))))
    # Half the limit: a character counts twice at most.
    pieces = [words[at : at + TEXT_LIMIT // 2] for at in range(0, len(words), TEXT_LIMIT // 2)] or ["…"]
    kept = {key: value for key, value in call.params.items() if key in {"chat_id", "disable_notification"}}
    last = {key: value for key, value in call.params.items() if key in {"reply_markup", "message_effect_id"}}
    calls = [Call("sendMessage", {**kept, "text": piece}) for piece in pieces]
    calls[-1] = Call("sendMessage", {**calls[-1].params, **last})
    return calls
