"""The studios' own keys of their tills, locked, and what is open at the tills."""

from sqlalchemy import Integer, bindparam, delete, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from core.payments.checkout import HARD_CAP
from core.payments.till_key import LockedKey, Outstanding, TillKey
from storage.columns import micros, moment_of
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import (
    CHOOSING,
    IS_PAYABLE,
    TO_ASK,
    TO_PAY_BACK,
    UNDECIDED,
    checkouts,
    payments,
    refunds,
    till_keys,
)

_given = pg_insert(till_keys)
_KEEP = Statement(
    _given.on_conflict_do_update(
        index_elements=["studio_id"],
        set_={name: _given.excluded[name] for name in till_keys.c.keys() if name != "studio_id"},  # noqa: SIM118 - no dict
    )
)
_ONE = Statement(select(till_keys).where(till_keys.c.studio_id == bindparam("studio_id")))
_DROP = Statement(delete(till_keys).where(till_keys.c.studio_id == bindparam("studio_id")))
_PAGES = Statement(
    select(func.count().label("pages"), func.max(checkouts.c.expires_at).label("until")).where(
        checkouts.c.studio_id == bindparam("studio_id"), IS_PAYABLE
    )
)
_UNHEARD = Statement(
    select(func.count().label("found")).where(
        checkouts.c.studio_id == bindparam("studio_id"), TO_ASK, checkouts.c.presumed
    )
)
_GOING_BACK = Statement(
    select(func.count().label("found")).where(refunds.c.studio_id == bindparam("studio_id"), TO_PAY_BACK)
)
_UNDECIDED = Statement(
    select(func.count().label("found")).where(payments.c.studio_id == bindparam("studio_id"), or_(CHOOSING, UNDECIDED))
)
_NEWEST_PAGE = Statement(
    select(checkouts.c.session_id)
    .where(checkouts.c.studio_id == bindparam("studio_id"), checkouts.c.session_id.is_not(None))
    .order_by(checkouts.c.id.desc())
    .limit(literal_column("1", Integer))
)


class TillKeyTable(Area):
    """core.ports.TillKeyRecords."""

    __slots__ = ()

    def one(self, studio_id: str) -> TillKey | None:
        row = self._execution.first(_ONE, studio_id=studio_id)
        if row is None:
            return None
        key = LockedKey(
            locked=row.locked, ending=row.ending, is_live=bool(row.live), is_restricted=bool(row.restricted)
        )
        return TillKey(studio_id=row.studio_id, key=key, connected_at=moment_of(row.connected_at), hook=row.hook)

    def keep(self, own: TillKey) -> None:
        self._execution.write(
            _KEEP,
            studio_id=own.studio_id,
            locked=own.key.locked,
            ending=own.key.ending,
            live=own.key.is_live,
            restricted=own.key.is_restricted,
            connected_at=micros(own.connected_at),
            hook=own.hook,
        )

    def drop(self, studio_id: str) -> None:
        self._execution.write(_DROP, studio_id=studio_id)

    def hold_still(self) -> None:
        self._execution.hold_still(checkouts)

    def outstanding(self, studio_id: str) -> Outstanding:
        row = self._execution.one(_PAGES, studio_id=studio_id)
        counted = (self._execution.one(one, studio_id=studio_id) for one in (_UNHEARD, _GOING_BACK, _UNDECIDED))
        until = None if row.until is None else moment_of(row.until) + HARD_CAP
        return Outstanding(pages=row.pages, until=until, money=sum(one.found for one in counted))

    def newest_page(self, studio_id: str) -> str | None:
        row = self._execution.first(_NEWEST_PAGE, studio_id=studio_id)
        return row.session_id if row else None
