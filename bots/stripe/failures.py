"""Why money could not go back: Stripe's words for it, made into the core's. A word that it does not know stays."""

from collections.abc import Mapping
from typing import Final

from bots.stripe.errors import FAILED_BEFORE, KEY_REUSED
from core.payments.till import RefundFailure

#: A refund's `failure_reason`, or its status where it has none (docs.stripe.com/api/refunds/object).
_REASONS: Final[Mapping[str, RefundFailure]] = {
    "lost_or_stolen_card": RefundFailure.LOST_CARD,
    "expired_or_canceled_card": RefundFailure.OLD_CARD,
    "charge_for_pending_refund_disputed": RefundFailure.DISPUTED,
    "insufficient_funds": RefundFailure.BALANCE,
    "declined": RefundFailure.DECLINED,
    "merchant_request": RefundFailure.STOPPED,
    "canceled": RefundFailure.STOPPED,
    "unknown": RefundFailure.UNKNOWN,
    "failed": RefundFailure.UNKNOWN,
}
#: The codes with which one is refused (docs.stripe.com/error-codes). The last of them is a `message_code`, which that
#: page does not have: it is all that Stripe gives where the balance is too low
#: (github.com/Automattic/woocommerce-payments/issues/10025 shows such an answer).
_CODES: Final[Mapping[str, RefundFailure]] = {
    "charge_disputed": RefundFailure.DISPUTED,
    "refund_disputed_payment": RefundFailure.DISPUTED,
    KEY_REUSED: RefundFailure.UNKNOWN,
    FAILED_BEFORE: RefundFailure.UNKNOWN,
    "balance_insufficient": RefundFailure.BALANCE,
    "insufficient_balance_for_refund": RefundFailure.BALANCE,
}


def why_failed(reason: str) -> str:
    """Of a refund that Stripe has, by its `failure_reason` or status."""
    return _REASONS.get(reason, reason)


def why_refused(code: str) -> str:
    """Of one that Stripe did not take, by the error's code."""
    return _CODES.get(code, code)
