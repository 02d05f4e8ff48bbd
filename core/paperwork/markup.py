"""How a contract is written: paragraphs, headings, lists and bold words of Markdown, and nothing else of it.

The chat and the printed page are made from the same blocks, so both say the same. What is no mark is shown as it
stands; a backslash before a mark makes it a letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"(#{1,3})[ \t]+(?P<rest>.*)")
_ITEM = re.compile(r"[-*][ \t]+(?P<rest>.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)][ \t]+(?P<rest>.*)")
#: A letter with a backslash, two stars, or anything up to either.
_INLINE = re.compile(r"\\(?P<letter>[!-/:-@\[-`{-~])|(?P<mark>\*\*)|(?P<plain>[^\\*]+|[\\*])")
_MARKS = re.compile(r"[\\*]")
#: What makes a block of a line, if the line begins with it.
_OPENING = re.compile(r"(?P<before>\s*)(?P<mark>#{1,3}(?=[ \t])|-(?=[ \t])|(?P<number>\d{1,3})(?P<dot>[.)])(?=[ \t]))")


class Shape(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph or an item of a list. A line end within a paragraph is kept as it was written."""

    shape: Shape
    runs: tuple[Run, ...]
    #: Of a heading, 1 to 3; of a numbered item, its own number.
    number: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Read the text. Whatever it is, there is a reading: nothing is refused and nothing is lost but the marks."""
    return tuple(_blocks(text))


def escaped(text: str) -> str:
    """The text as one line in which nothing is a mark, wherever in a contract it is put."""
    line = _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
    opening = _OPENING.match(line)
    if opening is None:
        return line
    at = opening.start("dot" if opening["dot"] else "mark")
    return f"{line[:at]}\\{line[at:]}"


def _blocks(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in (*text.splitlines(), ""):
        block = _block_of(line.strip())
        if line.strip() and block is None:
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield Block(shape=Shape.PARAGRAPH, runs=_runs("\n".join(paragraph)))
            paragraph = []
        if block is not None:
            yield block


def _block_of(line: str) -> Block | None:
    """The block that the line is by itself; None for a line of a paragraph."""
    if heading := _HEADING.fullmatch(line):
        return Block(shape=Shape.HEADING, runs=_runs(heading["rest"]), number=len(heading[1]))
    if item := _ITEM.fullmatch(line):
        return Block(shape=Shape.ITEM, runs=_runs(item["rest"]))
    if numbered := _NUMBERED.fullmatch(line):
        return Block(shape=Shape.NUMBERED, runs=_runs(numbered["rest"]), number=int(numbered["number"]))
    return None


def _runs(text: str) -> tuple[Run, ...]:
    """The text by its looks. Two stars that nothing closes are two stars."""
    parts: list[tuple[str, bool]] = [
        (found["letter"] or found["plain"] or found["mark"], found["mark"] is not None)
        for found in _INLINE.finditer(text)
    ]
    marks = sum(is_mark for _, is_mark in parts)
    runs: list[Run] = []
    bold, closed = False, marks - marks % 2
    for words, is_mark in parts:
        if is_mark and closed:
            bold, closed = not bold, closed - 1
        elif runs and runs[-1].bold == bold:
            runs[-1] = Run(runs[-1].text + words, bold)
        else:
            runs.append(Run(words, bold))
    return tuple(runs)
