"""How the studio is shown a contract: as its client reads it, filled with sample data and marked as a sample (B5)."""

from collections.abc import Iterator
from typing import Final

from conversations.booking.contract import in_short, is_long, quoted
from conversations.sample_papers import sample_of
from conversations.screens import Button, Do, Line, Look, Screen, say
from conversations.sheets import plain_lines
from conversations.studio.turn import StudioTurn
from conversations.studio.which_fields import fields_screen
from core.paperwork.contract import Contract
from core.paperwork.fields import Field

BEGINNING: Final = 1_200  # characters of a long text that leave room for the rest of the card


def sample_lines(turn: StudioTurn, contract: Contract, *, whole: bool = False) -> tuple[Line, ...]:
    """The card that a client reads. Of a long text it has the beginning; `whole`: all, in messages before it."""
    sample = sample_of(turn.words, turn.studio, contract)
    long = is_long(sample)
    text = quoted(sample)
    return (
        Line(say("sample-mark"), Look.TITLE, gap=True),
        *(text if long and whole else ()),
        *in_short(sample),
        *(() if long and whole else _beginning(turn, text) if long else text),
        *(
            Line(say("sample-consent", question=said, label=one.label), gap=True)
            for one in sample.consents
            for said in plain_lines(one.question)
        ),
    )


def is_long_text(turn: StudioTurn, contract: Contract) -> bool:
    """Whether a client gets the text in messages of its own."""
    return is_long(sample_of(turn.words, turn.studio, contract))


def _beginning(turn: StudioTurn, text: tuple[Line, ...]) -> Iterator[Line]:
    room = BEGINNING
    for line in text:
        words = turn.words.phrase(line.say, turn.language)
        if len(words) > room:
            yield Line(say("cut-short", text=words[:room].rstrip()), line.look, line.gap)
            return
        room -= len(words)
        yield line


def fields(turn: StudioTurn, _about: str) -> Screen:
    """Every field that a contract may name."""
    back = (Button(say("button-all-contracts"), Do("contract", "")),)
    return fields_screen(turn, say("contract-fields"), Field, None, back)
