"""The product's clock, and the next thing that it will bring."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from storage.columns import length_micros, moment_of
from storage.execution import PRODUCT_CLOCK
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import CONFIRMED, HELD, LAPSING, OUTBOX_UNSENT, bookings, clock, outbox, reservations

_SHIFT = Statement(update(clock).values(shift=clock.c.shift + bindparam("by")))
_NEXT = Statement(
    select(
        PRODUCT_CLOCK.label("now"),
        select(func.min(bookings.c.hold_until)).where(HELD).scalar_subquery().label("hold"),
        select(func.min(bookings.c.ends)).where(CONFIRMED).scalar_subquery().label("session"),
        select(func.min(reservations.c.lapses_at)).where(LAPSING).scalar_subquery().label("reservation"),
        select(func.min(outbox.c.due_at)).where(OUTBOX_UNSENT).scalar_subquery().label("message"),
    ).select_from(clock)
)


class ClockTable(Area):
    """core.ports.ClockRecords."""

    __slots__ = ()

    def shift(self, by: timedelta) -> None:
        self._execution.write(_SHIFT, by=length_micros(by))

    def next_deadline(self) -> datetime | None:
        row = self._execution.one(_NEXT)
        self._execution.saw_now(row.now)
        due = [at for at in (row.hold, row.session, row.reservation, row.message) if at is not None]
        return moment_of(min(due)) if due else None
