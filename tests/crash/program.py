"""The program under test as its neighbours see it: it is born, reaches points, dies, and is started again."""

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.crash.nursery import Nursery, Order
from tests.crash.seams import AT, DIED, SENDING, Death


class Program:
    """One life: from its start to SIGKILL, its own or ours."""

    def __init__(self, nursery: Nursery, settings: dict[str, Any], log: Path) -> None:
        self._nursery = nursery
        self._settings = settings
        self._log = log
        self._pid = 0
        self._writer: asyncio.StreamWriter | None = None
        #: Where its web server is; empty until it is there.
        self.web = ""
        #: The points it has reached, in order.
        self.points: list[str] = []
        #: It died where it was told to …
        self.died_as_told = False
        #: … while a message was on its way, or there and not yet written down.
        self.died_sending = False
        self.is_dead = asyncio.Event()

    async def start(self, *, death: Death | None = None, waits: bool = False, without: str | None = None) -> None:
        """Start it; `waits`: no point counts until it is `called`; `without` is a guard to leave out."""
        self._server = await asyncio.start_server(self._listen, "127.0.0.1", 0)
        order = Order(
            settings=self._settings,
            port=self._server.sockets[0].getsockname()[1],
            log=str(self._log),
            death=death,
            waits=waits,
            without=without,
        )
        self._pid = self._nursery.bear(order)

    def call(self) -> None:
        """From now on its points count."""
        assert self._writer, "it has not begun yet"
        self._writer.write(b"now")

    async def kill(self) -> None:
        """Kill it, if it lives, and wait until it is dead."""
        if not self.is_dead.is_set():
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        if self._writer:
            await self.is_dead.wait()
        self._server.close()  # of one that had nothing to say yet
        self.is_dead.set()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._server.close()
        with suppress(ConnectionResetError):
            while line := await reader.readline():
                self._hear(line.decode().strip())
        writer.close()
        self.is_dead.set()

    def _hear(self, point: str) -> None:
        if point.startswith(AT):
            self.web = point.removeprefix(AT)
        elif point in {DIED, f"{DIED} {SENDING}"}:
            self.died_as_told = True
            self.died_sending = point.endswith(SENDING)
        else:
            self.points.append(point)
