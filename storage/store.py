"""The store: the one bridge between the asynchronous rim and the synchronous records (DESIGN, "storage")."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Self, TypeVar

from sqlalchemy import URL, make_url

from storage import postgres, sqlite
from storage.line import Line, Waiting
from storage.unit import Unit

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Store:
    """Runs units of work, each in a transaction of its own, on SQLite or PostgreSQL.

    The work is a plain function of the records. It may be called twice, so it does nothing else; what it returns must
    not be the records. A Refusal, or any other error that leaves it, rolls the unit back and is raised to the caller.
    """

    def __init__(self, url: str | URL, *, link_key: bytes = b"") -> None:
        """Open a database that has its tables (`storage.migrations.upgrade`); `link_key` makes the lasting links."""
        parsed = make_url(url)
        self._callbacks: list[Callable[[], None]] = []
        kind = sqlite.Sqlite if parsed.get_backend_name() == "sqlite" else postgres.Postgres
        self._keeper = kind(parsed, link_key, self._committed)

    @classmethod
    def open(cls, url: str, *, link_key: bytes = b"") -> Self:
        return cls(url, link_key=link_key)

    @classmethod
    def open_to_read(cls, url: str, *, link_key: bytes = b"") -> Self:
        """Open a database in which nothing can be written."""
        parsed = make_url(url)
        engine = sqlite if parsed.get_backend_name() == "sqlite" else postgres
        return cls(engine.only_reading(parsed), link_key=link_key)

    async def run(self, work: Callable[[Unit], T], *, urgent: bool = False) -> T:
        """Run a unit that may write, and wait until it is durable. Cancelling the wait does not stop the unit.

        Raises:
            Refusal: a rule said no.
            OutcomeUnknown: the connection was lost during COMMIT.
            TookTooLong, Busy: nothing was kept.
        """
        return await _awaited(self._keeper.writes, work, urgent=urgent)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run a unit that only reads, on one snapshot; it never waits for a writer and cannot write."""
        return await _awaited(self._keeper.reads, work)

    def do(self, work: Callable[[Unit], T]) -> T:
        """`run`, for callers that are not asynchronous."""
        return _waited_for(self._keeper.writes, work)

    def look(self, work: Callable[[Unit], T]) -> T:
        """`read`, for callers that are not asynchronous."""
        return _waited_for(self._keeper.reads, work)

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Have `callback` called, in a thread of the store, after every commit."""
        self._callbacks.append(callback)

    def close(self) -> None:
        """Serve who waits already, then let go of the database."""
        self._keeper.close()

    def _committed(self) -> None:
        for callback in self._callbacks:
            try:
                callback()
            except Exception:
                _log.exception("a callback after a commit failed")


async def _awaited(line: Line, work: Callable[[Unit], T], *, urgent: bool = False) -> T:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    line.join(Waiting(work, answer, loop), urgent=urgent)
    return await answer


def _waited_for(line: Line, work: Callable[[Unit], T]) -> T:
    answer: Future[T] = Future()
    line.join(Waiting(work, answer))
    return answer.result()
