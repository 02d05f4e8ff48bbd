"""The stand-in itself: what it refuses to be used for, listeners, its life."""

from datetime import timedelta
from typing import Any

import pytest
from stripe import StripeClient

from bots.demo.stripe import Event, StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.receiver import SECRET, Receiver
from tests.bots.demo.stripe.till import ACCOUNT, KEY, a_session, library


@pytest.mark.parametrize("key", ["sk_live_51Luna", "rk_live_51Luna", "pk_test_51Luna", "", "secret"])
def test_only_test_keys_are_taken(key: str) -> None:
    with pytest.raises(ValueError, match="test keys only"):
        StripeStandIn(keys={key: ACCOUNT})
    with pytest.raises(ValueError, match="test keys only"):
        StripeStandIn(keys={KEY: ACCOUNT}).add_key(key, ACCOUNT)


async def test_nothing_but_loopback_is_served(standin: StripeStandIn) -> None:
    assert standin.address.startswith("http://127.0.0.1:")


async def test_a_listener_hears_of_every_event_until_it_leaves(standin: StripeStandIn, stripe: StripeClient) -> None:
    heard: list[Event] = []
    leave = standin.subscribe(heard.append)
    first, second = [await stripe.v1.checkout.sessions.create_async(params=a_session()) for _ in range(2)]

    standin.pay(first.id)
    leave()
    standin.pay(second.id)

    assert [event.type for event in heard][-1] == "checkout.session.completed"
    assert len(heard) == 4
    assert len(standin.events) == 8


async def test_an_event_keeps_the_object_as_it_was(standin: StripeStandIn, session: str) -> None:
    standin.pay(session)
    standin.refund_in_dashboard(session)
    snapshots: list[Any] = [event["data"] for event in standin.events]

    assert snapshots[0]["object"]["status"] == "requires_payment_method"
    assert snapshots[1]["object"]["amount_refunded"] == 0
    assert snapshots[5]["object"]["amount_refunded"] == 4500
    assert snapshots[5]["previous_attributes"] == {"amount_refunded": 0}


async def test_sessions_expire_with_nobody_looking(
    standin: StripeStandIn, session: str, clock: Clock, receiver: Receiver
) -> None:
    standin.webhook(receiver.url, SECRET)
    clock.move(timedelta(days=1))

    await receiver.wait_for(1)
    assert receiver.types == ["checkout.session.expired"]


async def test_a_clock_that_was_moved_can_be_told_of(standin: StripeStandIn, session: str, clock: Clock) -> None:
    clock.move(timedelta(days=1))
    standin.clock_moved()

    assert [event["type"] for event in standin.events] == ["checkout.session.expired"]


async def ids(seed: str) -> list[str]:
    standin = StripeStandIn(keys={KEY: ACCOUNT}, seed=seed)
    async with library(await standin.start()) as stripe:
        session = await stripe.v1.checkout.sessions.create_async(params=a_session())
        standin.pay(session.id)
    await standin.stop()
    await standin.stop()
    return [session.id, *standin.ledgers()]


async def test_ids_are_the_same_in_every_run_of_a_seed() -> None:
    assert await ids("") == await ids("")
    assert not set(await ids("")) & set(await ids("2"))
