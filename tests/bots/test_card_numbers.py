"""Card numbers are masked, and other long numbers are left alone."""

import random

import pytest

from bots.card_numbers import masked


def a_number(begins: str, length: int) -> str:
    """Of that length, with the right check digit."""
    body = begins.ljust(length - 1, "0")
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    return body + str(-(sum(doubled) + sum(map(int, body[-2::-2]))) % 10)


# What the schemes and payment services give out for trying.
@pytest.mark.parametrize(
    "number",
    [
        *("4242424242424242", "4222222222222", "4988438843884305", "4035501000000008"),  # Visa
        *("5555555555554444", "2223003122003222", "5105105105105100"),  # Mastercard
        *("378282246310005", "341134113411347"),  # American Express
        *("6011111111111117", "6445644564456445"),  # Discover
        *("3566002020360505", "3530111333300000"),  # JCB
        *("36227206271667", "38520000023237", "30569309025904", "3056930009020004"),  # Diners Club
        *("6200000000000005", "6205500000000000004"),  # UnionPay
        *("6759649826438453", "5000550000000029"),  # Maestro
    ],
)
def test_a_card_of_every_scheme_is_masked(number: str) -> None:
    assert masked(f"it is {number}.") == f"it is •••• {number[-4:]}."


@pytest.mark.parametrize(
    ("issued", "others", "length"),
    [
        (("2221", "2720"), ("2220", "2721"), 16),
        (("51", "55"), ("59",), 16),
        (("6440", "6599"), ("6439", "6600"), 16),
        (("3528", "3589"), ("3527", "3590"), 16),
        (("300", "305"), ("306", "37"), 14),
        (("8100", "8171"), ("8099", "8172"), 16),
    ],
)
def test_a_schemes_range_ends_where_it_ends(issued: tuple[str, ...], others: tuple[str, ...], length: int) -> None:
    for begins in issued:
        assert masked(a_number(begins, length)).startswith("••••")
    for begins in others:
        assert masked(a_number(begins, length)) == a_number(begins, length)


@pytest.mark.parametrize(
    ("begins", "lengths"), [("4", {13, 16, 19}), ("55", {16}), ("37", {15}), ("36", {*range(14, 20)})]
)
def test_a_number_is_as_long_as_its_schemes_cards(begins: str, lengths: set[int]) -> None:
    kept = {length for length in range(12, 21) if masked(a_number(begins, length)) == a_number(begins, length)}

    assert kept == {*range(12, 21)} - lengths


def test_few_numbers_that_are_no_cards_look_like_one() -> None:
    """With the check digit alone one in ten would, however it begins."""
    chance = random.Random(1)
    numbers = [str(chance.randrange(10 ** (length - 1), 10**length)) for length in range(13, 20) for _ in range(1000)]

    assert sum(masked(number) != number for number in numbers) < len(numbers) / 40


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("4242424242424242", "•••• 4242"),
        ("my card: 4242 4242 4242 4242, ok?", "my card: •••• 4242, ok?"),
        ("5555-5555-5555-4444", "•••• 4444"),
        ("3782 822463 10005 12/30", "•••• 0005 12/30"),
        ("4242 4242 4242 4242 123", "•••• 4242 123"),
        ("12 4242 4242 4242 4242", "12 •••• 4242"),
        ("4242424242424242 5555555555554444", "•••• 4242 •••• 4444"),
        ("6304000000000000000", "•••• 0000"),
        ("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "•••• 4242"),
        ("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "•••• ٤٢٤٢"),
    ],
)
def test_a_payment_cards_number_is_masked(typed: str, stored: str) -> None:
    assert masked(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "4242 4242 4242 4243",  # one digit wrong
        "424242424246",  # twelve digits
        "42424242424242424242",  # twenty
        "1234567890123452",  # the right sum, but no card begins so
        "490154203237518",  # a telephone's own number (IMEI): no Visa card has fifteen digits
        "6688441234567891",  # the right sum, but no scheme has the range
        "+3312345678904",  # a phone, though the sum is right
        "+35 312 3456 78906",
        "0044 20 7946 0018",
        "10:15, 10:40, 11:05",
        "$150.00 on 2026-11-28",
    ],
)
def test_other_numbers_stay_as_they_are(typed: str) -> None:
    assert masked(typed) == typed


def test_masking_takes_no_longer_for_a_text_of_digits_alone() -> None:
    assert masked("1 " * 2048) == "1 " * 2048
    assert "4242424242424242" not in masked("4242424242424242 " * 240)
