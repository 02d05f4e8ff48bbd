"""The name under a contract can be the client's own, or is asked again (I3)."""

import pytest

from core.paperwork.names import Likeness, likeness

SAME = [
    ("Ana Torres", "Ana Torres"),
    ("ana  torres", "Ana Torres"),
    ("ANA TORRES", "Ana Torrés"),
    ("Jean-Luc O'Neil", "Jean Luc ONeil"),
    ("Müller", "Muller"),
    ("田中太郎", "田中 太郎"),
    ("Анна Иванова", "анна иванова"),
    ("محمد علي", "محمد علي"),
]
NEAR = [
    ("A. Torres", "Ana Torres"),
    ("Ana T", "Ana Torres"),
    ("Torres Ana", "Ana Torres"),
    ("Ana", "Ana Torres"),
    ("Ana Maria Torres", "Ana Torres"),
    ("Ana Tores", "Ana Torres"),
    ("Anna Torres", "Ana Torres"),
]
OTHER = [
    ("Ben Carter", "Ana Torres"),
    ("A. T.", "Ana Torres"),
    ("A", "Ana Torres"),
    ("Maria Lopez", "Ana Torres"),
    ("yes", "Ana Torres"),
    ("I agree", "Ana Torres"),
    ("...", "Ana Torres"),
    ("", "Ana Torres"),
]


@pytest.mark.rule("I3")
@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [(*pair, Likeness.SAME) for pair in SAME]
    + [(*pair, Likeness.NEAR) for pair in NEAR]
    + [(*pair, Likeness.OTHER) for pair in OTHER],
)
def test_how_near_two_names_are(typed: str, known: str, expected: Likeness):
    assert likeness(typed, known) is expected
