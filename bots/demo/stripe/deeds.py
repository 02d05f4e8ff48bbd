"""What each call does, once it is known whose it is and its parameters are right."""

from collections.abc import Callable, Mapping

from bots.demo.stripe import reading, refunds, sessions
from bots.demo.stripe.account_shapes import account_json, event_json
from bots.demo.stripe.fields import Params
from bots.demo.stripe.operations import Operation
from bots.demo.stripe.payment_shapes import charge_json, dispute_json, intent_json, refund_json
from bots.demo.stripe.records import Books
from bots.demo.stripe.session_shapes import session_json
from bots.demo.stripe.webhooks import Webhooks
from bots.demo.stripe.world import World

#: Takes the account's books, the parameters, and the id in the path; raises StripeRefusal.
Deed = Callable[[Books, Params, str], dict[str, object]]


def deeds(world: World, webhooks: Webhooks) -> Mapping[Operation, Deed]:
    """By (method, path)."""
    return {
        ("POST", "/v1/checkout/sessions"): lambda books, params, _: sessions.create(world, books, params),
        ("GET", "/v1/checkout/sessions"): lambda books, params, _: reading.sessions(books, params),
        ("GET", "/v1/checkout/sessions/{session}"): lambda books, _, identity: session_json(
            reading.one(books.sessions, identity, "checkout.session", "session")
        ),
        ("POST", "/v1/checkout/sessions/{session}/expire"): lambda books, _, identity: sessions.expire(
            world, books, reading.one(books.sessions, identity, "checkout.session", "session")
        ),
        ("GET", "/v1/checkout/sessions/{session}/line_items"): lambda books, params, identity: reading.lines(
            books, identity, params
        ),
        ("GET", "/v1/payment_intents"): lambda books, params, _: reading.intents(books, params),
        ("GET", "/v1/payment_intents/{intent}"): lambda books, _, identity: intent_json(
            reading.one(books.intents, identity, "payment_intent", "intent")
        ),
        ("GET", "/v1/charges"): lambda books, params, _: reading.charges(books, params),
        ("GET", "/v1/charges/{charge}"): lambda books, _, identity: charge_json(
            reading.one(books.charges, identity, "charge", "id")
        ),
        ("POST", "/v1/refunds"): lambda books, params, _: refunds.create(world, books, params),
        ("GET", "/v1/refunds"): lambda books, params, _: reading.refunds(books, params),
        ("GET", "/v1/refunds/{refund}"): lambda books, _, identity: refund_json(
            reading.one(books.refunds, identity, "refund", "id")
        ),
        ("GET", "/v1/disputes"): lambda books, params, _: reading.disputes(books, params),
        ("GET", "/v1/disputes/{dispute}"): lambda books, _, identity: dispute_json(
            reading.one(books.disputes, identity, "dispute", "id")
        ),
        ("GET", "/v1/events"): lambda books, params, _: reading.events(books, params, webhooks.pending),
        ("GET", "/v1/events/{id}"): lambda books, _, identity: event_json(
            reading.one(books.events, identity, "event", "id"), pending=webhooks.pending(identity)
        ),
        ("GET", "/v1/account"): lambda books, _, __: account_json(books.account),
    }
