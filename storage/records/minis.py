"""Minis and their days. A mini is read as a whole, so it is kept as one document."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, insert, select, update

from core.minis.mini import Day, Mini, Spot
from storage.documents import MINI
from storage.execution import AnyRow
from storage.records.area import Area
from storage.records.spots import ADD_SPOTS, spot_values
from storage.statement import Statement
from storage.tables import days, minis

_ADD = Statement(insert(minis))
_OF_STUDIO = select(minis.c.body).where(minis.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(minis.c.id == bindparam("mini_id")))
_ALL = Statement(_OF_STUDIO.order_by(minis.c.id))
_CHANGE = Statement(
    update(minis)
    .where(
        minis.c.studio_id == bindparam("studio_id"),
        minis.c.id == bindparam("mini_id"),
        minis.c.version == bindparam("old_version"),
    )
    .values({name: bindparam(name) for name in ("body", "version")})
)
_ADD_DAY = Statement(insert(days))
_DAYS = Statement(
    select(days)
    .where(days.c.studio_id == bindparam("studio_id"), days.c.mini_id == bindparam("mini_id"))
    .order_by(days.c.date, days.c.id)
)


class MiniTable(Area):
    """core.ports.MiniRecords."""

    __slots__ = ()

    def add(self, mini: Mini) -> None:
        self._execution.write(_ADD, studio_id=mini.studio_id, id=mini.id, body=MINI.write(mini), version=mini.version)

    def one(self, studio_id: str, mini_id: str) -> Mini | None:
        row = self._execution.first(_ONE, studio_id=studio_id, mini_id=mini_id)
        return MINI.read(row.body) if row else None

    def all(self, studio_id: str) -> list[Mini]:
        return [MINI.read(row.body) for row in self._execution.all(_ALL, studio_id=studio_id)]

    def change(self, old: Mini, new: Mini) -> bool:
        new = replace(new, version=old.version + 1)
        changed = self._execution.write(
            _CHANGE,
            studio_id=old.studio_id,
            mini_id=old.id,
            old_version=old.version,
            body=MINI.write(new),
            version=new.version,
        )
        return changed == 1

    def add_day(self, day: Day, spots: Iterable[Spot]) -> None:
        self._execution.write(
            _ADD_DAY,
            studio_id=day.studio_id,
            id=day.id,
            mini_id=day.mini_id,
            date=day.date.isoformat(),
            place=day.place,
            same_start=day.same_start,
        )
        self._execution.write_all(ADD_SPOTS, [spot_values(spot) for spot in spots])

    def days(self, studio_id: str, mini_id: str) -> list[Day]:
        return [day_of(row) for row in self._execution.all(_DAYS, studio_id=studio_id, mini_id=mini_id)]


def day_of(row: AnyRow) -> Day:
    return Day(
        id=row.id,
        studio_id=row.studio_id,
        mini_id=row.mini_id,
        date=date.fromisoformat(row.date),
        place=row.place,
        same_start=bool(row.same_start),
    )
