"""Reservations: a spot kept for somebody, with a link of its own (D1-D4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.booking.booking import Owner, Reservation, ReservationState
from core.booking.contact import Contact
from core.booking.offered import check_fits, offered, snapshot_of
from core.booking.refusals import BookingChanged, MiniNotOpen, ReservationOver, SpotGone, SpotTaken
from core.minis.mini import OVER, Share
from core.ports import Records
from core.studio.studio import Studio
from core.values.news import News, What
from core.values.refusals import Overtaken

LINK = "reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the photographer says of a reservation."""

    note: str = ""
    discount: Share | None = None
    outside: bool = False
    lapses_at: datetime | None = None
    #: What is known of the client (D5); name and e-mail may be empty.
    contact: Contact | None = None
    package_id: str | None = None


def reserve(records: Records, studio: Studio, spot_id: str, terms: Terms) -> tuple[Reservation, News]:
    """Take the spot off the public list and give it a link; a draft's and a closed one may be reserved as well.

    Raises SpotGone, SpotTaken, MiniNotOpen, and PackageGone or PackageTooLong for the package that is filled in.
    """
    spot = records.spots.one(studio.id, spot_id)
    mini = records.minis.one(studio.id, spot.mini_id) if spot else None
    if spot is None or mini is None or spot.starts <= records.now:
        raise SpotGone
    if mini.state in OVER:
        raise MiniNotOpen(title=mini.title)
    reservation = Reservation(id=records.new_id(), studio_id=studio.id, mini_id=spot.mini_id, spot_id=spot.id)
    reservation = _with_terms(records, reservation, terms)
    owner = Owner.reservation(reservation.id)
    if not records.claims.take(spot, owner, 1, exclusive=not studio.several_shooters):
        raise SpotTaken
    records.reservations.add(reservation)
    records.links.add(studio.id, LINK, reservation.id, reservation.link_generation)
    return reservation, News(what=What.RESERVED, subject_id=reservation.id)


def change_terms(records: Records, reservation: Reservation, terms: Terms) -> tuple[Reservation, News]:
    """Other terms for whoever takes it from now on; a hold keeps those it began with.

    Raises ReservationOver, and PackageGone or PackageTooLong for another package that is filled in.
    """
    if not reservation.is_open:
        raise ReservationOver
    changed = change_reservation(records, reservation, _with_terms(records, reservation, terms))
    return changed, News(what=What.RESERVATION_CHANGED, subject_id=reservation.id)


def unbind(records: Records, reservation: Reservation) -> Reservation:
    """Let anybody with the link take it again. Raises ReservationOver unless it is open."""
    if reservation.state is not ReservationState.OPEN:
        raise ReservationOver
    return change_reservation(records, reservation, replace(reservation, client_id=None))


def remove(records: Records, reservation: Reservation) -> tuple[Reservation, News]:
    """Give the spot back to the list and kill the link (D3).

    One that is being booked stays with its booking and does not come back. Raises ReservationOver if it is over.
    """
    gone = News(what=What.RESERVATION_REMOVED, subject_id=reservation.id)
    if reservation.state is ReservationState.IN_USE:
        records.links.revoke(reservation.studio_id, LINK, reservation.id)
        return change_reservation(records, reservation, replace(reservation, removed_in_use=True)), gone
    if reservation.state is not ReservationState.OPEN:
        raise ReservationOver
    return _close(records, reservation, ReservationState.REMOVED), gone


def lapse_reservation(records: Records, reservation: Reservation) -> tuple[Reservation, News]:
    """Its own end has come while nobody was booking it (D4); while somebody is, this waits."""
    over = reservation.lapses_at is not None and reservation.lapses_at <= records.now
    if reservation.state is not ReservationState.OPEN or not over:
        raise BookingChanged
    lapsed = _close(records, reservation, ReservationState.LAPSED)
    return lapsed, News(what=What.RESERVATION_LAPSED, subject_id=reservation.id)


def change_reservation(records: Records, old: Reservation, new: Reservation) -> Reservation:
    """Write the reservation, if it is still as it was read. Raises Overtaken.

    Whose contact was filled in is forgotten here, once nobody can take the reservation any more (D5).
    """
    if not new.is_open or new.removed_in_use:
        new = replace(new, contact=None)
    changed = records.reservations.change(old, new)
    if changed is None:
        raise Overtaken
    return changed


def _with_terms(records: Records, reservation: Reservation, terms: Terms) -> Reservation:
    """The reservation with these terms; another package than before must be one that the spot has room for."""
    if terms.package_id is not None and terms.package_id != reservation.package_id:
        offer = offered(records, reservation.studio_id, reservation.spot_id, reservation.client_id or "")
        check_fits(snapshot_of(offer), terms.package_id, offer, places=1)
    return replace(
        reservation,
        note=terms.note,
        discount=terms.discount,
        outside=terms.outside,
        lapses_at=terms.lapses_at,
        contact=terms.contact,
        package_id=terms.package_id,
    )


def _close(records: Records, reservation: Reservation, state: ReservationState) -> Reservation:
    records.claims.release(reservation.studio_id, Owner.reservation(reservation.id))
    records.links.revoke(reservation.studio_id, LINK, reservation.id)
    return change_reservation(records, reservation, replace(reservation, state=state))
