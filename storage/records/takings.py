"""What many bookings brought and still owe, summed up by the database: the sums of `core.payments.account`."""

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, cast, exists, func, literal_column, or_, select

from core.payments.account import Takings
from core.payments.payment import KEPT, UNDER_WAY, Disposition
from core.payments.till import RefundState
from core.values.money import Money
from storage.execution import AnyRow
from storage.money_tables import payments, refunds
from storage.statement import Statement, one_of, word
from storage.tables import bookings

_ZERO = literal_column("0", BigInteger)


def _sum(amount: ColumnElement[int]) -> ColumnElement[int]:
    """PostgreSQL sums up to decimals, and nothing to null."""
    return cast(func.coalesce(func.sum(amount), _ZERO), BigInteger)


def _if(condition: ColumnElement[bool], amount: ColumnElement[int]) -> ColumnElement[int]:
    return case((condition, amount), else_=_ZERO)


_undoing = payments.alias("undoing")
_KEPT = one_of(payments.c.disposition, sorted(KEPT))
_LOST = payments.c.disposition == word(Disposition.LOST)
_COUNTS = and_(
    payments.c.studio_id == bindparam("studio_id"),
    payments.c.currency == bindparam("currency"),
    or_(_KEPT, _LOST),
    payments.c.undoes.is_(None),
    ~exists().where(_undoing.c.studio_id == payments.c.studio_id, _undoing.c.undoes == payments.c.id),
)
_CAME, _BY_HAND = payments.c.minor > _ZERO, payments.c.how.is_not(None)
_paid = (
    select(
        payments.c.booking_id,
        _sum(_if(_CAME, payments.c.minor)).label("ever"),
        _sum(_if(and_(_CAME, _KEPT), payments.c.minor)).label("came_in"),
        _sum(_if(and_(_CAME, _BY_HAND), payments.c.minor)).label("outside"),
        _sum(_if(~_CAME, -payments.c.minor)).label("returned"),
    )
    .where(_COUNTS)
    .group_by(payments.c.booking_id)
    .subquery("paid")
)
_back = (
    select(
        payments.c.booking_id,
        _sum(_if(refunds.c.state == word(RefundState.DONE), refunds.c.minor)).label("done"),
        _sum(_if(one_of(refunds.c.state, sorted(UNDER_WAY)), refunds.c.minor)).label("owed"),
    )
    .where(_COUNTS, _KEPT, refunds.c.studio_id == payments.c.studio_id, refunds.c.payment_id == payments.c.id)
    .group_by(payments.c.booking_id)
    .subquery("back")
)
_EVER = func.coalesce(_paid.c.ever, _ZERO)
_ALL = (
    select(
        _sum(_paid.c.came_in).label("came_in"),
        _sum(_paid.c.outside).label("outside"),
        cast(_sum(_paid.c.returned) + _sum(_back.c.done), BigInteger).label("refunded"),
        _sum(_back.c.owed).label("going_back"),
        # Of a booking that does not stand no total is written.
        _sum(_if(bookings.c.total_minor > _EVER, bookings.c.total_minor - _EVER)).label("due"),
    )
    .select_from(
        bookings.outerjoin(_paid, _paid.c.booking_id == bookings.c.id).outerjoin(
            _back, _back.c.booking_id == bookings.c.id
        )
    )
    .where(bookings.c.studio_id == bindparam("studio_id"))
)
TAKINGS = Statement(_ALL)
TAKINGS_OF_MINI = Statement(_ALL.where(bookings.c.mini_id == bindparam("mini_id")))


def takings_of(row: AnyRow, currency: str) -> Takings:
    return Takings(
        came_in=Money(row.came_in, currency),
        outside=Money(row.outside, currency),
        refunded=Money(row.refunded, currency),
        going_back=Money(row.going_back, currency),
        due=Money(row.due, currency),
    )
