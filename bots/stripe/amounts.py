"""Amounts as Stripe counts them, which for some currencies is neither ISO 4217 nor what people write.

The tables are docs.stripe.com/currencies of 2026; each of its exceptions stands here with the reason that it gives.
"""

from types import MappingProxyType
from typing import Final

from core.payments.till import TillRefused
from core.values.money import CURRENCIES, Money

# Presentment currencies of cards. STD, which it still lists, is no currency any more (STN is not listed).
_TAKEN: Final = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
    CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY
    KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TND
    TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
"""
_WITHOUT_DECIMALS: Final = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
#: "The least-significant (last) digit" must be 0.
_WITH_THREE: Final = "BHD JOD KWD OMR TND"

#: Digits after the point in Stripe's amounts. ISK and UGX have none in life, and two of zeros here: "to maintain
#: backwards compatibility".
EXPONENTS: Final = MappingProxyType(
    {code: 0 if code in _WITHOUT_DECIMALS else 3 if code in _WITH_THREE else 2 for code in _TAKEN.split()}
)


def to_stripe(money: Money) -> int:
    """The amount as Stripe wants it. Raises TillRefused where Stripe cannot take just this much of that currency."""
    if money.currency not in EXPONENTS:
        raise TillRefused("currency_not_supported", f"Stripe takes no {money.currency}")
    amount, rest = divmod(money.minor * 10 ** EXPONENTS[money.currency], 10**money.exponent)
    if rest or amount % _step(money.currency):
        raise TillRefused("amount_not_payable", f"Stripe takes no {money.minor} minor units of {money.currency}")
    return amount


def from_stripe(amount: int, currency: str) -> Money:
    """What Stripe's amount is in ours; `currency` as Stripe writes it. Raises TillRefused where we cannot tell."""
    code = currency.upper()
    if code not in EXPONENTS or code not in CURRENCIES:
        raise TillRefused("currency_not_supported", f"Stripe answered in {code}")
    minor, rest = divmod(amount * 10 ** CURRENCIES[code], 10 ** EXPONENTS[code])
    if rest:
        raise TillRefused("amount_not_payable", f"Stripe answered with {amount} of {code}")
    return Money(minor, code)


def _step(currency: str) -> int:
    """Every amount of the currency is a multiple of it."""
    if EXPONENTS[currency] == 3:
        return 10
    return 100 if CURRENCIES[currency] == 0 and EXPONENTS[currency] == 2 else 1
