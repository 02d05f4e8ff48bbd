"""Bad days of the API: what a program then gets, and what was done all the same."""

import asyncio

import pytest
from stripe import APIConnectionError, APIError, InvalidRequestError, RateLimitError, StripeClient

from bots.demo.stripe import Outcome, StripeStandIn
from tests.bots.demo.stripe.till import a_session


async def test_while_it_is_down_calls_fail_and_clients_go_on_paying(
    standin: StripeStandIn, stripe: StripeClient, session: str
) -> None:
    standin.go_down(None)
    assert standin.seconds_down() == float("inf")
    with pytest.raises(APIError) as refused:
        await stripe.v1.checkout.sessions.expire_async(session)
    assert refused.value.http_status == 503
    assert standin.pay(session).outcome is Outcome.PAID

    standin.come_back()
    assert standin.seconds_down() == 0
    assert (await stripe.v1.checkout.sessions.retrieve_async(session)).status == "complete"


async def test_it_can_be_out_of_reach(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.go_down(None, unreachable=True)

    with pytest.raises(APIConnectionError):
        await stripe.v1.checkout.sessions.expire_async(session)
    assert standin.open_sessions() == [session]


async def test_an_outage_with_an_end_ends_by_itself(standin: StripeStandIn, stripe: StripeClient) -> None:
    standin.go_down(0.5)
    assert 0 < standin.seconds_down() <= 0.5
    while standin.seconds_down():
        await asyncio.sleep(standin.seconds_down())

    assert await stripe.v1.accounts.retrieve_current_async()


async def test_a_flood_refuses_so_many_calls(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.flood(retry_after=7, calls=1)

    with pytest.raises(RateLimitError) as refused:
        await stripe.v1.checkout.sessions.expire_async(session)

    assert refused.value.http_status == 429
    assert refused.value.headers
    assert refused.value.headers["retry-after"] == "7"
    assert standin.open_sessions() == [session]
    assert (await stripe.v1.checkout.sessions.expire_async(session)).status == "expired"


async def test_a_lost_answer_leaves_the_deed_done(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.lose_answers(1, method="POST", path="/expire")
    await stripe.v1.checkout.sessions.create_async(params=a_session())

    with pytest.raises(APIConnectionError):
        await stripe.v1.checkout.sessions.expire_async(session)

    assert (await stripe.v1.checkout.sessions.retrieve_async(session)).status == "expired"
    assert standin.calls[-2].outcome == "ok"


async def test_a_broken_call_does_nothing(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    standin.break_calls(1, path="/expire")

    with pytest.raises(APIError) as refused:
        await stripe.v1.checkout.sessions.expire_async(session)

    assert refused.value.http_status == 500
    assert standin.open_sessions() == [session]


async def test_a_stalled_call_is_carried_out_when_it_goes_on(
    standin: StripeStandIn, stripe: StripeClient, session: str
) -> None:
    """Who pays while the program is closing the page: whichever came first decides."""
    standin.stall(1, path="/expire")
    async with asyncio.TaskGroup() as group:
        expiring = group.create_task(expire(stripe, session))
        await standin.wait_for_stalled()
        assert standin.pay(session).outcome is Outcome.PAID
        standin.go_on()

    assert "status of `complete`" in expiring.result()


async def expire(stripe: StripeClient, session: str) -> str:
    """What the session could not be expired for."""
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.checkout.sessions.expire_async(session)
    return str(refused.value)
