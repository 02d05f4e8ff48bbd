"""What has no place in a text, and what leaves nothing on the page."""

import pytest

from core.values.texts import clean, shows_something


def test_what_is_no_text_or_turns_the_words_is_taken_out():
    assert clean("a\0b\ud83dc\u202ed\u2066e\u2069 \n🎉") == "abcde \n🎉"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u200b", "\u00a0\u2003", "\u00ad\ufeff", "\u3164", "\u2800", "\u0301", "\0", "\ue000"]
)
def test_blanks_and_what_nobody_sees_show_nothing(text: str):
    assert not shows_something(text)


@pytest.mark.parametrize("text", ["a", "?", "👍", "1\ufe0f\u20e3", "\u200bי", "ক", "中"])
def test_letters_signs_and_pictures_show_something(text: str):
    assert shows_something(text)
