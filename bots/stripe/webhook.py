"""What Stripe's webhook says, taken for no more than a hint to look: which page or payment something happened to.

Pure. The signature is the SDK's to judge; what it lets through or stumbles over is refused before and after it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from stripe import SignatureVerificationError, WebhookSignature

from bots.stripe.api import Json
from bots.stripe.read import checkout_of, id_of

SIZE_LIMIT: Final = 256 * 1024  # bytes; Stripe's largest events have some tens of thousands
TOLERANCE: Final = timedelta(minutes=5)  # Stripe's own default, in both directions: the SDK lets the future pass
ID_LIMIT: Final = 255  # letters; docs.stripe.com/upgrades: "object IDs … up to 255 characters"

#: What the types of events begin with: those that tell of a page, and those that tell of money on its way back.
_OF_PAGES: Final = ("checkout.session.", "payment_intent.", "charge.")
_OF_MONEY_BACK: Final = ("refund.", "charge.refund", "charge.dispute.")  # `charge.refunded`, `charge.refund.updated`

# Half of its types are missing.
_verify_header = cast(Callable[[str, str, str], bool], WebhookSignature.verify_header)


class Forged(Exception):
    """It is not Stripe who says this, or not of our account's mode. Says why, without a word of what was sent."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Look there: at our page, at Stripe's payment, or at both."""

    event_id: str
    checkout_id: str | None
    payment_ref: str | None


def read_event(body: bytes, signature: str, secret: str, *, is_live: bool, now: datetime) -> Hint | None:
    """The hint in a request to the webhook; None where the event says nothing to us. Raises Forged.

    `now` is the machine's clock, never the product's: the demo shifts that one.
    """
    _verify(body, signature, secret, now)
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise Forged("no JSON") from None
    if not isinstance(event, dict):
        raise Forged("no event")
    event = cast(Json, event)
    event_id, kind, thing = event.get("id"), event.get("type"), _thing_of(event)
    if not (isinstance(event_id, str) and 0 < len(event_id) <= ID_LIMIT and isinstance(kind, str) and thing):
        raise Forged("no event")
    if event.get("livemode") is not is_live:
        raise Forged("of the other mode")
    checkout_id, payment_ref = _pointed_at(kind, thing)
    return Hint(event_id, checkout_id, payment_ref) if checkout_id or payment_ref else None


def _verify(body: bytes, signature: str, secret: str, now: datetime) -> None:
    if len(body) > SIZE_LIMIT:
        raise Forged("too large")
    if not signature.isascii():  # the comparison of digests would raise a TypeError
        raise Forged("no signature")
    try:
        _verify_header(body.decode(), signature, secret)
    except UnicodeDecodeError:
        raise Forged("no text") from None
    except SignatureVerificationError:  # it carries the body
        raise Forged("a wrong signature") from None
    if abs(int(now.timestamp()) - _signed_at(signature)) > TOLERANCE.total_seconds():
        raise Forged("signed too long ago, or in the future")


def _signed_at(signature: str) -> int:
    """The very part that the SDK took for the time, so that nobody can show it another one than us."""
    parts = (part.split("=") for part in signature.split(","))
    return next(int(part[1]) for part in parts if part[0] == "t")


def _thing_of(event: Json) -> Json | None:
    data = event.get("data")
    thing = cast(Json, data).get("object") if isinstance(data, dict) else None
    return cast(Json, thing) if isinstance(thing, dict) else None


def _pointed_at(kind: str, thing: Json) -> tuple[str | None, str | None]:
    """Our page, or Stripe's payment. That a page was paid is no reason to look at the payment as well."""
    if kind.startswith(_OF_MONEY_BACK):
        return None, id_of(thing.get("payment_intent"))
    if kind.startswith(_OF_PAGES):
        return checkout_of(thing), None
    return None, None
