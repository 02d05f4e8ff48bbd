"""What is said of money that could not go back."""

import pytest

from conversations.studio.problems import _why
from conversations.words import Words


@pytest.mark.rule("H9")
@pytest.mark.parametrize(
    ("error", "spoken"),
    [
        ("expired_or_canceled_card", "the card has expired or was cancelled"),
        ("charge_disputed", "the client's bank disputes the payment"),
        ("rate_of_the_moon", "Stripe calls the reason “rate_of_the_moon”"),
        ("failed", "Stripe gives no reason"),
        ("", "Stripe gives no reason"),
    ],
)
def test_the_reason_is_said_in_words_where_there_are_any(error: str, spoken: str):
    assert Words.load().phrase(_why(error), "en") == spoken
