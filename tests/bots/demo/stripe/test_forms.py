"""Bracketed forms, as Stripe's library sends them and as anybody else may."""

import pytest

from bots.demo.stripe.forms import read_form
from bots.demo.stripe.refusals import StripeRefusal


def test_brackets_nest_and_numbers_make_arrays() -> None:
    pairs = [
        ("mode", "payment"),
        ("line_items[1][quantity]", "2"),
        ("line_items[0][price_data][currency]", "usd"),
        ("metadata[booking]", "LP4821"),
        ("expand[]", "a"),
        ("expand[]", "b"),
    ]

    assert read_form(pairs) == {
        "mode": "payment",
        "line_items": [{"price_data": {"currency": "usd"}}, {"quantity": "2"}],
        "metadata": {"booking": "LP4821"},
        "expand": ["a", "b"],
    }


@pytest.mark.parametrize(
    "names",
    [["a", "a"], ["a[b]", "a[b]"], ["a", "a[b]"], ["a[b]", "a"], ["a[b"], ["[a]"], [""], ["a]"], ["a[0]", "a[2]"]],
)
def test_a_name_that_cannot_be_read_is_refused(names: list[str]) -> None:
    with pytest.raises(StripeRefusal, match="cannot be read"):
        read_form((name, "1") for name in names)


def test_an_empty_form_has_no_parameters() -> None:
    assert read_form([]) == {}
