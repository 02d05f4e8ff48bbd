"""Errands to the till: what to ask it next. The row that needs the answer is the errand, so none is lost."""

from dataclasses import dataclass

from core.payments.checkout import Checkout
from core.payments.till import Charge, Page, RefundAnswer, RefundOrder


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Make the page, or learn that it was made."""

    checkout: Checkout


@dataclass(frozen=True, slots=True)
class LookAtPage:
    """Has it been paid?"""

    checkout: Checkout
    session_id: str


@dataclass(frozen=True, slots=True)
class ClosePage:
    """Nobody may pay any more, unless somebody has."""

    checkout: Checkout
    session_id: str


@dataclass(frozen=True, slots=True)
class PayBack:
    studio_id: str
    order: RefundOrder
    #: The till may have forgotten the key (after a day): look at the payment's refunds before asking again (STATES,
    #: rule 6).
    look_first: bool


@dataclass(frozen=True, slots=True)
class LookAtPayment:
    """Was it refunded by hand, or disputed?"""

    studio_id: str
    payment_id: str
    payment_ref: str


Errand = OpenPage | LookAtPage | ClosePage | PayBack | LookAtPayment
Answer = Page | RefundAnswer | Charge
