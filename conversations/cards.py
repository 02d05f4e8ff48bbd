"""A screen spoken in one language: text as spans, buttons with labels. This is all that a messenger's renderer sees."""

import re
from dataclasses import dataclass
from typing import Final

from conversations.screens import PHOTOS_MOST, FieldKind, Look, Press, Style

_UNSAFE: Final = re.compile(r"[^\w.()+,&'’–-]")
_STEM: Final = 60  # characters, of up to four bytes: with its ending within the 255 bytes that file systems take
_ENDING: Final = 5  # characters


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `text` is always shown as it is: whatever looks like markup in it is not."""

    text: str
    bold: bool = False
    #: An instant that the messenger may show in the reader's own zone (unix seconds) …
    unix: int | None = None
    #: … as a countdown rather than a time of day.
    countdown: bool = False


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    text: Text
    look: Look = Look.PLAIN
    gap: bool = False
    #: As a line's.
    apart: bool = False


@dataclass(frozen=True, slots=True)
class CardButton:
    label: str
    press: Press
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class CardOption:
    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardField:
    id: str
    kind: FieldKind
    label: str
    required: bool = True
    hint: str = ""
    value: str = ""
    options: tuple[CardOption, ...] = ()
    most_photos: int = PHOTOS_MOST
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A document on its way with a card. Its bytes are fetched only when it is sent."""

    paper: str
    #: The name of a file on any system.
    name: str
    #: What tells it apart from the same paper asked for at another time.
    key: str = ""
    caption: Text = ()
    #: Stands in the card where the document could not be made.
    missing: Text = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture on its way with a card, to be drawn with words of that language. It is drawn only when it is sent."""

    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is sent. `lines` already hold the notice, the PREVIEW mark and the progress, in reading order."""

    lines: tuple[CardLine, ...]
    rows: tuple[tuple[CardButton, ...], ...] = ()
    revision: int = 0
    #: Name of a picture below the program's home, or one to be drawn.
    picture: str | Drawing | None = None
    #: What comes before it, in order; messengers that cannot do that send files beside it.
    enclosed: tuple[Enclosure, ...] = ()
    form: tuple[CardField, ...] = ()
    form_title: str = ""
    #: Labels of the form's own buttons, in the reader's language.
    form_submit: str = ""
    form_close: str = ""
    #: The typing line's faint example; buttons then stand beside the keyboard where the messenger can do so.
    placeholder: str = ""
    #: Makes no sound, where the messenger leaves that to the sender.
    quiet: bool = False
    celebrate: bool = False

    @property
    def picture_name(self) -> str | None:
        return self.picture.name if isinstance(self.picture, Drawing) else self.picture


def file_name(text: str) -> str:
    """The text as the name of a file on any system: no folder, no sign with a meaning, no longer than all take."""
    stem, dot, ending = " ".join(_UNSAFE.sub(" ", text).split()).replace(" ", "-").strip(".-").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return f"{stem[:_STEM].strip('.-') or 'file'}{dot}{ending[:_ENDING]}"


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in text)
