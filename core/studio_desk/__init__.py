"""Everything a photographer can do: the door for one member of a studio. Each deed names the roles that it needs.

The roles are checked here, once. The example studio is made through this door too.
"""

from core.studio_desk.bookings import BookingDeeds
from core.studio_desk.days import DayDeeds
from core.studio_desk.minis import MiniDeeds
from core.studio_desk.money import MoneyDeeds
from core.studio_desk.packages import PackageDeeds
from core.studio_desk.papers import PaperDeeds
from core.studio_desk.previews import PreviewDeeds
from core.studio_desk.reservations import ReservationDeeds
from core.studio_desk.rights import NotAllowed, roles_of
from core.studio_desk.team import TeamDeeds, found_studio, join_team
from core.studio_desk.threads import ThreadDeeds
from core.studio_desk.till import TillDeeds
from core.studio_desk.views import ViewDeeds
from core.studio_desk.wordings import WordingDeeds

__all__ = ["NotAllowed", "StudioDesk", "found_studio", "join_team", "roles_of"]


class StudioDesk(
    MiniDeeds,
    PackageDeeds,
    DayDeeds,
    PaperDeeds,
    PreviewDeeds,
    ReservationDeeds,
    BookingDeeds,
    MoneyDeeds,
    ThreadDeeds,
    WordingDeeds,
    ViewDeeds,
    TeamDeeds,
    TillDeeds,
):
    """The deeds of one member."""
