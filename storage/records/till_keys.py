"""The studios' own keys of their tills, locked, and what can be paid at the tills."""

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from core.payments.checkout import HARD_CAP
from core.payments.till_key import INSTALLATIONS, LockedKey, Outstanding, TillKey
from storage.columns import micros, moment_of
from storage.execution import AnyRow
from storage.money_tables import IS_PAYABLE, checkouts, till_keys
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import studios

_given = pg_insert(till_keys)
_KEEP = Statement(
    _given.on_conflict_do_update(
        index_elements=["studio_id", "id"],
        set_={name: _given.excluded[name] for name in till_keys.c.keys() if name not in {"studio_id", "id"}},  # noqa: SIM118 - no dict
    )
)
_OF_STUDIO = till_keys.c.studio_id == bindparam("studio_id")
_KEYS = select(till_keys, (studios.c.till == till_keys.c.id).label("present")).join_from(
    till_keys, studios, studios.c.id == till_keys.c.studio_id
)
_PRESENT = Statement(_KEYS.where(_OF_STUDIO, studios.c.till == till_keys.c.id))
_ALL = Statement(_KEYS.where(_OF_STUDIO).order_by(till_keys.c.id))
#: Whoever begins a page shares a lock on the studio, and is waited for; what only belongs to it is written meanwhile
#: (PostgreSQL).
_HOLD_STILL = Statement(
    select(studios.c.till).where(studios.c.id == bindparam("studio_id")).with_for_update(key_share=True)
)
_MAKE_PRESENT = Statement(update(studios).where(studios.c.id == bindparam("studio_id")).values(till=bindparam("till")))
_DROP_UNUSED = Statement(
    delete(till_keys).where(
        _OF_STUDIO, ~exists().where(checkouts.c.studio_id == till_keys.c.studio_id, checkouts.c.till == till_keys.c.id)
    )
)
_PAGES = Statement(
    select(func.count().label("pages"), func.max(checkouts.c.expires_at).label("until")).where(
        checkouts.c.studio_id == bindparam("studio_id"), IS_PAYABLE
    )
)
_MADE = (checkouts.c.studio_id == bindparam("studio_id"), checkouts.c.session_id.is_not(None))
_NEWEST_PAGES = Statement(
    select(checkouts.c.till, checkouts.c.session_id).where(
        *_MADE, checkouts.c.id.in_(select(func.max(checkouts.c.id)).where(*_MADE).group_by(checkouts.c.till))
    )
)


class TillKeyTable(Area):
    """core.payments.records.TillKeyRecords."""

    __slots__ = ()

    def present(self, studio_id: str) -> TillKey | None:
        row = self._execution.first(_PRESENT, studio_id=studio_id)
        return _key_of(row) if row else None

    def all(self, studio_id: str) -> list[TillKey]:
        return [_key_of(row) for row in self._execution.all(_ALL, studio_id=studio_id)]

    def keep(self, own: TillKey) -> None:
        self._execution.write(
            _KEEP,
            studio_id=own.studio_id,
            id=own.id,
            locked=own.key.locked,
            ending=own.key.ending,
            live=own.key.is_live,
            connected_at=micros(own.connected_at),
            hook=own.hook,
        )
        self._execution.write(_MAKE_PRESENT, studio_id=own.studio_id, till=own.id)

    def put_away(self, studio_id: str) -> None:
        self._execution.write(_MAKE_PRESENT, studio_id=studio_id, till=INSTALLATIONS)
        self._execution.write(_DROP_UNUSED, studio_id=studio_id)

    def hold_still(self, studio_id: str) -> None:
        self._execution.first(_HOLD_STILL, studio_id=studio_id)

    def outstanding(self, studio_id: str) -> Outstanding:
        row = self._execution.one(_PAGES, studio_id=studio_id)
        return Outstanding(pages=row.pages, until=None if row.until is None else moment_of(row.until) + HARD_CAP)

    def newest_pages(self, studio_id: str) -> dict[str, str]:
        return {row.till: row.session_id for row in self._execution.all(_NEWEST_PAGES, studio_id=studio_id)}


def _key_of(row: AnyRow) -> TillKey:
    key = LockedKey(locked=row.locked, ending=row.ending, is_live=bool(row.live))
    return TillKey(
        studio_id=row.studio_id,
        id=row.id,
        key=key,
        connected_at=moment_of(row.connected_at),
        hook=row.hook,
        is_present=bool(row.present),
    )
