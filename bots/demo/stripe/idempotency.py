"""Idempotency keys: what was answered once is answered again (docs.stripe.com/api/idempotent_requests)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bots.demo.clock import Clock
from bots.demo.stripe.forms import Tree
from bots.demo.stripe.refusals import StripeRefusal

KEPT: Final = timedelta(hours=24)
LONGEST_KEY: Final = 255


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: dict[str, object]
    #: The call that was answered so.
    request: str


@dataclass(slots=True)
class _Use:
    """The first use of a key."""

    path: str
    given: Tree
    at: datetime
    #: None while the call is being carried out.
    answer: Answer | None = None


class IdempotencyKeys:
    """All accounts' keys, each account's for itself. A key is forgotten after 24 hours of the stand-in's clock."""

    def __init__(self, now: Clock) -> None:
        self._now: Final = now
        self._uses: Final[dict[tuple[str, str], _Use]] = {}

    def begin(self, account: str, key: str, path: str, given: Tree) -> Answer | None:
        """The answer to give again; None where the call is new, and must then be finished or given up.

        Raises StripeRefusal where the key was used for another call, and while its call is being carried out.
        """
        if len(key) > LONGEST_KEY:
            raise _mismatch(f"Idempotency keys can have up to {LONGEST_KEY} characters.")
        use = self._uses.get((account, key))
        if use is None or self._now() - use.at >= KEPT:
            self._uses[account, key] = _Use(path, given, self._now())
            return None
        again = f"Try using a key other than '{key}' if you meant to execute a different request."
        if use.path != path:
            raise _mismatch(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for "
                f"('{path}' vs '{use.path}'). {again}"
            )
        if use.given != given:
            raise _mismatch(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                + again
            )
        if use.answer is None:
            raise StripeRefusal(
                409,
                "There is currently another in-progress request using this Stripe Idempotent Key (that probably means "
                f"you submitted twice, and the other request is still going through): {key}. Please try again later.",
                code="idempotency_key_in_use",
            )
        return use.answer

    def finish(self, account: str, key: str, answer: Answer) -> None:
        """Keep what the endpoint answered, errors too, once it began to work."""
        self._uses[account, key].answer = answer

    def give_up(self, account: str, key: str) -> None:
        """Forget a call that never came to its endpoint: the key is as good as new."""
        self._uses.pop((account, key), None)


def _mismatch(message: str) -> StripeRefusal:
    return StripeRefusal(400, message, kind="idempotency_error")
