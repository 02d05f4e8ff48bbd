"""Named points in a running program, seen at its seams: statements, commits, calls in and out. It may die at one.

Only the child of a crash test is watched, and the product knows nothing of it.
"""

import asyncio
import os
import re
import signal
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from aiohttp import web

from bots.stripe.api import Api as StripeApi
from bots.telegram.aiogram_api import AiogramApi
from bots.web.server import _Events
from storage.driver import execute, say
from storage.store import Store

#: The last line of a child that dies as told: whether a message was just being sent.
DIED: Final = "died"
SENDING: Final = "sending"
#: Begins the line that tells where the child's web server is.
AT: Final = "at "
#: Whatever point comes: the n-th of all.
ANY: Final = "any"

_SUBJECT: Final = re.compile(r"(INSERT) INTO (\w+)|(UPDATE) (\w+)|(SELECT) .*?\sFROM (\w+)", re.DOTALL)
_SPACES: Final = re.compile(r"\s+")
_IDS: Final = re.compile(r"\b[a-z]+_[A-Za-z0-9_]{16,}")
#: Said outside any unit of work, or only when several happen to share a commit.
_OF_THE_GROUP: Final = frozenset({"BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT unit", "RELEASE unit", "ROLLBACK TO unit"})
#: Writing down that a message was sent: only then can it not come twice any more.
_NOTES_OF_SENDING: Final = frozenset({"Courier._show", "Courier._settle"})


class Death(NamedTuple):
    """Die when the point is reached for the n-th time; ANY is reached with each."""

    point: str
    hit: int


class Watch:
    """Tells whoever listens at the other end of `line` each point that is reached, and dies at one of them.

    `waits`: nothing counts until a word comes down the line.
    """

    def __init__(self, line: socket.socket, death: Death | None, *, waits: bool = False) -> None:
        self._line = line
        self._death = death
        self._waits = waits
        self._hits: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._unit = threading.local()
        #: Whoever has a message on its way, or there and not yet written down: several may, each in its own chat.
        self._sending: set[asyncio.Task[Any] | None] = set()

    def reach(self, point: str) -> None:
        with self._lock:
            if self._waits and not self._is_called():
                return
            self._waits = False
            self._hits.update((point, ANY))
            self._tell(point)
            if self._death in ((point, self._hits[point]), (ANY, self._hits[ANY])):
                self._tell(f"{DIED} {SENDING}" if self._sending else DIED)
                os.kill(os.getpid(), signal.SIGKILL)

    def awake(self, address: str) -> None:
        """The program's web server is there."""
        with self._lock:
            self._tell(f"{AT}{address}")

    def install(self) -> None:
        """Put the watch between the product and what it stands on, for the rest of this process."""
        self._watch_units()
        self._watch_statements()
        self._watch_calls()
        self._watch_till()
        self._watch_events()

    def _is_called(self) -> bool:
        """Whether the word has come. It is sent before what it announces, and loopback keeps that order."""
        try:
            return bool(self._line.recv(64, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return False

    def _tell(self, text: str) -> None:
        self._line.sendall(f"{text}\n".encode())

    def _watch_units(self) -> None:
        run, read = Store.run, Store.read

        async def watched_run(store: Store, work: Callable[[Any], Any], *, urgent: bool = False) -> Any:
            name, task = _name_of(work), asyncio.current_task()

            def named(records: Any) -> Any:
                self._unit.name = name
                if name in _NOTES_OF_SENDING:
                    self._unit.noted = {*getattr(self._unit, "noted", ()), task}
                return work(records)

            result = await run(store, named, urgent=urgent)
            self.reach(f"{name}: told")
            return result

        async def watched_read(store: Store, work: Callable[[Any], Any]) -> Any:
            name = _name_of(work)

            def named(records: Any) -> Any:
                self._unit.name = None  # what a reader executes leaves nothing behind
                self.reach(f"{name}: reads")
                return work(records)

            return await read(store, named)

        put(Store, run=watched_run, read=watched_read)

    def _watch_statements(self) -> None:
        def watched_execute(connection: Any, cursor: Any, sql: str, parameters: Any) -> None:
            self._before(sql)
            execute(connection, cursor, sql, parameters)

        def watched_say(connection: Any, cursor: Any, sql: str) -> None:
            self._before(sql)
            say(connection, cursor, sql)
            if sql == "COMMIT":
                self._after_commit()

        put(sys.modules["storage.execution"], execute=watched_execute)
        for module in ("storage.execution", "storage.sqlite", "storage.postgres"):
            put(sys.modules[module], say=watched_say)

    def _watch_calls(self) -> None:
        call = AiogramApi.call

        async def watched_call(api: AiogramApi, method: str, params: Any, **options: Any) -> Any:
            self.reach(f"{method}: called")
            if method.startswith("send"):
                self._sending.add(asyncio.current_task())
            result = await call(api, method, params, **options)
            if method != "getUpdates" or result:
                self.reach(f"{method}: done, not known")
            return result

        put(AiogramApi, call=watched_call)

    def _watch_till(self) -> None:
        call = StripeApi._call

        async def watched_call(api: StripeApi, method: str, path: str, params: Any) -> Any:
            name = f"{method} {_IDS.sub('…', path)}"
            self.reach(f"{name}: called")
            result = await call(api, method, path, params)
            self.reach(f"{name}: done, not known")
            return result

        put(StripeApi, _call=watched_call)

    def _watch_events(self) -> None:
        take, write_eof = _Events.take, web.Response.write_eof

        async def watched_take(events: _Events, request: web.Request) -> web.Response:
            self.reach("an event: came")
            response = await take(events, request)
            self.reach("an event: kept, not acknowledged")
            return response

        async def watched_write_eof(response: web.Response, data: bytes = b"") -> None:
            await write_eof(response, data)
            self.reach("an event: acknowledged")

        put(_Events, take=watched_take)
        put(web.Response, write_eof=watched_write_eof)  # the program serves nothing else in these stories

    def _before(self, sql: str) -> None:
        unit = getattr(self._unit, "name", None)
        if unit is not None and sql not in _OF_THE_GROUP:
            self.reach(f"{unit}: {_subject_of(sql)}")

    def _after_commit(self) -> None:
        unit = getattr(self._unit, "name", None)
        if unit is None:
            return
        self._sending -= getattr(self._unit, "noted", set())
        self._unit.noted = set()
        self.reach(f"{unit}: committed")


def put(owner: object, **parts: object) -> None:
    """Swap parts of a class or module, for the rest of this process."""
    for name, part in parts.items():
        setattr(owner, name, part)


def _name_of(work: Callable[..., Any]) -> str:
    """The deed of the product that made this unit of work."""
    return work.__qualname__.partition(".<locals>")[0]


def _subject_of(sql: str) -> str:
    found = _SUBJECT.search(sql)
    return " ".join(filter(None, found.groups())) if found else _SPACES.sub(" ", sql)[:40]
