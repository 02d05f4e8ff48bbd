"""The desk's deeds with money: what was paid and given back by hand, refunds, and what waits for a person."""

from datetime import date

from core.booking.booking import Booking, State
from core.booking.refusals import BookingChanged
from core.payments import decide, give_back, mark
from core.payments.account import Account, Takings, accounts_of
from core.payments.give_back import policy_refund
from core.payments.payment import How, Payment, Refund
from core.payments.problems import Problem, problems_of
from core.payments.refund import account_now
from core.studio_desk.desk import Desk
from core.studio_desk.rights import assistants, photographers
from core.values.money import Money


class MoneyDeeds(Desk):
    # -- what was paid --

    @assistants
    def account(self, booking: Booking) -> Account:
        """The booking's sums."""
        return account_now(self._records, booking)

    @assistants
    def accounts(self, mini_id: str) -> dict[str, Account]:
        """The sums of every booking of the mini, by its id."""
        return accounts_of(
            self._records.bookings.of_mini(self.studio.id, mini_id),
            self._records.payments.of_mini(self.studio.id, mini_id),
            self._records.refunds.of_mini(self.studio.id, mini_id),
        )

    @photographers
    def payments(self, booking_id: str) -> list[Payment]:
        """All that came in for the booking, and all entries by hand, the oldest first."""
        return self._records.payments.of_booking(self.studio.id, booking_id)

    @photographers
    def refunds(self, booking_id: str) -> list[Refund]:
        """All that the till was to pay back of the booking, and what somebody paid back in its dashboard."""
        return self._records.refunds.of_booking(self.studio.id, booking_id)

    @photographers
    def takings(self, mini_id: str | None = None) -> Takings:
        """What the mini, or all of the studio, brought and is still due."""
        return self._records.payments.takings(self.studio.id, self.studio.currency, mini_id)

    @photographers
    def mark_paid(self, booking_id: str, amount: Money, how: How, on: date | None = None) -> Booking:
        """So much was paid by hand, today or on that day (H5). Raises what `mark.mark_paid` raises."""
        booking = self._booking(booking_id)
        return self._do(mark.mark_paid(self._records, self.studio, booking, amount, how, on))

    @photographers
    def mark_returned(self, booking_id: str, amount: Money, how: How, on: date | None = None) -> Booking:
        """So much was given back by hand (H7). Raises what `mark.mark_returned` raises."""
        booking = self._booking(booking_id)
        return self._do(mark.mark_returned(self._records, self.studio, booking, amount, how, on))

    @photographers
    def undo_paid(self, payment_id: str) -> Booking:
        """What was marked by hand was not so (H5). Raises NotUndoable, MoreThanPaid, MoreThanDue."""
        return self._do(mark.undo_mark(self._records, self._payment(payment_id)))

    # -- what goes back --

    @photographers
    def policy_refund(self, booking: Booking) -> Money:
        """What goes back by the contract: as of now, or as of when the booking was cancelled (H7)."""
        at = booking.ended_at if booking.state is State.CANCELLED else None
        return policy_refund(booking, account_now(self._records, booking), at or self._records.now)

    @photographers
    def refund(self, booking_id: str, amount: Money) -> Booking:
        """Have the till pay back so much of what was kept (H7). Raises what `give_back.refund` raises."""
        return self._do(give_back.refund(self._records, self._booking(booking_id), amount))

    # -- what waits for a person --

    @photographers
    def problems(self) -> list[Problem]:
        """Money that is not as it was asked for, did not arrive, is disputed or waits for a decision (H4, H7, H9)."""
        return problems_of(self._records, self.studio.id)

    @photographers
    def honour(self, payment_id: str) -> Booking:
        """Take money that was not what was asked for, and confirm its booking. Raises what `decide.honour` raises."""
        return self._do(decide.honour(self._records, self._payment(payment_id)))

    @photographers
    def send_back(self, payment_id: str) -> Booking:
        """Send money back that was not what was asked for. Raises BookingChanged."""
        return self._do(decide.send_back(self._records, self._payment(payment_id)))

    @photographers
    def refund_again(self, problem_id: str) -> Booking:
        """Try a refund that failed once more. Raises BookingChanged, MoreThanRefundable."""
        if failed := self._refund(problem_id):
            return self._do(give_back.refund_again(self._records, failed))
        return self._do(decide.refund_again(self._records, self._payment(problem_id)))

    @photographers
    def refunded_elsewhere(self, problem_id: str) -> Booking:
        """A refund that failed was paid another way. Raises BookingChanged, MoreThanPaid."""
        if failed := self._refund(problem_id):
            return self._do(give_back.refunded_elsewhere(self._records, self.studio, failed))
        return self._do(decide.refunded_elsewhere(self._records, self._payment(problem_id)))

    @photographers
    def leave_refund(self, refund_id: str) -> Booking:
        """A refund that failed is not tried again (H9). Raises BookingChanged."""
        failed = self._refund(refund_id)
        if failed is None:
            raise BookingChanged
        return self._do(give_back.leave_refund(self._records, failed))

    @photographers
    def keep_money(self, booking_id: str, amount: Money) -> Booking:
        """Give no more back of a booking that its client cancelled, so that this stays (H7). Raises BookingChanged."""
        return self._do(decide.keep_money(self._records, self._booking(booking_id), amount))

    def _payment(self, payment_id: str) -> Payment:
        payment = self._records.payments.one(self.studio.id, payment_id)
        if payment is None:
            raise BookingChanged
        return payment

    def _refund(self, refund_id: str) -> Refund | None:
        return self._records.refunds.one(self.studio.id, refund_id)
