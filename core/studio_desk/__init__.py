"""Everything a photographer can do: the door for one member of a studio. Each deed names the roles that it needs.

The roles are checked here, once. The example studio is made through this door too.
"""

from core.ports import Records
from core.studio.studio import Member, Role, Studio
from core.studio_desk.bookings import BookingDeeds
from core.studio_desk.days import DayDeeds
from core.studio_desk.minis import MiniDeeds
from core.studio_desk.money import MoneyDeeds
from core.studio_desk.packages import PackageDeeds
from core.studio_desk.papers import PaperDeeds
from core.studio_desk.reservations import ReservationDeeds
from core.studio_desk.rights import NotAllowed, roles_of
from core.studio_desk.views import ViewDeeds

__all__ = ["NotAllowed", "StudioDesk", "found_studio", "roles_of"]


def found_studio(records: Records, studio: Studio, owner_name: str) -> Member:
    """Open a studio with its owner. The first deed of an installation: nobody's rights are there to check."""
    records.studios.add(studio)
    owner = Member(id=records.new_id(), studio_id=studio.id, name=owner_name, role=Role.OWNER)
    records.studios.add_member(owner)
    return owner


class StudioDesk(MiniDeeds, PackageDeeds, DayDeeds, PaperDeeds, ReservationDeeds, BookingDeeds, MoneyDeeds, ViewDeeds):
    """The deeds of one member."""
