"""A typed text of which pieces are taken one by one: what is left was not understood, and is never dropped."""

import re
import unicodedata
from typing import Final

#: Stands where a piece was taken. No rule matches across it.
_TAKEN: Final = "\0"
_SAME: Final = str.maketrans({"–": "-", "—": "-", "‒": "-", "−": "-", "’": "'", "‘": "'", "`": "'", "´": "'"})
#: Says nothing between two pieces. An "&" or a "/" does, and a dash does beside a number.
_STOPS: Final = re.compile(r"[\s;!?¿¡\0]+|[,.:](?!\d)|(?<!\d)[,.:]|(?<![\d-])-(?![\d-])")
_WORDS: Final = re.compile(r"[^\s\0]+(?: +[^\s\0]+)*")


class Slate:
    """What somebody typed. `shown` is the text as people read it, `left` what is still to be understood, folded.

    Both have the same length, so that a place in one is the place in the other.
    """

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text.replace(_TAKEN, " ").translate(_SAME))
        self.shown = " ".join(plain.split()).translate(_SAME)
        self.folded = "".join(_folded(one) for one in self.shown)
        self.left = self.folded

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the first piece of that pattern."""
        match = pattern.search(self.left)
        if match:
            self.strike(*match.span())
        return match

    def strike(self, start: int, end: int) -> None:
        """Count a piece as understood."""
        self.left = self.left[:start] + _TAKEN * (end - start) + self.left[end:]

    def taken_as_typed(self, match: re.Match[str]) -> str:
        """A piece as it was typed."""
        return self.shown[match.start() : match.end()]

    def respelt(self, match: re.Match[str], piece: str) -> "Slate":
        """The same slate with another spelling of a piece, as long as the first."""
        other = Slate("")
        other.shown, other.folded = self.shown, self.folded
        other.left = self.left[: match.start()] + piece + self.left[match.end() :]
        return other

    def not_understood(self, filler: re.Pattern[str]) -> tuple[str, ...]:
        """What is left but for words that say nothing, as it was typed."""
        rest = filler.sub(lambda match: _TAKEN * len(match[0]), self.left)
        rest = _STOPS.sub(lambda match: match[0] if match[0].isspace() else _TAKEN * len(match[0]), rest)
        return tuple(self.shown[match.start() : match.end()] for match in _WORDS.finditer(rest))

    def rest(self) -> str:
        """What is still to be understood, as it was typed, with a comma where a piece was taken."""
        kept = "".join(_TAKEN if gone == _TAKEN else char for char, gone in zip(self.shown, self.left, strict=True))
        return re.sub(f"{_TAKEN}+", ", ", kept).strip(" ,;")

    def untouched(self, start: int, end: int) -> bool:
        """Whether nothing was taken there."""
        return _TAKEN not in self.left[start:end]


def _folded(one: str) -> str:
    """A character as it is compared: small, without accents, any script's digit as 0 to 9; always one character."""
    if one.isdecimal():
        return str(unicodedata.decimal(one))
    bare = "".join(part for part in unicodedata.normalize("NFD", one.casefold()) if not unicodedata.combining(part))
    return bare if len(bare) == 1 else one
