"""Reading a transcript: lines of `verb: text`, and below a verb, indented, what the bot's message says line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "transcripts"
#: Stands for whatever it is: alone for any lines, within a line for any text.
ANYTHING = "…"
#: Verbs that say what reached somebody; all others do something.
_HEARD = re.compile(
    r"(bot|bot edits|toast|alert|copied)(?: to (client \d|photographer(?: \d)?|assistant|host|stranger))?"
)
_VERB = re.compile(r"([a-z][\w',]*(?: [\w',]+)*):(?: (.*))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a transcript, from the line of that number on."""

    number: int
    verb: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lines[0] if self.lines else ""

    @property
    def expects(self) -> tuple[str, str] | None:
        """How it was heard and by whom, if this is something to be heard."""
        match = _HEARD.fullmatch(self.verb)
        return (match[1], match[2] or "client") if match else None


def entries_of(text: str) -> Iterator[Entry]:
    """The entries in order. Raises ValueError at a line that is neither a verb nor indented."""
    begun: tuple[int, str] | None = None
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        verb = _VERB.fullmatch(line)
        if line.startswith("  ") or not line.strip():
            lines.append(line[2:].rstrip())
        elif verb:
            if begun:
                yield Entry(*begun, _trimmed(lines))
            begun, lines = (number, verb[1]), [verb[2]] if verb[2] else []
        elif not line.startswith("#"):
            raise ValueError(f"line {number} is no line of a transcript: {line}")
    if begun:
        yield Entry(*begun, _trimmed(lines))


def rules_of(text: str) -> tuple[str, ...]:
    """The rules that the transcript proves, from its first line `rule: F1, G1`."""
    first = next(entries_of(text))
    if first.verb != "rule":
        raise ValueError("a transcript begins with its rules")
    return tuple(first.text.replace(" ", "").split(","))


def matches(expected: tuple[str, ...], heard: tuple[str, ...]) -> bool:
    """Whether the message says what was expected, `…` standing for anything."""
    if not expected:
        return not heard
    if expected[0] == ANYTHING:
        return any(matches(expected[1:], heard[start:]) for start in range(len(heard) + 1))
    if not heard:
        return False
    pattern = ".*".join(re.escape(part) for part in expected[0].split(ANYTHING))
    return re.fullmatch(pattern, heard[0]) is not None and matches(expected[1:], heard[1:])


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)
