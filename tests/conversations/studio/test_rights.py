"""Who may do what in the studio's bot, for every command and every button there is (A1, A4).

What each role may is in `rights.tsv`. Everything is pressed with everything that a button may name, the ids of another
studio and things that nobody ever made among it. Each of it is undone at once, so that the house stays as it is.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conversations.cards import Card, plain
from conversations.inbound import Commanded, Inbound, Pressed, Said
from conversations.reception import Reception
from conversations.replies import Shown
from conversations.screens import Copy, Do, Open
from conversations.studio.house import HOUSE
from conversations.studio.reception import CHANNEL as STUDIO_CHANNEL
from conversations.studio.turn import For
from core.ports import Identity, Records
from core.studio.studio import Role
from storage.tables import metadata
from storage.unit import Unit
from tests.conversations.phone import CHANNEL
from tests.conversations.scene import Scene
from tests.conversations.studio.furnished import (
    NAMES,
    OTHER,
    OTHERS_WORDS,
    REMOVED,
    RIVAL,
    Furnished,
    furnish,
)

#: From the least to the most.
RANKS = (Role.HOST, Role.ASSISTANT, Role.PHOTOGRAPHER, Role.OWNER)
CHATS = {Role.OWNER: "1101", Role.PHOTOGRAPHER: "1102", Role.ASSISTANT: "1103", Role.HOST: "1104"}
STRANGER, CLIENT, ANOTHER_CLIENT = "1105", "1001", "1002"
#: What every turn keeps, whoever speaks; all else is the house's.
_OF_EVERY_TURN = {"inbox", "talks", "clock"}
#: What is in no house, so that its answer is the one for whoever may not.
NOTHING = "frobnicate"
ARGUMENTS = (
    "Fall Minis",
    "Secret Minis",
    "LP-1000",
    "Ana",
    "zoe@mail.com",
    "all",
    "sat",
    "x" * 5000,
    ". , : ;",
    "Fall Minis sat 10:15-10:40 to 11:30",
    "Fall Minis, Ana, $40 cash",
    "٣ {x} <b>&",
)


def _table() -> dict[tuple[str, str], Role]:
    with Path(__file__).with_name("rights.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    table = {(row["kind"], row["name"]): Role(row["least role"]) for row in rows}
    assert len(table) == len(rows), "each stands in the table once"
    return table


TABLE = _table()


def _of(kind: str) -> dict[str, Role]:
    return {name: least for (of, name), least in TABLE.items() if of == kind}


def may(role: Role | None, least: Role) -> bool:
    return role is not None and RANKS.index(role) >= RANKS.index(least)


def _house() -> Iterator[tuple[tuple[str, str], frozenset[Role]]]:
    kinds: dict[str, dict[str, For[Any]]] = {
        "command": dict(HOUSE.commands),
        "press": dict(HOUSE.presses),
        "aside": dict(HOUSE.asides),
        "flow": dict(HOUSE.flows),
        "notice": dict(HOUSE.notices),
        "reply": dict(HOUSE.replies),
        "reading": {one.what.__module__.rpartition(".")[2]: one for one in HOUSE.readings},
        "file": {one.what.value: one for one in HOUSE.files},
    }
    for kind, among in kinds.items():
        for name, one in among.items():
            yield (kind, str(name)), one.roles


@pytest.mark.rule("A4")
def test_the_house_lets_nobody_do_more_or_less_than_the_table_says() -> None:
    house = dict(_house())
    table = {key: frozenset(role for role in RANKS if may(role, least)) for key, least in TABLE.items()}

    assert sorted(house.keys() - table.keys()) == [], "in the house, and not in rights.tsv"
    assert sorted(table.keys() - house.keys()) == [], "in rights.tsv, and not in the house"
    assert {key: roles for key, roles in house.items() if table[key] != roles} == {}


# -- doing something, and undoing it --


class Undone(Exception):
    """Takes back all that a unit did, and brings what came of it."""

    def __init__(self, seen: "Seen") -> None:
        super().__init__()
        self.seen = seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw, every word of it with what its buttons carry, and the tables that it changed."""

    said: str
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the door. Their role is none where they are not of Luna's team."""

    name: str
    chat: str
    role: Role | None = None
    channel: str = STUDIO_CHANNEL


MEMBERS = tuple(Person(role.value, chat, role) for role, chat in CHATS.items())
NOBODIES = (Person("stranger", STRANGER), Person("removed", REMOVED), Person("owner of another studio", RIVAL))
CLIENTS = (Person("client", CLIENT, channel=CHANNEL), Person("client 2", ANOTHER_CLIENT, channel=CHANNEL))


class Door:
    """The house's doors, with a unit of its own for everything that somebody tries."""

    def __init__(self, scene: Scene, house: Furnished) -> None:
        self.scene = scene
        self.house = house
        self._keys = 0

    def tries(
        self,
        person: Person,
        *said: Said,
        reception: Reception[Any, Any] | None = None,
        between: Callable[[Records], object] = lambda _: None,
        dumped: Callable[[Unit], dict[str, frozenset[Any]]] | None = None,
    ) -> Seen:
        """What comes of it when somebody says this; `between` is what happens before each screen is shown."""
        at = reception or self.scene.receptions[person.channel]

        def work(unit: Unit) -> None:
            before = dumped(unit) if dumped else {}
            words: list[str] = []
            for one in said:
                words = self._turn(unit, at, person, one, between)
            after = dumped(unit) if dumped else {}
            changed = frozenset(name for name, rows in after.items() if rows != before[name])
            raise Undone(Seen("\n".join(words), changed))

        try:
            self.scene.store.do(work)
        except Undone as undone:
            return undone.seen
        raise AssertionError("nothing was undone")

    def _turn(
        self,
        unit: Unit,
        at: Reception[Any, Any],
        person: Person,
        said: Said,
        between: Callable[[Records], object],
    ) -> list[str]:
        answer = at.answer(unit, self._inbound(person, said))
        words = [answer.toast, *(_words(answer.card) if answer.card else ())]
        between(unit)
        if answer.show:
            shown = at.show(unit, person.channel, person.chat)
            assert shown == at.show(unit, person.channel, person.chat), "showing is repeatable"
            words += _words(shown.card) if shown else []
            self._note(unit, at, shown)
            at.wants(unit, person.channel, person.chat)
        return words

    def _inbound(self, person: Person, said: Said) -> Inbound:
        self._keys += 1
        return Inbound(
            source="rights",
            key=f"rights {self._keys}",
            identity=Identity(person.channel, person.chat),
            chat=person.chat,
            said=said,
            name=person.name,
        )

    def _note(self, unit: Unit, at: Reception[Any, Any], shown: Shown | None) -> None:
        if shown and shown.revision is not None:
            unit.talks.shown(at.studio_id, shown.channel, shown.chat, shown.revision, "card")


def _words(card: Card) -> list[str]:
    """Everything on the card, and in it."""
    buttons = [button for row in card.rows for button in row]
    carried = [_carried(button.press) for button in buttons]
    papers = [f"{one.paper} {one.name}" for one in card.enclosed]
    return [*papers, *(plain(line.text) for line in card.lines), *(one.label for one in buttons), *carried]


def _carried(press: object) -> str:
    match press:
        case Do(deed, reference):
            return f"{deed}:{reference}"
        case Open(text) | Copy(text):
            return text
        case other:
            return str(other)


def everything(unit: Unit) -> dict[str, frozenset[Any]]:
    """All rows but those that each turn writes, by table."""
    return {name: _rows(unit, name) for name in metadata.tables if name not in _OF_EVERY_TURN}


def of_the_other(unit: Unit) -> dict[str, frozenset[Any]]:
    """All rows of the other studio, by table."""
    tables = {name for name, table in metadata.tables.items() if "studio_id" in table.c} - _OF_EVERY_TURN
    return {name: _rows(unit, name, f"WHERE studio_id = '{OTHER}'") for name in tables}


def _rows(unit: Unit, table: str, where: str = "") -> frozenset[Any]:
    connection = unit._execution._connection
    return frozenset(tuple(map(str, row)) for row in connection.exec_driver_sql(f"SELECT * FROM {table} {where}"))


# -- what is tried --


@pytest.fixture(scope="module")
def _made(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    path = tmp_path_factory.mktemp("rights") / "minis.db"
    path.write_bytes(sqlite_template.read_bytes())
    yield from _door(f"sqlite:///{path}")


@pytest.fixture
def door(_made: Door) -> Door:
    return _made


def _door(url: str) -> Iterator[Door]:
    scene = Scene(url, checked=False)
    try:
        yield Door(scene, furnish(scene))
    finally:
        scene.close()


def commands(names: Sequence[str]) -> list[Said]:
    return [Commanded(name, argument) for name in names for argument in ("", *ARGUMENTS)]


def presses(names: Sequence[str], house: Furnished) -> list[Said]:
    return [Pressed(f"{name}:{about}") for name in names for about in house.references().values()]


class Flaws:
    """What went wrong, all of it together: one flaw must not hide another."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def seek(self, what: str, person: Person, said: Said, look: Callable[[], None]) -> None:
        try:
            look()
        except Exception as wrong:
            asked = said.data if isinstance(said, Pressed) else repr(said)
            kind = f"{what}: {type(wrong).__name__} {str(wrong)[:300]}"
            self.found.setdefault(kind, []).append(f"{person.name} {asked[:80]}")

    def __str__(self) -> str:
        return "\n".join(
            f"{len(who)} x {kind}\n" + "".join(f"    {one}\n" for one in who[:4]) for kind, who in self.found.items()
        )


def _tells_nothing(door: Door, person: Person, said: Said, unknown: Said) -> None:
    """Refused with just what something that is in no house gets, and nothing is done."""
    seen = door.tries(person, said, dumped=everything)
    wanted = door.tries(person, unknown).said
    assert seen.said == _renamed(wanted, said), f"says {seen.said!r}"
    assert not seen.changed, f"changes {sorted(seen.changed)}"


def _renamed(text: str, said: Said) -> str:
    return text.replace(NOTHING, said.name) if isinstance(said, Commanded) else text


def _unknown(said: Said) -> Said:
    match said:
        case Commanded(_, argument):
            return Commanded(NOTHING, argument)
        case Pressed(data):
            return Pressed(f"{NOTHING}:{data.partition(':')[2]}")
        case other:
            return other


def _tells_no_names(door: Door, person: Person, said: Said) -> None:
    """Whoever may only count reads nobody's name, and changes nothing."""
    seen = door.tries(person, said, dumped=everything)
    assert not seen.changed, f"changes {sorted(seen.changed)}"
    hidden = [door.house.own[name] for name in ("client", "reservation", "booking", "payment", "problem", "member")]
    told = [one for one in (*NAMES, *hidden) if person.role is Role.HOST and one in seen.said and one not in str(said)]
    assert not told, f"tells {told} of {seen.said!r}"


def _stays_in_the_studio(door: Door, person: Person, said: Said) -> None:
    """Done or refused, it breaks nowhere; and the other studio is neither told of nor touched."""
    seen = door.tries(person, said, dumped=of_the_other)
    assert not seen.changed, f"changes the other studio's {sorted(seen.changed)}"
    told = [one for one in OTHERS_WORDS if one in seen.said and one not in str(said)]
    assert not told, f"tells {told} of the other studio: {seen.said!r}"


def _look_at(door: Door, people: Sequence[Person], every: Sequence[Said], flaws: Flaws) -> int:
    """Let each of them say each of it. Gives how often."""
    for person in people:
        for said in every:
            kind, name = ("command", said.name) if isinstance(said, Commanded) else ("press", _deed(said))
            allowed = may(person.role, TABLE[kind, name])
            if not allowed:
                flaws.seek("refused", person, said, partial(_tells_nothing, door, person, said, _unknown(said)))
            elif person.role in {Role.HOST, Role.ASSISTANT}:
                flaws.seek("counts", person, said, partial(_tells_no_names, door, person, said))
            else:
                flaws.seek("may", person, said, partial(_stays_in_the_studio, door, person, said))
    return len(people) * len(every)


def _deed(said: Said) -> str:
    assert isinstance(said, Pressed)
    return said.data.partition(":")[0]


@pytest.mark.rule("A1", "A4")
@pytest.mark.parametrize("person", [*MEMBERS[1:], *NOBODIES], ids=lambda person: person.name)
def test_whoever_may_not_is_told_nothing_and_does_nothing(door: Door, person: Person) -> None:
    flaws = Flaws()
    every = [*commands(_beyond(person, "command")), *_sampled(presses(_beyond(person, "press"), door.house), 7)]
    assert _look_at(door, [person], every, flaws) > 100

    assert not flaws.found, str(flaws)


def _beyond(person: Person, kind: str) -> list[str]:
    return [name for name, least in _of(kind).items() if not may(person.role, least)]


def _sampled(every: list[Said], step: int) -> list[Said]:
    """Each so many-th, and every name at least so often."""
    return every[::step]


@pytest.mark.rule("A4")
@pytest.mark.parametrize("person", MEMBERS, ids=lambda person: person.name)
def test_whatever_a_member_may_breaks_nowhere_and_stays_in_the_studio(door: Door, person: Person) -> None:
    flaws = Flaws()
    for kind, every in (("command", commands), ("press", partial(presses, house=door.house))):
        names = [name for name, least in _of(kind).items() if may(person.role, least)]
        _look_at(door, [person], every(names), flaws)

    assert not flaws.found, str(flaws)
