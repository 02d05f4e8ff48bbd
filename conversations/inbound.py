"""What comes in from a chat, as the house reads it; each party's reader makes it from its platform's update."""

from dataclasses import dataclass

from core.ports import Identity


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: `revision:choice` of a step, or `deed:reference` outside one. It may be stale or forged."""

    data: str


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """`/name argument`; opening a link of the bot is `/start payload`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """A phone number from the messenger. `own` is False for somebody else's contact."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A form sent as a whole: what each field holds."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that no step reads: a photo, a sticker, a voice message, an edited message."""

    what: str


Said = Pressed | Typed | Commanded | SharedPhone | Filled | Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One update of one chat. `key` is unique for the source, however often the platform delivers it."""

    source: str
    key: str
    identity: Identity
    #: The chat that reaches the person; in a private chat of Telegram, the person's id.
    chat: str
    said: Said
    #: As the messenger knows the person; used only to offer a name for the form.
    name: str = ""
    #: The app's language, BCP 47.
    language: str = "en"
    #: The platform's name of the message whose button was pressed.
    card: str | None = None
