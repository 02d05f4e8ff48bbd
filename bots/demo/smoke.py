"""`minis demo --smoke`: whole bookings through the real program, for CI. It tells by its exit code."""

import asyncio
import time

import click
from aiohttp import ClientSession

from bots.demo.accounts import BOT
from bots.demo.curtain import running_scene
from bots.demo.guest import Guest, Lost, Persona, Wish
from bots.demo.page.server import serving
from bots.demo.program import Link, ProgramEnded
from bots.demo.scene import Scene, Waking

LIMIT_SECONDS = 120.0  # a machine that is busy takes long to import all that the bot needs
FEE = 15_000  # cents; the first package of the example's main mini


def run() -> int:
    """Book the example's main mini, which is paid, then the free one; 0 where both were confirmed in time."""
    began = time.monotonic()
    try:
        asyncio.run(_play())
    except (Lost, ProgramEnded, TimeoutError, OSError) as error:
        click.echo(f"{error or 'The time was over.'}\n0 passed, 1 failed", err=True)
        return 1
    click.echo(f"One spot was paid and booked, a free one booked, in {time.monotonic() - began:.1f} s.")
    click.echo("1 passed, 0 failed")
    return 0


async def _play() -> None:
    async with asyncio.timeout(LIMIT_SECONDS), running_scene() as scene, serving(scene, port=0) as address:
        async with ClientSession() as browser, browser.get(address) as page:
            page.raise_for_status()
        await scene.until(lambda: scene.waking is Waking.AWAKE)
        paid, free, *_ = [link for link in scene.links if link.kind == "mini"]
        for link, name in ((paid, "Ana Torres"), (free, "Ben Okafor")):
            await _book(scene, link, name)
            if scene.till.captured() != [FEE]:
                raise Lost(f"After {link.title}, Stripe should have taken {FEE} once, not {scene.till.captured()}.")


async def _book(scene: Scene, link: Link, name: str) -> None:
    guest = Guest(scene.telegram, BOT.username, Persona.called(name), pay=scene.till.pay)
    await guest.open(link.payload)
    await guest.hold(Wish())
    await guest.finish()
