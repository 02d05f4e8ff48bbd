"""Whether the name typed under a contract can be the client's own (I3)."""

import difflib
import re
import unicodedata
from enum import StrEnum

ALIKE = 0.8  # of 1; one wrong letter in a name of five, or two in one of ten
_WORDS = re.compile(r"[^\W_]+")


class Likeness(StrEnum):
    SAME = "same"
    #: An initial, a name left out or added, another order, a slip of the finger.
    NEAR = "near"
    OTHER = "other"


def likeness(typed: str, known: str) -> Likeness:
    """How near the two names are. Capitals, accents, blanks and punctuation make no difference."""
    ours, theirs = _words(typed), _words(known)
    if not ours or not theirs:
        return Likeness.OTHER
    if "".join(ours) == "".join(theirs):
        return Likeness.SAME
    if _stand_for(ours, theirs) or _stand_for(theirs, ours):
        return Likeness.NEAR
    alike = difflib.SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs)), autojunk=False).ratio()
    return Likeness.NEAR if alike >= ALIKE else Likeness.OTHER


def _words(name: str) -> list[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return _WORDS.findall(plain.casefold())


def _stand_for(fewer: list[str], more: list[str]) -> bool:
    """Whether each word of the one is a word of the other or its initial, and at least one is whole."""
    left, whole = list(more), False
    for word in sorted(fewer, key=len, reverse=True):
        found = next((one for one in left if one == word), None)
        whole = whole or (found is not None and len(word) > 1)
        found = found or next((one for one in left if len(word) == 1 and one.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
    return whole
