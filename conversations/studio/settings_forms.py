"""The questions that a studio must have answered: the guided set-up asks them, and `/settings` each again (A2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from conversations.engine import AnyStep, Step
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Line, Say, Screen, say
from conversations.studio.settings_values import VALUES
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_places import (
    country_name,
    country_of,
    currencies_of,
    read_country,
    read_currency,
    zones_meant,
)
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.words import city
from core.studio.settings import code_prefix

Read = Callable[[StudioTurn, str], str]
Wanted = Callable[[StudioTurn, str], Mapping[str, Any] | None]


def settle(turn: StudioTurn, **wanted: Any) -> None:
    """Change the studio, if that changes anything. Raises what `StudioDesk.settle` raises."""
    changed = replace(turn.studio, **wanted)
    if changed != turn.studio:
        turn.studio = turn.desk.settle(changed)


def note(turn: StudioTurn, id: str) -> None:
    """Read back how the setting is now: what was typed may have been taken for something else."""
    turn.talk.notice = say("setting-noted", setting=say(f"setting-{id}"), value=VALUES[id](turn))


def asking(id: str) -> Callable[[StudioTurn], Say]:
    """What the setting means; where it is about to be changed, also how it is."""

    def ask(turn: StudioTurn) -> Say:
        asked = say(f"setting-{id}-ask")
        return say("setting-asked", ask=asked, value=VALUES[id](turn)) if turn.studio.set_up else asked

    return ask


def form_of(
    id: str,
    kind: FieldKind,
    wanted: Wanted,
    *,
    read: Read = lambda _turn, answer: answer,
    suggestions: Callable[[StudioTurn], tuple[str, ...]] = lambda _: (),
    optional: bool = False,
    spoken: Callable[[StudioTurn, str], Say] = lambda _turn, kept: say("as-written", text=kept),
) -> Form[StudioTurn]:
    """A question for one setting: what it means, and how it is now.

    `wanted` is what its answer makes of the studio; None where another question must follow.
    """

    def accept(turn: StudioTurn, values: dict[str, str]) -> Answer:
        changes = wanted(turn, values[id])
        if changes is not None:
            settle(turn, **changes)
            note(turn, id)
        return values[id]

    field: Field[StudioTurn] = Field(
        id=id,
        kind=kind,
        label=say(f"setting-{id}"),
        ask=asking(id),
        words=f"setting-{id}",
        read=read,
        suggestions=suggestions,
        spoken=spoken,
        required=lambda _: not optional,
    )
    return Form(id=id, title=f"setting-{id}", fields=(field,), accept=accept)


def _named(turn: StudioTurn, name: str) -> Mapping[str, Any]:
    """The numbers of bookings begin as the studio was called when it was set up, and stay so."""
    return {"name": name} if turn.studio.set_up else {"name": name, "code_prefix": code_prefix(name)}


def _read_place(turn: StudioTurn, text: str) -> str:
    if not zones_meant(text, turn.language):
        raise Misread(key="setting-zone")
    return text


def _keep_place(turn: StudioTurn, values: dict[str, str]) -> Answer:
    """Where one zone is meant, it is settled; else it is asked which."""
    zones = zones_meant(values["zone"], turn.language)
    if len(zones) == 1:
        settle(turn, zone_name=zones[0])
        note(turn, "zone")
    return " ".join(zones)


def _present_place(turn: StudioTurn) -> tuple[str, ...]:
    """The city, where it alone means the zone as it is."""
    zone = turn.studio.zone_name
    if not country_of(zone):
        return ()
    return (city(zone) if zones_meant(city(zone), turn.language) == (zone,) else zone,)


def _which(turn: StudioTurn) -> Screen:
    zones = turn.text("zone").split()
    buttons = [Button(say("button-zone", city=city(zone)), Choose(zone)) for zone in zones]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Screen(lines=(Line(say("setting-which-zone")),), rows=rows)


def _keep_zone(turn: StudioTurn, choice: str) -> Answer:
    if choice not in turn.text("zone").split():
        raise Misread(key="which-zone")
    settle(turn, zone_name=choice)
    note(turn, "zone")
    return choice


def _read_country(turn: StudioTurn, text: str) -> str:
    country = read_country(text, turn.language)
    if country is None:
        raise Misread(key="setting-country")
    return country


def _read_currency(turn: StudioTurn, text: str) -> str:
    currency = read_currency(text, turn.studio.country, turn.language)
    if currency is None:
        raise Misread(key="setting-currency")
    return currency


def _countries(turn: StudioTurn) -> tuple[str, ...]:
    """That of the zone; a capital of its own may stand in another."""
    country = country_of(turn.studio.zone_name) or turn.studio.country
    return (country_name(country, turn.language),)


NAME: Final = form_of("name", FieldKind.LINE, _named, suggestions=lambda turn: (turn.studio.name,))
PLACE: Final[Form[StudioTurn]] = Form(
    id="zone",
    title="setting-zone",
    fields=(
        Field(
            id="zone",
            kind=FieldKind.LINE,
            label=say("setting-zone"),
            ask=asking("zone"),
            read=_read_place,
            suggestions=_present_place,
            words="setting-zone",
        ),
    ),
    accept=_keep_place,
)
WHICH_ZONE: Final[Step[StudioTurn]] = Step(id="which_zone", show=_which, accept=_keep_zone, rests_on=("zone",))
COUNTRY: Final = form_of(
    "country",
    FieldKind.LINE,
    lambda _turn, country: {"country": country},
    read=_read_country,
    suggestions=_countries,
    spoken=lambda turn, country: say("as-written", text=country_name(country, turn.language)),
)
CURRENCY: Final = form_of(
    "currency",
    FieldKind.LINE,
    lambda _turn, currency: {"currency": currency},
    read=_read_currency,
    suggestions=lambda turn: currencies_of(turn.studio.country)[:3],
)


def where(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    """The place, and which of its zones, where it has several."""
    yield PLACE
    if len(turn.text("zone").split()) > 1:
        yield WHICH_ZONE
