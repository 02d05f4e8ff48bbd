"""The cashier does the errands to the till: asks what is due to be asked, and writes down what came of each.

The row that needs the answer is the errand, and the till gives the same answer twice: whatever is lost on the way, by a
crash or a dead line, is asked again when its lease is over.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Final, Protocol

import structlog

from bots.till import Till
from core.payments.errands import (
    Answer,
    ClosePage,
    Errand,
    LookAtPage,
    LookAtPayment,
    OpenPage,
    PayBack,
    asked_of,
    earlier_of,
)
from core.payments.till import RefundAnswer, TillRefused, TillShut
from core.ports import Records
from core.values.refusals import Trouble
from storage.store import Store

AT_ONCE: Final = 8  # errands that the till is asked side by side
ROOM: Final = 16 * AT_ONCE  # errands that are taken and wait for their turn, so that nobody who asks waits for a look
ASK_FOR: Final = timedelta(seconds=20)  # an errand is a few calls at most; beyond, it counts as unanswered
LEASE: Final = timedelta(minutes=1)  # after a crash, a seat waits no longer for its answer

_log = structlog.stdlib.get_logger(__name__)


class Office(Protocol):
    """What the cashier needs of the back office, in one unit of work."""

    def take_errands(self, limit: int, lease: timedelta) -> list[Errand]: ...
    def heard(self, errand: Errand, answer: Answer) -> None: ...
    def refused(self, errand: Errand, code: str) -> None: ...
    def unheard(self, errand: Errand, *, shut: bool) -> None: ...


class Cashier:
    """One for the process.

    `till_of` gives one of a studio's tills as it is now; `office` opens the back office on a unit's records; `spawn`
    starts a supervised task.
    """

    def __init__(
        self,
        store: Store,
        till_of: Callable[[str, str], Awaitable[Till]],
        *,
        office: Callable[[Records], Office],
        spawn: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        self._store = store
        self._till_of = till_of
        self._office = office
        self._spawn = spawn
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._under_way = 0
        # By the till that is asked: what keeps it from answering.
        self._troubles: dict[tuple[str, str], str] = {}

    def trouble_of(self, studio_id: str, till: str) -> str:
        """What keeps the till from answering, in plain words; empty while it does."""
        return self._troubles.get((studio_id, till), "")

    async def take_due(self) -> int:
        """Begin with the errands that are due, as many as there is room for; gives how many. Never raises."""
        room = ROOM - self._under_way
        if room < ROOM / 2:
            return 0
        try:
            errands = await self._store.run(lambda records: self._office(records).take_errands(room, LEASE))
        except Exception:
            _log.exception("errands to the till could not be taken")
            return 0
        self._under_way += len(errands)
        for errand in errands:
            self._spawn(self._do(errand, time.monotonic()))
        return len(errands)

    async def _do(self, errand: Errand, taken_at: float) -> None:
        """Do one errand, unless its lease is nearly over. Never raises: what fails is asked again."""
        try:
            async with self._turns:
                if time.monotonic() - taken_at >= LEASE.total_seconds() / 2:
                    return
                note = await self._ask(errand)
            await self._write(note)  # while the next one asks
        except Trouble as trouble:
            _log.warning("what the till said must wait for the database", error=repr(trouble))
        except Exception:
            _log.exception("an errand to the till failed", errand=type(errand).__name__)
            await self._set_aside(errand)
        finally:
            self._under_way -= 1

    async def _ask(self, errand: Errand) -> Callable[[Office], None]:
        """Ask the till; gives what is to be written down of it."""
        asked = asked_of(errand)
        try:
            async with asyncio.timeout(ASK_FOR.total_seconds()):
                answer = await answer_to(errand, await self._till_of(*asked))
        except TillRefused as refused:
            self._note(asked, "")
            _log.warning("the till refused", errand=type(errand).__name__, code=refused.code, said=str(refused))
            code = refused.code
            return lambda office: office.refused(errand, code)
        except TillShut as shut:
            self._note(asked, "the till does not take our key", error=str(shut), is_grave=True)
            return lambda office: office.unheard(errand, shut=True)
        except (Trouble, TimeoutError) as trouble:
            self._note(asked, "the till does not answer", error=repr(trouble))
            return lambda office: office.unheard(errand, shut=False)
        self._note(asked, "")
        return lambda office: office.heard(errand, answer)

    async def _write(self, note: Callable[[Office], None]) -> None:
        await self._store.run(lambda records: note(self._office(records)))

    async def _set_aside(self, errand: Errand) -> None:
        """What we ourselves cannot do is tried again as what the till does not answer: later each time."""
        try:
            await self._write(lambda office: office.unheard(errand, shut=False))
        except Exception:
            _log.exception("its lease will run out", errand=type(errand).__name__)

    def _note(self, asked: tuple[str, str], trouble: str, *, error: str = "", is_grave: bool = False) -> None:
        """Say once what is wrong with the till, and once that it is over."""
        if trouble == self._troubles.get(asked, ""):
            return
        self._troubles[asked] = trouble
        _, till = asked
        if not trouble:
            _log.info("the till answers again", till=till)
        elif is_grave:
            _log.error(trouble, till=till, error=error)
        else:
            _log.warning(trouble, till=till, error=error)


async def answer_to(errand: Errand, till: Till) -> Answer:
    """Ask the till what the errand is about. Raises what the till raises."""
    match errand:
        case OpenPage(checkout):
            return await till.open(checkout.order, checkout.key)
        case LookAtPage(_, session_id):
            return await till.look(session_id)
        case ClosePage(_, session_id):
            return await till.close(session_id)
        case PayBack():
            return await _paid_back(errand, till)
        case LookAtPayment():
            return await till.charge(errand.payment_ref)


async def _paid_back(errand: PayBack, till: Till) -> RefundAnswer:
    """Ask for it, unless it was: then what became of that, the newest try. What the till told of is never asked for."""
    if errand.ref or errand.look_first:
        charge = await till.charge(errand.order.payment_ref)
        if earlier := earlier_of(errand, charge):
            return earlier
    if errand.ref:
        raise Trouble(f"the till does not tell of {errand.ref} any more")
    return await till.refund(errand.order)
