"""Stripe's currencies: what an amount counts, how small and how large it may be, and how the pay page writes it.

Our own table, because Stripe's exponents are not those of ISO 4217 (docs.stripe.com/currencies).
"""

from typing import Final

from bots.demo.stripe.refusals import bad_request

_CODES: Final = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf "
    "chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf "
    "idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop "
    "mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd "
    "scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof "
    "xpf yer zar zmw "
)
_WITHOUT_DECIMALS: Final = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"

CURRENCIES: Final = frozenset(_CODES.split())
ZERO_DECIMAL: Final = frozenset(_WITHOUT_DECIMALS.split())
THREE_DECIMAL: Final = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})
#: Without decimals in life, yet sent as if they had two, which are always 00.
HUNDREDFOLD: Final = frozenset({"isk", "ugx"})

#: In the minor unit (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). The others' minimum is the
#: equivalent of some other currency's, which takes rates: here they have none.
MINIMUMS: Final = {
    "usd": 50,
    "aed": 200,
    "aud": 50,
    "bgn": 100,
    "brl": 50,
    "cad": 50,
    "chf": 50,
    "czk": 1500,
    "dkk": 250,
    "eur": 50,
    "gbp": 30,
    "hkd": 400,
    "huf": 17500,
    "inr": 50,
    "jpy": 50,
    "mxn": 1000,
    "myr": 200,
    "nok": 300,
    "nzd": 50,
    "pln": 200,
    "ron": 200,
    "sek": 300,
    "sgd": 50,
    "thb": 1000,
}
MAXIMUM: Final = 99_999_999  # eight digits

_SYMBOLS: Final = {
    "usd": "$",
    "eur": "€",
    "gbp": "£",
    "jpy": "¥",
    "aud": "A$",
    "cad": "CA$",
    "nzd": "NZ$",
    "mxn": "MX$",
    "hkd": "HK$",
    "inr": "₹",
    "krw": "₩",
    "vnd": "₫",
    "brl": "R$",
    "ils": "₪",
    "php": "₱",
}


def check_currency(currency: str, param: str) -> None:
    """Raises StripeRefusal."""
    if currency not in CURRENCIES:
        listed = ", ".join(sorted(CURRENCIES))
        raise bad_request(
            f"Invalid currency: {currency}. Stripe currently supports these currencies: {listed}", param=param
        )


def check_unit_amount(amount: int, currency: str, param: str) -> None:
    """Raises StripeRefusal for what no line may cost."""
    if amount < 0:
        raise bad_request("Invalid non-negative integer", code="parameter_invalid_integer", param=param)
    if currency in HUNDREDFOLD and amount % 100:
        raise bad_request(f"Amounts in {currency} must be evenly divisible by 100", param=param)
    if currency in THREE_DECIMAL and amount % 10:
        raise bad_request(f"Amounts in {currency} must be rounded to the nearest ten", param=param)


def check_total(amount: int, currency: str) -> None:
    """Raises StripeRefusal for what no card can be charged."""
    least = MINIMUMS.get(currency, 1)
    if amount < least:
        raise bad_request(
            f"The Checkout Session's total amount due must add up to at least {money(least, currency)} {currency}",
            code="amount_too_small",
        )
    if amount > MAXIMUM:
        raise bad_request(
            f"The Checkout Session's total amount due must be no more than {money(MAXIMUM, currency)} {currency}",
            code="amount_too_large",
        )


def money(amount: int, currency: str) -> str:
    """An amount as the pay page writes it: `$1,045.00`, `¥500`, `CHF 45.00`."""
    digits = 0 if currency in ZERO_DECIMAL | HUNDREDFOLD else 3 if currency in THREE_DECIMAL else 2
    sent = 2 if currency in HUNDREDFOLD else digits
    whole, rest = divmod(amount, 10**sent)
    written = f"{whole:,}" + (f".{rest:0{digits}}" if digits else "")
    return f"{_SYMBOLS[currency]}{written}" if currency in _SYMBOLS else f"{currency.upper()} {written}"
