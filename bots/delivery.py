"""What the courier asks of a messenger, and how a sending can end."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from conversations.cards import Drawing, Enclosure
from conversations.replies import Shown


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there. `card` is the platform's name of the message that carries the buttons."""

    card: str
    #: An older card, whose buttons are to be taken away once this one is written down.
    retired: str | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """It was not sent, and may be tried again after a while."""

    after: timedelta
    error: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer was lost on its way: the message may be there or not (STATES, "Messages out")."""

    error: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This person takes no messages here, or the message can never be sent."""

    error: str


Outcome = Sent | Later | Lost | Unreachable


class Messenger(Protocol):
    """One bot's way out: everything to its chats leaves through it, in order and at the platform's pace."""

    @property
    def channel(self) -> str:
        """Telegram's clients, Slack …: as identities name it."""
        ...

    def lane(self, chat: str) -> AbstractAsyncContextManager[None]:
        """The chat's turn: whoever is within is alone in sending to it, and others wait in the order they came."""
        ...

    async def enclose(self, chat: str, enclosure: Enclosure, document: bytes, *, urgent: bool) -> Outcome:
        """Bring one document into the chat, silently, before the screen that it belongs to; only within the lane."""
        ...

    async def send(self, shown: Shown, *, urgent: bool, drawn: bytes | None = None) -> Outcome:
        """Bring one screen into its chat; only within the chat's lane.

        `urgent`: somebody waits for it. It goes before what is not, and is tried a few times at once. `drawn` is the
        card's picture where that is a drawing; without it the words go alone.
        """
        ...

    async def retire(self, chat: str, card: str) -> None:
        """Take the buttons from an older card. It does not matter much whether that works."""
        ...


class Drawings(Protocol):
    """Who draws the pictures that come with screens."""

    async def fetch(self, drawing: Drawing) -> bytes:
        """The picture; the same facts give the same bytes. Whatever it raises, its screen is shown without it."""
        ...


class Papers(Protocol):
    """Who has the documents that come with screens."""

    async def fetch(self, paper: str) -> bytes:
        """The document of that name; it may be asked for again. Whatever it raises, its screen is shown without it."""
        ...
