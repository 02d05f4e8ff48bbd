"""The line in which units of work wait for a thread: the urgent ones first, each lane in order of arrival."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition
from typing import Any

from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit of work in the line, and where its result goes."""

    work: Callable[[Unit], Any]
    answer: "Future[Any] | asyncio.Future[Any]"
    #: Where the answer is awaited; None where a thread waits for it.
    loop: asyncio.AbstractEventLoop | None = None


class Closed(RuntimeError):
    """The store is closed: a unit came after the end."""


class Line:
    """A queue for many threads at both ends."""

    __slots__ = ("_changed", "_closed", "_normal", "_urgent")

    def __init__(self) -> None:
        self._changed = Condition()
        self._urgent: deque[Waiting] = deque()
        self._normal: deque[Waiting] = deque()
        self._closed = False

    def join(self, waiting: Waiting, *, urgent: bool = False) -> None:
        """Stand in the line. Raises Closed after `close`."""
        with self._changed:
            if self._closed:
                raise Closed("the store is closed")
            (self._urgent if urgent else self._normal).append(waiting)
            self._changed.notify()

    def take(self, most: int = 1, *, takers: int = 1) -> list[Waiting]:
        """Wait for somebody and take up to `most`; nobody once the line is closed and empty.

        Of several takers each takes its share of those who wait.
        """
        with self._changed:
            while not self._urgent and not self._normal and not self._closed:
                self._changed.wait()
            most = min(most, -(-(len(self._urgent) + len(self._normal)) // takers))
            taken: list[Waiting] = []
            for lane in (self._urgent, self._normal):
                while lane and len(taken) < most:
                    taken.append(lane.popleft())
            return taken

    def close(self) -> None:
        """Let nobody else in; those in the line are still served."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit; told only when it is certain."""

    waiting: Waiting
    result: Any = None
    error: BaseException | None = None


def tell(outcomes: Iterable[Outcome]) -> None:
    """Give the answers: to a thread at once, to an event loop all in one step, for waking a loop costs the most."""
    loops: defaultdict[asyncio.AbstractEventLoop, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.waiting.loop:
            loops[outcome.waiting.loop].append(outcome)
        else:
            _answer([outcome])
    for loop, awaited in loops.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_answer, awaited)


def _answer(outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        answer = outcome.waiting.answer
        if answer.done():  # whoever waited has given up
            continue
        if outcome.error is None:
            answer.set_result(outcome.result)
        elif isinstance(outcome.error, StopIteration):  # no future takes it, and whoever waits would wait for ever
            answer.set_exception(RuntimeError("a unit of work raised StopIteration"))
        else:
            answer.set_exception(outcome.error)
