"""Which fields a text may name, for whoever writes it: each with what it is filled with in a sample (B5, B7)."""

from collections.abc import Iterable

from conversations.sample_papers import sample_values
from conversations.screens import Button, Line, Look, Say, Screen, lines, say
from conversations.studio.overview import button
from conversations.studio.turn import StudioTurn
from core.minis.mini import Mini
from core.paperwork.fields import Field


def which_fields(turn: StudioTurn, deed: str, about: str) -> tuple[Button, ...]:
    """The button that stands beside the question for a text."""
    return button(turn, say("button-which-fields"), deed, about)


def fields_screen(
    turn: StudioTurn, title: Say, fields: Iterable[Field], mini: Mini | None, back: tuple[Button, ...]
) -> Screen:
    """All of them; the way back is the text that is being written, else these buttons."""
    values = sample_values(turn.words, turn.studio, mini)
    return Screen(
        lines=(
            Line(title, Look.TITLE),
            *lines(*(say("field-filled", field=f"{{{one}}}", sample=values[one]) for one in fields), gap=True),
        ),
        rows=() if turn.talk.course else (back,),
    )
