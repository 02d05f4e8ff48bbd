"""The requests, held against Stripe's own description of what it takes."""

from typing import Any, cast

import pytest

from bots.stripe.requests import LOCALES, NAME_LIMIT, NOTE_LIMIT, locale_of, refund_of, session_of
from core.payments.checkout import OrderLine
from core.payments.till import TillRefused
from core.values.money import Money
from tests.bots.stripe.loopback import ENDS, a_refund_order, an_order

KINDS: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
METADATA_KEYS, METADATA_KEY, METADATA_VALUE = 50, 40, 500  # docs.stripe.com/api/metadata


def schema_of(openapi: dict[str, Any], path: str) -> dict[str, Any]:
    content = openapi["paths"][path]["post"]["requestBody"]["content"]
    return content["application/x-www-form-urlencoded"]["schema"]


def faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """What the specification does not allow, by path."""
    if "anyOf" in schema:
        tried = [faults(value, one, at) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    if type(value) is not KINDS[schema["type"]]:
        return [f"{at}: {value!r} is no {schema['type']}"]
    found = [f"{at}: {value!r} is none of the choices"] if value not in schema.get("enum", [value]) else []
    if len(value) > schema.get("maxLength", 10**9) if isinstance(value, str) else False:
        found.append(f"{at}: too long")
    if isinstance(value, list):
        for index, one in enumerate(cast(list[Any], value)):
            found += faults(one, schema["items"], f"{at}[{index}]")
    if isinstance(value, dict):
        found += [f"{at}: lacks {name}" for name in schema.get("required", []) if name not in value]
        for name, one in cast(dict[str, Any], value).items():
            more = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
            found += faults(one, more, f"{at}.{name}") if more else [f"{at}: no {name} here"]
    return found


ORDERS = {
    "plain": an_order(),
    "bare": an_order(email="", back_to="", note=""),
    "long": an_order(
        note="n" * 5000, lines=(OrderLine(name="N" * 9000, amount=Money(100, "USD")),), booking_code="LP-1"
    ),
    "yen": an_order(lines=(OrderLine(name="写真", amount=Money(5000, "JPY")),), language="ja"),
}


@pytest.mark.rule("H3")
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_stripe_takes_the_page_that_is_asked_for(order: Any, openapi: dict[str, Any]):
    assert faults(session_of(order), schema_of(openapi, "/v1/checkout/sessions")) == []


def test_stripe_takes_the_refund_that_is_asked_for(openapi: dict[str, Any]):
    assert faults(refund_of(a_refund_order()), schema_of(openapi, "/v1/refunds")) == []


def test_what_stripe_does_not_take_is_noticed(openapi: dict[str, Any]):
    wrong = {**session_of(an_order()), "payment_method_types": ["card"], "locale": "uk", "submit_type": 1}

    assert len(faults(wrong, schema_of(openapi, "/v1/checkout/sessions"))) == 3


@pytest.mark.rule("H3")
def test_the_page_says_what_the_review_card_says():
    params = session_of(an_order())

    assert params == {
        "mode": "payment",
        "submit_type": "book",
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "usd",
                    "unit_amount": amount,
                    "product_data": {"name": name},
                },
            }
            for name, amount in (("Family, 20 minutes", 10000), ("Tax 8.25 %", 2000))
        ],
        "client_reference_id": "checkout-1",
        "metadata": {"checkout": "checkout-1", "booking": "booking-1", "code": "LP-4821"},
        "payment_intent_data": {
            "metadata": {"checkout": "checkout-1", "booking": "booking-1", "code": "LP-4821"},
            "description": "LP-4821",
        },
        "expires_at": int(ENDS.timestamp()),
        "success_url": "https://minis.luna.example/thanks?to=m_abc",
        "cancel_url": "https://t.me/LunaPhotoBot",
        "customer_email": "ana@example.com",
        "custom_text": {"submit": {"message": "Your spot is held until 7:15 PM."}},
        "locale": "en",
    }


def test_the_same_order_makes_the_same_request():
    assert session_of(an_order()) == session_of(an_order())


@pytest.mark.rule("G5")
def test_an_expired_page_offers_no_copy_of_itself():
    assert "after_expiration" not in session_of(an_order())


def test_long_words_are_cut_where_stripe_ends():
    params: Any = session_of(ORDERS["long"])

    assert len(params["line_items"][0]["price_data"]["product_data"]["name"]) == NAME_LIMIT
    assert len(params["custom_text"]["submit"]["message"]) == NOTE_LIMIT


def test_metadata_fits():
    metadata = cast(dict[str, str], session_of(an_order()).get("metadata"))

    assert len(metadata) <= METADATA_KEYS
    assert all(len(key) <= METADATA_KEY and len(value) <= METADATA_VALUE for key, value in metadata.items())


def test_a_currency_that_stripe_does_not_take_is_refused_before_anything_is_asked():
    with pytest.raises(TillRefused, match="Stripe takes no IRR"):
        session_of(an_order(lines=(OrderLine(name="Family", amount=Money(100, "IRR")),)))


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en"),
        ("en-GB", "en-GB"),
        ("en-US", "en"),
        ("de_AT", "de"),
        ("pt-br", "pt-BR"),
        ("no", "nb"),
        ("zh-Hant-TW", "zh-TW"),
        ("zh-hans-cn", "zh"),
        ("uk", "auto"),
        ("", "auto"),
    ],
)
def test_the_page_is_in_the_nearest_language_that_stripe_has(language: str, locale: str):
    assert locale_of(language) == locale


def test_the_locales_are_stripes(openapi: dict[str, Any]):
    theirs = schema_of(openapi, "/v1/checkout/sessions")["properties"]["locale"]["enum"]

    assert sorted(LOCALES.split()) == sorted(theirs)
