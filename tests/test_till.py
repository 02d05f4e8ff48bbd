"""What every till promises, held against the fake of the tests and against the real one over a Stripe on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bots.demo.stripe import StripeStandIn
from bots.stripe.api import Api
from bots.stripe.till import StripeTill
from bots.till import Till
from core.payments.checkout import PAGE_OPEN, Order, OrderLine
from core.payments.till import DisputeState, Page, PageState, RefundFailure, RefundOrder, RefundState, TillRefused
from core.values.money import Money
from core.values.refusals import Trouble
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.till import KEY, KEYS
from tests.till import FakeTill, Street

A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Counter:
    """A till, what happens there unasked, and the clock that both go by."""

    till: Till
    street: Street
    clock: Clock

    def order(self, checkout_id: str = "checkout-1", minor: int = 12000, currency: str = "USD") -> Order:
        return Order(
            checkout_id=checkout_id,
            booking_id="booking-1",
            booking_code="LP-4821",
            attempt=1,
            lines=(OrderLine(name="Family, 20 minutes", amount=Money(minor, currency)),),
            email="ana@example.com",
            expires_at=self.clock() + PAGE_OPEN,
            return_to="https://t.me/LunaPhotoBot?start=p_1",
            back_to="https://t.me/LunaPhotoBot",
            note="Your time is held until 7:15 PM.",
            language="en",
        )

    async def page(self) -> Page:
        return await self.till.open(self.order(), "key-1")

    async def paid(self) -> str:
        """The name of a payment of 120 dollars."""
        page = await self.page()
        self.street.pay(page.session_id)
        ref = (await self.till.look(page.session_id)).payment_ref
        assert ref
        return ref


def back(payment_ref: str, **facts: Any) -> RefundOrder:
    known: dict[str, Any] = {
        "refund_id": "refund-1",
        "payment_ref": payment_ref,
        "amount": Money(12000, "USD"),
        "key": "refund:1",
    }
    return RefundOrder(**(known | facts))


@pytest.fixture(params=["fake", "Stripe"])
async def counter(request: pytest.FixtureRequest) -> AsyncIterator[Counter]:
    clock = Clock()
    if request.param == "fake":
        fake = FakeTill(clock)
        yield Counter(fake, fake, clock)
        return
    standin = StripeStandIn(keys=KEYS, now=clock)
    api = Api(KEY, await standin.start())
    try:
        yield Counter(StripeTill(api), standin, clock)
    finally:
        await api.close()
        await standin.stop()


@pytest.mark.rule("H3", "G5")
class TestPages:
    async def test_a_page_asks_for_what_was_ordered(self, counter: Counter):
        page = await counter.page()

        assert (page.checkout_id, page.state, page.amount) == ("checkout-1", PageState.OPEN, Money(12000, "USD"))
        assert page.url
        assert page.payment_ref is None
        assert await counter.till.look(page.session_id) == page

    async def test_asked_again_it_is_the_same_page(self, counter: Counter):
        order = counter.order()
        page = await counter.till.open(order, "key-1")

        assert await counter.till.open(order, "key-1") == page
        assert (await counter.till.open(counter.order("checkout-2"), "key-2")).session_id != page.session_id

    async def test_asked_again_it_is_given_as_it_stands(self, counter: Counter):
        order = counter.order()
        page = await counter.till.open(order, "key-1")
        counter.street.pay(page.session_id)

        assert (await counter.till.open(order, "key-1")).state is PageState.PAID

    async def test_a_key_makes_one_page_whatever_is_asked_for_with_it(self, counter: Counter):
        order = counter.order()
        page = await counter.till.open(order, "key-1")

        assert await counter.till.open(replace(order, email="ana@mail.com"), "key-1") == page
        with pytest.raises(TillRefused):
            await counter.till.open(counter.order("checkout-2"), "key-1")

    async def test_a_page_whose_answer_was_lost_is_there(self, counter: Counter):
        order = counter.order()
        counter.street.lose_answers(1)
        with pytest.raises(Trouble):
            await counter.till.open(order, "key-1")

        assert (await counter.till.open(order, "key-1")).state is PageState.OPEN

    async def test_while_it_is_down_nothing_is_made(self, counter: Counter):
        order = counter.order()
        counter.street.go_down(None)
        with pytest.raises(Trouble):
            await counter.till.open(order, "key-1")
        counter.street.come_back()
        counter.clock.move(timedelta(minutes=6))

        with pytest.raises(TillRefused):
            await counter.till.open(order, "key-1")

    @pytest.mark.parametrize("order", [("USD", 49), ("KWD", 12345)])
    async def test_an_amount_that_no_card_is_charged_is_refused(self, counter: Counter, order: tuple[str, int]):
        currency, minor = order

        with pytest.raises(TillRefused):
            await counter.till.open(counter.order(minor=minor, currency=currency), "key-1")

    @pytest.mark.rule("H1")
    @pytest.mark.parametrize("amount", [Money(5000, "JPY"), Money(12340, "KWD"), Money(50, "USD")])
    async def test_amounts_come_back_as_they_went(self, counter: Counter, amount: Money):
        order = counter.order(minor=amount.minor, currency=amount.currency)

        assert (await counter.till.open(order, "key-1")).amount == amount

    async def test_a_paid_page_names_its_payment(self, counter: Counter):
        page = await counter.page()
        counter.street.pay(page.session_id)
        paid = await counter.till.look(page.session_id)

        assert (paid.state, paid.url, paid.amount) == (PageState.PAID, None, page.amount)
        assert paid.payment_ref

    async def test_a_page_ends_by_itself(self, counter: Counter):
        page = await counter.page()
        counter.clock.move(PAGE_OPEN)

        assert (await counter.till.look(page.session_id)).state is PageState.EXPIRED

    async def test_a_page_that_is_closed_takes_no_money(self, counter: Counter):
        page = await counter.page()

        assert (await counter.till.close(page.session_id)).state is PageState.EXPIRED
        counter.street.pay(page.session_id)
        assert (await counter.till.close(page.session_id)).state is PageState.EXPIRED

    async def test_a_page_that_is_paid_is_not_closed_any_more(self, counter: Counter):
        page = await counter.page()
        counter.street.pay(page.session_id)

        assert (await counter.till.close(page.session_id)).state is PageState.PAID

    async def test_a_page_is_closed_though_the_answer_was_lost(self, counter: Counter):
        page = await counter.page()
        counter.street.lose_answers(1)
        with pytest.raises(Trouble):
            await counter.till.close(page.session_id)

        assert (await counter.till.look(page.session_id)).state is PageState.EXPIRED

    async def test_a_page_that_it_does_not_know_is_refused(self, counter: Counter):
        for ask in (counter.till.look, counter.till.close):
            with pytest.raises(TillRefused):
                await ask("cs_test_nobody")


@pytest.mark.rule("H7", "H9")
class TestMoneyBack:
    async def test_it_goes_back_once_however_often_it_is_asked(self, counter: Counter):
        ref = await counter.paid()
        answer = await counter.till.refund(back(ref))

        assert (answer.refund_id, answer.state, answer.amount) == ("refund-1", RefundState.DONE, Money(12000, "USD"))
        assert await counter.till.refund(back(ref)) == answer
        assert (await counter.till.charge(ref)).refunds == (answer,)

    async def test_it_goes_back_once_though_the_answer_was_lost_and_the_key_is_forgotten(self, counter: Counter):
        ref = await counter.paid()
        counter.street.lose_answers(1)
        with pytest.raises(Trouble):
            await counter.till.refund(back(ref))
        counter.clock.move(A_DAY)

        assert (await counter.till.refund(back(ref))).state is RefundState.DONE
        assert len((await counter.till.charge(ref)).refunds) == 1

    async def test_more_than_is_left_is_refused(self, counter: Counter):
        ref = await counter.paid()
        counter.street.refund_in_dashboard(ref, 5000)

        with pytest.raises(TillRefused):
            await counter.till.refund(back(ref))

    async def test_what_was_paid_back_by_hand_counts_as_done(self, counter: Counter):
        ref = await counter.paid()
        by_hand = counter.street.refund_in_dashboard(ref)

        answer = await counter.till.refund(back(ref))

        assert (answer.ref, answer.refund_id, answer.state) == (by_hand, "", RefundState.DONE)

    async def test_a_refund_is_done_when_the_bank_has_it(self, counter: Counter):
        ref = await counter.paid()
        counter.street.make_refunds_wait(1)
        answer = await counter.till.refund(back(ref))

        assert answer.state is RefundState.SENT
        counter.street.settle_refund(answer.ref)
        assert (await counter.till.refund(back(ref))).state is RefundState.DONE
        counter.street.fail_refund(answer.ref)
        assert (await counter.till.charge(ref)).refunds[0].state is RefundState.FAILED

    async def test_a_refund_that_failed_says_why_and_can_be_tried_as_another(self, counter: Counter):
        ref = await counter.paid()
        counter.street.make_refunds_fail(1)
        failed = await counter.till.refund(back(ref))
        again = await counter.till.refund(back(ref, refund_id="refund-2", key="refund:2"))

        assert (failed.state, again.state) == (RefundState.FAILED, RefundState.DONE)
        assert failed.error == RefundFailure.UNKNOWN
        assert [one.ref for one in (await counter.till.charge(ref)).refunds] == [again.ref, failed.ref]

    async def test_a_key_pays_back_for_one_order_alone(self, counter: Counter):
        ref = await counter.paid()
        await counter.till.refund(back(ref, amount=Money(2000, "USD")))

        with pytest.raises(TillRefused):
            await counter.till.refund(back(ref, amount=Money(3000, "USD"), refund_id="refund-2"))

    async def test_a_dispute_shows(self, counter: Counter):
        ref = await counter.paid()
        assert (await counter.till.charge(ref)).dispute is None
        counter.street.dispute(ref)

        assert (await counter.till.charge(ref)).dispute is DisputeState.OPEN
