"""`/payments`: how clients can pay, and how cards are set up (A3)."""

from typing import Final

from conversations.screens import Button, Do, Line, Look, Screen, lines, say
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from core.studio_desk.rights import OWNERS


def payments(turn: StudioTurn, _about: str) -> Screen:
    """Whether cards are taken, in earnest or to try, and what else there is."""
    if not turn.front.takes_cards:
        said = (say("payments-no-cards"), say("payments-outside"), say("payments-how"))
    elif turn.front.is_live:
        said = (say("payments-live"), say("payments-outside"))
    else:
        said = (say("payments-test"), say("payments-outside"), say("payments-earnest"))
    return Screen(
        lines=(
            Line(say("payments", studio=turn.studio.name), Look.TITLE),
            *lines(said[0]),
            *(Line(one, gap=True) for one in said[1:]),
        ),
        rows=tuple(
            row
            for row in (
                button(turn, say("button-new-mini"), "newmini", "") if not turn.desk.minis(all=True) else (),
                (Button(say("button-minis"), Do("minis", "")),),
            )
            if row
        ),
    )


ROOM: Final = Room(
    commands={"payments": For(OWNERS, covering("payments"))},
    presses={"payments": For(OWNERS, covering("payments"))},
    asides={"payments": For(OWNERS, payments)},
)
