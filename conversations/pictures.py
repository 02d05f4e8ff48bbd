"""The pictures that are drawn, as data: every word of each in the reader's language, and nothing of how it looks.

The same picture gives the same bytes. A screen names one (`drawn_…`), and it is drawn when the screen is sent.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from conversations.screens import Drawn
from core.booking.day_view import SpotLook
from core.minis.mini import Mini

# -- a day --


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One spot."""

    time: str
    look: SpotLook
    state: str
    name: str = ""
    #: Stands for a name that no font can show.
    code: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySum:
    """The seats of a class, or the spots of an hour, counted."""

    time: str
    text: str
    #: Counted: out of how many, of what can be taken at all. Zero where nothing can.
    taken: int
    of: int
    #: The hour's spots one by one; none for a class.
    looks: tuple[SpotLook, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBreak:
    label: str
    text: str


DayLine = DayRow | DaySum | DayBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many spots of the day look so; of a class, how many seats."""

    look: SpotLook
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPicture:
    """One day of a mini, from the first spot to the last."""

    title: str
    #: The date with its weekday and year, and whose clocks are meant.
    date: str
    place: str
    studio: str
    counts: tuple[DayCount, ...]
    lines: tuple[DayLine, ...]
    #: When the last shoot is over; where there is no spot, that there is none.
    end: str
    #: Which page this is; empty where there is one.
    page: str = ""


# -- to be shared --


class Form(StrEnum):
    """What a card is cut for."""

    STORY = "story"
    POST = "post"
    #: Of a link, as chats and networks show it (Open Graph).
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """A mini as it is shown to the world (E2)."""

    form: Form
    title: str
    dates: str
    place: str
    price: str
    studio: str
    #: Beside the code, which leads to the link.
    call: str
    link: str
    #: The link as people read it.
    address: str


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A QR code alone."""

    link: str


@dataclass(frozen=True, slots=True)
class Photos:
    """The studio's own photos of a mini: one as it is, or several as a collage."""

    photos: tuple[bytes, ...] = field(repr=False)


Picture = DayPicture | ShareCard | LinkCode | Photos


# -- their names --


def picture_of(mini: Mini) -> str | Drawn | None:
    """What a screen shows of the mini: the studio's own photos, or the picture that it came with."""
    return Drawn(f"mini/{mini.id}") if mini.pictures else mini.picture or None


def drawn_day(mini_id: str, day_id: str, page: int = 1) -> Drawn:
    """The name under which a screen shows the day's picture."""
    return Drawn(f"day/{mini_id}/{day_id}/{page}")


def drawn_card(mini_id: str, form: Form) -> Drawn:
    """The name under which a screen shows the mini's card."""
    return Drawn(f"card/{mini_id}/{form}")


def drawn_code(payload: str) -> Drawn:
    """The name under which a screen shows the code of a link into the clients' bot."""
    return Drawn(f"code/{payload}")
