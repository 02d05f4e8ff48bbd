"""Questions as a photographer types them: where a line is no question that can be read, or one that was hardly meant
so, what may be meant instead (B6). It is asked, never taken."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.paperwork.questionnaire import KINDS, Kind, Question, QuestionUnreadable, as_lines, read_questions

_ALIKE: Final = 0.6  # of 1: a slip of the finger in a word as short as "date"
_KIND: Final = re.compile(r"\((?P<word>[^()]*)\)")
_OPTIONS: Final = re.compile(r"(?P<open>\[{1,2})(?P<options>[^\[\]]*)(?P<close>\]{0,2})")
_SHORT: Final = tuple(f"({word})" for word, kind in KINDS.items() if kind is Kind.SHORT)
_BETWEEN: Final = re.compile(r"\s*[,;/|]\s*")


@dataclass(frozen=True, slots=True)
class Near:
    """A line, by its number from 1, and the whole of it as it may be meant."""

    line: int
    written: str
    meant: str


def near_miss(text: str) -> Near | None:
    """The first line that may be meant otherwise than it is written. Raises what `read_questions` raises of others."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and (meant := _meant(number, line)):
            return Near(number, line.strip(), meant)
    return None


def corrected(text: str, near: Near) -> str:
    """The text with the line as it is meant."""
    return _with(text, near.line, near.meant)


def as_it_stands(text: str, near: Near) -> str:
    """The text with a line that asks just what stands there, for a short answer."""
    asked = near.written.rstrip(" *")
    return _with(text, near.line, _line(asked, " (short)", required=asked != near.written))


def _with(text: str, number: int, line: str) -> str:
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines)


def _meant(number: int, line: str) -> str | None:
    try:
        (question,) = read_questions(line)
    except QuestionUnreadable as refusal:
        meant = _mended(line, f"{refusal.facts.get('hint')}", f"{refusal.facts.get('text')}")
        if meant is None:
            raise QuestionUnreadable(**{**refusal.facts, "line": number}) from refusal
        return meant
    return _moved(question) if question.kind is Kind.SHORT and not _says_short(line) else None


def _says_short(line: str) -> bool:
    return line.rstrip(" *").casefold().endswith(_SHORT)


def _mended(line: str, hint: str, text: str) -> str | None:
    """A kind with a slip of the finger, or options with other signs between them."""
    if hint == "kind":
        word = next(iter(difflib.get_close_matches(text.casefold(), KINDS, n=1, cutoff=_ALIKE)), None)
        return line.strip().replace(f"({text})", f"({word})") if word else None
    if hint == "options" and "|" not in text:
        options = " | ".join(_BETWEEN.split(text))
        return _readable(line.strip().replace(text, options)) if options != text else None
    return None


def _moved(question: Question) -> str | None:
    """A kind or options in the midst of a question, or options that were not closed: behind it they would count."""
    text = question.text
    if (found := _KIND.search(text)) and found["word"].strip().casefold() in KINDS:
        return _line(_without(text, found), f" ({found['word'].strip()})", required=question.required)
    if (found := _OPTIONS.search(text)) and "|" in found["options"]:
        options = " | ".join(_BETWEEN.split(found["options"].strip()))
        marks = ("[[", "]]") if found["open"] == "[[" or found["close"] == "]]" else ("[", "]")
        asked = _without(text, found)
        return _readable(_line(asked, f" {marks[0]}{options}{marks[1]}", required=question.required))
    return None


def _without(text: str, found: re.Match[str]) -> str:
    """The question without the part; a sign behind that is the question's own."""
    before, behind = text[: found.start()].rstrip(), text[found.end() :].strip()
    if behind[:1] in {"?", ".", "!", ":"}:
        return f"{before.removesuffix(behind[:1])}{behind}"
    return f"{before} {behind}".strip()


def _line(text: str, behind: str, *, required: bool) -> str:
    return f"{text}{behind}{' *' if required else ''}"


def _readable(line: str) -> str | None:
    """The line, if it is a question."""
    try:
        read_questions(line)
    except QuestionUnreadable:
        return None
    return line


def lines_of(questions: Iterable[Question]) -> str:
    """The questions, a line each, so that they are read back as they are and as nothing else."""
    return "\n".join(_unmistakable(as_lines([one])) for one in questions)


def _unmistakable(line: str) -> str:
    near = near_miss(line)
    return as_it_stands(line, near) if near else line
