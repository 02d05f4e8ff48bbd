"""Amounts as people type them: "$180", "180 €", "1.500,00 EUR"; a sign of another currency is asked about."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from conversations.typed_numbers import NotANumber, read_number
from conversations.typed_text import Slate
from core.values.money import CURRENCIES, Money

#: What a sign may stand for; an amount with it is the studio's only if the studio's currency is among them.
_SIGNS: Final = {
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU DOP JMD TTD BBD BSD BZD BMD KYD FJD GYD LRD NAD SRD XCD BND",
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "mx$": "MXN",
    "r$": "BRL",
    "s/": "PEN",
    "€": "EUR",
    "£": "GBP EGP LBP SYP SHP FKP GIP",
    "¥": "JPY CNY",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₩": "KRW KPW",
    "₱": "PHP",
    "₫": "VND",
    "₦": "NGN",
    "zł": "PLN",
    "kc": "CZK",
    "kr": "SEK NOK DKK ISK",
    "fr.": "CHF",
    "dollars": "$",
    "dollar": "$",
    "dolares": "$",
    "bucks": "$",
    "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP",
    "quid": "GBP",
    "pesos": "MXN ARS CLP COP UYU DOP CUP PHP",
    "franken": "CHF",
}
_NUMBER: Final = r"\d[\d.,']*\d|\d"
_DECIMALS: Final = re.compile(r"\d+[.,]\d{1,2}")
_LONGEST: Final = 12  # characters of a number


@dataclass(frozen=True, slots=True)
class Foreign:
    """An amount whose sign is not the studio's currency, as typed: asked about, never converted or guessed."""

    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """In which currency a studio is paid, and how the person who types writes numbers."""

    #: ISO 4217, upper case.
    currency: str
    #: BCP 47.
    language: str


def amount(name: str) -> str:
    """A fragment that is a number with a sign before or behind it, or between both; its groups begin with the name."""
    signs = _signs()
    before = rf"(?P<{name}_sign>{signs}) ?(?P<{name}_number>{_NUMBER})(?: ?(?P<{name}_more>{signs})(?![a-z]))?"
    behind = rf"(?P<{name}_only>{_NUMBER}) ?(?P<{name}_behind>{signs})(?![a-z])"
    return rf"(?<![\w.,:/]){before}(?![\w%]|[.,]\d)|(?<![\w.,:/]){behind}"


def bare(name: str) -> str:
    """A fragment that is a number alone, where a word beside it says that it is money."""
    return rf"(?<![\w.,:/])(?P<{name}_bare>{_NUMBER})(?![\w:/%]|[.,]\d)"


def read_money(text: str, till: Till) -> Money | Foreign | None:
    """An answer that is an amount and nothing else, with or without a sign; None where it is none, or is unclear."""
    slate = Slate(text)
    match = re.fullmatch(f"{amount('r')}|{bare('r')}", slate.left)
    return read_amount(match, "r", slate, till) if match else None


def read_amount(match: re.Match[str], name: str, slate: Slate, till: Till) -> Money | Foreign | None:
    """The amount of a piece; None where its number can be read in two ways, or has more digits than the currency."""
    said = match.groupdict()
    parts = {key: said.get(f"{name}_{key}") for key in ("sign", "number", "more", "only", "behind", "bare")}
    typed = slate.taken_as_typed(match)
    for key in ("sign", "more", "behind"):
        if parts[key] and not _is_ours(_as_typed(match, f"{name}_{key}", slate), till.currency):
            return Foreign(typed)
    number = parts["number"] or parts["only"] or parts["bare"]
    minor = _minor(number, till) if number else None
    return None if minor is None else Money(minor, till.currency)


def is_code_of_words(match: re.Match[str], name: str, slate: Slate) -> bool:
    """Whether a sign is a currency's code written small: "10 top prints" has no Tongan paanga in it."""
    signs = [_as_typed(match, f"{name}_{key}", slate) for key in ("sign", "more", "behind")]
    return any(sign.upper() in CURRENCIES and not sign.isupper() for sign in signs if sign)


def _as_typed(match: re.Match[str], group: str, slate: Slate) -> str:
    start, end = match.span(group) if match.groupdict().get(group) else (0, 0)
    return slate.shown[start:end]


def _is_ours(sign: str, currency: str) -> bool:
    meant = _SIGNS.get(sign.casefold(), sign.upper())
    return currency in _SIGNS.get(meant, meant).split()


def _minor(number: str, till: Till) -> int | None:
    """Minor units. One or two digits behind a point or a comma are decimals to all; the rest is the language's."""
    exponent = CURRENCIES[till.currency]
    if len(number) > _LONGEST or (exponent > 2 and re.search(r"[.,]\d{3}$", number)):
        return None
    try:
        plain = number.replace(",", ".") if _DECIMALS.fullmatch(number) else read_number(number, till.language)
    except NotANumber:
        return None
    scaled = Decimal(plain).scaleb(exponent)
    return int(scaled) if scaled == int(scaled) else None


@cache
def _signs() -> str:
    words = [sign for sign in _SIGNS if sign[-1].isalpha()]
    marks = [sign for sign in _SIGNS if not sign[-1].isalpha()]
    codes = [code.casefold() for code in CURRENCIES]
    longest = sorted([*words, *marks, *codes], key=lambda one: (-len(one), one))
    return "(?:" + "|".join(re.escape(one) for one in longest) + ")"
