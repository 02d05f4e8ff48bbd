"""The sums of a booking, worked out in one place: every screen that speaks of its money takes them from here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.booking.booking import LIVE_HOLD, STANDING, Booking
from core.payments.payment import UNDER_WAY, Disposition, Payment, Refund, standing
from core.payments.till import RefundState
from core.values.money import Money

#: Of these the till pays back. A dispute is never refunded by itself, and the till would not (STATES, "Races").
REFUNDABLE = frozenset({Disposition.HONOURED, Disposition.WON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a booking costs, brought and gave back, in its own currency; a payment of another one is not counted.

    Counted is what stands for the booking. What came and went without it (paid twice, too late) has its own story.
    """

    #: What the booking costs, and what of that was to be paid to book.
    total: Money
    to_book: Money
    #: All that came in, through the till and by hand; what was undone apart.
    came_in: Money
    #: What of that is back: through the till, in its dashboard, or by hand.
    refunded: Money
    #: What of that the till is still to pay back, or the bank still has.
    going_back: Money
    #: What came in by hand less what went back by hand; below zero where the till's money was given back in cash.
    outside: Money
    #: What the till could pay back now: never more than it took, nor than the booking holds.
    refundable: Money
    #: What of the kept a payer's bank asks back: it decides, and nobody else meanwhile.
    disputed: Money
    #: What of the kept was to go back, and failed: a question of its own.
    failed: Money
    #: What of the kept the studio is still to decide on, as the client cancelled (H7).
    to_decide: Money
    #: What the payers' banks took back after a dispute. It is in no other figure.
    lost: Money
    #: What the client is still to pay: the total less all that ever came in, and nothing once the booking has ended.
    #: What went back is not asked for again, as whoever gives some of the fee back means it, nor what a bank took.
    due: Money

    @property
    def paid(self) -> Money:
        """What came in and is not back."""
        return self.came_in - self.refunded

    @property
    def kept(self) -> Money:
        """What stays once all that is owed is back."""
        return self.paid - self.going_back

    @property
    def stays(self) -> Money:
        """What of that nobody asks back."""
        return above_zero(self.kept - self.disputed - self.failed)

    @property
    def missing(self) -> Money:
        """How much more can be taken for the booking: also what went back may be paid anew, another way."""
        return above_zero(self.total - self.kept)

    @property
    def due_now(self) -> Money:
        """What of the due is asked for at booking."""
        return min(self.due, above_zero(self.to_book - self.came_in - self.lost))


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    """The same sums over many bookings (`/money`)."""

    came_in: Money
    #: What of that came by hand.
    outside: Money
    refunded: Money
    going_back: Money
    #: Of the bookings that stand.
    due: Money

    @property
    def paid(self) -> Money:
        return self.came_in - self.refunded


def account_of(booking: Booking, payments: Sequence[Payment], refunds: Sequence[Refund]) -> Account:
    """The sums of the booking, of all its payments and all their refunds."""
    price, currency = booking.price, booking.snapshot.currency
    of_payment = _by_payment(refunds)
    counted = [one for one in standing(payments) if one.amount.currency == currency]
    online = [one for one in counted if not one.outside]
    back = [refund for one in online for refund in of_payment[one.id]]
    by_hand = [one.amount for one in counted if one.outside]
    returned = _sum((Money.zero(currency) - amount for amount in by_hand if amount.minor < 0), currency)
    came_in = _sum((one.amount for one in counted if one.amount.minor > 0), currency)
    refunded = returned + _sum((one.amount for one in back if one.state is RefundState.DONE), currency)
    going_back = _sum((one.amount for one in back if one.state in UNDER_WAY), currency)
    at_hand = [one for one in online if one.disposition in REFUNDABLE]
    left = _sum((left_of(one, of_payment[one.id]) for one in at_hand), currency)
    failures = (refund for one in at_hand for refund in of_payment[one.id] if refund.is_open_failure)
    with_bank = (left_of(one, of_payment[one.id]) for one in online if one.disposition is Disposition.DISPUTED)
    kept = above_zero(came_in - refunded - going_back)
    disputed = min(_sum(with_bank, currency), kept)
    failed = min(_sum((one.amount for one in failures), currency), kept - disputed)
    decided = kept if booking.keeps_minor is None else Money(booking.keeps_minor, currency)
    lost = _sum((one.amount for one in payments if _is_lost(one) and one.amount.currency == currency), currency)
    asked_for = price.total if booking.state in STANDING | LIVE_HOLD else Money.zero(currency)
    return Account(
        total=price.total,
        to_book=price.due_now,
        came_in=came_in,
        refunded=refunded,
        going_back=going_back,
        outside=_sum(by_hand, currency),
        refundable=above_zero(min(left, came_in - refunded - going_back)),
        disputed=disputed,
        failed=failed,
        to_decide=above_zero(kept - disputed - failed - decided),
        lost=lost,
        due=above_zero(asked_for - came_in - lost),
    )


def accounts_of(
    bookings: Iterable[Booking], payments: Sequence[Payment], refunds: Sequence[Refund]
) -> dict[str, Account]:
    """The sums of each booking by its id, out of all payments and refunds of them all."""
    of_booking: defaultdict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        of_booking[payment.booking_id].append(payment)
    of_payment = _by_payment(refunds)
    return {
        booking.id: account_of(
            booking,
            of_booking[booking.id],
            [refund for payment in of_booking[booking.id] for refund in of_payment[payment.id]],
        )
        for booking in bookings
    }


def left_of(payment: Payment, refunds: Sequence[Refund]) -> Money:
    """What of the payment neither is back nor is owed: a refund that failed is neither."""
    gone = (one.amount for one in refunds if one.payment_id == payment.id and one.state is not RefundState.FAILED)
    return payment.amount - _sum(gone, payment.amount.currency)


def _is_lost(payment: Payment) -> bool:
    return payment.disposition is Disposition.LOST


def _by_payment(refunds: Iterable[Refund]) -> defaultdict[str, list[Refund]]:
    found: defaultdict[str, list[Refund]] = defaultdict(list)
    for refund in refunds:
        found[refund.payment_id].append(refund)
    return found


def above_zero(amount: Money) -> Money:
    """The amount, or nothing where it is below."""
    return max(amount, Money.zero(amount.currency))


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, start=Money.zero(currency))
