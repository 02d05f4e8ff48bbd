"""Idempotency keys: the same answer again, whatever it was, for a day."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from stripe import APIError, IdempotencyError, InvalidRequestError, StripeClient

from bots.demo.stripe import StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.till import CONNECTED, KEY, OTHER_KEY, a_session, library

HOLD: Any = {"idempotency_key": "hold-1-a1"}


async def test_the_same_call_again_gets_the_same_answer_and_makes_nothing(
    standin: StripeStandIn, stripe: StripeClient
) -> None:
    first = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
    again = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)

    assert again.id == first.id
    assert standin.open_sessions() == [first.id]
    assert [call.is_replayed for call in standin.calls] == [False, True]


async def test_an_answer_given_again_says_so(standin: StripeStandIn, web: aiohttp.ClientSession) -> None:
    form = {
        "mode": "payment",
        "success_url": "https://example.com",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "4500",
        "line_items[0][price_data][product_data][name]": "Mini",
        "line_items[0][quantity]": "1",
    }
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "k"}
    url = f"{standin.address}/v1/checkout/sessions"

    async with web.post(url, data=form, headers=headers) as first:
        assert "Idempotent-Replayed" not in first.headers
    async with web.post(url, data=form, headers=headers) as again:
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.headers["Original-Request"] == first.headers["Request-Id"]
        assert again.headers["Idempotency-Key"] == "k"
        assert again.headers["Request-Id"] != first.headers["Request-Id"]


async def test_the_first_answer_stays_even_if_the_session_moved_on(
    standin: StripeStandIn, stripe: StripeClient
) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
    standin.pay(session.id)

    assert (await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)).status == "open"


async def test_a_key_with_other_parameters_is_refused(stripe: StripeClient, clock: Clock) -> None:
    end = int(clock.now.timestamp()) + 2100
    await stripe.v1.checkout.sessions.create_async(params=a_session(expires_at=end), options=HOLD)

    with pytest.raises(IdempotencyError, match=r"same parameters.*'hold-1-a1'") as refused:
        await stripe.v1.checkout.sessions.create_async(params=a_session(expires_at=end + 1), options=HOLD)
    assert refused.value.http_status == 400


async def test_a_key_at_another_endpoint_is_refused(stripe: StripeClient, session: str) -> None:
    await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)

    with pytest.raises(IdempotencyError, match="same endpoint"):
        await stripe.v1.checkout.sessions.expire_async(session, options=HOLD)


async def test_a_key_whose_call_is_under_way_is_refused(standin: StripeStandIn, stripe: StripeClient) -> None:
    standin.stall(1, method="POST")
    async with asyncio.TaskGroup() as group:
        first = group.create_task(stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD))
        await standin.wait_for_stalled()
        with pytest.raises(APIError) as refused:
            await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
        standin.go_on()

    assert refused.value.http_status == 409
    assert "idempotency_key_in_use" in str(refused.value.http_body)
    assert standin.open_sessions() == [first.result().id]


async def test_an_error_of_the_endpoint_is_kept(standin: StripeStandIn, stripe: StripeClient) -> None:
    standin.break_calls(1)

    for _ in range(2):
        with pytest.raises(APIError) as broken:
            await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
        assert broken.value.http_status == 500
    assert [call.is_replayed for call in standin.calls] == [False, True]
    assert standin.sessions == []


async def test_a_refusal_of_the_endpoint_is_kept(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    refund: Any = {"payment_intent": "pi_none"}
    for _ in range(2):
        with pytest.raises(InvalidRequestError):
            await stripe.v1.refunds.create_async(params=refund, options=HOLD)

    assert [call.is_replayed for call in standin.calls][-2:] == [False, True]


async def test_parameters_that_are_wrong_in_themselves_do_not_use_a_key_up(stripe: StripeClient) -> None:
    with pytest.raises(InvalidRequestError):
        await stripe.v1.checkout.sessions.create_async(params=a_session(colour="red"), options=HOLD)

    assert (await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)).status == "open"


async def test_a_key_is_forgotten_after_a_day(standin: StripeStandIn, stripe: StripeClient, clock: Clock) -> None:
    first = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
    clock.move(timedelta(hours=24) - timedelta(seconds=1))
    assert (await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)).id == first.id
    clock.move(timedelta(seconds=1))

    assert (await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)).id != first.id


async def test_accounts_have_keys_of_their_own(standin: StripeStandIn, stripe: StripeClient) -> None:
    ours = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
    async with library(standin.address, OTHER_KEY) as other:
        theirs = await other.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)
    connected = await stripe.v1.checkout.sessions.create_async(
        params=a_session(), options=HOLD | {"stripe_account": CONNECTED.id}
    )

    assert len({ours.id, theirs.id, connected.id}) == 3


async def test_a_key_may_not_be_endless(stripe: StripeClient) -> None:
    with pytest.raises(IdempotencyError, match="255"):
        await stripe.v1.checkout.sessions.create_async(params=a_session(), options={"idempotency_key": "k" * 256})


async def test_a_lost_answer_is_found_again_with_the_key(standin: StripeStandIn) -> None:
    standin.lose_answers(1)

    async with library(standin.address, retries=1) as stripe:
        session = await stripe.v1.checkout.sessions.create_async(params=a_session(), options=HOLD)

    assert standin.open_sessions() == [session.id]
    assert [call.is_replayed for call in standin.calls] == [False, True]
