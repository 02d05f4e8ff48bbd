"""The clock of a scene's database (SQLite): however slow the machine is, it goes on only where it is read."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, event

from core.messages.alerts import OVERVIEW_EVERY

_PHASE = OVERVIEW_EVERY.total_seconds()


class HeldClock:
    """In place of SQLite's `strftime(…, 'now')`, on every connection that is opened while it is held.

    A millisecond passes with each reading, so that what two units of work make has an order. It begins where an
    overview was shown anew just now: the next time is as far away as it can be.
    """

    def __init__(self) -> None:
        self._millis = int((time.time() // _PHASE + 1) * _PHASE * 1000)
        event.listen(Engine, "connect", self._hold)

    def let_go(self) -> None:
        event.remove(Engine, "connect", self._hold)

    def _hold(self, connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.create_function("strftime", 2, self._strftime)

    def _strftime(self, form: str, moment: str) -> str:
        assert moment == "now"
        match form:
            case "%s":  # the first of both readings of an instant (storage.execution.server_clock)
                self._millis += 1
                return str(self._millis // 1000)
            case "%f":
                return f"{self._millis % 60_000 / 1000:06.3f}"
            case _:
                raise ValueError(form)
