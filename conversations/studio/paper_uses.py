"""Which minis' clients sign a contract or answer a questionnaire, and having them do so."""

from collections.abc import Sequence

from conversations.studio.turn import StudioTurn
from conversations.studio.which import Fit, minis_that
from core.minis.mini import Mini
from core.paperwork.contract import Edition


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
