"""What comes in from a chat, as the house reads it; each party's reader makes it from its platform's update."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from core.payments.till_key import LockedKey
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
    """A form sent as a whole: what each field holds. Pictures are cleaned already."""

    fields: dict[str, str]
    pictures: dict[str, tuple[bytes, ...]] = field(default_factory=dict[str, tuple[bytes, ...]], repr=False)


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A picture that the present step asked for, cleaned already."""

    picture: bytes = field(repr=False)


class Unusable(StrEnum):
    """Why a picture could not be taken; the hint of its refusal."""

    TOO_LARGE = "too-large"  # more bytes than are taken
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_A_PICTURE = "not-a-picture"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"  # the platform did not give it


@dataclass(frozen=True, slots=True)
class UnusablePhoto:
    """A picture that the present step asked for, and that could not be taken."""

    reason: Unusable


class FileKind(StrEnum):
    """What a step may want of a file."""

    PICTURE = "picture"
    TEXT = "text"


#: What most steps want.
NO_FILE: Final = frozenset[FileKind]()


@dataclass(frozen=True, slots=True)
class SentText:
    """A text that the present step asked for, sent as a file of this name. It is cleaned as typed texts are."""

    text: str = field(repr=False)
    name: str


class Illegible(StrEnum):
    """Why a text could not be taken; the hint of its refusal."""

    TOO_LARGE = "too-large"  # more bytes than are taken
    NOT_A_TEXT = "not-a-text"  # in no encoding that is read, or there is nothing to be seen in it
    UNREACHABLE = "unreachable"  # the platform did not give it


@dataclass(frozen=True, slots=True)
class UnusableText:
    """A text that the present step asked for, and that could not be taken."""

    reason: Illegible


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A point on the map, in degrees; `title` is empty where it has no name."""

    latitude: float
    longitude: float
    title: str = ""


class SecretKind(StrEnum):
    """What somebody confided, told by how it begins."""

    KEY = "key"  # of the till
    PUBLIC = "public"  # the till's publishable key: no secret, and of no use to us
    HOOK = "hook"  # what the till signs its events with


class KeyFlaw(StrEnum):
    """Why a key could not be taken; the last part of its words."""

    PUBLIC = "public"
    NO_KEY = "no-key"  # it only begins like one
    WRONG = "wrong"  # the till does not know it
    FORBIDDEN = "forbidden"  # it may not do all that we need
    UNREACHABLE = "unreachable"  # the till does not answer
    NO_TILL = "no-till"  # it belongs to a key, and the studio has none of its own
    NOT_NEEDED = "not-needed"  # the till cannot reach us anyway


class KeyNeed(StrEnum):
    """What a key must be allowed; the last part of its words."""

    SESSIONS = "sessions"
    REFUNDS = "refunds"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True)
class FlawedKey:
    flaw: KeyFlaw
    #: What it may not do.
    lacks: tuple[KeyNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedKey:
    """A key that the till took."""

    key: LockedKey
    #: It may do what we need and not everything.
    is_restricted: bool
    #: Which of the studio's tills it is another key of; None for an account or a mode that is new to it.
    till: str | None = None


@dataclass(frozen=True, slots=True)
class LockedHook:
    locked: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confided:
    """Somebody said a secret. It is not in here: it was checked and locked where it was asked for, and else let go."""

    kind: SecretKind
    #: Its message is gone from the chat.
    deleted: bool
    #: What came of it; None where nobody had asked.
    outcome: CheckedKey | LockedHook | FlawedKey | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that no step reads: a photo, a sticker, a voice message, an edited message."""

    what: str


Said = (
    Pressed
    | Typed
    | Commanded
    | SharedPhone
    | SharedPlace
    | Filled
    | SentPhoto
    | UnusablePhoto
    | SentText
    | UnusableText
    | Confided
    | Unreadable
)


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
    #: The platform's name of the message in which it was said, or whose button was pressed; evidence, never compared.
    message: str | None = None
    #: The platform's name of the message that this one replies to.
    reply_to: str | None = None
