"""What the model remembers: rows as small as they can be, because millions of worlds are kept and compared.

A row is a named tuple, not a dataclass: a tuple hashes in C, and hashing is what exploring does. Time is told by
deadlines alone: `left` counts the quarters of an hour that a hold still has, and each hold's clock ticks by itself, so
that every order of deadlines occurs. Not modelled: prices and papers, which decide nothing about seats and money.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

BookingState = Literal["unborn", "held", "paying", "releasing", "expired", "confirmed", "cancelled", "done", "no_show"]
Noted = Literal["", "held", "expired", "given_up", "cancelled"]
LinkKind = Literal["reservation", "offer"]
LinkState = Literal["unmade", "open", "in_use", "used", "removed", "lapsed", "withdrawn", "passed"]
MiniState = Literal["open", "paused", "cancelled"]
CheckoutState = Literal["creating", "open", "unknown", "complete", "expired", "presumed"]
Purpose = Literal["booking", "balance"]
Truth = Literal["none", "open", "paid", "odd", "expired"]
Disposition = Literal[
    "captured",
    "honoured",
    "choosing",
    "manual",
    "refund_due",
    "refunding",
    "refunded",
    "refund_failed",
    "disputed",
    "won",
    "lost",
]

LIVE: Final = frozenset({"held", "paying", "releasing"})
SEATED: Final = LIVE | {"confirmed", "done", "no_show"}
STANDING: Final = frozenset({"confirmed", "done", "no_show"})
OPEN_CHECKOUT: Final = frozenset({"creating", "open", "unknown"})
PAID: Final = frozenset({"paid", "odd"})
NOWHERE: Final = -1


class Booking(NamedTuple):
    client: int
    preview: bool = False
    state: BookingState = "unborn"
    spot: int = NOWHERE
    places: int = 0
    left: int = 0  #: quarters of an hour until hold_until; 0 says that it has passed
    aged: int = 0  #: quarters of an hour since the hold began
    extended: bool = False
    noted: Noted = ""  #: what `releasing` leads to
    target: int = NOWHERE  #: a move noted while the page is being closed
    link: int = NOWHERE  #: the reservation or offer that this booking came from
    attempt: int = 0


class Link(NamedTuple):
    """A reservation or a waitlist offer: a seat kept for somebody, with its own end."""

    kind: LinkKind
    spot: int
    client: int = NOWHERE
    state: LinkState = "unmade"
    seat: int = NOWHERE
    ended: bool = False  #: its own end has passed


class Checkout(NamedTuple):
    """A page at Stripe: what we wrote down (`state`) and what is true over there (`truth`)."""

    booking: int
    attempt: int
    purpose: Purpose = "booking"
    state: CheckoutState = "creating"
    truth: Truth = "none"


class Payment(NamedTuple):
    checkout: int
    disposition: Disposition


Claim = tuple[int, int]
"""A live claim: seat and owner. An owner from 0 on is a booking, below 0 the link `-1 - owner`."""


class World(NamedTuple):
    bookings: tuple[Booking, ...]
    links: tuple[Link, ...]
    minis: tuple[MiniState, ...]
    ran_out: tuple[int, ...]  #: holds that ran out within the hour, for each client, up to three
    claims: tuple[Claim, ...] = ()  #: live ones only, sorted
    checkouts: tuple[Checkout, ...] = ()
    payments: tuple[Payment, ...] = ()
    past: bool = False  #: the day of the shoot has come
    joined: bool = False  #: client 1 turned out to be client 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A small world to explore: who and what there is, and which events may happen."""

    name: str
    events: frozenset[str]
    seats: tuple[int, ...] = (1, 1)  #: seats of each spot
    minis: tuple[int, ...] = (0, 0)  #: the mini of each spot
    clients: tuple[int, ...] = (0, 1)  #: whose each booking will be
    previews: frozenset[int] = frozenset()  #: the bookings that are previews
    links: tuple[Link, ...] = ()
    most_places: int = 1
    most_attempts: int = 2  #: of each booking, to keep the world finite
    overlaps: frozenset[tuple[int, int]] = frozenset()  #: spots that exclude each other (C7)

    def start(self) -> World:
        bookings = tuple(Booking(client, number in self.previews) for number, client in enumerate(self.clients))
        return World(bookings, self.links, ("open",) * (max(self.minis) + 1), (0,) * (max(self.clients) + 1))


class Refused(Exception):
    """The model says no; `code` names the rule."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def with_booking(world: World, number: int, booking: Booking) -> World:
    return world._replace(bookings=(*world.bookings[:number], booking, *world.bookings[number + 1 :]))


def with_link(world: World, number: int, link: Link) -> World:
    return world._replace(links=(*world.links[:number], link, *world.links[number + 1 :]))


def with_checkout(world: World, number: int, checkout: Checkout) -> World:
    return world._replace(checkouts=(*world.checkouts[:number], checkout, *world.checkouts[number + 1 :]))


def with_payment(world: World, number: int, payment: Payment) -> World:
    return world._replace(payments=(*world.payments[:number], payment, *world.payments[number + 1 :]))


def owner_of_link(number: int) -> int:
    return -1 - number
