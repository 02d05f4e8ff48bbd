import pytest

from bots.stripe.amounts import EXPONENTS, from_stripe, to_stripe
from core.payments.till import TillRefused
from core.values.money import CURRENCIES, Money

PAYABLE = 1_234_500  # minor units that every currency of Stripe's can ask for


@pytest.mark.rule("H1")
@pytest.mark.parametrize("currency", CURRENCIES)
def test_an_amount_comes_back_as_it_went_or_its_currency_is_refused(currency: str):
    money = Money(PAYABLE, currency)

    if currency in EXPONENTS:
        assert from_stripe(to_stripe(money), currency.lower()) == money
    else:
        with pytest.raises(TillRefused) as refused:
            to_stripe(money)
        assert refused.value.code == "currency_not_supported"


def test_every_currency_of_stripes_is_one_of_ours():
    assert set(EXPONENTS) <= set(CURRENCIES)


@pytest.mark.rule("H1")
@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [
        (1234, "USD", 1234),
        (500, "JPY", 500),
        (500, "ISK", 50000),  # no digits in life, two zeros at Stripe
        (500, "UGX", 50000),
        (1234, "HUF", 1234),
        (1234, "TWD", 1234),
        (50000, "MGA", 500),  # two digits in ISO 4217, none at Stripe
        (5120, "KWD", 5120),
    ],
)
def test_an_amount_is_as_stripe_counts(minor: int, currency: str, amount: int):
    assert to_stripe(Money(minor, currency)) == amount
    assert from_stripe(amount, currency.lower()) == Money(minor, currency)


@pytest.mark.parametrize(("minor", "currency"), [(5124, "KWD"), (50050, "MGA")])
def test_an_amount_that_stripe_cannot_take_is_refused(minor: int, currency: str):
    with pytest.raises(TillRefused) as refused:
        to_stripe(Money(minor, currency))

    assert refused.value.code == "amount_not_payable"


@pytest.mark.parametrize(("amount", "currency"), [(50050, "isk"), (100, "btc"), (100, "cuc")])
def test_an_answer_that_means_no_amount_of_ours_is_refused(amount: int, currency: str):
    with pytest.raises(TillRefused):
        from_stripe(amount, currency)
