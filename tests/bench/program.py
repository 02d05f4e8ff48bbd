"""`cli.help`, `demo.*`, `memory.idle`: the program as a child process, from its start to its first deed."""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from time import perf_counter
from urllib.request import urlopen

from aiohttp import ClientSession

from bots.demo.surroundings import child_environment
from core.ports import Records
from storage.migrations import upgrade
from tests.bench.children import our_bot, resident_bytes
from tests.bench.houses import STUDIO, folder, open_store
from tests.bench.loopback import Loopback
from tests.bench.rows import Pair, Row, at_most, below, interleaved

MINIS = Path(sys.executable).with_name("minis")
#: What is imported sooner or later, whatever is done with it.
IMPORTS = "import aiogram, telegram.ext, slack_bolt.async_app, stripe, sqlalchemy"
OWN_MEMORY = "from pathlib import Path; print(Path('/proc/self/statm').read_text().split()[1])"
PAGE = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 60.0  # seconds
SETTLED = 5.0  # seconds after which nothing is imported or built any more


def cli_help() -> Row:
    pairs = interleaved(
        lambda: _seconds(str(MINIS), "--help") * 1000, lambda: _seconds(sys.executable, "-c", "pass") * 1000, rounds=15
    )
    return at_most(5, "cli.help", "ms", pairs)


def demo_page() -> Row:
    async def seconds() -> float:
        async with _demo() as (_, page):
            return page

    return below(1.5, "demo.page", "s", [asyncio.run(seconds()) for _ in range(4)][1:])


def demo_bots() -> Row:
    async def seconds() -> float:
        async with _demo() as (address, page):
            began = perf_counter()
            async with asyncio.timeout(PATIENCE):
                await _first_answer(address)
            return page + perf_counter() - began

    pairs = interleaved(lambda: asyncio.run(seconds()), lambda: _seconds(sys.executable, "-c", IMPORTS), rounds=2)
    return at_most(1.5, "demo.bots", "s", pairs)


def memory_idle() -> Row:
    bare = subprocess.run((sys.executable, "-c", f"{IMPORTS}; {OWN_MEMORY}"), check=True, stdout=subprocess.PIPE)
    pair = Pair(asyncio.run(_idle_megabytes()), int(bare.stdout) * PAGE / 1e6)
    return at_most(1.3, "memory.idle", "MB", [pair])


async def _idle_megabytes() -> float:
    def furnish(records: Records) -> None:
        records.studios.add(STUDIO)

    loopback = Loopback(lambda _card: None)
    with folder() as home:
        upgrade(f"sqlite:///{home}/minis.db")
        with closing(open_store(f"sqlite:///{home}/minis.db")) as store:
            store.do(furnish)
        async with loopback.serving() as address, our_bot(home, address) as process:
            await asyncio.wait_for(loopback.is_polled.wait(), PATIENCE)
            await asyncio.sleep(SETTLED)
            return resident_bytes(process.pid) / 1e6


def _seconds(*command: str) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


@asynccontextmanager
async def _demo() -> AsyncGenerator[tuple[str, float]]:
    """A demo that runs; lends its address and the seconds to its first page."""
    with tempfile.TemporaryDirectory() as home:
        began = perf_counter()
        process = await asyncio.create_subprocess_exec(
            MINIS, "demo", "--no-open", stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, cwd=home, env=child_environment({})
        )
        try:
            async with asyncio.timeout(PATIENCE):
                address = await _address(process)
                await asyncio.to_thread(_get, address)
            yield address, perf_counter() - began
        finally:
            process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise AssertionError("the demo's words are read")
    said = (await process.stdout.readline()).decode()
    found = re.search(r"http://\S+", said)
    if found is None:
        raise AssertionError(f"the demo said: {said!r}")
    return found[0]


def _get(address: str) -> None:
    with urlopen(address, timeout=PATIENCE) as page:
        page.read()


async def _first_answer(address: str) -> None:
    """Start the bot on the first phone of the page, and wait for what it says."""
    async with ClientSession() as session, session.ws_connect(f"{address}/ws", origin=address) as socket:
        is_started = False
        async for message in socket:
            sight = message.json()
            if sight["type"] != "phones" or not sight["phones"]:
                continue
            phone = sight["phones"][0]
            if not is_started:
                is_started = True
                await socket.send_json({"do": "start", "phone": phone["id"], "payload": ""})
            elif any(not one["mine"] for one in phone["chat"]["messages"]):
                return
    raise AssertionError("the page's socket was closed")


ROWS = {"cli.help": cli_help, "demo.page": demo_page, "demo.bots": demo_bots, "memory.idle": memory_idle}
