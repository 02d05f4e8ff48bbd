"""Money that goes back, by the program, in the dashboard, or by the client's bank."""

from typing import Any

import pytest
from stripe import InvalidRequestError, StripeClient

from bots.demo.stripe import Card, StripeStandIn
from bots.demo.stripe.refusals import StripeRefusal


@pytest.fixture
def payment(standin: StripeStandIn, session: str) -> str:
    """The PaymentIntent of a session of 45 dollars that was paid."""
    standin.pay(session)
    return next(iter(standin.ledgers()))


def kinds(standin: StripeStandIn) -> list[object]:
    return [event["type"] for event in standin.events][4:]


async def charge(stripe: StripeClient, payment: str) -> Any:
    return (await stripe.v1.charges.list_async(params={"payment_intent": payment})).data[0]


async def test_a_refund_without_amount_gives_all_back(
    standin: StripeStandIn, stripe: StripeClient, payment: str
) -> None:
    refund = await stripe.v1.refunds.create_async(
        params={"payment_intent": payment, "reason": "requested_by_customer", "metadata": {"refund": "r1"}}
    )

    assert (refund.amount, refund.status, refund.reason) == (4500, "succeeded", "requested_by_customer")
    assert refund.metadata
    assert refund.metadata["refund"] == "r1"
    assert (await charge(stripe, payment)).refunded
    assert (standin.ledger(payment).refunded, standin.ledger(payment).kept) == (4500, 0)
    assert kinds(standin) == ["refund.created", "charge.refunded"]


async def test_parts_are_refunded_until_nothing_is_left(
    standin: StripeStandIn, stripe: StripeClient, payment: str
) -> None:
    found = await charge(stripe, payment)
    await stripe.v1.refunds.create_async(params={"payment_intent": payment, "amount": 1000})
    assert not (await charge(stripe, payment)).refunded
    assert (await charge(stripe, payment)).amount_refunded == 1000

    with pytest.raises(InvalidRequestError, match=r"\(\$35.01\) is greater than unrefunded amount on charge \(\$35.00"):
        await stripe.v1.refunds.create_async(params={"payment_intent": payment, "amount": 3501})
    await stripe.v1.refunds.create_async(params={"charge": found.id})
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.refunds.create_async(params={"payment_intent": payment})

    assert refused.value.code == "charge_already_refunded"
    assert standin.ledger(payment).refunded == 4500
    listed = await stripe.v1.refunds.list_async(params={"payment_intent": payment})
    assert [refund.amount for refund in listed.data] == [3500, 1000]


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({}, 400, "parameter_missing"),
        ({"payment_intent": "pi_none"}, 404, "resource_missing"),
        ({"charge": "ch_none"}, 404, "resource_missing"),
    ],
)
async def test_a_refund_names_a_payment_that_there_is(
    stripe: StripeClient, params: Any, status: int, code: str
) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.refunds.create_async(params=params)

    assert (refused.value.http_status, refused.value.code) == (status, code)


@pytest.mark.parametrize("amount", [0, -100])
async def test_less_than_nothing_is_not_refunded(stripe: StripeClient, payment: str, amount: int) -> None:
    with pytest.raises(InvalidRequestError, match="Invalid positive integer"):
        await stripe.v1.refunds.create_async(params={"payment_intent": payment, "amount": amount})


async def test_what_was_never_paid_is_not_refunded(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.pay(session, Card.DECLINED)
    payment = next(iter(standin.ledgers()))
    failed = await charge(stripe, payment)

    with pytest.raises(InvalidRequestError, match="does not have a successful charge"):
        await stripe.v1.refunds.create_async(params={"payment_intent": payment})
    with pytest.raises(InvalidRequestError, match="cannot be refunded"):
        await stripe.v1.refunds.create_async(params={"charge": failed.id})
    with pytest.raises(LookupError):
        standin.refund_in_dashboard(payment)


async def test_a_refund_may_wait_and_then_arrive(standin: StripeStandIn, stripe: StripeClient, payment: str) -> None:
    standin.make_refunds_wait(1)
    refund = await stripe.v1.refunds.create_async(params={"payment_intent": payment})
    assert refund.status == "pending"
    assert (standin.ledger(payment).refunding, standin.ledger(payment).refunded) == (4500, 0)

    standin.settle_refund(refund.id)

    assert (await stripe.v1.refunds.retrieve_async(refund.id)).status == "succeeded"
    assert (standin.ledger(payment).refunding, standin.ledger(payment).refunded) == (0, 4500)
    assert kinds(standin)[2:] == ["refund.updated", "charge.refund.updated"]
    with pytest.raises(ValueError, match="not pending"):
        standin.settle_refund(refund.id)


async def test_a_refund_may_fail_after_it_succeeded_and_be_made_again(
    standin: StripeStandIn, stripe: StripeClient, payment: str
) -> None:
    refund = await stripe.v1.refunds.create_async(params={"payment_intent": payment})
    standin.fail_refund(refund.id, "lost_or_stolen_card")

    failed = await stripe.v1.refunds.retrieve_async(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    assert (await charge(stripe, payment)).amount_refunded == 0
    assert standin.ledger(payment).kept == 4500
    assert kinds(standin)[2:] == ["refund.updated", "refund.failed", "charge.refund.updated"]
    with pytest.raises(ValueError, match="failed before"):
        standin.fail_refund(refund.id)
    assert (await stripe.v1.refunds.create_async(params={"payment_intent": payment})).amount == 4500


async def test_a_refund_may_fail_at_once(standin: StripeStandIn, stripe: StripeClient, payment: str) -> None:
    standin.make_refunds_fail(1)

    refund = await stripe.v1.refunds.create_async(params={"payment_intent": payment})

    assert (refund.status, refund.failure_reason) == ("failed", "unknown")
    assert standin.ledger(payment).refunded == 0
    assert "charge.refunded" not in kinds(standin)


async def test_the_studio_may_refund_in_its_dashboard(
    standin: StripeStandIn, stripe: StripeClient, payment: str, session: str
) -> None:
    refund = standin.refund_in_dashboard(session, 500)

    listed = await stripe.v1.refunds.list_async(params={"payment_intent": payment})
    assert [(one.id, one.amount) for one in listed.data] == [(refund, 500)]
    with pytest.raises(StripeRefusal):
        standin.refund_in_dashboard(payment, 4001)


async def test_a_disputed_payment_is_not_refunded(standin: StripeStandIn, stripe: StripeClient, payment: str) -> None:
    dispute = standin.dispute(payment)

    assert (await charge(stripe, payment)).disputed
    assert standin.ledger(payment).kept == 0
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.refunds.create_async(params={"payment_intent": payment})
    assert refused.value.code == "charge_disputed"
    found = await stripe.v1.disputes.retrieve_async(dispute)
    assert (found.status, found.amount, found.payment_intent) == ("needs_response", 4500, payment)
    assert kinds(standin) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


@pytest.mark.parametrize(("verdict", "kept"), [("won", 4500), ("lost", 0)])
async def test_a_dispute_is_won_or_lost(
    standin: StripeStandIn, stripe: StripeClient, payment: str, verdict: Any, kept: int
) -> None:
    dispute = standin.dispute(payment)
    standin.close_dispute(dispute, verdict)

    assert (await stripe.v1.disputes.list_async(params={"payment_intent": payment})).data[0].status == verdict
    assert standin.ledger(payment).kept == kept
    assert kinds(standin)[2] == "charge.dispute.closed"
    assert ("charge.dispute.funds_reinstated" in kinds(standin)) == (verdict == "won")
    with pytest.raises(ValueError, match="already"):
        standin.close_dispute(dispute, verdict)


async def test_an_inquiry_moves_no_money(standin: StripeStandIn, stripe: StripeClient, payment: str) -> None:
    inquiry = standin.dispute(payment, reason="product_not_received", inquiry=True)
    assert standin.ledger(payment).kept == 4500
    with pytest.raises(ValueError, match="cannot end as lost"):
        standin.close_dispute(inquiry, "lost")

    assert (await stripe.v1.refunds.create_async(params={"payment_intent": payment})).status == "succeeded"
    standin.close_dispute(inquiry, "warning_closed")
    assert (await stripe.v1.disputes.retrieve_async(inquiry)).status == "warning_closed"


async def test_what_there_is_not_cannot_be_touched(standin: StripeStandIn) -> None:
    for deed in (standin.settle_refund, standin.fail_refund, standin.dispute, standin.refund_in_dashboard):
        with pytest.raises(LookupError):
            deed("none")
    with pytest.raises(LookupError):
        standin.close_dispute("du_none", "won")
