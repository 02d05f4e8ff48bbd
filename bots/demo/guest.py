"""A robot at a phone of its own: it goes through the real conversation as people do, by what it reads on the glass."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bots.demo.telegram import ButtonView, ChatView, MessageView, TelegramStandIn

PATIENCE_SECONDS = 15.0  # for one answer of the bot
STEPS_LIMIT = 30  # more turns than the longest conversation has; past them the robot is lost

CLOCK_TIME = re.compile(r"\d{1,2}:\d{2}(?:\s?[AP]M)?")  # what may follow on a button is its price or its seats
WAYS_ON = re.compile(r"(done|skip|no, thanks)\b", re.IGNORECASE)
WAYS_OUT = re.compile(r"‹|(back|cancel|help|ask|tell|neither|change|show|see|look|other)\b", re.IGNORECASE)
BOOKED = re.compile(r"\byou.re booked\b", re.IGNORECASE)


class Lost(Exception):
    """The robot found nothing to do, or nothing came back. The message says what it saw last."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the robot wants: the time as it stands on its button, of the day that the other's card names."""

    card: str = ""
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the robot is. `answers`: a word of a question → what it types."""

    name: str
    answers: Mapping[str, str] = field(default_factory=dict[str, str])

    @staticmethod
    def called(name: str) -> "Persona":
        mail = f"{name.split(maxsplit=1)[0].lower()}@example.com"
        return Persona(name, {"name": name, "mail": mail, "phone": "+1 312 555 0147"})


class Guest:
    """One robot. It may be asked to hold first and to finish later."""

    def __init__(
        self,
        telegram: TelegramStandIn,
        bot: str,
        persona: Persona,
        *,
        pay: Callable[[str], object],
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`pay`: what it does with the address of a payment page; `patience`: seconds that it waits for one answer."""
        first, _, last = persona.name.partition(" ")
        self.person = telegram.add_person(first_name=first, last_name=last)
        self._telegram = telegram
        self._bot = bot
        self._persona = persona
        self._pay = pay
        self._patience = patience

    async def open(self, payload: str) -> None:
        """Tap START of a link and wait for the bot's first card."""
        await self._turn(lambda: self._telegram.open_link(self.person, self._bot, payload))

    async def hold(self, wish: Wish) -> None:
        """Go on until the wished time (or the first shown) was tapped and answered. Raises Lost."""
        for _ in range(STEPS_LIMIT):
            card = newest_card(self.view)
            times = [] if card is None else times_on(card)
            if card is None or not times:
                await self._go_on(wish)
                continue
            time = wish.time if wish.time in times else None
            if wish.time and time is None:
                raise Lost(f"{wish.time} is not on the list any more.")
            await self._press(card, lambda button, time=time or times[0]: button.text.startswith(time))
            return
        raise Lost(self._sight())

    async def finish(self) -> ChatView:
        """Go on until the bot says that it is booked. Raises Lost."""
        for _ in range(STEPS_LIMIT):
            if BOOKED.search(_words(self.view)):
                return self.view
            await self._go_on(Wish())
        raise Lost(self._sight())

    @property
    def view(self) -> ChatView:
        return self._telegram.chat(self.person, self._bot)

    async def _go_on(self, wish: Wish) -> None:
        """Do what a person would who wants to book and nothing else: skip, agree, type what is asked, or tap on."""
        view = self.view
        if skip := _skip(view):
            await self._turn(lambda: self._telegram.type_text(self.person, self._bot, skip))
            return
        card = newest_card(view)
        if card and (page := _payment_page(card)):
            await self._turn(lambda: self._pay(page))
            return
        if card and (choice := _choice(card, wish)):
            await self._press(card, lambda button: button is choice)
            return
        asked = _words(view).lower()
        typed = next((text for word, text in self._persona.answers.items() if word in asked), None)
        # Nothing is asked: the bot is not done speaking.
        await self._turn(lambda: typed and self._telegram.type_text(self.person, self._bot, typed))

    async def _press(self, card: MessageView, wanted: Callable[[ButtonView], bool]) -> None:
        row, column = next(
            (y, x) for y, buttons in enumerate(card.buttons) for x, button in enumerate(buttons) if wanted(button)
        )
        await self._turn(lambda: self._telegram.press(self.person, self._bot, card.id, row, column))

    async def _turn(self, deed: Callable[[], object]) -> None:
        """Do it, and wait until the bot's newest words or buttons are others. Raises Lost."""
        before = self._glass(self.view)
        deed()
        try:
            await self._telegram.wait_for(
                self.person,
                self._bot,
                lambda view: not view.typing and self._glass(view) != before and not _waits_for_bot(view),
                timeout=self._patience,
            )
        except TimeoutError:
            raise Lost(f"No answer came. {self._sight()}") from None

    def _glass(self, view: ChatView) -> object:
        """What of the chat matters to somebody who waits for an answer."""
        spoken = [(m.id, m.text, m.buttons) for m in view.messages if not m.mine]
        return spoken[-1:], view.reply_keyboard

    def _sight(self) -> str:
        return f"Last seen: {_words(self.view)!r}"


def newest_card(view: ChatView) -> MessageView | None:
    """The newest message of the bot, if it has buttons that answer it."""
    for message in reversed(view.messages):
        if not message.mine:
            return message if any(b.kind == "callback" for row in message.buttons for b in row) else None
    return None


def times_on(card: MessageView) -> list[str]:
    """The times that the card's buttons offer."""
    buttons = (button for row in card.buttons for button in row if button.kind == "callback")
    return [found.group() for button in buttons if (found := CLOCK_TIME.match(button.text))]


def _payment_page(card: MessageView) -> str | None:
    """Where the card's button to pay leads."""
    links = (b for row in card.buttons for b in row if b.kind == "url" and b.style == "success")
    return next((link.value for link in links), None)


def _choice(card: MessageView, wish: Wish) -> ButtonView | None:
    """The wished day, else what the card itself marks as the way on, else the first that leads neither out nor back."""
    buttons = [b for row in card.buttons for b in row if b.kind == "callback" and not WAYS_OUT.match(b.text)]
    days = [b for b in buttons if wish.card and b.text.partition(" · ")[0] in wish.card]
    marked = [b for b in buttons if b.style in {"success", "primary"}]
    on = [b for b in buttons if WAYS_ON.match(b.text)]
    return next(iter([*days, *marked, *on, *buttons]), None)


def _skip(view: ChatView) -> str | None:
    rows = view.reply_keyboard.rows if view.reply_keyboard else ()
    return next((b.text for row in rows for b in row if b.kind == "text" and b.text.lower().startswith("skip")), None)


def _words(view: ChatView) -> str:
    return next((message.text for message in reversed(view.messages) if not message.mine), "")


def _waits_for_bot(view: ChatView) -> bool:
    """A document comes before the card that it belongs to."""
    return bool(view.messages) and (view.messages[-1].mine or view.messages[-1].document is not None)
