"""A text that a photographer sends where nothing is asked: perhaps a contract (DECISIONS 36, STORYBOARD 3.3)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step, refusal_words
from conversations.forms import TextUnusable
from conversations.inbound import FileKind, Said, SentText, UnusableText
from conversations.screens import Button, Choose, Line, Look, Screen, Style, say
from conversations.studio import contract_making
from conversations.studio.contract_steps import answers_to
from conversations.studio.lobby import leave
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.paperwork.contract import LONGEST_TEXT, ContractTooLong
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.refusals import Refusal

NAME: Final = "sent_text"
_TEXT: Final = "text"
_BEGINNING: Final = 200  # characters that tell which text it is


def _read(turn: StudioTurn, said: Said) -> bool:
    """Raises TextUnusable and ContractTooLong."""
    match said:
        case SentText(text, name):
            if len(text) > LONGEST_TEXT:
                raise ContractTooLong(most=LONGEST_TEXT)
            turn.talk.begin(Course(flow=NAME, subject={"name": name}, answers={_TEXT: text}))
        case UnusableText(reason):
            raise TextUnusable(hint=reason)
        case _:
            return False
    return True


def _show(turn: StudioTurn) -> Screen:
    text = turn.text(_TEXT).strip()
    shown = say("as-written", text=text) if len(text) <= _BEGINNING else say("cut-short", text=text[:_BEGINNING])
    return Screen(
        lines=(
            Line(say("sent-text-ask", name=turn.course.subject["name"])),
            Line(shown, Look.QUOTE),
        ),
        rows=((Button(say("option-yes"), Choose("yes"), Style.PRIMARY), Button(say("option-no"), Choose("no"))),),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    """What cannot stand in a contract is said, and the text is asked for again."""
    if choice not in {"yes", "no"}:
        raise Misread(key=ASK.words)
    if choice == "no":
        leave(turn)
        turn.toast = say("toast-left")
        return None
    try:
        contract_making.begin(turn, "", answers_to(turn.text(_TEXT)))
    except Refusal as refusal:
        contract_making.begin(turn, "", {})
        turn.talk.notice = refusal_words(refusal)
    return None


ASK: Final[Step[StudioTurn]] = Step(id="sent_text", words="sent-text", show=_show, accept=_accept)


def _script(_turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield ASK


FLOW: Final[Flow[StudioTurn]] = Flow(name=NAME, script=_script, ending=lambda _: ("minis", ""))

ROOM: Final = Room(
    flows={NAME: For(PHOTOGRAPHERS, FLOW)},
    readings=(For(PHOTOGRAPHERS, _read),),
    files=(For(PHOTOGRAPHERS, FileKind.TEXT),),
)
