"""Money that came in, and money that must go back: the ledger's two kinds of rows. None is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.payments.till import RefundState
from core.values.money import Money

CHOICE = timedelta(hours=24)  # DECISIONS 14: for whoever paid for a seat that was gone


class Disposition(StrEnum):
    """What became of the money (STATES, `Payment`). It is written with the payment: none is ever without."""

    HONOURED = "honoured"
    #: It came too late and the seat is gone: the client picks another, or it goes back.
    CHOOSING = "choosing"
    #: It is not what was asked for: the photographer decides, nothing moves it by itself.
    MANUAL = "manual"
    REFUND_DUE = "refund_due"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    WON = "won"
    LOST = "lost"


#: The booking's question about money is open: it is not taken up again, changed or moved meanwhile.
PENDING = frozenset({Disposition.CHOOSING, Disposition.MANUAL})
#: The money stands for the booking.
KEPT = frozenset({Disposition.HONOURED, Disposition.DISPUTED, Disposition.WON})
#: A person has to look, or to wait: a refund is one until it has arrived (STATES, "Races").
PROBLEMS = frozenset(
    {
        Disposition.MANUAL,
        Disposition.REFUND_DUE,
        Disposition.REFUNDING,
        Disposition.REFUND_FAILED,
        Disposition.DISPUTED,
    }
)


#: How the key of a refund begins that somebody made in the till's own dashboard.
BY_HAND = "by_hand:"
#: The till is still to be heard of such a refund.
UNDER_WAY = frozenset({RefundState.DUE, RefundState.SENT})


class Why(StrEnum):
    """Why money was not simply honoured. The value is stored, and names the words for it."""

    #: Amount or currency are not what the page asked for.
    ODD_AMOUNT = "odd_amount"
    #: Of a page of an earlier attempt.
    EARLIER = "earlier"
    #: The booking was paid, or confirmed without, before.
    SECOND = "second"
    #: The booking or its mini is cancelled.
    CANCELLED = "cancelled"
    SEAT_GONE = "seat_gone"
    #: The client took the money rather than another time, or said nothing for a day.
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    #: The photographer sent it back.
    DECIDED = "decided"


class How(StrEnum):
    """How money came or went that the till did not see (H5). The value is stored, and names the words for it."""

    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"
    OTHER = "other"


class Settled(StrEnum):
    """What the photographer did about a refund that failed, so that it is no problem any more."""

    #: Another one took its place.
    AGAIN = "again"
    #: The money went back another way.
    ELSEWHERE = "elsewhere"
    #: It is not tried again: it went back in other amounts, or does not.
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One PaymentIntent, or one entry that the photographer made by hand (H5).

    The amount is what was taken, whatever was asked for; of an entry that says what went back by hand, or that undoes
    another, it may be negative.
    """

    id: str
    studio_id: str
    booking_id: str
    amount: Money
    captured_at: datetime
    disposition: Disposition
    #: The page on which it was paid, and the till's name of it: no two payments have the same. An entry has neither.
    checkout_id: str | None = None
    ref: str = ""
    #: The till that took it, and gives it back (`till_key`).
    till: str = ""
    #: Of an entry only: how the money came or went, on which day, and the entry that it undoes, if that is what it is.
    how: How | None = None
    paid_on: date | None = None
    undoes: str | None = None
    why: Why | None = None
    #: Until when the client may choose (`choosing`).
    choosing_until: datetime | None = None
    #: When to look at it at the till: somebody there said that something happened to it.
    ask_at: datetime | None = None
    version: int = 1

    @property
    def outside(self) -> bool:
        """Whether it is an entry made by hand: the till knows nothing of it."""
        return self.how is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """An obligation to pay back. The row is first, the call comes later, with the row's key (STATES, rule 6)."""

    id: str
    studio_id: str
    payment_id: str
    key: str
    amount: Money
    state: RefundState
    owed_at: datetime
    #: The till's name of it, once it has it.
    ref: str | None = None
    #: When the till was asked first. It forgets the key a day later.
    asked_at: datetime | None = None
    #: When to ask next; None once there is nothing to learn.
    ask_at: datetime | None = None
    #: Since when it was asked in vain.
    silent_since: datetime | None = None
    #: Why it failed: a `RefundFailure`, or another word of the till's or of ours.
    error: str = ""
    #: What was done about a failed one of money that was kept; one of a whole payment has the payment's disposition.
    settled: Settled | None = None
    #: The entry that says that it was given back by hand: if that is undone, it is owed again.
    settled_by: str | None = None
    version: int = 1

    @property
    def by_hand(self) -> bool:
        return self.key.startswith(BY_HAND)

    @property
    def is_open_failure(self) -> bool:
        """It failed, and nobody has done anything about it."""
        return self.state is RefundState.FAILED and self.settled is None


def standing(payments: Sequence[Payment]) -> list[Payment]:
    """Those that stand for the booking: what went back, or was undone with what undid it, is not among them."""
    undone = {one.undoes for one in payments}
    return [one for one in payments if one.disposition in KEPT and one.undoes is None and one.id not in undone]
