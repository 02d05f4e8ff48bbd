"""What can be charged online: the least amount of each currency, and the step in which amounts go."""

from collections.abc import Mapping
from types import MappingProxyType

from core.values.money import Money

#: Minor units. Stripe's own list by settlement currency (docs.stripe.com/currencies, "Minimum and maximum charge
#: amounts"); of a currency that is not in it Stripe asks for the worth of its settlement currency's least, which only
#: Stripe can tell.
_LEAST: Mapping[str, int] = MappingProxyType(
    {
        "AED": 200,
        "AUD": 50,
        "BRL": 50,
        "CAD": 50,
        "CHF": 50,
        "CZK": 1500,
        "DKK": 250,
        "EUR": 50,
        "GBP": 30,
        "HKD": 400,
        "HUF": 17500,
        "INR": 50,
        "JPY": 50,
        "MXN": 1000,
        "MYR": 200,
        "NOK": 300,
        "NZD": 50,
        "PLN": 200,
        "RON": 200,
        "SEK": 300,
        "SGD": 50,
        "THB": 1000,
        "USD": 50,
    }
)


#: Of a currency with three digits after the point, cards are charged amounts that end in 0 (docs.stripe.com/currencies,
#: "Three-decimal currencies").
_STEP_OF_THREE_DIGITS = 10


#: Minor units, whatever the currency: eight digits (docs.stripe.com/currencies, "Minimum and maximum charge amounts").
_MOST = 99_999_999


def least_online(currency: str) -> Money:
    """The least that can be paid online in the currency; zero where nobody says."""
    return Money(_LEAST.get(currency, 0), currency)


def most_of_one(currency: str) -> Money:
    """The most that one thing may cost: what can be charged at once."""
    return Money(_MOST, currency)


def chargeable(amount: Money) -> Money:
    """The largest part of the amount that can be charged online; in almost every currency, all of it."""
    step = _STEP_OF_THREE_DIGITS if amount.exponent == 3 else 1
    return Money(amount.minor - amount.minor % step, amount.currency)
