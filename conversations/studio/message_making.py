"""Saying something otherwise: text or subject is asked, shown as a client will read it, and only then saved (B7)."""

from collections.abc import Callable, Iterator
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Line, Look, Screen, Style, say
from conversations.studio.message_meant import Meant, meant, sample_lines
from conversations.studio.turn import StudioTurn
from conversations.studio.which_fields import which_fields
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.paperwork.wording import LONGEST_SUBJECT, LONGEST_TEXT, read_subject, read_text
from core.studio.wording import Occasion, Wording

NAME: Final = "wording"
TEXT_PART: Final = "wording_text.text"
SUBJECT_PART: Final = "wording_subject.subject"
#: What each button of the preview asks again.
_PARTS: Final = {"text": TEXT_PART, "subject": SUBJECT_PART}
_MESSAGE: Final = "message"


def begin(turn: StudioTurn, one: Meant, part: str) -> None:
    """Ask this part of the message anew."""
    now = one.wording
    turn.talk.begin(
        Course(
            flow=NAME,
            subject={_MESSAGE: one.reference, "from": f"wording:{one.reference}"} | _seen(now),
            answers={TEXT.id: True, TEXT_PART: now.text, SUBJECT.id: True, SUBJECT_PART: now.subject},
            reopened=[part],
        )
    )


def _seen(now: Wording) -> dict[str, str]:
    """What was said when somebody last looked."""
    return {"seen_text": now.text, "seen_subject": now.subject}


def _meant(turn: StudioTurn) -> Meant:
    """Raises MiniNotSo where its mini is over by now: what was written for it alone is not for all."""
    return meant(turn, turn.course.subject[_MESSAGE], strict=True)


# -- asking --


def _now(part: str) -> tuple[Line, ...]:
    return (Line(say("wording-now")), Line(say("as-written", text=part), Look.QUOTE))


def _asks(what: str, kind: FieldKind, read: Callable[[Occasion, str], str], most: int) -> Form[StudioTurn]:
    """One part of a message, asked by itself beside what it reads now."""
    field: Field[StudioTurn] = Field(
        id=what,
        kind=kind,
        label=say(f"field-wording-{what}"),
        ask=lambda turn: say(f"wording-{what}-ask", name=_meant(turn).title),
        read=lambda turn, text: read(_meant(turn).occasion, text),
        most=most,
        words=f"wording-{what}",
    )
    return Form(
        id=f"wording_{what}",
        title="title-wording",
        fields=(field,),
        above=lambda turn: _now(turn.text(f"wording_{what}.{what}")),
        beside=lambda turn: which_fields(turn, "wording_fields", turn.course.subject[_MESSAGE]),
    )


TEXT: Final = _asks("text", FieldKind.TEXT, read_text, LONGEST_TEXT)
SUBJECT: Final = _asks("subject", FieldKind.LINE, read_subject, LONGEST_SUBJECT)


# -- the preview --


def _written(turn: StudioTurn) -> Wording:
    return Wording(subject=turn.text(SUBJECT_PART), text=turn.text(TEXT_PART))


def _show(turn: StudioTurn) -> Screen:
    one = _meant(turn)
    whose = say("wording-becomes-own", mini=one.mini.title) if one.mini else say("wording-becomes-studios")
    return Screen(
        lines=(
            Line(say("wording-not-saved", name=one.title), Look.TITLE),
            Line(whose),
            *sample_lines(turn, one, _written(turn)),
        ),
        rows=(
            (Button(say("button-save"), Choose("save"), Style.PRIMARY),),
            (
                Button(say("button-change-text"), Choose("text")),
                Button(say("button-change-subject"), Choose("subject")),
            ),
        ),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    if choice == "save":
        return _save(turn)
    if choice not in _PARTS:
        raise Misread(key=PREVIEW.words)
    change(turn, _PARTS[choice])
    return None


def _save(turn: StudioTurn) -> Answer:
    """Save it. Where somebody else said it otherwise meanwhile, that is shown first."""
    one, written = _meant(turn), _written(turn)
    seen = _seen(one.wording)
    if any(turn.course.subject[key] != value for key, value in seen.items()):
        turn.course.subject.update(seen)
        turn.talk.notice = say("wording-changed-meanwhile", text=one.wording.text)
        return None
    one.save(turn, one.with_own(text=written.text, subject=written.subject))
    turn.talk.notice = say("wording-saved", name=one.title)
    return True


PREVIEW: Final[Step[StudioTurn]] = Step(
    id="wording_preview",
    words="wording-preview",
    show=_show,
    accept=_accept,
    leaving="button-discard",
)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    _meant(turn)
    yield TEXT
    yield SUBJECT
    yield PREVIEW


FLOW: Final[Flow[StudioTurn]] = Flow(
    name=NAME, script=_script, ending=lambda turn: ("wording", turn.course.subject[_MESSAGE])
)
