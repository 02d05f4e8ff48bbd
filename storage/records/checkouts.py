"""Checkouts: the payment pages, and when to ask the till about each."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, insert, literal_column, or_, select, tuple_, update

from core.payments.checkout import Checkout, CheckoutState
from storage.columns import maybe_micros, maybe_moment, micros, moment_of
from storage.documents import ORDER
from storage.execution import AnyRow
from storage.money_tables import CAP, IS_PAYABLE, IS_UNHEARD, TO_ASK, checkouts
from storage.records.area import Area
from storage.records.swap import Swap
from storage.statement import Statement
from storage.tables import studios

_SWAP = Swap[Checkout](
    checkouts,
    "state",
    {
        "state": lambda one: one.state.value,
        "session_id": lambda one: one.session_id,
        "url": lambda one: one.url,
        "closing": lambda one: one.closing,
        "presumed": lambda one: one.presumed,
        "ask_at": lambda one: maybe_micros(one.ask_at),
        "silent_since": lambda one: maybe_micros(one.silent_since),
        "version": lambda one: one.version,
    },
)
_GIVEN = [bindparam(column.key, type_=column.type) for column in checkouts.c if column.key != "till"]
# FOR SHARE has the studio read again once whoever changes its till is done (`TillKeyTable.hold_still`), and keeps it so
# until the unit ends; those who begin pages do not wait for each other by it (PostgreSQL).
_ADD = Statement(
    insert(checkouts).from_select(
        [*(parameter.key for parameter in _GIVEN), "till"],
        select(*_GIVEN, studios.c.till)
        .where(studios.c.id == bindparam("studio_id"))
        .with_for_update(read=True, of=studios),
    )
)
_OF_STUDIO = select(checkouts).where(checkouts.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(checkouts.c.id == bindparam("checkout_id")))
_NEWEST = Statement(
    _OF_STUDIO.where(checkouts.c.booking_id == bindparam("booking_id"))
    .order_by(checkouts.c.attempt.desc())
    .limit(literal_column("1", Integer))
)
_TO_ASK_NOW = (
    select(checkouts.c.studio_id, checkouts.c.id)
    .where(TO_ASK, checkouts.c.ask_at <= bindparam("now"))
    .order_by(checkouts.c.ask_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_DUE = Statement(
    update(checkouts)
    .where(tuple_(checkouts.c.studio_id, checkouts.c.id).in_(_TO_ASK_NOW))
    .values(ask_at=bindparam("until"))
    .returning(checkouts)
)
_HINT = Statement(
    update(checkouts)
    .where(checkouts.c.id == bindparam("checkout_id"), or_(IS_PAYABLE, checkouts.c.presumed))
    # Whoever writes down at this moment what was asked before reads again, and asks again.
    .values(ask_at=bindparam("now"), version=checkouts.c.version + literal_column("1", Integer))
)
_CAPPED = Statement(
    select(checkouts).where(IS_UNHEARD, bindparam("now") >= CAP).order_by(CAP).limit(bindparam("most", type_=Integer))
)


class CheckoutTable(Area):
    """core.payments.records.CheckoutRecords."""

    __slots__ = ()

    def add(self, checkout: Checkout) -> None:
        self._execution.write(
            _ADD,
            studio_id=checkout.studio_id,
            id=checkout.id,
            booking_id=checkout.booking_id,
            attempt=checkout.attempt,
            body=ORDER.write(checkout.order),
            key=checkout.key,
            created_at=micros(checkout.created_at),
            expires_at=micros(checkout.order.expires_at),
            **_SWAP.values(checkout),
        )

    def one(self, studio_id: str, checkout_id: str) -> Checkout | None:
        row = self._execution.first(_ONE, studio_id=studio_id, checkout_id=checkout_id)
        return _checkout_of(row) if row else None

    def newest(self, studio_id: str, booking_id: str) -> Checkout | None:
        row = self._execution.first(_NEWEST, studio_id=studio_id, booking_id=booking_id)
        return _checkout_of(row) if row else None

    def change(self, old: Checkout, new: Checkout) -> Checkout | None:
        return _SWAP.run(self._execution, old, new)

    def due(self, limit: int, until: datetime) -> list[Checkout]:
        rows = self._execution.all(_DUE, now=self._execution.now_micros, until=micros(until), most=limit)
        return [_checkout_of(row) for row in rows]

    def hint(self, checkout_id: str) -> bool:
        return self._execution.write(_HINT, checkout_id=checkout_id, now=self._execution.now_micros) > 0

    def capped(self, limit: int) -> list[Checkout]:
        return [_checkout_of(row) for row in self._execution.all(_CAPPED, now=self._execution.now_micros, most=limit)]


def _checkout_of(row: AnyRow) -> Checkout:
    return Checkout(
        id=row.id,
        studio_id=row.studio_id,
        booking_id=row.booking_id,
        attempt=row.attempt,
        state=CheckoutState(row.state),
        order=ORDER.read(row.body),
        key=row.key,
        created_at=moment_of(row.created_at),
        till=row.till,
        session_id=row.session_id,
        url=row.url,
        closing=bool(row.closing),
        presumed=bool(row.presumed),
        ask_at=maybe_moment(row.ask_at),
        silent_since=maybe_moment(row.silent_since),
        version=row.version,
    )
