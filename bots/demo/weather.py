"""Bad days that every platform has: outages and floods. In real seconds, whatever the clock."""

import math
import time


class Weather:
    """What the weather does to calls; a platform's own kind says which calls feel it, and in what words."""

    def __init__(self) -> None:
        self._down_until = -math.inf
        self._flooded = 0
        self._retry_after = 0

    def go_down(self, seconds: float | None) -> None:
        """For so many seconds, or until come_back."""
        self._down_until = math.inf if seconds is None else time.monotonic() + seconds

    def come_back(self) -> None:
        self._down_until = -math.inf

    def seconds_down(self) -> float:
        """How long the outage still lasts; infinite until come_back, 0 in good weather."""
        return max(self._down_until - time.monotonic(), 0.0)

    def flood(self, *, retry_after: int, calls: int) -> None:
        self._retry_after, self._flooded = retry_after, calls

    def is_flooded(self) -> bool:
        """Whether this call is refused by a flood; counts it."""
        if not self._flooded:
            return False
        self._flooded -= 1
        return True

    @property
    def retry_after(self) -> int:
        """What a flooded call is told, in seconds."""
        return self._retry_after
