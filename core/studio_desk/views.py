"""What a studio sees of its minis, days and bookings. Hosts see numbers and nobody's name (A4)."""

from core.booking import day_view
from core.booking.day_view import SpotState
from core.minis.mini import Day, Mini
from core.minis.publish import MiniChanged
from core.studio.studio import Role
from core.studio_desk.desk import Desk
from core.studio_desk.rights import assistants, everybody


class ViewDeeds(Desk):
    @everybody
    def mini(self, mini_id: str) -> Mini:
        """Raises MiniChanged where it is not there."""
        return self._mini(mini_id)

    @everybody
    def days(self, mini_id: str) -> list[Day]:
        """The mini's days by date."""
        return self._records.minis.days(self.studio.id, mini_id)

    @everybody
    def day_states(self, mini_id: str, day_id: str | None = None) -> list[SpotState]:
        """How every spot of the day stands, or of all days, by start: past and closed ones too (C9)."""
        states = day_view.day_states(self._records, self.studio.id, mini_id, day_id)
        return [self._as_seen(state) for state in states]

    @assistants
    def seat_holders(self, spot_id: str) -> list[SpotState]:
        """Everybody who has a seat of the spot, one state each; of a class, several (C4). Raises MiniChanged."""
        spot = self._records.spots.one(self.studio.id, spot_id)
        if spot is None:
            raise MiniChanged
        return [self._as_seen(state) for state in day_view.seat_holders(self._records, spot)]

    def _as_seen(self, state: SpotState) -> SpotState:
        match self.member.role:
            case Role.OWNER | Role.PHOTOGRAPHER:
                return state
            case Role.ASSISTANT:
                return day_view.without_notes(state)
            case Role.HOST:
                return day_view.without_names(state)
