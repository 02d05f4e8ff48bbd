"""What a talk says, as data: wording keys with values, and the ways to answer. It knows no messenger, no language."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from core.values.money import Money


class Clock(StrEnum):
    """How a moment is spoken. Shoot times are said in the studio's zone with its name near (F-rules, STORYBOARD)."""

    TIME = "time"  # 10:15 AM
    DAY = "day"  # Sat 28 Nov
    DAY_YEAR = "day-year"  # Sat 28 Nov 2026
    DAY_TIME = "day-time"  # Sat 28 Nov, 10:15 AM
    DAY_FULL = "day-full"  # Saturday 28 November 2026
    BARE = "bare"  # 10:15, where many stand beside each other
    WEEKDAY = "weekday"  # Saturday
    DEADLINE = "deadline"  # 6:32 PM, which messengers that can show in the reader's own zone
    COUNTDOWN = "countdown"  # in 15 minutes, which messengers that can keep counting


@dataclass(frozen=True, slots=True)
class When:
    """A moment in the studio's zone, spoken as `clock` says."""

    moment: datetime
    zone: ZoneInfo
    clock: Clock = Clock.DAY_TIME


@dataclass(frozen=True, slots=True)
class Exact:
    """An amount with all its decimals, as in a price list; a bare `Money` drops them where they are zero."""

    money: Money


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence or label of the catalogue: its key and what fills it. Values are never read as markup.

    A `str` is a person's or studio's own text, a nested `Say` another wording, a tuple a list spoken with commas.
    """

    key: str
    values: "dict[str, Value]" = field(default_factory=dict[str, "Value"])

    def __hash__(self) -> int:
        return hash((self.key, tuple(self.values)))


Value = str | int | Money | Exact | When | Say | tuple[str, ...]


def say(key: str, **values: Value) -> Say:
    """Say what the catalogue has under `key`."""
    return Say(key, values)


# -- what is shown --


class Look(StrEnum):
    """How a line stands out."""

    PLAIN = "plain"
    TITLE = "title"
    QUOTE = "quote"  # set apart; long ones are folded where the messenger can fold


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `gap` puts an empty line before it."""

    say: Say
    look: Look = Look.PLAIN
    gap: bool = False
    #: Where all does not fit into one message, a new one begins here: what follows stays together, with the buttons.
    apart: bool = False


class Style(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Choose:
    """An answer to the present step: sent back with the screen's revision."""

    choice: str


@dataclass(frozen=True, slots=True)
class Do:
    """A deed outside the talk's steps ("Keep it 15 more minutes"): re-authorised at every press (DECISIONS 28)."""

    deed: str
    reference: str


@dataclass(frozen=True, slots=True)
class Open:
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    text: str


@dataclass(frozen=True, slots=True)
class ShareContact:
    """The person's own phone number, where the messenger can give it; left out elsewhere."""


Press = Choose | Do | Open | Copy | ShareContact


@dataclass(frozen=True, slots=True)
class Button:
    label: Say
    press: Press
    style: Style = Style.PLAIN


PHOTOS_MOST = 3  # pictures of one field (STORYBOARD, T11)


class FieldKind(StrEnum):
    """How a field of a form is answered."""

    LINE = "line"
    TEXT = "text"  # a long one, of several lines
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen in a field."""

    id: str
    label: Say


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form, as a messenger with forms shows it."""

    id: str
    kind: FieldKind
    label: Say
    required: bool = True
    hint: Say | None = None
    #: What stands in it already: kept from before, or known. Of several options or pictures, an id a line.
    value: str = ""
    options: tuple[Option, ...] = ()
    #: Pictures that it takes.
    most_photos: int = PHOTOS_MOST
    #: Why the value typed last was refused.
    error: Say | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A document that comes before a screen. `paper` says to whoever prints it which one it is, and nothing to us."""

    paper: str
    #: The file's name with its ending.
    name: Say
    caption: Say | None = None
    #: The talk's revision when it was enclosed: the same paper asked for later is another document.
    since: int = 0

    @property
    def key(self) -> str:
        """What tells whether it is in the chat already."""
        return f"{self.paper}@{self.since}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that is drawn when its screen is sent. `name` says to whoever draws it which one, and nothing to us.

    The screen's lines say the same: where it cannot be drawn, they come alone.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """ "Step 3 of 6 · Your details (1 of 3)". `part` is 0 where the section is one screen."""

    section: Say
    number: int
    of: int
    part: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen of a talk or one message. `revision` goes into the `Choose` buttons."""

    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    revision: int = 0
    progress: Progress | None = None
    #: Why the last answer was refused, or what just happened: stands above everything.
    notice: Say | None = None
    #: Name of a picture below the program's home, or one to be drawn.
    picture: str | Drawn | None = None
    #: Documents that come before it, in order.
    enclosed: tuple[Enclosed, ...] = ()
    #: Where the messenger shows forms, the whole step at once; lines and rows are the same step, question by question.
    form: tuple[FormField, ...] = ()
    form_title: Say | None = None
    #: The answer is typed, and the buttons stand beside the keyboard, with this faint example in the typing line.
    #: Messengers without that show the buttons as always.
    placeholder: Say | None = None
    #: Marked PREVIEW everywhere (E1).
    preview: bool = False
    #: Makes no sound: it can be read later.
    quiet: bool = False
    #: Rings and says something good has happened (a booking was confirmed).
    celebrate: bool = False

    def noticing(self, notice: Say | None) -> Self:
        return replace(self, notice=notice)


def lines(*says: Say, look: Look = Look.PLAIN, gap: bool = False) -> tuple[Line, ...]:
    """Lines one under the other; `gap` parts them from what stands above."""
    return tuple(Line(one, look, gap=gap and number == 0) for number, one in enumerate(says))
