"""Saying something otherwise: text or subject is asked, shown as a client will read it, and only then saved (B7)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
#: In the course's subject: which message it is, and which part was to be changed.
_MESSAGE: Final = "message"
_BEGUN: Final = "begun"


def begin(turn: StudioTurn, one: Meant, what: str) -> None:
    """Ask one part of the message anew: "text" or "subject"."""
    course = Course(
        flow=NAME,
        subject={_MESSAGE: one.reference, _BEGUN: what, "from": f"wording:{one.reference}"},
        answers={form.id: True for form in _FORMS.values()},
        reopened=[_part(what)],
    )
    for part in _FORMS:
        _look(course, one.wording, part)
    turn.talk.begin(course)


def _part(what: str) -> str:
    """Where its answer is kept."""
    return f"wording_{what}.{what}"


def _seen(what: str) -> str:
    """Where in the subject it is kept how it read when somebody last looked."""
    return f"seen_{what}"


def _look(course: Course, now: Wording, what: str) -> None:
    """Begin with it as it reads now."""
    course.answers[_part(what)] = course.subject[_seen(what)] = getattr(now, what)


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
        above=lambda turn: _now(turn.text(_part(what))),
        beside=lambda turn: which_fields(turn, "wording_fields", turn.course.subject[_MESSAGE]),
    )


TEXT: Final = _asks("text", FieldKind.TEXT, read_text, LONGEST_TEXT)
SUBJECT: Final = _asks("subject", FieldKind.LINE, read_subject, LONGEST_SUBJECT)
#: By the part that each asks.
_FORMS: Final = {"text": TEXT, "subject": SUBJECT}


# -- the preview --


def _changed(turn: StudioTurn) -> dict[str, str]:
    """The parts that are said otherwise now. The others are nobody's here: they stay as whoever else writes them."""
    said = {what: turn.text(_part(what)) for what in _FORMS}
    return {what: text for what, text in said.items() if text != turn.course.subject[_seen(what)]}


def _show(turn: StudioTurn) -> Screen:
    one = _meant(turn)
    whose = say("wording-becomes-own", mini=one.mini.title) if one.mini else say("wording-becomes-studios")
    return Screen(
        lines=(
            Line(say("wording-not-saved", name=one.title), Look.TITLE),
            Line(whose),
            *sample_lines(turn, one, replace(one.wording, on=True, **_changed(turn))),
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
    if choice not in _FORMS:
        raise Misread(key=PREVIEW.words)
    if choice not in _changed(turn):
        _look(turn.course, _meant(turn).wording, choice)
    change(turn, _part(choice))
    return None


def _save(turn: StudioTurn) -> Answer:
    """Save it. Where somebody else said the same part otherwise meanwhile, that is shown first."""
    one, changed, subject = _meant(turn), _changed(turn), turn.course.subject
    for what, said in changed.items():
        now = getattr(one.wording, what)
        if now not in {said, subject[_seen(what)]}:
            subject[_seen(what)] = now
            turn.talk.notice = say(f"wording-{what}-changed-meanwhile", now=now)
            return None
    one.save(turn, one.with_own(**changed))
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
    """The part that was to be changed, and the other only while the preview's button asks it."""
    _meant(turn)
    for what, form in _FORMS.items():
        if what == turn.course.subject[_BEGUN] or _part(what) in turn.course.reopened:
            yield form
    yield PREVIEW


FLOW: Final[Flow[StudioTurn]] = Flow(
    name=NAME, script=_script, ending=lambda turn: ("wording", turn.course.subject[_MESSAGE])
)
