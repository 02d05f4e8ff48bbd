"""The reception: every update of every chat comes in here, in one transaction, and every screen goes out from here.

Answer and show are two halves (DECISIONS 18-24): the answer is committed with its inbox key; showing reads what was
committed, so that a screen whose sending was lost is simply shown again. Clients and the studio's members have a
reception each, which knows their desk, their commands and their screens.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from conversations.cards import Card
from conversations.engine import Flow, enter, files_awaited, place_of, refusal_words, screen_of, take
from conversations.inbound import NO_FILE, Commanded, Confided, FileKind, Inbound, Pressed, Said, Typed, Unreadable
from conversations.replies import Answer, Shown
from conversations.screens import Choose, Do, Say, Screen, lines, say
from conversations.talk import Talk
from conversations.turn import Front, Turn
from core.messages.records import LeasedMessage, SentMessage
from core.paperwork.contract import Origin
from core.ports import Opening, Records, TalkRow
from core.studio.studio import Studio
from core.values.refusals import Overtaken, Refusal


class Person(Protocol):
    """Whom a reception talks with."""

    @property
    def id(self) -> str: ...
    @property
    def language(self) -> str: ...


P = TypeVar("P", bound=Person)
T = TypeVar("T", bound=Turn)


@dataclass(frozen=True, slots=True)
class Whose:
    """The ids that a talk's row carries; one of them."""

    client_id: str | None = None
    member_id: str | None = None


class Reception(ABC, Generic[P, T]):
    """The front of the house for one kind of people of one studio. It keeps nothing between two calls."""

    def __init__(self, *, studio_id: str, front: Front, flows: Mapping[str, Flow[T]]) -> None:
        self.studio_id = studio_id
        self._front = front
        self._words = front.words
        self._flows = flows

    # -- what each kind of people has of its own --

    @abstractmethod
    def _person(self, records: Records, opening: Opening, inbound: Inbound) -> P | None:
        """Who says this; None of somebody with whom there is no talk."""

    @abstractmethod
    def _owner(self, records: Records, opening: Opening, chat: str) -> P | None:
        """Whose talk it is, as long as there is to be one."""

    @abstractmethod
    def _whose(self, person: P) -> Whose: ...

    @abstractmethod
    def _stranger(self, records: Records, opening: Opening, inbound: Inbound) -> Answer:
        """The answer to somebody with whom there is no talk."""

    @abstractmethod
    def _turn(self, records: Records, studio: Studio, person: P, talk: Talk, origin: Origin | None = None) -> T: ...

    @abstractmethod
    def _again(self, turn: T) -> T:
        """The turn of what is the talk's course by now."""

    @abstractmethod
    def _run(self, turn: T, name: str, argument: str) -> Say | None:
        """A command."""

    @abstractmethod
    def _press(self, turn: T, deed: str, reference: str) -> Say | None:
        """A button that is no answer to a step."""

    @abstractmethod
    def _replied(self, turn: T, to: SentMessage, said: Said) -> bool:
        """Something was said in reply to a message of ours. False where that means no more than saying it."""

    @abstractmethod
    def _unasked(self, turn: T, said: Said) -> Say | None:
        """Something was said where nothing is asked."""

    @abstractmethod
    def _aside(self, turn: T, name: str, about: str) -> Screen:
        """A screen that covers the step."""

    def _watches(self, talk: Talk) -> str | None:
        """The mini whose overview the talk shows, if that is what it shows."""
        return None

    @abstractmethod
    def _home(self, turn: T) -> Screen:
        """What is shown where nothing is asked."""

    # -- the two halves of a turn --

    def answer(self, records: Records, inbound: Inbound) -> Answer:
        """Take one update. The same key a second time changes nothing; a refusal is an answer like any other."""
        if not records.inbox.take(inbound.source, inbound.key):
            return Answer()
        opening = self._open(records, inbound)
        person = self._person(records, opening, inbound)
        if person is None:
            return self._stranger(records, opening, inbound)
        talk = _taken_up(opening.talk, inbound)
        pressed = isinstance(inbound.said, Pressed)
        toast: Say | None = None
        refused = False
        apart: Screen | None = None
        try:
            with records.deed():
                turn = self._turn(records, opening.studio, person, talk, _origin(inbound))
                replied_to = _replied_to(records, self.studio_id, inbound)
                if not replied_to or not self._replied(turn, replied_to, inbound.said):
                    toast = self._take(turn, inbound)
                self._enter(self._again(turn))
                apart = turn.apart
        except Refusal as refusal:
            talk = _taken_up(opening.talk, inbound)
            toast = _refused(talk, refusal)
            refused = True
        whose = self._whose(person)
        row = TalkRow(
            channel=inbound.identity.channel,
            chat=inbound.chat,
            client_id=whose.client_id,
            member_id=whose.member_id,
            watches=self._watches(talk),
            body=talk.to_json(),
            revision=(opening.talk.revision if opening.talk else 0) + 1,
            shown_revision=opening.talk.shown_revision if opening.talk else 0,
            card=opening.talk.card if opening.talk else None,
        )
        self._save(records, row, opening.talk)
        spoken = self._words.phrase(toast, person.language) if toast and pressed else ""
        card = self._words.speak(apart, person.language) if apart else None
        return Answer(toast=spoken, alert=refused and pressed, card=card)

    def show(self, records: Records, channel: str, chat: str) -> Shown | None:
        """The talk's present screen, if it was not shown yet."""
        opening = records.talks.open(self.studio_id, channel, chat)
        if opening is None or opening.talk is None or opening.talk.shown_revision >= opening.talk.revision:
            return None
        person = self._owner(records, opening, chat)
        return self._shown(records, opening.studio, opening.talk, person) if person else None

    def wants(self, records: Records, channel: str, chat: str) -> frozenset[FileKind]:
        """Which files would be an answer to the step where the chat's talk stands."""
        opening = records.talks.open(self.studio_id, channel, chat)
        person = self._owner(records, opening, chat) if opening and opening.talk else None
        if opening is None or opening.talk is None or person is None:
            return NO_FILE
        talk = Talk.from_json(opening.talk.body)
        turn = self._turn(records, opening.studio, person, talk)
        if talk.course is None:
            return self._wants_unasked(turn)
        with suppress(Refusal):  # what the step is about is there no more, so that it asks for nothing
            return files_awaited(self._flows[talk.course.flow], turn)
        return NO_FILE

    def _wants_unasked(self, turn: T) -> frozenset[FileKind]:
        """Which files mean something where nothing is asked."""
        return NO_FILE

    # -- messages that come by themselves --

    def tell(self, records: Records, message: LeasedMessage) -> Shown | None:
        """The screen for an outbox row, or None where it is no longer true. May be called again for the same row."""
        if message.channel is None or message.address is None:
            return None
        opening = records.talks.open(self.studio_id, message.channel, message.address)
        if opening is None:
            return None
        if opening.talk and Talk.from_json(opening.talk.body).event == message.key:
            # A try that failed: the screen stands, and was perhaps shown meanwhile like any that was lost.
            return self.show(records, message.channel, message.address)
        return self._told(records, opening, message)

    @abstractmethod
    def _told(self, records: Records, opening: Opening, message: LeasedMessage) -> Shown | None:
        """The talk's next screen, if the message is about it; else a message apart, if it is still true."""

    def _said(self, message: LeasedMessage, screen: Screen | None, language: str) -> Shown | None:
        """A message that is not the talk's."""
        if screen is None or message.channel is None or message.address is None:
            return None
        return Shown(channel=message.channel, chat=message.address, card=self._words.speak(screen, language))

    def _happened(self, records: Records, turn: T, old: TalkRow, person: P) -> Shown | None:
        """Save the talk after something happened to it from outside, and show its screen."""
        turn.talk.revision += 1
        # What a refused step would have done waits for the next turn; that something happened must be told.
        with suppress(Refusal), records.deed():
            self._end_if_through(turn)
            self._enter(self._again(turn))
        row = replace(old, body=turn.talk.to_json(), revision=old.revision + 1)
        self._save(records, row, old)
        return self._shown(records, turn.studio, row, person)

    # -- what the messenger says by itself --

    def apology(self, language: str) -> Card:
        """Something broke on our side; said once, with a way to try again."""
        return self._words.speak(Screen(lines=lines(say("apology"))), language)

    @property
    def languages(self) -> tuple[str, ...]:
        return self._words.languages

    # -- private --

    def _save(self, records: Records, row: TalkRow, read: TalkRow | None) -> None:
        """Write the talk, if it is still as it was read. Raises Overtaken: the answer is then given anew."""
        if not records.talks.save(self.studio_id, row, read_revision=read.revision if read else None):
            raise Overtaken

    def _open(self, records: Records, inbound: Inbound) -> Opening:
        opening = records.talks.open(self.studio_id, inbound.identity.channel, inbound.chat)
        if opening is None:
            raise LookupError(f"no studio {self.studio_id}")
        return opening

    def _enter(self, turn: T) -> None:
        """Tell the step that is shown next that the talk came to it; one that is covered hears of it later."""
        if turn.talk.course and not turn.talk.aside:
            enter(self._flows[turn.talk.course.flow], turn)

    def _take(self, turn: T, inbound: Inbound) -> Say | None:
        """Let the update have its effect on the talk; gives what is said in passing."""
        talk, said = turn.talk, inbound.said
        ended, why = self._end_if_over(turn)
        if ended:
            turn = self._again(turn)
        if isinstance(said, Typed):
            said = self._labelled(turn, said.text) or said
        match said:
            case Commanded(name, argument):
                return self._run(turn, name, argument)
            case Pressed(data) if not data.partition(":")[0].isdecimal():
                deed, _, reference = data.partition(":")
                return self._press(turn, deed, reference)
            case Unreadable("edited"):
                talk.notice = say("misread-edited")
                return None
            case _ if ended:
                talk.notice = why
                return None
            case Pressed(data) if data == talk.last_press:
                return talk.last_toast
            case Pressed(data) if talk.aside or not talk.course or data.partition(":")[0] != str(talk.revision):
                return say("earlier-step")
            case _:
                return self._take_answer(turn, said)

    def _take_answer(self, turn: T, said: Said) -> Say | None:
        """Take what was said as the answer to the present step."""
        talk = turn.talk
        if talk.course is None:
            return self._unasked(turn, said)
        talk.aside = None
        talk.notice = None
        take(self._flows[talk.course.flow], turn, said)
        talk.misses = 0
        # What was ticked by words in between can be ticked by the same button again.
        talk.last_press, talk.last_toast = (said.data, turn.toast) if isinstance(said, Pressed) else ("", None)
        self._end_if_through(turn)
        return turn.toast

    def _labelled(self, turn: T, text: str) -> Pressed | None:
        """The button of the present screen that says just this: typing a label is pressing it."""
        wanted = text.strip().casefold()
        for row in self._screen(turn).rows:
            for button in row:
                if self._words.phrase(button.label, turn.language).casefold() != wanted:
                    continue
                match button.press:
                    case Choose(choice):
                        return Pressed(f"{turn.talk.revision}:{choice}")
                    case Do(deed, reference):
                        return Pressed(f"{deed}:{reference}")
                    case _:
                        pass
        return None

    def _end_if_over(self, turn: T) -> tuple[bool, Say | None]:
        """End a course that is through, or that has nothing to be about any more; then with why."""
        try:
            return self._end_if_through(turn), None
        except Refusal as refusal:
            turn.talk.end()
            return True, refusal_words(refusal)

    def _end_if_through(self, turn: T) -> bool:
        """End a course that has nothing left to ask: by this answer, or because something happened meanwhile."""
        if turn.talk.course is None or place_of(self._flows[turn.course.flow], turn) is not None:
            return False
        ending = self._flows[turn.course.flow].ending(turn)
        if ending:
            turn.talk.cover(*ending)
        turn.talk.end()
        return True

    def _shown(self, records: Records, studio: Studio, row: TalkRow, person: P) -> Shown:
        talk = Talk.from_json(row.body)
        screen = self._screen(self._turn(records, studio, person, talk))
        fresh = talk.fresh or bool(screen.enclosed)
        screen = replace(screen, enclosed=tuple(one for one in screen.enclosed if one.key not in row.ahead))
        return Shown(
            channel=row.channel,
            chat=row.chat,
            card=self._words.speak(screen, person.language),
            revision=row.revision,
            edit=None if fresh else row.card,
            retire=row.card if fresh else None,
        )

    def _screen(self, turn: T) -> Screen:
        talk, screen = turn.talk, self._screen_of(turn)
        previews = talk.course is not None and "preview" in talk.course.subject
        return replace(screen, preview=screen.preview or previews, enclosed=(*screen.enclosed, *talk.enclosed))

    def _screen_of(self, turn: T) -> Screen:
        """What the talk stands at; where that is there no more, or was forged, why it is not, at home."""
        try:
            return self._standing(turn)
        except Refusal as refusal:
            return self._home(turn).noticing(turn.talk.notice or refusal_words(refusal))

    def _standing(self, turn: T) -> Screen:
        talk = turn.talk
        if talk.aside:
            return self._aside(turn, *talk.aside).noticing(talk.notice)
        if talk.course is None:
            return self._home(turn).noticing(talk.notice)
        flow = self._flows[turn.course.flow]
        return screen_of(flow, turn) or self._ended(turn, flow)

    def _ended(self, turn: T, flow: Flow[T]) -> Screen:
        """A course that is through, as something happened meanwhile: it ends with the next turn."""
        ending = flow.ending(turn)
        screen = self._aside(turn, *ending) if ending else self._home(turn)
        return screen.noticing(turn.talk.notice)


def was_shown(row: TalkRow | None) -> bool:
    """Whether the talk's last screen is in the chat."""
    return row is None or row.shown_revision >= row.revision


def _taken_up(row: TalkRow | None, inbound: Inbound) -> Talk:
    """The talk as the update finds it. Documents that were shown with the last screen do not come with the next."""
    talk = Talk.from_json(row.body) if row else Talk()
    talk.name = inbound.name or talk.name
    talk.fresh = _heard(inbound, row)
    if was_shown(row):
        talk.enclosed.clear()
    return talk


def _replied_to(records: Records, studio_id: str, inbound: Inbound) -> SentMessage | None:
    """The message of ours that was replied to; a command is one wherever it is said."""
    match inbound.said:
        case _ if inbound.reply_to is None:
            return None
        case Commanded() | Pressed() | Confided() | Unreadable("edited"):
            return None
        case _:
            return records.outbox.sent(studio_id, inbound.identity.channel, inbound.chat, inbound.reply_to)


def _origin(inbound: Inbound) -> Origin:
    identity = inbound.identity
    return Origin(channel=identity.channel, chat=inbound.chat, person=identity.external_id, message=inbound.message)


def _heard(inbound: Inbound, row: TalkRow | None) -> bool:
    """Whether the next screen is a new message: after anything but a press on the live card."""
    return not isinstance(inbound.said, Pressed) or row is None or row.card is None or inbound.card != row.card


def _refused(talk: Talk, refusal: Refusal) -> Say:
    talk.misses += 1
    talk.notice = refusal_words(refusal)
    return talk.notice
