"""A package is asked for, or told in one line, and shown before it is saved (B3, B10; STORYBOARD 3.3).

Where somebody else changed it meanwhile that is said first, and saving once more puts this one in its place.
"""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step, change
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.details import left_as_over, subject_mini
from conversations.studio.package_questions import (
    FEE,
    INCLUDES,
    LENGTH,
    PAID,
    RETAINER,
    TITLE,
    UNCLEAR,
    fill,
    fill_from,
    no_till_rows,
    package_of,
    questions,
    till_of,
)
from conversations.studio.package_words import package_facts
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_package import read_package_line
from conversations.studio.which import Fit, asked_which, course_about, find_mini
from conversations.talk import Answer
from core.booking.booking import LIVE_HOLD
from core.minis.mini import ONLINE, Mini, Package, PaidBy
from core.minis.publish import MiniChanged

#: Of the subject: what of a line was not understood.
LEFT: Final = "left"
_EDITS: Final = {"title": TITLE, "fee": FEE, "includes": INCLUDES, "length": LENGTH}
_OUTSIDE: Final = f"paid.{PaidBy.OUTSIDE}"


# -- the preview --


def _show(turn: StudioTurn) -> Screen:
    package = package_of(turn)
    return Screen(
        lines=(
            Line(say("package-preview", title=package.title, mini=subject_mini(turn).title), Look.TITLE),
            *lines(*package_facts(package)),
            *left_lines(turn),
            *(lines(say("cards-not-yet"), gap=True) if _needs_till(turn, package) else ()),
        ),
        rows=(*_rows(turn, package),),
    )


def left_lines(turn: StudioTurn) -> tuple[Line, ...]:
    """What of the line was not understood: named, as nothing is dropped silently."""
    left = turn.course.subject.get(LEFT, "")
    words = tuple(turn.words.phrase(say("quoted", text=one), turn.language) for one in left.split("\n"))
    return (Line(say("line-not-read", words=words), gap=True),) if left else ()


def _needs_till(turn: StudioTurn, package: Package) -> bool:
    return package.paid_by in ONLINE and not turn.takes_cards


def _rows(turn: StudioTurn, package: Package) -> Iterator[tuple[Button, ...]]:
    if _needs_till(turn, package):
        yield from no_till_rows(turn, _OUTSIDE)
    else:
        yield (Button(say("button-save"), Choose("save"), Style.PRIMARY),)
    if package.fee and turn.takes_cards:
        ways = {
            PaidBy.FULL: say("button-full-now"),
            PaidBy.RETAINER: say("button-with-retainer"),
            PaidBy.OUTSIDE: say("button-outside"),
        }
        yield tuple(Button(label, Choose(f"paid.{way}")) for way, label in ways.items() if way != package.paid_by)
    yield (Button(say("field-title"), Choose("edit.title")), Button(say("field-fee"), Choose("edit.fee")))
    yield (Button(say("field-includes"), Choose("edit.includes")), Button(say("field-length"), Choose("edit.length")))


def _accept(turn: StudioTurn, choice: str) -> Answer:
    kind, _, rest = choice.partition(".")
    if choice == "save":
        return _save(turn)
    if kind == "paid" and rest in {PaidBy.FULL, PaidBy.RETAINER, PaidBy.OUTSIDE}:
        turn.answers[PAID] = rest
        if rest == PaidBy.RETAINER:
            turn.answers.pop(RETAINER, None)
    elif kind == "edit" and rest in _EDITS:
        change(turn, _EDITS[rest])
    elif kind == "t":
        read_line(turn, rest)
    return None


def _save(turn: StudioTurn) -> Answer:
    if left_as_over(turn):
        return None
    one, package, subject = subject_mini(turn), package_of(turn), turn.course.subject
    try:
        turn.desk.save_package(
            one.id, package, takes_cards=turn.takes_cards, seen=int(subject["seen"]) if package.id else None
        )
    except MiniChanged:
        subject["seen"] = str(one.version)
        theirs = one.package(package.id)
        gone = say("package-removed-meanwhile", title=package.title)
        turn.talk.notice = say("package-changed-meanwhile", now=_in_short(turn, theirs)) if theirs else gone
        return None
    turn.talk.notice = _saved(turn, one, package)
    return package.title


def _in_short(turn: StudioTurn, package: Package) -> str:
    facts = (say("as-written", text=package.title), *package_facts(package))
    return ", ".join(turn.words.phrase(fact, turn.language) for fact in facts)


def _saved(turn: StudioTurn, one: Mini, package: Package) -> Say:
    """What was saved, and how many who are booking just now keep the package as it was (B10)."""
    holding = turn.desk.bookings(one.id) if package.id else []
    count = sum(booking.state in LIVE_HOLD and booking.package.id == package.id for booking in holding)
    if count:
        return say("package-saved-holds", title=package.title, count=count)
    return say("package-saved", title=package.title)


SAVE: Final[Step[StudioTurn]] = Step(
    id="pack_save", show=_show, accept=_accept, typed=lambda _turn, text: f"t.{text}", leaving="button-discard"
)


# -- the flow --


def _script(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield from asked_which(turn)
    yield from questions(turn)
    yield SAVE


PACKAGE: Final[Flow[StudioTurn]] = Flow(
    name="package", script=_script, ending=lambda turn: ("packages", turn.course.subject["mini"])
)


def read_line(turn: StudioTurn, line: str) -> None:
    """Answer what a line says, in the place of all that was said before."""
    typed = read_package_line(line, till_of(turn))
    subject = turn.course.subject
    for key in (TITLE, FEE, PAID, RETAINER, INCLUDES, LENGTH):
        turn.answers.pop(key, None)
    for key in (LEFT, UNCLEAR):
        subject.pop(key, None)
    fill(turn, typed)
    if typed.not_understood:
        subject[LEFT] = "\n".join(typed.not_understood)


def begin(turn: StudioTurn, mini: Mini | None, line: str = "", package: Package | None = None) -> None:
    """Begin the wizard: bare, with a line, or with a package as it is."""
    course = course_about(PACKAGE.name, mini)
    turn.talk.begin(course)
    turn.course = course
    if package:
        course.subject["package"] = package.id
        fill_from(turn, package)
    elif line:
        read_line(turn, line)


def package_command(turn: StudioTurn, line: str) -> Say | None:
    """`/package Mini $150 20min 10 photos retainer $50`."""
    begin(turn, find_mini(turn, "", Fit.OPEN), line)
    return None
