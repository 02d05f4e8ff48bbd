"""Reservations. Every change is compare-and-swap on state and version, as of a booking."""

from sqlalchemy import Integer, bindparam, insert, select

from core.booking.booking import Reservation, ReservationState
from storage.columns import maybe_micros, maybe_moment
from storage.documents import CONTACT, SHARE
from storage.execution import AnyRow
from storage.records.area import Area
from storage.records.swap import Swap
from storage.statement import Statement, Value, one_of
from storage.tables import LAPSING, reservations

_SWAP = Swap[Reservation](
    reservations,
    "state",
    {
        "state": lambda one: one.state.value,
        "note": lambda one: one.note,
        "discount": lambda one: SHARE.maybe_write(one.discount),
        "outside": lambda one: one.outside,
        "lapses_at": lambda one: maybe_micros(one.lapses_at),
        "contact": lambda one: CONTACT.maybe_write(one.contact),
        "package_id": lambda one: one.package_id,
        "client_id": lambda one: one.client_id,
        "booking_id": lambda one: one.booking_id,
        "removed_in_use": lambda one: one.removed_in_use,
        "link_generation": lambda one: one.link_generation,
        "version": lambda one: one.version,
    },
)
_ADD = Statement(insert(reservations))
_OF_STUDIO = select(reservations).where(reservations.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(reservations.c.id == bindparam("reservation_id")))
_OF_MINI = Statement(_OF_STUDIO.where(reservations.c.mini_id == bindparam("mini_id")).order_by(reservations.c.id))
_OF_CLIENT = Statement(
    _OF_STUDIO.where(
        reservations.c.client_id == bindparam("client_id"),
        one_of(reservations.c.state, (ReservationState.OPEN, ReservationState.IN_USE)),
    ).order_by(reservations.c.id)
)
_OVER = Statement(
    select(reservations)
    .where(LAPSING, reservations.c.lapses_at <= bindparam("now"))
    .order_by(reservations.c.lapses_at)
    .limit(bindparam("most", type_=Integer))
)


class ReservationTable(Area):
    """core.booking.records.ReservationRecords."""

    __slots__ = ()

    def add(self, reservation: Reservation) -> None:
        self._execution.write(
            _ADD,
            studio_id=reservation.studio_id,
            id=reservation.id,
            mini_id=reservation.mini_id,
            spot_id=reservation.spot_id,
            **_SWAP.values(reservation),
        )

    def one(self, studio_id: str, reservation_id: str) -> Reservation | None:
        row = self._execution.first(_ONE, studio_id=studio_id, reservation_id=reservation_id)
        return _reservation_of(row) if row else None

    def change(self, old: Reservation, new: Reservation) -> Reservation | None:
        return _SWAP.run(self._execution, old, new)

    def of_mini(self, studio_id: str, mini_id: str) -> list[Reservation]:
        return self._all(_OF_MINI, studio_id=studio_id, mini_id=mini_id)

    def of_client(self, studio_id: str, client_id: str) -> list[Reservation]:
        return self._all(_OF_CLIENT, studio_id=studio_id, client_id=client_id)

    def over(self, limit: int) -> list[Reservation]:
        return self._all(_OVER, now=self._execution.now_micros, most=limit)

    def _all(self, statement: Statement, **parameters: Value) -> list[Reservation]:
        return [_reservation_of(row) for row in self._execution.all(statement, **parameters)]


def _reservation_of(row: AnyRow) -> Reservation:
    return Reservation(
        id=row.id,
        studio_id=row.studio_id,
        mini_id=row.mini_id,
        spot_id=row.spot_id,
        state=ReservationState(row.state),
        note=row.note,
        discount=SHARE.maybe_read(row.discount),
        outside=bool(row.outside),
        lapses_at=maybe_moment(row.lapses_at),
        contact=CONTACT.maybe_read(row.contact),
        package_id=row.package_id,
        client_id=row.client_id,
        booking_id=row.booking_id,
        removed_in_use=bool(row.removed_in_use),
        link_generation=row.link_generation,
        version=row.version,
    )
