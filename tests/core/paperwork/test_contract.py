"""A contract as it is saved and filled (B5)."""

from typing import Any

import pytest

from core.paperwork.contract import (
    Consent,
    ConsentUnfit,
    Contract,
    ContractEmpty,
    ContractTooLong,
    TooManyPoints,
    check,
    tidied,
)
from core.paperwork.fields import Field, FieldUnknown, filled
from core.paperwork.markup import blocks_of
from core.values.refusals import Refusal


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
        ("client-name", "client_name"),
        (" client_name ", "client_name"),
        ("client.name", "client_name"),
        ("CLIENT_NAME", "client_name"),
        ("fee\\", "fee"),
        ("1st_name", None),
        ("naïve", None),
        ("", None),
        ("q", None),
    ],
)
@pytest.mark.parametrize("where", ["text", "summary"])
def test_an_unknown_field_is_refused_with_the_nearest_one(field: str, nearest: str | None, where: str):
    words = f"For {{{field}}}."
    contract = a_contract(words) if where == "text" else a_contract(summary=(words,))

    with pytest.raises(FieldUnknown) as refused:
        check(contract)

    assert refused.value.facts["field"] == field
    assert refused.value.facts["nearest"] in ({nearest} if nearest else set(Field))


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("text", "at", "nearest"),
    [
        ("For {client_name on a day.", "{client_name", "client_name"),
        ("For client_name} on a day.", "client_name}", "client_name"),
        ("{{fee}}", "{", None),
        ("{fee\n}", "{fee", "fee"),
        ("a { b", "{", None),
        ("}", "}", None),
        (r"\\{fee", "{fee", "fee"),
    ],
)
def test_a_brace_without_its_other_is_refused_with_the_nearest_field(text: str, at: str, nearest: str | None):
    with pytest.raises(FieldUnknown) as refused:
        check(a_contract(text))

    assert (refused.value.facts["field"], refused.value.facts["hint"]) == (at, "alone")
    assert refused.value.facts["nearest"] in ({nearest} if nearest else set(Field))


@pytest.mark.rule("B5")
def test_a_long_name_that_is_no_field_is_refused_and_told_in_part():
    with pytest.raises(FieldUnknown) as refused:
        check(a_contract(f"For {{client_name{'x' * 5_000}}}."))

    assert refused.value.facts == {"field": f"client_name{'x' * 29}…", "nearest": "client_name"}


@pytest.mark.rule("B5")
def test_every_field_is_taken_and_a_brace_with_a_backslash_is_a_letter():
    contract = a_contract(" ".join(f"{{{field}}}" for field in Field) + r" \{client_nme\} \{ \} \\{fee}")

    check(contract)

    assert contract.fields == frozenset(Field)
    assert blocks_of(filled(contract.text, {Field.FEE: "$150"}))[0].text.endswith(r"{client_nme} { } \$150")


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"text": "  \n"}, ContractEmpty),
        ({"text": "\u200b\n\n**  **\n# \u3164"}, ContractEmpty),
        ({"title": " "}, ContractEmpty),
        ({"title": "\u200b"}, ContractEmpty),
        ({"text": "x" * 40_001}, ContractTooLong),
        ({"title": "x" * 81}, ContractTooLong),
        ({"summary": ("x" * 201,)}, ContractTooLong),
        ({"summary": ("point",) * 6}, TooManyPoints),
        (
            {"consents": tuple(Consent(id=f"{n}", question=f"May we {n}?", label=f"May {n}") for n in range(6))},
            TooManyPoints,
        ),
    ],
)
def test_what_nobody_could_read_or_sign_is_refused(facts: dict[str, Any], refusal: type[Exception]):
    with pytest.raises(refusal):
        check(a_contract(**facts))


def a_consent(id: str = "website", question: str = "May we show photos?", label: str = "Photos") -> Consent:
    return Consent(id=id, question=question, label=label)


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("consents", "refusal", "facts"),
    [
        ([a_consent(question=" ")], ConsentUnfit, {"hint": "empty", "number": 1}),
        ([a_consent(question="# \u200b")], ConsentUnfit, {"hint": "empty", "number": 1}),
        ([a_consent(label="\u3164")], ConsentUnfit, {"hint": "empty", "number": 1}),
        ([a_consent(question="x" * 201)], ContractTooLong, {"most": 200}),
        ([a_consent(label="x" * 41)], ContractTooLong, {"most": 40}),
        ([a_consent(label="x" * 5_000)], ContractTooLong, {"most": 40}),
        ([a_consent(""), a_consent("b")], ConsentUnfit, {"hint": "id", "number": 1}),
        ([a_consent("on the website")], ConsentUnfit, {"hint": "id", "number": 1}),
        ([a_consent("yes.website")], ConsentUnfit, {"hint": "id", "number": 1}),
        ([a_consent("x" * 60)], ConsentUnfit, {"hint": "id", "number": 1}),
        ([a_consent(), a_consent(question="And these?", label="These")], ConsentUnfit, {"hint": "twice", "number": 2}),
        ([a_consent(), a_consent("b", label="These")], ConsentUnfit, {"hint": "twice", "number": 2}),
        (
            [a_consent(), a_consent("b", question="And these?", label="PHOTOS")],
            ConsentUnfit,
            {"hint": "twice", "number": 2},
        ),
    ],
)
def test_a_consent_that_nobody_could_answer_is_refused(
    consents: list[Consent], refusal: type[Refusal], facts: dict[str, Any]
):
    with pytest.raises(refusal) as refused:
        check(a_contract(consents=tuple(consents)))

    assert refused.value.facts == facts


@pytest.mark.rule("B5")
def test_consents_that_can_be_told_apart_are_taken():
    check(a_contract(consents=(a_consent("a" * 24, label="x" * 40), a_consent("b_2-C", "And {studio}?", "Others"))))


@pytest.mark.rule("B5", "I1")
def test_nothing_in_a_contract_turns_its_words_around_and_short_parts_are_lines():
    contract = tidied(
        a_contract(
            "First \u202eenil\u202c.\nSecond\0 line.",
            title=" Session\ncontract\u2066\0 ",
            summary=("One\npoint\u202d.", "\u200b", "  "),
            consents=(a_consent(question="May\nwe\u2067?", label="Web\nsite\0"),),
        )
    )

    assert contract.text == "First enil.\nSecond line."
    assert contract.title == "Session contract"
    assert contract.summary == ("One point.",)
    assert contract.consents == (a_consent(question="May we?", label="Web site"),)


@pytest.mark.rule("I1")
def test_values_are_filled_in_once_and_are_never_fields_or_marks():
    values = {Field.CLIENT_NAME: "{fee} **Ana**\n# Torres", Field.FEE: "$150"}

    text = filled(r"{client_name} pays {fee}{place}. \{{fee}\} {unknown} {unknown", values)

    assert text == r"{fee} \*\*Ana\*\* # Torres pays $150. \{$150\} {unknown} {unknown"
