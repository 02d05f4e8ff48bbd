"""Payments: what came in, and what became of it."""

from datetime import date, datetime

from sqlalchemy import Integer, and_, bindparam, func, literal_column, select, tuple_, update

from core.payments.account import Takings
from core.payments.payment import KEPT, PENDING, Disposition, How, Payment, Why
from core.values.money import Money
from storage.columns import maybe_micros, maybe_moment, micros, moment_of
from storage.execution import AnyRow
from storage.money_tables import CHOOSING, PROBLEM, TO_LOOK_AT, payments
from storage.records.area import Area
from storage.records.swap import Swap
from storage.records.takings import TAKINGS, TAKINGS_OF_MINI, takings_of
from storage.statement import Statement, Value, one_of
from storage.tables import CANCELLED_PAID, SEATED, bookings

_SWAP = Swap[Payment](
    payments,
    "disposition",
    {
        "disposition": lambda one: one.disposition.value,
        "why": lambda one: one.why.value if one.why else None,
        "choosing_until": lambda one: maybe_micros(one.choosing_until),
        "ask_at": lambda one: maybe_micros(one.ask_at),
        "version": lambda one: one.version,
    },
)
_ADD = Statement(payments.insert().values({name: bindparam(name) for name in payments.c.keys()}).inline())  # noqa: SIM118 - no dict
_OF_STUDIO = select(payments).where(payments.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(payments.c.id == bindparam("payment_id")))
_OF_BOOKING = Statement(_OF_STUDIO.where(payments.c.booking_id == bindparam("booking_id")).order_by(payments.c.id))
_PENDING = Statement(
    select(literal_column("1", Integer).label("one"))
    .where(
        payments.c.studio_id == bindparam("studio_id"),
        payments.c.booking_id == bindparam("booking_id"),
        one_of(payments.c.disposition, sorted(PENDING)),
    )
    .limit(literal_column("1", Integer))
)
_IN_MINI = payments.c.booking_id.in_(
    select(bookings.c.id).where(
        bookings.c.studio_id == bindparam("studio_id"), bookings.c.mini_id == bindparam("mini_id")
    )
)
_KEPT_IN = Statement(
    select(payments.c.booking_id, func.sum(payments.c.minor).label("minor"))
    .join(bookings, and_(bookings.c.studio_id == payments.c.studio_id, bookings.c.id == payments.c.booking_id))
    .where(
        bookings.c.studio_id == bindparam("studio_id"),
        bookings.c.mini_id == bindparam("mini_id"),
        SEATED,
        one_of(payments.c.disposition, sorted(KEPT)),
    )
    .group_by(payments.c.booking_id)
)
_OF_MINI = Statement(_OF_STUDIO.where(_IN_MINI).order_by(payments.c.id))
_OF_CANCELLED_PAID = Statement(
    _OF_STUDIO.where(
        payments.c.booking_id.in_(
            select(bookings.c.id).where(bookings.c.studio_id == bindparam("studio_id"), CANCELLED_PAID)
        )
    ).order_by(payments.c.id)
)
_CHOOSING_IN = Statement(_OF_STUDIO.where(CHOOSING, _IN_MINI).order_by(payments.c.id))
_CHOICES_OVER = Statement(
    select(payments)
    .where(CHOOSING, payments.c.choosing_until <= bindparam("now"))
    .order_by(payments.c.choosing_until)
    .limit(bindparam("most", type_=Integer))
)
_PROBLEMS = Statement(_OF_STUDIO.where(PROBLEM).order_by(payments.c.id))
_TO_LOOK_AT_NOW = (
    select(payments.c.studio_id, payments.c.id)
    .where(TO_LOOK_AT, payments.c.ask_at <= bindparam("now"))
    .order_by(payments.c.ask_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_DUE = Statement(
    update(payments)
    .where(tuple_(payments.c.studio_id, payments.c.id).in_(_TO_LOOK_AT_NOW))
    .values(ask_at=bindparam("until"))
    .returning(payments)
)
_HINT = Statement(
    update(payments)
    .where(payments.c.ref == bindparam("of_ref"))
    # Whoever writes down at this moment what was asked before reads again, and asks again.
    .values(ask_at=bindparam("now"), version=payments.c.version + literal_column("1", Integer))
)


class PaymentTable(Area):
    """core.payments.records.PaymentRecords."""

    __slots__ = ()

    def add(self, payment: Payment) -> None:
        self._execution.write(
            _ADD,
            studio_id=payment.studio_id,
            id=payment.id,
            booking_id=payment.booking_id,
            checkout_id=payment.checkout_id,
            ref=payment.ref or None,
            till=payment.till,
            minor=payment.amount.minor,
            currency=payment.amount.currency,
            captured_at=micros(payment.captured_at),
            how=payment.how.value if payment.how else None,
            paid_on=payment.paid_on.isoformat() if payment.paid_on else None,
            undoes=payment.undoes,
            **_SWAP.values(payment),
        )

    def one(self, studio_id: str, payment_id: str) -> Payment | None:
        row = self._execution.first(_ONE, studio_id=studio_id, payment_id=payment_id)
        return _payment_of(row) if row else None

    def change(self, old: Payment, new: Payment) -> Payment | None:
        return _SWAP.run(self._execution, old, new)

    def of_booking(self, studio_id: str, booking_id: str) -> list[Payment]:
        return self._all(_OF_BOOKING, studio_id=studio_id, booking_id=booking_id)

    def of_mini(self, studio_id: str, mini_id: str) -> list[Payment]:
        return self._all(_OF_MINI, studio_id=studio_id, mini_id=mini_id)

    def of_cancelled_paid(self, studio_id: str) -> list[Payment]:
        return self._all(_OF_CANCELLED_PAID, studio_id=studio_id)

    def takings(self, studio_id: str, currency: str, mini_id: str | None) -> Takings:
        if mini_id is None:
            row = self._execution.one(TAKINGS, studio_id=studio_id, currency=currency)
        else:
            row = self._execution.one(TAKINGS_OF_MINI, studio_id=studio_id, currency=currency, mini_id=mini_id)
        return takings_of(row, currency)

    def pending(self, studio_id: str, booking_id: str) -> bool:
        return self._execution.first(_PENDING, studio_id=studio_id, booking_id=booking_id) is not None

    def choosing_in(self, studio_id: str, mini_id: str) -> list[Payment]:
        return self._all(_CHOOSING_IN, studio_id=studio_id, mini_id=mini_id)

    def kept_in(self, studio_id: str, mini_id: str) -> dict[str, int]:
        rows = self._execution.all(_KEPT_IN, studio_id=studio_id, mini_id=mini_id)
        return {row.booking_id: int(row.minor) for row in rows}

    def choices_over(self, limit: int) -> list[Payment]:
        return self._all(_CHOICES_OVER, now=self._execution.now_micros, most=limit)

    def problems(self, studio_id: str) -> list[Payment]:
        return self._all(_PROBLEMS, studio_id=studio_id)

    def due(self, limit: int, until: datetime) -> list[Payment]:
        return self._all(_DUE, now=self._execution.now_micros, until=micros(until), most=limit)

    def hint(self, ref: str) -> bool:
        return self._execution.write(_HINT, of_ref=ref, now=self._execution.now_micros) > 0

    def _all(self, statement: Statement, **parameters: Value) -> list[Payment]:
        return [_payment_of(row) for row in self._execution.all(statement, **parameters)]


def _payment_of(row: AnyRow) -> Payment:
    return Payment(
        id=row.id,
        studio_id=row.studio_id,
        booking_id=row.booking_id,
        checkout_id=row.checkout_id,
        ref=row.ref or "",
        till=row.till,
        amount=Money(row.minor, row.currency),
        captured_at=moment_of(row.captured_at),
        how=How(row.how) if row.how else None,
        paid_on=date.fromisoformat(row.paid_on) if row.paid_on else None,
        undoes=row.undoes,
        disposition=Disposition(row.disposition),
        why=Why(row.why) if row.why else None,
        choosing_until=maybe_moment(row.choosing_until),
        ask_at=maybe_moment(row.ask_at),
        version=row.version,
    )
