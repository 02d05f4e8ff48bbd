"""The till against the strict stand-in for Stripe: one page from its making to the money's way back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bots.demo.stripe import StripeAccount, StripeStandIn
from bots.stripe.api import Api
from bots.stripe.till import StripeTill
from core.payments.till import PageState, RefundState, TillRefused, TillShut
from core.values.money import Money
from core.values.refusals import Trouble
from tests.bots.demo.clocks import Clock
from tests.bots.stripe.loopback import a_refund_order, an_order

KEY = "sk_test_51LunaPhotoTakesCardsHere"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def stripe(clock: Clock) -> AsyncIterator[StripeStandIn]:
    stripe = StripeStandIn(keys={KEY: StripeAccount(id="acct_1Luna", name="Luna Photo")}, now=clock)
    await stripe.start()
    yield stripe
    await stripe.stop()


@pytest.fixture
async def till(stripe: StripeStandIn) -> AsyncIterator[StripeTill]:
    api = Api(KEY, stripe.address)
    yield StripeTill(api)
    await api.close()


@pytest.fixture
def soon(clock: Clock) -> datetime:
    """The end of a page that is made now."""
    return clock() + timedelta(minutes=35)


@pytest.mark.rule("H3")
async def test_a_page_is_made_once_however_often_it_is_asked_for(till: StripeTill, soon: datetime):
    order = an_order(expires_at=soon)

    first, second = [await till.open(order, "key-1") for _ in range(2)]

    assert first == second
    assert (first.state, first.checkout_id, first.amount) == (PageState.OPEN, "checkout-1", Money(12000, "USD"))


@pytest.mark.rule("G5")
async def test_a_page_that_was_paid_meanwhile_is_told_as_paid(till: StripeTill, stripe: StripeStandIn, soon: datetime):
    order = an_order(expires_at=soon)
    page = await till.open(order, "key-1")
    stripe.pay(page.session_id)

    again = await till.open(order, "key-1")
    looked = await till.look(page.session_id)
    closed = await till.close(page.session_id)

    assert again == looked == closed
    assert looked.state is PageState.PAID
    assert looked.payment_ref


@pytest.mark.rule("G5")
async def test_a_closed_page_cannot_be_paid(till: StripeTill, soon: datetime):
    page = await till.open(an_order(expires_at=soon), "key-1")

    first, second = [await till.close(page.session_id) for _ in range(2)]

    assert first == second
    assert (first.state, first.url) == (PageState.EXPIRED, None)


async def test_a_page_asked_for_under_other_parameters_is_found(till: StripeTill, soon: datetime):
    order = an_order(expires_at=soon)
    page = await till.open(order, "key-1")

    found = await till.open(replace(order, note="Other words."), "key-1")

    assert found == page


async def test_a_page_that_would_end_too_soon_is_refused(till: StripeTill, clock: Clock):
    with pytest.raises(TillRefused):
        await till.open(an_order(expires_at=clock() + timedelta(minutes=5)), "key-1")


@pytest.mark.rule("H7")
async def test_a_payment_is_paid_back_once(till: StripeTill, stripe: StripeStandIn, soon: datetime):
    page = await till.open(an_order(expires_at=soon), "key-1")
    stripe.pay(page.session_id)
    payment_ref = (await till.look(page.session_id)).payment_ref or ""
    order = a_refund_order(payment_ref=payment_ref)

    first, second = [await till.refund(order) for _ in range(2)]
    other = await till.refund(replace(order, refund_id="refund-2", key="refund-2-a1"))

    assert first == second == other
    assert (first.refund_id, first.amount, first.state) == ("refund-1", Money(12000, "USD"), RefundState.DONE)
    assert (await till.charge(payment_ref)).refunds == (first,)
    assert stripe.ledger(payment_ref).refunded == 12000


async def test_a_page_nobody_made_is_not_known(till: StripeTill):
    with pytest.raises(TillRefused) as refused:
        await till.look("cs_test_nobody")

    assert refused.value.code == "resource_missing"


async def test_a_revoked_key_shuts_the_till(till: StripeTill, stripe: StripeStandIn, soon: datetime):
    stripe.revoke(KEY)

    with pytest.raises(TillShut):
        await till.open(an_order(expires_at=soon), "key-1")


@pytest.mark.parametrize("path", ["/v1/checkout/sessions", "/v1/refunds"])
async def test_a_key_that_may_not_shuts_the_till(path: str, till: StripeTill, stripe: StripeStandIn, soon: datetime):
    stripe.forbid(KEY, path)

    with pytest.raises(TillShut):
        await (till.open(an_order(expires_at=soon), "k") if "sessions" in path else till.refund(a_refund_order()))


async def test_a_stripe_that_is_gone_is_trouble(till: StripeTill, stripe: StripeStandIn):
    await stripe.stop()

    with pytest.raises(Trouble):
        await till.look("cs_test_1")
