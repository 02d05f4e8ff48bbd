"""Stripe on loopback: see `standin`."""

from bots.demo.stripe.payments import Attempt, Outcome
from bots.demo.stripe.people import Ledger
from bots.demo.stripe.records import Card, Event, StripeAccount
from bots.demo.stripe.server import Call
from bots.demo.stripe.standin import StripeStandIn

__all__ = ["Attempt", "Call", "Card", "Event", "Ledger", "Outcome", "StripeAccount", "StripeStandIn"]
