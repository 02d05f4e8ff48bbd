"""One studio on one database, and the people who write to it: real store, doors and reception, on a moved clock."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from conversations.booking.facts import BookingTurn
from conversations.booking.flow import BOOK
from conversations.cards import Card, plain
from conversations.clients import ClientsReception
from conversations.engine import Flow
from conversations.flows import FLOWS
from conversations.inbound import Confided, FileKind, Inbound
from conversations.reception import Reception
from conversations.replies import Shown
from conversations.studio.reception import CHANNEL as STUDIO_CHANNEL
from conversations.studio.reception import StudioReception
from conversations.talk import Talk
from conversations.turn import Front
from core.back_office import BackOffice
from core.messages.records import LeasedMessage, Sending
from core.payments.till_key import INSTALLATIONS, Installation
from core.ports import Records
from core.studio.studio import Studio
from storage.store import Store
from tests.bots.render_checks import check_slack, check_telegram
from tests.builders import CHICAGO, found
from tests.conversations.backstage import Backstage, Known
from tests.conversations.counter import Counter
from tests.conversations.held_clock import HeldClock
from tests.conversations.languages import every_language
from tests.conversations.phone import CHANNEL, TEAM, Phone
from tests.conversations.secrets import secret_named

LINK_KEY = b"a key for links, thirty-two bytes"
WORDS = every_language()
#: The names that Telegram knows the clients by.
PEOPLE = {"client": "Ana Torres", "client 2": "Ben Osei", "client 3": "Chi Lam"}
#: Past a deadline by less than anybody would notice.
_MOMENT = timedelta(milliseconds=20)
_WORKER = "player"

T = TypeVar("T")


@cache
def _check(card: Card) -> None:
    """Whatever is seen can be shown by every messenger; the same card need not be looked at again."""
    check_telegram(card)
    check_slack(card)


class Scene:
    """What reaches a person is written down in their phone."""

    def __init__(self, url: str, *, checked: bool = True, flow: Flow[BookingTurn] = BOOK) -> None:
        self._url = url
        self._flow = flow
        #: Every screen is shown twice, and on one engine held against the messengers: they know of no database.
        self._checked = checked
        self._rendered = checked and url.startswith("sqlite")
        self._clock = HeldClock(url)
        self.store = Store.open(url, link_key=LINK_KEY)
        desk = self.store.do(found)
        self._studio_id = desk.studio.id
        self._known = Known(desk.member.id)
        self._takes_cards = False
        #: The studio's own keys that cannot be opened.
        self._locked_out: set[str] = set()
        self._public = False
        self.counter = Counter(self._do)
        self.receptions = self._receptions()
        self.phones = {who: Phone(number, name) for number, (who, name) in enumerate(PEOPLE.items(), 1)} | {
            who: Phone(number, name, STUDIO_CHANNEL) for who, (number, name) in TEAM.items()
        }
        #: The next screen never leaves the house: the program dies before it is sent.
        self.loses_next = False

    def _do(self, work: Callable[[Records], T]) -> T:
        """In a unit of its own, on the store as it is then: a restart opens another."""
        return self.store.do(work)

    @property
    def reception(self) -> Reception[Any, Any]:
        """The clients'."""
        return self.receptions[CHANNEL]

    def close(self) -> None:
        self.store.close()
        self._clock.let_go()

    def take_cards(self, *, taken: bool = True) -> None:
        """From now on clients can pay online, or cannot."""
        self._takes_cards = taken
        self.receptions = self._receptions()

    def lock_out(self, *, locked: bool = True) -> None:
        """From now on the studio's own key of the till cannot be opened, or can again."""
        own = self.backstage(lambda stage: stage.records.till_keys.present(self._studio_id))
        assert own
        self._locked_out = {own.key.locked} if locked else set()
        self.receptions = self._receptions()

    @property
    def _installation(self) -> Installation:
        return Installation(takes_cards=self._takes_cards, opens=lambda own: own.key.locked not in self._locked_out)

    def confided(self, phone: Phone, text: str) -> Confided:
        """The secret as the studio's reception hears of it: nothing came of one that it does not ask for."""
        own = self.backstage(lambda stage: stage.records.till_keys.present(self._studio_id))
        said = secret_named(text, own.id if own else INSTALLATIONS)
        reception = self.receptions[STUDIO_CHANNEL]
        assert isinstance(reception, StudioReception)
        asks = self.store.look(lambda records: reception.asks_for_secret(records, phone.channel, phone.chat))
        return said if asks else replace(said, outcome=None)

    def go_public(self) -> None:
        """From now on the world sees the public pages."""
        self._public = True
        self.receptions = self._receptions()

    def restart(self) -> None:
        """Forget all that is not in the database; then, as at every start, look for screens that were lost."""
        self.store.close()
        self.store = Store.open(self._url, link_key=LINK_KEY)
        self.receptions = self._receptions()
        for _studio, row in self.store.look(lambda records: records.talks.unshown(50)):
            self._show(row.channel, row.chat)
        self.settle()

    def backstage(self, deed: Callable[[Backstage], T]) -> T:
        """Do something behind the scene, in a unit of its own."""

        def work(records: Records) -> T:
            studio = records.studios.one(self._studio_id)
            assert studio
            return deed(self.backstage_of(records, studio))

        return self.store.do(work)

    def backstage_of(self, records: Records, studio: Studio) -> Backstage:
        """What is behind the scene, within a unit that is open already."""
        return Backstage(records, studio, self._known)

    # -- a turn --

    def hear(self, phone: Phone, inbound: Inbound) -> None:
        """One update: its answer, its screen, and what else became due by it."""
        answer = self.store.do(lambda records: self.receptions[phone.channel].answer(records, inbound))
        phone.hears("alert" if answer.alert else "toast", answer.toast)
        if answer.card:
            self._bring(Shown(channel=phone.channel, chat=phone.chat, card=answer.card))
        if self.loses_next:
            self.loses_next = False
            return
        if answer.show:
            self._show(phone.channel, phone.chat)
        self.settle()

    def wants_photo(self, phone: Phone) -> bool:
        reception = self.receptions[phone.channel]
        wanted = self.store.look(lambda records: reception.wants(records, phone.channel, phone.chat))
        return FileKind.PICTURE in wanted

    def _show(self, channel: str, chat: str) -> None:
        reception = self.receptions[channel]
        shown = self.store.look(lambda records: reception.show(records, channel, chat))
        if self._checked:
            again = self.store.look(lambda records: reception.show(records, channel, chat))
            assert shown == again, "showing is repeatable"
        if shown:
            card = self._bring(shown)
            self.store.do(lambda records: self._note_shown(records, shown, card))

    def settle(self) -> None:
        """Bring what is due and ask the till what is due, in turn, until all is quiet."""
        self.deliver()
        while self.counter.do_errands():
            self.deliver()

    def at_the_till(self, what: str, phone: Phone) -> bool:
        """Let something happen there that is about the person's payments. False where nobody knows what it means."""
        known = self.counter.happens(what, self.pages_of(phone))
        if known:
            self.settle()
        return known

    def pages_of(self, phone: Phone) -> list[str]:
        """Every payment page of the person's bookings, by its name at the till, oldest first."""
        bookings = self.backstage(lambda stage: {one.id for one in stage.bookings_of(phone.chat)})
        return self.counter.till.sessions_of(bookings)

    def deliver(self) -> None:
        """Bring what is due, as the courier does."""
        while rows := self.store.do(lambda records: records.outbox.lease(_WORKER, 50, timedelta(minutes=2))):
            for row in rows:
                self._deliver(row)

    def _deliver(self, row: LeasedMessage) -> None:
        shown = self.store.do(lambda records: self._tell(records, row))
        blocked = any(
            one.blocked for one in self.phones.values() if (one.channel, one.chat) == (row.channel, row.address)
        )
        card = self._bring(shown) if shown and not blocked else None

        def settle(records: Records) -> None:
            state = Sending.DROPPED if not shown else Sending.DEAD if blocked else Sending.SENT
            assert records.outbox.settle(_WORKER, row.id, state, provider_id=card)
            if state is Sending.DEAD:
                BackOffice(records).undelivered(row)
            if shown:
                self._note_shown(records, shown, card)

        self.store.do(settle)

    def _tell(self, records: Records, row: LeasedMessage) -> Shown | None:
        if row.drop_after is not None and row.drop_after <= records.now:
            return None
        return self.receptions[row.channel].tell(records, row) if row.channel else None

    def _bring(self, shown: Shown) -> str | None:
        """Let it be seen by whom it is for."""
        if self._rendered:
            _check(shown.card)
        where = (shown.channel, shown.chat)
        phone = next((one for one in self.phones.values() if (one.channel, one.chat) == where), None)
        if phone is None:
            return None
        said = " ".join(plain(line.text) for line in shown.card.lines)
        if self._checked and "othing was charged" in said:
            assert not self.charged(phone), f"something was charged: {said}"
        return phone.sees(shown)

    def charged(self, phone: Phone) -> bool:
        """Whether anything was paid for the person's newest booking, as the till has it."""
        bookings = self.backstage(lambda stage: stage.bookings_of(phone.chat))
        newest = max(bookings, key=lambda one: one.began_at, default=None)
        return newest is not None and any(
            self.counter.till.page(one).payment_ref for one in self.counter.till.sessions_of({newest.id})
        )

    def _note_shown(self, records: Records, shown: Shown, card: str | None) -> None:
        if shown.revision is None:
            return
        records.talks.shown(self._studio_id, shown.channel, shown.chat, shown.revision, card)
        opening = records.talks.open(self._studio_id, shown.channel, shown.chat)
        assert opening
        assert opening.talk
        assert Talk.from_json(opening.talk.body).to_json() == opening.talk.body, "a talk goes to JSON and back"

    # -- time --

    def pass_time(self, what: str) -> bool:
        """Let time pass, stopping wherever something is due. False where the words name no time."""
        length = self._length(what)
        if length is None:
            return False
        self.let_pass(length)
        return True

    def let_pass(self, length: timedelta) -> None:
        until = self.store.look(lambda records: records.now) + length
        while self._pass_to_next_stop(until):
            self.settle()
        self.settle()

    def _pass_to_next_stop(self, until: datetime) -> bool:
        def work(records: Records) -> bool:
            due = records.clock.next_deadline()
            stop = min(until, due) if due else until
            records.clock.shift(max(stop - records.now, timedelta(0)) + _MOMENT)
            return stop < until

        more = self.store.do(work)
        self.store.do(lambda records: _do_all_that_is_due(BackOffice(records, self._installation)))
        return more

    def _length(self, what: str) -> timedelta | None:
        if match := re.fullmatch(r"(\d+|an?|one) (minute|hour|day)s? pass(?:es)?", what):
            return timedelta(**{f"{match[2]}s": int(match[1]) if match[1].isdecimal() else 1})
        ends: dict[str, Callable[[Backstage], datetime]] = {
            "the hold ends": lambda stage: stage.booking().hold_until,
            "the session is over": lambda stage: stage.booking().snapshot.ends,
            "the next morning comes": lambda stage: _eight_in_the_morning(stage.records.now),
        }
        if what not in ends:
            return None
        return self.backstage(lambda stage: ends[what](stage) - stage.records.now)

    def _receptions(self) -> dict[str, Reception[Any, Any]]:
        """By channel."""

        def link_of(payload: str) -> str:
            return f"https://t.me/LunaPhotoBot?start={payload}"

        clients = ClientsReception(
            studio_id=self._studio_id,
            words=WORDS,
            link_of=link_of,
            installation=self._installation,
            flows={**FLOWS, BOOK.name: self._flow},
        )
        front = Front(
            WORDS,
            link_of,
            lambda payload, _language: link_of(payload),
            installation=self._installation,
            page_of=lambda link: f"https://minis.luna.example/m/{link}" if self._public else "",
            events_at="https://minis.luna.example/stripe" if self._public else "",
        )
        studio = StudioReception(
            studio_id=self._studio_id,
            front=front,
            door=lambda payload: f"https://t.me/LunaStudioBot?start={payload}",
        )
        return {CHANNEL: clients, STUDIO_CHANNEL: studio}


def _eight_in_the_morning(now: datetime) -> datetime:
    tomorrow = now.astimezone(CHICAGO).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(8), CHICAGO)


def _do_all_that_is_due(office: BackOffice) -> None:
    for deed in (
        office.lapse_holds,
        office.lapse_reservations,
        office.open_minis,
        office.finish_sessions,
        office.presume_closed,
        office.end_choices,
    ):
        while deed():
            pass
