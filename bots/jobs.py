"""The clockwork: it only ticks. What is due, and what is done then, is the back office's,
the courier's and the cashier's to know.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs] - it has none

from bots.cashier import Cashier
from bots.courier import Courier
from core.back_office import BackOffice
from core.ports import Records
from storage.store import Store

#: The next deadline may come nearer without a word: another process or the demo moves the clock.
BEAT: Final = timedelta(seconds=1)
#: After a commit; those that come meanwhile share a tick. In a rush there are hundreds a second.
SOON: Final = timedelta(milliseconds=20)
CLEAN_UP: Final = timedelta(hours=1)
GRACE: Final = 1.0  # seconds that a tick gets to end by itself when all is over

_DEEDS: Final[tuple[Callable[[BackOffice], int], ...]] = (
    BackOffice.lapse_holds,
    BackOffice.lapse_reservations,
    BackOffice.open_minis,
    BackOffice.finish_sessions,
    BackOffice.presume_closed,
    BackOffice.end_choices,
)
_log = structlog.stdlib.get_logger(__name__)


class Jobs:
    """One tick at a time: every second, at the next deadline, and when something was committed; hourly, a clean-up.

    A tick is cut short at any point without harm: each of its deeds is a short unit of work of its own.
    """

    def __init__(
        self,
        store: Store,
        courier: Courier,
        cashier: Cashier | None = None,
        *,
        office: Callable[[Records], BackOffice] = BackOffice,
        each_minute: Callable[[], Awaitable[None]] | None = None,
        clean_up_every: timedelta = CLEAN_UP,
    ) -> None:
        self._store = store
        self._courier = courier
        self._cashier = cashier
        self._office = office
        self._each_minute = each_minute
        self._clean_up_every = clean_up_every
        self._loop = asyncio.get_running_loop()
        self._idle = asyncio.Event()
        self._idle.set()
        #: Something was committed since the last tick began.
        self._woken = False
        #: A tick will follow soon.
        self._called = False
        #: What is due cannot be done yet: no commit wakes the clockwork before its next beat.
        self._stuck = False
        # APScheduler has no types; this module is the only one that meets it.
        self._scheduler = cast(Any, AsyncIOScheduler(timezone="UTC", event_loop=self._loop))
        self._job = cast(Any, None)

    def start(self) -> None:
        self._scheduler.start()
        self._job = self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=BEAT.total_seconds(),
            next_run_time=_moment(timedelta(0)),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.add_job(
            self._clean_up, "interval", seconds=self._clean_up_every.total_seconds(), misfire_grace_time=None
        )
        if self._each_minute:
            self._scheduler.add_job(self._each_minute, "interval", seconds=60, misfire_grace_time=None)
        self._store.on_commit(self._committed)

    async def stop(self) -> None:
        """No further tick; the present one may end. Shutting the scheduler down would cancel it."""
        self._job.pause()
        try:
            await asyncio.wait_for(self._idle.wait(), GRACE)
        except TimeoutError:
            _log.warning("a tick was cut short")
        self._scheduler.shutdown(wait=False)

    def _committed(self) -> None:
        """Called in a thread of the store's."""
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        """Something was committed, perhaps a message for somebody."""
        self._woken = True
        if self._idle.is_set() and not self._stuck and self._scheduler.running:
            self._call()

    def _call(self) -> None:
        if not self._called:
            self._called = True
            self._run_in(SOON)

    def _run_in(self, delay: timedelta) -> None:
        self._job.modify(next_run_time=_moment(delay))

    async def _beat(self) -> None:
        self._idle.clear()
        self._woken = self._called = False
        try:
            delay = await self._tick()
            if self._woken and not self._stuck:
                self._call()
            elif delay is not None and delay < BEAT:
                self._run_in(delay)
        except Exception:
            _log.exception("a tick failed; the next one tries again")
        finally:
            self._idle.set()

    async def _tick(self) -> timedelta | None:
        """Do what is due. Gives how long the next deadline is away, if there is one; an idle tick is one statement."""
        await self._courier.show_again()
        now, deadline = await self._store.read(_next_deadline)
        self._stuck = False
        if deadline is None or deadline > now:
            return None if deadline is None else deadline - now
        done = sum([await self._repeat_alone(deed) for deed in _DEEDS]) + await self._courier.take_due()
        if self._cashier:
            done += await self._cashier.take_due()
        self._stuck = not done
        return None

    async def _clean_up(self) -> None:
        for deed in (BackOffice.forget_inbox, BackOffice.forget_files):
            await self._repeat_alone(deed)

    async def _repeat_alone(self, deed: Callable[[BackOffice], int]) -> int:
        """A deed that fails keeps nobody else from theirs: what is due of it is tried again with the next tick."""
        try:
            return await self._repeat(deed)
        except Exception:
            _log.exception("a deed of the back office failed", deed=deed.__name__)
            return 0

    async def _repeat(self, deed: Callable[[BackOffice], int]) -> int:
        """The back office takes a handful a unit: again, until nothing is left."""
        done = 0
        while count := await self._store.run(lambda records: deed(self._office(records))):
            done += count
        return done


def _next_deadline(records: Records) -> tuple[datetime, datetime | None]:
    deadline = records.clock.next_deadline()
    return records.now, deadline


def _moment(delay: timedelta) -> datetime:
    # The scheduler's own clock: it says when to look, never what is due.
    return datetime.now(UTC) + delay  # noqa: TID251
