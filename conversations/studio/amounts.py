"""Amounts that a photographer types, in the studio's currency."""

import re
from decimal import Decimal
from typing import Final

from conversations.studio.turn import StudioTurn
from conversations.studio.typed_money import Foreign, Till, amount, bare, read_amount
from conversations.typed_text import Slate
from core.minis.mini import Share
from core.values.money import Money
from core.values.refusals import Refusal

_KEPT_SHARE: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,3})?%?")
_AMOUNT: Final = re.compile(rf"(?:{amount('a')}|{bare('a')})")


class AmountUnclear(Refusal):
    """An amount is a number in the studio's currency that can be read in one way. Facts: example."""


def till_of(turn: StudioTurn) -> Till:
    return Till(currency=turn.studio.currency, language=turn.language)


def take_money(slate: Slate, till: Till) -> Money | None:
    """The first amount of the slate; None where there is none that can be read in one way."""
    match = slate.take(_AMOUNT)
    money = read_amount(match, "a", slate, till) if match else None
    return None if isinstance(money, Foreign) else money


def read_money(turn: StudioTurn, text: str) -> Money:
    """An amount and nothing else. Raises AmountUnclear."""
    slate = Slate(text[:100])
    money = take_money(slate, till_of(turn))
    if money is None or slate.left.strip("\0 "):
        raise AmountUnclear(example=Money.whole(80, turn.studio.currency))
    return money


def kept_amount(money: Money) -> str:
    """As an answer keeps it, and as people write it, without its currency."""
    return str(Decimal(money.minor).scaleb(-money.exponent))


def kept_of(turn: StudioTurn, kept: str) -> Money:
    exponent = Money.zero(turn.studio.currency).exponent
    return Money(int(Decimal(kept).scaleb(exponent)), turn.studio.currency)


def kept_share(share: Share) -> str:
    """As an answer keeps it, and as people write it: "12.5%", or an amount without its currency."""
    return f"{(share.percent_hundredths or 0) / 100:g}%" if share.amount is None else kept_amount(share.amount)


def share_of(turn: StudioTurn, kept: str) -> Share | None:
    """The share that was kept; None where the text is none."""
    if not _KEPT_SHARE.fullmatch(kept):
        return None
    if kept.endswith("%"):
        return Share(percent_hundredths=int(Decimal(kept[:-1]).scaleb(2)))
    return Share(amount=kept_of(turn, kept))
