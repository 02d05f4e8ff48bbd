"""A mini: one offer with its packages, add-ons, days and spots."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.paperwork.contract import Edition
from core.studio.studio import Studio, Tax
from core.studio.wording import OwnWording
from core.values.money import Money


class MiniState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    #: Off every list; its direct link still books (E3).
    UNPUBLISHED = "unpublished"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


#: On no list for clients; each can be put there.
UNLISTED = frozenset({MiniState.DRAFT, MiniState.UNPUBLISHED})
#: It is booked no more, and off the studio's own lists.
OVER = frozenset({MiniState.ARCHIVED, MiniState.CANCELLED})


class PaidBy(StrEnum):
    """How a package is paid (B3)."""

    FREE = "free"
    FULL = "full"
    RETAINER = "retainer"
    OUTSIDE = "outside"


#: Paid at a till before the booking is confirmed.
ONLINE = frozenset({PaidBy.FULL, PaidBy.RETAINER})


@dataclass(frozen=True, slots=True)
class Share:
    """A discount or a retainer: an amount, or a percent in hundredths (2000 is 20 %). Exactly one is given."""

    amount: Money | None = None
    percent_hundredths: int | None = None

    def __post_init__(self) -> None:
        if (self.amount is None) == (self.percent_hundredths is None):
            raise ValueError("a share is an amount or a percent, not both and not neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    id: str
    title: str
    fee: Money
    paid_by: PaidBy
    #: What is included: "10 edited photos".
    includes: str = ""
    #: The shoot's own length; None means the spot's.
    length: timedelta | None = None
    retainer: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOn:
    id: str
    title: str
    price: Money
    most: int = 1


@dataclass(frozen=True, slots=True)
class Stood:
    """How a mini stood before it was published, paused, archived or the like, and until when that can be taken back."""

    state: MiniState
    paused: bool
    until: datetime
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mini:
    id: str
    studio_id: str
    title: str
    state: MiniState = MiniState.DRAFT
    paused: bool = False
    description: str = ""
    place: str = ""
    #: Path of the picture below the program's home, or empty.
    picture: str = ""
    #: Instead of it, the studio's own: the ids of one file, or of several that become a collage.
    pictures: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    add_ons: tuple[AddOn, ...] = ()
    #: The most places a client may take in one booking of a class (C4).
    places_limit: int = 4
    #: What the client signs, in this order; what they answer while booking, and what once they have booked (B5, B6).
    contracts: tuple[Edition, ...] = ()
    questionnaire: Edition | None = None
    questionnaire_after: Edition | None = None
    #: What its clients are told in other words than the studio's, by occasion (B7).
    wordings: tuple[OwnWording, ...] = ()
    #: Whether the studio's tax is on it, if there is one (A5).
    taxed: bool = True
    link_generation: int = 1
    #: When it publishes itself (E4); only of a draft, or of one that is off the lists.
    opens_at: datetime | None = None
    before: Stood | None = None
    #: Which part of it was changed last in which version (`core.minis.parts`).
    edited: tuple[tuple[str, int], ...] = ()
    version: int = 1

    @property
    def is_pictured(self) -> bool:
        return bool(self.picture or self.pictures)

    def tax_of(self, studio: Studio) -> Tax | None:
        """The studio's tax, where it is on this mini (A5)."""
        return studio.tax if self.taxed else None

    def package(self, package_id: str) -> Package | None:
        return next((package for package in self.packages if package.id == package_id), None)

    def add_on(self, add_on_id: str) -> AddOn | None:
        return next((add_on for add_on in self.add_ons if add_on.id == add_on_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One date of a mini. `same_start` makes it a class: one spot of many seats."""

    id: str
    studio_id: str
    mini_id: str
    date: date
    place: str = ""
    same_start: bool = False
    #: Taken off its mini. The row stays, as its spots do.
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One bookable start. Both ends are instants (UTC); they are shown in the studio's zone."""

    id: str
    studio_id: str
    mini_id: str
    day_id: str
    starts: datetime
    ends: datetime
    seats: int = 1
    #: Added to the package's fee for this spot, in minor units of the studio's currency (B4).
    premium_minor: int = 0
    #: Closed by the photographer while free (DECISIONS 9).
    closed: bool = False
    #: Taken off its day. The row stays, for the history of whoever had it.
    removed: bool = False

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts
