"""Random histories: the model with a clock, and the steps that are asked of it and of the real code alike.

A driver does one step after the other and shows what is then true. The model is the first driver; `real.py` is the
second. They must agree on every outcome and on every world in between.
"""

from dataclasses import dataclass
from typing import Protocol

from tests.model.holds import refuse_unless
from tests.model.machine import Event, Machine
from tests.model.world import (
    LIVE,
    OPEN_CHECKOUT,
    Config,
    Refused,
    World,
    owner_of_link,
    with_booking,
    with_checkout,
    with_link,
)

HOLD = 15  #: minutes (G1), and of the extension (G3)
COUNTED = 60  #: minutes in which holds that ran out are counted (F10)
PAUSE = 15  #: minutes after the last of three (F10)
LATE = 5  #: minutes left or fewer: who goes to pay then gets the extension by itself (G3)
PAGE = 35  #: minutes that a page is open (DECISIONS 15)
CAP = 10  #: minutes after a page's end at which it is presumed closed, if it was asked about in vain
IN_VAIN = 2  #: minutes for which it must have been
CHOICE = 24 * 60  #: minutes that a client may choose (DECISIONS 14)


@dataclass(frozen=True, slots=True)
class SeenBooking:
    state: str
    spot: int
    places: int
    extended: bool  #: while it lives
    seats: tuple[int, ...]  #: the spot of each seat that it owns
    attempt: int
    noted: str = ""


@dataclass(frozen=True, slots=True)
class SeenLink:
    state: str
    client: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What both sides can show: bookings that were born, links that were made, minis, and seats taken of each spot.

    And of money, in the order of their making: pages as (state, attempt), and what became of the payments.
    """

    bookings: dict[int, SeenBooking]
    links: dict[int, SeenLink]
    minis: tuple[str, ...]
    taken: tuple[int, ...]
    pages: tuple[tuple[str, int], ...] = ()
    fates: tuple[str, ...] = ()


class Driver(Protocol):
    def do(self, event: Event) -> str | None:
        """Do one step; None, or the code of the refusal."""
        ...

    def observe(self) -> Seen: ...


class TimedModel:
    """The model, with deadlines in minutes instead of in any order."""

    def __init__(self, config: Config, machine: type[Machine] = Machine) -> None:
        self.machine = machine(config)
        self.world = config.start()
        self.now = 0
        self._hold_ends: dict[int, int] = {}
        self._link_ends: dict[int, int] = {}
        self._lapses: list[tuple[int, int]] = []  #: client, minute
        self._page_ends: dict[int, int] = {}
        self._silent_since: dict[int, int] = {}
        self._choice_ends: dict[int, int] = {}

    def do(self, event: Event) -> str | None:
        name, *arguments = event
        try:
            match name:
                case "advance":
                    self._advance(arguments[0])
                case "lapse_holds":
                    self._lapse_holds()
                case "lapse_links":
                    self._lapse_links()
                case "presume":
                    self._presume()
                case "end_choices":
                    self._end_choices()
                case "reserve":
                    self._reserve(*arguments)
                case "pay":
                    self._pay(arguments[0])
                case "pick":
                    refuse_unless(self._choice_ends.get(arguments[0], self.now + 1) > self.now, "not_choosing")
                    self._deed(event)
                case "refund_again":
                    self._apply(("refund", arguments[0]))
                case "silence":
                    self._silent_since.setdefault(arguments[0], self.now)
                case _:
                    self._deed(event)
        except Refused as refused:
            return refused.code
        return None

    def may(self, event: Event) -> bool:
        """Whether the model would do it."""
        name, *arguments = event
        if name == "silence":
            return self.world.checkouts[arguments[0]].state == "open"
        try:
            self.machine.apply(self.world, event)
        except Refused:
            return False
        return True

    def observe(self) -> Seen:
        world, spot_of = self.world, self.machine.spot_of

        def owned(owner: int) -> tuple[int, ...]:
            return tuple(spot_of[seat] for seat, each in world.claims if each == owner)

        return Seen(
            {
                number: SeenBooking(
                    b.state,
                    b.spot,
                    b.places,
                    b.state in LIVE and b.extended,
                    owned(number),
                    b.attempt,
                    "expired" if b.noted == "given_up" else b.noted,
                )
                for number, b in enumerate(world.bookings)
                if b.state != "unborn"
            },
            {
                number: SeenLink(link.state, link.client, owned(owner_of_link(number)))
                for number, link in enumerate(world.links)
                if link.state != "unmade"
            },
            world.minis,
            tuple(
                sum(spot_of[seat] == spot for seat, _ in world.claims) for spot in range(len(self.machine.config.seats))
            ),
            tuple(("expired" if c.state == "presumed" else c.state, c.attempt) for c in world.checkouts),
            tuple(payment.disposition for payment in world.payments),
        )

    def _deed(self, event: Event) -> None:
        name, *arguments = event
        self._apply(event)
        if name in ("hold", "hold_link", "take_up"):
            self._hold_ends[arguments[0]] = self.now + HOLD
        elif name == "extend":
            self._hold_ends[arguments[0]] += HOLD
        elif name in ("create", "create_lost"):
            self._silent_since.pop(arguments[0], None)
            if name == "create_lost":
                self._silent_since[arguments[0]] = self.now

    def _apply(self, event: Event) -> None:
        """Do it, with all that follows from it at once, and count the holds that ran out by it (F10)."""
        clients = range(len(self.world.ran_out))
        counts = event[0] in ("hold", "hold_link", "take_up")
        before = self.world._replace(ran_out=tuple(self._counted(one) if counts else 0 for one in clients))
        after = self.machine.apply(before, event)
        for number, checkout in enumerate(after.checkouts):
            booking = after.bookings[checkout.booking]
            if (checkout.state, booking.state, checkout.attempt) == ("complete", "releasing", booking.attempt):
                after = self.machine.page_complete(after, number)
        self._lapses += [(one, self.now) for one in clients for _ in range(after.ran_out[one] - before.ran_out[one])]
        self._note_choices(after)
        self.world = after

    def _note_choices(self, after: World) -> None:
        for number, payment in enumerate(after.payments):
            if payment.disposition == "choosing":
                self._choice_ends.setdefault(number, self.now + CHOICE)

    def _pay(self, number: int) -> None:
        booking = self.world.bookings[number]
        late = booking.state == "held" and not booking.extended and self._hold_ends[number] - self.now <= LATE
        self._apply(("pay_late" if late and booking.left else "pay", number))
        if late:
            self._hold_ends[number] += HOLD
        self._page_ends[len(self.world.checkouts) - 1] = self.now + PAGE

    def _counted(self, client: int) -> int:
        """Three while the pause lasts that three holds within the hour brought, else none."""
        lapses = [minute for who, minute in self._lapses if who == client and self.now - minute < COUNTED]
        return 3 if len(lapses) >= 3 and self.now < max(lapses) + PAUSE else 0

    def _reserve(self, link: int, minutes: int) -> None:
        self.world = self.machine.reserve(self.world, link)
        if minutes:
            self._link_ends[link] = self.now + minutes

    def _advance(self, minutes: int) -> None:
        self.now += minutes
        for number, booking in enumerate(self.world.bookings):
            if booking.state in LIVE and self._hold_ends[number] <= self.now:
                self.world = with_booking(self.world, number, booking._replace(left=0))
        for number, link in enumerate(self.world.links):
            if self._link_ends.get(number, self.now + 1) <= self.now:
                self.world = with_link(self.world, number, link._replace(ended=True))

        for number, checkout in enumerate(self.world.checkouts):
            if checkout.truth == "open" and self._page_ends[number] <= self.now:
                self.world = with_checkout(self.world, number, checkout._replace(truth="expired"))

    def _lapse_holds(self) -> None:
        for number, booking in enumerate(self.world.bookings):
            if booking.state in ("held", "paying") and booking.left == 0:
                self._apply(("lapse", number))

    def _presume(self) -> None:
        """The clockwork ends the holds first."""
        self._lapse_holds()
        for number, checkout in enumerate(self.world.checkouts):
            silent = self._silent_since.get(number)
            if checkout.state not in OPEN_CHECKOUT or silent is None:
                continue
            if max(self._page_ends[number] + CAP, silent + IN_VAIN) <= self.now:
                self._apply(("hard_cap", number))

    def _end_choices(self) -> None:
        for number, payment in enumerate(self.world.payments):
            if payment.disposition == "choosing" and self._choice_ends[number] <= self.now:
                self._apply(("choosing_ends", number))

    def _lapse_links(self) -> None:
        for number, link in enumerate(self.world.links):
            if link.state == "open" and link.ended:
                self.world = self.machine.lapse_link(self.world, number)
