"""Bad days of the platform: outages, floods, answers that are lost on the way."""

import math
import time
from collections import deque
from typing import Final

from bots.demo.telegram.refusals import ApiError, too_many_requests

MESSAGES_A_SECOND: Final = 30  # core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this


class Weather:
    """What the weather does to a call. getUpdates feels an outage, but neither floods nor limits."""

    def __init__(self, *, limits: bool) -> None:
        self._limits: Final = limits
        self._down_until = -math.inf
        self._flooded = 0
        self._retry_after = 0
        self._losing = 0
        self._losing_method: str | None = None
        self._sent: dict[str, deque[float]] = {}

    def go_down(self, seconds: float | None) -> None:
        self._down_until = math.inf if seconds is None else time.monotonic() + seconds

    def come_back(self) -> None:
        self._down_until = -math.inf

    def seconds_down(self) -> float:
        """How long the outage still lasts; infinite until come_back, 0 in good weather."""
        return max(self._down_until - time.monotonic(), 0.0)

    def flood(self, *, retry_after: int, calls: int) -> None:
        self._retry_after, self._flooded = retry_after, calls

    def lose_answers(self, calls: int, method: str | None) -> None:
        self._losing, self._losing_method = calls, method

    def check_outage(self) -> None:
        """Raises ApiError while the platform is down."""
        if self.seconds_down():
            raise bad_gateway()

    def check_pace(self, token: str, method: str) -> None:
        """Raises ApiError in a flood, and where more than 30 messages would go out within a second."""
        if method == "getUpdates":
            return
        if self._flooded:
            self._flooded -= 1
            raise too_many_requests(self._retry_after)
        if self._limits and method.startswith("send") and method != "sendChatAction":
            self._count(self._sent.setdefault(token, deque()))

    def loses_answer(self, method: str) -> bool:
        """Whether this call's answer is lost; counts it."""
        is_meant = method == self._losing_method if self._losing_method else method != "getUpdates"
        if not self._losing or not is_meant:
            return False
        self._losing -= 1
        return True

    def _count(self, sent: deque[float]) -> None:
        now = time.monotonic()
        while sent and sent[0] <= now - 1:
            sent.popleft()
        if len(sent) >= MESSAGES_A_SECOND:
            raise too_many_requests(1)
        sent.append(now)


def bad_gateway() -> ApiError:
    return ApiError(502, "Bad Gateway")
