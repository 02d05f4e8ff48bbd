"""The desk's deeds with money that waits for a person."""

from core.booking.booking import Booking
from core.booking.refusals import BookingChanged
from core.payments import decide
from core.payments.payment import Payment
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers


class MoneyDeeds(Desk):
    @photographers
    def problems(self) -> list[Payment]:
        """Payments that wait for a person: not what was asked for, refunds that failed, disputes (H4, H9)."""
        return self._records.payments.problems(self.studio.id)

    @photographers
    def honour(self, payment_id: str) -> Booking:
        """Take money that was not what was asked for, and confirm its booking. Raises what `decide.honour` raises."""
        return self._do(decide.honour(self._records, self._payment(payment_id)))

    @photographers
    def send_back(self, payment_id: str) -> Booking:
        """Send money back that was not what was asked for. Raises BookingChanged."""
        return self._do(decide.send_back(self._records, self._payment(payment_id)))

    @photographers
    def refund_again(self, payment_id: str) -> Booking:
        """Try a refund that failed once more. Raises BookingChanged."""
        return self._do(decide.refund_again(self._records, self._payment(payment_id)))

    @photographers
    def refunded_elsewhere(self, payment_id: str) -> Booking:
        """A refund that failed was paid another way. Raises BookingChanged."""
        return self._do(decide.refunded_elsewhere(self._records, self._payment(payment_id)))

    def _payment(self, payment_id: str) -> Payment:
        payment = self._records.payments.one(self.studio.id, payment_id)
        if payment is None:
            raise BookingChanged
        return payment
