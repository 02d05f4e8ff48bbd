"""The reception of the studio's own people. Whoever is not of the team reads one polite line (A1).

Rights are read anew at every update: a member who was removed or has another role has it from then on (A4).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from conversations.cards import Card
from conversations.engine import screen_of
from conversations.inbound import Commanded, Confided, FileKind, Inbound, Said, Typed
from conversations.reception import Reception, Whose, was_shown
from conversations.replies import Answer, Shown
from conversations.screens import Say, Screen, lines, say
from conversations.studio.house import HOUSE
from conversations.studio.lobby import GO_ON, MENU
from conversations.studio.turn import House, StudioTurn, allowed
from conversations.talk import Course, Talk
from conversations.turn import Front
from core.messages.alerts import OVERVIEW
from core.messages.records import LeasedMessage, SentMessage
from core.paperwork.contract import Origin
from core.ports import Identity, Opening, Records
from core.studio.studio import Member, Studio
from core.studio.team import Newcomer, Ticket
from core.studio_desk import StudioDesk, join_team
from core.values.refusals import Refusal
from core.values.tokens import LINK_LENGTH

#: As identities name it.
CHANNEL = "telegram-studio"
_NOTHING = Course(flow="", subject={})


class StudioReception(Reception[Member, StudioTurn]):
    """The front of the house for one studio's team."""

    def __init__(self, *, studio_id: str, front: Front, door: Callable[[str], str], house: House = HOUSE) -> None:
        """`door`: the address that opens the studio's bot with a payload."""
        super().__init__(studio_id=studio_id, front=front, flows={name: one.what for name, one in house.flows.items()})
        self._door = door
        self._house = house

    # -- people --

    def answer(self, records: Records, inbound: Inbound) -> Answer:
        """Whoever begins has the menu of their role from then on."""
        said = self._let_in(records, inbound)
        answer = super().answer(records, said)
        is_asked_in = answer.show and _begins(said.said)  # to a stranger there is nothing to show
        member = self._member(records, said) if is_asked_in else None
        return replace(answer, menu=self._menu_of(member)) if member else answer

    def _let_in(self, records: Records, inbound: Inbound) -> Inbound:
        """Whoever opens a link of the team is a member from now on, and is asked in by the kind of the link alone."""
        ticket = _ticket(inbound.said)
        studio = records.studios.one(self.studio_id) if ticket else None
        if ticket is None or studio is None:
            return inbound
        try:
            with records.deed():
                join_team(records, studio, *ticket, _newcomer(inbound))
        except Refusal:
            return inbound
        return replace(inbound, said=Commanded("start", ticket[0]))

    def _person(self, records: Records, opening: Opening, inbound: Inbound) -> Member | None:
        return self._member(records, inbound)

    def _member(self, records: Records, inbound: Inbound) -> Member | None:
        return records.studios.member_by_identity(self.studio_id, inbound.identity)

    def _owner(self, records: Records, opening: Opening, chat: str) -> Member | None:
        if opening.talk is None:
            return None
        return records.studios.member_by_identity(self.studio_id, Identity(opening.talk.channel, chat))

    def _whose(self, person: Member) -> Whose:
        return Whose(member_id=person.id)

    def _stranger(self, records: Records, opening: Opening, inbound: Inbound) -> Answer:
        """One polite line, and no talk; a link that is no longer good says so. Who was a member loses their menu."""
        line = say("studio-ticket-over") if _ticket(inbound.said) else say("studio-stranger")
        card = self._words.speak(Screen(lines=lines(line)), inbound.language)
        return Answer(show=False, card=card, menu=() if opening.talk else None)

    # -- turns --

    def _turn(
        self, records: Records, studio: Studio, person: Member, talk: Talk, origin: Origin | None = None
    ) -> StudioTurn:
        desk = StudioDesk(records, studio, person)
        self._take_away(talk, person)
        return StudioTurn(
            talk=talk,
            course=talk.course or _NOTHING,
            studio=desk.studio,
            front=self._front,
            language=person.language,
            name=person.name,
            origin=origin,
            desk=desk,
            house=self._house,
            door=self._door,
        )

    def _take_away(self, talk: Talk, person: Member) -> None:
        """What the member's role no longer may see or go on with, and what was to be said and sent with it."""
        stood = (talk.course, talk.aside)
        while talk.course and allowed(self._house.flows, talk.course.flow, person.role) is None:
            talk.end()
        if talk.aside and allowed(self._house.asides, talk.aside[0], person.role) is None:
            talk.aside = None
        if stood != (talk.course, talk.aside):
            talk.notice = None
            talk.enclosed.clear()

    def _again(self, turn: StudioTurn) -> StudioTurn:
        turn.course = turn.talk.course or _NOTHING
        return turn

    def _run(self, turn: StudioTurn, name: str, argument: str) -> Say | None:
        """A command that is not of the member's role is none: a refusal would tell that it is there (A4)."""
        turn.talk.notice = None
        command = allowed(self._house.commands, name, turn.role)
        if command is None:
            turn.talk.cover("help")
            turn.talk.notice = say("unknown-command", name=name)
            return None
        return command(turn, argument)

    def _press(self, turn: StudioTurn, deed: str, reference: str) -> Say | None:
        pressed = allowed(self._house.presses, deed, turn.role)
        if pressed is None:
            return say("earlier-step")
        turn.talk.notice = None
        return pressed(turn, reference)

    def _replied(self, turn: StudioTurn, to: SentMessage, said: Said) -> bool:
        reply = allowed(self._house.replies, to.kind, turn.role)
        if reply is None:
            return False
        turn.talk.notice = None
        reply(turn, to, said)
        return True

    def _unasked(self, turn: StudioTurn, said: Said) -> Say | None:
        turn.talk.notice = None
        for reading in self._house.readings:
            if turn.role in reading.roles and reading.what(turn, said):
                return None
        turn.talk.cover("minis")
        turn.talk.notice = say("studio-misread")
        return None

    def _wants_unasked(self, turn: StudioTurn) -> frozenset[FileKind]:
        return frozenset(file.what for file in self._house.files if turn.role in file.roles)

    def _aside(self, turn: StudioTurn, name: str, about: str) -> Screen:
        """With a way back to the wizard that it covers, if it covers one."""
        screen = self._house.asides[name].what(turn, about)
        return replace(screen, rows=(*screen.rows, GO_ON)) if turn.talk.aside and self._waits(turn) else screen

    def _waits(self, turn: StudioTurn) -> bool:
        """Whether there is a step to go on with: what a wizard is about can be gone."""
        with suppress(Refusal):
            return turn.talk.course is not None and screen_of(self._flows[turn.course.flow], turn) is not None
        return False

    def _watches(self, talk: Talk) -> str | None:
        """An overview stands in the chat until something else does."""
        return talk.aside[1] if talk.aside and talk.aside[0] == "mini" else None

    def _home(self, turn: StudioTurn) -> Screen:
        return self._house.asides["minis"].what(turn, "")

    # -- secrets --

    def asks_for_secret(self, records: Records, channel: str, chat: str) -> bool:
        """Whether whoever has this chat may confide a key now, and stands where one is asked for."""
        opening = records.talks.open(self.studio_id, channel, chat)
        person = self._owner(records, opening, chat) if opening else None
        if opening is None or opening.talk is None or person is None:
            return False
        name, _ = Talk.from_json(opening.talk.body).aside or ("", "")
        return name in self._house.secrets.over and allowed(self._house.asides, name, person.role) is not None

    def _take(self, turn: StudioTurn, inbound: Inbound) -> Say | None:
        """A secret is no answer to whatever step there is, and no reply to anybody."""
        secrets = self._house.secrets
        if isinstance(inbound.said, Confided):
            secrets.take(turn, inbound.said)
            return None
        misread = secrets.over.get(turn.talk.aside[0]) if turn.talk.aside else None
        if misread and isinstance(inbound.said, Typed) and not self._labelled(turn, inbound.said.text):
            misread(turn)
            return None
        return super()._take(turn, inbound)

    # -- messages that come by themselves --

    def _told(self, records: Records, opening: Opening, message: LeasedMessage) -> Shown | None:
        """A message apart, for a member whose role still hears of such things; the talk goes on as it stands."""
        person = records.studios.member(self.studio_id, message.member_id) if message.member_id else None
        if person is None or person.removed:
            return None
        if message.kind == OVERVIEW:
            return self._overview(records, opening, message, person)
        notice = allowed(self._house.notices, message.kind, person.role)
        if notice is None:
            return None
        screen: Screen | None = None
        with suppress(Refusal):  # what it is about is there no more
            screen = notice(self._turn(records, opening.studio, person, Talk()), message)
        return self._said(message, screen, person.language)

    def _overview(self, records: Records, opening: Opening, message: LeasedMessage, person: Member) -> Shown | None:
        """The overview that stands in the chat changes as clients book; one that is still to be shown will be right."""
        row = opening.talk
        if row is None or row.watches != message.values.get("mini") or not was_shown(row):
            return None
        talk = Talk.from_json(row.body)
        talk.fresh, talk.notice, talk.event = False, None, message.key
        return self._happened(records, self._turn(records, opening.studio, person, talk), row, person)

    # -- what the messenger says of the bot --

    def elsewhere(self, language: str) -> Card | None:
        """In groups the studio's bot says nothing."""
        return None

    def menu(self, language: str) -> tuple[tuple[str, str], ...]:
        """Members get the menu of their role when they begin; to everybody else there is no more than that."""
        return self.strangers_menu(language)

    def _menu_of(self, member: Member) -> tuple[tuple[str, str], ...]:
        mine = [name for name in MENU if allowed(self._house.commands, name, member.role)]
        return tuple((name, self._words.phrase(say(f"studio-menu-{name}"), member.language)) for name in mine)

    def strangers_menu(self, language: str) -> tuple[tuple[str, str], ...]:
        return (("start", self._words.phrase(say("menu-start"), language)),)

    def about(self, language: str, studio_name: str) -> str:
        return self._words.phrase(say("studio-about", studio=studio_name), language)


def _ticket(said: Said) -> tuple[Ticket, str] | None:
    """The one-time link that was opened: /start claim_… or team_…"""
    if not isinstance(said, Commanded) or said.name != "start":
        return None
    kind, _, secret = said.argument.partition("_")
    return (Ticket(kind), secret) if kind in set(Ticket) and len(secret) == LINK_LENGTH else None


def _begins(said: Said) -> bool:
    return isinstance(said, Commanded) and said.name == "start"


def _newcomer(inbound: Inbound) -> Newcomer:
    return Newcomer(
        identity=inbound.identity, address=inbound.chat, name=inbound.name or "…", language=inbound.language
    )
