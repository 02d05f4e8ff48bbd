"""What the client says while the hold lasts: package, add-ons and contact."""

from dataclasses import replace

from core.booking.booking import Booking
from core.booking.contact import Contact
from core.booking.hold import change, check_live
from core.booking.offered import check_fits, offered
from core.booking.told import Told, told
from core.ports import Records
from core.values.news import What


def choose(records: Records, booking: Booking, package_id: str, add_ons: tuple[tuple[str, int], ...]) -> Told:
    """Choose another package or other add-ons from the booking's own price list.

    Raises HoldOver, PackageGone, PackageTooLong, and AddOnGone or TooManyAddOns from the price.
    """
    check_live(records, booking)
    if package_id != booking.package_id:
        offer = offered(records, booking.studio_id, booking.spot_id, booking.client_id)
        check_fits(booking.snapshot, package_id, offer, booking.places)
    chosen = replace(booking, package_id=package_id, add_ons=add_ons)
    _ = chosen.price
    return told(change(records, booking, chosen), What.CHOSEN, package=package_id)


def keep_contact(records: Records, booking: Booking, contact: Contact) -> Told:
    """Write down who the booking is for, and know it the next time the client books (F3). Raises HoldOver."""
    check_live(records, booking)
    client = records.clients.one(booking.studio_id, booking.client_id)
    if client is not None and not booking.preview:
        records.clients.change(replace(client, contact=contact))
    return told(change(records, booking, replace(booking, contact=contact, filled_in=False)), What.CONTACT_KEPT)
