"""Reservations. Every change is compare-and-swap on state and version, as of a booking."""

from dataclasses import replace

from sqlalchemy import Integer, bindparam, insert, select, update

from core.booking.booking import Reservation, ReservationState
from storage.columns import maybe_micros, maybe_moment
from storage.documents import CONTACT, SHARE
from storage.execution import AnyRow
from storage.records.area import Area
from storage.statement import Statement, Value, one_of
from storage.tables import LAPSING, reservations

#: What a change never touches.
_LASTING = {"studio_id", "id", "mini_id", "spot_id"}

_ADD = Statement(insert(reservations))
_OF_STUDIO = select(reservations).where(reservations.c.studio_id == bindparam("studio_id"))
_ONE = Statement(_OF_STUDIO.where(reservations.c.id == bindparam("reservation_id")))
_CHANGE = Statement(
    update(reservations)
    .where(
        reservations.c.studio_id == bindparam("in_studio"),
        reservations.c.id == bindparam("reservation_id"),
        reservations.c.state == bindparam("old_state"),
        reservations.c.version == bindparam("old_version"),
    )
    .values({name: bindparam(name) for name in reservations.c.keys() if name not in _LASTING})  # noqa: SIM118 - no dict
)
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
            **_values(reservation),
        )

    def one(self, studio_id: str, reservation_id: str) -> Reservation | None:
        row = self._execution.first(_ONE, studio_id=studio_id, reservation_id=reservation_id)
        return _reservation_of(row) if row else None

    def change(self, old: Reservation, new: Reservation) -> Reservation | None:
        new = replace(new, version=old.version + 1)
        changed = self._execution.write(
            _CHANGE,
            in_studio=old.studio_id,
            reservation_id=old.id,
            old_state=old.state.value,
            old_version=old.version,
            **_values(new),
        )
        return new if changed else None

    def of_mini(self, studio_id: str, mini_id: str) -> list[Reservation]:
        return self._all(_OF_MINI, studio_id=studio_id, mini_id=mini_id)

    def of_client(self, studio_id: str, client_id: str) -> list[Reservation]:
        return self._all(_OF_CLIENT, studio_id=studio_id, client_id=client_id)

    def over(self, limit: int) -> list[Reservation]:
        return self._all(_OVER, now=self._execution.now_micros, most=limit)

    def _all(self, statement: Statement, **parameters: Value) -> list[Reservation]:
        return [_reservation_of(row) for row in self._execution.all(statement, **parameters)]


def _values(reservation: Reservation) -> dict[str, Value]:
    """What a change may touch."""
    return {
        "state": reservation.state.value,
        "note": reservation.note,
        "discount": SHARE.maybe_write(reservation.discount),
        "outside": reservation.outside,
        "lapses_at": maybe_micros(reservation.lapses_at),
        "contact": CONTACT.maybe_write(reservation.contact),
        "package_id": reservation.package_id,
        "client_id": reservation.client_id,
        "booking_id": reservation.booking_id,
        "removed_in_use": reservation.removed_in_use,
        "link_generation": reservation.link_generation,
        "version": reservation.version,
    }


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
