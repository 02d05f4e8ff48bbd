"""The engine: replays a script over the answers so far, and takes one more answer.

The position is never stored: it is the first step without an answer, or one that was opened again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from conversations.form_screens import form_screen
from conversations.forms import Form, files_wanted, fill
from conversations.inbound import NO_FILE, FileKind, Pressed, Said, Typed
from conversations.screens import Button, Do, Progress, Say, Screen, Value, say
from conversations.talk import Answer
from conversations.turn import Misread, Turn
from core.values.money import Money
from core.values.refusals import Fact, Refusal

MISSES_BEFORE_A_PERSON = 3  # STORYBOARD, other paths, O
BACK = "back"
CANCEL = "cancel"
_CHANGE = "change"  # in a course's view: the parts that were opened together to be changed

T = TypeVar("T", bound=Turn)
Show = Callable[[T], Screen]
#: Gives the choice that a typed text means, or None. May raise a refusal that says more.
ReadTyped = Callable[[T, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[T]):
    """A question with buttons. A pressed choice may be stale or forged: `accept` checks it against what is possible."""

    id: str
    show: Show[T]
    #: Does the deed, if there is one, and gives the answer to keep; None where the choice only led elsewhere.
    #: Runs once, never in a replay. May refuse.
    accept: Callable[[T, str], Answer]
    #: The answer, where the records have it already.
    known: Callable[[T], Answer] = lambda _: None
    #: Called in the answer that leads to this step, within its deed: before the step is shown, and never in a replay.
    #: May do a deed or enclose documents. It may be called again, when the talk comes to the step another time.
    enter: Callable[[T], None] | None = None
    typed: ReadTyped[T] = lambda _turn, _text: None
    #: Sets something in the step's screen (a tick, a page) and keeps the revision; True if that is what the choice was.
    adjust: Callable[[T, str], bool] = lambda _turn, _choice: False
    #: Answers that it depends on: when one of them changes, this one is forgotten.
    rests_on: tuple[str, ...] = ()
    section: str = ""
    #: The key of its words, where that is not the id.
    words: str = ""
    #: The label of a wizard's way out, where something is shown that would be saved: to discard it is to leave.
    leaving: str = "button-cancel"

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.id,)


AnyStep = Step[T] | Form[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Generic[T]):
    """A conversation: its steps in the order a person lives them, and the sections that are counted."""

    name: str
    script: Callable[[T], Iterator[AnyStep[T]]]
    #: The screen that stays when the script is through: its name and what it is about. None where nothing needs to, as
    #: what waited goes on at once.
    ending: Callable[[T], tuple[str, str] | None]
    #: None where steps are not counted: a wizard asks what is missing, and nobody knows how much that will be.
    sections: Callable[[T], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """Where a talk stands. `part` is the step's id, or the form's field that is asked next, as `form.field`."""

    step: AnyStep[T]
    part: str
    #: Every part before this one, in order.
    behind: tuple[str, ...] = ()
    #: Nothing that is counted was asked before it.
    first: bool = False


def place_of(flow: Flow[T], turn: T) -> Place[T] | None:
    """The first step that has no answer or is opened again; None where the script is through."""
    behind: list[str] = []
    first = True
    for step in flow.script(turn):
        if isinstance(step, Form):
            part = _form_part(step, turn)
        else:
            part = None if _answered(turn, step.id, step.known) else step.id
        if part is not None:
            before = step.parts[: step.parts.index(part)]
            return Place(step, part, (*behind, *(one for one in before if one in turn.answers)), first and not before)
        behind.extend(step.parts)
        first = first and not step.section
    return None


def _form_part(form: Form[T], turn: T) -> str | None:
    for part in form.parts:
        if part in turn.course.reopened:
            return part
    if _answered(turn, form.id, form.known):
        return None
    return next((part for part in form.parts if part not in turn.answers), form.parts[0])


def _answered(turn: T, key: str, known: Callable[[T], Answer]) -> bool:
    if key in turn.course.reopened:
        return False
    if key in turn.answers:
        return True
    answer = known(turn)
    if answer is None:
        return False
    turn.answers[key] = answer
    return True


# -- taking an answer --


def take(flow: Flow[T], turn: T, said: Said) -> None:
    """Take what was said as the answer to the present step. Raises the refusal that it meets, or Misread."""
    place = place_of(flow, turn)
    if place is None:
        raise Misread(key="")
    if isinstance(place.step, Form):
        _take_field(flow, place.step, place.part, turn, said)
    else:
        _take_choice(flow, place.step, turn, said)


def _take_choice(flow: Flow[T], step: Step[T], turn: T, said: Said) -> None:
    choice = _choice_in(step, turn, said)
    if step.adjust(turn, choice):
        return
    kept = step.accept(turn, choice)
    turn.course.view.pop(step.id, None)
    if kept is None:
        turn.talk.revision += 1
    else:
        _keep(flow, turn, step.id, kept)


def _choice_in(step: Step[T], turn: T, said: Said) -> str:
    match said:
        case Pressed(data):
            return data.partition(":")[2]
        case Typed(text):
            read = step.typed(turn, text)
            if read is not None:
                return read
            raise Misread(key=step.words or step.id)
        case _:
            raise Misread(key=step.words or step.id)


def _take_field(flow: Flow[T], form: Form[T], part: str, turn: T, said: Said) -> None:
    if not fill(form, part, turn, said):
        return
    turn.course.reopened = [one for one in turn.course.reopened if one != part]
    turn.talk.revision += 1
    if all(one in turn.answers for one in form.parts):
        _keep(flow, turn, form.id, form.accept(turn, form.values(turn)))


def _keep(flow: Flow[T], turn: T, key: str, kept: Answer) -> None:
    """Keep an answer. Where it is another than before, forget what rests on it."""
    changed = turn.answers.get(key) != kept
    turn.answers[key] = kept
    turn.course.reopened = [one for one in turn.course.reopened if one != key]
    if changed:
        forget_what_rests_on(flow, turn, key)
    turn.talk.revision += 1


def forget_what_rests_on(flow: Flow[T], turn: T, key: str) -> None:
    """Forget every answer of the script that depends on the key, and what depends on those."""
    for step in list(flow.script(turn)):
        if key in step.rests_on and step.id in turn.answers:
            for part in (step.id, *step.parts):
                turn.answers.pop(part, None)
            forget_what_rests_on(flow, turn, step.id)


def go_back(flow: Flow[T], turn: T) -> bool:
    """Open the answer before the present step again; False where there is none."""
    place = place_of(flow, turn)
    if place is None:
        return False
    part = place.behind[-1] if place.behind else None
    changing = _changing(turn)
    if place.part in changing and part not in changing:
        turn.course.reopened = [one for one in turn.course.reopened if one not in changing]
        turn.talk.revision += 1
        return True
    if part is None:
        return False
    turn.course.view = {key: one for key, one in turn.course.view.items() if key != _CHANGE or part in changing}
    if place.part in turn.course.reopened:
        turn.course.reopened.remove(place.part)
    reopen(turn, part)
    turn.talk.revision += 1
    return True


def reopen(turn: Turn, *parts: str) -> None:
    """Ask these again; the old answers stay until there are new ones."""
    turn.course.reopened += [part for part in parts if part not in turn.course.reopened]


def change(turn: Turn, *parts: str) -> None:
    """Ask these again, from a step that comes after them; going back from the first leads there again."""
    turn.course.view[_CHANGE] = " ".join(parts)
    reopen(turn, *parts)


def _changing(turn: Turn) -> list[str]:
    return turn.course.view.get(_CHANGE, "").split()


# -- coming to a step --


def enter(flow: Flow[T], turn: T) -> None:
    """Tell the step where the talk stands now that it came there, unless it was told already. May refuse."""
    place = place_of(flow, turn)
    if place is None or place.step.id == turn.course.entered:
        return
    if place.step.enter:
        place.step.enter(turn)
    turn.course.entered = place.step.id  # only now: one that refused is told again


def files_awaited(flow: Flow[T], turn: T) -> frozenset[FileKind]:
    """Which files would be an answer to the present step."""
    place = place_of(flow, turn)
    return files_wanted(place.step, place.part, turn) if place and isinstance(place.step, Form) else NO_FILE


# -- showing --


def screen_of(flow: Flow[T], turn: T) -> Screen | None:
    """The present step's screen with its progress and its ways out; None where the script is through."""
    place = place_of(flow, turn)
    if place is None:
        return None
    step = place.step
    screen = form_screen(step, place.part, turn) if isinstance(step, Form) else step.show(turn)
    if not step.section and flow.sections:
        return replace(screen, revision=turn.talk.revision, notice=screen.notice or turn.talk.notice)
    progress = _progress(flow.sections(turn), step, place.part) if flow.sections else None
    person = [_ask_a_person(turn)] if flow.sections and turn.talk.misses >= MISSES_BEFORE_A_PERSON else []
    return replace(
        screen,
        revision=turn.talk.revision,
        notice=turn.talk.notice,
        progress=progress,
        rows=(*screen.rows, *person, _ways_out(turn, place) if flow.sections else _ways_out_of_wizard(turn, place)),
    )


def _progress(sections: Sequence[str], step: AnyStep[T], part: str) -> Progress:
    parts = step.parts if isinstance(step, Form) else ()
    return Progress(
        section=say(f"section-{step.section}"),
        number=list(sections).index(step.section) + 1,
        of=len(sections),
        part=parts.index(part) + 1 if len(parts) > 1 else 0,
        parts=len(parts) if len(parts) > 1 else 0,
    )


def _ways_out(turn: T, place: Place[T]) -> tuple[Button, ...]:
    cancel = Button(say("button-cancel"), Do(CANCEL, ""))
    if place.first and place.part not in _changing(turn):
        return (cancel, Button(say("button-help"), Do("help", "")))
    return (Button(say("button-back"), Do(BACK, "")), cancel)


def _ways_out_of_wizard(turn: T, place: Place[T]) -> tuple[Button, ...]:
    cancel = Button(say(place.step.leaving), Do(CANCEL, ""))
    leads_back = place.behind or place.part in _changing(turn)
    return (Button(say("button-back"), Do(BACK, "")), cancel) if leads_back else (cancel,)


def _ask_a_person(turn: Turn) -> tuple[Button, ...]:
    return (Button(say("button-ask", studio=turn.studio.name), Do("ask", "")),)


def refusal_words(refusal: Refusal) -> Say:
    """The sentence for a refusal: `refusal-<code>`, or `misread-<step>` where the answer was none."""
    if isinstance(refusal, Misread):
        key = str(refusal.facts.get("key") or "anything").replace(".", "-").replace("_", "-")
        return say(f"misread-{key}")
    facts = dict(refusal.facts)
    hint = facts.pop("hint", None)
    return Say(
        f"refusal-{refusal.code}" + (f"-{hint}" if hint else ""),
        {name: _value_of(fact) for name, fact in facts.items()},
    )


def _value_of(fact: Fact) -> Value:
    match fact:
        case None:
            return ""
        case bool():
            return int(fact)
        case str() | int() | Money() | tuple():
            return fact
