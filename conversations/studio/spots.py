"""Spots as the studio's people name them: "10:40", "Sat 9", "the last one", of whichever mini they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from conversations.booking.typed_time import read_wanted
from conversations.screens import Say, say
from conversations.studio.turn import StudioTurn
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Mini, Spot

#: Buttons of spots on one screen.
MOST_SHOWN: Final = 24


@dataclass(frozen=True, slots=True)
class Placed:
    """A spot with how it stands, and the mini that it is of."""

    mini: Mini
    state: SpotState

    @property
    def spot(self) -> Spot:
        return self.state.spot


def placed(turn: StudioTurn, looks: frozenset[SpotLook], mini_id: str = "") -> list[Placed]:
    """Every spot ahead that looks so, of the mini or of all that are not over, by start."""
    minis = [turn.desk.mini(mini_id)] if mini_id else [row.mini for row in turn.desk.minis()]
    found = [
        Placed(mini, state)
        for mini in minis
        for state in turn.desk.day_states(mini.id)
        if state.look in looks and state.spot.starts > turn.desk.now
    ]
    return sorted(found, key=lambda one: (one.spot.starts, one.mini.title))


def named(turn: StudioTurn, text: str, among: Sequence[Placed]) -> list[Placed]:
    """Those that the words mean; none where the words are not understood or mean none of them."""
    wanted = read_wanted(text, among, turn.studio.zone, turn.words, turn.language)
    return list(wanted.rows) if wanted else []


def spot_label(turn: StudioTurn, one: Placed, *, with_mini: bool) -> Say:
    """A spot on a button; its mini is named where there are several."""
    when = turn.when(one.spot.starts)
    return say("button-spot-of", when=when, title=one.mini.title) if with_mini else say("button-spot", when=when)
