"""The line of /paid: "Ana 80 cash 5 Oct": who stands before the amount; what is behind it is how and when (H5)."""

import re
from dataclasses import dataclass
from typing import Final

from conversations.studio.amounts import take_money
from conversations.studio.typed_money import Till
from conversations.typed_text import Slate
from conversations.typed_words import whole
from core.payments.payment import How
from core.values.money import Money

LONGEST: Final = 200  # characters of a line

_HOW: Final = (
    (How.TRANSFER, whole("(?:bank )?transfer|uberweisung|transferencia|venmo|zelle|paypal")),
    (How.CASH, whole("cash|bar|efectivo")),
    (How.CARD, whole("card|karte|tarjeta")),
    (How.OTHER, whole("other|check|cheque|scheck|otro")),
)
_CODE: Final = re.compile(r"^[^\W\d]+-\d+\b")  # of a booking, LP-4821, which is no amount
_TAKEN: Final = re.compile(r"\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPaid:
    """What was said; the words of the day are read by those who know the clock."""

    whom: str
    amount: Money | None = None
    how: How | None = None
    day: str = ""
    #: The amount has a minus before it.
    below_zero: bool = False


def read_paid_line(text: str, till: Till) -> TypedPaid:
    """Without an amount, all of it is a name."""
    slate = Slate(text[:LONGEST])
    code = slate.take(_CODE)
    amount = take_money(slate, till)
    if amount is None:
        return TypedPaid(whom=slate.shown.strip(" ,"))
    at = slate.left.index("\0", code.end() if code else 0)
    before = slate.shown[:at]
    slate.strike(0, at)
    how = next((one for one, pattern in _HOW if slate.take(pattern)), None)
    return TypedPaid(
        whom=before.strip(" ,-"),
        amount=amount,
        how=how,
        day=" ".join(slate.not_understood(_TAKEN)),
        below_zero=before.endswith("-"),
    )
