"""The reception of the studio's clients."""

from collections.abc import Callable, Mapping

from conversations import asides, asking, commands
from conversations.booking.facts import BookingTurn
from conversations.cards import Card
from conversations.engine import Flow
from conversations.events import EVENTS, WHILE_ASKING, Event
from conversations.flows import FLOWS
from conversations.hall import Hall
from conversations.inbound import Inbound, Said, Typed
from conversations.notices import NOTICES
from conversations.reception import Reception, Whose, was_shown
from conversations.replies import Answer, Shown
from conversations.screens import Say, Screen, lines, say
from conversations.talk import Talk
from conversations.turn import NO_TILL, Front
from conversations.words import Words
from conversations.written import written
from core.client_desk import ClientDesk
from core.messages.messages import Kind
from core.messages.records import LeasedMessage, SentMessage
from core.paperwork.contract import Origin
from core.payments.till_key import Installation
from core.ports import Client, Opening, Records
from core.studio.studio import Studio

MENU = ("book", "my", "help", "privacy")


class ClientsReception(Reception[Client, BookingTurn]):
    """Whoever writes to the clients' bot is a client."""

    def __init__(
        self,
        *,
        studio_id: str,
        words: Words,
        link_of: Callable[[str], str],
        return_of: Callable[[str, str], str] | None = None,
        installation: Installation = NO_TILL,
        flows: Mapping[str, Flow[BookingTurn]] = FLOWS,
    ) -> None:
        """What `Front` says of them; without a page of its own for thanks, the payment page leads into the chat."""
        front = Front(words, link_of, return_of or (lambda payload, _language: link_of(payload)), installation)
        super().__init__(studio_id=studio_id, front=front, flows=flows)
        self._notices = NOTICES | written(words)

    # -- people --

    def _person(self, records: Records, opening: Opening, inbound: Inbound) -> Client:
        """The person as the studio knows them; somebody new is written down with no more than their chat."""
        if opening.client:
            return opening.client
        known = records.clients.by_identity(self.studio_id, inbound.identity)
        if known:
            return known
        client = Client(id=records.new_id(), studio_id=self.studio_id, language=inbound.language)
        records.clients.add(client, inbound.identity, inbound.chat)
        return client

    def _owner(self, records: Records, opening: Opening, chat: str) -> Client | None:
        return opening.client

    def _whose(self, person: Client) -> Whose:
        return Whose(client_id=person.id)

    def _stranger(self, records: Records, opening: Opening, inbound: Inbound) -> Answer:
        raise AssertionError("everybody may be a client")

    # -- turns --

    def _turn(
        self, records: Records, studio: Studio, person: Client, talk: Talk, origin: Origin | None = None
    ) -> BookingTurn:
        return commands.turn_of(ClientDesk(records, studio, person), talk, self._front, origin)

    def _again(self, turn: BookingTurn) -> BookingTurn:
        return commands.turn_of(turn.desk, turn.talk, turn.front, turn.origin)

    def _run(self, turn: BookingTurn, name: str, argument: str) -> Say | None:
        return commands.run(turn, name, argument)

    def _press(self, turn: BookingTurn, deed: str, reference: str) -> Say | None:
        return commands.press(turn, deed, reference)

    def _replied(self, turn: BookingTurn, to: SentMessage, said: Said) -> bool:
        """To something that the studio said, a reply is an answer."""
        if to.kind != Kind.STUDIO_SAYS:
            return False
        asking.reply(turn, to, said)
        return True

    def _unasked(self, turn: BookingTurn, said: Said) -> Say | None:
        """Words may be meant for the studio; with anything else, say what can be booked."""
        if isinstance(said, Typed):
            asking.offer(turn, said.text)
            return None
        turn.talk.cover("minis")
        turn.talk.notice = say("misread-anything")
        return None

    def _aside(self, turn: BookingTurn, name: str, about: str) -> Screen:
        return asides.ASIDES[name](Hall(turn.desk, turn.talk), about)

    def _home(self, turn: BookingTurn) -> Screen:
        return asides.minis(Hall(turn.desk, turn.talk), "")

    # -- messages that come by themselves --

    def _told(self, records: Records, opening: Opening, message: LeasedMessage) -> Shown | None:
        if shown := self._event(records, opening, message):
            return shown
        notice = self._notices.get(message.kind)
        screen = notice(records, opening.studio, message) if notice else None
        return self._said(message, screen, opening.client.language if opening.client else opening.studio.locale)

    def _event(self, records: Records, opening: Opening, message: LeasedMessage) -> Shown | None:
        """Something happened to the talk's booking: its next screen is shown, if it is still true."""
        if opening.talk is None or opening.client is None:
            return None
        talk = Talk.from_json(opening.talk.body)
        turn = self._turn(records, opening.studio, opening.client, talk)
        booking = turn.desk.booking(message.booking_id) if message.booking_id else None
        if booking is None or booking.attempt != message.values.get("attempt"):
            return None
        event = _events_of(talk, booking.id).get(message.kind)
        if event is None:
            return None
        talk.notice = None
        if was_shown(opening.talk):
            talk.enclosed.clear()
        if not event.happened(turn, message):
            return None
        talk.aside = None
        talk.fresh = event.rings
        talk.event = message.key
        return self._happened(records, turn, opening.talk, opening.client)

    # -- what the messenger says of the bot --

    def elsewhere(self, language: str) -> Card:
        """In a group the bot only says where it talks."""
        return self._words.speak(Screen(lines=lines(say("in-private", link=self._front.link_of("")))), language)

    def menu(self, language: str) -> tuple[tuple[str, str], ...]:
        return tuple((name, self._words.phrase(say(f"menu-{name}"), language)) for name in MENU)

    def strangers_menu(self, language: str) -> tuple[tuple[str, str], ...]:
        """Where nobody talks with the bot yet, as in a group."""
        return (("start", self._words.phrase(say("menu-start"), language)),)

    def about(self, language: str, studio_name: str) -> str:
        """What stands in a chat that is still empty."""
        return self._words.phrase(say("about", studio=studio_name), language)


def _events_of(talk: Talk, booking_id: str) -> Mapping[str, Event]:
    """What is a screen of the talk, of all that happens to the booking."""
    if asking.waits_behind(talk, booking_id):
        return WHILE_ASKING
    return EVENTS if talk.course and talk.course.booking_id == booking_id else {}
