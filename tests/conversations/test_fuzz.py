"""Random updates of several people against the real house: nothing breaks or is skipped, nobody reaches another's.

What they send is what the messenger's reader lets through, forged buttons among it.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.cards import Card
from conversations.inbound import (
    Commanded,
    Filled,
    Pressed,
    Said,
    SentPhoto,
    SharedPhone,
    Typed,
    Unreadable,
    Unusable,
    UnusablePhoto,
)
from conversations.screens import Choose, Do, Open
from core.booking.booking import CLAIMING, LIVE_HOLD, Booking, Owner, State
from core.payments.payment import KEPT, Disposition
from core.payments.till import RefundState
from core.values.money import Money
from core.values.refusals import Refusal
from tests.conversations.backstage import Backstage, happens
from tests.conversations.phone import Phone
from tests.conversations.scene import Scene

SMOKE = 1_500
FULL = 100_000
#: Updates after which everything is looked over and old messages scroll out of sight.
LOOK_OVER = 50

TEXTS = (
    *("10:15", "10:40", "the last one", "Saturday", "after 11", "sunday 1:25 pm", "noon", "2", "9 - 12", "25:00"),
    *("Ana Torres", "ana@mail.com", "ana@mail", "+1 312 555 0188", "555", "skip", "Confirm, nothing to pay", "‹ Back"),
    *("A", "😀", "**bold** { $x }", "\ue0000\ue001", "<b>&amp;", "t.me/x", "x" * 4096, "שלום עולם", "\u202e", "٣", " "),
)
COMMANDS = ("start", "book", "my", "help", "privacy", "back", "cancel", "frobnicate")
CHOICES = (
    "pay",
    "change",
    "book",
    "no",
    "again",
    "other",
    "yes",
    "done",
    "confirm",
    "time",
    "details",
    "keep",
    "skip",
    "use0",
    "use9",
)
ODD = ("page.99999999", "page.٣", "page.-1", "part.night", "part.", "9.extra-print", "1.", "day.2026-11-28", "", ":")
DEEDS = (
    "back",
    "cancel",
    "help",
    "ask",
    "pass_on",
    "minis",
    "my",
    "mini",
    "booking",
    "cancel_booking",
    "cancel_yes",
    "stop_yes",
)
MORE_DEEDS = ("go_on", "over", "switch", "extend", "let_go", "choose", "pick", "take_money", "frobnicate", "")
#: What happens at the till, whosever page it is about.
AT_THE_TILL = (
    "a webhook comes",
    "a webhook comes",
    "Stripe is down",
    "Stripe answers again",
    "Stripe answers again",
    "Stripe's next answer is lost",
    "Stripe refuses the page",
    "Stripe makes pages again",
    "the next refund fails",
    "the next refund takes its time",
)
EVENTS = (
    "Luna Photo honours the payment",
    "Luna Photo sends the payment back",
    "Luna Photo tries the refund again",
    "Luna Photo pauses Fall Minis",
    "Luna Photo resumes Fall Minis",
    "Luna Photo raises prices by $1",
    "Luna Photo drops the extra Your dog",
)


class Crowd:
    """People who do anything at any time. The same seed does the same again."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self._scene = scene
        self._chance = random.Random(seed)
        self._names = scene.backstage(_names_of_everything)
        self.did: Counter[str] = Counter()

    def do_something(self) -> None:
        chance = self._chance
        if chance.random() < 0.02:
            self._something_happens()
            return
        phone = chance.choice(list(self._scene.phones.values()))
        said, card = self._something(phone)
        self.did[type(said).__name__] += 1
        self._scene.hear(phone, phone.update(said, card))
        phone.heard.clear()

    def _something(self, phone: Phone) -> tuple[Said, str | None]:
        chance = self._chance
        kinds = ("go on", "press", "late", "type", "command", "forge", "odd")
        match chance.choices(kinds, (45, 20, 5, 10, 5, 10, 5))[0]:
            case "go on":
                return self._go_on(phone)
            case "press":
                return self._press(list(phone.standing.items())[-3:])
            case "late":
                return self._press(phone.faces[-10:])
            case "type":
                return Typed(chance.choice(TEXTS)), None
            case "command":
                return Commanded(chance.choice(COMMANDS), chance.choice(("", *self._names["links"]))), None
            case "forge":
                return Pressed(self._forged()[:64]), chance.choice((None, "message 1"))
            case _:
                return self._odd(), None

    def _press(self, among: list[tuple[str, Card]]) -> tuple[Said, str | None]:
        buttons = [(name, card.revision, button.press) for name, card in among for row in card.rows for button in row]
        if not buttons:
            return Commanded("start", self._chance.choice(self._names["links"])), None
        name, revision, press = self._chance.choice(buttons)
        match press:
            case Choose(choice):
                return Pressed(f"{revision}:{choice}"), name
            case Do(deed, reference):
                return Pressed(f"{deed}:{reference}"), name
            case Open(url):
                return self._pay(url.rpartition("/")[2])
            case _:
                return SharedPhone("13125550188", own=True), None

    def _pay(self, session: str) -> tuple[Said, str | None]:
        """Pay the page, mostly what it asks for, and come back to the chat."""
        odd = Money(4200, "USD") if self._chance.random() < 0.2 else None
        self.did["paid"] += self._scene.counter.till.pay(session, odd)
        return Commanded("start", self._chance.choice([f"p_{one}" for one in self._bookings()] or [""])), None

    def _go_on(self, phone: Phone) -> tuple[Said, str | None]:
        """What leads to a booking: the details where they are asked, else the first button of the newest message."""
        newest = list(phone.standing.items())[-1:]
        if newest and newest[0][1].form:
            return Filled({"name": "Ana Torres", "email": "ana@mail.com", "phone": ""}), None
        return self._press([(name, replace(card, rows=card.rows[:1])) for name, card in newest])

    def _forged(self) -> str:
        chance, names = self._chance, self._names
        if chance.random() < 0.5:
            about = chance.choice((*names["minis"], *self._bookings(), f"{names['minis'][0]} preview=1 x", "x", ""))
            return f"{chance.choice((*DEEDS, *MORE_DEEDS))}:{about}"
        return f"{chance.randrange(40)}:{chance.choice((*names['spots'], *CHOICES, *ODD))}"

    def _odd(self) -> Said:
        chance = self._chance
        return chance.choice(
            (
                Unreadable(chance.choice(("photo", "edited", "voice", "poll"))),
                SharedPhone(chance.choice(("13125550188", "1", "", "x" * 32)), own=chance.random() < 0.5),
                Filled({"name": "Ana Torres", "email": chance.choice(("ana@mail.com", "?")), "phone": ""}),
                Filled({}),
                SentPhoto(b"a picture"),
                UnusablePhoto(chance.choice(list(Unusable))),
            )
        )

    def _bookings(self) -> list[str]:
        return [one.id for one in self._scene.backstage(lambda stage: list(every_booking(stage)))][-8:]

    def _something_happens(self) -> None:
        chance, scene = self._chance, self._scene
        event = chance.choice((*EVENTS, *AT_THE_TILL, *["time"] * 6))
        self.did[event] += 1
        if event == "time":
            scene.let_pass(timedelta(minutes=chance.choice((1, 4, 12, 16, 61))))
        elif event in AT_THE_TILL:
            scene.counter.happens(event, [])
        else:
            _decide(scene, event)
        scene.settle()


def _decide(scene: Scene, event: str) -> None:
    """Let the studio do something, if it can: not every payment is to be decided on, not every refund failed."""
    with suppress(Refusal, LookupError):
        scene.backstage(lambda stage: happens(stage, event))


def _names_of_everything(stage: Backstage) -> dict[str, list[str]]:
    minis = list(stage.known.minis.values())
    links = ["Fall Minis", "Dance Class from web", "Anna's reservation", "a broken link", "the preview of Spring Minis"]
    spots = [
        row.spot.id for mini in minis for row in stage.records.spots.list(stage.studio.id, mini, stage.records.now)
    ]
    return {"minis": minis, "spots": spots, "links": [stage.link(one) for one in links]}


def every_booking(stage: Backstage) -> Iterator[Booking]:
    for mini_id in stage.known.minis.values():
        yield from stage.records.bookings.of_mini(stage.studio.id, mini_id)


def look_over(stage: Backstage) -> None:
    """Everything that must be true at every moment."""
    bookings = list(every_booking(stage))
    for one in bookings:
        if one.state is State.CONFIRMED:
            assert one.contact, "no step before the confirmation is skipped"
            assert not one.preview, "a preview is never confirmed"
        kept = [it for it in stage.records.payments.of_booking(stage.studio.id, one.id) if it.disposition in KEPT]
        booked = one.state in {State.CONFIRMED, State.CANCELLED, State.DONE, State.NO_SHOW}
        assert len(kept) <= booked, "money is kept once, and for a booking"
        assert kept or not (one.state is State.CONFIRMED and one.price.due_now), "what is due now is paid"
        live = one.state in CLAIMING
        seats = stage.records.claims.live(stage.studio.id, Owner.booking(one.id))
        assert len(seats) == (one.places if live else 0), "a live booking has its seats, another has none"
        assert {seat.spot_id for seat in seats} <= {one.spot_id}
    holds = Counter((one.client_id, one.mini_id, one.preview) for one in bookings if one.state in LIVE_HOLD)
    assert max(holds.values(), default=0) <= 1, "one live hold per client per mini"


def look_over_the_till(scene: Scene) -> None:
    """What is so once all is quiet: every payment that the till has is one of ours, and none is forgotten."""
    till = scene.counter.till
    till.come_back()
    scene.counter.happens("a webhook comes", [])
    scene.let_pass(timedelta(hours=27))
    payments = {
        one.ref: one
        for booking in scene.backstage(lambda stage: list(every_booking(stage)))
        for one in scene.backstage(lambda stage, it=booking: stage.records.payments.of_booking(stage.studio.id, it.id))
    }
    paid = {page.payment_ref: page for page in map(till.page, till.sessions) if page.payment_ref}
    assert payments.keys() == paid.keys()
    for ref, payment in payments.items():
        back = [one for one in till.refunds(ref) if one.state is not RefundState.FAILED]
        sent = payment.disposition in {Disposition.REFUNDING, Disposition.REFUNDED}
        assert (len(back), payment.amount) == (sent, paid[ref].amount)
        assert sent or payment.disposition in {*KEPT, Disposition.MANUAL, Disposition.REFUND_FAILED}


def play(url: str, updates: int, seed: int) -> Counter[str]:
    scene = Scene(url, checked=False)
    try:
        scene.take_cards()
        for title in ("Fall Minis, paid online", "Holiday Minis", "Dance Class, paid online", "Spring Minis"):
            scene.backstage(lambda stage, title=title: stage.open_mini(title))
        scene.backstage(lambda stage: stage.reserve("Sun 1:25 PM of Fall Minis", "Anna", "20 % off"))
        crowd = Crowd(scene, seed)
        for number in range(updates):
            crowd.do_something()
            if number % LOOK_OVER == 0:
                scene.backstage(look_over)
                for phone in scene.phones.values():
                    phone.scroll(20)
        scene.backstage(look_over)
        look_over_the_till(scene)
        crowd.did["confirmed"] = scene.backstage(
            lambda stage: sum(one.state in {State.CONFIRMED, State.DONE} for one in every_booking(stage))
        )
        return crowd.did
    finally:
        scene.close()


@pytest.mark.rule("F8", "F10", "G1", "E1")
def test_whatever_people_send_nothing_breaks(database_url: str) -> None:
    did = play(database_url, SMOKE, seed=6)

    assert did["confirmed"] > 0, "who presses at random also books now and then"
    assert did["paid"] > 0, "and pays"


@pytest.mark.full
@pytest.mark.rule("F8", "F10", "G1", "E1")
@pytest.mark.parametrize("seed", range(10))
def test_whatever_many_people_send_nothing_breaks(migrated_sqlite_url: str, seed: int) -> None:
    did = play(migrated_sqlite_url, FULL // 10, seed=100 + seed)

    assert did["confirmed"] > 0
