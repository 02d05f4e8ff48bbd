"""A studio: one photography business and what it has settled for all its minis."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.studio.wording import OwnWording


class Role(StrEnum):
    """What a member of the team may do, from most to least; each role's deeds are named in the studio's desk."""

    OWNER = "owner"
    PHOTOGRAPHER = "photographer"
    ASSISTANT = "assistant"
    HOST = "host"


PREFIX = "MB"
#: They hear at once of what happens (J5).
NOTIFIED = frozenset({Role.OWNER, Role.PHOTOGRAPHER})
#: Assistants and hosts read, and change nothing (A4).
_MAY_CHANGE = frozenset({Role.OWNER, Role.PHOTOGRAPHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A named rate. `rate_hundredths` is in hundredths of a percent: 825 is 8.25 %."""

    name: str
    rate_hundredths: int
    inclusive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Local hours of the studio in which nothing is sent that can wait (J3)."""

    begins: time = time(21, 0)
    ends: time = time(8, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """One business. Its zone and currency hold for every mini of it (DECISIONS 17)."""

    id: str
    name: str
    #: IANA name, such as America/Chicago.
    zone_name: str
    #: ISO 4217, upper case.
    currency: str
    #: ISO 3166 alpha-2, upper case: phone numbers without + are read as of this country.
    country: str
    #: BCP 47; the language of messages to the studio and of clients whose language does not ship.
    locale: str = "en"
    #: Two letters before the number of each booking: LP-4821.
    code_prefix: str = PREFIX
    phone_required: bool = False
    #: Whether the photographer may end a client's hold (G2).
    hold_override: bool = False
    #: Whether several people shoot at once, so that overlapping spots do not exclude each other (C7).
    several_shooters: bool = False
    phone: str | None = None
    email: str | None = None
    privacy_notice: str | None = None
    tax: Tax | None = None
    quiet: QuietHours = field(default_factory=QuietHours)
    #: How long before the shoot the balance is due (H6).
    balance_due: timedelta = timedelta(days=3)
    #: How long before the shoot a confirmed client may still cancel by themselves (F11).
    cancel_until: timedelta = timedelta(hours=48)
    #: How long after the shoot the photos among a client's answers are kept (A2).
    photos_kept: timedelta = timedelta(days=365)
    #: What it says to clients in its own words, by occasion (B7).
    wordings: tuple[OwnWording, ...] = ()
    #: Whether its owner went through the guided set-up (A2).
    set_up: bool = True
    version: int = 1

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the team. `client_id` is the identity they preview with (DECISIONS 6)."""

    id: str
    studio_id: str
    name: str
    role: Role
    client_id: str | None = None
    #: BCP 47, of their app.
    language: str = "en"
    removed: bool = False

    @property
    def may_change(self) -> bool:
        """Whether this member may do what changes anything: make minis, reserve, preview, cancel."""
        return not self.removed and self.role in _MAY_CHANGE
