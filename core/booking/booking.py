"""The rows of a booking's story: the booking itself, the claims that take its seats, and a reservation."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.booking.contact import Contact
from core.booking.price import Price, PriceList, Selection, price_of
from core.minis.mini import AddOn, Package, PaidBy, Share
from core.paperwork.contract import Edition
from core.studio.studio import Tax
from core.values.charges import least_online

HOLD = timedelta(minutes=15)  # G1
EXTENSION = timedelta(minutes=15)  # G3
WARNING = timedelta(minutes=3)  # G3: before the end of the hold


class State(StrEnum):
    """Where a booking stands. Payments bring the moves into and out of `paying` and `releasing`."""

    HELD = "held"
    PAYING = "paying"
    RELEASING = "releasing"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DONE = "done"
    NO_SHOW = "no_show"


#: States in which a hold's time runs, and ends by itself.
RUNNING = frozenset({State.HELD, State.PAYING})
#: States in which a booking is its client's one live hold in a mini (the index `one_live_hold`).
LIVE_HOLD = frozenset({State.HELD, State.PAYING, State.RELEASING})
#: States of a booking that is made.
STANDING = frozenset({State.CONFIRMED, State.DONE, State.NO_SHOW})
#: States in which a booking's claims are live.
CLAIMING = LIVE_HOLD | STANDING


class Reason(StrEnum):
    """Why a booking ended without a shoot."""

    LAPSED = "lapsed"
    GIVEN_UP = "given_up"
    BY_STUDIO = "by_studio"
    BY_CLIENT = "by_client"
    MINI_CANCELLED = "mini_cancelled"
    PREVIEW_OVER = "preview_over"


class Because(StrEnum):
    """What a photographer says of why a booking is cancelled (K3); the client is told."""

    WEATHER = "weather"
    ILLNESS = "illness"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was true when the hold began; later edits of the mini do not touch it (B10, DECISIONS 2)."""

    title: str
    place: str
    starts: datetime
    ends: datetime
    currency: str
    packages: tuple[Package, ...]
    add_ons: tuple[AddOn, ...] = ()
    premium_minor: int = 0
    discount: Share | None = None
    #: The reservation's "pay outside", for this booking alone (D1).
    outside: bool = False
    tax: Tax | None = None
    #: The spot is a class of many seats, of which one booking may take up to this many (C4).
    places_limit: int = 1
    contracts: tuple[Edition, ...] = ()
    questionnaire: Edition | None = None
    questionnaire_after: Edition | None = None
    #: How long before the start the balance is due (H6).
    balance_due: timedelta = timedelta(days=3)
    #: How long before the start the client may still cancel by themselves.
    cancel_until: timedelta = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A client's whole transaction. Every change of it is compare-and-swap on `state` and `version`."""

    id: str
    studio_id: str
    mini_id: str
    client_id: str
    spot_id: str
    #: What people say: LP-4821. Unique in the studio.
    code: str
    state: State
    snapshot: Snapshot
    package_id: str
    began_at: datetime
    #: When the hold ends; kept after it for the record.
    hold_until: datetime
    extended: bool = False
    preview: bool = False
    #: The add-ons chosen, as (id, count).
    add_ons: tuple[tuple[str, int], ...] = ()
    places: int = 1
    contact: Contact | None = None
    #: The contact is what the photographer filled in, and not yet the client's own: it goes with the hold (D5).
    filled_in: bool = False
    reservation_id: str | None = None
    reason: Reason | None = None
    ended_at: datetime | None = None
    #: What the studio has decided to keep of what its client paid who then cancelled; None where there was no such
    #: question. On whatever else stays of it, the studio is still to decide (H7).
    keeps_minor: int | None = None
    #: While `releasing`: the state that it comes to once its payment page is closed, and the spot that it moves to.
    noted: State | None = None
    noted_spot_id: str | None = None
    #: Rises with every taking up and with every new checkout; idempotency keys carry it.
    attempt: int = 1
    #: Rises with every move of a confirmed booking: the calendar's SEQUENCE.
    sequence: int = 0
    version: int = 1

    @property
    def package(self) -> Package:
        return next(package for package in self.snapshot.packages if package.id == self.package_id)

    @property
    def price(self) -> Price:
        """The price in full (H2), from the snapshot's prices and the client's present choice."""
        snapshot = self.snapshot
        package = self.package
        if snapshot.outside:
            package = replace(package, paid_by=PaidBy.OUTSIDE, retainer=None)
        prices = PriceList(
            package=package,
            premium_minor=snapshot.premium_minor,
            add_ons=snapshot.add_ons,
            tax=snapshot.tax,
            currency=snapshot.currency,
            discount=snapshot.discount,
        )
        least = least_online(snapshot.currency)
        return price_of(prices, Selection(places=self.places, add_ons=self.add_ons), minimum_minor=least.minor)


class Holder(StrEnum):
    """Who may own a claim."""

    BOOKING = "booking"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True)
class Owner:
    """The one who has a seat."""

    holder: Holder
    id: str

    @staticmethod
    def booking(booking_id: str) -> "Owner":
        return Owner(Holder.BOOKING, booking_id)

    @staticmethod
    def reservation(reservation_id: str) -> "Owner":
        return Owner(Holder.RESERVATION, reservation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One seat of one spot, taken. Live while `released_at` is None; it is never deleted."""

    id: str
    spot_id: str
    seat: int
    owner: Owner
    claimed_at: datetime
    released_at: datetime | None = None


class ReservationState(StrEnum):
    OPEN = "open"
    IN_USE = "in_use"
    USED = "used"
    REMOVED = "removed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """The photographer's private offer of a spot (D1-D4). While in use its claim is the booking's."""

    id: str
    studio_id: str
    mini_id: str
    spot_id: str
    state: ReservationState = ReservationState.OPEN
    #: Seen by owner and photographers only.
    note: str = ""
    discount: Share | None = None
    outside: bool = False
    lapses_at: datetime | None = None
    #: What the photographer filled in for the client (D5). The contact is forgotten when nobody can take it any more.
    contact: Contact | None = None
    package_id: str | None = None
    #: Bound with the first hold by it, until the photographer unbinds it (DECISIONS 4).
    client_id: str | None = None
    booking_id: str | None = None
    #: Removed by the photographer while in use: it does not come back when the booking ends.
    removed_in_use: bool = False
    link_generation: int = 1
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it still keeps its spot: nobody used it up, removed it or let it lapse."""
        return self.state in {ReservationState.OPEN, ReservationState.IN_USE}

    @property
    def meant_for(self) -> str:
        """The client who was filled in, else the note; for owner and photographers only."""
        return (self.contact.name if self.contact else "") or self.note
