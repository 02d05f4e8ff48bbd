"""Making a questionnaire, or a new version of one: its questions in order, then how clients will be asked, then saving.

A new version is for new bookings only (B10).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Line, Look, Say, Screen, Style, say
from conversations.studio.contract_texts import contract_title
from conversations.studio.paper_uses import set_questions, used_by
from conversations.studio.question_list import LIST
from conversations.studio.questionnaire_steps import LINES, LISTING, drafted, near_steps, question_steps
from conversations.studio.turn import StudioTurn
from conversations.studio.which import mini_meant
from conversations.talk import Answer, Course
from conversations.turn import Misread
from core.minis.mini import Mini
from core.paperwork.contract import ContractGone
from core.paperwork.questionnaire import Kind, Question

NAME: Final = "questionnaire"
_TITLE_PART: Final = "questions_title.title"


def begin(turn: StudioTurn, mini_id: str, answers: dict[str, Answer], **about: str) -> None:
    """Make a questionnaire, for the mini if one is given.

    `about`: `questionnaire` and `version` of one that is changed, `kit` of an example.
    """
    subject, known = {"mini": mini_id} if mini_id else {}, about.get("questionnaire")
    subject["from"] = f"questionnaire:{known}.{mini_id}" if known else f"questionnaires:{mini_id}"
    turn.talk.begin(Course(flow=NAME, subject=subject | about, answers=answers))


def titled(title: str) -> dict[str, Answer]:
    """The answer that is its title."""
    return {TITLE.id: True, _TITLE_PART: title}


# -- how clients are asked --


def question_lines(questions: Sequence[Question]) -> tuple[Line, ...]:
    """Each question as a client reads it, and how it is answered."""
    return tuple(
        Line(
            say(
                "question-shown-required" if one.required else "question-shown",
                number=number,
                question=one.text,
                how=_how(one),
            ),
            gap=True,
        )
        for number, one in enumerate(questions, 1)
    )


def _how(one: Question) -> Say:
    if one.kind in {Kind.ONE, Kind.SEVERAL}:
        return say(f"answered-{one.kind}", options=" · ".join(one.options))
    return say(f"answered-{one.kind.name.lower()}".replace("_", "-"))


# -- the title --


def _offered(turn: StudioTurn) -> tuple[str, ...]:
    mini = mini_meant(turn, turn.course.subject.get("mini", ""))
    return (turn.words.phrase(say("questions-title-offer", mini=mini.title), turn.studio.locale),) if mini else ()


TITLE: Final[Form[StudioTurn]] = Form(
    id="questions_title",
    title="title-questions",
    fields=(
        Field(
            id="title",
            kind=FieldKind.LINE,
            label=say("field-title"),
            ask=lambda _: say("questions-title-ask"),
            read=lambda _, text: contract_title(text),
            suggestions=_offered,
            words="questions-title",
        ),
    ),
)


# -- the preview --


def _show(turn: StudioTurn) -> Screen:
    subject = turn.course.subject
    return Screen(
        lines=(
            Line(say("paper-not-saved"), Look.TITLE),
            *_about(turn),
            *((Line(say("kit-example")),) if "kit" in subject else ()),
            Line(say("questions-sample", title=turn.text(_TITLE_PART)), Look.TITLE, gap=True),
            *question_lines(drafted(turn)),
        ),
        rows=(
            *_save_rows(turn),
            (
                Button(say("button-change-questions"), Choose("questions")),
                Button(say("button-change-title"), Choose("title")),
            ),
        ),
    )


def _about(turn: StudioTurn) -> tuple[Line, ...]:
    """Whom a new version touches (B10)."""
    known, version = (turn.course.subject.get(key) for key in ("questionnaire", "version"))
    if not known or not version:
        return ()
    used = used_by(turn, known)
    return (Line(say("paper-becomes", version=int(version) + 1, count=len(used), minis=used)),)


def _to_use(turn: StudioTurn) -> Mini | None:
    """The mini whose clients may be asked a new one at once."""
    subject = turn.course.subject
    return None if "questionnaire" in subject else mini_meant(turn, subject.get("mini", ""))


def _save_rows(turn: StudioTurn) -> tuple[tuple[Button, ...], ...]:
    mini = _to_use(turn)
    if mini is None:
        return ((Button(say("button-save"), Choose("save"), Style.PRIMARY),),)
    return (
        (Button(say("button-save-during"), Choose("during"), Style.PRIMARY),),
        (Button(say("button-save-after"), Choose("after")),),
        (Button(say("button-save-only"), Choose("save")),),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    match choice:
        case "save" | "during" | "after":
            return _save(turn, choice)
        case "questions":
            turn.course.subject[LISTING] = "yes"
            turn.answers.pop(LIST.id, None)
        case "title":
            change(turn, _TITLE_PART)
        case _:
            raise Misread(key=PREVIEW.words)
    return None


def _save(turn: StudioTurn, when: str) -> Answer:
    """Save it. Where somebody else saved another version meanwhile, that is said first."""
    subject, title = turn.course.subject, turn.text(_TITLE_PART)
    known = subject.get("questionnaire")
    newest = next((one for one in turn.desk.questionnaires() if one.id == known), None)
    if known and newest is None:
        raise ContractGone
    if newest and f"{newest.version}" != subject.get("version"):
        subject["version"] = f"{newest.version}"
        turn.talk.notice = say("paper-changed-meanwhile", version=newest.version)
        return None
    mini = _to_use(turn)
    saved = turn.desk.save_questionnaire(title, drafted(turn), questionnaire_id=known)
    turn.talk.notice = say("paper-saved", title=saved.title, version=saved.version)
    if mini and when != "save":
        ask_when(turn, mini, saved.id, when)
    return saved.id


def ask_when(turn: StudioTurn, mini: Mini, questionnaire_id: str, when: str) -> None:
    """Have the mini's clients asked these while booking, after it, or not at all, and say so; no others change."""
    during, after = (
        None if one is None or one.id == questionnaire_id else one.id
        for one in (mini.questionnaire, mini.questionnaire_after)
    )
    titles = {one.id: one.title for one in turn.desk.questionnaires()}
    instead = {"during": during, "after": after}.get(when)
    set_questions(
        turn,
        mini,
        during=questionnaire_id if when == "during" else during,
        after=questionnaire_id if when == "after" else after,
    )
    words: dict[str, str] = {"title": titles[questionnaire_id], "mini": mini.title}
    key = f"questions-now-{when}"
    turn.talk.notice = say(f"{key}-instead", **words, old=titles[instead]) if instead else say(key, **words)


PREVIEW: Final[Step[StudioTurn]] = Step(
    id="questions_preview", words="questions-preview", show=_show, accept=_accept, leaving="button-discard"
)


# -- the whole --


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield LINES
    yield from near_steps(turn)
    yield from question_steps(turn)
    if LISTING in turn.course.subject:
        yield LIST
    yield TITLE
    yield PREVIEW


def _ending(turn: StudioTurn) -> tuple[str, str]:
    return ("questionnaire", f"{turn.text(PREVIEW.id)}.{turn.course.subject.get('mini', '')}")


FLOW: Final[Flow[StudioTurn]] = Flow(name=NAME, script=_script, ending=_ending)
