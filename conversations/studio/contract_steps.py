"""The parts of a contract as they are asked: its text, its title, what matters most, and what may be refused (B5)."""

from collections.abc import Callable, Sequence
from typing import Final

from conversations.engine import Step, refusal_words
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Say, Screen, lines, say
from conversations.starter_kit import ContractDraft
from conversations.studio.contract_texts import (
    as_lines,
    consents_in,
    contract_text,
    contract_title,
    heading_of,
    joined,
    points_in,
)
from conversations.studio.turn import StudioTurn
from conversations.studio.which_fields import which_fields
from conversations.talk import Answer
from core.paperwork.contract import LONGEST_TEXT, LONGEST_TITLE, MOST_POINTS, Consent, Contract
from core.values.refusals import Refusal
from core.values.texts import shows_something

#: Characters. A longer paste may be the beginning of one that the messenger cut into several messages.
PIECE: Final = 2_000
TEXT_PART: Final = "contract_text.text"
TITLE_PART: Final = "contract_title"
POINTS_PART: Final = "contract_summary.text"
CONSENTS_PART: Final = "contract_consents.text"
_BEFORE: Final = "consents_before"
_TYPED: Final = "="  # begins a choice that was typed; what follows is the text


def answers_of(one: Contract | ContractDraft) -> dict[str, Answer]:
    """All the answers, so that the preview comes next."""
    return {
        TEXT.id: True,
        TEXT_PART: one.text,
        TITLE_PART: one.title,
        SUMMARY.id: True,
        POINTS_PART: "\n".join(one.summary),
        CONSENTS.id: True,
        CONSENTS_PART: as_lines(one.consents),
        _BEFORE: [f"{each.id} {each.label}" for each in one.consents],
    }


def answers_to(text: str) -> dict[str, Answer]:
    """The answers of one whose text is there. Raises what `contract_text` raises."""
    return {TEXT.id: True, TEXT_PART: contract_text(text)}


def drafted(turn: StudioTurn) -> Contract:
    """What was written, as the version that it would be."""
    subject = turn.course.subject
    return Contract(
        id=subject.get("contract", ""),
        studio_id=turn.studio.id,
        title=turn.text(TITLE_PART),
        text=turn.text(TEXT_PART),
        version=int(subject.get("version", "0")) + 1,
        summary=points_in(turn.text(POINTS_PART)),
        consents=consents_in(turn.text(CONSENTS_PART), _consents_before(turn)),
    )


def _consents_before(turn: StudioTurn) -> Sequence[Consent]:
    kept = turn.answers.get(_BEFORE)
    pairs = [one.partition(" ") for one in kept] if isinstance(kept, list) else []
    return [Consent(id=id, question=label, label=label) for id, _, label in pairs]


# -- text, summary and consents --


def _enclose_text(turn: StudioTurn) -> None:
    """The text of one that is changed comes as a file, to be edited and sent back."""
    contract_id, version = (turn.course.subject.get(key) for key in ("contract", "version"))
    if contract_id and version:
        turn.talk.enclose(f"text:{contract_id}.{version}", say("file-contract-text", title=turn.text(TITLE_PART)))


def _asks(
    what: str,
    ask: Callable[[StudioTurn], Say],
    read: Callable[[str], str],
    *,
    most: int = 0,
    optional: bool = True,
    enter: Callable[[StudioTurn], None] | None = None,
) -> Form[StudioTurn]:
    """One part of a contract, asked by itself."""
    field: Field[StudioTurn] = Field(
        id="text",
        kind=FieldKind.TEXT,
        label=say(f"field-contract-{what}"),
        ask=ask,
        read=lambda _, text: read(text),
        required=lambda _: not optional,
        most=most,
        words=f"contract-{what}",
    )
    return Form(
        id=f"contract_{what}",
        title="title-contract",
        fields=(field,),
        enter=enter,
        beside=lambda turn: which_fields(turn, "contract_fields", ""),
    )


TEXT: Final = _asks(
    "text",
    lambda turn: say("contract-text-anew" if "contract" in turn.course.subject else "contract-text-ask"),
    contract_text,
    most=LONGEST_TEXT,
    optional=False,
    enter=_enclose_text,
)
SUMMARY: Final = _asks(
    "summary", lambda _: say("contract-summary-ask", most=MOST_POINTS), lambda text: "\n".join(points_in(text))
)
CONSENTS: Final = _asks(
    "consents",
    lambda turn: say("contract-consents-ask", studio=turn.studio.name),
    lambda text: as_lines(consents_in(text)),
)


# -- the title, and what follows a long text --


def _show_title(turn: StudioTurn) -> Screen:
    heading, before = heading_of(turn.text(TEXT_PART)), turn.text(TITLE_PART)
    offered = [("keep", say("button-keep", text=before))] if before else []
    offered += [("heading", say("button-use", text=heading))] if heading and heading != before else []
    return Screen(
        lines=lines(say("contract-title-ask")),
        rows=tuple((Button(label, Choose(choice)),) for choice, label in offered),
    )


def as_typed(_turn: StudioTurn, text: str) -> str | None:
    """A choice that stands for a typed text; `typed_in` has it back."""
    return f"{_TYPED}{text}" if shows_something(text) else None


def typed_in(choice: str) -> str:
    """The text that was typed; empty for a button's choice."""
    return choice.removeprefix(_TYPED) if choice.startswith(_TYPED) else ""


def _take_title(turn: StudioTurn, choice: str) -> Answer:
    """The title; a long text is no title but what follows of the contract."""
    if choice == "keep" and turn.text(TITLE_PART):
        return turn.text(TITLE_PART)
    if choice == "heading" and heading_of(turn.text(TEXT_PART)):
        return heading_of(turn.text(TEXT_PART))
    text = typed_in(choice)
    if is_long(text):
        append(turn, text)
        return None
    return contract_title(text) if text else None


def is_long(text: str) -> bool:
    """Whether it can only be a part of a contract's text."""
    return len(text) > LONGEST_TITLE or "\n" in text.strip()


def append(turn: StudioTurn, more: str) -> None:
    """Put what came as another message behind the text; after a short text it can only be meant instead.

    If it cannot stand in a contract, the whole is asked again: only who sent it knows what belongs together.
    """
    before = turn.text(TEXT_PART)
    goes_on = len(before) >= PIECE
    try:
        turn.answers[TEXT_PART] = contract_text(joined(before, more) if goes_on else more)
    except Refusal as refusal:
        del turn.answers[TEXT_PART], turn.answers[TEXT.id]
        turn.talk.notice = say("contract-text-again", why=refusal_words(refusal))
        return
    count = len(turn.text(TEXT_PART))
    turn.talk.notice = say("contract-text-added" if goes_on else "contract-text-instead", count=count)


TITLE: Final[Step[StudioTurn]] = Step(
    id=TITLE_PART, words="contract-title", show=_show_title, accept=_take_title, typed=as_typed
)
