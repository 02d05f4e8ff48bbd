"""What the page after paying says, for whoever shows it."""

from dataclasses import dataclass

from conversations.screens import say
from conversations.words import Words


@dataclass(frozen=True, slots=True)
class Thanks:
    """In one language, which is named for those who read pages aloud."""

    language: str
    title: str
    text: str
    back: str


def thanks(words: Words, wanted: str) -> Thanks:
    """In the language that ships for the BCP 47 tag."""
    language = words.language_for(wanted)
    title, text, back = (
        words.phrase(one, language) for one in (say("thanks-title"), say("thanks-text"), say("thanks-back"))
    )
    return Thanks(language, title, text, back)
