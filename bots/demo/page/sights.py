"""What a page shows of a scene, as the messages it is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bots.demo.samples import SAMPLES
from bots.demo.scene import BOT, Scene


@dataclass(frozen=True, slots=True)
class Sight:
    """One kind of message. `passing` goes along when it is sent, but is no change by itself: the time passes."""

    kind: str
    facts: Mapping[str, object]
    passing: Mapping[str, object] = field(default_factory=dict[str, object])


def sights(scene: Scene) -> Iterator[Sight]:
    """All there is to see now."""
    inside, down = scene.inside, scene.telegram.seconds_down()
    account = {"name": BOT.name, "username": BOT.username}
    stripe_down = scene.till.seconds_down()
    weather = {"telegram": "down" if down else "up", "stripe": "down" if stripe_down else "up"}
    yield Sight(
        "state",
        {
            "bot": scene.waking.value,
            "reason": scene.trouble,
            "account": account,
            "till": scene.till.address,
            "meant": scene.till.meant,
            **weather,
        },
        {"seconds_left": round(down), "stripe_seconds_left": round(stripe_down)},
    )
    hold_until = scene.hold_until
    yield Sight(
        "clock",
        {
            "zone": inside.zone.key,
            "hold_until": hold_until and hold_until.isoformat(),
            "page": scene.page,
            "leap": inside.leaps,
        },
        {"now": inside.now.isoformat()},
    )
    phones = scene.phones
    yield Sight(
        "phones",
        {"phones": [{"id": one.id, "name": one.name, "chat": phones.chat(one).as_json()} for one in phones.all]},
    )
    yield Sight("samples", {"samples": [{"name": one.name, "title": one.title, "note": one.note} for one in SAMPLES]})
    yield Sight("links", {"links": [{"kind": one.kind, "title": one.title, "url": one.url} for one in scene.links]})
    yield Sight("luna", {"cards": [card.as_json() for card in inside.cards]})
    yield Sight("strip", {"lines": [line.as_json() for line in scene.strip.lines]})
