"""Small programs in the real one's place, for tests of what stands around it."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bots.demo.accounts import BOTS
from bots.demo.program import Program
from bots.demo.scene import Scene
from bots.demo.stripe import StripeStandIn
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.till import ACCOUNT, KEY

#: Makes an example without links, then runs until it is told to end.
IDLE = "import sys, time; print('{\"links\": []}') if 'example' in sys.argv else time.sleep(600)"
#: Makes an example, then dies with words on its lips.
DYING = "import sys; print('{\"links\": []}') if 'example' in sys.argv else sys.exit('the disk is full')"
#: Cannot even make the example.
FAILING = "import sys; sys.exit('no such table: minis')"


def program(folder: Path, code: str) -> Program:
    return Program(folder, {}, (sys.executable, "-c", code))


@asynccontextmanager
async def scene_with(folder: Path, code: str = IDLE) -> AsyncGenerator[Scene]:
    """A scene that does not play yet, over stand-ins that serve."""
    telegram, stripe = TelegramStandIn(bots=BOTS), StripeStandIn(keys={KEY: ACCOUNT}, in_app=True)
    address = await telegram.start()
    await stripe.start()
    try:
        yield Scene(telegram, address, stripe, program(folder, code), f"sqlite:///{folder}/minis.db")
    finally:
        await stripe.stop()
        await telegram.stop()
