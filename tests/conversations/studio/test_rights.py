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
from conversations.inbound import Commanded, Inbound, Pressed, Said, Typed
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
    send_away,
    with_role,
)

#: From the least to the most.
RANKS = (Role.HOST, Role.ASSISTANT, Role.PHOTOGRAPHER, Role.OWNER)
CHATS = {Role.OWNER: "1101", Role.PHOTOGRAPHER: "1102", Role.ASSISTANT: "1103", Role.HOST: "1104"}
STRANGER, CLIENT, ANOTHER_CLIENT = "1105", "1001", "1002"
#: What every turn keeps, whoever speaks; all else is the house's.
_OF_EVERY_TURN = {"inbox", "talks", "clock"}
#: What is in no house, so that its answer is the one for whoever may not.
NOTHING = "frobnicate"
_ALL = slice(None)
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
        said: Said,
        *,
        reception: Reception[Any, Any] | None = None,
        before: Callable[[Unit], object] = lambda _: None,
        dumped: Callable[[Unit], dict[str, frozenset[Any]]] = lambda _: {},
    ) -> Seen:
        """What comes of it when somebody says this, after what happens before."""
        at = reception or self.scene.receptions[person.channel]

        def work(unit: Unit) -> None:
            before(unit)
            was = dumped(unit)
            words = self._turn(unit, at, person, said)
            changed = frozenset(name for name, rows in dumped(unit).items() if rows != was[name])
            raise Undone(Seen("\n".join(words), changed))

        try:
            self.scene.store.do(work)
        except Undone as undone:
            return undone.seen
        raise AssertionError("nothing was undone")

    def stands(self, person: Person, said: Said, lost: Callable[[Records], object], unit: Unit) -> None:
        """Somebody says this, and loses their role before its screen is shown."""
        at = self.scene.receptions[person.channel]
        at.answer(unit, self._inbound(person, said))
        lost(unit)
        shown = at.show(unit, person.channel, person.chat)
        told = [one for one in NAMES if shown and one in "\n".join(_words(shown.card))]
        assert not told, f"shows {told}"

    def _turn(self, unit: Unit, at: Reception[Any, Any], person: Person, said: Said) -> list[str]:
        answer = at.answer(unit, self._inbound(person, said))
        words = [answer.toast, *(_words(answer.card) if answer.card else ())]
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


def of_studio(studio_id: str, unit: Unit) -> dict[str, frozenset[Any]]:
    """All rows of one studio, by table."""
    tables = {name for name, table in metadata.tables.items() if "studio_id" in table.c} - _OF_EVERY_TURN
    return {name: _rows(unit, name, f"WHERE studio_id = '{studio_id}'") for name in tables}


def _rows(unit: Unit, table: str, where: str = "") -> frozenset[Any]:
    connection = unit._execution._connection
    return frozenset(tuple(map(str, row)) for row in connection.exec_driver_sql(f"SELECT * FROM {table} {where}"))


# -- what is tried --


@pytest.fixture(scope="module")
def furnished_house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    path = tmp_path_factory.mktemp("rights") / "minis.db"
    path.write_bytes(sqlite_template.read_bytes())
    yield from _door(f"sqlite:///{path}")


@pytest.fixture
def door(furnished_house: Door) -> Door:
    return furnished_house


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
    seen = door.tries(person, said, dumped=partial(of_studio, OTHER))
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
    assert not (flaws := refused(door, person, 60)).found, str(flaws)


@pytest.mark.rule("A4")
@pytest.mark.parametrize("person", MEMBERS, ids=lambda person: person.name)
def test_whatever_a_member_may_breaks_nowhere_and_stays_in_the_studio(door: Door, person: Person) -> None:
    assert not (flaws := allowed_to(door, person, 20)).found, str(flaws)


@pytest.mark.full
@pytest.mark.rule("A1", "A4")
def test_everything_is_so_of_everything_that_a_button_may_name(door: Door) -> None:
    for person in (*MEMBERS, *NOBODIES):
        assert not (flaws := refused(door, person, 1)).found, str(flaws)
        assert not (flaws := allowed_to(door, person, 1)).found, str(flaws)


@pytest.mark.rule("A1", "A4")
def test_a_tenth_of_it_is_so_on_the_other_engine(migrated_postgres_url: str) -> None:
    for door in _door(migrated_postgres_url):
        for number, person in enumerate((*MEMBERS, *NOBODIES)):
            assert not (flaws := refused(door, person, 60, slice(number, None, 10))).found, str(flaws)
            assert not (flaws := allowed_to(door, person, 20, slice(number, None, 10))).found, str(flaws)


def refused(door: Door, person: Person, step: int, names: slice = _ALL) -> Flaws:
    """What goes wrong as the person tries what is not theirs, with every so many-th of what it may be about."""
    return _tried(door, person, step, names, lambda least: not may(person.role, least))


def allowed_to(door: Door, person: Person, step: int, names: slice = _ALL) -> Flaws:
    return _tried(door, person, step, names, lambda least: may(person.role, least))


def _tried(door: Door, person: Person, step: int, names: slice, which: Callable[[Role], bool]) -> Flaws:
    flaws = Flaws()
    said = {
        "command": lambda name: commands([name]),
        "press": lambda name: presses([name], door.house),
    }
    for kind, every in said.items():
        for number, name in enumerate([one for one, least in _of(kind).items() if which(least)][names]):
            of_it = every(name)
            _look_at(door, [person], of_it[number % min(step, len(of_it)) :: step], flaws)
    return flaws


@pytest.mark.rule("A4")
def test_the_owner_of_another_studio_reaches_nothing_of_this_one(door: Door) -> None:
    """In the bot of their own studio they may do everything, and name what they like."""
    flaws = Flaws()
    rival = Person("owner of another studio", RIVAL)
    ids = list(door.house.own.values())
    for number, name in enumerate(_of("press")):
        for about in ids[number % 11 :: 11]:
            pressed = Pressed(f"{name}:{about}")
            flaws.seek("rival", rival, pressed, partial(_reaches_nothing, door, rival, pressed))

    assert not flaws.found, str(flaws)


def _reaches_nothing(door: Door, rival: Person, said: Said) -> None:
    seen = door.tries(rival, said, reception=door.house.rival, dumped=partial(of_studio, "luna"))
    assert not seen.changed, f"changes {sorted(seen.changed)}"
    told = [one for one in (*NAMES[2:], "Luna") if one in seen.said]
    assert not told, f"tells {told} of {seen.said!r}"


# -- whoever loses a role while something of it stands in their chat --


#: What is then said to it: a command is answered with the help, whatever stood there.
_AND_THEN: tuple[Said, ...] = (Typed("50"), Pressed("1:yes"), Pressed("2:yes"), Commanded("back", ""))


@pytest.mark.rule("A4")
@pytest.mark.parametrize("gone", [False, True], ids=["demoted", "removed"])
def test_whoever_loses_the_role_has_nothing_of_what_stood_there(door: Door, gone: bool) -> None:
    flaws = Flaws()
    person = MEMBERS[1]
    own = door.house.own
    subjects = [own[name] for name in ("mini", "booking", "spot free", "day", "client", "contract", "reservation")]
    of_photographers = [name for name, least in _of("press").items() if least is Role.PHOTOGRAPHER]
    for number, name in enumerate(of_photographers):
        for subject in subjects[number % 2 :: 2]:
            pressed, then = Pressed(f"{name}:{subject}"), _AND_THEN[number % len(_AND_THEN)]
            flaws.seek("lost", person, pressed, partial(_has_nothing, door, person, pressed, then, gone=gone))

    assert not flaws.found, str(flaws)


def _has_nothing(door: Door, person: Person, pressed: Said, then: Said, *, gone: bool) -> None:
    lost = partial(_loses, person.chat, gone=gone)
    seen = door.tries(person, then, before=partial(door.stands, person, pressed, lost), dumped=everything)
    told = [one for one in NAMES if one in seen.said]
    assert not told, f"tells {told} of {seen.said!r}"
    assert not seen.changed, f"changes {sorted(seen.changed)}"


def _loses(chat: str, records: Records, *, gone: bool) -> None:
    studio = records.studios.one("luna")
    assert studio
    with_role(records, studio, chat, Role.HOST)
    if gone:
        send_away(records, studio, chat)


# -- the clients' bot --


@pytest.mark.rule("A4")
@pytest.mark.parametrize("person", CLIENTS, ids=lambda person: person.name)
def test_the_clients_bot_does_none_of_the_studios_deeds(door: Door, person: Person) -> None:
    """Where both bots have a button of that name, the client's is about what is the client's alone."""
    flaws = Flaws()
    others = {name: id for name, id in door.house.references().items() if not _is_of(person, name)}
    for number, name in enumerate(_of("press")):
        for about in list(others.values())[number % 60 :: 60]:
            pressed = Pressed(f"{name}:{about}")
            flaws.seek("client", person, pressed, partial(_is_no_client_of, door, person, pressed))

    assert not flaws.found, str(flaws)


def _is_of(person: Person, reference: str) -> bool:
    """Whether it is of the client themselves: theirs to cancel and to see."""
    return person.chat == CLIENT and "booking" in reference


def _is_no_client_of(door: Door, person: Person, said: Said) -> None:
    seen = door.tries(person, said, dumped=everything)
    theirs = {CLIENT: NAMES[:2], ANOTHER_CLIENT: NAMES[2:4]}[person.chat]
    told = [one for one in (*NAMES, *OTHERS_WORDS) if one not in theirs and one in seen.said]
    assert not told, f"tells {told} of {seen.said!r}"
    assert not seen.changed, f"changes {sorted(seen.changed)}"
