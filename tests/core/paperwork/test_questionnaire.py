"""A questionnaire a question a line (B6), and which answers a question can have."""

import pytest

from core.paperwork.contract import Edition
from core.paperwork.questionnaire import (
    AnswersMissing,
    AnswerUnreadable,
    Kind,
    Question,
    Questionnaire,
    QuestionUnreadable,
    TooManyQuestions,
    as_lines,
    check_answers,
    read_questions,
)

LINES = """How many kids? (number) *
Style [Natural | Studio | Surprise me]
Who is coming? [[adults | children | dog]] *
Anything else? (long)
What is your favourite place?
Have you been here before? (yes/no)
When is the baby due? (date)
Pictures you love (photo)"""


def asked(text: str) -> list[tuple[str, Kind, bool, tuple[str, ...]]]:
    return [(one.text, one.kind, one.required, one.options) for one in read_questions(text)]


@pytest.mark.rule("B6")
def test_every_kind_of_question_is_read():
    assert asked(LINES) == [
        ("How many kids?", Kind.NUMBER, True, ()),
        ("Style", Kind.ONE, False, ("Natural", "Studio", "Surprise me")),
        ("Who is coming?", Kind.SEVERAL, True, ("adults", "children", "dog")),
        ("Anything else?", Kind.LONG, False, ()),
        ("What is your favourite place?", Kind.SHORT, False, ()),
        ("Have you been here before?", Kind.YES_NO, False, ()),
        ("When is the baby due?", Kind.DATE, False, ()),
        ("Pictures you love", Kind.PHOTO, False, ()),
    ]


@pytest.mark.rule("B6")
@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("- Name of the dog?", ("Name of the dog?", Kind.SHORT, False, ())),
        ("2. Name*", ("Name", Kind.SHORT, True, ())),
        ("Kids?(NUMBER)*", ("Kids?", Kind.NUMBER, True, ())),
        ("Photos ( Pictures )", ("Photos", Kind.PHOTO, False, ())),
        ("Rate us 1 * 2 *", ("Rate us 1 * 2", Kind.SHORT, True, ())),
        ("[really] what? [a|b]", ("[really] what?", Kind.ONE, False, ("a", "b"))),
    ],
)
def test_lines_are_read_as_people_write_them(line: str, question: tuple[str, Kind, bool, tuple[str, ...]]):
    assert asked(line) == [question]


@pytest.mark.rule("B6")
def test_written_back_they_read_the_same():
    questions = read_questions(LINES)

    assert as_lines(questions) == LINES
    assert read_questions(as_lines(questions)) == questions


@pytest.mark.rule("B6")
@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("Kids? (nubmer)", 1, "kind"),
        ("Kids?\n\n(number)", 3, "empty"),
        ("Style [Natural]", 1, "options"),
        ("Style [a | A]", 1, "options"),
        ("Style [a | ]", 1, "options"),
        ("Style [[" + " | ".join(f"o{n}" for n in range(13)) + "]]", 1, "options"),
        ("x" * 301, 1, "too-long"),
        ("Kids?\nkids? (number)", 2, "twice"),
        ("*", 1, "empty"),
    ],
)
def test_a_line_that_is_no_question_is_named(text: str, line: int, hint: str):
    with pytest.raises(QuestionUnreadable) as refused:
        read_questions(text)

    assert (refused.value.facts["line"], refused.value.facts["hint"]) == (line, hint)


@pytest.mark.rule("B6")
@pytest.mark.parametrize("text", ["", " \n ", "\n".join(f"Question {n}?" for n in range(21))])
def test_there_are_one_to_twenty_questions(text: str):
    with pytest.raises(TooManyQuestions):
        read_questions(text)


def ask(question: str) -> Questionnaire:
    return Questionnaire(id="q", studio_id="luna", title="Before we meet", questions=read_questions(question))


@pytest.mark.rule("F5")
@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        ("q", ["x", "x" * 1_000], ["x" * 1_001]),
        ("q (long)", ["x" * 4_000], ["x" * 4_001]),
        ("q [a | b]", ["a"], ["c", "a\nb"]),
        ("q [[a | b]]", ["a", "b\na"], ["a\na", "c"]),
        ("q (yes/no)", ["yes", "no"], ["maybe"]),
        ("q (number)", ["3", "2.5", "-1"], ["three", "NaN", "Infinity", "1" * 21]),
        ("q (date)", ["2026-12-24"], ["24.12.2026", "2026-13-01"]),
        ("q (photo)", ["f1", "f1\nf2\nf3"], ["f1\nf1", "f1\nf2\nf3\nf4"]),
    ],
)
def test_an_answer_is_one_that_its_question_can_have(question: str, good: list[str], bad: list[str]):
    for value in good:
        assert check_answers(ask(question), {"q1": value}) == {"q1": value}
    for value in bad:
        with pytest.raises(AnswerUnreadable):
            check_answers(ask(question), {"q1": value})


@pytest.mark.rule("F5")
def test_required_questions_are_answered_and_others_may_be_skipped():
    assert check_answers(ask("q"), {"q1": " "}) == {}
    with pytest.raises(AnswersMissing):
        check_answers(ask("q *"), {"q1": " "})
    with pytest.raises(AnswerUnreadable):
        check_answers(ask("q"), {"q2": "x"})


@pytest.mark.rule("B6")
def test_what_nobody_can_see_is_no_answer_to_a_required_question():
    questionnaire = Questionnaire(id="q", studio_id="luna", title="Before", questions=read_questions("Who? *\nWhat?"))

    with pytest.raises(AnswersMissing):
        check_answers(questionnaire, {"q1": "\u200b\u200b"})
    assert check_answers(questionnaire, {"q1": "we", "q2": "\u3164"}) == {"q1": "we"}


@pytest.mark.rule("B6")
def test_nothing_in_a_question_turns_its_words_around():
    assert asked("Who\u202e? [a\u2066|b\0] *") == [("Who?", Kind.ONE, True, ("a", "b"))]


def test_an_edition_is_an_id_and_a_version():
    assert ask("q").edition == Edition("q", 1)
    assert Question(id="q1", text="q").kind is Kind.SHORT
