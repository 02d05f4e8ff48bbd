"""A checkout: one page at the till that asks for one payment of one booking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.values.money import Money

PAGE_OPEN = timedelta(minutes=35)  # DECISIONS 15: longer than any hold; Stripe's least is 30 minutes
HARD_CAP = timedelta(minutes=10)  # after the page's own end: Stripe has ended it by then, whether it answers or not
POLL_EVERY = timedelta(minutes=1)  # H4: should the webhook be lost
ALERT_AFTER = timedelta(minutes=2)  # of asking in vain while a seat waits for the answer (STATES, `releasing`)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One line of the payment page: what the review card says of it, and its amount for all places together."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that a payment page is made from. It is stored before the till hears of it, and asked again unchanged."""

    checkout_id: str
    booking_id: str
    #: What people say: LP-4821.
    booking_code: str
    attempt: int
    lines: tuple[OrderLine, ...]
    email: str
    expires_at: datetime
    #: Where the page sends whoever has paid, and whoever goes back without.
    return_to: str
    back_to: str
    #: Said beside the pay button, in the client's language; may be empty.
    note: str
    #: BCP 47.
    language: str

    @property
    def total(self) -> Money:
        return sum((line.amount for line in self.lines), start=Money.zero(self.lines[0].amount.currency))


class CheckoutState(StrEnum):
    """What we know of the page."""

    #: Asked for, and perhaps made already.
    CREATING = "creating"
    OPEN = "open"
    #: The answer to the asking was lost: it is asked again with the same order.
    UNKNOWN = "unknown"
    #: Paid.
    COMPLETE = "complete"
    EXPIRED = "expired"


#: While it is in one of these, somebody may still pay (the index `one_open_checkout`).
PAYABLE = frozenset({CheckoutState.CREATING, CheckoutState.OPEN, CheckoutState.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    id: str
    studio_id: str
    booking_id: str
    #: The booking's when it was made; of an older one money goes back.
    attempt: int
    state: CheckoutState
    order: Order
    #: With it the till makes the page once, however often it is asked (STATES, rule 7).
    key: str
    created_at: datetime
    #: The till that is asked for it (`till_key`): the one that is the studio's present one as the checkout is written,
    #: when nobody changes it any more. So it is known of a checkout that was read.
    till: str = ""
    #: The till's name of the page, and its address while it is open.
    session_id: str | None = None
    url: str | None = None
    #: Nobody may pay any more: it is closed as soon as the till hears of it.
    closing: bool = False
    #: Nobody could be asked until after the hard cap; the till is still to be heard (STATES).
    presumed: bool = False
    #: When to ask the till next; None once there is nothing to learn.
    ask_at: datetime | None = None
    #: Since when it was asked in vain.
    silent_since: datetime | None = None
    version: int = 1

    @property
    def is_open_question(self) -> bool:
        """Whether the till has anything to say that we do not know: it may be paid, or was presumed closed."""
        return self.state in PAYABLE or self.presumed
