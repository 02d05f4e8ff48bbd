"""What the stand-in says no with: Stripe's statuses, Stripe's codes and Stripe's words."""

from typing import Final


class StripeRefusal(Exception):
    """An answer `{"error": …}`; the message is what the real Stripe says, as far as it is known."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str = "",
        param: str = "",
        kind: str = "invalid_request_error",
        retry_after: int = 0,
    ) -> None:
        super().__init__(message)
        self.status: Final = status
        self.message: Final = message
        self.code: Final = code
        self.param: Final = param
        self.kind: Final = kind
        #: Seconds; 0 where nothing is said.
        self.retry_after: Final = retry_after

    def as_json(self) -> dict[str, object]:
        error: dict[str, object] = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        return {"error": error}


def bad_request(message: str, *, code: str = "", param: str = "") -> StripeRefusal:
    return StripeRefusal(400, message, code=code, param=param)


def missing(param: str) -> StripeRefusal:
    return bad_request(f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown(param: str) -> StripeRefusal:
    return bad_request(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


def not_played(what: str, param: str) -> StripeRefusal:
    """For what Stripe can do and the stand-in does not pretend to."""
    return bad_request(f"The stand-in does not play {what}.", param=param)


def no_such(kind: str, identity: str, param: str) -> StripeRefusal:
    return StripeRefusal(404, f"No such {kind}: '{identity}'", code="resource_missing", param=param)


def unauthorized(message: str, code: str = "") -> StripeRefusal:
    return StripeRefusal(401, message, code=code)


def forbidden(message: str, code: str = "") -> StripeRefusal:
    return StripeRefusal(403, message, code=code)


def too_many_requests(retry_after: int) -> StripeRefusal:
    message = "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits."
    return StripeRefusal(429, message, code="rate_limit", retry_after=retry_after)


def unavailable() -> StripeRefusal:
    return StripeRefusal(503, "Stripe is temporarily unavailable. Please try again later.", kind="api_error")


def broken() -> StripeRefusal:
    return StripeRefusal(500, "An unknown error occurred", kind="api_error")


def masked(key: str) -> str:
    """A secret key as Stripe repeats it: its beginning and its last four characters."""
    return key[:8] + "*" * max(len(key) - 12, 4) + key[-4:] if len(key) > 12 else "*" * 8
