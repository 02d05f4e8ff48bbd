"""A day as the photographer looks at it: how each of its spots stands, and with whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.minis.mini import Spot


class SpotLook(StrEnum):
    """How a spot stands."""

    FREE = "free"
    #: Being booked ("Booking…").
    HELD = "held"
    BOOKED = "booked"
    RESERVED = "reserved"
    #: Closed by the photographer, or by a claimed spot that it overlaps (C7).
    CLOSED = "closed"
    #: Over, or begun, and never taken.
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotState:
    """A spot and how it stands."""

    spot: Spot
    look: SpotLook
    #: The client's name, or whom a reservation is for; empty where nobody said.
    name: str = ""
    #: Seats with a live claim.
    taken: int = 0
    booking_id: str | None = None
    reservation_id: str | None = None
    #: When a hold ends.
    held_until: datetime | None = None
    #: The booking's code: LP-4821.
    code: str = ""
    #: The package's title.
    package: str = ""
    #: What is still to be paid, in minor units of the studio's currency.
    due_minor: int = 0
