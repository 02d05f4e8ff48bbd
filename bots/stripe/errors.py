"""What a failed call to Stripe means: one table from its errors to what the core knows of a till (STATES).

Nothing that Stripe said in words goes further than here: its sentences and bodies may hold what people typed. The
request's id leads to them in Stripe's dashboard.
"""

from collections.abc import Mapping
from typing import Final

from stripe import (
    AuthenticationError,
    CardError,
    IdempotencyError,
    InvalidRequestError,
    PermissionError,
    StripeError,
)

from core.payments.till import TillForbids, TillRefused, TillShut
from core.values.refusals import Trouble

#: The key was used before, with other parameters: what was asked for then may have been done.
KEY_REUSED: Final = "idempotency_error"
#: The first call with the key failed at Stripe, and its answer is given again for a day: the key is of no more use.
FAILED_BEFORE: Final = "failed_before"


def failure_of(error: StripeError) -> Trouble | TillRefused:
    """What the exception of a call means, ready to be raised."""
    said = _said(error)
    match error:
        case IdempotencyError():
            return TillRefused(KEY_REUSED, said)
        case AuthenticationError():
            return TillShut(said)
        case PermissionError():
            return TillForbids(said)
        case InvalidRequestError() | CardError():
            return TillRefused(_code(error), said)
        case _ if (error.http_status or 0) >= 500 and is_replayed(error.headers):
            return TillRefused(FAILED_BEFORE, said)
        case _:  # 429, 409, 5xx, no connection, and what is no answer of Stripe's at all: a gateway's page, a redirect
            return Trouble(said)


def is_replayed(headers: Mapping[str, str] | None) -> bool:
    """Whether Stripe gave the stored answer to an earlier call with the same key."""
    return headers is not None and headers.get("Idempotent-Replayed") == "true"


def _code(error: StripeError) -> str:
    kind = error.error.type if error.error else None
    return error.code or _message_code(error) or str(kind or "invalid_request_error")


def _message_code(error: StripeError) -> str | None:
    """What some errors have in place of a code: not in the documentation, nor in the SDK's object."""
    match error.json_body:
        case {"error": {"message_code": str(code)}}:
            return code
        case _:
            return None


def _said(error: StripeError) -> str:
    parts = (
        type(error).__name__,
        error.http_status and f"status {error.http_status}",
        error.code,
        (param := getattr(error, "param", None)) and f"parameter {param}",
        error.request_id,
        error.__cause__ and type(error.__cause__).__name__,
    )
    return ", ".join(str(part) for part in parts if part)
