"""Making a contract, or a new version of one: what is not there yet is asked, then it is shown, and only then saved.

What stands in the preview is what a client will read (B5). A new version is for new bookings only (B10).
"""

from collections.abc import Iterator
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, say
from conversations.studio.contract_samples import is_long_text, sample_lines
from conversations.studio.contract_steps import (
    CONSENTS,
    CONSENTS_PART,
    PIECE,
    POINTS_PART,
    SUMMARY,
    TEXT,
    TEXT_PART,
    TITLE,
    TITLE_PART,
    append,
    as_typed,
    drafted,
    is_long,
    typed_in,
)
from conversations.studio.paper_uses import set_contracts, used_by
from conversations.studio.turn import StudioTurn
from conversations.studio.which import mini_meant
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.minis.mini import Mini
from core.paperwork.contract import MOST_OF_A_MINI, Contract, ContractGone

NAME: Final = "contract"
#: What each button of the preview asks again.
_PARTS: Final = {"text": TEXT_PART, "title": TITLE_PART, "summary": POINTS_PART, "consents": CONSENTS_PART}


def begin(turn: StudioTurn, mini_id: str, answers: dict[str, Answer], **about: str) -> None:
    """Make a contract, for the mini if one is given.

    `about`: `contract` and `version` of one that is changed, `kit` of an example.
    """
    subject = {"mini": mini_id} if mini_id else {}
    subject["from"] = f"contract:{about['contract']}.{mini_id}" if "contract" in about else f"contracts:{mini_id}"
    turn.talk.begin(Course(flow=NAME, subject=subject | about, answers=answers))


# -- the preview --


def _show(turn: StudioTurn) -> Screen:
    draft, whole = drafted(turn), turn.course.view.get(PREVIEW.id) == "whole"
    folded = is_long_text(turn, draft) and not whole
    return Screen(
        lines=(*_about(turn, draft), *sample_lines(turn, draft, whole=whole)),
        rows=(
            (Button(_save_label(turn, draft), Choose("save"), Style.PRIMARY),),
            *(((Button(say("button-whole-text"), Choose("whole")),),) if folded else ()),
            (Button(say("button-change-text"), Choose("text")), Button(say("button-change-title"), Choose("title"))),
            (
                Button(say("button-change-summary"), Choose("summary")),
                Button(say("button-change-asked"), Choose("consents")),
            ),
        ),
    )


def _about(turn: StudioTurn, draft: Contract) -> tuple[Line, ...]:
    """Nothing is saved yet; and whom it would touch (B10)."""
    unsaved = Line(say("paper-not-saved"), Look.TITLE)
    if not draft.id:
        return (unsaved, Line(say("kit-example"))) if "kit" in turn.course.subject else (unsaved,)
    used = used_by(turn, draft.id)
    return (unsaved, Line(say("paper-becomes", version=draft.version, count=len(used), minis=used)))


def _save_label(turn: StudioTurn, draft: Contract) -> Say:
    mini = _to_use(turn, draft)
    return say("button-save-and-use", mini=mini.title) if mini else say("button-save")


def _to_use(turn: StudioTurn, draft: Contract) -> Mini | None:
    """The mini whose clients sign a new contract once it is saved; one that has two already keeps those."""
    mini = mini_meant(turn, turn.course.subject.get("mini", ""))
    return mini if mini and not draft.id and len(mini.contracts) < MOST_OF_A_MINI else None


def _unfold(turn: StudioTurn, choice: str) -> bool:
    if choice == "whole":
        turn.course.view[PREVIEW.id] = choice
    return choice == "whole"


def _accept(turn: StudioTurn, choice: str) -> Answer:
    if choice == "save":
        return _save(turn)
    if choice in _PARTS:
        change(turn, _PARTS[choice])
    elif is_long(typed_in(choice)) and len(turn.text(TEXT_PART)) >= PIECE:
        append(turn, typed_in(choice))
    else:
        raise Misread(key=PREVIEW.words)
    return None


def _save(turn: StudioTurn) -> Answer:
    """Save it. Where somebody else saved another version meanwhile, that is said first."""
    draft = drafted(turn)
    newest = next((one for one in turn.desk.contracts() if one.id == draft.id), None)
    if draft.id and newest is None:
        raise ContractGone
    if newest and newest.version >= draft.version:
        turn.course.subject["version"] = f"{newest.version}"
        turn.talk.notice = say("paper-changed-meanwhile", version=newest.version)
        return None
    mini = _to_use(turn, draft)
    saved = turn.desk.save_contract(
        draft.title, draft.text, summary=draft.summary, consents=draft.consents, contract_id=draft.id or None
    )
    turn.talk.notice = say("paper-saved", title=saved.title, version=saved.version)
    if mini:
        set_contracts(turn, mini, [*(one.id for one in mini.contracts), saved.id])
        turn.talk.notice = say("contract-now-used", title=saved.title, mini=mini.title)
    return saved.id


PREVIEW: Final[Step[StudioTurn]] = Step(
    id="contract_preview",
    words="contract-preview",
    show=_show,
    accept=_accept,
    adjust=_unfold,
    typed=as_typed,
    leaving="button-discard",
)


# -- the whole --


def _script(_turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield TEXT
    yield TITLE
    yield SUMMARY
    yield CONSENTS
    yield PREVIEW


def _ending(turn: StudioTurn) -> tuple[str, str]:
    return ("contract", f"{turn.text(PREVIEW.id)}.{turn.course.subject.get('mini', '')}")


FLOW: Final[Flow[StudioTurn]] = Flow(name=NAME, script=_script, ending=_ending)
