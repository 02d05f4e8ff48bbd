"""One running demo, whoever looks at it: the stand-ins, the real program as its child, the phones, the events."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bots.demo import clerk
from bots.demo.accounts import BOT
from bots.demo.clerk import Clerk, Sentence, naming
from bots.demo.guest import Guest, Lost, Persona, Wish, newest_card, times_on
from bots.demo.inside import STRANGER, Inside
from bots.demo.phones import Phone, Phones
from bots.demo.program import Link, Program, ProgramEnded
from bots.demo.stripe import StripeStandIn
from bots.demo.telegram import TelegramStandIn
from bots.demo.till import Till

STRANGERS = ("Mia Rossi", "Sam Lee", "Ida Berg", "Tom Wu", "Eva Klein", "Ravi Nair", "Lea Novak", "Joe Hart")

LOOK_EVERY_SECONDS = 1.0  # holds end by themselves, so the database is looked at even if nobody does anything
OUTAGE_SECONDS = 30.0
STRIPE_OUTAGE_SECONDS = 60.0


class Waking(StrEnum):
    """How the real program is."""

    WAKING = "waking"
    AWAKE = "awake"
    DOWN = "down"


class Beginning(StrEnum):
    """What is there when the curtain rises."""

    #: The example studio, with minis to book; Luna has claimed it.
    EXAMPLE = "example"
    #: Nothing but the link by which Luna becomes the owner.
    EMPTY = "empty"


class Scene:
    """All parts, and what happens between them. Whoever subscribes hears of every change and then looks again."""

    def __init__(
        self,
        telegram: TelegramStandIn,
        telegram_url: str,
        stripe: StripeStandIn,
        program: Program,
        database_url: str,
        *,
        begins: Beginning = Beginning.EXAMPLE,
        web: str = "",
    ) -> None:
        """`web`: where the program's own web server is going to be."""
        self.begins = begins
        self.web = web
        self.telegram = telegram
        self.telegram_url = telegram_url
        self.stripe = stripe
        self.strip = Clerk()
        self._people: dict[int, str] = {}
        self.till = Till(stripe, self.strip, lambda: self.inside.now, self._name_of)
        self.phones = Phones(telegram, self.strip, lambda: self.inside.now)
        self.inside = Inside(
            database_url,
            self.strip,
            self._people,
            clients=lambda: [phone.person for phone in self.phones.clients],
            how_heard=self.till.how_heard,
            place_came=self.phones.place_came,
        )
        self.links: tuple[Link, ...] = ()
        #: The link by which Luna becomes the owner; empty until the program prints it.
        self.claim = ""
        #: Set once somebody wants another scene, which begins with `next`.
        self.over = asyncio.Event()
        self.next: Beginning | None = None
        self.waking = Waking.WAKING
        #: Why the program is down, in plain words.
        self.trouble = ""
        self._program = program
        self._strangers = 0
        self._listeners: list[Callable[[], None]] = []
        self._nudge = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self.add_phone()

    # What is seen

    @property
    def folder(self) -> Path:
        """Where this demo keeps what it makes."""
        return self._program.home

    def link(self, kind: str) -> Link | None:
        return next((link for link in self.links if link.kind == kind), None)

    @property
    def hold_until(self) -> datetime | None:
        """When the first hold of the phones' people ends; None where they have none."""
        return self._holds[0][0] if self._holds else None

    @property
    def whose(self) -> str:
        """Whose that hold is, where there are several."""
        return naming(self._holds[0][1].name)["whose"] if len(self._holds) > 1 else ""

    @property
    def page(self) -> str:
        """How the payment page of that hold is: making, open, closing, or empty where there is none."""
        return self.inside.page(self._holds[0][1].person) if self._holds else ""

    @property
    def _holds(self) -> list[tuple[datetime, Phone]]:
        """Each with whose it is, the first to end first."""
        holds = [(end, one) for one in self.phones.clients if (end := self.inside.hold_until(one.person))]
        return sorted(holds, key=lambda hold: (hold[0], hold[1].id))

    def _name_of(self, booking: str) -> str:
        return self._people.get(self.inside.whose(booking) or 0, STRANGER)

    def until_hold_end(self) -> timedelta:
        """How far it is to there; nothing where there is no hold."""
        return self.hold_until - self.inside.now if self.hold_until else timedelta(0)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call the listener at every change; gives what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds. Raises ProgramEnded if the real program ends before."""
        heard = asyncio.Event()
        forget = self.subscribe(heard.set)
        try:
            while not condition():
                if self.waking is Waking.DOWN:
                    raise ProgramEnded(self.trouble)
                await heard.wait()
                heard.clear()
        finally:
            forget()

    # Events

    def start_over(self, begins: Beginning) -> None:
        """End this scene for another, which begins as told."""
        self.next = begins
        self.over.set()

    def add_phone(self) -> None:
        """One more client, as long as there are any."""
        if phone := self.phones.add():
            self._people[phone.person] = phone.name
            self.changed()

    def take_down(self) -> None:
        """Telegram is down for half a minute of real time."""
        self.telegram.go_down(OUTAGE_SECONDS)
        self.strip.write(clerk.DOWN, self.inside.now)
        self._tasks.create_task(self._come_back(OUTAGE_SECONDS, clerk.BACK))
        self.changed()

    def take_stripe_down(self) -> None:
        """Stripe's API is down for a minute of real time; its pay page is not."""
        self.till.go_down(STRIPE_OUTAGE_SECONDS)
        self._tasks.create_task(self._come_back(STRIPE_OUTAGE_SECONDS, clerk.STRIPE_BACK))
        self.changed()

    async def _come_back(self, seconds: float, sentence: Sentence) -> None:
        await asyncio.sleep(seconds)
        self.strip.write(sentence, self.inside.now)
        self.changed()

    async def move_clock(self, by: timedelta) -> None:
        """Move the product's time forward, and with it Stripe's."""
        await self.inside.move_clock(by)
        self.stripe.clock_moved()
        self.changed()

    def somebody_takes(self, phone: Phone) -> str | None:
        """A robot goes for the first time that the phone shows. Where there is none, gives why not, in words."""
        card = newest_card(self.phones.chat(phone))
        times = times_on(card) if card else []
        if card is None or not times:
            return "First open a mini and go on to its list of times: then somebody takes the first of them."
        if self.telegram.seconds_down():
            return "Telegram is down: nobody can take anything now."
        name = STRANGERS[self._strangers % len(STRANGERS)]
        self._strangers += 1
        main = self.link("mini")  # where there is none, the robot finds the minis in the chat
        payload = phone.payload if phone.payload.startswith("m_") else main.payload if main else ""
        self._tasks.create_task(self._takes(Persona.called(name), payload, Wish(card=card.text, time=times[0])))
        return None

    async def _takes(self, persona: Persona, payload: str, wish: Wish) -> None:
        facts = {**naming(persona.name), "label": wish.time or ""}
        guest = Guest(self.telegram, BOT.username, persona, pay=self.till.pay)
        self._people[guest.person] = persona.name
        self.strip.write(clerk.GUEST, self.inside.now, **facts)
        try:
            await guest.open(payload)
            await guest.hold(wish)
            await guest.finish()
        except Lost as lost:
            self.strip.write(clerk.GUEST_LOST, self.inside.now, **facts, reason=str(lost))
        self.changed()

    # How it runs

    async def play(self) -> None:
        """Run until cancelled. If the real program ends by itself, the scene stays and says so."""
        with ExitStack() as ends:
            ends.callback(self.inside.close)
            ends.callback(self.telegram.subscribe(lambda _person, _bot: self._nudge.set()))
            ends.callback(self.stripe.subscribe(lambda _event: self._nudge.set()))
            ends.callback(self.till.watch())
            async with self._tasks:
                self._tasks.create_task(self._run_program())
                self._tasks.create_task(self._watch())

    async def _run_program(self) -> None:
        try:
            if self.begins is Beginning.EXAMPLE:
                self.links = await self._program.example()
                self.changed()
            await self._program.up(self._invited)
        except ProgramEnded as ended:
            self.waking, self.trouble = Waking.DOWN, str(ended)
            self.strip.write(clerk.LEFT, self.inside.now)
            self.changed()

    def _invited(self, link: str) -> None:
        """The program printed its claim link: Luna of the example opens it, another studio waits for somebody to."""
        self.claim = link
        if self.begins is Beginning.EXAMPLE:
            self.phones.start(self.phones.luna, link.partition("?start=")[2])
        self.changed()

    async def _watch(self) -> None:
        """Look at the calls and the database when a chat changed, and every second."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudge.wait(), LOOK_EVERY_SECONDS)
                self._nudge.clear()
                self.changed()  # the chats first: the database may take its time
            # What was stored comes first: the bot speaks of it afterwards.
            if (self._has_studio and await self.inside.look()) | self._notice():
                self.changed()

    @property
    def _has_studio(self) -> bool:
        """Whether there is something in the database to look at; it is made before the bots wake."""
        return bool(self.links) or (self.begins is Beginning.EMPTY and self.waking is Waking.AWAKE)

    def _notice(self) -> bool:
        """What Telegram's calls tell: that the bots are awake, and what they did."""
        # Their first calls set their menus; getMe may also be the example's, which asks for the name in its links.
        if self.waking is Waking.WAKING and any(call.method != "getMe" for call in self.telegram.calls):
            self.waking = Waking.AWAKE
            self.strip.write(clerk.AWAKE, self.inside.now)
        return self.phones.tell_answers()
