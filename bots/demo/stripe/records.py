"""What Stripe keeps: sessions, payments, charges, refunds, disputes, events. How they look to a program is `shapes`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bots.demo.stripe.fields import Params

Json = Mapping[str, object]


class Card(StrEnum):
    """The test cards that the stand-in knows (docs.stripe.com/testing)."""

    WORKS = "4242424242424242"
    DECLINED = "4000000000000002"
    NO_FUNDS = "4000000000009995"
    ASKS_BANK = "4000002500003155"  # 3-D Secure


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeAccount:
    """An account that keys belong to."""

    id: str
    #: The business, as the pay page names it.
    name: str
    country: str = "US"
    currency: str = "usd"
    email: str = "studio@example.com"
    charges_enabled: bool = True
    #: Accounts that its keys may act for with `Stripe-Account`.
    connected: tuple["StripeAccount", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: str
    price: str
    product: str
    name: str
    description: str
    unit_amount: int
    quantity: int
    currency: str
    tax_behavior: str
    metadata: Mapping[str, str]

    @property
    def amount(self) -> int:
        return self.unit_amount * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class CardError:
    """Why a card was not charged."""

    code: str
    decline_code: str
    message: str


@dataclass(slots=True, kw_only=True)
class Refund:
    id: str
    #: Unix seconds, as all times here.
    created: int
    amount: int
    charge: "Charge"
    reason: str
    metadata: Mapping[str, str]
    #: pending, succeeded or failed.
    status: str
    failure_reason: str = ""


@dataclass(slots=True, kw_only=True)
class Dispute:
    id: str
    created: int
    amount: int
    charge: "Charge"
    reason: str
    #: warning_needs_response, warning_closed, needs_response, won or lost.
    status: str

    @property
    def is_inquiry(self) -> bool:
        """The bank only asks: no money has moved, and the payment can still be refunded."""
        return self.status.startswith("warning_")


@dataclass(slots=True, kw_only=True)
class Charge:
    id: str
    created: int
    amount: int
    intent: "Intent"
    card: Card
    email: str
    #: None for a charge that succeeded.
    error: CardError | None = None
    refunds: list[Refund] = field(default_factory=list[Refund])
    disputes: list[Dispute] = field(default_factory=list[Dispute])

    @property
    def succeeded(self) -> bool:
        return self.error is None

    @property
    def refunded(self) -> int:
        """What went back or is on its way; a refund that failed counts no longer."""
        return sum(refund.amount for refund in self.refunds if refund.status != "failed")


@dataclass(slots=True, kw_only=True)
class Intent:
    id: str
    created: int
    session: "Session"
    card: Card | None = None
    #: requires_payment_method, requires_action, succeeded or canceled.
    status: str = "requires_payment_method"
    error: CardError | None = None
    canceled_at: int = 0
    charges: list[Charge] = field(default_factory=list[Charge])

    @property
    def charge(self) -> Charge | None:
        """The latest."""
        return self.charges[-1] if self.charges else None


@dataclass(slots=True, kw_only=True)
class Session:
    id: str
    url: str
    created: int
    expires_at: int
    params: Params
    lines: tuple[Line, ...]
    currency: str
    #: open, complete or expired.
    status: str = "open"
    intent: Intent | None = None
    #: What the client wrote on the pay page.
    email: str = ""
    name: str = ""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    id: str
    created: int
    type: str
    #: The object as it was then.
    object: Json
    previous: Json
    #: The call that caused it, with its idempotency key; empty where nobody called.
    request: str
    key: str


@dataclass(slots=True)
class Books:
    """All that one account has."""

    account: StripeAccount
    sessions: dict[str, Session] = field(default_factory=dict[str, Session])
    intents: dict[str, Intent] = field(default_factory=dict[str, Intent])
    charges: dict[str, Charge] = field(default_factory=dict[str, Charge])
    refunds: dict[str, Refund] = field(default_factory=dict[str, Refund])
    disputes: dict[str, Dispute] = field(default_factory=dict[str, Dispute])
    events: dict[str, Event] = field(default_factory=dict[str, Event])
