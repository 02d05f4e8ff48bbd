"""What a studio sees of its minis, days and bookings. Hosts see numbers and nobody's name (A4)."""

import re

from core.booking import day_view
from core.booking.booking import Booking
from core.booking.day_view import SpotState
from core.minis.mini import Day, Mini, Spot
from core.minis.plan import DURATION_LIMITS, overlaps
from core.minis.publish import MiniChanged
from core.minis.records import MiniRow
from core.studio.studio import Role
from core.studio_desk.desk import Desk
from core.studio_desk.rights import assistants, everybody

MOST_FOUND = 20
#: No shoot is longer (C1).
LONGEST = DURATION_LIMITS[1]
_CODE = re.compile(r"\s*#?(?P<prefix>[A-Za-z]{1,4})?[\s-]*(?P<number>[0-9]{4,9})\s*")


class ViewDeeds(Desk):
    @everybody
    def minis(self, *, all: bool = False) -> list[MiniRow]:  # the word of the command
        """The studio's minis with their numbers, as they were made; archived and cancelled ones only with `all`."""
        return self._records.minis.rows(self.studio.id, over=all)

    @everybody
    def mini(self, mini_id: str) -> Mini:
        """Raises MiniChanged where it is not there."""
        return self._mini(mini_id)

    @everybody
    def spot(self, spot_id: str) -> Spot:
        """Raises MiniChanged where it is not there."""
        spot = self._records.spots.one(self.studio.id, spot_id)
        if spot is None:
            raise MiniChanged
        return spot

    @everybody
    def day(self, day_id: str) -> Day:
        """Raises MiniChanged where it is not there, or was removed."""
        day = self._records.minis.day(self.studio.id, day_id)
        if day is None:
            raise MiniChanged
        return day

    @everybody
    def days(self, mini_id: str) -> list[Day]:
        """The mini's days by date."""
        return self._records.minis.days(self.studio.id, mini_id)

    @everybody
    def day_states(self, mini_id: str, day_id: str | None = None) -> list[SpotState]:
        """How every spot of the day stands, or of all days, by start: past and closed ones too (C9)."""
        states = day_view.day_states(self._records, self.studio.id, mini_id, day_id)
        return [self._as_seen(state) for state in states]

    @everybody
    def in_the_way(self, spot: Spot) -> list[Spot]:
        """Other spots at that time that somebody has, of whichever mini: they shut this one out (C7)."""
        rows = self._records.spots.ahead(self.studio.id, spot.starts - LONGEST)
        return [row.spot for row in rows if row.taken and row.spot.id != spot.id and overlaps(row.spot, spot)]

    @assistants
    def seat_holders(self, spot_id: str) -> list[SpotState]:
        """Everybody who has a seat of the spot, one state each; of a class, several (C4). Raises MiniChanged."""
        spot = self.spot(spot_id)
        return [self._as_seen(state) for state in day_view.seat_holders(self._records, spot)]

    @assistants
    def bookings(self, mini_id: str | None = None, day_id: str | None = None) -> list[Booking]:
        """Bookings and holds by start (K1): of the mini, of one day, or all whose shoot is not over; previews apart."""
        if day_id is not None:
            day = self._records.minis.day(self.studio.id, day_id)
            mini_id = day.mini_id if day else ""
        if mini_id is not None:
            found = self._records.bookings.seated(self.studio.id, mini_id, day_id)
        else:
            now = self._records.now
            begun = self._records.bookings.seated_after(self.studio.id, now - LONGEST)
            found = [booking for booking in begun if booking.snapshot.ends > now]
        return [booking for booking in found if not booking.preview]

    @assistants
    def find(self, text: str) -> list[Booking]:
        """The booking with this code, with its letters or without; else up to 20 by name, e-mail or phone (`find`)."""
        exact = self._by_code(text)
        return [exact] if exact else self._records.bookings.find(self.studio.id, text, MOST_FOUND)

    def _by_code(self, text: str) -> Booking | None:
        said = _CODE.fullmatch(text)
        if said is None:
            return None
        code = f"{(said['prefix'] or self.studio.code_prefix).upper()}-{said['number']}"
        booking = self._records.bookings.by_code(self.studio.id, code)
        return None if booking is None or booking.preview else booking

    def _as_seen(self, state: SpotState) -> SpotState:
        match self.member.role:
            case Role.OWNER | Role.PHOTOGRAPHER:
                return state
            case Role.ASSISTANT:
                return day_view.without_notes(state)
            case Role.HOST:
                return day_view.without_names(state)
