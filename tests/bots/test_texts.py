"""Texts that come as files: in which encodings, and what is none."""

import codecs

import pytest

from bots.texts import said_in
from conversations.inbound import Illegible, SentText, UnusableText

WORDS = "# Shooting contract\n\nÜber **Ana** 🎉"


def text_in(file: bytes) -> str:
    said = said_in(file, "contract.md")
    assert isinstance(said, SentText)
    assert said.name == "contract.md"
    return said.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_editors_write(encoding: str):
    assert text_in(WORDS.encode(encoding)) == WORDS


def test_a_text_is_read_in_either_order_of_bytes():
    assert text_in(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")) == WORDS


@pytest.mark.parametrize(
    "file",
    [
        "Über Ana".encode("latin-1"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-32"),
        codecs.BOM_UTF16_LE + b"odd",
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        b"PK\x03\x04\x14\x00",
        b"",
        codecs.BOM_UTF8 + b" \n",
        "\u200b\u202e".encode(),
    ],
)
def test_what_is_no_text_is_not_guessed_at(file: bytes):
    assert said_in(file, "contract.md") == UnusableText(Illegible.NOT_A_TEXT)


def test_a_text_is_cleaned_as_typed_ones_are():
    file = "My card: 4242 4242 4242 4242\r\na\u202eb\r\n".encode()

    assert text_in(file) == "My card: •••• 4242\nab"


def test_what_is_written_down_of_a_text_never_holds_it():
    assert "secret" not in f"{SentText('secret', 'a.md')!r}"
