"""What has no place in a text that people write, wherever it comes in, and whether anything is to be seen in it."""

import re
import unicodedata

#: Characters that turn the direction of what follows: embeddings, overrides and isolates (UAX #9).
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: NUL is no text to PostgreSQL, and half a surrogate pair to nobody.
_UNWANTED = re.compile(f"[\0\ud800-\udfff{''.join(sorted(TURNING))}]")
#: Controls, format characters, halves of pairs, codes of nobody or of private meaning, blanks, and marks, alone.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})
#: Letters and a sign that are blank: Hangul's fillers, and braille without a dot.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def clean(text: str) -> str:
    """The text without what is no text, and without what would turn the words around it."""
    return _UNWANTED.sub("", text)


def is_seen(char: str) -> bool:
    """Whether the character alone leaves something on the page."""
    return unicodedata.category(char) not in _UNSEEN and char not in _BLANK


def shows_something(text: str) -> bool:
    """Whether there is anything to be seen: blanks and invisible characters alone say nothing."""
    return any(map(is_seen, text))
