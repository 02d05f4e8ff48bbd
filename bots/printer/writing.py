"""People's words made ready for the page: nothing unprintable in them, running the right way, with places to break."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from core.paperwork.markup import Run

Json = dict[str, Any]

#: Line ends of every kind; a tab and a page's end are spaces of their own kind.
_LINE_END: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: They would turn a sentence around on paper that reads otherwise where it was signed. Isolates end with the paragraph
#: and marks turn nothing: both stay.
_OVERRIDES: Final = re.compile(r"[\u202a-\u202e\ufeff]")
#: What has no glyph anywhere, and may not stand in a PDF/A either: controls, halves of a pair, letters of private
#: meaning, codes that are none.
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co"})
_NO_CHARACTERS: Final = frozenset({*range(0xFDD0, 0xFDF0)})
_SHOWN_INSTEAD: Final = "\ufffd"
#: Letters of the longest word that stays whole: in the text, and in large letters or a column of a table.
WIDE: Final = 30
NARROW: Final = 16
_WORD: Final = re.compile(r"\S+")
_PIECE: Final = 8
#: What belongs to the letter before it: marks, and what joins or picks a look.
_CLINGS: Final = frozenset({"Mn", "Mc", "Me", "Cf"})

#: Languages that run from right to left, unless their tag names a script that does not (and the other way round).
_RTL_LANGUAGES: Final = ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
_RTL_SCRIPTS: Final = ("Arab", "Aran", "Hebr", "Nkoo", "Syrc", "Thaa")
_TAG: Final = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}))?(?:-|$)"
)


def runs_rtl(language: str) -> bool:
    """Whether a BCP 47 language is read from right to left."""
    found = _TAG.match(language)
    if found is None:
        return False
    if found["script"]:
        return found["script"].title() in _RTL_SCRIPTS
    return found["language"].lower() in _RTL_LANGUAGES


def language_and_region(language: str) -> tuple[str, str | None]:
    """The two parts that the page's language is told by; what is no tag is undetermined ("und")."""
    found = _TAG.match(language)
    if found is None:
        return "und", None
    return found["language"].lower(), found["region"].upper() if found["region"] else None


def printable(text: str) -> str:
    """The text with every character of it printable; what was not is a mark in its place."""
    text = _LINE_END.sub("\n", _OVERRIDES.sub("", text)).replace("\t", " ")
    return "".join(letter if _is_printable(letter) else _SHOWN_INSTEAD for letter in text)


def line(text: str, longest: int = 0) -> str:
    """The text in one line, shortened to `longest` letters if it is longer."""
    text = " ".join(printable(text).split())
    return text if not longest or len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def paragraph(words: str | Iterable[Run], *, rtl: bool, longest: int = WIDE) -> Json:
    """A paragraph for the template, without lines if it is empty. `rtl`: how it runs if no letter of it says so.

    Words of more letters than the `longest` may be broken anywhere.
    """
    runs = [Run(words)] if isinstance(words, str) else list(words)
    runs = [Run(printable(run.text), run.bold) for run in runs]
    strong = _first_strong("".join(run.text for run in runs))
    return {
        "rtl": rtl if strong is None else strong != "L",
        "arabic": strong == "AL",
        "lines": _lines(runs, longest) if any(run.text.strip() for run in runs) else [],
    }


def _is_printable(letter: str) -> bool:
    code = ord(letter)
    if letter == "\n":
        return True
    return unicodedata.category(letter) not in _UNPRINTABLE and code not in _NO_CHARACTERS and code & 0xFFFE != 0xFFFE


def _first_strong(text: str) -> str | None:
    """L, R or AL: what the first letter that has a direction has (UAX 9, rule P2)."""
    within = 0
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "LRI" | "RLI" | "FSI":
                within += 1
            case "PDI":
                within = max(within - 1, 0)
            case "L" | "R" | "AL" as strong if not within:
                return strong
            case _:
                pass
    return None


def _lines(runs: list[Run], longest: int) -> list[list[Json]]:
    lines: list[list[Json]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append({"pieces": _pieces(text, longest), "bold": run.bold})
    return lines


def _pieces(text: str, longest: int) -> list[str]:
    """The text, parted where a long word may be broken. Nothing is put in: a hash is copied from the page as it is."""
    pieces = [""]
    end = 0
    for word in (word for word in _WORD.finditer(text) if len(word[0]) > longest):
        pieces[-1] += text[end : word.start()]
        for number, cluster in enumerate(clusters(word[0])):
            if number and number % _PIECE == 0:
                pieces.append("")
            pieces[-1] += cluster
        end = word.end()
    pieces[-1] += text[end:]
    return pieces


def clusters(text: str) -> list[str]:
    """The text's letters, each with what belongs to it."""
    found: list[str] = []
    joins = False
    for letter in text:
        if found and (joins or unicodedata.category(letter) in _CLINGS):
            found[-1] += letter
        else:
            found.append(letter)
        joins = letter == "\u200d"
    return found
