"""H1: whole minor units with a currency; and the two ways in which an amount is divided."""

from fractions import Fraction

import pytest
from babel.core import get_global
from babel.numbers import get_territory_currencies as currencies_of
from hypothesis import given
from hypothesis import strategies as st

from core.values.money import CURRENCIES, CurrencyMismatch, Money, UnknownCurrency, half_up, spread

currencies = st.sampled_from(sorted(CURRENCIES))
amounts = st.integers(min_value=0, max_value=10**12)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12)


@pytest.mark.rule("H1")
@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_every_currency_adds_subtracts_and_compares_in_its_own_units(currency: str) -> None:
    one, two = Money(1, currency), Money(2, currency)

    assert one + one == two
    assert two - one == one
    assert one * 2 == two
    assert one < two
    assert two >= one
    assert min(two, one) == one
    assert not Money.zero(currency)
    assert one.exponent in {0, 2, 3}


@pytest.mark.rule("H1")
@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("KRW", 0), ("ISK", 0), ("USD", 2), ("HUF", 2), ("KWD", 3), ("TND", 3)]
)
def test_a_currency_has_the_digits_of_iso_4217(currency: str, digits: int) -> None:
    assert Money.zero(currency).exponent == digits


@pytest.mark.rule("H1")
def test_the_money_of_every_country_is_known() -> None:
    in_use = {currency for territory in get_global("territory_currencies") for currency in currencies_of(territory)}

    assert len(in_use) > 150
    assert in_use - set(CURRENCIES) <= {"BGN"}  # the euro since 2026, which Unicode's tables learn later


@pytest.mark.parametrize("code", ["", "usd", "US", "XYZ", "HRK", "BGN", "XAU", "XXX"])
def test_an_unknown_currency_is_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(100, code)


@pytest.mark.rule("H1")
def test_two_currencies_never_mix() -> None:
    dollars, yen = Money(100, "USD"), Money(100, "JPY")

    for deed in (dollars.__add__, dollars.__sub__, dollars.__lt__, dollars.__le__):
        with pytest.raises(CurrencyMismatch):
            deed(yen)
    assert dollars != yen


@pytest.mark.parametrize(
    ("minor", "rate", "share"),
    [(100, 825, 8), (200, 825, 17), (1, 5000, 1), (3, 5000, 2), (0, 825, 0), (999, 10000, 999)],
)
def test_a_share_is_rounded_half_up(minor: int, rate: int, share: int) -> None:
    assert Money(minor, "USD").share(rate) == Money(share, "USD")


@given(numerator=st.integers(-(10**15), 10**15), denominator=st.integers(1, 10**6))
def test_half_up_is_the_nearest_whole_number_and_the_upper_of_two(numerator: int, denominator: int) -> None:
    error = half_up(numerator, denominator) - Fraction(numerator, denominator)

    assert -Fraction(1, 2) < error <= Fraction(1, 2)


@given(amount=amounts, rate=st.integers(0, 10_000), currency=currencies)
def test_a_share_and_its_rest_are_the_whole(amount: int, rate: int, currency: str) -> None:
    whole = Money(amount, currency)
    share = whole.share(rate)

    assert Money.zero(currency) <= share <= whole
    assert share + (whole - share) == whole


@given(total=amounts, weights=weights)
def test_the_parts_of_a_spread_sum_exactly_and_are_nearest_to_their_weights(total: int, weights: list[int]) -> None:
    if not any(weights):
        weights = [*weights, 1]
    parts = spread(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert part == 0 or weight > 0
        assert total > sum(weights) or part <= weight


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, (1, 1, 1), (34, 33, 33)),  # a tie goes to the earlier
        (2, (1, 1, 1), (1, 1, 0)),
        (10, (0, 3, 0, 7), (0, 3, 0, 7)),
        (1, (1, 2), (0, 1)),  # the larger remainder before the earlier part
        (5, (0, 1), (0, 5)),
        (0, (0, 0), (0, 0)),
        (0, (), ()),
    ],
)
def test_a_spread_goes_by_largest_remainder(total: int, weights: tuple[int, ...], parts: tuple[int, ...]) -> None:
    assert spread(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(1, ()), (1, (0, 0)), (-1, (1,)), (1, (2, -1))])
def test_a_spread_without_a_place_to_lie_is_a_bug(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot spread"):
        spread(total, weights)
