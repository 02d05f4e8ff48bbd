"""Claims: the one module that writes them. Who has a seat is decided by the index `one_live_claim` alone (STATES)."""

from sqlalchemy import Integer, Text, and_, bindparam, cast, exists, literal_column, not_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.booking.booking import Claim, Holder, Owner
from core.booking.refusals import SpotTaken
from core.minis.mini import Spot
from core.values.refusals import Overtaken
from core.values.tokens import new_id
from storage.columns import maybe_moment, moment_of
from storage.execution import AnyRow
from storage.records.area import Area
from storage.records.spots import OVERLAPS_A_CLAIM, SEATS_TAKEN, spot_values
from storage.statement import Statement
from storage.tables import LIVE, claims, minis, spots

_ONE = literal_column("1", Integer)

#: The spot's seats, from 1 up.
_first = select(_ONE.label("seat")).cte("seats", recursive=True)
_seats = _first.union_all(select((_first.c.seat + _ONE).label("seat")).where(_first.c.seat < bindparam("seats")))
_other = claims.alias("other")
_IS_FREE = not_(
    exists().where(
        _other.c.studio_id == bindparam("studio_id"),
        _other.c.spot_id == bindparam("spot_id"),
        _other.c.seat == _seats.c.seat,
        _other.c.released_at.is_(None),
    )
)
_OF_SPOT = [
    bindparam(name, type_=claims.c[name].type)
    for name in ("studio_id", "spot_id", "holder", "owner_id", "starts", "ends", "exclusive", "claimed_at")
]
#: The spot is as whoever claims it has read it: its time is copied into the claim, its price into the booking.
_AS_READ = and_(
    spots.c.studio_id == bindparam("studio_id"),
    spots.c.id == bindparam("spot_id"),
    *(spots.c[name] == bindparam(name) for name in ("starts", "ends", "seats", "premium_minor", "closed", "removed")),
)
#: Its mini is not over: nothing is taken of one that was put away or called off.
_NOT_OVER = and_(minis.c.studio_id == spots.c.studio_id, minis.c.id == spots.c.mini_id, ~minis.c.over)
# FOR SHARE keeps both so until the unit ends, and those who claim do not wait for each other by it (PostgreSQL; on
# SQLite nobody writes beside a writer).
# Without a target DO NOTHING stands for the exclusion constraint too, and PostgreSQL waits for whoever is at the same
# seat or time instead of running into a deadlock with them.
_TAKE = Statement(
    insert(claims)
    .from_select(
        ["seat", "id", *(parameter.key for parameter in _OF_SPOT)],
        select(_seats.c.seat, bindparam("stem", type_=Text).concat(cast(_seats.c.seat, Text)), *_OF_SPOT)
        .join_from(_seats, spots, _AS_READ)
        .join(minis, _NOT_OVER)
        .where(_IS_FREE)
        .order_by(_seats.c.seat)
        .limit(bindparam("wanted", type_=Integer))
        .with_for_update(read=True, of=[spots, minis]),
    )
    .on_conflict_do_nothing()
    .returning(claims.c.seat)
)
#: Most spots have one seat, and nothing to search among.
_TAKE_THE_ONLY_SEAT = Statement(
    insert(claims)
    .from_select(
        ["seat", "id", *(parameter.key for parameter in _OF_SPOT)],
        select(_ONE.label("seat"), bindparam("stem", type_=Text).concat(cast(_ONE, Text)), *_OF_SPOT)
        .join_from(spots, minis, _NOT_OVER)
        .where(_AS_READ)
        .with_for_update(read=True, of=[spots, minis]),
    )
    .on_conflict_do_nothing()
    .returning(claims.c.seat)
)
_ROOM = Statement(
    select((spots.c.seats - SEATS_TAKEN).label("free"), OVERLAPS_A_CLAIM.label("overlaps"))
    .join_from(spots, minis, _NOT_OVER)
    .where(_AS_READ)
)
_OWNED = and_(
    claims.c.studio_id == bindparam("in_studio"),
    claims.c.owner_id == bindparam("of_id"),
    claims.c.holder == bindparam("of_holder"),
    LIVE,
)
_RELEASE = update(claims).where(_OWNED).values(released_at=bindparam("released_at"))
_RELEASE_ALL = Statement(_RELEASE)
_HIGHEST = select(claims.c.id).where(_OWNED).order_by(claims.c.seat.desc()).limit(bindparam("seats", type_=Integer))
_RELEASE_HIGHEST = Statement(_RELEASE.where(claims.c.id.in_(_HIGHEST)))
_REOWN = Statement(update(claims).where(_OWNED).values(owner_id=bindparam("owner_id"), holder=bindparam("holder")))
_OF_OWNER = Statement(select(claims).where(_OWNED).order_by(claims.c.spot_id, claims.c.seat))


class ClaimTable(Area):
    """core.booking.records.ClaimRecords."""

    __slots__ = ()

    def take(self, spot: Spot, owner: Owner, seats: int, *, exclusive: bool) -> int:
        taken = 0
        while taken < seats:
            taken += self._take(spot, owner, seats - taken, exclusive=exclusive)
            if taken < seats and not self._has_room(spot, exclusive=exclusive):
                break
        return taken

    def _take(self, spot: Spot, owner: Owner, wanted: int, *, exclusive: bool) -> int:
        rows = self._execution.all(
            _TAKE if spot.seats > 1 else _TAKE_THE_ONLY_SEAT,
            stem=f"{new_id(self._execution.now)}.",
            holder=owner.holder.value,
            owner_id=owner.id,
            exclusive=exclusive,
            claimed_at=self._execution.now_micros,
            wanted=wanted,
            spot_id=spot.id,
            **spot_values(spot),
        )
        return len(rows)

    def _has_room(self, spot: Spot, *, exclusive: bool) -> bool:
        """Whether to try again: somebody else's unfinished claim stood in the way and is gone (PostgreSQL)."""
        room = self._execution.first(_ROOM, spot_id=spot.id, **spot_values(spot))
        if room is None:
            raise Overtaken
        if exclusive and room.overlaps:
            raise SpotTaken
        return room.free > 0

    def release(self, studio_id: str, owner: Owner, seats: int | None = None) -> int:
        now = self._execution.now_micros
        of = {"in_studio": studio_id, "of_id": owner.id, "of_holder": owner.holder.value}
        if seats is None:
            return self._execution.write(_RELEASE_ALL, released_at=now, **of)
        return self._execution.write(_RELEASE_HIGHEST, released_at=now, seats=seats, **of)

    def reown(self, studio_id: str, old: Owner, new: Owner) -> int:
        return self._execution.write(
            _REOWN,
            in_studio=studio_id,
            of_id=old.id,
            of_holder=old.holder.value,
            owner_id=new.id,
            holder=new.holder.value,
        )

    def live(self, studio_id: str, owner: Owner) -> list[Claim]:
        rows = self._execution.all(_OF_OWNER, in_studio=studio_id, of_id=owner.id, of_holder=owner.holder.value)
        return [_claim_of(row) for row in rows]


def _claim_of(row: AnyRow) -> Claim:
    return Claim(
        id=row.id,
        spot_id=row.spot_id,
        seat=row.seat,
        owner=Owner(Holder(row.holder), row.owner_id),
        claimed_at=moment_of(row.claimed_at),
        released_at=maybe_moment(row.released_at),
    )
