"""The inbox: which events from outside were dealt with, by the set of their keys (STATES, rule 10)."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.columns import micros
from storage.execution import NOW
from storage.message_tables import inbox
from storage.records.area import Area
from storage.statement import Statement

_TAKE = Statement(
    insert(inbox)
    .values(source=bindparam("source"), key=bindparam("key"), taken_at=NOW)
    .on_conflict_do_nothing()
    .returning(inbox.c.taken_at.label("now"))
)
_add = insert(inbox)
_QUARANTINE = Statement(
    _add.on_conflict_do_update(
        index_elements=["source", "key"], set_={"body": _add.excluded.body, "error": _add.excluded.error}
    )
)
_OLDEST = (
    select(inbox.c.source, inbox.c.key)
    .where(inbox.c.taken_at < bindparam("before"), inbox.c.source != bindparam("but"))
    .order_by(inbox.c.taken_at)
    .limit(bindparam("most", type_=Integer))
)
_FORGET = Statement(delete(inbox).where(tuple_(inbox.c.source, inbox.c.key).in_(_OLDEST)))


class InboxTable(Area):
    """core.ports.InboxRecords."""

    __slots__ = ()

    def take(self, source: str, key: str) -> bool:
        taken = self._execution.all(_TAKE, source=source, key=key)
        for row in taken:
            self._execution.saw_now(row.now)
        return bool(taken)

    def quarantine(self, source: str, key: str, body: str, error: str) -> None:
        now = self._execution.now_micros
        self._execution.write(_QUARANTINE, source=source, key=key, taken_at=now, body=body, error=error)

    def forget(self, before: datetime, limit: int, *, but: str = "") -> int:
        return self._execution.write(_FORGET, before=micros(before), most=limit, but=but)
