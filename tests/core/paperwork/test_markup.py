"""A contract's marks: what is read of them, and that a value filled in is never one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paperwork.markup import Block, Run, Shape, blocks_of, escaped


def shapes(text: str) -> list[tuple[Shape, str, int]]:
    return [(block.shape, block.text, block.number) for block in blocks_of(text)]


def test_headings_lists_and_paragraphs_are_told_apart():
    text = "# Contract\nBetween us\nand you.\n\n## What you get\n- photos\n* a print\n1. First\n12) Twelfth\nthe end"

    assert shapes(text) == [
        (Shape.HEADING, "Contract", 1),
        (Shape.PARAGRAPH, "Between us\nand you.", 0),
        (Shape.HEADING, "What you get", 2),
        (Shape.ITEM, "photos", 0),
        (Shape.ITEM, "a print", 0),
        (Shape.NUMBERED, "First", 1),
        (Shape.NUMBERED, "Twelfth", 12),
        (Shape.PARAGRAPH, "the end", 0),
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a **b** c", (Run("a "), Run("b", True), Run(" c"))),
        ("**all**", (Run("all", True),)),
        ("two ** stars", (Run("two ** stars"),)),
        ("a **b** and **c", (Run("a "), Run("b", True), Run(" and **c"))),
        (r"\*\*a\*\* \# \\", (Run(r"**a** # " + "\\"),)),
        ("2 * 3 = 6", (Run("2 * 3 = 6"),)),
    ],
)
def test_bold_words_are_marked_and_what_nothing_closes_is_a_letter(text: str, runs: tuple[Run, ...]):
    assert blocks_of(text) == (Block(shape=Shape.PARAGRAPH, runs=runs),)


@pytest.mark.parametrize("text", ["#NoSpace", "-5 degrees", "1.5 hours", "#### four", "1234. many"])
def test_what_only_looks_like_a_mark_is_text(text: str):
    assert shapes(text) == [(Shape.PARAGRAPH, text, 0)]


@pytest.mark.rule("I1")
@given(st.text(max_size=60))
def test_a_value_filled_in_is_never_a_mark_and_loses_no_letter(value: str):
    for line in (escaped(value), f"- {escaped(value)}", f"Between **us** and {escaped(value)}."):
        text = "".join(block.text for block in blocks_of(line))
        assert " ".join(value.split()) in text
        assert len(blocks_of(line)) == (1 if line.strip() else 0)
    bold = [run.text for block in blocks_of(f"**us** {escaped(value)}") for run in block.runs if run.bold]
    assert bold == ["us"]


def test_any_text_has_a_reading_that_keeps_its_words():
    chance = random.Random(7)
    for _ in range(500):
        text = "".join(chance.choice("ab *#-1.)\\\n") for _ in range(60))
        words = "".join(block.text for block in blocks_of(text))
        assert words.count("a") == text.count("a")
        assert words.count("b") == text.count("b")
