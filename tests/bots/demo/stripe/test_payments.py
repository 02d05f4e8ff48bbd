"""Paying: the cards, what they leave behind, and that money comes once or not at all."""

import pytest
from stripe import StripeClient

from bots.demo.stripe import Card, Outcome, StripeStandIn
from tests.bots.demo.stripe.till import a_session


def kinds(standin: StripeStandIn) -> list[object]:
    return [event["type"] for event in standin.events]


async def test_a_card_that_works_leaves_a_payment_and_a_charge(
    standin: StripeStandIn, stripe: StripeClient, session: str
) -> None:
    assert standin.pay(session, email="maya@example.com", name="Maya Chen").outcome is Outcome.PAID

    paid = await stripe.v1.checkout.sessions.retrieve_async(
        session, params={"expand": ["payment_intent.latest_charge"]}
    )
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details
    assert (paid.customer_details.email, paid.customer_details.name) == ("maya@example.com", "Maya Chen")
    intent = paid.payment_intent
    assert intent
    assert not isinstance(intent, str)
    assert (intent.status, intent.amount_received, intent.metadata["booking"]) == ("succeeded", 4500, "LP4821")
    charge = intent.latest_charge
    assert charge
    assert not isinstance(charge, str)
    assert (charge.status, charge.captured, charge.amount_refunded, charge.disputed) == ("succeeded", True, 0, False)
    assert charge.payment_method_details
    assert charge.payment_method_details.card
    assert charge.payment_method_details.card.last4 == "4242"
    assert kinds(standin) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    assert (standin.ledger(session).captured, standin.ledger(session).kept) == (4500, 4500)


@pytest.mark.parametrize(
    ("card", "decline_code"), [(Card.DECLINED, "generic_decline"), (Card.NO_FUNDS, "insufficient_funds")]
)
async def test_a_declined_card_leaves_the_session_open_for_another(
    standin: StripeStandIn, stripe: StripeClient, session: str, card: Card, decline_code: str
) -> None:
    declined = standin.pay(session, card)

    assert declined.outcome is Outcome.DECLINED
    assert declined.message
    assert standin.open_sessions() == [session]
    assert standin.ledger(session).captured == 0
    intent = (await stripe.v1.payment_intents.list_async()).data[0]
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error
    assert intent.last_payment_error.decline_code == decline_code
    assert kinds(standin)[1:] == ["charge.failed", "payment_intent.payment_failed"]

    assert standin.pay(session).outcome is Outcome.PAID
    assert standin.ledger(session).captured == 4500
    assert len(standin.ledgers()) == 1


async def test_a_bank_that_asks_is_answered_first(standin: StripeStandIn, stripe: StripeClient, session: str) -> None:
    assert standin.pay(session, Card.ASKS_BANK).outcome is Outcome.ASKED
    assert (await stripe.v1.payment_intents.list_async()).data[0].status == "requires_action"
    assert standin.ledger(session).captured == 0

    assert standin.authenticate(session, succeeds=False).outcome is Outcome.DECLINED
    assert standin.open_sessions() == [session]
    assert standin.authenticate(session).outcome is Outcome.GONE

    standin.pay(session, Card.ASKS_BANK)
    assert standin.authenticate(session).outcome is Outcome.PAID
    assert standin.ledger(session).captured == 4500


async def test_a_session_is_paid_once(standin: StripeStandIn, session: str) -> None:
    outcomes = [standin.pay(session).outcome for _ in range(3)]

    assert outcomes == [Outcome.PAID, Outcome.GONE, Outcome.GONE]
    assert standin.ledger(session).captured == 4500


async def test_a_session_that_expires_while_the_bank_asks_takes_no_money(
    standin: StripeStandIn, stripe: StripeClient, session: str
) -> None:
    standin.pay(session, Card.ASKS_BANK)
    await stripe.v1.checkout.sessions.expire_async(session)

    assert standin.authenticate(session).outcome is Outcome.GONE
    assert standin.ledger(session).captured == 0
    intent = (await stripe.v1.payment_intents.list_async()).data[0]
    assert (intent.status, intent.canceled_at is not None) == ("canceled", True)
    assert kinds(standin)[-2:] == ["payment_intent.canceled", "checkout.session.expired"]


async def test_the_address_that_the_program_gave_is_kept(standin: StripeStandIn, stripe: StripeClient) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(customer_email="maya@example.com"))

    standin.pay(session.id, email="other@example.com")

    paid = await stripe.v1.checkout.sessions.retrieve_async(session.id)
    assert paid.customer_details
    assert paid.customer_details.email == "maya@example.com"


async def test_nobody_pays_a_session_that_there_is_not(standin: StripeStandIn) -> None:
    with pytest.raises(LookupError):
        standin.pay("cs_test_none")
    with pytest.raises(LookupError):
        standin.ledger("pi_none")


async def test_a_bank_may_decline_what_usually_works(standin: StripeStandIn, session: str) -> None:
    standin.decline_cards(1)
    assert standin.cards_to_decline == 1

    assert standin.pay(session).outcome is Outcome.DECLINED
    assert standin.cards_to_decline == 0
    assert standin.pay(session).outcome is Outcome.PAID
    assert standin.ledger(session).captured == 4500
