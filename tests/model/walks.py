"""Which step a random history takes next, and the worlds that the histories walk in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.model.histories import CHOICE, TimedModel
from tests.model.machine import Event
from tests.model.world import NOWHERE, OPEN_CHECKOUT, Config, Link, World

_Choice = Callable[["_Walk"], Event | None]


@dataclass(frozen=True, slots=True)
class _Walk:
    random: Random
    config: Config
    model: TimedModel

    @property
    def world(self) -> World:
        return self.model.world

    def booking(self, *, born: bool = True, preview: bool | None = None, likely: str = "held") -> int | None:
        """Mostly one to which the deed can be done, at times any."""
        every = [
            number
            for number, b in enumerate(self.world.bookings)
            if (b.state != "unborn") == born and preview in (None, b.preview)
        ]
        fitting = [number for number in every if self.world.bookings[number].state == likely]
        pool = fitting if fitting and self.random.random() < 0.8 else every
        return self.random.choice(pool) if pool else None

    def unborn(self, *, preview: bool | None = None) -> int | None:
        """Of a client's rows, which are alike, the first that is unborn."""
        first: dict[tuple[int, bool], int] = {}
        for number, b in enumerate(self.world.bookings):
            if b.state == "unborn" and preview in (None, b.preview):
                first.setdefault((b.client, b.preview), number)
        return self.random.choice(list(first.values())) if first else None

    def spot(self) -> int:
        return self.random.randrange(len(self.config.seats))

    def link(self, *states: str) -> int | None:
        pool = [number for number, link in enumerate(self.world.links) if link.state in states]
        return self.random.choice(pool) if pool else None


def _about(name: str, likely: str = "held", *, preview: bool | None = None) -> _Choice:
    def choose(walk: _Walk) -> Event | None:
        number = walk.booking(likely=likely, preview=preview)
        return None if number is None else (name, number)

    return choose


def _with_spot(name: str, likely: str, *, preview: bool | None = None) -> _Choice:
    def choose(walk: _Walk) -> Event | None:
        number = walk.booking(likely=likely, preview=preview)
        return None if number is None else (name, number, walk.spot())

    return choose


def _hold(walk: _Walk) -> Event | None:
    number = walk.unborn()
    return None if number is None else ("hold", number, walk.spot())


def _hold_link(walk: _Walk) -> Event | None:
    number, link = walk.unborn(preview=False), walk.link("open", "used", "removed", "lapsed", "in_use")
    return None if number is None or link is None else ("hold_link", number, link)


def _set_places(walk: _Walk) -> Event | None:
    number = walk.booking()
    return None if number is None else ("set_places", number, walk.random.randint(1, walk.config.most_places))


def _reserve(walk: _Walk) -> Event | None:
    link = walk.link("unmade")
    return None if link is None else ("reserve", link, walk.random.choice((0, 20, 60)))


def _remove_link(walk: _Walk) -> Event | None:
    link = walk.link("open", "in_use", "used", "lapsed")
    return None if link is None else ("remove_link", link)


def _unbind(walk: _Walk) -> Event | None:
    link = walk.link("open")
    bound = link is not None and walk.world.links[link].client != NOWHERE
    return ("unbind", link) if link is not None and bound else None


def _on_mini(name: str, *states: str) -> _Choice:
    def choose(walk: _Walk) -> Event | None:
        mini = walk.random.randrange(len(walk.world.minis))
        return (name, mini) if walk.world.minis[mini] in states else None

    return choose


def _rarely_cancel_mini(walk: _Walk) -> Event | None:
    return _on_mini("cancel_mini", "open", "paused", "cancelled")(walk) if walk.random.random() < 0.1 else None


def _of_money(name: str, *, payments: bool = False, with_spot: bool = False) -> _Choice:
    """An event about a page or a payment, where the model allows it: nobody can ask for what does not happen."""

    def choose(walk: _Walk) -> Event | None:
        about = walk.world.payments if payments else walk.world.checkouts
        spot = (walk.spot(),) if with_spot else ()
        events: list[Event] = [(name, number, *spot) for number in range(len(about))]
        allowed = [event for event in events if walk.model.may(event)]
        return walk.random.choice(allowed) if allowed else None

    return choose


def _decision(name: str, *likely: str, with_spot: bool = False) -> _Choice:
    """What a person decides about a payment, mostly where there is something to decide."""

    def choose(walk: _Walk) -> Event | None:
        every = [number for number, _ in enumerate(walk.world.payments)]
        fitting = [number for number in every if walk.world.payments[number].disposition in likely]
        if not fitting and walk.random.random() < 0.9:
            return None
        pool = fitting or every
        spot = (walk.spot(),) if with_spot else ()
        return (name, walk.random.choice(pool), *spot) if pool else None

    return choose


def _of_refunds(name: str, *states: str) -> _Choice:
    def choose(walk: _Walk) -> Event | None:
        pool = [number for number, payment in enumerate(walk.world.payments) if payment.disposition in states]
        return (name, walk.random.choice(pool)) if pool else None

    return choose


def _refund_again(walk: _Walk) -> Event | None:
    failed = [n for n, payment in enumerate(walk.world.payments) if payment.disposition == "refund_failed"]
    return ("refund_again", walk.random.choice(failed)) if failed else None


def _move(likely: str) -> _Choice:
    """One whose page is open is moved in another way, and only elsewhere."""

    def choose(walk: _Walk) -> Event | None:
        number, spot = walk.booking(likely=likely, preview=False), walk.spot()
        if number is None:
            return None
        booking = walk.world.bookings[number]
        if booking.state != "paying":
            return "move", number, spot
        return None if booking.spot == spot else ("move_paying", number, spot)

    return choose


def _just(*event: str | int) -> _Choice:
    def choose(walk: _Walk) -> Event | None:
        name, *arguments = event
        return (str(name), *(int(argument) for argument in arguments))

    return choose


_CHOICES: tuple[tuple[int, _Choice], ...] = (
    (16, _hold),
    (6, _hold_link),
    (8, _with_spot("swap", "held")),
    (6, _set_places),
    (5, _about("extend")),
    (6, _about("confirm")),
    (4, _about("give_up")),
    (2, _about("hold_override")),
    (3, _about("cancel", "confirmed")),
    (7, _move("confirmed")),
    (8, _with_spot("take_up", "expired", preview=False)),
    (6, _reserve),
    (2, _remove_link),
    (2, _unbind),
    (1, _on_mini("pause", "open")),
    (3, _on_mini("resume", "paused")),
    (1, _rarely_cancel_mini),
    (10, _just("advance", 5)),
    (4, _just("advance", 15)),
    (7, _just("lapse_holds")),
    (4, _just("lapse_links")),
)


_MONEY: tuple[tuple[int, _Choice], ...] = (
    (22, _about("pay")),
    (5, _about("change", "paying")),
    (6, _about("give_up", "paying")),
    (5, _move("paying")),
    (14, _of_money("create")),
    (5, _of_money("create_lost")),
    (2, _of_money("create_refused")),
    (12, _of_money("client_pays")),
    (4, _of_money("client_pays_oddly")),
    (6, _of_money("close_page")),
    (12, _of_money("stripe_says_expired")),
    (14, _of_money("settle")),
    (6, _of_money("silence")),
    (6, _just("presume")),
    (5, _just("advance", 50)),
    (1, _just("advance", CHOICE)),
    (2, _just("end_choices")),
    (8, _decision("pick", "choosing", with_spot=True)),
    (6, _decision("honour", "manual")),
    (4, _decision("send_back", "manual")),
    (8, _of_refunds("refund", "refund_due")),
    (8, _of_money("refund_succeeds", payments=True)),
    (4, _of_money("refund_fails", payments=True)),
    (3, _refund_again),
    (2, _decision("refunded_elsewhere", "refund_failed")),
    (1, _of_money("dispute", payments=True)),
    (1, _of_money("dispute_won", payments=True)),
    (1, _of_money("dispute_lost", payments=True)),
)


def _too_late(walk: _Walk) -> list[Event]:
    """A page is paid while the till cannot be heard, until the hard cap ends its booking; then somebody is faster."""
    world, random = walk.world, walk.random
    live = [
        n for n, page in enumerate(world.checkouts) if page.state in OPEN_CHECKOUT and page.truth in ("none", "open")
    ]
    if not live:
        return []
    number = random.choice(live)
    booking = world.bookings[world.checkouts[number].booking]
    pays = "client_pays_oddly" if random.random() < 0.2 else "client_pays"
    unheard: list[Event] = [("create", number), (pays, number), ("silence", number), ("advance", 50), ("presume",)]
    other = walk.unborn(preview=False)
    mine = next((n for n, b in enumerate(world.bookings) if (b.state, b.client) == ("unborn", booking.client)), None)
    faster: list[list[Event]] = [
        [],
        [("hold", other, booking.spot)] if other is not None else [],
        [("hold", mine, walk.spot())] if mine is not None else [],
        [("take_up", world.checkouts[number].booking, walk.spot())],
        [("take_up", world.checkouts[number].booking, walk.spot()), ("pay", world.checkouts[number].booking)],
        [("cancel_mini", walk.config.minis[booking.spot])] if random.random() < 0.3 else [],
    ]
    return [*unheard, *random.choice(faster), ("settle", number)]


_ABOUT_A_PAGE = frozenset({"create", "client_pays", "client_pays_oddly", "silence", "settle"})


def _with_late_money(walk: _Walk, events: Iterator[Event]) -> Iterator[Event]:
    """Now and then such a story between the other events; what cannot happen in it is left out."""
    for event in events:
        yield event
        if walk.random.random() < 0.1:
            for step in _too_late(walk):
                if step[0] not in _ABOUT_A_PAGE or walk.model.may(step):
                    yield step


def walk(seed: int, config: Config, model: TimedModel, steps: int) -> Iterator[Event]:
    """The next step after each that the model has done; the same for the same seed."""
    random = Random(seed)
    events = _steps(_Walk(random, config, model), steps)
    return _with_late_money(_Walk(random, config, model), events) if "pay" in config.events else events


def _steps(walk: _Walk, steps: int) -> Iterator[Event]:
    weighted = (*_CHOICES, *_MONEY) if "pay" in walk.config.events else _CHOICES
    choices = [choice for weight, choice in weighted for _ in range(weight)]
    while steps:
        event = walk.random.choice(choices)(walk)
        if event is not None:
            steps -= 1
            yield event


def _reservations(*spots: int) -> tuple[Link, ...]:
    return tuple(Link("reservation", spot) for spot in spots)


_PEOPLE = (0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 0, 0)  #: the last two are the member's previews
_PREVIEWS = frozenset({15, 16})
_NO_EVENTS = frozenset[str]()

WALKED: tuple[Config, ...] = (
    Config(
        name="one mini of single spots",
        events=_NO_EVENTS,
        seats=(1, 1, 1),
        minis=(0, 0, 0),
        clients=_PEOPLE,
        previews=_PREVIEWS,
        links=_reservations(0, 1, 0, 2, 1, 0),
        most_attempts=99,
    ),
    Config(
        name="classes in two minis",
        events=_NO_EVENTS,
        seats=(3, 2, 2, 1),
        minis=(0, 0, 1, 1),
        clients=_PEOPLE,
        previews=_PREVIEWS,
        links=_reservations(0, 1, 2, 0, 3, 1),
        most_places=3,
        most_attempts=99,
    ),
    Config(
        name="two minis whose spots exclude each other",
        events=_NO_EVENTS,
        seats=(1, 1, 1, 1),
        minis=(0, 0, 1, 1),
        clients=_PEOPLE,
        previews=_PREVIEWS,
        links=_reservations(0, 1, 2, 3, 0, 2),
        overlaps=frozenset({(0, 2), (2, 0)}),
        most_attempts=99,
    ),
)

#: The same worlds, in which bookings are paid online.
PAID: tuple[Config, ...] = tuple(
    replace(config, name=f"{config.name}, paid online", events=frozenset({"pay"})) for config in WALKED
)
