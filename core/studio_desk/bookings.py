"""The desk's deeds with bookings."""

from core.booking import ending
from core.booking.booking import Booking, Reason
from core.booking.refusals import BookingChanged
from core.payments import pay
from core.studio_desk.desk import Desk
from core.studio_desk.rights import assistants, photographers


class BookingDeeds(Desk):
    @assistants
    def booking(self, booking_id: str) -> Booking:
        booking = self._records.bookings.one(self.studio.id, booking_id)
        if booking is None:
            raise BookingChanged
        return booking

    @photographers
    def cancel(self, booking_id: str) -> Booking:
        """Cancel a confirmed booking; the client is told (K3). Asking twice is the conversation's part."""
        return self._do(ending.cancel(self._records, self.booking(booking_id), Reason.BY_STUDIO))

    @photographers
    def move(self, booking_id: str, spot_id: str) -> Booking:
        """Give a booking another spot; the client is told old and new (K2)."""
        return self._do(pay.move_paying_or_not(self._records, self.booking(booking_id), spot_id))

    @photographers
    def end_hold(self, booking_id: str) -> Booking:
        """End a client's hold, where the studio switched that on (G2)."""
        told = pay.end_hold(self._records, self.booking(booking_id), override=self.studio.hold_override)
        return self._do(told)
