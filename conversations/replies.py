"""What the reception hands to a messenger: the answer to a tap, and a screen to be sent or put in place of another."""

from dataclasses import dataclass

from conversations.cards import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The committed outcome of one update."""

    #: Said in passing over the tapped button, in the reader's language; empty for none.
    toast: str = ""
    #: The toast must be tapped away.
    alert: bool = False
    #: The talk has a screen that was not shown yet.
    show: bool = True
    #: Said at once, before the talk's screen if that is shown as well. It belongs to no talk, and is lost in a crash.
    card: Card | None = None
    #: The commands that this chat's menu shows from now on, with their words; empty: those that every chat has.
    menu: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A screen on its way to a chat. Building it again gives the same, so a lost one is simply shown again."""

    channel: str
    chat: str
    card: Card
    #: The talk's revision that this screen shows; None for a message that is not the talk's.
    revision: int | None = None
    #: The platform's message to put the card into; None means a new message.
    edit: str | None = None
    #: An older message of ours that now loses its buttons.
    retire: str | None = None
