"""Refunds: what must go back, and how far it is."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, func, literal_column, select, tuple_, update

from core.payments.payment import KEPT, Refund, Settled
from core.payments.till import RefundState
from core.values.money import Money
from storage.columns import maybe_micros, maybe_moment, micros, moment_of
from storage.execution import AnyRow
from storage.money_tables import NOT_BACK, TO_PAY_BACK, payments, refunds
from storage.records.area import Area
from storage.records.swap import Swap
from storage.statement import Statement, Value, one_of
from storage.tables import CANCELLED_PAID, bookings

_SWAP = Swap[Refund](
    refunds,
    "state",
    {
        "state": lambda one: one.state.value,
        "ref": lambda one: one.ref,
        "asked_at": lambda one: maybe_micros(one.asked_at),
        "ask_at": lambda one: maybe_micros(one.ask_at),
        "silent_since": lambda one: maybe_micros(one.silent_since),
        "error": lambda one: one.error,
        "settled": lambda one: one.settled.value if one.settled else None,
        "settled_by": lambda one: one.settled_by,
        "version": lambda one: one.version,
    },
)
_ADD = Statement(refunds.insert().values({name: bindparam(name) for name in refunds.c.keys()}).inline())  # noqa: SIM118 - no dict
_OF_STUDIO = select(refunds).where(refunds.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(refunds.c.id == bindparam("refund_id")))
_OF_PAYMENT = Statement(_OF_STUDIO.where(refunds.c.payment_id == bindparam("payment_id")).order_by(refunds.c.id))
_OF_ITS_PAYMENT = (payments.c.studio_id == refunds.c.studio_id, payments.c.id == refunds.c.payment_id)
_OF_BOOKING = Statement(
    _OF_STUDIO.where(*_OF_ITS_PAYMENT, payments.c.booking_id == bindparam("booking_id")).order_by(refunds.c.id)
)
_OF_MINI = Statement(
    _OF_STUDIO.where(
        *_OF_ITS_PAYMENT,
        bookings.c.studio_id == payments.c.studio_id,
        bookings.c.id == payments.c.booking_id,
        bookings.c.mini_id == bindparam("mini_id"),
    ).order_by(refunds.c.id)
)
_OF_CANCELLED_PAID = Statement(
    _OF_STUDIO.where(
        *_OF_ITS_PAYMENT,
        bookings.c.studio_id == payments.c.studio_id,
        bookings.c.id == payments.c.booking_id,
        CANCELLED_PAID,
    ).order_by(refunds.c.id)
)
_NOT_BACK = Statement(
    _OF_STUDIO.where(NOT_BACK, *_OF_ITS_PAYMENT, one_of(payments.c.disposition, sorted(KEPT))).order_by(refunds.c.id)
)
_TO_ASK_NOW = (
    select(refunds.c.studio_id, refunds.c.id)
    .where(TO_PAY_BACK, refunds.c.ask_at <= bindparam("now"))
    .order_by(refunds.c.ask_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
# No new version: whoever hears the answer reads the row after this, and nobody else writes one that is to be asked.
_DUE = Statement(
    update(refunds)
    .where(tuple_(refunds.c.studio_id, refunds.c.id).in_(_TO_ASK_NOW))
    .values(ask_at=bindparam("until"), asked_at=func.coalesce(refunds.c.asked_at, bindparam("now")))
    .returning(
        refunds,
        *(
            select(column)
            # As text: on SQLite, SQLAlchemy leaves the table's name out here, and `studio_id` would be the payment's.
            .where(
                payments.c.studio_id == literal_column("refunds.studio_id"),
                payments.c.id == literal_column("refunds.payment_id"),
            )
            .scalar_subquery()
            .label(name)
            for name, column in (("payment_ref", payments.c.ref), ("till", payments.c.till))
        ),
    )
)


class RefundTable(Area):
    """core.payments.records.RefundRecords."""

    __slots__ = ()

    def add(self, refund: Refund) -> None:
        self._execution.write(
            _ADD,
            studio_id=refund.studio_id,
            id=refund.id,
            payment_id=refund.payment_id,
            key=refund.key,
            minor=refund.amount.minor,
            currency=refund.amount.currency,
            owed_at=micros(refund.owed_at),
            **_SWAP.values(refund),
        )

    def one(self, studio_id: str, refund_id: str) -> Refund | None:
        row = self._execution.first(_ONE, studio_id=studio_id, refund_id=refund_id)
        return _refund_of(row) if row else None

    def change(self, old: Refund, new: Refund) -> Refund | None:
        return _SWAP.run(self._execution, old, new)

    def of_payment(self, studio_id: str, payment_id: str) -> list[Refund]:
        return self._all(_OF_PAYMENT, studio_id=studio_id, payment_id=payment_id)

    def of_booking(self, studio_id: str, booking_id: str) -> list[Refund]:
        return self._all(_OF_BOOKING, studio_id=studio_id, booking_id=booking_id)

    def of_mini(self, studio_id: str, mini_id: str) -> list[Refund]:
        return self._all(_OF_MINI, studio_id=studio_id, mini_id=mini_id)

    def of_cancelled_paid(self, studio_id: str) -> list[Refund]:
        return self._all(_OF_CANCELLED_PAID, studio_id=studio_id)

    def not_back(self, studio_id: str) -> list[Refund]:
        return self._all(_NOT_BACK, studio_id=studio_id)

    def due(self, limit: int, until: datetime) -> list[tuple[Refund, str, str]]:
        rows = self._execution.all(_DUE, now=self._execution.now_micros, until=micros(until), most=limit)
        return [(_refund_of(row), row.payment_ref, row.till) for row in rows]

    def _all(self, statement: Statement, **parameters: Value) -> list[Refund]:
        return [_refund_of(row) for row in self._execution.all(statement, **parameters)]


def _refund_of(row: AnyRow) -> Refund:
    return Refund(
        id=row.id,
        studio_id=row.studio_id,
        payment_id=row.payment_id,
        key=row.key,
        amount=Money(row.minor, row.currency),
        state=RefundState(row.state),
        owed_at=moment_of(row.owed_at),
        ref=row.ref,
        asked_at=maybe_moment(row.asked_at),
        ask_at=maybe_moment(row.ask_at),
        silent_since=maybe_moment(row.silent_since),
        error=row.error,
        settled=Settled(row.settled) if row.settled else None,
        settled_by=row.settled_by,
        version=row.version,
    )
