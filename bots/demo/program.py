"""The real program, unmodified, as a child process: first `minis example`, then `minis up`."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bots.demo.surroundings import child_environment

COMMAND = (sys.executable, "-m", "bots.cli")
GRACE_SECONDS = 5.0  # what `minis up` gets to end by itself before it is killed
TAIL_LINES = 6
CLAIM: Final = re.compile(rb"https://t\.me/\S+\?start=claim_\S+")


class ProgramEnded(Exception):
    """The real program ended by itself. The message says in plain words what, and the last lines of its log."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the example: `kind` is mini, reservation, full or preview."""

    kind: str
    title: str
    url: str

    @property
    def payload(self) -> str:
        """What stands behind `?start=`."""
        return self.url.partition("?start=")[2]


class Program:
    """`minis` with a home and settings of its own. `log` is where its output goes."""

    def __init__(self, home: Path, settings: Mapping[str, str], command: Sequence[str] = COMMAND) -> None:
        self.log = home / "minis.log"
        self.home = home
        self._command = tuple(command)
        self._environment = child_environment({"MINIS_HOME": str(home), **settings})

    async def example(self) -> tuple[Link, ...]:
        """Make the example studio and give its links. Raises ProgramEnded where that fails."""
        with self.log.open("ab") as log:
            child = await self._start("example", "--json", stdout=PIPE, stderr=log)
            try:
                output, _ = await child.communicate()
            finally:
                await _end(child)
        if child.returncode != 0:
            raise ProgramEnded(f"The example could not be made.\n{self._tail()}")
        return tuple(Link(link["kind"], link["title"], link["url"]) for link in json.loads(output)["links"])

    async def up(self, invite: Callable[[str], None] = lambda _link: None) -> None:
        """Run `minis up` until cancelled; `invite` gets the claim link that it prints where nobody owns the studio.

        Raises ProgramEnded if it ends by itself.
        """
        with self.log.open("ab", buffering=0) as log:
            child = await self._start("up", stdout=PIPE, stderr=log)
            try:
                while child.stdout and (line := await child.stdout.readline()):
                    log.write(line)
                    if found := CLAIM.search(line):
                        invite(found.group().decode())
                code = await child.wait()
            finally:
                await _end(child)
        raise ProgramEnded(f"The bot has stopped (exit code {code}); starting the demo again helps.\n{self._tail()}")

    async def _start(self, *words: str, stdout: object, stderr: object) -> Process:
        # A session of its own: Ctrl-C in the terminal reaches the demo alone, which then ends its child in good order.
        return await asyncio.create_subprocess_exec(
            *self._command,
            *words,
            stdin=DEVNULL,
            stdout=stdout,  # pyright: ignore[reportArgumentType]  # int | IO, which the stubs name by a private alias
            stderr=stderr,  # pyright: ignore[reportArgumentType]
            cwd=self.home,
            env=self._environment,
            start_new_session=True,
        )

    def _tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines[-TAIL_LINES:] if line.strip())


async def _end(child: Process) -> None:
    """Ask the child to end, and after the grace make it. Fine to call for one that has ended."""
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), GRACE_SECONDS)
    except TimeoutError:
        child.kill()
        await child.wait()
