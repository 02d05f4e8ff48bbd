"""`minis demo --plain`: the same in a terminal, line by line; it can also be fed from a pipe."""

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import click

from bots.demo.accounts import BOT
from bots.demo.clerk import spoken
from bots.demo.curtain import running_scene
from bots.demo.phones import Phone
from bots.demo.plain_files import HELP as FILES_HELP
from bots.demo.plain_files import PlainFiles
from bots.demo.plain_luna import HELP as LUNA_HELP
from bots.demo.plain_luna import WORD as LUNA
from bots.demo.plain_luna import PlainLuna
from bots.demo.plain_page import PlainPage
from bots.demo.program import ProgramEnded
from bots.demo.scene import Scene, Waking
from bots.demo.telegram import ButtonView, MessageView

HELP = (
    "A number presses that button; any other line is sent. Also: links, link 2, quit; the time: +1, +5, end, morning; "
    "what if: take, down, stripe down, declined, webhook lost, answer lost. " + f"{FILES_HELP} {LUNA_HELP}"
)
QUIET_SECONDS = 0.4  # so long nothing changes when the bot has spoken
ANSWER_SECONDS = 10.0  # an answer may take so long before the next line is read
LEAP_SECONDS = 1.5  # the bots notice a moved clock within one
#: What can go wrong: the deed, and what is said of it.
EVENTS: Mapping[str, tuple[Callable[[Scene], None], str]] = {
    "down": (Scene.take_down, "Telegram is down for 30 seconds."),
    "stripe down": (Scene.take_stripe_down, "Stripe’s API is down for a minute."),
    "declined": (lambda scene: scene.till.decline(), "The next card will be declined. (Again: it will not.)"),
    "webhook lost": (lambda scene: scene.till.lose_hook(), "The next webhook will be lost. (Again: it will not.)"),
    "answer lost": (lambda scene: scene.till.lose_answer(), "Stripe’s answer will be lost. (Again: it will not.)"),
}


def run() -> int:
    """Play until `quit`, the end of the input or Ctrl-C. Gives the exit code."""
    try:
        asyncio.run(_play())
    except ProgramEnded as ended:
        click.echo(str(ended), err=True)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


async def _play() -> None:
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    # A thread of its own, that nobody waits for: reading a terminal cannot be cancelled.
    threading.Thread(target=_read, args=(lines, loop), daemon=True).start()
    async with running_scene() as scene:
        click.echo("The bot is waking…")
        await scene.until(lambda: scene.waking is Waking.AWAKE)
        terminal = _Terminal(scene)
        click.echo(HELP)
        terminal.print_links()
        while (line := await terminal.next_line(lines)) is not None and line != "quit":
            await terminal.do(line)


def _read(lines: "asyncio.Queue[str | None]", loop: asyncio.AbstractEventLoop) -> None:
    with suppress(RuntimeError):  # the loop has ended
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(lines.put_nowait, None)


class _Terminal:
    """The first client's phone as lines of text."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._phone: Phone = scene.phones.all[0]
        self._printed: dict[int, MessageView] = {}
        self._toasts = 0
        self._keys: list[tuple[ButtonView, MessageView | None, int, int]] = []
        self._page = PlainPage(scene.till, scene.phones, self._phone)
        self._files = PlainFiles(scene, self._phone)
        self._luna = PlainLuna(scene, self._files)

    def print_links(self) -> None:
        for number, link in enumerate(self._scene.links, 1):
            click.echo(f"  link {number}  {link.title}: {link.url}")

    async def next_line(self, lines: "asyncio.Queue[str | None]") -> str | None:
        """The next line; what the bot says meanwhile is printed as it comes."""
        while True:
            self._print_news()
            with suppress(TimeoutError):
                return await asyncio.wait_for(lines.get(), QUIET_SECONDS)

    async def do(self, line: str) -> None:
        """Do what the line says, and wait for the answer."""
        scene, word = self._scene, line.lower()
        if not line:
            return
        if self._page.takes(word):
            if self._page.do(word):
                await self._answered()
        elif self._files.takes(word):
            if self._files.do(word):
                await self._answered()
        elif word == LUNA:
            await self._luna.show()
        elif word == "links":
            self.print_links()
        elif word in {"+1", "+5", "end", "morning"}:
            await self._leap(word)
        elif word == "take":
            click.echo(scene.somebody_takes(self._phone) or "Somebody goes for the first time on your list.")
            await self._answered()
        elif word in EVENTS:
            happen, said = EVENTS[word]
            happen(scene)
            click.echo(said)
        elif self._act(line):
            await self._answered()

    async def _leap(self, word: str) -> None:
        minutes = {"+1": 1, "+5": 5}
        by = self._scene.until_hold_end() if word == "end" else self._scene.inside.until_morning()
        await self._scene.move_clock(timedelta(minutes=minutes[word]) if word in minutes else by)
        click.echo(f"It is {spoken(self._scene.inside.now, self._scene.inside.zone)}.")
        await self._quiet(LEAP_SECONDS)

    def _act(self, line: str) -> bool:
        """Say or press it; True where the chat has something to say about it."""
        phones, first, rest = self._scene.phones, *line.partition(" ")[::2]
        if first == "link" and rest.isdecimal() and 0 < int(rest) <= len(self._scene.links):
            phones.start(self._phone, self._scene.links[int(rest) - 1].payload)
        elif line.isdecimal() and 0 < int(line) <= len(self._keys):
            return self._press(*self._keys[int(line) - 1])
        else:
            phones.type_text(self._phone, line)
        return True

    def _press(self, button: ButtonView, card: MessageView | None, row: int, column: int) -> bool:
        phones = self._scene.phones
        if card and button.kind == "callback":
            phones.press(self._phone, card.id, row, column)
        elif button.kind == "contact":
            phones.share_contact(self._phone)
        elif button.kind == "text":
            phones.type_text(self._phone, button.text)
        elif self._scene.till.session_at(button.value):
            self._page.open(button.value)
            return False
        elif f"t.me/{BOT.username}?start=" in button.value:
            phones.start(self._phone, button.value.partition("?start=")[2])
        else:
            click.echo(f"{button.text}: {button.value}")
            return False
        return True

    async def _answered(self) -> None:
        before = self._scene.phones.chat(self._phone).toasts, self._newest()
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._scene.until(lambda: (self._scene.phones.chat(self._phone).toasts, self._newest()) != before)
        await self._quiet(QUIET_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._scene.until(lambda: self._scene.page not in {"making", "closing"})
        await self._quiet(QUIET_SECONDS)

    async def _quiet(self, seconds: float) -> None:
        """Wait until for so long nothing has changed on the phone."""
        changed = asyncio.Event()
        forget = self._scene.subscribe(changed.set)
        try:
            while True:
                await asyncio.wait_for(changed.wait(), seconds)
                changed.clear()
        except TimeoutError:
            self._print_news()
        finally:
            forget()

    def _newest(self) -> MessageView | None:
        return next((one for one in reversed(self._scene.phones.chat(self._phone).messages) if not one.mine), None)

    def _print_news(self) -> None:
        chat = self._scene.phones.chat(self._phone)
        for toast in chat.toasts:
            if toast.id > self._toasts and toast.text:
                click.echo(f"  * {toast.text}")
            self._toasts = max(self._toasts, toast.id)
        news = [one for one in chat.messages if not one.mine and self._printed.get(one.id) != one]
        self._printed |= {one.id: one for one in news}
        if not news:
            return
        for message in news:
            click.echo(f"\n{self._files.attached(message)}{message.text}".rstrip("\n"))
        newest = self._newest()
        replies = chat.reply_keyboard.rows if chat.reply_keyboard else ()
        rows = [(newest, newest.buttons)] if newest else []
        self._keys = [
            (button, card, y, x)
            for card, shown in [*rows, (None, replies)]
            for y, row in enumerate(shown)
            for x, button in enumerate(row)
        ]
        click.echo("  " + "  ".join(f"[{number}] {key[0].text}" for number, key in enumerate(self._keys, 1)))
