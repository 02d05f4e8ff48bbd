"""The account and its events as Stripe's API shows them."""

from bots.demo.stripe.operations import API_VERSION
from bots.demo.stripe.records import Event, StripeAccount
from bots.demo.stripe.session_shapes import NO_ADDRESS


def event_json(event: Event, *, pending: int = 0) -> dict[str, object]:
    """`pending`: how many endpoints have not taken it yet."""
    data: dict[str, object] = {"object": event.object}
    if event.previous:
        data["previous_attributes"] = event.previous
    return {
        "id": event.id,
        "object": "event",
        "api_version": API_VERSION,
        "created": event.created,
        "data": data,
        "livemode": False,
        "pending_webhooks": pending,
        "request": {"id": event.request or None, "idempotency_key": event.key or None},
        "type": event.type,
    }


def account_json(account: StripeAccount) -> dict[str, object]:
    return {
        "id": account.id,
        "object": "account",
        "business_profile": _profile(account),
        "business_type": "individual",
        "capabilities": {"card_payments": "active", "transfers": "active"},
        "charges_enabled": account.charges_enabled,
        "controller": {"type": "account"},
        "country": account.country,
        "created": 1_600_000_000,
        "default_currency": account.currency,
        "details_submitted": account.charges_enabled,
        "email": account.email,
        "external_accounts": {
            "data": [],
            "has_more": False,
            "object": "list",
            "url": f"/v1/accounts/{account.id}/external_accounts",
        },
        "future_requirements": _requirements(),
        "metadata": {},
        "payouts_enabled": account.charges_enabled,
        "requirements": _requirements(),
        "settings": _settings(account),
        "tos_acceptance": {"date": None, "ip": None, "user_agent": None},
        "type": "standard",
    }


def _profile(account: StripeAccount) -> dict[str, object]:
    unsaid = (
        *("annual_revenue", "estimated_worker_count", "product_description", "support_email", "support_phone"),
        *("support_url", "url", "minority_owned_business_designation"),
    )
    return {**dict.fromkeys(unsaid), "mcc": "7221", "name": account.name, "support_address": dict(NO_ADDRESS)}


def _requirements() -> dict[str, object]:
    lists = ("alternatives", "currently_due", "errors", "eventually_due", "past_due", "pending_verification")
    return {**{name: list[str]() for name in lists}, "current_deadline": None, "disabled_reason": None}


def _settings(account: StripeAccount) -> dict[str, object]:
    descriptor = account.name.upper()[:22]
    return {
        "bacs_debit_payments": {"display_name": None, "service_user_number": None},
        "branding": dict.fromkeys(("icon", "logo", "primary_color", "secondary_color")),
        "card_issuing": {"tos_acceptance": {"date": None, "ip": None}},
        "card_payments": {
            "decline_on": {"avs_failure": True, "cvc_failure": True},
            "statement_descriptor_prefix": None,
        },
        "dashboard": {"display_name": account.name, "timezone": "Etc/UTC"},
        "invoices": {"default_account_tax_ids": None, "hosted_payment_method_save": None},
        "payments": {"statement_descriptor": descriptor},
        "payouts": {"debit_negative_balances": True, "schedule": {"delay_days": 2, "interval": "daily"}},
        "sepa_debit_payments": {},
    }
