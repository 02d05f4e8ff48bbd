"""The catalogue and the code that speaks from it: nothing is missing, nothing lies unused, no sentence is in code."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import conversations
import core
from conversations import studio
from conversations.asides import HELPED
from conversations.booking import contract, questions
from conversations.booking.details import DETAILS, SAME
from conversations.booking.extras import ADD_ONS, PLACES
from conversations.booking.offer import ALREADY, OFFER, PACKAGE, RESERVED
from conversations.booking.pay import PAY
from conversations.booking.resume import RESUME
from conversations.booking.review import REVIEW
from conversations.booking.time import DAY, PARTS, TIME
from conversations.clients import MENU
from conversations.engine import Step
from conversations.forms import Form
from conversations.inbound import Illegible, KeyFlaw, KeyNeed, Unusable
from conversations.screens import FieldKind
from conversations.studio import lobby, team
from conversations.studio.details import ASKED
from conversations.studio.settings_list import SETTINGS
from conversations.studio.typed_day import Fact, Problem
from conversations.studio.which import Fit
from conversations.turn import Misread
from conversations.words import FALLBACK, LOCALES
from core.booking.booking import Because, Reason, ReservationState, State
from core.booking.day_view import SpotLook
from core.messages.alerts import Alert
from core.minis.mini import MiniState
from core.paperwork.questionnaire import Kind
from core.payments.payment import PROBLEMS, Disposition, How, Settled, Why
from core.payments.problems import Decision
from core.payments.till import RefundFailure, RefundState
from core.studio.studio import Role
from core.studio.wording import Occasion
from core.values.news import What
from core.values.refusals import Refusal
from tests.conversations.languages import LONG, RIGHT_TO_LEFT, english, every_language

HOME = Path(conversations.__file__).parent
LANGUAGES = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
STEPS = (OFFER, RESERVED, ALREADY, PACKAGE, ADD_ONS, PLACES, DAY, TIME, SAME, DETAILS, REVIEW, PAY, RESUME)
#: The hints that a refusal's docstring names: each has words of its own, and some have none without.
HINTS = {
    "consent-unfit": ("empty", "twice", "id"),
    "email-unreadable": ("no-at", "two-ats", "space", "before-at", "after-at", "too-long"),
    "field-unknown": ("", "alone"),
    "just-taken": ("", "none", "unknown"),
    "more-than-refundable": ("", "outside"),
    "no-such-time": ("", "none"),
    "no-mini": tuple(Fit),
    "setting-wrong": ("name", "zone", "currency", "country", "text", "tax", "due", "cancel", "photos"),
    "question-unreadable": ("kind", "options", "empty", "too-long", "twice"),
    "not-a-day": ("", "year", "order", "weekday", "none"),
    "day-not-read": ("no-such", "contradicts"),
    "not-a-number": ("", "unclear", "too-long"),
    "photo-unusable": tuple(Unusable),
    "text-unusable": tuple(Illegible),
}
#: How a spot looks that somebody has.
TAKEN = (SpotLook.BOOKED, SpotLook.HELD, SpotLook.RESERVED)
#: Spoken by other keys: `misread-<step>`.
UNSPOKEN = {Misread.code}
#: How a decision about a problem is spoken: on its button, asked for, and done.
_DECIDING = (("button-decide", ""), ("decide", "-ask"), ("decided", ""))
#: Alerts whose messages are put together of other words.
_SPOKEN_ELSEWHERE = {Alert.ASKED, Alert.ANSWERED, Alert.UNREACHABLE}
#: What is no booking's history.
_OF_NO_BOOKING = {
    *(What.MINI_CHANGED, What.DAY_SAVED, What.DAY_CHANGED, What.DAY_REMOVED, What.BREAK_ADDED),
    *(What.SPOT_ADDED, What.SPOT_REMOVED, What.SPOT_CHANGED, What.SPOTS_CLOSED),
    *(What.CONTRACT_SAVED, What.QUESTIONNAIRE_SAVED, What.CLAIMED, What.JOINED, What.INVITED),
    *(What.MEMBER_REMOVED, What.SETTLED, What.WORDED, What.MINI_OPENED, What.MINI_NOT_OPENED),
    *(What.TILL_CONNECTED, What.TILL_HOOKED, What.TILL_DISCONNECTED),
}
#: Makes of a key of the code a key of the catalogue.
_SLUG = str.maketrans("._", "--")


def _refusals() -> Iterator[str]:
    for package in (core, conversations):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for code, kind in Refusal.kinds.items():
        if code not in UNSPOKEN and kind.__module__.partition(".")[0] in {"core", "conversations"}:
            yield from (f"refusal-{code}" + (f"-{hint}" if hint else "") for hint in HINTS.get(code, ("",)))


def _studio_steps() -> Iterator[Step[Any] | Form[Any]]:
    """Every step that a module of the studio's conversations declares."""
    for module in pkgutil.walk_packages(studio.__path__, f"{studio.__name__}."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, Step | Form):
                yield cast("Step[Any] | Form[Any]", one)


def _misreadings() -> Iterator[str]:
    for step in (*STEPS, *_studio_steps()):
        if isinstance(step, Form):
            yield from (f"misread-{field.words or field.kind}" for field in step.fields)
        else:
            yield f"misread-{step.words or step.id}".translate(_SLUG)
    yield from (f"misread-{kind}" for kind in FieldKind)


def _families() -> set[str]:
    """The keys that code puts together from parts."""
    return {
        *_refusals(),
        *_misreadings(),
        *(f"section-{step.section}" for step in (*STEPS, *_studio_steps()) if step.section),
        *(f"booking-{state}".translate(_SLUG) for state in State),
        *(f"money-back-{why}".translate(_SLUG) for why in Why),
        *(f"cancelled-{one}".translate(_SLUG) for one in (Reason.BY_CLIENT, Reason.BY_STUDIO, Reason.MINI_CANCELLED)),
        *(f"reservation-{state}" for state in (ReservationState.REMOVED, ReservationState.LAPSED)),
        *(f"menu-{name}" for name in MENU),
        *(f"studio-menu-{name}" for name in lobby.MENU),
        *(f"studio-help-{name}".translate(_SLUG) for name in lobby.HELPED),
        *(f"studio-help-group-{group}" for group in (*(group for group, _ in lobby.GROUPS), "ways")),
        *(f"studio-welcome-{role}" for role in Role),
        *(f"setting-{name}{what}" for name in SETTINGS for what in ("", "-ask")),
        *(f"role-{role}" for role in Role),
        *(f"{what}-{role}" for role in team.INVITED for what in ("team-may", "team-link", "button-invite")),
        *(f"mini-{state}" for state in MiniState),
        *(f"spot-{look}" for look in SpotLook),
        *(f"state-{state}".translate(_SLUG) for state in State),
        *(f"because-{one}" for one in Because),
        *(f"cancelled-because-{one}" for one in set(Because) - {Because.ASKED}),  # has a sentence of its own
        *(f"how-{how}" for how in How),
        *(f"key-{flaw}" for flaw in KeyFlaw),
        *(f"key-may-{need}" for need in KeyNeed),
        *(f"fate-{fate}".translate(_SLUG) for fate in set(Disposition) - {Disposition.HONOURED}),
        *(f"refund-{state}" for state in RefundState),
        *(f"refund-failed-{settled}" for settled in Settled),
        *(f"problem-{fate}".translate(_SLUG) for fate in PROBLEMS),
        *(f"problem-refund-{state}-part" for state in RefundState),
        *(f"failure-{failure}".translate(_SLUG) for failure in RefundFailure),
        *(f"{way}-{part}" for way in ("paid", "returned", "refund") for part in ("amount-ask", "preview")),
        *(f"button-{way}-save" for way in ("paid", "returned", "refund")),
        *(f"{key}-{decision}{more}".translate(_SLUG) for key, more in _DECIDING for decision in Decision),
        *(kind.translate(_SLUG) for kind in Alert if kind not in _SPOKEN_ELSEWHERE),
        *(f"alert-reservation-{fate}-bare" for fate in ("declined", "lapsed")),
        *(f"news-{row}".translate(_SLUG) for row in What if row not in _OF_NO_BOOKING),
        *(f"title-{id}" for id in ("note", "discount", "end")),
        *(f"reservation-is-{fate}" for fate in ("used", "removed", "lapsed", "leaving")),
        *(f"part-{part}" for part in ("picture", "description", "packages", "contract", "questions", "days")),
        *(f"missing-{part}" for part in ("title", "spot", "package", "till")),
        *(f"mini-{what}-ask" for what in ASKED),
        *(f"field-{what}" for what in ASKED),
        *(f"button-spot-{look}" for look in SpotLook),
        *(f"spot-is-{look}" for look in SpotLook),
        *(f"{what}-{look}" for look in TAKEN for what in ("block-stays", "holder", "seat")),
        "block-stays-free",
        *(f"fact-{fact}".translate(_SLUG) for fact in Fact if fact is not Fact.DATE),
        *(f"day-problem-{problem}".translate(_SLUG) for problem in Problem),
        *(f"button-part-{part}" for part in PARTS),
        *(f"typed-{meaning}" for meaning in ("after", "from", "before", "first", "last", "yes", "no", "done", "copy")),
        *(f"help-{command}" for command in HELPED),
        *(f"picture-{kind}-{look}" for kind in ("look", "count") for look in SpotLook),
        *(f"section-{section}" for section in (contract.SECTION, questions.SECTION)),
        *(f"misread-{step}" for step in ("contract", "signature", "which-name")),
        *(f"kind-{kind.name}".lower().translate(_SLUG) for kind in Kind),
        *(f"answered-{kind.name}".lower().translate(_SLUG) for kind in Kind),
        *(f"question-{part}-ask" for part in ("text", "kind", "options", "required")),
        *(f"field-question-{part}" for part in ("text", "kind", "options", "required")),
        *(f"field-contract-{part}" for part in ("text", "summary", "consents")),
        *(f"field-wording-{part}" for part in ("text", "subject")),
        *(f"wording-{part}-{what}" for part in ("text", "subject") for what in ("ask", "changed-meanwhile")),
        *(f"questions-line-{when}" for when in ("during", "after")),
        *(f"questions-asked-{when}" for when in ("during", "after")),
        *(f"questions-now-{when}" for when in ("during", "during-instead", "after", "after-instead", "never")),
        *(f"occasion-{one}{when}".translate(_SLUG) for one in Occasion for when in ("", "-when")),
        *(f"wording-{above}-again{was}" for above in ("studios", "original") for was in ("", "-was")),
        "misread-questions-near",
        "misread-not-your-number",
        "misread-only-words",
        "misread-pay-wait",
    }


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(HOME.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _said(node: ast.AST) -> Iterator[str]:
    """The whole keys in the first argument of every `say(…)` and `Say(…)` below the node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"say", "Say"}:
            for part in _branches(call.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from (*_branches(node.body), *_branches(node.orelse))
    else:
        yield node


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _messages(language: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name} has what Fluent cannot read: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.chosen_by: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the visitor's own naming
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ftl.VariableReference):
            self.chosen_by.add(node.selector.id.name)
        self.generic_visit(node)


def _variables(message: ftl.Message) -> _Variables:
    variables = _Variables()
    variables.visit(message)
    return variables


@pytest.mark.rule("F12")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_that_is_used_is_there(language: str) -> None:
    there = set(_messages(language))

    used = {key for _path, module in _modules() for key in _said(module)} | _families()

    assert used - there == set()


@pytest.mark.rule("F12")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_that_is_there_is_used(language: str) -> None:
    written = {text for _path, module in _modules() for text in _strings(module)}

    assert set(_messages(language)) - written - _families() == set()


@pytest.mark.rule("F12")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_needs_no_other_values_than_the_english_one(language: str) -> None:
    english = {key: _variables(message).names for key, message in _messages(FALLBACK).items()}

    others = {key: _variables(message).names for key, message in _messages(language).items()}

    assert {key for key, names in others.items() if not names <= english[key]} == set()


@pytest.mark.rule("F12")
@pytest.mark.parametrize("language", [*LANGUAGES, LONG, RIGHT_TO_LEFT])
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21])
def test_every_wording_can_be_spoken(language: str, number: int) -> None:
    words = every_language() if language in {LONG, RIGHT_TO_LEFT} else english()
    bundle = words._bundles[language]

    for key, message in _messages(language if language in LANGUAGES else FALLBACK).items():
        variables = _variables(message)
        values = {name: number if name in variables.chosen_by else "Fall Minis" for name in variables.names}
        pattern = bundle.get_message(key).value
        assert pattern is not None
        text, errors = bundle.format_pattern(pattern, values)
        assert not errors, key
        assert str(text).strip(), key


#: What people type, which is read and never said: their words are patterns.
_READ = ("clauses", "days", "lengths", "lexicons", "money", "package", "paid", "pauses", "reserve")
GRAMMARS = {f"typed_{what}.py" for what in _READ}


def test_no_sentence_stands_in_code() -> None:
    sentences: list[str] = []
    for path, module in _modules():
        if path.name in GRAMMARS:
            continue
        spoken_to_developers = {id(part) for one in _for_developers(module) for part in ast.walk(one)}
        sentences += [
            f"{path.name}:{part.lineno} {part.value}"
            for part in ast.walk(module)
            if isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and id(part) not in spoken_to_developers
            and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", part.value)
        ]

    assert sentences == []


def _for_developers(module: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and what an error that is a bug says."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        if isinstance(node, ast.Raise) and node.exc:
            yield node.exc


def test_bold_marks_come_in_pairs() -> None:
    odd = {
        key
        for language in LANGUAGES
        for key, message in _messages(language).items()
        for text in _patterns(message)
        if text.count("**") % 2
    }

    assert odd == set()


def _patterns(message: ftl.Message) -> Iterator[str]:
    """The text of each variant."""
    assert message.value
    selects = [
        one.expression
        for one in message.value.elements
        if isinstance(one, ftl.Placeable) and isinstance(one.expression, ftl.SelectExpression)
    ]
    for pattern in [variant.value for one in selects for variant in one.variants] or [message.value]:
        yield "".join(one.value for one in pattern.elements if isinstance(one, ftl.TextElement))


def test_a_drawing_goes_with_a_card_in_the_readers_language() -> None:
    from conversations.cards import Drawing
    from conversations.pictures import drawn_day
    from conversations.screens import Screen

    words = english()

    assert words.speak(Screen(picture=drawn_day("fall", "saturday")), "es-MX").picture == Drawing(
        "day/fall/saturday/1", "es-MX"
    )
    assert words.speak(Screen(picture="pictures/fall.jpg"), "en").picture == "pictures/fall.jpg"


@pytest.mark.rule("F8")
def test_what_a_client_writes_is_never_markup() -> None:
    from conversations.screens import say

    spans = english().spans(say("offer-title", title="**bold** { $title } \ue0000\ue001 <b>"), "en")

    assert [(span.text, span.bold) for span in spans] == [("**bold** { $title } \ue0000\ue001 <b>", False)]


def test_a_language_that_does_not_ship_is_answered_in_english() -> None:
    from conversations.screens import say

    words = english()

    assert words.phrase(say("button-skip"), "tlh-Qaak") == "Skip"
    assert words.language_for("en-GB") == "en"
