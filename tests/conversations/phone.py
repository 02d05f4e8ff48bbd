"""One person's chat with the house: what they send, and what they see, as a messenger shows it."""

from collections import deque
from dataclasses import dataclass, field, replace

from conversations.cards import Card, CardButton, Drawing, plain
from conversations.inbound import Commanded, Inbound, Pressed, Said, Typed
from conversations.replies import Shown
from conversations.screens import Choose, Copy, Do
from core.ports import Identity

CHANNEL = "telegram"
#: Those who write to the studio's bot, by the number of their phone and their name there. Who is let in is of the team.
TEAM = {
    "photographer": (101, "Luna"),
    "photographer 2": (102, "Sol"),
    "assistant": (103, "Noa"),
    "host": (104, "Max"),
    "stranger": (105, "Eve"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that reached the person: `bot` is a new message, `bot edits` another face of an older one.

    `copied` is what a button of theirs copied.
    """

    how: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class Phone:
    """A messenger's app. It keeps each face that a message ever had, so that a late tap can be played."""

    number: int
    name: str
    #: Which bot it talks with.
    channel: str = CHANNEL
    #: What stands in the chat now, by the message's name.
    standing: dict[str, Card] = field(default_factory=dict[str, Card])
    #: What stood there before, the newest last.
    faces: list[tuple[str, Card]] = field(default_factory=list[tuple[str, Card]])
    heard: deque[Heard] = field(default_factory=deque[Heard])
    #: The last update, for a platform that delivers it twice.
    last: Inbound | None = None
    #: The bot was blocked: nothing arrives any more.
    blocked: bool = False
    _sent: int = 0
    _received: int = 0

    @property
    def chat(self) -> str:
        return str(1000 + self.number)

    # -- what the person does --

    def says(self, text: str) -> Inbound:
        """A text, a /command, or the [label] of a button that can be seen now."""
        if text.startswith("[") and text.endswith("]"):
            return self._press(text[1:-1], list(self.standing.items()))
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self.update(Commanded(name, argument))
        return self.update(Typed(text))

    def replies(self, part: str, said: Said) -> Inbound:
        """Something in reply to the newest message that has these words."""
        for name, card in reversed(self.standing.items()):
            if part in " ".join(_spoken(card)):
                return replace(self.update(said), reply_to=name)
        raise AssertionError(f"no message says “{part}”")

    def says_late(self, text: str) -> Inbound:
        """The [label] of a button as it was seen before."""
        return self._press(text.strip("[]"), self.faces)

    def copies(self, label: str) -> None:
        """Tap the [label] of a button that copies a text, of which no bot hears."""
        press = self._button(label.strip("[]"), list(self.standing.items()))[1].press
        assert isinstance(press, Copy), f"{label} copies nothing"
        self.heard.append(Heard("copied", tuple(press.text.splitlines())))

    def update(self, said: Said, card: str | None = None) -> Inbound:
        self._sent += 1
        self.last = Inbound(
            source=self.channel,
            key=f"{self.number}.{self._sent}",
            identity=Identity(self.channel, self.chat),
            chat=self.chat,
            said=said,
            name=self.name,
            card=card,
        )
        return self.last

    def _press(self, label: str, among: list[tuple[str, Card]]) -> Inbound:
        card, button, name = self._button(label, among)
        return self.update(*_pressed(card, button, name))

    def _button(self, label: str, among: list[tuple[str, Card]]) -> tuple[Card, CardButton, str]:
        for name, card in reversed(among):
            for button in (button for row in card.rows for button in row):
                if button.label == label:
                    return card, button, name
        raise AssertionError(f"no button [{label}] among {[_spoken(card) for _, card in among[-2:]]}")

    # -- what the person gets --

    def hears(self, how: str, text: str) -> None:
        if text:
            self.heard.append(Heard(how, (text,)))

    def sees(self, shown: Shown) -> str:
        """Take a screen as the messenger would; gives the name of the message that carries it."""
        if shown.retire in self.standing:
            self._turn(shown.retire, replace(self.standing[shown.retire], rows=()))
        edited = shown.edit is not None
        assert not edited or shown.edit in self.standing, "an edit of a message that is not there"
        self._received += not edited
        name = shown.edit or f"message {self._received}"
        self._turn(name, shown.card)
        self.heard.append(Heard("bot edits" if edited else "bot", _spoken(shown.card)))
        return name

    def scroll(self, keep: int) -> None:
        """Forget what scrolled out of sight: only the newest messages and faces stay."""
        self.standing = dict(list(self.standing.items())[-keep:])
        self.faces = self.faces[-keep:]

    def _turn(self, name: str, card: Card) -> None:
        if name in self.standing:
            self.faces.append((name, self.standing[name]))
        self.standing[name] = card


def _pressed(card: Card, button: CardButton, name: str) -> tuple[Said, str | None]:
    """Buttons beside the keyboard send their label, as Telegram's do."""
    match button.press:
        case _ if card.placeholder:
            return Typed(button.label), None
        case Choose(choice):
            return Pressed(f"{card.revision}:{choice}"), name
        case Do(deed, reference):
            return Pressed(f"{deed}:{reference}"), name
        case other:
            raise AssertionError(f"a transcript cannot press {other}")


def _spoken(card: Card) -> tuple[str, ...]:
    """The card as a transcript writes it: its documents, its picture, its lines, then its rows of buttons."""
    spoken = [f"(document {one.name})" + (f" {plain(one.caption)}" if one.caption else "") for one in card.enclosed]
    spoken += [f"(picture {_picture(card.picture)})"] if card.picture else []
    for line in card.lines:
        if line.gap and spoken:
            spoken.append("")
        spoken.extend(plain(line.text).splitlines())
    if card.placeholder:
        spoken.append(f"(beside the keyboard, with {card.placeholder})")
    if card.celebrate:
        spoken.append("(confetti)")
    spoken.extend(" ".join(f"[{button.label}]" for button in row) for row in card.rows)
    return tuple(spoken)


def _picture(picture: str | Drawing) -> str:
    """Its name; of one that is drawn, what kind of picture it is: the rest are ids."""
    return picture if isinstance(picture, str) else f"of a {picture.name.partition('/')[0]}"
