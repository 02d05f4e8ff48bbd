"""The reception: every update of every chat comes in here, in one transaction, and every screen goes out from here.

Answer and show are two halves (DECISIONS 18-24): the answer is committed with its inbox key; showing reads what was
committed, so that a screen whose sending was lost is simply shown again.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from conversations import asides, commands
from conversations.booking.facts import BookingFacts
from conversations.cards import Card
from conversations.engine import Flow, awaits_photo, enter, place_of, refusal_words, screen_of, take
from conversations.events import EVENTS, Event
from conversations.flows import FLOWS
from conversations.inbound import NO_FILE, Commanded, FileKind, Inbound, Pressed, Said, Typed, Unreadable
from conversations.notices import NOTICES
from conversations.replies import Answer, Shown
from conversations.screens import Choose, Do, Say, Screen, lines, say
from conversations.talk import Talk
from conversations.turn import Front, Turn
from conversations.words import Words
from core.client_desk import ClientDesk
from core.paperwork.contract import Origin
from core.ports import Client, LeasedMessage, Opening, Records, TalkRow
from core.values.refusals import Overtaken, Refusal

MENU = ("book", "my", "help", "privacy")


class Reception:
    """The front of the house for one studio's clients. It keeps nothing between two calls."""

    def __init__(
        self,
        *,
        studio_id: str,
        words: Words,
        link_of: Callable[[str], str],
        return_of: Callable[[str, str], str] | None = None,
        takes_cards: bool = False,
        flows: Mapping[str, Flow[BookingFacts]] = FLOWS,
    ) -> None:
        """What `Front` says of them; without a page of its own for thanks, the payment page leads into the chat."""
        self.studio_id = studio_id
        self._flows = flows
        self._words = words
        self._front = Front(words, link_of, return_of or (lambda payload, _language: link_of(payload)), takes_cards)

    # -- the two halves of a turn --

    def answer(self, records: Records, inbound: Inbound) -> Answer:
        """Take one update. The same key a second time changes nothing; a refusal is an answer like any other."""
        if not records.inbox.take(inbound.source, inbound.key):
            return Answer()
        opening = self._open(records, inbound)
        client = self._client(records, opening, inbound)
        desk = ClientDesk(records, opening.studio, client)
        talk = _taken_up(opening.talk, inbound)
        pressed = isinstance(inbound.said, Pressed)
        refused = False
        try:
            with records.deed():
                toast = self._take(self._turn(desk, talk, _origin(inbound)), inbound)
                self._enter(desk, talk, _origin(inbound))
        except Refusal as refusal:
            talk = _taken_up(opening.talk, inbound)
            toast = _refused(talk, refusal)
            refused = True
        row = TalkRow(
            channel=inbound.identity.channel,
            chat=inbound.chat,
            client_id=client.id,
            body=talk.to_json(),
            revision=(opening.talk.revision if opening.talk else 0) + 1,
            shown_revision=opening.talk.shown_revision if opening.talk else 0,
            card=opening.talk.card if opening.talk else None,
        )
        self._save(records, row, opening.talk)
        spoken = self._words.phrase(toast, client.language) if toast and pressed else ""
        return Answer(toast=spoken, alert=refused and pressed)

    def show(self, records: Records, channel: str, chat: str) -> Shown | None:
        """The talk's present screen, if it was not shown yet."""
        opening = records.talks.open(self.studio_id, channel, chat)
        if opening is None or opening.talk is None or opening.client is None:
            return None
        if opening.talk.shown_revision >= opening.talk.revision:
            return None
        return self._shown(records, opening, opening.talk, opening.client)

    def wants(self, records: Records, channel: str, chat: str) -> frozenset[FileKind]:
        """Which files would be an answer to the step where the chat's talk stands."""
        opening = records.talks.open(self.studio_id, channel, chat)
        if opening is None or opening.talk is None or opening.client is None:
            return NO_FILE
        desk = ClientDesk(records, opening.studio, opening.client)
        talk = Talk.from_json(opening.talk.body)
        if talk.course is None or not awaits_photo(self._flows[talk.course.flow], self._turn(desk, talk)):
            return NO_FILE
        return frozenset({FileKind.PICTURE})

    # -- messages that come by themselves --

    def tell(self, records: Records, message: LeasedMessage) -> Shown | None:
        """The screen for an outbox row, or None where it is no longer true. May be called again for the same row."""
        if message.channel is None or message.address is None:
            return None
        opening = records.talks.open(self.studio_id, message.channel, message.address)
        if opening is None:
            return None
        if opening.talk and opening.client and Talk.from_json(opening.talk.body).event == message.key:
            # A try that failed: the screen stands, and was perhaps shown meanwhile like any that was lost.
            return self.show(records, message.channel, message.address)
        event, notice = EVENTS.get(message.kind), NOTICES.get(message.kind)
        if event and (shown := self._event(records, opening, message, event)):
            return shown
        screen = notice(records, opening.studio, message) if notice else None
        if screen is None:
            return None
        language = opening.client.language if opening.client else opening.studio.locale
        return Shown(channel=message.channel, chat=message.address, card=self._words.speak(screen, language))

    def _event(self, records: Records, opening: Opening, message: LeasedMessage, event: Event) -> Shown | None:
        """Something happened to the talk's booking: its next screen is shown, if it is still true."""
        if opening.talk is None or opening.client is None:
            return None
        desk = ClientDesk(records, opening.studio, opening.client)
        booking = desk.booking(message.booking_id) if message.booking_id else None
        talk = Talk.from_json(opening.talk.body)
        if booking is None or booking.attempt != message.values.get("attempt"):
            return None
        course = talk.course
        if course is None or course.booking_id != booking.id:
            return None
        turn = self._turn(desk, talk)
        talk.notice = None
        if _was_shown(opening.talk):
            talk.enclosed.clear()
        if not event.happened(turn, message):
            return None
        talk.aside = None
        talk.fresh = event.rings
        talk.event = message.key
        talk.revision += 1
        self._end_if_through(turn)
        # What a refused step would have done waits for the next turn; that something happened must be told.
        with suppress(Refusal), records.deed():
            self._enter(desk, talk)
        row = replace(opening.talk, body=talk.to_json(), revision=opening.talk.revision + 1)
        self._save(records, row, opening.talk)
        return self._shown(records, replace(opening, talk=row), row, opening.client)

    # -- what the messenger's menu says --

    def apology(self, language: str) -> Card:
        """Something broke on our side; said once, with a way to try again."""
        return self._words.speak(Screen(lines=lines(say("apology"))), language)

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

    def _client(self, records: Records, opening: Opening, inbound: Inbound) -> Client:
        """The person as the studio knows them; somebody new is written down with no more than their chat."""
        if opening.client:
            return opening.client
        known = records.clients.by_identity(self.studio_id, inbound.identity)
        if known:
            return known
        client = Client(id=records.new_id(), studio_id=self.studio_id, language=inbound.language)
        records.clients.add(client, inbound.identity, inbound.chat)
        return client

    def _turn(self, desk: ClientDesk, talk: Talk, origin: Origin | None = None) -> Turn[BookingFacts]:
        return commands.turn_of(desk, talk, self._front, origin)

    def _enter(self, desk: ClientDesk, talk: Talk, origin: Origin | None = None) -> None:
        """Tell the step that is shown next that the talk came to it; one that is covered hears of it later."""
        if talk.course and not talk.aside:
            enter(self._flows[talk.course.flow], self._turn(desk, talk, origin))

    def _take(self, turn: Turn[BookingFacts], inbound: Inbound) -> Say | None:
        """Let the update have its effect on the talk; gives what is said in passing."""
        talk, said = turn.talk, inbound.said
        ended = self._end_if_through(turn)
        if ended:
            turn = self._turn(turn.desk, talk, turn.origin)
        if isinstance(said, Typed):
            said = self._labelled(turn, said.text) or said
        match said:
            case Commanded(name, argument):
                return commands.run(turn, name, argument)
            case Pressed(data) if not data.partition(":")[0].isdecimal():
                deed, _, reference = data.partition(":")
                return commands.press(turn, deed, reference)
            case Unreadable("edited"):
                talk.notice = say("misread-edited")
                return None
            case _ if ended:
                talk.notice = None
                return None
            case Pressed(data) if data == talk.last_press:
                return talk.last_toast
            case Pressed(data) if talk.aside or not talk.course or data.partition(":")[0] != str(talk.revision):
                return say("earlier-step")
            case _:
                return self._take_answer(turn, said)

    def _take_answer(self, turn: Turn[BookingFacts], said: Said) -> Say | None:
        """Take what was said as the answer to the present step; where nothing is asked, say what can be booked."""
        talk = turn.talk
        talk.aside = None
        if talk.course is None:
            talk.cover("minis")
            talk.notice = say("misread-anything")
            return None
        talk.notice = None
        take(self._flows[talk.course.flow], turn, said)
        talk.misses = 0
        # What was ticked by words in between can be ticked by the same button again.
        talk.last_press, talk.last_toast = (said.data, turn.toast) if isinstance(said, Pressed) else ("", None)
        self._end_if_through(turn)
        return turn.toast

    def _labelled(self, turn: Turn[BookingFacts], text: str) -> Pressed | None:
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

    def _end_if_through(self, turn: Turn[BookingFacts]) -> bool:
        """End a course that has nothing left to ask: by this answer, or because something happened meanwhile."""
        if turn.talk.course is None or place_of(self._flows[turn.course.flow], turn) is not None:
            return False
        turn.talk.cover(*self._flows[turn.course.flow].ending(turn))
        turn.talk.end()
        return True

    def _shown(self, records: Records, opening: Opening, row: TalkRow, client: Client) -> Shown:
        desk = ClientDesk(records, opening.studio, client)
        talk = Talk.from_json(row.body)
        screen = self._screen(self._turn(desk, talk))
        fresh = talk.fresh or bool(screen.enclosed)
        screen = replace(screen, enclosed=tuple(one for one in screen.enclosed if one.key not in row.ahead))
        return Shown(
            channel=row.channel,
            chat=row.chat,
            card=self._words.speak(screen, client.language),
            revision=row.revision,
            edit=None if fresh else row.card,
            retire=row.card if fresh else None,
        )

    def _screen(self, turn: Turn[BookingFacts]) -> Screen:
        talk, screen = turn.talk, self._screen_of(turn)
        previews = talk.course is not None and "preview" in talk.course.subject
        return replace(screen, preview=screen.preview or previews, enclosed=(*screen.enclosed, *talk.enclosed))

    def _screen_of(self, turn: Turn[BookingFacts]) -> Screen:
        talk, hall = turn.talk, asides.Hall(turn.desk, turn.talk)
        if talk.aside:
            name, about = talk.aside
            return asides.ASIDES[name](hall, about).noticing(talk.notice)
        if talk.course is None:
            return asides.minis(hall, "").noticing(talk.notice)
        screen = screen_of(self._flows[turn.course.flow], turn)
        if screen is not None:
            return screen
        name, about = self._flows[turn.course.flow].ending(turn)
        return asides.ASIDES[name](hall, about)


def _taken_up(row: TalkRow | None, inbound: Inbound) -> Talk:
    """The talk as the update finds it. Documents that were shown with the last screen do not come with the next."""
    talk = Talk.from_json(row.body) if row else Talk()
    talk.name = inbound.name or talk.name
    talk.fresh = _heard(inbound, row)
    if _was_shown(row):
        talk.enclosed.clear()
    return talk


def _was_shown(row: TalkRow | None) -> bool:
    return row is None or row.shown_revision >= row.revision


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
