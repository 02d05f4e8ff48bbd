"""Why money could not go back: Stripe's words for it, made into the core's."""

from collections.abc import Mapping
from typing import Final

from core.payments.till import Failure

#: A refund's `failure_reason` or status, and the codes with which one is refused (docs.stripe.com/api/refunds/object,
#: docs.stripe.com/error-codes).
_FAILURES: Final[Mapping[str, Failure]] = {
    "lost_or_stolen_card": Failure.LOST_CARD,
    "expired_or_canceled_card": Failure.OLD_CARD,
    "charge_for_pending_refund_disputed": Failure.DISPUTED,
    "charge_disputed": Failure.DISPUTED,
    "refund_disputed_payment": Failure.DISPUTED,
    "insufficient_funds": Failure.BALANCE,
    "declined": Failure.DECLINED,
    "merchant_request": Failure.STOPPED,
    "canceled": Failure.STOPPED,
    "unknown": Failure.UNKNOWN,
    "failed": Failure.UNKNOWN,
}


def why(word: str) -> str:
    """What the core calls it; a word that it does not know stays as it is."""
    return _FAILURES.get(word, word)
