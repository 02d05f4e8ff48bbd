"""What the stand-in says no with: Telegram's codes and Telegram's words."""

from typing import Final


class ApiError(Exception):
    """An answer `{"ok": false}`; the description is what real Telegram says."""

    def __init__(self, code: int, description: str, *, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code: Final = code
        self.description: Final = description
        self.retry_after: Final = retry_after

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> ApiError:
    """Telegram writes a sentence's first letter small after "Bad Request:", but leaves NAMES_LIKE_THIS."""
    is_sentence = len(reason) > 1 and reason[1].islower()
    return ApiError(400, f"Bad Request: {reason[0].lower() + reason[1:] if is_sentence else reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
