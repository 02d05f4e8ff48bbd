"""`minis demo`: one scene after another, shown on a page in the browser."""

import asyncio
import signal
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from bots.demo.curtain import running_scene
from bots.demo.page.server import serving
from bots.demo.scene import Beginning, Scene
from bots.demo.surroundings import somebody_can_see


def run(port: int | None = None, open_browser: bool = True, home: Path | None = None) -> int:
    """Show the demo until Ctrl-C. `home`: where its database and log are kept. Gives the exit code."""
    try:
        asyncio.run(_show(port, open_browser, home))
    except OSError as error:
        click.echo(
            f"The page cannot be served: {error.strerror or error}. Try another port: minis demo --port 9000", err=True
        )
        return 1
    except KeyboardInterrupt:
        pass
    return 0


async def _show(port: int | None, open_browser: bool, home: Path | None) -> None:
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such handlers: there Ctrl-C interrupts the loop itself
        for ending in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, stop.set)
    begins, shown = Beginning.EXAMPLE, ""
    while begins:
        async with running_scene(home, begins=begins) as scene, serving(scene, port) as address:
            if address != shown:
                click.echo(f"Minis is here to try: {address}   (Ctrl-C ends it)")
                if open_browser and somebody_can_see():
                    await asyncio.to_thread(webbrowser.open, address)
            shown, port = address, int(address.rpartition(":")[2])  # the page finds the next scene where this one was
            begins = await _next(scene, stop)


async def _next(scene: Scene, stop: asyncio.Event) -> Beginning | None:
    """What the next scene begins with, as soon as this one is over; None where the demo is."""
    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(one.wait()) for one in (scene.over, stop)]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()
    return None if stop.is_set() else scene.next
