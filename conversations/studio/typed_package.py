"""The grammars of /package and /addon, and the package in a line of /newmini: "$180, retainer $60" (B3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from conversations.studio.typed_lengths import LENGTH, length_of
from conversations.studio.typed_money import Foreign, Till, amount, bare, is_code_of_words, read_amount, read_money
from conversations.typed_text import Slate
from conversations.typed_words import whole
from core.minis.mini import PaidBy, Share
from core.values.money import WHOLE, Money

LONGEST: Final = 300  # characters of a line
MOST_OF_ONE: Final = 100

_RETAINER: Final = "retainer|deposit|booking fee|anzahlung|reservierungsgeb(?:u|ue)hr|anticipo|deposito|senal|adelanto"
_FEE: Final = "session fee|fee|price|preis|honorar|precio|tarifa"
_FREE: Final = "free(?: of charge)?|gratis|kostenlos|umsonst|gratuit[oa]"
_FULL: Final = (
    "paid in full|pay in full|full payment|full fee|in full|voller betrag|vollzahlung|alles vorab|"
    "pago completo|pago total"
)
#: Behind an amount, or between commas; elsewhere a bar is a place, and so is what is outside of something.
_ALONE: Final = r"(?:(?<=\0 )|(?<=, ))(?:outside|bar)(?= ?(?:[,;\0]|$))"
_OUTSIDE: Final = (
    rf"(?:pay|paid|payment) outside|{_ALONE}|cash|pay in person|pay on the day|barzahlung|vor ort|"
    "(?:en )?efectivo|por fuera|en persona"
)
_PICTURES: Final = (
    "photos?|photographs?|images?|pictures?|pics|digitals|files|prints?|edits?|fotos?|bilder|bild|"
    "abz(?:u|ue)ge|dateien|imagenes|imagen|archivos"
)
_PERCENT: Final = (
    r"(?<![\w.,])(?P<r_percent>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|percent(?!\w)|prozent(?!\w)|por ?ciento(?!\w))"
)


class Gap(StrEnum):
    """What a package still lacks, or what is to be asked about it."""

    TITLE = "title"
    FEE = "fee"
    #: A sign that is not the studio's currency.
    CURRENCY = "currency"
    #: An amount that can be read in two ways, or has more digits than the currency.
    AMOUNT = "amount"
    #: Two ways to pay, which exclude each other.
    PAID_BY = "paid_by"
    #: It must be more than nothing and less than the fee.
    RETAINER = "retainer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPackage:
    """A draft of a package."""

    title: str = ""
    fee: Money | None = None
    #: None where it was not said.
    paid_by: PaidBy | None = None
    retainer: Share | None = None
    length: timedelta | None = None
    #: "10 edited photos", as typed.
    includes: str = ""
    asks: frozenset[Gap] = frozenset()
    #: Amounts that are asked about, as typed.
    unclear: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAddOn:
    """A draft of an add-on."""

    title: str
    price: Money | None = None
    most: int | None = None
    asks: frozenset[Gap] = frozenset()
    unclear: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()


def read_package_line(text: str, till: Till) -> TypedPackage:
    """ "Mini $150 20min 10 photos retainer $50": the title stands before everything else."""
    if len(text) > LONGEST:
        return TypedPackage(asks=frozenset({Gap.TITLE, Gap.FEE}), not_understood=(text,))
    slate = Slate(text)
    found = with_fee_asked(take_package(slate, till))
    length = slate.take(_LENGTH)
    title = _take_title(slate)
    return replace(
        found,
        title=title,
        length=length_of(length["length"]) if length else None,
        asks=found.asks if title else found.asks | {Gap.TITLE},
        not_understood=slate.not_understood(_FILLER),
    )


def read_add_on_line(text: str, till: Till) -> TypedAddOn:
    """ "Extra print $25", "Framed print $60 max 3"."""
    if len(text) > LONGEST:
        return TypedAddOn(title="", asks=frozenset({Gap.TITLE, Gap.FEE}), not_understood=(text,))
    slate = Slate(text)
    price = _Amounts(slate, till).take(_FEES)
    most = slate.take(_MOST)
    title = _take_title(slate)
    asks = set(price.asks)
    if not title:
        asks.add(Gap.TITLE)
    if price.money is None and not asks & {Gap.CURRENCY, Gap.AMOUNT}:
        asks.add(Gap.FEE)
    return TypedAddOn(
        title=title,
        price=price.money,
        most=int(most[1]) if most else None,
        asks=frozenset(asks),
        unclear=price.unclear,
        not_understood=slate.not_understood(_FILLER),
    )


def read_retainer(text: str, till: Till) -> Share | Foreign | None:
    """An answer that is an amount or a percentage and nothing else; None where it is none, or is unclear."""
    if match := re.fullmatch(_PERCENT, Slate(text).left):
        return Share(percent_hundredths=_hundredths(match["r_percent"]))
    money = read_money(text, till)
    return Share(amount=money) if isinstance(money, Money) else money


def take_package(slate: Slate, till: Till) -> TypedPackage:
    """Take what a slate says of a package but its title and its length."""
    includes = " + ".join(_take_includes(slate))
    amounts = _Amounts(slate, till)
    retainer = amounts.take(_RETAINERS)
    fee = amounts.take(_FEES)
    ways = [way for way, pattern in _WAYS if slate.take(pattern)]
    asks = {*retainer.asks, *fee.asks}
    paid_by, share = _how(fee.money, retainer.share, ways, asks)
    return TypedPackage(
        fee=fee.money or (Money.zero(till.currency) if paid_by is PaidBy.FREE else None),
        paid_by=paid_by,
        retainer=share,
        includes=includes,
        asks=frozenset(asks),
        unclear=(*retainer.unclear, *fee.unclear),
    )


def _how(
    fee: Money | None, retainer: Share | None, ways: list[PaidBy], asks: set[Gap]
) -> tuple[PaidBy | None, Share | None]:
    """How it is paid; what contradicts itself is asked about."""
    said = {*ways, *({PaidBy.RETAINER} if retainer else set[PaidBy]())}
    if fee is not None and not fee and PaidBy.RETAINER not in said:
        said = said or {PaidBy.FREE}
    if len(said) > 1 or (PaidBy.FREE in said and fee):
        asks.add(Gap.PAID_BY)
        return None, retainer
    if retainer and not _is_less(retainer, fee):
        asks.add(Gap.RETAINER)
    return next(iter(said), None), retainer


def _is_less(retainer: Share, fee: Money | None) -> bool:
    if retainer.percent_hundredths is not None:
        return 0 < retainer.percent_hundredths < WHOLE
    amount_now = retainer.amount
    return bool(amount_now) and (fee is None or amount_now < fee)


def with_fee_asked(package: TypedPackage) -> TypedPackage:
    """The draft, whose fee is asked about if it was not said, nor is asked about already."""
    if package.fee is not None or package.asks & {Gap.CURRENCY, Gap.AMOUNT}:
        return package
    return replace(package, asks=package.asks | {Gap.FEE})


# -- pieces --

_LENGTH: Final = re.compile(rf"(?<![\w:./-])(?P<length>{LENGTH})(?!\w)")
_FILLER: Final = whole("of|for|and|with|fur|und|mit|por|con|y|de|plus|each|je")
_MOST: Final = whole(r"(?:max(?:imum)?\.?|up to|at most|bis zu|hochstens|hasta|maximo|max\.) ?(\d{1,2})")
_WAYS: Final = (
    (PaidBy.FREE, whole(_FREE)),
    (PaidBy.FULL, whole(_FULL)),
    (PaidBy.OUTSIDE, whole(_OUTSIDE)),
)
_EDITED: Final = r"(?: [a-z]*(?:edited|retouched|bearbeitet\w*|editad\w+|digitale?s?))?"
_SOME: Final = rf"(?:\d{{1,4}}|all|alle)(?: (?!(?:{_RETAINER})\b)[a-z-]+){{0,2}}? (?:{_PICTURES}){_EDITED}"
_INCLUDES: Final = re.compile(rf"(?<![\w.,$€£])(?:{_SOME})(?:(?: ?[+&] ?|,? (?:and|und|y) ){_SOME})*(?!\w)")
_RETAINERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:{_RETAINER})(?: of| von| de)?[:=]? ?(?:{_PERCENT}|{amount('r')}|{bare('r')})",
        rf"(?:{_PERCENT}|{amount('r')}) ?(?:as |de |als )?(?:{_RETAINER})(?!\w)",
    )
)
_FEES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:{_FEE})(?: of| von| de)?[:=]? ?(?:{amount('r')}|{bare('r')})",
        rf"(?:{amount('r')})(?: ?(?:{_FEE})(?!\w))?",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    money: Money | None = None
    share: Share | None = None
    asks: tuple[Gap, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Takes amounts off a slate, in a studio's currency."""

    slate: Slate
    till: Till

    def take(self, patterns: tuple[re.Pattern[str], ...]) -> _Found:
        """The first piece of the patterns as money or a share; or why it must be asked about."""
        for pattern in patterns:
            for match in pattern.finditer(self.slate.left):
                if is_code_of_words(match, "r", self.slate):
                    continue
                self.slate.strike(*match.span())
                return self._found(match)
        return _Found()

    def _found(self, match: re.Match[str]) -> _Found:
        typed = self.slate.taken_as_typed(match)
        if percent := match.groupdict().get("r_percent"):
            return _Found(share=Share(percent_hundredths=_hundredths(percent)))
        money = read_amount(match, "r", self.slate, self.till)
        if isinstance(money, Foreign):
            return _Found(asks=(Gap.CURRENCY,), unclear=(typed,))
        if money is None:
            return _Found(asks=(Gap.AMOUNT,), unclear=(typed,))
        return _Found(money=money, share=Share(amount=money))


def _hundredths(percent: str) -> int:
    whole_percent, _, part = percent.replace(",", ".").partition(".")
    return int(whole_percent) * 100 + int(part.ljust(2, "0"))


def _take_includes(slate: Slate) -> Iterator[str]:
    while match := slate.take(_INCLUDES):
        yield slate.taken_as_typed(match)


def _take_title(slate: Slate) -> str:
    """What stands before the first piece that was understood."""
    match = re.match(r"[\s,;:]*([^\0]*)", slate.left)
    if match is None:
        return ""
    start, end = match.span(1)
    title = slate.shown[start:end].rstrip(" ,;:-.")
    slate.strike(start, end)
    return title.strip('"“”')
