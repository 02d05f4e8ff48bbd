"""PaymentIntents, charges, refunds and disputes as Stripe's API shows them."""

from bots.demo.stripe.records import Card, CardError, Charge, Dispute, Intent, Refund
from bots.demo.stripe.session_shapes import NO_ADDRESS


def intent_json(intent: Intent) -> dict[str, object]:
    session = intent.session
    data = session.params.group("payment_intent_data")
    has_paid = intent.status == "succeeded"
    return {
        "id": intent.id,
        "object": "payment_intent",
        "amount": session.total,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": session.total if has_paid else 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": intent.canceled_at or None,
        "cancellation_reason": "automatic" if intent.status == "canceled" else None,
        "capture_method": data.string("capture_method") or "automatic_async",
        "client_secret": f"{intent.id}_secret_{intent.id[-16:]}",
        "confirmation_method": "automatic",
        "created": intent.created,
        "currency": session.currency,
        "customer": None,
        "customer_account": None,
        "description": data.string("description") or None,
        "excluded_payment_method_types": None,
        "last_payment_error": _payment_error(intent.error, intent.charge),
        "latest_charge": intent.charge.id if intent.charge else None,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": data.map("metadata"),
        "next_action": _next_action(intent),
        "on_behalf_of": None,
        "payment_method": _method_id(intent) if has_paid or intent.status == "requires_action" else None,
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": data.string("receipt_email") or None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": data.string("statement_descriptor") or None,
        "statement_descriptor_suffix": data.string("statement_descriptor_suffix") or None,
        "status": intent.status,
        "transfer_data": None,
        "transfer_group": data.string("transfer_group") or None,
    }


def charge_json(charge: Charge) -> dict[str, object]:
    intent = charge.intent
    data = intent.session.params.group("payment_intent_data")
    return {
        "id": charge.id,
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.amount if charge.succeeded else 0,
        "amount_refunded": charge.refunded,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": charge.id.replace("ch_", "txn_") if charge.succeeded else None,
        "billing_details": _billing(charge),
        "calculated_statement_descriptor": "MINIS",
        "captured": charge.succeeded,
        "created": charge.created,
        "currency": intent.session.currency,
        "customer": None,
        "description": data.string("description") or None,
        "disputed": bool(charge.disputes),
        "failure_balance_transaction": None,
        "failure_code": charge.error.code if charge.error else None,
        "failure_message": charge.error.message if charge.error else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": data.map("metadata"),
        "on_behalf_of": None,
        "outcome": _outcome(charge.error),
        "paid": charge.succeeded,
        "payment_intent": intent.id,
        "payment_method": _method_id(intent),
        "payment_method_details": {"card": _card(charge.card, charge.amount), "type": "card"},
        "receipt_email": data.string("receipt_email") or None,
        "receipt_number": None,
        "receipt_url": None,
        "refunded": charge.succeeded and charge.refunded >= charge.amount,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": data.string("statement_descriptor") or None,
        "statement_descriptor_suffix": data.string("statement_descriptor_suffix") or None,
        "status": "succeeded" if charge.succeeded else "failed",
        "transfer_data": None,
        "transfer_group": data.string("transfer_group") or None,
    }


def refund_json(refund: Refund) -> dict[str, object]:
    charge = refund.charge
    further: dict[str, object] = {}
    if refund.status == "failed":
        further = {"failure_balance_transaction": f"txn_f{refund.id[-20:]}", "failure_reason": refund.failure_reason}
    if refund.status == "pending":
        further = {"pending_reason": "processing"}
    return {
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": refund.id.replace("re_", "txn_"),
        "charge": charge.id,
        "created": refund.created,
        "currency": charge.intent.session.currency,
        "customer": None,
        "customer_account": None,
        "destination_details": {"card": {"reference_status": "pending", "type": "refund"}, "type": "card"},
        "metadata": dict(refund.metadata),
        "payment_intent": charge.intent.id,
        "payment_method": _method_id(charge.intent),
        "reason": refund.reason or None,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": refund.status,
        "transfer_reversal": None,
        **further,
    }


def dispute_json(dispute: Dispute) -> dict[str, object]:
    charge = dispute.charge
    details = {"due_by": dispute.created + 7 * 86_400, "has_evidence": False, "past_due": False, "submission_count": 0}
    return {
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.amount,
        "balance_transactions": [],
        "charge": charge.id,
        "created": dispute.created,
        "currency": charge.intent.session.currency,
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {**details, "enhanced_eligibility": {}},
        "is_charge_refundable": dispute.is_inquiry,
        "livemode": False,
        "metadata": {},
        "network_reason_code": "10.4",
        "payment_intent": charge.intent.id,
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "inquiry" if dispute.is_inquiry else "chargeback"},
            "type": "card",
        },
        "reason": dispute.reason,
        "status": dispute.status,
    }


def _payment_error(error: CardError | None, charge: Charge | None) -> dict[str, object] | None:
    if error is None:
        return None
    told: dict[str, object] = {"code": error.code, "message": error.message, "type": "card_error"}
    if error.decline_code:
        told["decline_code"] = error.decline_code
    if charge and charge.error is error:
        told["charge"] = charge.id
    return told


def _next_action(intent: Intent) -> dict[str, object] | None:
    if intent.status != "requires_action":
        return None
    return {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}}


def _outcome(error: CardError | None) -> dict[str, object]:
    return {
        "advice_code": "try_again_later" if error else None,
        "network_advice_code": None,
        "network_decline_code": "05" if error else None,
        "network_status": "declined_by_network" if error else "approved_by_network",
        "reason": error.decline_code if error else None,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": error.message if error else "Payment complete.",
        "type": "issuer_declined" if error else "authorized",
    }


def _billing(charge: Charge) -> dict[str, object]:
    name = charge.intent.session.name or None
    return {"address": dict(NO_ADDRESS), "email": charge.email or None, "name": name, "phone": None, "tax_id": None}


def _card(card: Card, amount: int) -> dict[str, object]:
    has_asked = card is Card.ASKS_BANK
    unsaid = ("authorization_code", "installments", "mandate", "network_transaction_id", "regulated_status")
    return {
        **dict.fromkeys((*unsaid, "transaction_link_id", "wallet")),
        "amount_authorized": amount,
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "extended_authorization": {"status": "disabled"},
        "fingerprint": f"fp{card.value[-14:]}",
        "funding": "credit",
        "incremental_authorization": {"status": "unavailable"},
        "last4": card.value[-4:],
        "multicapture": {"status": "unavailable"},
        "network": "visa",
        "network_token": {"used": False},
        "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
        "three_d_secure": {"result": "authenticated", "version": "2.2.0"} if has_asked else None,
    }


def _method_id(intent: Intent) -> str:
    return intent.id.replace("pi_", "pm_")
