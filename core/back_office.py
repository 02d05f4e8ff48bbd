"""Everything that time does: holds and reservations that run out, sessions that are over, what need not be kept.

Each deed takes a handful of rows, so that one unit of work stays short; it is called again while it did something.
"""

from datetime import timedelta

from core.booking import ending, reserve
from core.ports import Records
from core.studio.studio import Studio
from core.telling import tell, tell_of_reservation

HANDFUL = 50  # rows a unit
INBOX_KEPT = timedelta(days=7)  # STATES, "Events in": Telegram itself keeps an update for a day
INBOX_HANDFUL = 1000  # rows a unit: they are only deleted


class BackOffice:
    """What the clock may do, for every studio of the installation."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def lapse_holds(self) -> int:
        """End the holds whose time ran out (G4); gives how many."""
        over = self._records.bookings.holds_over(HANDFUL)
        for booking in over:
            tell(self._records, self._studio(booking.studio_id), ending.lapse(self._records, booking))
        return len(over)

    def lapse_reservations(self) -> int:
        """End the reservations whose own end has come while nobody was booking them (D4)."""
        over = self._records.reservations.over(HANDFUL)
        for reservation in over:
            lapsed, news = reserve.lapse_reservation(self._records, reservation)
            tell_of_reservation(self._records, lapsed, news)
        return len(over)

    def finish_sessions(self) -> int:
        """Mark as done what has been shot."""
        over = self._records.bookings.sessions_over(HANDFUL)
        for booking in over:
            tell(self._records, self._studio(booking.studio_id), ending.finish(self._records, booking))
        return len(over)

    def forget_inbox(self) -> int:
        """Delete the keys of updates that no platform delivers again, and with them what was put aside."""
        return self._records.inbox.forget(self._records.now - INBOX_KEPT, INBOX_HANDFUL)

    def _studio(self, studio_id: str) -> Studio:
        studio = self._records.studios.one(studio_id)
        if studio is None:
            raise LookupError(f"no studio {studio_id}")
        return studio
