"""Spots: the list that a client chooses from, and the offer that the deed "hold" judges. One statement each."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    Integer,
    ScalarSelect,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from core.booking.booking import LIVE_HOLD, Holder
from core.minis.mini import Day, Spot
from core.minis.records import SpotOffer, SpotRow
from storage.columns import maybe_moment, micros, moment_of
from storage.documents import MINI, STUDIO
from storage.execution import NOW, AnyRow
from storage.records.area import Area
from storage.statement import Statement, Value, one_of, word
from storage.tables import EXCLUSIVE, LAPSED, LIVE, LONGEST_SPOT, bookings, claims, days, history, minis, spots, studios

KEPT = 4096  # rows of lists; a few dozen busy days

ADD_SPOTS = Statement(insert(spots))
_THIS = and_(spots.c.studio_id == bindparam("studio_id"), spots.c.id == bindparam("spot_id"), ~spots.c.removed)
_ONE = Statement(select(spots).where(_THIS))
_CHANGE = Statement(
    update(spots)
    .where(spots.c.studio_id == bindparam("in_studio"), spots.c.id == bindparam("spot_id"))
    .values(
        {
            name: bindparam(name)
            for name in ("mini_id", "day_id", "starts", "ends", "seats", "premium_minor", "closed", "removed")
        }
    )
)


def _next_start() -> ScalarSelect[int]:
    later = spots.alias("later")
    return (
        select(later.c.starts)
        .where(
            later.c.studio_id == spots.c.studio_id,
            later.c.mini_id == spots.c.mini_id,
            later.c.starts > spots.c.starts,
            later.c.day_id == spots.c.day_id,
            ~later.c.removed,
        )
        .order_by(later.c.starts)
        .limit(literal_column("1"))
        .scalar_subquery()
    )


_LAPSES = (
    select(history.c.at)
    .where(history.c.studio_id == bindparam("studio_id"), history.c.client_id == bindparam("client_id"), LAPSED)
    .order_by(history.c.at.desc())
    .limit(literal_column("1", Integer))
)
#: Seats of the spot with a live claim.
SEATS_TAKEN = (
    select(func.count(claims.c.id))
    .where(claims.c.studio_id == spots.c.studio_id, claims.c.spot_id == spots.c.id, LIVE)
    .scalar_subquery()
)
_OFFER = Statement(
    select(
        spots,
        days.c.date,
        days.c.place,
        days.c.same_start,
        minis.c.body.label("mini"),
        studios.c.body.label("studio"),
        _next_start().label("next_start"),
        SEATS_TAKEN.label("taken"),
        NOW.label("now"),
        _LAPSES.scalar_subquery().label("last_lapse"),
        _LAPSES.offset(literal_column("2", Integer)).scalar_subquery().label("third_last_lapse"),
    )
    .select_from(spots)
    .join(days, and_(days.c.studio_id == spots.c.studio_id, days.c.id == spots.c.day_id))
    .join(minis, and_(minis.c.studio_id == spots.c.studio_id, minis.c.id == spots.c.mini_id))
    .join(studios, studios.c.id == spots.c.studio_id)
    .where(_THIS)
)

#: Rule C7: an exclusive live claim of the studio on another spot shares time with this one.
OVERLAPS_A_CLAIM = exists().where(
    claims.c.studio_id == spots.c.studio_id,
    claims.c.ends > spots.c.starts,
    claims.c.ends < spots.c.ends + literal_column(str(LONGEST_SPOT), BigInteger),
    claims.c.starts < spots.c.ends,
    claims.c.spot_id != spots.c.id,
    EXCLUSIVE,
)
#: Those of them that belong to a hold which is not confirmed yet; a reservation's seat has no booking.
SEATS_HELD = (
    select(func.count(claims.c.id))
    .join(bookings, and_(bookings.c.studio_id == claims.c.studio_id, bookings.c.id == claims.c.owner_id))
    .where(
        claims.c.studio_id == spots.c.studio_id,
        claims.c.spot_id == spots.c.id,
        LIVE,
        claims.c.holder == word(Holder.BOOKING),
        one_of(bookings.c.state, sorted(LIVE_HOLD)),
    )
    .scalar_subquery()
)
# Counted by subqueries: grouped by the spot's key, SQLite would go through the studio's whole past to find these.
_ROWS = (
    select(
        spots,
        SEATS_TAKEN.label("taken"),
        SEATS_HELD.label("held"),
        _next_start().label("next_start"),
        and_(~studios.c.several_shooters, OVERLAPS_A_CLAIM.correlate(spots)).label("shut_out"),
    )
    .select_from(spots)
    .join(studios, studios.c.id == spots.c.studio_id)
    .where(spots.c.studio_id == bindparam("studio_id"), ~spots.c.removed)
    .order_by(spots.c.starts, spots.c.id)
)
_MINIS = spots.c.mini_id == bindparam("mini_id")
_AHEAD = and_(spots.c.starts > bindparam("after"), ~spots.c.closed)
_LIST = Statement(_ROWS.where(_MINIS, _AHEAD))
_OF_MINI = Statement(_ROWS.where(_MINIS))
#: Mini by mini, so that each one's spots ahead are one range of `spots_of_mini`: a studio's past only grows.
_OF_EVERY_MINI = spots.c.mini_id.in_(select(minis.c.id).where(minis.c.studio_id == bindparam("studio_id")))
_OF_STUDIO = Statement(_ROWS.where(_OF_EVERY_MINI, _AHEAD))
_DAY = spots.c.day_id == bindparam("day_id")
_OF_DAY = Statement(_ROWS.where(_MINIS, _DAY))
_BETWEEN = Statement(
    select(spots, minis.c.body.label("mini"))
    .join(minis, and_(minis.c.studio_id == spots.c.studio_id, minis.c.id == spots.c.mini_id))
    .where(
        spots.c.studio_id == bindparam("studio_id"),
        spots.c.starts > bindparam("begins", type_=BigInteger) - literal_column(str(LONGEST_SPOT), BigInteger),
        spots.c.starts < bindparam("ends"),
        spots.c.ends > bindparam("begins", type_=BigInteger),
        ~spots.c.removed,
        or_(~spots.c.closed, literal_column("0", Integer) < SEATS_TAKEN),
        ~minis.c.over,
    )
    .order_by(spots.c.starts, spots.c.id)
)
#: Whoever claims a seat of one of them is waited for, and waits (see `claims`); those who only point to it do not.
_KEEP_DAY = Statement(
    select(spots.c.id)
    .where(spots.c.studio_id == bindparam("studio_id"), spots.c.mini_id == bindparam("mini_id"), _DAY)
    .order_by(spots.c.id)
    .with_for_update(key_share=True)
)


class SpotTable(Area):
    """core.minis.records.SpotRecords."""

    __slots__ = ()

    def offer(self, studio_id: str, spot_id: str, client_id: str) -> SpotOffer | None:
        row = self._execution.first(_OFFER, studio_id=studio_id, spot_id=spot_id, client_id=client_id)
        if row is None:
            return None
        self._execution.saw_now(row.now)
        return SpotOffer(
            spot=spot_of(row),
            day=Day(
                id=row.day_id,
                studio_id=studio_id,
                mini_id=row.mini_id,
                date=date.fromisoformat(row.date),
                place=row.place,
                same_start=bool(row.same_start),
            ),
            mini=MINI.read(row.mini),
            studio=STUDIO.read(row.studio),
            next_start=maybe_moment(row.next_start),
            taken=row.taken,
            last_lapse=maybe_moment(row.last_lapse),
            third_last_lapse=maybe_moment(row.third_last_lapse),
        )

    def one(self, studio_id: str, spot_id: str) -> Spot | None:
        row = self._execution.first(_ONE, studio_id=studio_id, spot_id=spot_id)
        return spot_of(row) if row else None

    def add(self, spot: Spot) -> None:
        self._execution.write(ADD_SPOTS, **spot_values(spot))

    def list(self, studio_id: str, mini_id: str, after: datetime) -> list[SpotRow]:
        rows = self._execution.all(_LIST, studio_id=studio_id, mini_id=mini_id, after=micros(after))
        return [_row_of(row) for row in rows]

    def of_mini(self, studio_id: str, mini_id: str, day_id: str | None = None) -> Sequence[SpotRow]:
        of_day = {} if day_id is None else {"day_id": day_id}
        statement = _OF_DAY if of_day else _OF_MINI
        return [_row_of(row) for row in self._execution.all(statement, studio_id=studio_id, mini_id=mini_id, **of_day)]

    def ahead(self, studio_id: str, after: datetime) -> Sequence[SpotRow]:
        return [_row_of(row) for row in self._execution.all(_OF_STUDIO, studio_id=studio_id, after=micros(after))]

    def between(self, studio_id: str, begins: datetime, ends: datetime) -> Sequence[tuple[Spot, str]]:
        rows = self._execution.all(_BETWEEN, studio_id=studio_id, begins=micros(begins), ends=micros(ends))
        return [(spot_of(row), MINI.read(row.mini).title) for row in rows]

    def to_change(self, studio_id: str, mini_id: str, day_id: str) -> Sequence[SpotRow]:
        day: dict[str, Value] = {"studio_id": studio_id, "mini_id": mini_id, "day_id": day_id}
        self._execution.all(_KEEP_DAY, **day)
        # Only a statement that begins when the lock is there sees what those who were waited for have done.
        return [_row_of(row) for row in self._execution.all(_OF_DAY, **day)]

    def change(self, spot: Spot) -> None:
        values = spot_values(spot)
        in_studio, spot_id = values.pop("studio_id"), values.pop("id")
        self._execution.write(_CHANGE, in_studio=in_studio, spot_id=spot_id, **values)


def spot_values(spot: Spot) -> dict[str, Value]:
    return {
        "studio_id": spot.studio_id,
        "id": spot.id,
        "mini_id": spot.mini_id,
        "day_id": spot.day_id,
        "starts": micros(spot.starts),
        "ends": micros(spot.ends),
        "seats": spot.seats,
        "premium_minor": spot.premium_minor,
        "closed": spot.closed,
        "removed": spot.removed,
    }


@lru_cache(maxsize=KEPT)
def _row_of(row: AnyRow) -> SpotRow:
    """The list is read several times a turn, and most of its rows are as they were the last time."""
    return SpotRow(
        spot=spot_of(row),
        taken=row.taken,
        held=row.held,
        next_start=maybe_moment(row.next_start),
        shut_out=bool(row.shut_out),
    )


def spot_of(row: AnyRow) -> Spot:
    return Spot(
        id=row.id,
        studio_id=row.studio_id,
        mini_id=row.mini_id,
        day_id=row.day_id,
        starts=moment_of(row.starts),
        ends=moment_of(row.ends),
        seats=row.seats,
        premium_minor=row.premium_minor,
        closed=bool(row.closed),
        removed=bool(row.removed),
    )
