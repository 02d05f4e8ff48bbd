"""What a parameter may be, and in which words it is refused."""

from typing import Any

import pytest

from bots.demo.stripe.fields import METADATA, RANGE, Params, array, checked, choice, flag, group, integer, text
from bots.demo.stripe.refusals import StripeRefusal

FIELDS = {
    "name": text(5),
    "mode": choice("payment", "setup"),
    "count": integer(),
    "on": flag(),
    "inner": group(needed=text(required=True), may_be_unset=True),
    "list": array(integer()),
    "metadata": METADATA,
    "created": RANGE,
}


def test_what_is_right_comes_out_in_its_type() -> None:
    values = checked(
        FIELDS,
        {
            "name": "Maya",
            "mode": "payment",
            "count": "-3",
            "on": "true",
            "inner": {"needed": "x"},
            "list": ["1", "2"],
            "metadata": {"a": "b", "gone": ""},
            "created": {"gte": "5"},
        },
    )

    assert values == {
        "name": "Maya",
        "mode": "payment",
        "count": -3,
        "on": True,
        "inner": {"needed": "x"},
        "list": [1, 2],
        "metadata": {"a": "b"},
        "created": {"gte": 5},
    }
    params = Params(values)
    assert (params.string("none"), params.integer("none"), params.flag("none"), params.strings("none")) == (
        "",
        0,
        False,
        [],
    )


@pytest.mark.parametrize(
    ("given", "code", "param"),
    [
        ({"colour": "red"}, "parameter_unknown", "colour"),
        ({"inner": {"needed": "x", "colour": "red"}}, "parameter_unknown", "inner[colour]"),
        ({"inner": {}}, "parameter_missing", "inner[needed]"),
        ({"inner": "x"}, "", "inner"),
        ({"name": "Maya Chen"}, "", "name"),
        ({"name": ""}, "parameter_invalid_empty", "name"),
        ({"name": ["x"]}, "", "name"),
        ({"mode": "pay"}, "", "mode"),
        ({"count": "many"}, "parameter_invalid_integer", "count"),
        ({"count": "1.5"}, "parameter_invalid_integer", "count"),
        ({"count": ""}, "parameter_invalid_empty", "count"),
        ({"on": "yes"}, "", "on"),
        ({"list": "1"}, "", "list"),
        ({"list": ["x"]}, "parameter_invalid_integer", "list[0]"),
        ({"metadata": "x"}, "", "metadata"),
        ({"metadata": {"a": {"b": "c"}}}, "", "metadata[a]"),
        ({"metadata": {"a": "x" * 501}}, "", "metadata[a]"),
        ({"metadata": {"a" * 41: "x"}}, "", "metadata"),
        ({"metadata": {f"k{n}": "x" for n in range(51)}}, "", "metadata"),
        ({"created": "now"}, "parameter_invalid_integer", "created"),
        ({"created": {"after": "1"}}, "parameter_unknown", "created[after]"),
    ],
)
def test_what_is_wrong_is_refused_by_name(given: Any, code: str, param: str) -> None:
    with pytest.raises(StripeRefusal) as refused:
        checked(FIELDS, given)

    assert (refused.value.status, refused.value.code, refused.value.param) == (400, code, param)


def test_an_object_may_be_unset_where_stripe_lets_it() -> None:
    assert checked(FIELDS, {"inner": ""}) == {"inner": ""}


def test_metadata_may_be_numbered_and_may_be_empty() -> None:
    assert checked(FIELDS, {"metadata": ["a", "b"]}) == {"metadata": {"0": "a", "1": "b"}}
    assert checked(FIELDS, {"metadata": ""}) == {"metadata": {}}


def test_the_words_name_the_choices() -> None:
    with pytest.raises(StripeRefusal, match="Invalid mode: must be one of payment, or setup"):
        checked(FIELDS, {"mode": "x"})
