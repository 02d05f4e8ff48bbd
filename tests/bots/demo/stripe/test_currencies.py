"""Amounts: exponents, what is too little or too much, and how they are written."""

import pytest
from stripe import InvalidRequestError, StripeClient

from bots.demo.stripe.currencies import CURRENCIES, HUNDREDFOLD, MINIMUMS, THREE_DECIMAL, ZERO_DECIMAL, money
from tests.bots.demo.stripe.till import a_line, a_session


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (4500, "usd", "$45.00"),
        (104_500, "usd", "$1,045.00"),
        (5, "eur", "€0.05"),
        (500, "jpy", "¥500"),
        (450_000, "isk", "ISK 4,500"),
        (1_000_000, "ugx", "UGX 10,000"),
        (4500, "kwd", "KWD 4.500"),
        (4550, "chf", "CHF 45.50"),
    ],
)
def test_an_amount_is_written_as_its_currency_is(amount: int, currency: str, written: str) -> None:
    assert money(amount, currency) == written


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (50, "usd", None),
        (49, "usd", "amount_too_small"),
        (0, "usd", "amount_too_small"),
        (50, "eur", None),
        (49, "eur", "amount_too_small"),
        (30, "gbp", None),
        (29, "gbp", "amount_too_small"),
        (50, "jpy", None),
        (49, "jpy", "amount_too_small"),
        (17_499, "huf", "amount_too_small"),
        (99_999_999, "usd", None),
        (100_000_000, "usd", "amount_too_large"),
        (10, "kwd", None),
        (11, "kwd", "no code"),
        (100, "isk", None),
        (150, "isk", "no code"),
        (150, "ugx", "no code"),
        (4500, "xyz", "no code"),
    ],
)
async def test_a_total_is_within_what_stripe_takes(
    stripe: StripeClient, amount: int, currency: str, code: str | None
) -> None:
    params = a_session(a_line(amount=amount, currency=currency))
    if code is None:
        assert (await stripe.v1.checkout.sessions.create_async(params=params)).amount_total == amount
        return
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.checkout.sessions.create_async(params=params)

    assert (refused.value.code or "no code") == code


async def test_the_least_is_of_the_whole_session(stripe: StripeClient) -> None:
    lines = [a_line(amount=25), a_line(amount=25)]

    assert (await stripe.v1.checkout.sessions.create_async(params=a_session(*lines))).amount_total == 50


def test_the_tables_speak_of_the_same_currencies() -> None:
    assert ZERO_DECIMAL | THREE_DECIMAL | HUNDREDFOLD | MINIMUMS.keys() < CURRENCIES
    assert not ZERO_DECIMAL & THREE_DECIMAL
    assert not HUNDREDFOLD & (ZERO_DECIMAL | THREE_DECIMAL)
