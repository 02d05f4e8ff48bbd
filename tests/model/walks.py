"""Which step a random history takes next, and the worlds that the histories walk in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.model.histories import TimedModel
from tests.model.machine import Event
from tests.model.world import NOWHERE, Config, Link, World

_Choice = Callable[["_Walk"], Event | None]


@dataclass(frozen=True, slots=True)
class _Walk:
    random: Random
    config: Config
    world: World

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
    (7, _with_spot("move", "confirmed", preview=False)),
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


def walk(seed: int, config: Config, model: TimedModel, steps: int) -> Iterator[Event]:
    """The next step after each that the model has done; the same for the same seed."""
    random = Random(seed)
    choices = [choice for weight, choice in _CHOICES for _ in range(weight)]
    while steps:
        event = random.choice(choices)(_Walk(random, config, model.world))
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
