"""Checkout Sessions and their line items as Stripe's API shows them: every field of the real object, in its type."""

from bots.demo.stripe.fields import Params
from bots.demo.stripe.records import Intent, Line, Session

NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def session_json(session: Session) -> dict[str, object]:
    params = session.params
    is_paid = session.status == "complete"
    return {
        "id": session.id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": params.group("adaptive_pricing").flag("enabled")},
        "after_expiration": None,
        "allow_promotion_codes": params.values.get("allow_promotion_codes"),
        "amount_subtotal": session.total,
        "amount_total": session.total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": params.string("billing_address_collection") or None,
        "cancel_url": params.string("cancel_url") or None,
        "client_reference_id": params.string("client_reference_id") or None,
        "client_secret": None,
        "collected_information": {"business_name": None, "individual_name": None, "shipping_details": None},
        "consent": None,
        "consent_collection": None,
        "created": session.created,
        "currency": session.currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": _custom_text(params),
        "customer": None,
        "customer_account": None,
        "customer_creation": params.string("customer_creation") or "if_required",
        "customer_details": _customer_details(session),
        "customer_email": params.string("customer_email") or None,
        "discounts": [],
        "expires_at": session.expires_at,
        "integration_identifier": params.string("integration_identifier") or None,
        "invoice": None,
        "invoice_creation": _no_invoice(),
        "livemode": False,
        "locale": params.string("locale") or None,
        "managed_payments": {"enabled": False},
        "metadata": params.map("metadata"),
        "mode": "payment",
        "origin_context": params.string("origin_context") or None,
        "payment_intent": _intent_id(session.intent),
        "payment_link": None,
        "payment_method_collection": params.string("payment_method_collection") or "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": params.values.get("payment_method_options", {"card": {}}),
        "payment_method_types": ["card"],
        "payment_status": "paid" if is_paid else "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": session.status,
        "submit_type": params.string("submit_type") or None,
        "subscription": None,
        "success_url": params.string("success_url"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": session.url if session.status == "open" else None,
        "wallet_options": params.values.get("wallet_options"),
    }


def line_json(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": line.amount,
        "amount_tax": 0,
        "amount_total": line.amount,
        "currency": line.currency,
        "description": line.name,
        "metadata": dict(line.metadata),
        "price": _price_json(line),
        "quantity": line.quantity,
    }


def _price_json(line: Line) -> dict[str, object]:
    """The price that Stripe makes of a line's price_data: it can be used no second time."""
    return {
        "id": line.price,
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": 0,
        "currency": line.currency,
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": line.product,
        "recurring": None,
        "tax_behavior": line.tax_behavior or "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": line.unit_amount,
        "unit_amount_decimal": str(line.unit_amount),
    }


def _custom_text(params: Params) -> dict[str, object]:
    given = params.group("custom_text")
    names = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
    return {name: given.values.get(name) or None for name in names}


def _customer_details(session: Session) -> dict[str, object] | None:
    """There once somebody has paid, and before if the program gave an address."""
    email = session.email or session.params.string("customer_email")
    if not email:
        return None
    return {
        "address": {**NO_ADDRESS, "country": "US", "postal_code": "60601"} if session.status == "complete" else None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": session.name or None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [] if session.status == "complete" else None,
    }


def _no_invoice() -> dict[str, object]:
    unsaid = ("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options")
    return {"enabled": False, "invoice_data": {**dict.fromkeys(unsaid), "metadata": {}}}


def _intent_id(intent: Intent | None) -> str | None:
    return intent.id if intent else None
