"""The product's clock, and the next thing that it will bring."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from storage.columns import length_micros, moment_of
from storage.execution import PRODUCT_CLOCK
from storage.message_tables import OUTBOX_SENDABLE, outbox
from storage.money_tables import (
    CAP,
    CHOOSING,
    IS_UNHEARD,
    TO_ASK,
    TO_LOOK_AT,
    TO_PAY_BACK,
    checkouts,
    payments,
    refunds,
)
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import CONFIRMED, LAPSING, OPENING, RUNS, bookings, clock, minis, reservations

_SHIFT = Statement(update(clock).values(shift=clock.c.shift + bindparam("by")))
_NEXT = Statement(
    select(
        PRODUCT_CLOCK.label("now"),
        select(func.min(bookings.c.hold_until)).where(RUNS).scalar_subquery().label("hold"),
        select(func.min(bookings.c.ends)).where(CONFIRMED).scalar_subquery().label("session"),
        select(func.min(reservations.c.lapses_at)).where(LAPSING).scalar_subquery().label("reservation"),
        select(func.min(minis.c.opens_at)).where(OPENING).scalar_subquery().label("opening"),
        select(func.min(outbox.c.due_at)).where(OUTBOX_SENDABLE).scalar_subquery().label("message"),
        select(func.min(checkouts.c.ask_at)).where(TO_ASK).scalar_subquery().label("page"),
        select(func.min(CAP)).where(IS_UNHEARD).scalar_subquery().label("cap"),
        select(func.min(payments.c.ask_at)).where(TO_LOOK_AT).scalar_subquery().label("payment"),
        select(func.min(payments.c.choosing_until)).where(CHOOSING).scalar_subquery().label("choice"),
        select(func.min(refunds.c.ask_at)).where(TO_PAY_BACK).scalar_subquery().label("refund"),
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
        due = (
            row.hold,
            row.session,
            row.reservation,
            row.opening,
            row.message,
            row.page,
            row.cap,
            row.payment,
            row.choice,
            row.refund,
        )
        known = [at for at in due if at is not None]
        return moment_of(min(known)) if known else None
