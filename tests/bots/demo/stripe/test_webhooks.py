"""Webhooks: signed as Stripe signs, tried again, and as unreliable as one wants them."""

import asyncio
import json
from datetime import timedelta

import pytest
import stripe as library
from stripe import StripeClient

from bots.demo.stripe import Card, StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.receiver import SECRET, Receiver
from tests.bots.demo.stripe.till import CONNECTED, a_session

COMPLETED = "checkout.session.completed"
OF_A_PAYMENT = ["charge.succeeded", COMPLETED, "payment_intent.created", "payment_intent.succeeded"]


@pytest.fixture(autouse=True)
def listening(standin: StripeStandIn, receiver: Receiver) -> None:
    standin.webhook(receiver.url, SECRET)


async def test_every_event_comes_signed_with_its_object(
    standin: StripeStandIn, receiver: Receiver, session: str
) -> None:
    standin.pay(session)
    await standin.webhooks_settled()

    assert sorted(receiver.types) == OF_A_PAYMENT
    (completed,) = receiver.objects(COMPLETED)
    assert (completed.id, completed.payment_status, completed.metadata["booking"]) == (session, "paid", "LP4821")
    event = next(event for event in receiver.events if event.type == COMPLETED)
    assert (event.livemode, event.api_version) == (False, library.api_version)


async def test_a_signature_is_of_the_real_time_however_the_clock_was_moved(
    standin: StripeStandIn, receiver: Receiver, session: str, clock: Clock
) -> None:
    clock.move(timedelta(hours=20))
    standin.pay(session)
    await standin.webhooks_settled()  # the receiver's library refuses what is five minutes old

    assert [event.created for event in receiver.events] == [int(clock.now.timestamp())] * 4


async def test_a_signature_of_another_secret_does_not_pass(
    standin: StripeStandIn, receiver: Receiver, session: str
) -> None:
    standin.pay(session)
    await standin.webhooks_settled()

    with pytest.raises(library.SignatureVerificationError):
        library.Webhook.construct_event(receiver.bodies[0], receiver.headers[0], "whsec_other")
    with pytest.raises(library.SignatureVerificationError):
        library.Webhook.construct_event(receiver.bodies[0] + b" ", receiver.headers[0], SECRET)


async def test_what_is_not_taken_comes_again_until_it_is(
    standin: StripeStandIn, receiver: Receiver, stripe: StripeClient, session: str
) -> None:
    receiver.answers = [500, 302]
    await stripe.v1.checkout.sessions.expire_async(session)
    await standin.webhooks_settled()

    assert receiver.types == ["checkout.session.expired"] * 3
    assert len({event.id for event in receiver.events}) == 1
    assert [delivery.answers for delivery in standin.deliveries] == [[500, 302, 200]]


async def test_an_endpoint_that_is_away_is_tried_a_few_times(
    standin: StripeStandIn, receiver: Receiver, stripe: StripeClient, session: str
) -> None:
    await receiver.stop()
    await stripe.v1.checkout.sessions.expire_async(session)
    await standin.webhooks_settled()

    assert [delivery.answers for delivery in standin.deliveries] == [[0] * 6]
    assert (await stripe.v1.events.list_async()).data[0].pending_webhooks == 1


async def test_lost_webhooks_never_come_but_the_events_are_there(
    standin: StripeStandIn, receiver: Receiver, stripe: StripeClient, session: str
) -> None:
    standin.lose_webhooks(3)
    standin.pay(session)
    await standin.webhooks_settled()

    assert receiver.types == [COMPLETED]
    assert len((await stripe.v1.events.list_async()).data) == 4


async def test_doubled_webhooks_come_twice(standin: StripeStandIn, receiver: Receiver, session: str) -> None:
    standin.double_webhooks(1)
    standin.pay(session)
    await standin.webhooks_settled()

    assert sorted(receiver.types) == sorted([*OF_A_PAYMENT, "payment_intent.created"])


async def test_a_delayed_webhook_comes_later(standin: StripeStandIn, receiver: Receiver, session: str) -> None:
    loop = asyncio.get_running_loop()
    standin.delay_webhooks(timedelta(seconds=0.2))
    before = loop.time()
    standin.pay(session)
    await receiver.wait_for(1)

    assert loop.time() - before >= 0.2
    await receiver.wait_for(4)
    assert sorted(receiver.types) == OF_A_PAYMENT


async def test_held_webhooks_come_in_the_order_in_which_they_are_released(
    standin: StripeStandIn, receiver: Receiver, session: str
) -> None:
    standin.hold_webhooks()
    standin.pay(session, Card.DECLINED)
    standin.pay(session)
    await standin.webhooks_settled()
    assert receiver.types == []
    assert len(standin.held_webhooks) == 6

    await standin.release_webhooks([COMPLETED, standin.held_webhooks[3].id])

    assert receiver.types[:2] == [COMPLETED, "charge.succeeded"]
    assert len(receiver.types) == 6
    assert standin.held_webhooks == []


async def test_after_the_release_nothing_is_held_back(standin: StripeStandIn, receiver: Receiver, session: str) -> None:
    standin.hold_webhooks()
    await standin.release_webhooks()
    standin.pay(session)
    await standin.webhooks_settled()

    assert len(receiver.types) == 4


async def test_an_event_can_be_sent_again(standin: StripeStandIn, receiver: Receiver, session: str) -> None:
    standin.pay(session)
    await standin.webhooks_settled()
    event = receiver.events[0].id
    standin.send_again(event)
    await standin.webhooks_settled()

    assert [event.id for event in receiver.events].count(event) == 2
    with pytest.raises(LookupError):
        standin.send_again("evt_none")


async def test_an_endpoint_gets_the_types_and_the_account_that_it_was_set_up_for(
    standin: StripeStandIn, receiver: Receiver, stripe: StripeClient
) -> None:
    theirs = Receiver()
    await theirs.start()
    standin.webhook(theirs.url, SECRET, account=CONNECTED.id, types=[COMPLETED])
    made = await stripe.v1.checkout.sessions.create_async(params=a_session(), options={"stripe_account": CONNECTED.id})
    standin.pay(made.id)
    await standin.webhooks_settled()
    await theirs.stop()

    assert (receiver.types, theirs.types) == ([], [COMPLETED])


async def test_what_a_call_caused_names_the_call(
    standin: StripeStandIn, receiver: Receiver, stripe: StripeClient, session: str
) -> None:
    await stripe.v1.checkout.sessions.expire_async(session, options={"idempotency_key": "close-1"})
    other = await stripe.v1.checkout.sessions.create_async(params=a_session())
    standin.pay(other.id)
    await standin.webhooks_settled()

    causes = {event["type"]: event["request"] for event in map(json.loads, receiver.bodies)}
    assert causes["checkout.session.expired"] == {"id": standin.calls[1].request, "idempotency_key": "close-1"}
    assert causes[COMPLETED] == {"id": None, "idempotency_key": None}


async def test_nobody_beyond_this_machine_is_called(standin: StripeStandIn) -> None:
    with pytest.raises(ValueError, match="loopback"):
        standin.webhook("https://example.com/webhook", SECRET)
