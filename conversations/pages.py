"""What the studio's public pages say, as data: every word, and nothing of how it looks."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of a studio has around it."""

    #: BCP 47, and `ltr` or `rtl`.
    language: str
    direction: str
    studio: str
    #: How else to reach the studio, one a line.
    reach: tuple[str, ...]
    #: The name of the way to the page on privacy.
    privacy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A mini on the studio's page."""

    token: str
    title: str
    has_picture: bool
    days: str
    price: str
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioPage:
    frame: Frame
    tiles: tuple[Tile, ...]
    summary: str
    #: Instead of tiles.
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    date: date
    day: str
    hours: str
    left: str
    is_full: bool
    #: Where it is another place than the mini's.
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A package or an add-on."""

    title: str
    price: str
    #: What is included, how long it takes, how it is paid.
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what stands under it by kind, and notes below."""

    heading: str
    place: str = ""
    days: tuple[DayLine, ...] = ()
    offers: tuple[Offered, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniPage:
    frame: Frame
    token: str
    title: str
    #: Of the window, with the studio's name.
    window: str
    summary: str
    has_picture: bool
    description: tuple[str, ...]
    sections: tuple[Section, ...]
    price: str
    left: str
    #: The name of the way into the chat, and what to show where nobody knows that way yet. Both are empty where nothing
    #: can be booked.
    book: str
    silent: str
    #: What is to be known before one goes there, or why one cannot.
    standing: str
    keeps: str
    #: Off the lists: for those who have the link, not for search engines.
    is_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page of text: privacy, or that there is nothing here."""

    frame: Frame
    title: str
    window: str
    paragraphs: tuple[str, ...]
    #: The name of the way to the studio's page.
    home: str
