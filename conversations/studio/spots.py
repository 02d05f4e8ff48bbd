"""Spots as the studio's people name them: "10:40", "Sat 9", "the last one", of whichever mini they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from conversations.booking.typed_time import read_wanted
from conversations.screens import Say, say
from conversations.studio.turn import StudioTurn
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Mini, Spot
from core.values.moments import local

#: Buttons of spots on one screen.
MOST_SHOWN: Final = 24
#: A choice that was typed and means several.
_ONLY: Final = "only."


@dataclass(frozen=True, slots=True)
class Placed:
    """A spot with how it stands, and the mini that it is of."""

    mini: Mini
    state: SpotState

    @property
    def spot(self) -> Spot:
        return self.state.spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What words about free spots come to."""

    #: The one that they mean beyond doubt.
    only: Placed | None = None
    #: To choose from: those that they mean; where there is none, all.
    among: Sequence[Placed] = ()
    #: What must be said of the words.
    notice: Say | None = None


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


def meant(
    turn: StudioTurn, text: str, every: Sequence[Placed], free: frozenset[SpotLook], home: date | None = None
) -> Meant:
    """What the words mean of every spot; without a day, those of the home day come first, if one is given.

    A time whose nearest spot is not free never slips to a later one: that is said, with what is free that day.
    """
    choice = [one for one in every if one.state.look in free]
    found = named(turn, text, choice)
    wanted = read_wanted(text, every, turn.studio.zone, turn.words, turn.language)
    hits = list(wanted.rows) if wanted and wanted.one_time else []
    from_home = home if wanted and not wanted.names_day else None
    if at_home := [one for one in hits if _day(turn, one) == from_home]:
        hits, found = at_home, [one for one in found if _day(turn, one) == from_home]
    nearest = [one for one in hits if one.spot.starts == hits[0].spot.starts]
    if nearest and all(one.state.look not in free for one in nearest):
        near = [one for one in choice if one in found or _day(turn, one) == _day(turn, nearest[0])]
        return Meant(among=near or choice, notice=say("spot-not-free", when=turn.when(nearest[0].spot.starts)))
    if not found:
        return Meant(among=choice, notice=say("spot-none-such", text=text) if choice else None)
    return Meant(only=found[0] if len(found) == 1 else None, among=found)


def _day(turn: StudioTurn, one: Placed) -> date:
    return local(one.spot.starts, turn.studio.zone).date()


def more_than_shown(among: Sequence[Placed]) -> tuple[Say, ...]:
    """That there are more than have a button, and how they are found."""
    return (say("spots-more", count=len(among) - MOST_SHOWN),) if len(among) > MOST_SHOWN else ()


def typed_spot(turn: StudioTurn, text: str, found: Meant) -> str:
    """The choice that a line makes: a spot, or the list of those that it may mean."""
    turn.talk.notice = found.notice
    return found.only.spot.id if found.only else f"{_ONLY}{text}"


def narrow(turn: StudioTurn, choice: str) -> bool:
    """Show only those that words mean which mean several: "Sunday"."""
    if not choice.startswith(_ONLY):
        return False
    turn.course.subject["said"] = choice.removeprefix(_ONLY)
    return True


def spot_label(turn: StudioTurn, one: Placed, *, with_mini: bool) -> Say:
    """A spot on a button; its mini is named where there are several."""
    when = turn.when(one.spot.starts)
    return say("button-spot-of", when=when, title=one.mini.title) if with_mini else say("button-spot", when=when)
