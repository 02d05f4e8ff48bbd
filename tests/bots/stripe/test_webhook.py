"""What the webhook believes, and where it is told to look."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bots.stripe.webhook import SIZE_LIMIT, TOLERANCE, Forged, Hint, read_event
from tests.bots.stripe.loopback import Samples, a_dispute
from tests.bots.stripe.signing import SECRET, forged_requests, signed


def heard(body: bytes, signature: str, *, is_live: bool = False, now: datetime | None = None) -> Hint | None:
    return read_event(body, signature, SECRET, is_live=is_live, now=now or datetime.now(UTC))


def told(event: dict[str, Any]) -> Hint | None:
    return heard(*signed(event))


def test_a_page_is_pointed_at(samples: Samples):
    event = samples.event("checkout.session.completed", samples.paid())

    assert told(event) == Hint("evt_1", "checkout-1", None)


@pytest.mark.parametrize("kind", ["completed", "expired", "async_payment_succeeded", "async_payment_failed"])
def test_every_event_of_a_page_is_a_hint(kind: str, samples: Samples):
    assert told(samples.event(f"checkout.session.{kind}", samples.session())) == Hint("evt_1", "checkout-1", None)


def test_a_page_is_known_by_its_metadata_too(samples: Samples):
    session = samples.session(client_reference_id=None, metadata={"checkout": "checkout-1"})

    assert told(samples.event("checkout.session.expired", session)) == Hint("evt_1", "checkout-1", None)


def test_a_payment_points_at_its_page(samples: Samples):
    payment = samples.payment(metadata={"checkout": "checkout-1"})

    assert told(samples.event("payment_intent.succeeded", payment)) == Hint("evt_1", "checkout-1", None)


@pytest.mark.rule("H9")
@pytest.mark.parametrize("kind", ["charge.dispute.created", "charge.dispute.closed", "charge.dispute.funds_withdrawn"])
def test_a_dispute_points_at_its_payment(kind: str, samples: Samples):
    assert told(samples.event(kind, a_dispute("needs_response"))) == Hint("evt_1", None, "pi_1")


@pytest.mark.parametrize("kind", ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"])
def test_a_refund_points_at_its_payment(kind: str, samples: Samples):
    assert told(samples.event(kind, samples.refund())) == Hint("evt_1", None, "pi_1")


def test_a_charge_points_at_its_payment(samples: Samples):
    charge = samples.charge(payment_intent={"id": "pi_1"})

    assert told(samples.event("charge.refunded", charge)) == Hint("evt_1", None, "pi_1")


@pytest.mark.parametrize("kind", ["plan.created", "customer.created", "checkout.sessions", "refunds.odd", "v2.thing"])
def test_what_is_none_of_our_business_says_nothing(kind: str, samples: Samples):
    assert told(samples.event(kind, samples.paid())) is None


def test_a_page_that_is_not_ours_says_nothing(samples: Samples):
    session = samples.session(client_reference_id=None, metadata=None)

    assert told(samples.event("checkout.session.expired", session)) is None


@pytest.mark.parametrize(
    "odd", [{}, [], 7, {"client_reference_id": 7, "metadata": ["x"], "payment_intent": {"id": []}}]
)
def test_odd_objects_point_nowhere(odd: Any, samples: Samples):
    body, signature = signed(samples.event("checkout.session.completed", odd))

    try:
        hint = heard(body, signature)
    except Forged:
        return
    assert hint is None


def test_two_secrets_may_be_in_use_while_one_replaces_the_other(samples: Samples):
    body, signature = signed(samples.event("charge.refunded", samples.charge()))
    other = signed(samples.event("charge.refunded", samples.charge()), secret="whsec_old")[1]

    assert heard(body, f"{signature},{other.partition(',')[2]}")


@pytest.mark.parametrize("age", [-TOLERANCE + timedelta(seconds=5), timedelta(0), TOLERANCE - timedelta(seconds=5)])
def test_clocks_may_differ_by_minutes(age: timedelta, samples: Samples):
    body, signature = signed(samples.event("charge.refunded", samples.charge()), age=age)

    assert heard(body, signature)


def test_an_event_of_real_money_is_believed_with_a_live_key_alone(samples: Samples):
    body, signature = signed(samples.event("charge.refunded", samples.charge(), livemode=True))

    assert heard(body, signature, is_live=True)
    with pytest.raises(Forged, match="mode"):
        heard(body, signature)


def test_an_old_event_with_a_second_time_is_not_believed(samples: Samples):
    """The SDK takes one part for the time; nobody may show us another."""
    body, old = signed(samples.event("charge.refunded", samples.charge()), age=timedelta(hours=1))
    moment, _, rest = old.partition(",")
    new = f"t={int(datetime.now(UTC).timestamp())}"

    for header in (f"{moment}=x,{rest},{new}", f"{new},{old}", f"{old},{new}", f"{moment}=x,{new},{rest}"):
        with pytest.raises(Forged):
            heard(body, header)


def test_a_large_event_is_believed_and_a_huge_one_is_not(samples: Samples):
    event = samples.event("charge.refunded", samples.charge())
    room = SIZE_LIMIT - len(json.dumps({**event, "padding": ""}).encode())

    assert heard(*signed({**event, "padding": "x" * room}))
    with pytest.raises(Forged, match="large"):
        heard(*signed({**event, "padding": "x" * (room + 1)}))


def test_nothing_forged_is_believed(samples: Samples):
    forged = forged_requests(samples.event("checkout.session.completed", samples.paid()))

    assert len(forged) >= 40
    for name, (body, signature) in forged.items():
        with pytest.raises(Forged) as why:
            heard(body, signature or "")
        assert "pi_1" not in str(why.value), name
        assert why.value.__suppress_context__ or why.value.__context__ is None, name
