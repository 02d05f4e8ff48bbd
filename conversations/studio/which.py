"""Which mini is meant, for every room: the only one that fits, the one that is named, or the one that is tapped.

`/pause`, `/packages` and the like may leave the mini out where only one fits; the answer then names it. Where several
fit, each is a button (STORYBOARD 3.1).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from conversations.engine import Flow, Step
from conversations.screens import Button, Choose, Do, Say, Screen, lines, say
from conversations.studio.overview import button, state_of
from conversations.studio.turn import Act, For, Room, StudioTurn, allowed
from conversations.talk import Answer, Course
from core.minis.mini import OVER, Mini, MiniState
from core.minis.publish import MiniChanged
from core.studio_desk.rights import EVERYBODY
from core.values.refusals import Refusal

MINIS_ON_ONE_SCREEN: Final = 20
MINIS_OFFERED: Final = 10  # beside what else a screen is for
_LONGEST_NAME: Final = 64  # as a title


class Fit(StrEnum):
    """Which minis a deed is for."""

    OPEN = "open"  # all that are not over
    DRAFT = "draft"
    PUBLISHABLE = "publishable"
    PUBLISHED = "published"
    PAUSABLE = "pausable"
    PAUSED = "paused"
    ANY = "any"


_FITS: Final[Mapping[Fit, Callable[[Mini], bool]]] = {
    Fit.OPEN: lambda one: one.state not in OVER,
    Fit.DRAFT: lambda one: one.state is MiniState.DRAFT,
    Fit.PUBLISHABLE: lambda one: one.state in {MiniState.DRAFT, MiniState.UNPUBLISHED},
    Fit.PUBLISHED: lambda one: one.state is MiniState.PUBLISHED,
    Fit.PAUSABLE: lambda one: one.state in {MiniState.PUBLISHED, MiniState.UNPUBLISHED} and not one.paused,
    Fit.PAUSED: lambda one: one.state not in OVER and one.paused,
    Fit.ANY: lambda _: True,
}


class NoMini(Refusal):
    """A command about a mini needs one that it is for. The hint is what it is for (`Fit`)."""


class NoMiniNamed(Refusal):
    """No mini of the studio is called so. Facts: name."""


class MiniNotSo(Refusal):
    """The mini of that name is not one that the command is for. Facts: title, state."""


def minis_that(turn: StudioTurn, fit: Fit, name: str = "") -> tuple[Mini, ...]:
    """Those that fit and are called so, the newest first; a whole title before a part of one."""
    every = [row.mini for row in reversed(turn.desk.minis(all=fit is Fit.ANY))]
    fitting = [one for one in every if _FITS[fit](one)]
    if not name:
        return tuple(fitting)
    said = _folded(name)
    whole = [one for one in fitting if _folded(one.title) == said]
    return tuple(whole or [one for one in fitting if said in _folded(one.title)])


def find_mini(turn: StudioTurn, name: str, fit: Fit) -> Mini | None:
    """The only mini that fits and is called so; None where several are. Raises NoMini, NoMiniNamed and MiniNotSo."""
    found = minis_that(turn, fit, name)
    if found:
        return found[0] if len(found) == 1 else None
    named = minis_that(turn, Fit.ANY, name) if name else ()
    if name and not named:
        raise NoMiniNamed(name=name[:_LONGEST_NAME])
    if len(named) == 1:
        raise _not_so(turn, named[0])
    raise NoMini(hint=fit)


def _not_so(turn: StudioTurn, one: Mini) -> MiniNotSo:
    return MiniNotSo(title=one.title, state=turn.words.phrase(state_of(one), turn.language))


def only_named(turn: StudioTurn, name: str, fit: Fit = Fit.OPEN) -> Mini | None:
    """The one that fits and is called so, if it is one."""
    found = minis_that(turn, fit, name) if name.strip() else ()
    return found[0] if len(found) == 1 else None


def about(press: str, fit: Fit = Fit.OPEN) -> Act:
    """A command that is the press of that name, on the mini that is meant."""

    def act(turn: StudioTurn, name: str) -> Say | None:
        name = name.strip()
        one = find_mini(turn, name, fit)
        if one:
            return press_now(turn, press, one.id)
        turn.talk.begin(Course(flow=WHICH_FLOW.name, subject={"fit": fit, "then": press, "name": name}))
        return None

    return act


def mini_meant(turn: StudioTurn, mini_id: str) -> Mini | None:
    """The mini of the id, if it is not over; without an id the only one that there is."""
    if not mini_id:
        every = minis_that(turn, Fit.OPEN)
        return every[0] if len(every) == 1 else None
    try:
        return mini_of(turn, mini_id)
    except (MiniChanged, MiniNotSo):
        return None


def mini_of(turn: StudioTurn, mini_id: str) -> Mini:
    """The mini of the id. Raises MiniNotSo for one that is over, and MiniChanged for what is nobody's."""
    one = turn.desk.mini(mini_id)
    if one.state in OVER:
        raise _not_so(turn, one)
    return one


def first_named(minis: Sequence[Mini], text: str) -> tuple[Mini | None, str]:
    """The mini with whose title the text begins, and what else it says; None as well where two are called so."""
    said = text.casefold()
    for one in sorted(minis, key=lambda one: -len(one.title)):
        title = one.title.casefold()
        if said == title or said.startswith((f"{title} ", f"{title},", f"{title}:")):
            several = sum(other.title.casefold() == title for other in minis) > 1
            return None if several else one, text[len(one.title) :].lstrip(" ,:")
    return None, text


def title_said(text: str, rest: str) -> str:
    """What of the text named a mini, where `first_named` left this rest; all of it where nothing did."""
    return text.removesuffix(rest).rstrip(" ,:") or text


def course_about(flow: str, mini: Mini | None, fit: Fit = Fit.OPEN) -> Course:
    """A wizard about a mini as it is seen now; without one it asks which (`asked_which`)."""
    if mini is None:
        return Course(flow=flow, subject={"fit": fit.value})
    return Course(flow=flow, subject={"mini": mini.id, "seen": str(mini.version)})


def asked_which(turn: StudioTurn, then: Callable[[StudioTurn, str], None] | None = None) -> Iterator[Step[StudioTurn]]:
    """The question, for a script whose subject has no mini yet, but may have a `fit`; the answer is the subject's.

    `then` hears of it once it was answered.
    """
    if "mini" not in turn.course.subject or WHICH.id in turn.answers:
        yield replace(WHICH, accept=_and_then(then)) if then else WHICH


# -- on a screen --


def pair(reference: str) -> tuple[str, str]:
    """Both ids that a button carries."""
    first, _, second = reference.partition(".")
    return first, second


def for_minis(turn: StudioTurn, what: str, deed: str) -> tuple[tuple[Button, ...], ...]:
    """Where several minis may be meant: a button for each, to look at this for it."""
    return tuple(
        (Button(say("button-for-mini", title=mini.title), Do(deed, f"{what}.{mini.id}")),)
        for mini in minis_that(turn, Fit.OPEN)[:MINIS_OFFERED]
    )


def way_back(turn: StudioTurn, mini: Mini | None) -> tuple[Button, ...]:
    """To the mini that it is about, or to all of them."""
    if mini is None:
        return button(turn, say("button-minis"), "minis", "")
    return button(turn, say("button-to-mini", title=mini.title), "mini", mini.id)


# -- asking --


def _asked(turn: StudioTurn) -> tuple[Mini, ...]:
    subject = turn.course.subject
    return minis_that(turn, Fit(subject.get("fit", Fit.OPEN)), subject.get("name", ""))


def _show(turn: StudioTurn) -> Screen:
    shown = _asked(turn)[:MINIS_ON_ONE_SCREEN]
    return Screen(
        lines=lines(say("which-one")),
        rows=tuple(
            (Button(say("which-one-mini", title=one.title, state=state_of(one)), Choose(one.id)),) for one in shown
        ),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    """Go on with it: with the script that asked, or with the press that the command was."""
    if all(one.id != choice for one in _asked(turn)):
        return None
    then = turn.course.subject.get("then")
    if then is None:
        turn.course.subject["mini"] = choice
        return choice
    turn.talk.end()
    turn.toast = press_now(turn, then, choice)
    return None


def _and_then(then: Callable[[StudioTurn, str], None]) -> Callable[[StudioTurn, str], Answer]:
    def accept(turn: StudioTurn, choice: str) -> Answer:
        answer = _accept(turn, choice)
        if answer is not None:
            then(turn, choice)
        return answer

    return accept


def _typed(turn: StudioTurn, text: str) -> str | None:
    named = only_named(turn, text, Fit(turn.course.subject.get("fit", Fit.OPEN)))
    return named.id if named else None


WHICH: Final[Step[StudioTurn]] = Step(id="which", show=_show, accept=_accept, typed=_typed)
WHICH_FLOW: Final[Flow[StudioTurn]] = Flow(
    name="which", script=asked_which, ending=lambda turn: ("mini", turn.course.subject["mini"])
)


def press_now(turn: StudioTurn, press: str, mini_id: str) -> Say | None:
    """As if the button had been pressed, with the rights that the member has now."""
    pressed = allowed(turn.house.presses, press, turn.role)
    return pressed(turn, mini_id) if pressed else say("earlier-step")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


ROOM: Final = Room(flows={WHICH_FLOW.name: For(EVERYBODY, WHICH_FLOW)})
