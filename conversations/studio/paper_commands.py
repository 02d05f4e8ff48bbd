"""What /contract and /questions open, and the paper that a button means: one way for both kinds of papers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from conversations.engine import refusal_words
from conversations.screens import Say
from conversations.studio.turn import Act, StudioTurn
from conversations.studio.which import Fit, about, minis_that
from conversations.talk import Answer
from core.paperwork.contract import ContractGone
from core.values.refusals import Refusal


class Paper(Protocol):
    """A contract or a questionnaire."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


P = TypeVar("P", bound=Paper)


def found(papers: Sequence[P], paper_id: str) -> P | None:
    return next((one for one in papers if one.id == paper_id), None)


def known(papers: Sequence[P], paper_id: str) -> P:
    """Raises ContractGone."""
    one = found(papers, paper_id)
    if one is None:
        raise ContractGone
    return one


def opening(
    aside: str,
    press: str,
    papers: Callable[[StudioTurn], Sequence[Paper]],
    begin: Callable[[StudioTurn, str, dict[str, Answer]], None],
    answers_to: Callable[[str], Mapping[str, Answer]],
) -> Act:
    """Bare, the list; with a paper's or a mini's title, that one; any other text is a new paper's.

    `aside` is the screen of one; that of all is called so with an s, and `press` is the button that shows it.
    """

    def act(turn: StudioTurn, argument: str) -> Say | None:
        wanted = " ".join(argument.casefold().split())
        named = [one for one in papers(turn) if one.title.casefold() == wanted]
        if len(named) == 1:
            turn.talk.cover(aside, f"{named[0].id}.")
        elif named or not wanted:
            turn.talk.cover(f"{aside}s", "")
        elif minis_that(turn, Fit.OPEN, argument):
            return about(press)(turn, argument)
        else:
            try:
                begin(turn, "", dict(answers_to(argument)))
            except Refusal as refusal:
                begin(turn, "", {})
                turn.talk.notice = refusal_words(refusal)
        return None

    return act
