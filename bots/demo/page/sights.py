"""What a page shows of a scene, as the messages it is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bots.demo.accounts import BOT
from bots.demo.phones import Phone, Phones
from bots.demo.samples import AGREEMENT, SAMPLES
from bots.demo.scene import Scene


@dataclass(frozen=True, slots=True)
class Sight:
    """One kind of message. `passing` goes along when it is sent, but is no change by itself: the time passes."""

    kind: str
    facts: Mapping[str, object]
    passing: Mapping[str, object] = field(default_factory=dict[str, object])


def sights(scene: Scene) -> Iterator[Sight]:
    """All there is to see now."""
    inside, down = scene.inside, scene.telegram.seconds_down()
    stripe_down = scene.till.seconds_down()
    weather = {"telegram": "down" if down else "up", "stripe": "down" if stripe_down else "up"}
    yield Sight(
        "state",
        {
            "bot": scene.waking.value,
            "reason": scene.trouble,
            "begins": scene.begins.value,
            "scene": scene.folder.name,
            "claim": scene.claim,
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
            "whose": scene.whose,
            "page": scene.page,
            "leap": inside.leaps,
        },
        {"now": inside.now.isoformat()},
    )
    yield Sight("phones", {"phones": [_phone(scene.phones, one) for one in scene.phones.all]})
    samples = [*SAMPLES, AGREEMENT]
    yield Sight(
        "samples",
        {"samples": [{"name": a.name, "title": a.title, "note": a.note, "type": a.media_type} for a in samples]},
    )
    yield Sight("sayings", {"sayings": list(inside.sayings)})
    yield Sight("links", {"links": [{"kind": kind, "title": title, "url": url} for kind, title, url in _links(scene)]})
    yield Sight("luna", {"cards": [card.as_json() for card in inside.cards]})
    yield Sight("strip", {"lines": [line.as_json() for line in scene.strip.lines]})


def _links(scene: Scene) -> Iterator[tuple[str, str, str]]:
    """What there is to open: the example's, or what an empty studio has; and the public page."""
    for one in scene.links:
        yield one.kind, one.title, one.url
    if scene.claim and not scene.links:
        if not scene.phones.chat(scene.phones.luna).messages:  # it works once
            yield "claim", "Become the owner", scene.claim
        yield "bot", "The clients’ bot", f"https://t.me/{BOT.username}"
    if scene.web and scene.claim:  # the program is up, then
        yield "page", f"{BOT.name}’s public page", f"{scene.web}/"


def _phone(phones: Phones, phone: Phone) -> dict[str, object]:
    bot = {"name": phone.bot.name, "username": phone.bot.username}
    chat = phones.chat(phone).as_json()
    return {"id": phone.id, "name": phone.name, "role": phone.role.value, "bot": bot, "chat": chat}
