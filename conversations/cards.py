"""A screen spoken in one language: text as spans, buttons with labels. This is all that a messenger's renderer sees."""

from dataclasses import dataclass

from conversations.screens import FieldKind, Look, Press, Style


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


@dataclass(frozen=True, slots=True)
class CardButton:
    label: str
    press: Press
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class CardField:
    id: str
    kind: FieldKind
    label: str
    required: bool = True
    hint: str = ""
    value: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is sent. `lines` already hold the notice, the PREVIEW mark and the progress, in reading order."""

    lines: tuple[CardLine, ...]
    rows: tuple[tuple[CardButton, ...], ...] = ()
    revision: int = 0
    picture: str | None = None
    form: tuple[CardField, ...] = ()
    form_title: str = ""
    #: Labels of the form's own buttons, in the reader's language.
    form_submit: str = ""
    form_close: str = ""
    #: The typing line's faint example; buttons then stand beside the keyboard where the messenger can do so.
    placeholder: str = ""
    celebrate: bool = False


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in text)
