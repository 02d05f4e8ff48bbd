"""A contract as it is saved and filled (B5)."""

from typing import Any

import pytest

from core.paperwork.contract import (
    Consent,
    Contract,
    ContractEmpty,
    ContractTooLong,
    Field,
    FieldUnknown,
    TooManyPoints,
    check,
    filled,
)


def a_contract(text: str = "Between {studio} and {client_name}.", **facts: Any) -> Contract:
    known: dict[str, Any] = {"text": text, "title": "Session contract"}
    return Contract(id="c", studio_id="luna", **(known | facts))


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("field", "nearest"),
    [
        ("client_nme", "client_name"),
        ("Client Name", "client_name"),
        ("time", "spot_time"),
        ("fees", "fee"),
        ("q", "fee"),
    ],
)
@pytest.mark.parametrize("where", ["text", "summary"])
def test_an_unknown_field_is_refused_with_the_nearest_one(field: str, nearest: str, where: str):
    words = f"For {{{field}}}."
    contract = a_contract(words) if where == "text" else a_contract(summary=(words,))

    with pytest.raises(FieldUnknown) as refused:
        check(contract)

    assert refused.value.facts["field"] == field
    if field != "q":
        assert refused.value.facts["nearest"] == nearest


@pytest.mark.rule("B5")
def test_every_field_is_taken_and_other_braces_are_text():
    text = " ".join(f"{{{field}}}" for field in Field) + r" {} {1} { a b \{client_nme}"

    check(a_contract(text))


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"text": "  \n"}, ContractEmpty),
        ({"title": " "}, ContractEmpty),
        ({"text": "x" * 40_001}, ContractTooLong),
        ({"title": "x" * 81}, ContractTooLong),
        ({"summary": ("x" * 201,)}, ContractTooLong),
        ({"summary": ("point",) * 6}, TooManyPoints),
        ({"consents": tuple(Consent(id=f"{n}", question="May we?", label="May") for n in range(6))}, TooManyPoints),
    ],
)
def test_what_nobody_could_read_or_sign_is_refused(facts: dict[str, Any], refusal: type[Exception]):
    with pytest.raises(refusal):
        check(a_contract(**facts))


@pytest.mark.rule("I1")
def test_values_are_filled_in_once_and_are_never_fields_or_marks():
    values = {Field.CLIENT_NAME: "{fee} **Ana**\n# Torres", Field.FEE: "$150"}

    text = filled("{client_name} pays {fee}{place}. {{fee}} {unknown", values)

    assert text == r"{fee} \*\*Ana\*\* # Torres pays $150. {$150} {unknown"
