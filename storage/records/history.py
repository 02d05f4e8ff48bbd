"""The history: what happened, in order, for good."""

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, insert, select

from core.ports import HistoryRow
from core.values.news import News
from storage.columns import moment_of
from storage.documents import FACTS
from storage.execution import AnyRow
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import history

_COLUMNS = ("at", "studio_id", "client_id", "booking_id", "subject_id", "what", "facts")
_ADD = Statement(insert(history).values({name: bindparam(name) for name in _COLUMNS}).inline())
_SINCE = Statement(
    select(history)
    .where(history.c.id > bindparam("row_id"))
    .order_by(history.c.id)
    .limit(bindparam("most", type_=Integer))
)
_OF_BOOKING = Statement(
    select(history)
    .where(history.c.studio_id == bindparam("studio_id"), history.c.booking_id == bindparam("booking_id"))
    .order_by(history.c.id)
)


class HistoryTable(Area):
    """core.ports.HistoryRecords."""

    __slots__ = ()

    def add(self, studio_id: str, client_id: str | None, news: Sequence[News]) -> None:
        if not news:
            return
        now = self._execution.now_micros
        rows = [
            {
                "at": now,
                "studio_id": studio_id,
                "client_id": client_id,
                "booking_id": one.booking_id,
                "subject_id": one.subject_id,
                "what": one.what.value,
                "facts": FACTS.write(dict(one.facts)),
            }
            for one in news
        ]
        self._execution.write_all(_ADD, rows)

    def since(self, row_id: int, limit: int) -> list[HistoryRow]:
        return [_history_of(row) for row in self._execution.all(_SINCE, row_id=row_id, most=limit)]

    def of_booking(self, studio_id: str, booking_id: str) -> list[HistoryRow]:
        rows = self._execution.all(_OF_BOOKING, studio_id=studio_id, booking_id=booking_id)
        return [_history_of(row) for row in rows]


def _history_of(row: AnyRow) -> HistoryRow:
    return HistoryRow(
        id=row.id,
        at=moment_of(row.at),
        studio_id=row.studio_id,
        booking_id=row.booking_id,
        subject_id=row.subject_id,
        what=row.what,
        facts=FACTS.read(row.facts),
    )
