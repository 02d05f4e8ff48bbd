"""Looking things up: lists with pages, expanded fields, what there is not."""

from typing import Any

import pytest
from stripe import InvalidRequestError, StripeClient

from bots.demo.stripe import StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.till import OTHER_KEY, a_session, library


async def made(stripe: StripeClient, count: int) -> list[str]:
    return [(await stripe.v1.checkout.sessions.create_async(params=a_session())).id for _ in range(count)]


async def test_lists_come_newest_first_in_pages(stripe: StripeClient) -> None:
    sessions = (await made(stripe, 25))[::-1]
    service = stripe.v1.checkout.sessions

    first = await service.list_async()
    assert ([one.id for one in first.data], first.has_more) == (sessions[:10], True)
    second = await service.list_async(params={"limit": 20, "starting_after": sessions[9]})
    assert ([one.id for one in second.data], second.has_more) == (sessions[10:], False)
    back = await service.list_async(params={"limit": 5, "ending_before": sessions[9]})
    assert ([one.id for one in back.data], back.has_more) == (sessions[4:9], True)
    assert [one.id async for one in first.auto_paging_iter()] == sessions


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 101},
        {"starting_after": "cs_test_none"},
        {"starting_after": "a", "ending_before": "b"},
    ],
)
async def test_pages_that_there_are_not_are_refused(stripe: StripeClient, params: Any) -> None:
    with pytest.raises(InvalidRequestError):
        await stripe.v1.checkout.sessions.list_async(params=params)


async def test_sessions_are_found_by_status_payment_and_time(
    standin: StripeStandIn, stripe: StripeClient, clock: Clock
) -> None:
    paid, gone, left = await made(stripe, 3)
    standin.pay(paid)
    await stripe.v1.checkout.sessions.expire_async(gone)
    payment, now = next(iter(standin.ledgers())), int(clock.now.timestamp())

    async def found(**params: Any) -> list[str]:
        return [one.id for one in (await stripe.v1.checkout.sessions.list_async(params=params)).data]  # pyright: ignore[reportArgumentType]

    assert (await found(status="open"), await found(status="complete")) == ([left], [paid])
    assert await found(payment_intent=payment) == [paid]
    assert len(await found(created=now)) == len(await found(created={"gte": now, "lte": now})) == 3
    assert await found(created={"gt": now}) == await found(created={"lt": now}) == await found(created=now - 1) == []


async def test_events_are_found_by_type(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.pay(session)
    one = await stripe.v1.events.list_async(params={"type": "charge.succeeded"})
    two = await stripe.v1.events.list_async(params={"types": ["charge.succeeded", "checkout.session.completed"]})

    assert [event.type for event in one.data] == ["charge.succeeded"]
    assert [event.type for event in two.data] == ["checkout.session.completed", "charge.succeeded"]
    assert (await stripe.v1.events.retrieve_async(one.data[0].id)).data.object["amount"] == 4500
    with pytest.raises(InvalidRequestError, match="only specify one"):
        await stripe.v1.events.list_async(params={"type": "a", "types": ["b"]})


async def test_expanded_fields_hold_the_objects(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.pay(session)
    refund: Any = standin.refund_in_dashboard(session, 500)

    found: Any = await stripe.v1.checkout.sessions.retrieve_async(
        session, params={"expand": ["line_items", "payment_intent.latest_charge.refunds", "customer"]}
    )
    listed: Any = await stripe.v1.checkout.sessions.list_async(params={"expand": ["data.payment_intent"]})
    back: Any = await stripe.v1.refunds.retrieve_async(refund, params={"expand": ["charge", "payment_intent"]})

    assert found.line_items.data[0].amount_total == 4500
    assert found.payment_intent.latest_charge.refunds.data[0].id == refund
    assert listed.data[0].payment_intent.status == "succeeded"
    assert (back.charge.amount, back.payment_intent.amount) == (4500, 4500)


async def test_a_field_that_is_null_stays_null(stripe: StripeClient, session: str) -> None:
    expand = ["payment_intent.latest_charge"]

    assert (await stripe.v1.checkout.sessions.retrieve_async(session, params={"expand": expand})).payment_intent is None


@pytest.mark.parametrize("path", ["colour", "status", "metadata.booking", "payment_intent.customer.a.b.c"])
async def test_what_cannot_be_expanded_is_refused(stripe: StripeClient, session: str, path: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.checkout.sessions.retrieve_async(session, params={"expand": [path]})

    assert refused.value.param == "expand"


async def test_what_there_is_not_is_not_found(stripe: StripeClient) -> None:
    api = stripe.v1
    for looking in (
        api.checkout.sessions.retrieve_async("none"),
        api.checkout.sessions.expire_async("none"),
        api.checkout.sessions.line_items.list_async("none"),
        api.payment_intents.retrieve_async("none"),
        api.charges.retrieve_async("none"),
        api.refunds.retrieve_async("none"),
        api.disputes.retrieve_async("none"),
        api.events.retrieve_async("none"),
    ):
        with pytest.raises(InvalidRequestError, match="No such") as refused:
            await looking
        assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


async def test_one_account_does_not_see_anothers(standin: StripeStandIn, session: str) -> None:
    async with library(standin.address, OTHER_KEY) as other:
        assert (await other.v1.checkout.sessions.list_async()).data == []
        with pytest.raises(InvalidRequestError, match=r"No such checkout\.session"):
            await other.v1.checkout.sessions.retrieve_async(session)


async def test_payments_are_listed(standin: StripeStandIn, stripe: StripeClient) -> None:
    for session in await made(stripe, 2):
        standin.pay(session)
    intents = [one.id for one in (await stripe.v1.payment_intents.list_async()).data]

    assert intents == list(standin.ledgers())[::-1]
    charges = await stripe.v1.charges.list_async(params={"payment_intent": intents[0]})
    assert [charge.payment_intent for charge in charges.data] == intents[:1]
