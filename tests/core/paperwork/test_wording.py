"""A studio's own wording as it is read and filled (B7)."""

import pytest

from core.paperwork.fields import Field, FieldUnknown, filled_plainly
from core.paperwork.wording import (
    FIELDS,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    FieldUnfit,
    WordingEmpty,
    WordingTooLong,
    read_subject,
    read_text,
)
from core.studio.wording import Occasion
from core.values.refusals import Refusal


@pytest.mark.rule("B7")
@pytest.mark.parametrize("occasion", Occasion)
def test_every_field_is_filled_in_or_refused_by_its_name(occasion: Occasion):
    for field in Field:
        text = f"For you: {{{field}}}."
        if field in FIELDS[occasion]:
            assert filled_plainly(read_text(occasion, text), {field: "*this*"}) == "For you: *this*."
            continue
        with pytest.raises(FieldUnfit) as refused:
            read_text(occasion, text)
        assert refused.value.facts == {"field": field}


@pytest.mark.rule("B7")
@pytest.mark.parametrize(
    ("occasion", "text", "facts"),
    [
        (Occasion.MOVED, "Hi {client}!", {"field": "client", "nearest": "client_name"}),
        (Occasion.MOVED, "Pay {balanc}.", {"field": "balanc", "nearest": "balance"}),
        # What is near is one that this message may name.
        (Occasion.CANCELLED, "Pay {balanc}.", {"field": "balanc", "nearest": "place"}),
        (Occasion.MOVED, "Hi {client_name!", {"field": "{client_name!", "nearest": "client_name", "hint": "alone"}),
    ],
)
def test_an_unknown_field_is_refused_with_the_nearest_one_that_is_there(
    occasion: Occasion, text: str, facts: dict[str, str]
):
    for read in (read_text, read_subject):
        with pytest.raises(FieldUnknown) as refused:
            read(occasion, text)

        assert refused.value.facts == facts


@pytest.mark.rule("B7")
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", WordingEmpty),
        (" \n\u200b", WordingEmpty),
        ("x" * (LONGEST_TEXT + 1), WordingTooLong),
    ],
)
def test_a_text_says_something_within_its_length(text: str, refusal: type[Refusal]):
    with pytest.raises(refusal):
        read_text(Occasion.REMINDER, text)


@pytest.mark.rule("B7")
def test_a_subject_is_one_short_line():
    assert read_subject(Occasion.REMINDER, " See you\non  {spot_date}\n") == "See you on {spot_date}"
    with pytest.raises(WordingTooLong) as refused:
        read_subject(Occasion.REMINDER, "x" * (LONGEST_SUBJECT + 1))
    assert refused.value.facts == {"most": LONGEST_SUBJECT, "length": LONGEST_SUBJECT + 1}


@pytest.mark.rule("B7")
def test_a_text_is_plain_and_only_its_fields_are_filled():
    text = "# **{client_name}** \\* \\{fee\\} \\\\{place}"
    values = {Field.CLIENT_NAME: "{fee}", Field.FEE: "$1"}

    assert filled_plainly(read_text(Occasion.MOVED, text), values) == "# **{fee}** \\* {fee} \\\\"


@pytest.mark.rule("B7")
def test_what_turns_words_around_is_no_text():
    assert read_text(Occasion.MOVED, "Come \u202etomorrow\0\n\nEarly. ") == "Come tomorrow\n\nEarly."
