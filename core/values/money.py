"""Money in whole minor units of a currency; floating point never touches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

# ISO 4217, list one (active codes, 2026), by digits after the point. Left out is what nobody pays a photographer
# with: funds and units of account (BOV, CHE, CLF, COU, MXV, USN, UYI, UYW, XAD, XDR, XSU, XUA), metals and test codes.
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_TWO_DIGITS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
    NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
    TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"

#: Every currency that a studio may use, with its digits after the point: 2 means that 100 minor units make one.
CURRENCIES: Mapping[str, int] = MappingProxyType(
    {
        code: digits
        for digits, codes in ((0, _NO_DIGITS), (2, _TWO_DIGITS), (3, _THREE_DIGITS))
        for code in codes.split()
    }
)

#: A whole in hundredths of a percent, the unit of every rate: 825 is 8.25 %.
WHOLE = 10_000


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies met: a bug, never a person's mistake."""


class UnknownCurrency(ValueError):
    """An amount named a currency that is not in `CURRENCIES`: a bug; a person's choice is checked before."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen, fils) of an ISO 4217 currency in upper case. Raises UnknownCurrency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise UnknownCurrency(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def whole(cls, units: int, currency: str) -> Self:
        """So many whole units, as in an example: 30 is $30.00, or ¥30."""
        return cls(units * 10 ** CURRENCIES[currency], currency)

    @property
    def exponent(self) -> int:
        """Digits after the point when the amount is written."""
        return CURRENCIES[self.currency]

    def share(self, hundredths_of_percent: int) -> "Money":
        """That share of the amount, rounded half up: 825 of $1.00 is 8 cents, of $2.00 is 17."""
        return Money(half_up(self.minor * hundredths_of_percent, WHOLE), self.currency)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor

    def __add__(self, other: Self) -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    # Python reads a > b as b < a, so these two are the whole order.
    def __lt__(self, other: Self) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0


def half_up(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves upwards (towards plus infinity). The denominator is positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The total in whole parts as near to the weights as can be (largest remainder); the parts sum to it exactly.

    Ties go to the earlier part, a weight of zero gets nothing, and no part exceeds its weight while the total does not
    exceed their sum. Nothing is negative; a total with no weight to lie on is a ValueError.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights) or (total and not whole):
        raise ValueError(f"cannot spread {total} over {list(weights)}")
    if not total:
        return (0,) * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(total * weights[index] % whole))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
