"""Bookings. Every change is compare-and-swap on state and version (STATES, rule 1)."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, case, exists, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert

from core.booking.booking import STANDING, Booking, Reason, State
from storage.columns import maybe_micros, maybe_moment, micros, moment_of
from storage.documents import ADD_ONS, CONTACT, SNAPSHOT
from storage.execution import AnyRow
from storage.money_tables import CHOOSING, payments
from storage.records.area import Area
from storage.records.search import pattern_of, words_of
from storage.records.swap import Swap
from storage.statement import Statement, Value, one_of, word
from storage.tables import CANCELLED_PAID, CONFIRMED, LIVE_PREVIEW, RUNS, SEATED, bookings, spots

_SWAP = Swap[Booking](
    bookings,
    "state",
    {
        "mini_id": lambda one: one.mini_id,
        "spot_id": lambda one: one.spot_id,
        "state": lambda one: one.state.value,
        "package_id": lambda one: one.package_id,
        "places": lambda one: one.places,
        "extended": lambda one: one.extended,
        "hold_until": lambda one: micros(one.hold_until),
        "starts": lambda one: micros(one.snapshot.starts),
        "ends": lambda one: micros(one.snapshot.ends),
        "ended_at": lambda one: maybe_micros(one.ended_at),
        "reason": lambda one: one.reason.value if one.reason else None,
        "reservation_id": lambda one: one.reservation_id,
        "noted": lambda one: one.noted.value if one.noted else None,
        "noted_spot_id": lambda one: one.noted_spot_id,
        "attempt": lambda one: one.attempt,
        "sequence": lambda one: one.sequence,
        "version": lambda one: one.version,
        "total_minor": lambda one: one.price.total.minor if one.state in STANDING else None,
        "snapshot": lambda one: SNAPSHOT.write(one.snapshot),
        "add_ons": lambda one: ADD_ONS.write(one.add_ons),
        "contact": lambda one: CONTACT.maybe_write(one.contact),
        "filled_in": lambda one: one.filled_in,
        "keeps_minor": lambda one: one.keeps_minor,
        "words": words_of,
    },
)
_ADD = Statement(insert(bookings).on_conflict_do_nothing(index_elements=["studio_id", "code"]))
_OF_STUDIO = select(bookings).where(bookings.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(bookings.c.id == bindparam("booking_id")))
_BY_CODE = Statement(_OF_STUDIO.where(bookings.c.code == bindparam("code")))
_IN_MINI = (
    bookings.c.studio_id == bindparam("studio_id"),
    bookings.c.mini_id == bindparam("mini_id"),
    bookings.c.client_id == bindparam("client_id"),
)
_LAST_EXPIRED = (
    select(bookings.c.id)
    .where(*_IN_MINI, bookings.c.state == word(State.EXPIRED))
    .order_by(bookings.c.ended_at.desc(), bookings.c.id.desc())
    .limit(literal_column("1", Integer))
    .scalar_subquery()
)
_BY_START = (bookings.c.starts, bookings.c.id)
_OF_CLIENT_IN_MINI = Statement(
    select(bookings).where(*_IN_MINI, or_(SEATED, bookings.c.id == _LAST_EXPIRED)).order_by(*_BY_START)
)
_CHOOSING = exists().where(
    payments.c.studio_id == bookings.c.studio_id, payments.c.booking_id == bookings.c.id, CHOOSING
)
_OF_CLIENT = Statement(
    _OF_STUDIO.where(
        bookings.c.client_id == bindparam("client_id"),
        or_(one_of(bookings.c.state, sorted(STANDING)), _CHOOSING),
        ~bookings.c.preview,
    ).order_by(*_BY_START)
)
_CANCELLED_PAID = Statement(_OF_STUDIO.where(CANCELLED_PAID).order_by(*_BY_START))
_PREVIEWS = Statement(
    _OF_STUDIO.where(bookings.c.client_id == bindparam("client_id"), LIVE_PREVIEW).order_by(*_BY_START)
)
_OF_MINI = Statement(_OF_STUDIO.where(bookings.c.mini_id == bindparam("mini_id")).order_by(*_BY_START))
_ANY = Statement(_OF_STUDIO.where(~bookings.c.preview).limit(literal_column("1", Integer)))
_SEATED_IN_MINI = _OF_STUDIO.where(bookings.c.mini_id == bindparam("mini_id"), SEATED).order_by(*_BY_START)
_SEATED = Statement(_SEATED_IN_MINI)
_SEATED_ON_DAY = Statement(
    _SEATED_IN_MINI.where(
        exists().where(
            spots.c.studio_id == bookings.c.studio_id,
            spots.c.id == bookings.c.spot_id,
            spots.c.day_id == bindparam("day_id"),
        )
    )
)
_SEATED_AFTER = Statement(_OF_STUDIO.where(SEATED, bookings.c.starts > bindparam("after")).order_by(*_BY_START))
_FIND = Statement(
    _OF_STUDIO.where(bookings.c.words.like(bindparam("pattern"), escape="/"), ~bookings.c.preview)
    .order_by(
        case((SEATED, literal_column("0", Integer)), else_=literal_column("1", Integer)),
        bookings.c.starts.desc(),
        bookings.c.id.desc(),
    )
    .limit(bindparam("most", type_=Integer))
)
_HOLDS_OVER = Statement(
    select(bookings)
    .where(RUNS, bookings.c.hold_until <= bindparam("now"))
    .order_by(bookings.c.hold_until)
    .limit(bindparam("most", type_=Integer))
)
_SESSIONS_OVER = Statement(
    select(bookings)
    .where(CONFIRMED, bookings.c.ends <= bindparam("now"))
    .order_by(bookings.c.ends)
    .limit(bindparam("most", type_=Integer))
)
_LIVE_HOLD_ENDS = Statement(select(bookings.c.hold_until).where(RUNS).order_by(bookings.c.hold_until))


class BookingTable(Area):
    """core.booking.records.BookingRecords."""

    __slots__ = ()

    def add(self, booking: Booking) -> bool:
        added = self._execution.write(
            _ADD,
            studio_id=booking.studio_id,
            id=booking.id,
            client_id=booking.client_id,
            code=booking.code,
            began_at=micros(booking.began_at),
            preview=booking.preview,
            **_SWAP.values(booking),
        )
        return added == 1

    def one(self, studio_id: str, booking_id: str) -> Booking | None:
        row = self._execution.first(_ONE, studio_id=studio_id, booking_id=booking_id)
        return _booking_of(row) if row else None

    def by_code(self, studio_id: str, code: str) -> Booking | None:
        row = self._execution.first(_BY_CODE, studio_id=studio_id, code=code)
        return _booking_of(row) if row else None

    def change(self, old: Booking, new: Booking) -> Booking | None:
        return _SWAP.run(self._execution, old, new)

    def of_client_in_mini(self, studio_id: str, mini_id: str, client_id: str) -> list[Booking]:
        return self._all(_OF_CLIENT_IN_MINI, studio_id=studio_id, mini_id=mini_id, client_id=client_id)

    def of_client(self, studio_id: str, client_id: str) -> list[Booking]:
        return self._all(_OF_CLIENT, studio_id=studio_id, client_id=client_id)

    def cancelled_paid(self, studio_id: str) -> list[Booking]:
        return self._all(_CANCELLED_PAID, studio_id=studio_id)

    def previews(self, studio_id: str, client_id: str) -> list[Booking]:
        return self._all(_PREVIEWS, studio_id=studio_id, client_id=client_id)

    def of_mini(self, studio_id: str, mini_id: str) -> list[Booking]:
        return self._all(_OF_MINI, studio_id=studio_id, mini_id=mini_id)

    def any(self, studio_id: str) -> bool:
        return self._execution.first(_ANY, studio_id=studio_id) is not None

    def seated(self, studio_id: str, mini_id: str, day_id: str | None = None) -> list[Booking]:
        if day_id is None:
            return self._all(_SEATED, studio_id=studio_id, mini_id=mini_id)
        return self._all(_SEATED_ON_DAY, studio_id=studio_id, mini_id=mini_id, day_id=day_id)

    def seated_after(self, studio_id: str, moment: datetime) -> list[Booking]:
        return self._all(_SEATED_AFTER, studio_id=studio_id, after=micros(moment))

    def find(self, studio_id: str, text: str, limit: int) -> list[Booking]:
        pattern = pattern_of(text)
        return self._all(_FIND, studio_id=studio_id, pattern=pattern, most=limit) if pattern else []

    def holds_over(self, limit: int) -> list[Booking]:
        return self._all(_HOLDS_OVER, now=self._execution.now_micros, most=limit)

    def sessions_over(self, limit: int) -> list[Booking]:
        return self._all(_SESSIONS_OVER, now=self._execution.now_micros, most=limit)

    def live_hold_ends(self) -> list[datetime]:
        return [moment_of(row.hold_until) for row in self._execution.all(_LIVE_HOLD_ENDS)]

    def _all(self, statement: Statement, **parameters: Value) -> list[Booking]:
        return [_booking_of(row) for row in self._execution.all(statement, **parameters)]


def _booking_of(row: AnyRow) -> Booking:
    return Booking(
        id=row.id,
        studio_id=row.studio_id,
        mini_id=row.mini_id,
        client_id=row.client_id,
        spot_id=row.spot_id,
        code=row.code,
        state=State(row.state),
        snapshot=SNAPSHOT.read(row.snapshot),
        package_id=row.package_id,
        began_at=moment_of(row.began_at),
        hold_until=moment_of(row.hold_until),
        extended=bool(row.extended),
        preview=bool(row.preview),
        add_ons=ADD_ONS.read(row.add_ons),
        places=row.places,
        contact=CONTACT.maybe_read(row.contact),
        filled_in=bool(row.filled_in),
        keeps_minor=row.keeps_minor,
        reservation_id=row.reservation_id,
        reason=Reason(row.reason) if row.reason else None,
        ended_at=maybe_moment(row.ended_at),
        noted=State(row.noted) if row.noted else None,
        noted_spot_id=row.noted_spot_id,
        attempt=row.attempt,
        sequence=row.sequence,
        version=row.version,
    )
