"""What stands behind a spot at this moment, and whether a choice fits it."""

from dataclasses import replace

from core.booking.booking import Booking, Reservation, Snapshot
from core.booking.refusals import PackageGone, PackageTooLong, SpotGone, TooManyPlaces
from core.minis.plan import fits
from core.minis.records import SpotOffer
from core.ports import Records


def offered(records: Records, studio_id: str, spot_id: str, client_id: str) -> SpotOffer:
    """All that the spot offers this client. Raises SpotGone."""
    offer = records.spots.offer(studio_id, spot_id, client_id)
    if offer is None:
        raise SpotGone
    return offer


def check_fits(prices: Snapshot, package_id: str, offer: SpotOffer, places: int) -> None:
    """Raise PackageGone, PackageTooLong or TooManyPlaces unless the choice fits the prices and the spot."""
    package = next((one for one in prices.packages if one.id == package_id), None)
    if package is None:
        raise PackageGone
    if not fits(package.length, offer.spot, offer.next_start):
        raise PackageTooLong
    if not 1 <= places <= prices.places_limit:
        raise TooManyPlaces(most=prices.places_limit)


def snapshot_of(offer: SpotOffer) -> Snapshot:
    """What the mini offers for the spot at this moment."""
    mini, spot = offer.mini, offer.spot
    return Snapshot(
        title=mini.title,
        place=offer.day.place or mini.place,
        starts=spot.starts,
        ends=spot.ends,
        currency=offer.studio.currency,
        packages=mini.packages,
        add_ons=mini.add_ons,
        premium_minor=spot.premium_minor,
        tax=mini.tax_of(offer.studio),
        places_limit=mini.places_limit if offer.day.same_start else 1,
        contracts=mini.contracts,
        questionnaire=mini.questionnaire,
        questionnaire_after=mini.questionnaire_after,
        balance_due=offer.studio.balance_due,
        cancel_until=offer.studio.cancel_until,
    )


def snapshot_anew(booking: Booking, offer: SpotOffer) -> Snapshot:
    """The snapshot for another spot. A choice that the mini no longer offers keeps the price list it is from (B10)."""
    anew = snapshot_of(offer)
    most = {add_on.id: add_on.most for add_on in anew.add_ons}
    if offer.mini.package(booking.package_id) and all(count <= most.get(one, 0) for one, count in booking.add_ons):
        return anew
    old = booking.snapshot
    return replace(anew, packages=old.packages, add_ons=old.add_ons, tax=old.tax)


def snapshot_at(booking: Booking, offer: SpotOffer) -> Snapshot:
    """The booking's own snapshot, at another spot: price, package and terms stay as they were agreed on."""
    return replace(
        booking.snapshot,
        title=offer.mini.title,
        place=offer.day.place or offer.mini.place,
        starts=offer.spot.starts,
        ends=offer.spot.ends,
    )


def with_reservation(booking: Booking, reservation: Reservation) -> Booking:
    """The booking with the terms that the reservation offers."""
    snapshot = replace(booking.snapshot, discount=reservation.discount, outside=reservation.outside)
    return replace(booking, reservation_id=reservation.id, snapshot=snapshot)
