"""The calls that the stand-in plays and the parameters they take.

A parameter that Stripe has and the stand-in does not play is refused like an unknown one. A contract test holds the
table against the specification of the same version of the API, 2026-10-28.endive: there, for one, a session no longer
takes `payment_method_types`, but `allowed_payment_method_types`.
"""

from collections.abc import Mapping
from typing import Final

from bots.demo.stripe.fields import METADATA, RANGE, Field, array, choice, flag, group, integer, text

API_VERSION: Final = "2026-10-28.endive"

LOCALES: Final = (
    *("auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN"),
    *("hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk"),
    *("sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW"),
)
METHODS: Final = (
    *("acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit", "bacs_debit"),
    *("bancontact", "billie", "bizum", "blik", "boleto", "card", "cashapp", "crypto", "customer_balance", "eps", "fpx"),
    *("giropay", "grabpay", "ideal", "kakao_pay", "klarna", "konbini", "kr_card", "link", "mb_way", "mobilepay"),
    *("multibanco", "naver_pay", "nz_bank_account", "oxxo", "p24", "pay_by_bank", "payco", "paynow", "paypal"),
    *("paypay", "payto", "pix", "promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit"),
    *("sequra", "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay", "zip"),
)

_EXPAND: Final = array(text())
_ID: Final = text(0)
_SWITCH: Final = group(enabled=flag(required=True))


def _words(letters: int) -> Field:
    return group(message=text(letters, required=True), may_be_unset=True)


_LINE: Final = group(
    price_data=group(
        currency=text(0, required=True),
        unit_amount=integer(),
        product_data=group(
            name=text(required=True),
            description=text(40000),
            images=array(text(0)),
            metadata=METADATA,
            tax_code=text(),
        ),
        tax_behavior=choice("exclusive", "inclusive", "unspecified"),
    ),
    quantity=integer(),
    metadata=METADATA,
)

_SESSION: Final[Mapping[str, Field]] = {
    "adaptive_pricing": group(enabled=flag()),
    "after_expiration": group(recovery=group(enabled=flag(required=True), allow_promotion_codes=flag())),
    "allow_promotion_codes": flag(),
    "allowed_payment_method_types": array(choice(*METHODS)),
    "automatic_tax": _SWITCH,
    "billing_address_collection": choice("auto", "required"),
    "cancel_url": text(),
    "client_reference_id": text(200),
    "currency": text(0),
    "custom_text": group(
        after_submit=_words(0),
        shipping_address=_words(1000),
        submit=_words(1000),
        terms_of_service_acceptance=_words(0),
    ),
    "customer_creation": choice("always", "if_required"),
    "customer_email": text(0),
    "excluded_payment_method_types": array(choice(*(method for method in METHODS if method != "link"))),
    "expand": _EXPAND,
    "expires_at": integer(),
    "integration_identifier": text(0),
    "invoice_creation": _SWITCH,
    "line_items": array(_LINE),
    "locale": choice(*LOCALES),
    "metadata": METADATA,
    "mode": choice("payment", "setup", "subscription"),
    "origin_context": choice("mobile_app", "web"),
    "payment_intent_data": group(
        capture_method=choice("automatic", "automatic_async", "manual"),
        description=text(1000),
        metadata=METADATA,
        receipt_email=text(0),
        statement_descriptor=text(22),
        statement_descriptor_suffix=text(22),
        transfer_group=text(0),
    ),
    "payment_method_collection": choice("always", "if_required"),
    "payment_method_options": group(
        card=group(request_three_d_secure=choice("any", "automatic", "challenge")),
    ),
    "phone_number_collection": _SWITCH,
    "submit_type": choice("auto", "book", "donate", "pay", "subscribe"),
    "success_url": text(),
    "ui_mode": choice("elements", "embedded_page", "form", "hosted_page"),
    "wallet_options": group(link=group(display=choice("auto", "never"))),
}


def _list(**further: Field) -> dict[str, Field]:
    return {
        "created": RANGE,
        "ending_before": further.pop("cursor", _ID),
        "starting_after": further.pop("cursor_after", _ID),
        "expand": _EXPAND,
        "limit": integer(),
        **further,
    }


def _paged(**further: Field) -> dict[str, Field]:
    """A list whose cursors have a limit of their own in the specification."""
    return _list(cursor=text(), cursor_after=text(), **further)


_ONE: Final[Mapping[str, Field]] = {"expand": _EXPAND}

Operation = tuple[str, str]

#: Parameters by (method, path).
OPERATIONS: Final[Mapping[Operation, Mapping[str, Field]]] = {
    ("POST", "/v1/checkout/sessions"): _SESSION,
    ("GET", "/v1/checkout/sessions"): _paged(payment_intent=text(), status=choice("complete", "expired", "open")),
    ("GET", "/v1/checkout/sessions/{session}"): _ONE,
    ("POST", "/v1/checkout/sessions/{session}/expire"): _ONE,
    ("GET", "/v1/checkout/sessions/{session}/line_items"): {
        name: one for name, one in _paged().items() if name != "created"
    },
    ("GET", "/v1/payment_intents"): _paged(),
    ("GET", "/v1/payment_intents/{intent}"): _ONE,
    ("GET", "/v1/charges"): _list(payment_intent=text()),
    ("GET", "/v1/charges/{charge}"): _ONE,
    ("POST", "/v1/refunds"): {
        "amount": integer(),
        "charge": text(),
        "expand": _EXPAND,
        "metadata": METADATA,
        "payment_intent": text(),
        "reason": choice("duplicate", "fraudulent", "requested_by_customer"),
    },
    ("GET", "/v1/refunds"): _list(charge=text(0), payment_intent=text()),
    ("GET", "/v1/refunds/{refund}"): _ONE,
    ("GET", "/v1/disputes"): _list(charge=text(0), payment_intent=text(0)),
    ("GET", "/v1/disputes/{dispute}"): _ONE,
    ("GET", "/v1/events"): _paged(type=text(), types=array(text())),
    ("GET", "/v1/events/{id}"): _ONE,
    ("GET", "/v1/account"): _ONE,
}
