"""Minis and their days. A mini is read as a whole, so it is kept as one document."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Boolean, Integer, and_, bindparam, case, func, insert, literal_column, or_, select, update

from core.minis.mini import OVER, Day, Mini, Spot
from core.minis.records import MiniRow
from storage.columns import maybe_micros
from storage.documents import MINI
from storage.execution import AnyRow
from storage.records.area import Area
from storage.records.spots import ADD_SPOTS, OVERLAPS_A_CLAIM, SEATS_HELD, SEATS_TAKEN, spot_values
from storage.statement import Statement
from storage.tables import OPENING, days, minis, spots, studios

_ADD = Statement(insert(minis))
_OF_STUDIO = select(minis.c.body).where(minis.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(minis.c.id == bindparam("mini_id")))
#: Whoever changes it is waited for, and waits; those who only keep it do not (PostgreSQL).
_ALL = Statement(_OF_STUDIO.order_by(minis.c.id))
_OPEN = and_(
    spots.c.starts > bindparam("now"),
    ~spots.c.closed,
    or_(studios.c.several_shooters, ~OVERLAPS_A_CLAIM.correlate(spots)),
)
_NOTHING = literal_column("0", Integer)
#: A spot a row, with what is summed up of it; a mini without spots has one row, of nothing.
_BY_SPOT = (
    select(
        minis.c.id,
        minis.c.body,
        spots.c.id.label("spot_id"),
        spots.c.seats,
        SEATS_TAKEN.label("taken"),
        SEATS_HELD.label("held"),
        case((_OPEN, spots.c.seats - SEATS_TAKEN), else_=_NOTHING).label("free"),
        select(func.count(days.c.id))
        .where(days.c.studio_id == minis.c.studio_id, days.c.mini_id == minis.c.id, ~days.c.removed)
        .scalar_subquery()
        .label("days"),
    )
    .join_from(minis, studios, studios.c.id == minis.c.studio_id)
    .outerjoin(spots, and_(spots.c.studio_id == minis.c.studio_id, spots.c.mini_id == minis.c.id, ~spots.c.removed))
    .where(minis.c.studio_id == bindparam("studio_id"), or_(~minis.c.over, bindparam("over_too", type_=Boolean)))
    .subquery()
)
_ROWS = Statement(
    select(
        _BY_SPOT.c.id,
        _BY_SPOT.c.body,
        _BY_SPOT.c.days,
        func.count(_BY_SPOT.c.spot_id).label("spots"),
        *(
            func.coalesce(func.sum(_BY_SPOT.c[name]), _NOTHING).label(name)
            for name in ("seats", "taken", "held", "free")
        ),
    )
    .group_by(_BY_SPOT.c.id, _BY_SPOT.c.body, _BY_SPOT.c.days)
    .order_by(_BY_SPOT.c.id)
)
_CHANGE = Statement(
    update(minis)
    .where(
        minis.c.studio_id == bindparam("studio_id"),
        minis.c.id == bindparam("mini_id"),
        minis.c.version == bindparam("old_version"),
    )
    .values({name: bindparam(name) for name in ("over", "opens_at", "body", "version")})
)
_TO_OPEN = Statement(
    select(minis.c.body)
    .where(OPENING, minis.c.opens_at <= bindparam("now"))
    .order_by(minis.c.opens_at)
    .limit(bindparam("most", type_=Integer))
)
_ADD_DAY = Statement(insert(days))
_DAY = Statement(
    select(days).where(days.c.studio_id == bindparam("studio_id"), days.c.id == bindparam("day_id"), ~days.c.removed)
)
_CHANGE_DAY = Statement(
    update(days)
    .where(days.c.studio_id == bindparam("in_studio"), days.c.id == bindparam("day_id"))
    .values({name: bindparam(name) for name in ("place", "removed")})
)
_DAYS = Statement(
    select(days)
    .where(days.c.studio_id == bindparam("studio_id"), days.c.mini_id == bindparam("mini_id"), ~days.c.removed)
    .order_by(days.c.date, days.c.id)
)


class MiniTable(Area):
    """core.minis.records.MiniRecords."""

    __slots__ = ()

    def add(self, mini: Mini) -> None:
        self._execution.write(
            _ADD,
            studio_id=mini.studio_id,
            id=mini.id,
            over=mini.state in OVER,
            opens_at=maybe_micros(mini.opens_at),
            body=MINI.write(mini),
            version=mini.version,
        )

    def one(self, studio_id: str, mini_id: str) -> Mini | None:
        row = self._execution.first(_ONE, studio_id=studio_id, mini_id=mini_id)
        return MINI.read(row.body) if row else None

    def all(self, studio_id: str) -> list[Mini]:
        return [MINI.read(row.body) for row in self._execution.all(_ALL, studio_id=studio_id)]

    def rows(self, studio_id: str, *, over: bool) -> list[MiniRow]:
        now = self._execution.now_micros
        return [_row_of(row) for row in self._execution.all(_ROWS, studio_id=studio_id, over_too=over, now=now)]

    def change(self, old: Mini, new: Mini) -> bool:
        new = replace(new, version=old.version + 1)
        changed = self._execution.write(
            _CHANGE,
            studio_id=old.studio_id,
            mini_id=old.id,
            old_version=old.version,
            over=new.state in OVER,
            opens_at=maybe_micros(new.opens_at),
            body=MINI.write(new),
            version=new.version,
        )
        return changed == 1

    def to_open(self, limit: int) -> list[Mini]:
        rows = self._execution.all(_TO_OPEN, now=self._execution.now_micros, most=limit)
        return [MINI.read(row.body) for row in rows]

    def add_day(self, day: Day, spots: Iterable[Spot]) -> None:
        self._execution.write(
            _ADD_DAY,
            studio_id=day.studio_id,
            id=day.id,
            mini_id=day.mini_id,
            date=day.date.isoformat(),
            place=day.place,
            same_start=day.same_start,
            removed=day.removed,
        )
        self._execution.write_all(ADD_SPOTS, [spot_values(spot) for spot in spots])

    def day(self, studio_id: str, day_id: str) -> Day | None:
        row = self._execution.first(_DAY, studio_id=studio_id, day_id=day_id)
        return day_of(row) if row else None

    def change_day(self, day: Day) -> None:
        self._execution.write(_CHANGE_DAY, in_studio=day.studio_id, day_id=day.id, place=day.place, removed=day.removed)

    def days(self, studio_id: str, mini_id: str) -> list[Day]:
        return [day_of(row) for row in self._execution.all(_DAYS, studio_id=studio_id, mini_id=mini_id)]


def _row_of(row: AnyRow) -> MiniRow:
    return MiniRow(
        mini=MINI.read(row.body),
        days=row.days,
        spots=row.spots,
        seats=int(row.seats),
        taken=int(row.taken),
        held=int(row.held),
        free=int(row.free),
    )


def day_of(row: AnyRow) -> Day:
    return Day(
        id=row.id,
        studio_id=row.studio_id,
        mini_id=row.mini_id,
        date=date.fromisoformat(row.date),
        place=row.place,
        same_start=bool(row.same_start),
        removed=bool(row.removed),
    )
