"""What is asked of Stripe, as exact parameters. Pure: the same order makes the same request, now and on each retry.

Stripe refuses a key that comes with other parameters, so nothing here looks at the clock, the settings or the present
release's taste: whoever changes a parameter makes open checkouts meet `idempotency_error` once (`till` knows the way).
"""

from typing import Final

from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItem

from bots.stripe.amounts import to_stripe
from core.payments.checkout import Order, OrderLine
from core.payments.till import RefundOrder

# docs.stripe.com/api/checkout/sessions/create and the lengths of Stripe's OpenAPI
NAME_LIMIT: Final = 5000
NOTE_LIMIT: Final = 1000
DESCRIPTION_LIMIT: Final = 1000
#: `locale` of a session; anything else is refused.
LOCALES: Final = """
    auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro
    ru sk sl sv th tr vi zh zh-HK zh-TW
"""
_BY_LOWER: Final = {locale.lower(): locale for locale in LOCALES.split()}
#: What Stripe calls otherwise than the apps do.
_OTHERWISE: Final = {"hi": "hi-IN", "nn": "nb", "no": "nb", "tl": "fil", "zh-hant": "zh-TW"}

#: In the metadata of what we make, the names of our own ids.
CHECKOUT: Final = "checkout"
REFUND: Final = "refund"


def session_of(order: Order) -> SessionCreateParams:
    """The payment page of the order. Raises TillRefused where its amounts cannot be asked for."""
    metadata = {CHECKOUT: order.checkout_id, "booking": order.booking_id, "code": order.booking_code}
    params: SessionCreateParams = {
        "mode": "payment",
        "submit_type": "book",
        # Cards, and with them the wallets that hold cards. All others are filtered out, the delayed ones among them:
        # since API 2026-09-30 this is the only way to name them.
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "line_items": [_line_item(line, order) for line in order.lines],
        "client_reference_id": order.checkout_id,
        "metadata": metadata,
        # A session's metadata is not the payment's.
        "payment_intent_data": {"metadata": metadata, "description": order.booking_code[:DESCRIPTION_LIMIT]},
        "expires_at": int(order.expires_at.timestamp()),
        "success_url": order.return_to,
        "locale": locale_of(order.language),
    }
    if order.back_to:
        params["cancel_url"] = order.back_to
    if order.email:
        params["customer_email"] = order.email
    if order.note:
        params["custom_text"] = {"submit": {"message": _cut(order.note, NOTE_LIMIT)}}
    return params


def refund_of(order: RefundOrder) -> RefundCreateParams:
    """Raises TillRefused where the amount cannot be paid back."""
    return {
        "payment_intent": order.payment_ref,
        "amount": to_stripe(order.amount),
        "metadata": {REFUND: order.refund_id},
    }


def locale_of(language: str) -> str:
    """The nearest language that Stripe's page has, else the browser's."""
    tag = language.replace("_", "-").lower()
    while tag:
        if found := _OTHERWISE.get(tag) or _BY_LOWER.get(tag):
            return found
        tag = tag.rpartition("-")[0]
    return "auto"


def _line_item(line: OrderLine, order: Order) -> SessionCreateParamsLineItem:
    return {
        "quantity": 1,
        "price_data": {
            "currency": line.amount.currency.lower(),
            "unit_amount": to_stripe(line.amount),
            "product_data": {"name": _cut(line.name.strip() or order.booking_code, NAME_LIMIT)},
        },
    }


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
