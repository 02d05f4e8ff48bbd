"""A mini, or a spot that is kept for somebody, in a few lines of text to be put under a picture or into a message."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from conversations.pictures import ShareCard
from conversations.screens import When, say
from conversations.words import Words

#: UTF-16 units: as much as the strictest messenger lets a button copy (core.telegram.org/bots/api#copytextbutton).
MOST: Final = 256
#: As much of the title stays, whatever else has to go.
_LEAST_OF_TITLE: Final = 64
_ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"
_SKIN_TONES: Final = frozenset(chr(code) for code in range(0x1F3FB, 0x1F400))


def share_text(words: Words, language: str, card: ShareCard) -> str:
    """Title, days, price and link, a line each, in `MOST` units. A link is never cut; a long title is."""
    link = words.phrase(say("share-book-here", link=card.link), language)
    title = " ".join(card.title.split())
    most_of_rest = MOST - 1 - min(_units(title), _LEAST_OF_TITLE)
    told = [line for line in (card.dates, card.price) if line]
    while told and _units("\n".join((*told, link))) > most_of_rest:
        told.pop()
    rest = "\n".join((*told, link))
    return f"{shortened(title, MOST - 1 - _units(rest))}\n{rest}"


def invite_text(words: Words, language: str, *, studio: str, when: When, deeds: Sequence[str], link: str) -> str:
    """Whose spot it is, when, what is left to do and where, in `MOST` units. A long name of the studio is cut."""

    def said(name: str) -> str:
        return words.phrase(say("reservation-invite", studio=name, when=when, deeds=tuple(deeds), link=link), language)

    return said(shortened(studio, MOST - _units(said(""))))


def shortened(text: str, most: int) -> str:
    """The text in so many units, with an ellipsis where it is longer; no letter is parted from its marks."""
    if _units(text) <= most:
        return text
    at = len(text)
    while at and (_units(text[:at]) > most - 1 or _parts_a_letter(text, at)):
        at -= 1
    return text[:at].rstrip() + _ELLIPSIS


def _parts_a_letter(text: str, at: int) -> bool:
    """Whether what stands behind belongs to what stands before."""
    behind = text[at] if at < len(text) else " "
    joined = behind == _JOINER or text[at - 1] == _JOINER
    return joined or behind in _SKIN_TONES or unicodedata.category(behind).startswith("M")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
