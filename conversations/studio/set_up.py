"""The guided set-up: what a studio must have settled before its first mini (A2). Begun by the claim, and until it is
through, taken up again by whatever begins a talk.

Each answer holds at once: whoever leaves in the middle finds it again as the answer that is offered.
"""

from collections.abc import Iterator
from typing import Final

from conversations.engine import AnyStep, Flow, Step
from conversations.screens import Button, Choose, Line, Say, Screen, Style, say
from conversations.studio.settings_forms import COUNTRY, CURRENCY, NAME, settle, where
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from conversations.turn import Misread
from conversations.typed_text import Slate
from conversations.typed_words import whole
from core.studio.studio import Role
from core.studio_desk.rights import OWNERS

_CARDS: Final = "cards"
_OUTSIDE: Final = "outside"
_WORDS: Final = (
    (_CARDS, whole("(?:credit ?)?cards?|stripe|(?:kredit)?karten?|tarjetas?")),
    (
        _OUTSIDE,
        whole("direct(?:ly)?|cash|(?:bank )?transfers?|direkt|bar|uberweisung|directamente|efectivo|transferencias?"),
    ),
)
_FILLER: Final = whole("by|in|they|pay|me|with|via|a|please|mit|per|bitte|con|en|por(?: favor)?")


def begin_if_needed(turn: StudioTurn) -> bool:
    """Ask for what is not settled yet; False where that is none of theirs, or done."""
    if turn.studio.set_up or turn.role is not Role.OWNER:
        return False
    if turn.talk.course and turn.talk.course.flow == SET_UP.name:
        turn.talk.aside = None
    else:
        turn.talk.begin(Course(flow=SET_UP.name, subject={}))
    return True


def _begin(turn: StudioTurn, _reference: str) -> Say | None:
    turn.talk.begin(Course(flow=SET_UP.name, subject={}))
    return None


def _ways_to_pay(_turn: StudioTurn) -> Screen:
    return Screen(
        lines=(Line(say("set-up-pays")),),
        rows=(
            (Button(say("button-pays-outside"), Choose(_OUTSIDE), Style.PRIMARY),),
            (Button(say("button-pays-cards"), Choose(_CARDS)),),
        ),
    )


def _through(turn: StudioTurn, choice: str) -> Answer:
    if choice not in {_CARDS, _OUTSIDE}:
        raise Misread(key=PAYS.id)
    settle(turn, set_up=True)
    turn.talk.notice = say("set-up-done", studio=turn.studio.name)
    return choice


def _typed(_turn: StudioTurn, text: str) -> str | None:
    """Nothing but words of one of the two: "card or cash" is no answer."""
    slate = Slate(text)
    said = [choice for choice, words in _WORDS if slate.take(words)]
    return said[0] if len(said) == 1 and not slate.not_understood(_FILLER) else None


PAYS: Final[Step[StudioTurn]] = Step(id="set_up_pays", show=_ways_to_pay, accept=_through, typed=_typed)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield NAME
    yield from where(turn)
    yield COUNTRY
    yield CURRENCY
    yield PAYS


def _ending(turn: StudioTurn) -> tuple[str, str]:
    """Whoever wants cards reads how, unless they are taken already."""
    if turn.text(PAYS.id) != _CARDS:
        return ("minis", "")
    return ("payments" if turn.takes_cards else "connect", "")


SET_UP: Final[Flow[StudioTurn]] = Flow(name="set_up", script=_script, ending=_ending)

ROOM: Final = Room(presses={"set_up": For(OWNERS, _begin)}, flows={SET_UP.name: For(OWNERS, SET_UP)})
