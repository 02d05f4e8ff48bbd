"""What the studio's side of a talk sees, and what a room of it is: commands, buttons, screens and wizards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Self, TypeVar

from conversations.engine import Flow
from conversations.inbound import Confided, FileKind, Said
from conversations.screens import Say, Screen
from conversations.turn import Turn
from core.messages.records import LeasedMessage, SentMessage
from core.payments.till_key import Cards
from core.studio.studio import Role
from core.studio_desk import StudioDesk


@dataclass(slots=True, kw_only=True)
class StudioTurn(Turn):
    """All that a member's steps and screens see."""

    desk: StudioDesk
    house: "House"
    #: The address that opens the studio's own bot with a payload; `front.link_of` is the clients'.
    door: Callable[[str], str]

    @property
    def role(self) -> Role:
        return self.desk.member.role

    @property
    def cards(self) -> Cards:
        """How cards stand at this moment."""
        return self.desk.cards(self.front.installation)

    @property
    def takes_cards(self) -> bool:
        return self.cards.taken


#: What a command or a button does, given what stands behind it; gives what to say in passing.
Act = Callable[[StudioTurn, str], Say | None]
#: A screen that is no step, given what it is about.
Aside = Callable[[StudioTurn, str], Screen]
#: The message for an outbox row, with the turn of whom it is for; None where it is no longer true, or not for them.
Notice = Callable[[StudioTurn, LeasedMessage], Screen | None]
#: What is done with something that was said in reply to such a message.
Reply = Callable[[StudioTurn, SentMessage, Said], None]
#: What is made of something that nobody asked for; False where it means nothing to this room.
Reading = Callable[[StudioTurn, Said], bool]

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class For(Generic[V]):
    """Something that members of these roles may use. The deeds themselves look again (A4)."""

    roles: frozenset[Role]
    what: V


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the one room that asks for keys does with them (ADR 0012)."""

    #: Says what came of one: to whomever, for whoever said it must hear whether it is gone.
    take: Callable[[StudioTurn, Confided], None]
    #: The screens over which one is asked for, and what is done if something else is typed there; None: as elsewhere.
    over: Mapping[str, Callable[[StudioTurn], None] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One area of the studio's bot. Names are unique in the house."""

    commands: Mapping[str, For[Act]] = field(default_factory=dict[str, For[Act]])
    #: By the deed in the button's data.
    presses: Mapping[str, For[Act]] = field(default_factory=dict[str, For[Act]])
    asides: Mapping[str, For[Aside]] = field(default_factory=dict[str, For[Aside]])
    flows: Mapping[str, For[Flow[StudioTurn]]] = field(default_factory=dict[str, For[Flow[StudioTurn]]])
    #: By the kind of the message.
    notices: Mapping[str, For[Notice]] = field(default_factory=dict[str, For[Notice]])
    #: By the kind of the message that is replied to.
    replies: Mapping[str, For[Reply]] = field(default_factory=dict[str, For[Reply]])
    #: Asked in turn about what was said where nothing is asked.
    readings: tuple[For[Reading], ...] = ()
    #: The files among it.
    files: tuple[For[FileKind], ...] = ()
    secrets: Secrets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """All rooms. What is asked for by a name is given only to members who may use it."""

    commands: Mapping[str, For[Act]]
    presses: Mapping[str, For[Act]]
    asides: Mapping[str, For[Aside]]
    flows: Mapping[str, For[Flow[StudioTurn]]]
    notices: Mapping[str, For[Notice]]
    replies: Mapping[str, For[Reply]]
    readings: tuple[For[Reading], ...]
    files: tuple[For[FileKind], ...]
    secrets: Secrets

    @classmethod
    def of(cls, *rooms: Room) -> Self:
        (secrets,) = (room.secrets for room in rooms if room.secrets)
        return cls(
            commands=_all([room.commands for room in rooms]),
            presses=_all([room.presses for room in rooms]),
            asides=_all([room.asides for room in rooms]),
            flows=_all([room.flows for room in rooms]),
            notices=_all([room.notices for room in rooms]),
            replies=_all([room.replies for room in rooms]),
            readings=tuple(reading for room in rooms for reading in room.readings),
            files=tuple(file for room in rooms for file in room.files),
            secrets=secrets,
        )


def allowed(among: Mapping[str, For[V]], name: str, role: Role) -> V | None:
    """What the name means to a member of the role; None where it means nothing, or nothing to them."""
    found = among.get(name)
    return found.what if found and role in found.roles else None


def _all(parts: Sequence[Mapping[str, For[V]]]) -> dict[str, For[V]]:
    """Every name once: a second of the same is a bug."""
    found: dict[str, For[V]] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"in two rooms: {sorted(twice)}")
        found.update(part)
    return found


def showing(aside: str) -> Act:
    """An act that only shows a screen about a mini. Raises MiniChanged where there is no such mini."""

    def show(turn: StudioTurn, mini_id: str) -> Say | None:
        turn.talk.cover(aside, turn.desk.mini(mini_id).id)
        return None

    return show


def covering(aside: str) -> Act:
    """An act that only shows a screen, about what stands behind the command or the button."""

    def cover(turn: StudioTurn, about: str) -> Say | None:
        turn.talk.cover(aside, about)
        return None

    return cover
