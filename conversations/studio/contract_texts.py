"""What a photographer sends for a contract, read part by part; each is refused at once with what is wrong (B5)."""

import re
from collections.abc import Sequence
from typing import Final

from core.paperwork.contract import (
    LONGEST_LABEL,
    LONGEST_TITLE,
    Consent,
    Contract,
    check,
    tidied,
)
from core.paperwork.markup import Shape, blocks_of
from core.values.refusals import Refusal

#: Stands for the parts that are not being read.
_FINE: Final = "fine"
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_LABELLED: Final = re.compile(rf"(?P<label>[^:]{{1,{LONGEST_LABEL}}}):\s+(?P<question>\S.*)")
_ENDS: Final = (".", "!", "?", ":", ";")


class ConsentUnlabelled(Refusal):
    """A consent whose question is too long for a button has a few words for it before a colon. Facts: number, most."""


def contract_text(text: str) -> str:
    """The text as it is kept. Raises ContractEmpty, ContractTooLong, FieldUnknown."""
    return _checked(text=text).text


def contract_title(text: str) -> str:
    """Raises ContractEmpty and ContractTooLong."""
    return _checked(title=text).title


def points_in(text: str) -> tuple[str, ...]:
    """The points of a summary, a line each. Raises TooManyPoints, ContractTooLong, FieldUnknown."""
    return _checked(summary=_lines(text)).summary


def consents_in(text: str, before: Sequence[Consent] = ()) -> tuple[Consent, ...]:
    """The consents, `label: question` a line; one whose label was there before keeps its id.

    Raises ConsentUnlabelled, ConsentUnfit, TooManyPoints, ContractTooLong, FieldUnknown.
    """
    read = [_consent(number, line) for number, line in enumerate(_lines(text), 1)]
    known = {one.label.casefold(): one.id for one in before}
    free = iter(f"c{number}" for number in range(1, len(read) + len(before) + 1))
    taken = set(known.values())
    consents: list[Consent] = []
    for label, question in read:
        id = known.get(label.casefold()) or next(one for one in free if one not in taken)
        consents.append(Consent(id=id, question=question, label=label))
    return _checked(consents=tuple(consents)).consents


def as_lines(consents: Sequence[Consent]) -> str:
    """The consents as `consents_in` reads them."""
    return "\n".join(f"{one.label}: {one.question}" for one in consents)


def heading_of(text: str) -> str:
    """What the text calls itself; empty where it does not begin with a heading that can be a title."""
    first = next(iter(blocks_of(text)), None)
    is_title = first is not None and first.shape is Shape.HEADING and len(first.text) <= LONGEST_TITLE
    return first.text if first and is_title and "{" not in first.text else ""


def joined(text: str, more: str) -> str:
    """Both parts of a text that a messenger cut in two, in one: it cuts between lines, else between words."""
    within = more[:1].islower() and not text.rstrip().endswith(_ENDS)
    return f"{text.rstrip()}{' ' if within else chr(10)}{more.strip()}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_BULLET.sub("", line).strip() for line in text.splitlines() if line.strip())


def _consent(number: int, line: str) -> tuple[str, str]:
    if labelled := _LABELLED.fullmatch(line):
        return labelled["label"].strip(), labelled["question"]
    label = line.rstrip(" ?？")
    if len(label) > LONGEST_LABEL:
        raise ConsentUnlabelled(number=number, most=LONGEST_LABEL)
    return label, line


def _checked(
    *,
    title: str = _FINE,
    text: str = _FINE,
    summary: tuple[str, ...] = (),
    consents: tuple[Consent, ...] = (),
) -> Contract:
    whole = tidied(Contract(id="", studio_id="", title=title, text=text, summary=summary, consents=consents))
    check(whole)
    return whole
