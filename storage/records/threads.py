"""What clients and the studio said to each other, in the order it was said."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import BigInteger, Integer, bindparam, func, insert, literal_column, select

from core.messages.remark import Remark, Voice
from storage.columns import maybe_micros, micros, moment_of
from storage.execution import AnyRow
from storage.message_tables import remarks
from storage.records.area import Area
from storage.statement import Statement, word

_COLUMNS = ("studio_id", "client_id", "booking_id", "voice", "member_id", "text", "said_at")
_ADD = Statement(insert(remarks).values({name: bindparam(name) for name in _COLUMNS}).returning(remarks.c.id))
_ONE = Statement(
    select(remarks).where(remarks.c.id == bindparam("remark_id"), remarks.c.studio_id == bindparam("studio_id"))
)
_OF_CLIENT = (remarks.c.studio_id == bindparam("studio_id"), remarks.c.client_id == bindparam("client_id"))
_LATEST = Statement(
    select(remarks).where(*_OF_CLIENT).order_by(remarks.c.id.desc()).limit(bindparam("most", type_=Integer))
)
_NOTHING = literal_column("0", BigInteger)
_answer = remarks.alias("answer")
_LAST_ANSWER = (
    select(func.coalesce(func.max(_answer.c.id), _NOTHING))
    .where(
        _answer.c.studio_id == bindparam("studio_id"),
        _answer.c.client_id == bindparam("client_id"),
        _answer.c.voice == word(Voice.STUDIO),
    )
    .scalar_subquery()
)
_UNANSWERED = Statement(
    select(func.count().label("how_many"))
    .select_from(remarks)
    .where(
        *_OF_CLIENT,
        remarks.c.voice == word(Voice.CLIENT),
        remarks.c.said_at >= bindparam("since", type_=BigInteger()),
        remarks.c.id > _LAST_ANSWER,
    )
)


class ThreadTable(Area):
    """core.messages.records.ThreadRecords."""

    __slots__ = ()

    def add(self, remark: Remark) -> Remark:
        row = self._execution.one(
            _ADD,
            studio_id=remark.studio_id,
            client_id=remark.client_id,
            booking_id=remark.booking_id,
            voice=remark.voice.value,
            member_id=remark.member_id,
            text=remark.text,
            said_at=micros(remark.said_at),
        )
        return replace(remark, id=row.id)

    def one(self, studio_id: str, remark_id: int) -> Remark | None:
        row = self._execution.first(_ONE, studio_id=studio_id, remark_id=remark_id)
        return _remark_of(row) if row else None

    def latest(self, studio_id: str, client_id: str, limit: int) -> list[Remark]:
        rows = self._execution.all(_LATEST, studio_id=studio_id, client_id=client_id, most=limit)
        return [_remark_of(row) for row in reversed(rows)]

    def unanswered(self, studio_id: str, client_id: str, since: datetime | None = None) -> int:
        row = self._execution.one(_UNANSWERED, studio_id=studio_id, client_id=client_id, since=maybe_micros(since) or 0)
        return row.how_many


def _remark_of(row: AnyRow) -> Remark:
    return Remark(
        id=row.id,
        studio_id=row.studio_id,
        client_id=row.client_id,
        booking_id=row.booking_id,
        voice=Voice(row.voice),
        member_id=row.member_id,
        text=row.text,
        said_at=moment_of(row.said_at),
    )
