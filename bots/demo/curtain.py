"""Raising the curtain on a scene: its stand-ins, its folder, its settings; and clearing all of it away afterwards."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from bots.demo.accounts import BOTS, STUDIO_TOKEN, TOKEN
from bots.demo.program import COMMAND, Program
from bots.demo.scene import Beginning, Scene
from bots.demo.stripe import StripeStandIn
from bots.demo.telegram import TelegramStandIn
from bots.demo.till import ACCOUNT, HOOK_SECRET, HOOKED, KEY, OWN_KEY


@asynccontextmanager
async def running_scene(
    home: Path | None = None, command: Sequence[str] = COMMAND, begins: Beginning = Beginning.EXAMPLE
) -> AsyncGenerator[Scene]:
    """A scene that plays. Each has a new folder and database: in `home`, where they are kept, or for the time being."""
    failure: Exception | None = None
    async with AsyncExitStack() as ends:
        folder = ends.enter_context(_folder(home))
        url = f"sqlite:///{folder / 'minis.db'}"
        telegram = TelegramStandIn(bots=BOTS, now=lambda: scene.inside.now)
        stripe = StripeStandIn(keys={KEY: ACCOUNT, OWN_KEY: ACCOUNT}, now=lambda: scene.inside.now, in_app=True)
        port = _free_port()
        web = f"http://127.0.0.1:{port}"
        stripe.webhook(f"{web}/stripe", HOOK_SECRET, types=HOOKED)
        ends.push_async_callback(telegram.stop)
        ends.push_async_callback(stripe.stop)
        telegram_url, stripe_url = await telegram.start(), await stripe.start()
        settings = {
            "MINIS_DATABASE_URL": url,
            "MINIS_CLIENTS_BOT_TOKEN": TOKEN,
            "MINIS_STUDIO_BOT_TOKEN": STUDIO_TOKEN,
            "MINIS_TELEGRAM_API_URL": telegram_url,
            "MINIS_STRIPE_SECRET_KEY": KEY,
            "MINIS_STRIPE_API_URL": stripe_url,
            "MINIS_STRIPE_WEBHOOK_SECRET": HOOK_SECRET,
            "MINIS_HTTP_PORT": str(port),
        }
        program = Program(folder, settings, command)
        scene = Scene(telegram, telegram_url, stripe, program, url, begins=begins, web=web)
        async with asyncio.TaskGroup() as tasks:
            playing = tasks.create_task(scene.play())
            try:
                yield scene
            except Exception as error:  # raised again below, outside the group, which would wrap it
                failure = error
            finally:
                playing.cancel()
    if failure:
        raise failure


def _free_port() -> int:
    """A port that is free now, for the program's web server: the stand-in must know it before there is one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _folder(home: Path | None) -> Generator[Path]:
    if home is None:
        with tempfile.TemporaryDirectory(prefix="minis-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    else:
        home.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix="demo-", dir=home))
