"""What is said of money that could not go back."""

import pytest

from conversations.studio.problems import _why
from core.payments.till import RefundFailure
from tests.conversations.languages import english


@pytest.mark.rule("H9")
@pytest.mark.parametrize(
    ("error", "spoken"),
    [
        (RefundFailure.OLD_CARD, "the card has expired or was cancelled"),
        (RefundFailure.DISPUTED, "the client's bank disputes the payment"),
        ("rate_of_the_moon", "Stripe calls the reason “rate_of_the_moon”"),
        (RefundFailure.UNKNOWN, "Stripe gives no reason"),
    ],
)
def test_the_reason_is_said_in_words_where_there_are_any(error: str, spoken: str):
    assert english().phrase(_why(error), "en") == spoken
