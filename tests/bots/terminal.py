"""A terminal with somebody before it: what they type, and everything that they see."""

import asyncio
import os
import pty
import subprocess
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Terminal:
    """One program in a pseudo-terminal."""

    def __init__(self, master: int, child: subprocess.Popen[bytes]) -> None:
        self._master = master
        self._child = child
        self._from = 0
        self.seen = ""

    async def shows(self, words: str, *, timeout: float = 60) -> str:
        """Wait until it shows the words, after those that were waited for before; gives all that came until then."""
        async with asyncio.timeout(timeout):
            while words not in self.seen[self._from :]:
                more = await asyncio.to_thread(self._read)
                assert more, f"it ended without “{words}”:\n{self.seen}"
        end = self.seen.index(words, self._from) + len(words)
        came, self._from = self.seen[self._from : end], end
        return came

    async def types(self, line: str) -> None:
        await asyncio.to_thread(os.write, self._master, f"{line}\n".encode())

    async def ends(self) -> int:
        """All is read; gives the exit code."""
        while await asyncio.to_thread(self._read):
            pass
        return await asyncio.to_thread(self._child.wait)

    def _read(self) -> str:
        try:
            more = os.read(self._master, 4096).decode(errors="replace").replace("\r\n", "\n")
        except OSError:  # nobody holds the other end any more
            return ""
        self.seen += more
        return more


@asynccontextmanager
async def terminal(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> AsyncGenerator[Terminal]:
    """The program at a terminal of its own; it is ended at the end."""
    master, slave = pty.openpty()
    child = subprocess.Popen(command, cwd=cwd, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
    os.close(slave)
    try:
        yield Terminal(master, child)
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(child.wait, 10)
        child.kill()
        os.close(master)
