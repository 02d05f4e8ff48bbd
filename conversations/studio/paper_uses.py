"""Which mini a contract or a questionnaire is looked at for: the one it came from, or the only one there is."""

from collections.abc import Sequence
from typing import Final

from conversations.screens import Button, Do, say
from conversations.studio.overview import button
from conversations.studio.turn import StudioTurn
from conversations.studio.which import Fit, minis_that
from core.minis.mini import Mini
from core.minis.publish import MiniChanged
from core.paperwork.contract import Edition

MINIS_OFFERED: Final = 10


def mini_meant(turn: StudioTurn, mini_id: str) -> Mini | None:
    """The mini of the id, if it is not over; without an id the only one that there is."""
    every = minis_that(turn, Fit.OPEN)
    if mini_id:
        return next((mini for mini in every if mini.id == mini_id), None)
    return every[0] if len(every) == 1 else None


def mini_of(turn: StudioTurn, mini_id: str) -> Mini:
    """Raises MiniChanged for one that is over or nobody's."""
    mini = mini_meant(turn, mini_id) if mini_id else None
    if mini is None:
        raise MiniChanged
    return mini


def pair(reference: str) -> tuple[str, str]:
    """Both ids that a button carries."""
    first, _, second = reference.partition(".")
    return first, second


def uses(mini: Mini, paper_id: str) -> bool:
    return any(one.id == paper_id for one in editions_of(mini))


def editions_of(mini: Mini) -> tuple[Edition, ...]:
    """Every paper that the mini's clients sign or answer."""
    asked = (mini.questionnaire, mini.questionnaire_after)
    return (*mini.contracts, *(one for one in asked if one))


def used_by(turn: StudioTurn, paper_id: str) -> tuple[str, ...]:
    """The titles of the minis whose clients sign or answer it."""
    return tuple(mini.title for mini in minis_that(turn, Fit.OPEN) if uses(mini, paper_id))


def set_contracts(turn: StudioTurn, mini: Mini, ids: Sequence[str]) -> None:
    """Have the mini's clients sign these, and answer what they did. Raises TooManyContracts and ContractGone."""
    during, after = mini.questionnaire, mini.questionnaire_after
    turn.desk.set_papers(
        mini.id,
        contracts=ids,
        questionnaire=during.id if during else None,
        questionnaire_after=after.id if after else None,
    )


def set_questions(turn: StudioTurn, mini: Mini, *, during: str | None, after: str | None) -> None:
    """Have the mini's clients answer these, and sign what they did. Raises SameQuestions and ContractGone."""
    signed = [one.id for one in mini.contracts]
    turn.desk.set_papers(mini.id, contracts=signed, questionnaire=during, questionnaire_after=after)


def for_minis(turn: StudioTurn, paper_id: str, deed: str) -> tuple[tuple[Button, ...], ...]:
    """Where several minis may be meant: a button for each, to choose it."""
    return tuple(
        (Button(say("button-for-mini", title=mini.title), Do(deed, f"{paper_id}.{mini.id}")),)
        for mini in minis_that(turn, Fit.OPEN)[:MINIS_OFFERED]
    )


def way_back(turn: StudioTurn, mini: Mini | None) -> tuple[Button, ...]:
    """To the mini that it is about, or to all of them."""
    if mini is None:
        return button(turn, say("button-minis"), "minis", "")
    return button(turn, say("button-to-mini", title=mini.title), "mini", mini.id)
