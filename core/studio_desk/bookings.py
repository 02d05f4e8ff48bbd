"""The desk's deeds with bookings."""

from core.booking.booking import Because, Booking
from core.payments import give_back, pay
from core.payments.give_back import GiveBack
from core.ports import HistoryRow
from core.studio_desk.desk import Desk
from core.studio_desk.rights import assistants, photographers
from core.values.money import Money


class BookingDeeds(Desk):
    @assistants
    def booking(self, booking_id: str) -> Booking:
        return self._booking(booking_id)

    @photographers
    def cancel(
        self, booking_id: str, back: GiveBack | Money = GiveBack.NONE, because: Because | None = None
    ) -> Booking:
        """Cancel a confirmed booking and send so much back; the client is told, with the reason if one is given (K3).

        Asking twice is the conversation's part. Raises what `give_back.cancel` raises.
        """
        return self._do(give_back.cancel(self._records, self._booking(booking_id), back, because))

    @photographers
    def history(self, booking_id: str) -> list[HistoryRow]:
        """What happened to the booking, in order."""
        return self._records.history.of_booking(self.studio.id, booking_id)

    @photographers
    def move(self, booking_id: str, spot_id: str) -> Booking:
        """Give a booking another spot; the client is told old and new (K2)."""
        return self._do(pay.move_paying_or_not(self._records, self._booking(booking_id), spot_id))

    @photographers
    def end_hold(self, booking_id: str) -> Booking:
        """End a client's hold, where the studio switched that on (G2)."""
        told = pay.end_hold(self._records, self._booking(booking_id), override=self.studio.hold_override)
        return self._do(told)
