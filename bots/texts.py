"""Texts that people send as files: what is written in one, cleaned as what they type is."""

import codecs

from bots.card_numbers import masked
from bots.keys import without_secrets
from conversations.inbound import Illegible, SentText, UnusableText
from core.values.texts import clean, shows_something


def said_in(file: bytes, name: str) -> SentText | UnusableText:
    """What the person said by sending the file of this name. It may be UTF-8, or UTF-16 that says so."""
    is_utf16 = file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = file.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return UnusableText(Illegible.NOT_A_TEXT)
    if "\0" in text or not shows_something(text):
        return UnusableText(Illegible.NOT_A_TEXT)
    return SentText(without_secrets(masked(clean("\n".join(text.splitlines())))), name)
