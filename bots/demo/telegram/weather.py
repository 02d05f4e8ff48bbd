"""Bad days of Telegram, in Telegram's words."""

import time
from collections import deque
from typing import Final

from bots.demo.telegram.refusals import ApiError, too_many_requests
from bots.demo.weather import Weather as AnyWeather

MESSAGES_A_SECOND: Final = 30  # core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this


class Weather(AnyWeather):
    """What the weather does to a call. getUpdates feels an outage, but neither floods nor limits."""

    def __init__(self, *, limits: bool) -> None:
        super().__init__()
        self._limits: Final = limits
        self._losing = 0
        self._losing_method: str | None = None
        self._sent: dict[str, deque[float]] = {}

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
        if self.is_flooded():
            raise too_many_requests(self.retry_after)
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
