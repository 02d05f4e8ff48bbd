"""The studio's questionnaires: the list, which a mini's clients answer and when, and what is done with one."""

from typing import Final

from conversations.screens import Button, Do, Line, Look, Say, Screen, lines, say
from conversations.starter_kit import QuestionnaireDraft, starter_kit
from conversations.studio import questionnaire_making
from conversations.studio.paper_commands import found, known, opening
from conversations.studio.paper_uses import used_by
from conversations.studio.questionnaire_making import ask_when, question_lines, titled
from conversations.studio.questionnaire_steps import (
    AT,
    LINES,
    LINES_PART,
    LISTING,
    answers_to,
    begin_question,
    leave_question,
)
from conversations.studio.turn import Act, For, Room, StudioTurn, covering
from conversations.studio.typed_questions import lines_of
from conversations.studio.which import for_minis, mini_meant, mini_of, pair, way_back
from conversations.talk import Answer
from core.minis.mini import Mini
from core.paperwork.contract import ContractGone
from core.paperwork.questionnaire import Questionnaire
from core.studio_desk.rights import PHOTOGRAPHERS


def questionnaires(turn: StudioTurn, mini_id: str) -> Screen:
    """Every questionnaire, and when the mini's clients are asked which."""
    mini, every = mini_meant(turn, mini_id), turn.desk.questionnaires()
    mine = mini.id if mini else ""
    return Screen(
        lines=(
            Line(say("questionnaires-of", mini=mini.title) if mini else say("questionnaires"), Look.TITLE),
            *lines(*(_line(turn, one, mini) for one in every), gap=True),
            Line(say("questionnaires-tap") if every else say("questionnaires-none"), gap=True),
        ),
        rows=(
            *(
                (Button(say("button-paper", title=one.title), Do("questions_one", f"{one.id}.{mine}")),)
                for one in every
            ),
            (
                Button(say("button-new-questions"), Do("questions_new", mine)),
                Button(say("button-from-kit"), Do("questions_kit", mine)),
            ),
            way_back(turn, mini),
        ),
    )


def _line(turn: StudioTurn, one: Questionnaire, mini: Mini | None) -> Say:
    used = say("paper-used-by", count=len(used_by(turn, one.id)))
    when = _when(one, mini)
    return say(f"questions-line-{when}" if when else "questions-line", title=one.title, version=one.version, used=used)


def _when(one: Questionnaire, mini: Mini | None) -> str:
    """When the mini's clients are asked: "during", "after", or empty for never."""
    if mini and mini.questionnaire and mini.questionnaire.id == one.id:
        return "during"
    if mini and mini.questionnaire_after and mini.questionnaire_after.id == one.id:
        return "after"
    return ""


def questionnaire(turn: StudioTurn, about: str) -> Screen:
    """One questionnaire: who uses it, and how clients are asked."""
    questionnaire_id, mini_id = pair(about)
    one, mini = found(turn.desk.questionnaires(), questionnaire_id), mini_meant(turn, mini_id)
    if one is None:
        return questionnaires(turn, mini_id)
    titles, mine, when = used_by(turn, one.id), mini.id if mini else "", _when(one, mini)
    used = say("paper-used-in", version=one.version, count=len(titles), minis=titles)
    return Screen(
        lines=(
            Line(say("paper-title", title=one.title), Look.TITLE),
            Line(used if titles else say("paper-unused", version=one.version)),
            *(lines(say(f"questions-asked-{when}", mini=mini.title)) if mini and when else ()),
            *question_lines(one.questions),
        ),
        rows=(
            *(_uses_rows(mini, one, when) if mini else for_minis(turn, one.id, "questions_one")),
            (Button(say("button-change-paper"), Do("questions_change", f"{one.id}.{mine}")),),
            (Button(say("button-all-questions"), Do("questions", mine)), *way_back(turn, mini)),
        ),
    )


def _uses_rows(mini: Mini, one: Questionnaire, when: str) -> tuple[tuple[Button, ...], ...]:
    reference = f"{mini.id}.{one.id}"
    during = (Button(say("button-use-during"), Do("questions_during", reference)),)
    after = (Button(say("button-use-after"), Do("questions_after", reference)),)
    never = (Button(say("button-use-never"), Do("questions_leave", reference)),)
    return tuple(row for row, is_now in ((during, "during"), (after, "after"), (never, "")) if is_now != when)


def kit(turn: StudioTurn, mini_id: str) -> Screen:
    """The examples to begin with (B12)."""
    return Screen(
        lines=(Line(say("kit-papers"), Look.TITLE), Line(say("kit-example"))),
        rows=(
            *(
                (Button(say("button-paper", title=draft.title), Do("questions_from", f"{which}.{mini_id}")),)
                for which, draft in _drafts(turn).items()
            ),
            (Button(say("button-all-questions"), Do("questions", mini_id)),),
        ),
    )


def _drafts(turn: StudioTurn) -> dict[str, QuestionnaireDraft]:
    kit = starter_kit(turn.studio.locale)
    return {"during": kit.questionnaire, "after": kit.after}


# -- deeds --


_command: Final = opening(
    "questionnaire", "questions", lambda turn: turn.desk.questionnaires(), questionnaire_making.begin, answers_to
)


def _one(turn: StudioTurn, reference: str) -> Say | None:
    questionnaire_id, mini_id = pair(reference)
    turn.talk.cover("questionnaire", f"{known(turn.desk.questionnaires(), questionnaire_id).id}.{mini_id}")
    return None


def _asking(when: str) -> Act:
    def act(turn: StudioTurn, reference: str) -> Say | None:
        mini_id, questionnaire_id = pair(reference)
        one = known(turn.desk.questionnaires(), questionnaire_id)
        turn.talk.cover("questionnaire", f"{one.id}.{mini_id}")
        ask_when(turn, mini_of(turn, mini_id), one.id, when)
        return None

    return act


def _new(turn: StudioTurn, mini_id: str) -> Say | None:
    questionnaire_making.begin(turn, mini_id, {})
    return None


def _one_by_one(turn: StudioTurn, _reference: str) -> Say | None:
    """From the lines to one question after the other."""
    course = turn.talk.course
    if course is None or course.flow != questionnaire_making.NAME or turn.text(LINES_PART):
        return say("earlier-step")
    turn.talk.aside = None
    course.reopened.clear()
    turn.answers.update({LINES.id: True, LINES_PART: ""})
    course.subject[LISTING] = "yes"
    begin_question(turn, None)
    turn.talk.revision += 1
    return None


def _to_list(turn: StudioTurn, _reference: str) -> Say | None:
    """From a question that is being written to all of them."""
    course = turn.talk.course
    if course is None or course.flow != questionnaire_making.NAME or AT not in course.subject:
        return say("earlier-step")
    turn.talk.aside = None
    leave_question(turn)
    turn.talk.revision += 1
    return None


def _from_kit(turn: StudioTurn, reference: str) -> Say | None:
    which, mini_id = pair(reference)
    draft = _drafts(turn).get(which)
    if draft is None:
        raise ContractGone
    questionnaire_making.begin(turn, mini_id, _answers_of(draft), kit="yes")
    return None


def _change(turn: StudioTurn, reference: str) -> Say | None:
    questionnaire_id, mini_id = pair(reference)
    one = known(turn.desk.questionnaires(), questionnaire_id)
    questionnaire_making.begin(turn, mini_id, _answers_of(one), questionnaire=one.id, version=f"{one.version}")
    return None


def _answers_of(one: Questionnaire | QuestionnaireDraft) -> dict[str, Answer]:
    """All the answers, so that the preview comes next."""
    return answers_to(lines_of(one.questions)) | titled(one.title)


ROOM: Final = Room(
    commands={"questions": For(PHOTOGRAPHERS, _command)},
    presses={
        "questions": For(PHOTOGRAPHERS, covering("questionnaires")),
        "questions_one": For(PHOTOGRAPHERS, _one),
        "questions_during": For(PHOTOGRAPHERS, _asking("during")),
        "questions_after": For(PHOTOGRAPHERS, _asking("after")),
        "questions_leave": For(PHOTOGRAPHERS, _asking("never")),
        "questions_new": For(PHOTOGRAPHERS, _new),
        "questions_one_by_one": For(PHOTOGRAPHERS, _one_by_one),
        "questions_list": For(PHOTOGRAPHERS, _to_list),
        "questions_kit": For(PHOTOGRAPHERS, covering("questions_kit")),
        "questions_from": For(PHOTOGRAPHERS, _from_kit),
        "questions_change": For(PHOTOGRAPHERS, _change),
    },
    asides={
        "questionnaires": For(PHOTOGRAPHERS, questionnaires),
        "questionnaire": For(PHOTOGRAPHERS, questionnaire),
        "questions_kit": For(PHOTOGRAPHERS, kit),
    },
    flows={questionnaire_making.NAME: For(PHOTOGRAPHERS, questionnaire_making.FLOW)},
)
