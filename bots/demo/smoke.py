"""`minis demo --smoke`: whole bookings through the real program, which Luna sees, for CI. It tells by its exit code."""

import asyncio
import time
from collections.abc import Callable

import click
from aiohttp import ClientSession

from bots.demo.accounts import BOT
from bots.demo.curtain import running_scene
from bots.demo.guest import Guest, Lost, Persona, Wish
from bots.demo.page.server import serving
from bots.demo.program import Link, ProgramEnded
from bots.demo.scene import Scene, Waking
from bots.demo.telegram import ChatView

LIMIT_SECONDS = 120.0  # a machine that is busy takes long to import all that the bot needs
LUNAS_PATIENCE = 20.0  # seconds, for one answer of her bot
FEE = 15_000  # cents; the first package of the example's main mini


def run() -> int:
    """Book the example's main mini, which is paid, then the free one; 0 where both were confirmed in time, and seen."""
    began = time.monotonic()
    try:
        asyncio.run(_play())
    except (Lost, ProgramEnded, TimeoutError, OSError) as error:
        click.echo(f"{error or 'The time was over.'}\n0 passed, 1 failed", err=True)
        return 1
    click.echo(f"One spot was paid and booked, a free one booked, Luna saw both, in {time.monotonic() - began:.1f} s.")
    click.echo("1 passed, 0 failed")
    return 0


async def _play() -> None:
    async with asyncio.timeout(LIMIT_SECONDS), running_scene() as scene, serving(scene, port=0) as address:
        async with ClientSession() as browser, browser.get(address) as page:
            page.raise_for_status()
        await scene.until(lambda: scene.waking is Waking.AWAKE)
        paid, free, *_ = [link for link in scene.links if link.kind == "mini"]
        for link, name in ((paid, "Ana Torres"), (free, "Ben Okafor")):
            await _look_up(scene, link.title)
            await _book(scene, link, name)
            await _sees(scene, link.title, name)
            if scene.till.captured() != [FEE]:
                raise Lost(f"After {link.title}, Stripe should have taken {FEE} once, not {scene.till.captured()}.")


async def _book(scene: Scene, link: Link, name: str) -> None:
    guest = Guest(scene.telegram, BOT.username, Persona.called(name), pay=scene.till.pay)
    await guest.open(link.payload)
    await guest.hold(Wish())
    await guest.finish()


async def _look_up(scene: Scene, title: str) -> None:
    """Luna opens the mini's overview from her list."""
    luna = scene.phones.luna
    await _seen(scene, lambda view: bool(view.messages) and not view.messages[-1].mine)
    scene.phones.type_text(luna, "/minis")
    listed = await _seen(scene, lambda view: not view.messages[-1].mine and _has(view, title))
    _press(scene, listed, title)
    await _seen(scene, lambda view: view.messages[-1].text.startswith(title))


async def _sees(scene: Scene, title: str, name: str) -> None:
    """Luna hears of the booking, and the overview that she opened names who booked, by itself."""
    await _seen(
        scene,
        lambda view: (
            any(one.text.startswith("New booking: " + name) for one in view.messages)
            and any(one.text.startswith(title) and name in one.text for one in view.messages)
        ),
    )


async def _seen(scene: Scene, condition: Callable[[ChatView], bool]) -> ChatView:
    luna = scene.phones.luna
    try:
        return await scene.telegram.wait_for(luna.person, luna.bot.username, condition, timeout=LUNAS_PATIENCE)
    except TimeoutError as late:
        raise Lost(f"Luna waited in vain. {late}") from None


def _place(view: ChatView, label: str) -> tuple[int, int] | None:
    """Row and column of the newest message's button whose words begin so."""
    rows = enumerate(view.messages[-1].buttons)
    return next(((y, x) for y, row in rows for x, one in enumerate(row) if one.text.startswith(label)), None)


def _has(view: ChatView, label: str) -> bool:
    return _place(view, label) is not None


def _press(scene: Scene, view: ChatView, label: str) -> None:
    place = _place(view, label)
    if place is None:
        raise Lost(f"Luna finds no button “{label}”.\n{view.last_lines(1)}")
    scene.phones.press(scene.phones.luna, view.messages[-1].id, *place)
