"""Errands to the till: each answer is written down, what fails is asked again, and nothing ends the cashier."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine
from contextlib import closing

import pytest

from bots.cashier import AT_ONCE, LEASE, ROOM, Cashier
from core.payments.errands import Answer, ClosePage, Errand, LookAtPage, LookAtPayment, OpenPage
from core.payments.till import Charge, PageState, RefundState, TillRefused, TillShut
from core.ports import Records
from core.values.refusals import Trouble
from storage.store import Store
from tests.bots.tills import PretendedOffice, PretendedTill, a_checkout, a_page, a_refund, pay_back

OPEN = OpenPage(a_checkout())
LOOK = LookAtPage(a_checkout(), "cs_1")
CLOSE = ClosePage(a_checkout(), "cs_1")
LOOK_AT_PAYMENT = LookAtPayment("luna", "payment-1", "pi_1")


class Desk:
    """A cashier between a pretended till and a pretended back office, on a real store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.till, self.other = PretendedTill(), PretendedTill()
        self.office = PretendedOffice()
        self.tasks: list[asyncio.Task[None]] = []
        self.cashier = Cashier(store, self._till_of, office=lambda records: self.office, spawn=self._spawn)

    async def _till_of(self, studio_id: str, till: str) -> PretendedTill:
        return self.other if till else self.till

    def trouble(self, till: str = "") -> str:
        return self.cashier.trouble_of("luna", till)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def do(self, *errands: Errand) -> int:
        """Take the errands, and wait until each is done."""
        self.office.waiting += errands
        taken = await self.cashier.take_due()
        await asyncio.gather(*self.tasks)
        return taken


@pytest.fixture
async def desk(migrated_sqlite_url: str) -> AsyncGenerator[Desk]:
    with closing(Store.open(migrated_sqlite_url)) as store:
        yield Desk(store)


@pytest.mark.rule("H4")
@pytest.mark.parametrize(
    ("errand", "asked", "answer"),
    [
        (OPEN, ("open", "checkout-1", "key-1"), a_page()),
        (LOOK, ("look", "cs_1"), a_page(PageState.PAID)),
        (CLOSE, ("close", "cs_1"), a_page(PageState.EXPIRED)),
        (pay_back(look_first=False), ("refund", "refund-1-a1"), a_refund()),
        (LOOK_AT_PAYMENT, ("charge", "pi_1"), Charge(payment_ref="pi_1", refunds=(), dispute=None)),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_the_till_is_asked_and_its_answer_written_down(
    desk: Desk, errand: Errand, asked: tuple[str, ...], answer: Answer
):
    assert await desk.do(errand) == 1

    assert desk.till.asked == [asked]
    assert desk.office.written == [("heard", errand, answer)]
    assert desk.trouble() == ""


async def test_a_refusal_is_written_down_with_the_tills_word(desk: Desk):
    desk.till.fails = TillRefused("charge_disputed", "status 400")
    errand = pay_back(look_first=False)

    await desk.do(errand)

    assert desk.office.written == [("refused", errand, "charge_disputed")]


async def test_silence_is_written_down_and_said_once(desk: Desk, caplog: pytest.LogCaptureFixture):
    desk.till.fails = Trouble("no connection")

    await desk.do(OPEN, LOOK)

    assert desk.office.written == [("unheard", OPEN, False), ("unheard", LOOK, False)]
    assert desk.trouble() == "the till does not answer"

    desk.till.fails = None
    await desk.do(CLOSE)
    assert desk.trouble() == ""


@pytest.mark.rule("A3", "H4")
async def test_no_other_till_is_in_trouble_for_one_that_is_shut_and_that_is_asked_again(desk: Desk):
    desk.till.fails = TillShut("status 401")
    elsewhere = LookAtPayment("luna", "payment-2", "pi_2", "till-2")

    await desk.do(OPEN)
    await desk.do(elsewhere)

    assert [note[:2] for note in desk.office.written] == [("unheard", OPEN), ("heard", elsewhere)]
    assert desk.office.written[0][2] is True
    assert (desk.trouble(), desk.trouble("till-2")) == ("the till does not take our key", "")

    desk.till.fails = None
    await desk.do(OPEN)
    assert (desk.office.written[-1][:2], desk.trouble()) == (("heard", OPEN), "")


@pytest.mark.rule("H7")
@pytest.mark.parametrize("state", [RefundState.DONE, RefundState.SENT, RefundState.FAILED])
async def test_a_refund_that_was_made_is_not_made_again(desk: Desk, state: RefundState):
    made = a_refund(state=state)
    desk.till.refunds = (a_refund("refund-7"), made, a_refund(ref="re_0", state=RefundState.FAILED))
    errand = pay_back(look_first=True)

    await desk.do(errand)

    assert desk.till.asked == [("charge", "pi_1")]
    assert desk.office.written == [("heard", errand, made)]


async def test_a_refund_that_was_never_made_is_made_after_looking(desk: Desk):
    desk.till.refunds = (a_refund("refund-7"), a_refund(""))
    errand = pay_back(look_first=True)

    await desk.do(errand)

    assert desk.till.asked == [("charge", "pi_1"), ("refund", "refund-1-a1")]
    assert desk.office.written == [("heard", errand, a_refund())]


async def test_the_till_is_asked_eight_things_at_once(desk: Desk):
    desk.till.may_answer.clear()
    desk.office.waiting = [LOOK] * (ROOM + 5)

    assert await desk.cashier.take_due() == ROOM
    assert await desk.cashier.take_due() == 0  # until half of them are done
    await asyncio.sleep(0.05)
    assert len(desk.till.asked) == AT_ONCE
    desk.till.may_answer.set()
    await asyncio.gather(*desk.tasks)
    await desk.do()

    assert desk.till.most_at_once == AT_ONCE
    assert len(desk.office.written) == ROOM + 5


async def test_the_next_is_asked_while_an_answer_is_written(desk: Desk):
    may_write, is_held = threading.Event(), threading.Event()

    def hold_the_writer(_records: Records) -> None:
        is_held.set()
        may_write.wait(10)

    desk.till.may_answer.clear()
    desk.office.waiting = [LOOK] * (2 * AT_ONCE)
    await desk.cashier.take_due()
    held = asyncio.ensure_future(desk.store.run(hold_the_writer))
    async with asyncio.timeout(5):
        while not is_held.is_set():
            await asyncio.sleep(0.01)
        desk.till.may_answer.set()
        while len(desk.till.asked) < 2 * AT_ONCE:
            await asyncio.sleep(0.01)
    assert desk.office.written == []

    may_write.set()
    await asyncio.gather(held, *desk.tasks)

    assert len(desk.office.written) == 2 * AT_ONCE


async def test_a_bug_of_ours_is_tried_again_later_and_ends_nothing(desk: Desk):
    desk.office.stumbles_over = lambda note: note[0] == "heard" and note[1] is OPEN

    await desk.do(OPEN, LOOK)

    assert [note[:2] for note in desk.office.written] == [("heard", LOOK), ("unheard", OPEN)]


async def test_a_till_that_breaks_in_an_unknown_way_ends_nothing(desk: Desk):
    desk.till.fails = ZeroDivisionError("in the till")

    await desk.do(OPEN)

    assert desk.office.written == [("unheard", OPEN, False)]


async def test_what_cannot_even_be_set_aside_ends_nothing(desk: Desk):
    desk.office.stumbles_over = lambda note: True

    assert await desk.do(OPEN) == 1
    desk.office.stumbles_over = lambda note: False
    assert await desk.do(LOOK) == 1

    assert [note[:2] for note in desk.office.written] == [("heard", LOOK)]


async def test_errands_that_cannot_be_taken_end_nothing(desk: Desk):
    desk.office.cannot_take = Trouble("the database is away")
    assert await desk.do(OPEN) == 0

    desk.office.cannot_take = None
    assert await desk.do() == 1


async def test_the_lease_outlasts_what_waits(desk: Desk):
    await desk.do(OPEN)

    assert desk.office.leases == {LEASE}
