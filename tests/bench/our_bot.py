"""The real program as a child of a benchmark: only Telegram's limits are set aside, if it is told so."""

import asyncio
import gc
import sys

from bots.compose import TELEGRAMS, Limits, running
from bots.settings import load_settings

UNLIMITED = Limits(per_second=None, chat_every=0.0)


async def main(limits: Limits) -> None:
    async with running(load_settings(), limits=limits) as parts:
        await parts.clients


if __name__ == "__main__":
    gc.freeze()
    asyncio.run(main(UNLIMITED if "--unlimited" in sys.argv else TELEGRAMS))
