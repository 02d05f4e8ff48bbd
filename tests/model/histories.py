"""Random histories: the model with a clock, and the steps that are asked of it and of the real code alike.

A driver does one step after the other and shows what is then true. The model is the first driver; `real.py` is the
second. They must agree on every outcome and on every world in between.
"""

from dataclasses import dataclass
from typing import Protocol

from tests.model.machine import Event, Machine
from tests.model.world import LIVE, Config, Refused, owner_of_link, with_booking, with_link

HOLD = 15  #: minutes (G1), and of the extension (G3)
COUNTED = 60  #: minutes in which holds that ran out are counted (F10)
PAUSE = 15  #: minutes after the last of three (F10)


@dataclass(frozen=True, slots=True)
class SeenBooking:
    state: str
    spot: int
    places: int
    extended: bool  #: while it lives
    seats: tuple[int, ...]  #: the spot of each seat that it owns
    attempt: int


@dataclass(frozen=True, slots=True)
class SeenLink:
    state: str
    client: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What both sides can show: bookings that were born, links that were made, minis, and seats taken of each spot."""

    bookings: dict[int, SeenBooking]
    links: dict[int, SeenLink]
    minis: tuple[str, ...]
    taken: tuple[int, ...]


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
                case "reserve":
                    self._reserve(*arguments)
                case _:
                    self._deed(event)
        except Refused as refused:
            return refused.code
        return None

    def observe(self) -> Seen:
        world, spot_of = self.world, self.machine.spot_of

        def owned(owner: int) -> tuple[int, ...]:
            return tuple(spot_of[seat] for seat, each in world.claims if each == owner)

        return Seen(
            {
                number: SeenBooking(b.state, b.spot, b.places, b.state in LIVE and b.extended, owned(number), b.attempt)
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
        )

    def _deed(self, event: Event) -> None:
        cooled = tuple(self._counted(client) for client in range(len(self.world.ran_out)))
        self.world = self.machine.apply(self.world._replace(ran_out=cooled), event)
        name, *arguments = event
        if name in ("hold", "hold_link", "take_up"):
            self._hold_ends[arguments[0]] = self.now + HOLD
        elif name == "extend":
            self._hold_ends[arguments[0]] += HOLD

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

    def _lapse_holds(self) -> None:
        for number, booking in enumerate(self.world.bookings):
            if booking.state == "held" and booking.left == 0:
                self.world = self.machine.lapse(self.world, number)
                if not booking.preview:
                    self._lapses.append((booking.client, self.now))

    def _lapse_links(self) -> None:
        for number, link in enumerate(self.world.links):
            if link.state == "open" and link.ended:
                self.world = self.machine.lapse_link(self.world, number)
