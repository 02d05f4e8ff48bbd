"""Child processes: the bots and the program, each with an environment of its own."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bots.demo.surroundings import child_environment
from tests.bench.houses import LINK_KEY
from tests.bench.loopback import TOKEN

LOG = Path("build/bench.log")


@asynccontextmanager
async def child(module: str, *arguments: str, settings: Mapping[str, str] | None = None) -> AsyncGenerator[Process]:
    """Run a module until the end of the block, then end it; what it says goes to `build/bench.log`."""
    command = (sys.executable, "-m", module, *arguments)
    with LOG.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=log, stderr=log, env=child_environment(settings or {})
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def our_bot(home: Path, address: str, *arguments: str) -> AsyncGenerator[Process]:
    """The real program over the database in `home`, its Telegram at the address."""
    settings = {
        "MINIS_HOME": str(home),
        "MINIS_SECRET_KEY": LINK_KEY.decode(),
        "MINIS_CLIENTS_BOT_TOKEN": TOKEN,
        "MINIS_TELEGRAM_API_URL": address,
        "MINIS_HTTP_PORT": "0",
    }
    async with child("tests.bench.our_bot", *arguments, settings=settings) as process:
        yield process


def resident_bytes(pid: int) -> int:
    """The resident memory of a process, as Linux tells it."""
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096
