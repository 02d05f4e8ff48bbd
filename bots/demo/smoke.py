"""`minis demo --smoke`: one whole booking through the real program, for CI. It tells by its exit code."""

import asyncio
import time

import click
from aiohttp import ClientSession

from bots.demo.guest import Guest, Lost, Persona, Wish
from bots.demo.page.server import serving
from bots.demo.program import ProgramEnded
from bots.demo.scene import BOT, Scene, Waking, running_scene

LIMIT_SECONDS = 120.0  # a machine that is busy takes long to import all that the bot needs


def run() -> int:
    """Book a spot of the example mini; 0 where the confirmation came in time."""
    began = time.monotonic()
    try:
        asyncio.run(_play())
    except (Lost, ProgramEnded, TimeoutError, OSError) as error:
        click.echo(f"{error or 'The time was over.'}\n0 passed, 1 failed", err=True)
        return 1
    click.echo(f"A spot was booked in {time.monotonic() - began:.1f} s.\n1 passed, 0 failed")
    return 0


async def _play() -> None:
    async with asyncio.timeout(LIMIT_SECONDS), running_scene() as scene, serving(scene, port=0) as address:
        async with ClientSession() as browser, browser.get(address) as page:
            page.raise_for_status()
        await scene.until(lambda: scene.waking is Waking.AWAKE)
        await _book(scene)


async def _book(scene: Scene) -> None:
    link = scene.link("mini")
    if link is None:
        raise Lost("The example has no mini to book.")
    guest = Guest(scene.telegram, BOT.username, Persona.called("Ana Torres"))
    await guest.open(link.payload)
    await guest.hold(Wish())
    await guest.finish()
