"""The clock of a scene's database: however slow the machine is, it goes on only where it is read."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, event, make_url

from core.messages.alerts import OVERVIEW_EVERY
from tests.storage import raw

_PHASE = OVERVIEW_EVERY.total_seconds()
#: What the product reads stands in `pg_catalog`, and is looked for here first.
_ON_POSTGRES = """
    CREATE SCHEMA held;
    CREATE SEQUENCE held.millis START {millis};
    CREATE FUNCTION held.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('transaction_read_only')::boolean THEN
            RETURN (SELECT to_timestamp(last_value / 1000.0) FROM held.millis);
        END IF;
        RETURN to_timestamp(nextval('held.millis') / 1000.0);
    END $$;
    ALTER DATABASE "{database}" SET search_path = held, pg_catalog, public;
"""


class HeldClock:
    """In place of the database's own, on every connection that is opened from now on, until it is let go.

    A millisecond passes with each reading, so that what two units of work make has an order; on PostgreSQL none where
    nothing may be written. It begins where an overview was shown anew just now: the next time is as far away as it
    can be.
    """

    def __init__(self, url: str) -> None:
        self._millis = int((time.time() // _PHASE + 1) * _PHASE * 1000)
        self._listens = url.startswith("sqlite")
        if self._listens:
            event.listen(Engine, "connect", self._hold)
        else:
            raw.execute(url, _ON_POSTGRES.format(millis=self._millis, database=make_url(url).database))

    def let_go(self) -> None:
        """On PostgreSQL it goes with its database."""
        if self._listens:
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
