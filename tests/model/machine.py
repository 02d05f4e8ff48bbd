"""The table of STATES.md: every event, who causes it, and what it may be about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from tests.model.money import Money
from tests.model.world import LIVE, Refused, World

By = Literal["client", "photographer", "timer", "worker", "chance"]
Event = tuple[str, *tuple[int, ...]]


def subject(event: Event) -> int:
    """The booking, link, mini, checkout or payment that the event is about."""
    return event[1:][0]


Domain = Callable[["Machine", World], Iterator[tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Row:
    by: By
    about: Domain


def _bookings(*states: str) -> Domain:
    wanted = frozenset(states)

    def domain(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
        return ((number,) for number, booking in enumerate(world.bookings) if booking.state in wanted)

    return domain


def _bookings_and_spots(*states: str) -> Domain:
    wanted = frozenset(states)

    def domain(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
        spots = range(len(machine.config.seats))
        return (
            (number, spot) for number, booking in enumerate(world.bookings) if booking.state in wanted for spot in spots
        )

    return domain


def _bookings_and_links(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    for number, booking in enumerate(world.bookings):
        if booking.state == "unborn":
            for each, link in enumerate(world.links):
                if link.state == "open":
                    yield number, each


def _bookings_and_places(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    for number, booking in enumerate(world.bookings):
        if booking.state == "held":
            for places in range(1, machine.config.most_places + 1):
                if places != booking.places:
                    yield number, places


def _links(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    return ((number,) for number in range(len(world.links)))


def _minis(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    return ((number,) for number in range(len(world.minis)))


def _clients(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    return ((number,) for number in range(len(world.ran_out)))


def _once(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    yield ()


def _checkouts(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    return ((number,) for number in range(len(world.checkouts)))


def _payments(*dispositions: str) -> Domain:
    wanted = frozenset(dispositions)

    def domain(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
        return ((number,) for number, payment in enumerate(world.payments) if payment.disposition in wanted)

    return domain


def _payments_and_spots(machine: "Machine", world: World) -> Iterator[tuple[int, ...]]:
    for number, payment in enumerate(world.payments):
        if payment.disposition == "choosing":
            for spot in range(len(machine.config.seats)):
                yield number, spot


TABLE: dict[str, Row] = {
    "hold": Row("client", _bookings_and_spots("unborn")),
    "hold_link": Row("client", _bookings_and_links),
    "take_up": Row("client", _bookings_and_spots("expired")),
    "swap": Row("client", _bookings_and_spots("held")),
    "set_places": Row("client", _bookings_and_places),
    "extend": Row("client", _bookings("held", "paying")),
    "confirm": Row("client", _bookings("held")),
    "give_up": Row("client", _bookings(*LIVE)),
    "cancel": Row("photographer", _bookings("confirmed")),
    "quarter": Row("chance", _bookings(*LIVE)),
    "lapse": Row("timer", _bookings(*LIVE)),
    "an_hour": Row("chance", _clients),
    "day": Row("chance", _once),
    "session_over": Row("timer", _bookings("confirmed")),
    "link_end": Row("chance", _links),
    "lapse_link": Row("timer", _links),
    "hold_override": Row("photographer", _bookings(*LIVE)),
    "no_show": Row("photographer", _bookings("done", "no_show")),
    "move": Row("photographer", _bookings_and_spots("held", "confirmed")),
    "reserve": Row("photographer", _links),
    "remove_link": Row("photographer", _links),
    "unbind": Row("photographer", _links),
    "pass_offer": Row("client", _links),
    "pause": Row("photographer", _minis),
    "resume": Row("photographer", _minis),
    "cancel_mini": Row("photographer", _minis),
    "join": Row("client", _once),
    "pay": Row("client", _bookings("held")),
    "pay_late": Row("client", _bookings("held")),
    "change": Row("client", _bookings("paying")),
    "move_paying": Row("photographer", _bookings_and_spots("paying")),
    "pay_balance": Row("client", _bookings("confirmed", "done")),
    "client_pays": Row("client", _checkouts),
    "client_pays_oddly": Row("client", _checkouts),
    "create": Row("worker", _checkouts),
    "create_lost": Row("chance", _checkouts),
    "create_refused": Row("chance", _checkouts),
    "close_page": Row("worker", _checkouts),
    "stripe_says_expired": Row("worker", _checkouts),
    "hard_cap": Row("timer", _checkouts),
    "page_complete": Row("worker", _checkouts),
    "settle": Row("worker", _checkouts),
    "choosing_ends": Row("timer", _payments("choosing")),
    "refund": Row("worker", _payments("refund_due", "refund_failed")),
    "refund_succeeds": Row("worker", _payments("refunding")),
    "refund_fails": Row("chance", _payments("refunding")),
    "dispute": Row("chance", _payments("honoured")),
    "dispute_won": Row("chance", _payments("disputed")),
    "dispute_lost": Row("chance", _payments("disputed")),
    "pick": Row("client", _payments_and_spots),
    "honour": Row("photographer", _payments("manual")),
    "send_back": Row("photographer", _payments("manual")),
    "refunded_elsewhere": Row("photographer", _payments("refund_failed")),
}

BY_ITSELF = frozenset({"timer", "worker"})
"""Whose events come without anybody's wish: by these alone the world must be able to come to rest."""


class Machine(Money):
    def apply(self, world: World, event: Event) -> World:
        """The world after an event. Raises Refused where a guard forbids it."""
        name, *arguments = event
        return getattr(self, name)(world, *arguments)

    def next_worlds(self, world: World) -> Iterator[tuple[Event, World]]:
        """Every event that this world's configuration allows now, with the world that follows, if it differs."""
        for name in self.events:
            deed = getattr(self, name)
            for arguments in TABLE[name].about(self, world):
                try:
                    after = deed(world, *arguments)
                except Refused:
                    continue
                if after is not world and after != world:
                    yield (name, *arguments), after

    @property
    def events(self) -> list[str]:
        return [name for name in TABLE if name in self.config.events]
