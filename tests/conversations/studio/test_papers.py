"""Contracts and questions as a photographer types them: what is read, what is asked, and what is put together."""

from collections.abc import Iterator
from typing import Any

import pytest

from conversations.inbound import NO_FILE, FileKind
from conversations.studio.contract_texts import (
    ConsentUnlabelled,
    as_lines,
    consents_in,
    heading_of,
    joined,
    points_in,
)
from conversations.studio.typed_questions import as_it_stands, corrected, lines_of, near_miss
from core.paperwork.contract import ConsentUnfit, TooManyPoints
from core.paperwork.fields import FieldUnknown
from core.paperwork.questionnaire import Kind, Question, QuestionUnreadable, read_questions
from tests.conversations.scene import Scene

#: A line, and as what it is asked about; None where it is read as it stands.
LINES = [
    ("How many kids? (number) *", None),
    ("How many kids? (numbr) *", "How many kids? (number) *"),
    ("A day? (dat)", "A day? (date)"),
    ("Twins? (yes / no)", "Twins? (yes/no)"),
    ("Style [Natural, Studio]", "Style [Natural | Studio]"),
    ("Who? [[Adults; Children; Dog]] *", "Who? [[Adults | Children | Dog]] *"),
    ("Style [Natural | Studio", "Style [Natural | Studio]"),
    ("Style [Natural | Studio]?", "Style? [Natural | Studio]"),
    ("Who is coming? [[Adults | Dog]]? *", "Who is coming? [[Adults | Dog]] *"),
    ("How many (number) kids?", "How many kids? (number)"),
    ("Anything [else]?", None),
    ("Is (your) dog coming?", None),
    ("How many (number) kids? (short)", None),
]


@pytest.mark.rule("B6")
@pytest.mark.parametrize(("line", "meant"), LINES)
def test_a_line_that_was_hardly_meant_so_is_asked_about(line: str, meant: str | None):
    near = near_miss(f"First?\n\n{line}")

    assert (near and (near.line, near.meant)) == (None if meant is None else (3, meant))
    if near:
        assert near_miss(corrected(f"First?\n\n{line}", near)) is None
        assert near_miss(as_it_stands(f"First?\n\n{line}", near)) is None


@pytest.mark.rule("B6")
@pytest.mark.parametrize(
    ("line", "hint"), [("Who? (somebody else entirely)", "kind"), ("Style [Natural]", "options"), ("(number)", "empty")]
)
def test_a_line_that_can_mean_nothing_is_refused_by_its_number(line: str, hint: str):
    with pytest.raises(QuestionUnreadable) as refused:
        near_miss(f"First?\n{line}")

    assert (refused.value.facts["line"], refused.value.facts["hint"]) == (2, hint)


@pytest.mark.rule("B6")
def test_questions_are_written_so_that_they_are_read_back_as_they_are():
    texts = ("Plain?", "How many (number) kids?", "Style [A | B] or so", "For you (and yours)", "What (date)")
    questions = tuple(
        Question(id=f"q{place}", text=text, kind=kind, required=required)
        for place, (text, kind, required) in enumerate(
            ((text, kind, required) for text in texts for kind, required in ((Kind.SHORT, True), (Kind.LONG, False))), 1
        )
    )

    for one in questions:
        (read,) = read_questions(lines_of([one]))
        assert (read.text, read.kind, read.required) == (one.text, one.kind, one.required)
        assert near_miss(lines_of([one])) is None


@pytest.mark.rule("B5")
def test_points_lose_their_bullets_and_are_five_at_most():
    assert points_in("1. You get {included}.\n\n- Come on time.\n• Bring a smile") == (
        "You get {included}.",
        "Come on time.",
        "Bring a smile",
    )
    with pytest.raises(TooManyPoints):
        points_in("1\n2\n3\n4\n5\n6")
    with pytest.raises(FieldUnknown):
        points_in("You get {inkluded}.")


@pytest.mark.rule("B5")
def test_a_consent_has_words_for_its_button_and_keeps_its_id_when_the_question_is_put_otherwise():
    before = consents_in("Website: May we show your photos on our website?\nInstagram ok?")
    after = consents_in("Print: May we print them?\nwebsite: May we show some of your photos on our website?", before)

    assert [(one.id, one.label) for one in before] == [("c1", "Website"), ("c2", "Instagram ok")]
    assert [(one.id, one.label) for one in after] == [("c3", "Print"), ("c1", "website")]
    assert consents_in(as_lines(after), after) == after
    with pytest.raises(ConsentUnlabelled):
        consents_in("May we show your photos on our website and elsewhere?")
    with pytest.raises(ConsentUnfit):
        consents_in("Web: One?\nweb: Two?")


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("text", "more", "whole"),
    [
        ("One.", "Two.", "One.\nTwo."),
        ("We shoot in the", "park at noon", "We shoot in the park at noon"),
        ("We shoot: ", "in the park", "We shoot:\nin the park"),
        ("The fee", "2. The rest", "The fee\n2. The rest"),
    ],
)
def test_a_paste_that_was_cut_is_put_together(text: str, more: str, whole: str):
    assert joined(text, more) == whole


@pytest.mark.rule("B5")
@pytest.mark.parametrize(
    ("text", "heading"),
    [("# Our agreement\nText", "Our agreement"), ("Text\n# Later", ""), ("# For {client_name}\nText", ""), ("", "")],
)
def test_a_text_that_begins_with_its_title_offers_it(text: str, heading: str):
    assert heading_of(text) == heading


# -- in the chat --


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    scene = Scene(database_url)
    for who in ("photographer", "assistant"):
        scene.backstage(lambda stage, who=who: stage.let_in(who))
    yield scene
    scene.close()


def say(scene: Scene, text: str) -> str:
    """Say it as the photographer; gives what stands in the chat then."""
    phone = scene.phones["photographer"]
    scene.hear(phone, phone.says(text))
    return "\n".join(phone.heard.pop().lines)


def the_contracts(scene: Scene) -> list[Any]:
    return scene.backstage(lambda stage: stage.desk.contracts())


@pytest.mark.rule("B5")
def test_a_long_paste_that_comes_as_several_messages_is_one_contract(scene: Scene):
    """Telegram cuts what is longer than 4096 characters; each part comes as a message of its own."""
    first, second = "1. Words and more words.\n" * 160, "2. The fee is {fee}.\n" * 20
    say(scene, "/contract")
    say(scene, "[New contract]")

    assert "What's it called?" in say(scene, first)
    assert "I put that behind the text" in say(scene, second)
    for answer in ("Our agreement", "[Skip]", "[Skip]", "[Save]"):
        say(scene, answer)

    (saved,) = the_contracts(scene)
    assert saved.text == f"{first.rstrip()}\n{second.strip()}"


@pytest.mark.rule("B5")
def test_a_part_with_an_unknown_field_has_the_whole_text_asked_again(scene: Scene):
    say(scene, "/contract")
    say(scene, "[New contract]")
    say(scene, "1. Words and more words.\n" * 160)

    said = say(scene, "2. The fee is {fees}, and this line is long enough to be no title of a contract at all.")

    assert "There is no field {fees}. Did you mean {fee}? Please send the whole text once more." in said
    assert "Send me the contract's text" in said
    assert "What's it called?" in say(scene, "A short text for {client_name}.")
    said = say(scene, "Another text for {client_name}, which is too long for a title and so can only be meant instead.")
    assert "I took that as the contract's text, instead of what you sent before" in said


@pytest.mark.rule("B5")
def test_what_follows_a_long_text_in_the_preview_goes_behind_it(scene: Scene):
    say(scene, "/contract")
    say(scene, "[New contract]")
    say(scene, "1. Words and more words.\n" * 100)
    for answer in ("Our agreement", "[Skip]", "[Skip]", "[Change text]"):
        say(scene, answer)
    say(scene, "1. Other words, and more of them.\n" * 100)

    assert "I put that behind the text" in say(scene, "2. This came as a message of its own.\n3. And this with it.")
    say(scene, "[Save]")

    (saved,) = the_contracts(scene)
    assert saved.text.startswith("1. Other words")
    assert saved.text.endswith("3. And this with it.")


@pytest.mark.rule("B5", "A4")
def test_a_text_is_fetched_only_for_those_who_may_make_a_contract_of_it(scene: Scene):
    def wanted(who: str) -> frozenset[FileKind]:
        phone = scene.phones[who]
        scene.hear(phone, phone.says("/start"))
        reception = scene.receptions[phone.channel]
        return scene.store.look(lambda records: reception.wants(records, phone.channel, phone.chat))

    assert FileKind.TEXT in wanted("photographer")
    assert wanted("assistant") == NO_FILE
