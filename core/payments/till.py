"""The answers of whoever takes the money, as the core understands them. Stripe is one such till.

Every answer is a whole: the page, or the payment, as it stands now. Who asks is at the rim (`bots/till.py`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.values.money import Money
from core.values.refusals import Trouble

TILL: Final = "stripe"  # the inbox's word for where its events come from


def of_payment(ref: str) -> str:
    """The inbox's key for the payment itself: whoever comes second, its first event or its row, knows of the other."""
    return f"payment:{ref}"


class PageState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    #: Done, and the money is still on its way (delayed methods, which are off).
    AWAITED = "awaited"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A payment page as the till has it."""

    session_id: str
    #: What we called it: the order's checkout. Empty where the page is not of our making.
    checkout_id: str
    state: PageState
    #: Its address while it is open.
    url: str | None
    #: What it asks for, or what was paid.
    amount: Money
    #: The till's name of the payment, once there is one.
    payment_ref: str | None = None


class RefundState(StrEnum):
    """Where a refund stands. Nothing is called refunded before the till says so."""

    #: Owed, and the till was not asked yet or its answer was lost.
    DUE = "due"
    #: The till has it, and the bank not yet.
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


class RefundFailure(StrEnum):
    """Why money could not go back, where that is one of the reasons that people know."""

    LOST_CARD = "lost_card"
    OLD_CARD = "old_card"
    #: The payer's bank asks for the money, or has it.
    DISPUTED = "disputed"
    #: There is too little on the studio's balance at the till.
    BALANCE = "balance"
    DECLINED = "declined"
    #: Somebody stopped it at the till.
    STOPPED = "stopped"
    #: The account that took the money was given up, and the key that is kept of it opens nothing any more.
    KEY_GONE = "key_gone"
    #: The till gives no reason.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAnswer:
    """One refund as the till has it."""

    ref: str
    #: What we called it; empty where it was made by hand, in the till's own dashboard.
    refund_id: str
    state: RefundState
    amount: Money
    #: Why it failed: a `RefundFailure`, or the till's own word where it is none of them; empty where it did not.
    error: str = ""


class DisputeState(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A payment as the till has it."""

    payment_ref: str
    refunds: tuple[RefundAnswer, ...]
    #: None where the payer's bank never asked for the money back.
    dispute: DisputeState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """All that a refund is made from."""

    refund_id: str
    payment_ref: str
    amount: Money
    #: With it the till pays back once, however often it is asked, for a day.
    key: str


class TillRefused(Exception):
    """The till says no for good; asking again would not help.

    `code` is a word for why: the till's own, or that of whoever speaks to it; of a refund, where there is one, a
    `RefundFailure`.
    """

    def __init__(self, code: str, said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.code = code


class TillShut(Trouble):
    """The key is wrong or was revoked, or there is none: nothing goes until somebody sets it right."""


class TillForbids(TillShut):
    """The key may not do this; it may do other things."""
