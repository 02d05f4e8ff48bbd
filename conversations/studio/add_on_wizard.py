"""An add-on is asked for, or told in one line, and shown before it is saved (B4)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step, change
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.details import left_as_over, subject_mini
from conversations.studio.package_questions import UNCLEAR, till_of, typed_amount
from conversations.studio.package_wizard import LEFT, left_lines
from conversations.studio.package_words import add_on_words
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_package import read_add_on_line
from conversations.studio.which import Fit, asked_which, course_about, find_mini
from conversations.talk import Answer
from core.minis.describe import read_title
from core.minis.mini import AddOn, Mini
from core.minis.packages import MOST_OF_ONE, MostOutOfRange, check_amount
from core.minis.publish import MiniChanged
from core.values.money import Money

#: Steps; the price in minor units.
TITLE: Final = "addon_title"
PRICE: Final = "addon_price"
MOST: Final = "addon_most"
_TYPED: Final = "t."
_MOSTS: Final = (1, 2, 3, 5, 10)


def add_on_of(turn: StudioTurn) -> AddOn:
    """The add-on that the answers are, all given."""
    price, most = turn.answers.get(PRICE), turn.answers.get(MOST)
    return AddOn(
        id=turn.course.subject.get("addon", ""),
        title=turn.text(TITLE),
        price=Money(price if isinstance(price, int) else 0, turn.studio.currency),
        most=most if isinstance(most, int) else 1,
    )


# -- questions --


def _show_title(_turn: StudioTurn) -> Screen:
    return Screen(lines=lines(say("addon-title-ask")))


def _accept_title(_turn: StudioTurn, choice: str) -> Answer:
    return read_title(choice.removeprefix(_TYPED)) if choice.startswith(_TYPED) else None


ASKED_TITLE: Final[Step[StudioTurn]] = Step(
    id=TITLE, show=_show_title, accept=_accept_title, typed=lambda _turn, text: f"{_TYPED}{text}"
)


def _show_price(turn: StudioTurn) -> Screen:
    unclear = turn.course.subject.get(UNCLEAR, "")
    named = (Line(say("amount-unclear", typed=tuple(unclear.split("\n")))),) if unclear else ()
    return Screen(lines=(*named, Line(say("addon-price-ask", title=turn.text(TITLE)))))


def _accept_price(turn: StudioTurn, choice: str) -> Answer:
    digits = choice.removeprefix("m.")
    if not choice.startswith("m.") or not digits.isdecimal():
        return None
    check_amount(turn.studio, Money(int(digits), turn.studio.currency))
    turn.course.subject.pop(UNCLEAR, None)
    return int(digits)


ASKED_PRICE: Final[Step[StudioTurn]] = Step(id=PRICE, show=_show_price, accept=_accept_price, typed=typed_amount)


def _show_most(turn: StudioTurn) -> Screen:
    buttons = tuple(Button(say("button-number", number=one), Choose(str(one))) for one in _MOSTS)
    return Screen(lines=lines(say("addon-most-ask", title=turn.text(TITLE))), rows=(buttons,))


def _accept_most(_turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal() or len(choice) > 4:
        return None
    if not 1 <= int(choice) <= MOST_OF_ONE:
        raise MostOutOfRange(least=1, most=MOST_OF_ONE)
    return int(choice)


ASKED_MOST: Final[Step[StudioTurn]] = Step(
    id=MOST,
    show=_show_most,
    accept=_accept_most,
    typed=lambda _turn, text: text.strip() if text.strip().isdecimal() else None,
)


# -- the preview --


def _show(turn: StudioTurn) -> Screen:
    return Screen(
        lines=(
            Line(say("addon-preview", mini=subject_mini(turn).title), Look.TITLE),
            *lines(add_on_words(add_on_of(turn))),
            *left_lines(turn),
        ),
        rows=(
            (Button(say("button-save"), Choose("save"), Style.PRIMARY),),
            (
                Button(say("field-title"), Choose(TITLE)),
                Button(say("field-price"), Choose(PRICE)),
                Button(say("field-most"), Choose(MOST)),
            ),
        ),
    )


def _accept(turn: StudioTurn, choice: str) -> Answer:
    if choice in {TITLE, PRICE, MOST}:
        change(turn, choice)
    elif choice.startswith(_TYPED):
        read_line(turn, choice.removeprefix(_TYPED))
    elif choice == "save":
        return _save(turn)
    return None


def _save(turn: StudioTurn) -> Answer:
    if left_as_over(turn):
        return None
    one, add_on, subject = subject_mini(turn), add_on_of(turn), turn.course.subject
    try:
        turn.desk.save_add_on(one.id, add_on, seen=int(subject["seen"]) if add_on.id else None)
    except MiniChanged:
        subject["seen"] = str(one.version)
        theirs = one.add_on(add_on.id)
        now = turn.words.phrase(add_on_words(theirs), turn.language) if theirs else ""
        gone = say("package-removed-meanwhile", title=add_on.title)
        turn.talk.notice = say("package-changed-meanwhile", now=now) if theirs else gone
        return None
    turn.talk.notice = say("package-saved", title=add_on.title)
    return add_on.title


SAVE: Final[Step[StudioTurn]] = Step(
    id="addon_save", show=_show, accept=_accept, typed=lambda _turn, text: f"{_TYPED}{text}", leaving="button-discard"
)


# -- the flow --


def _script(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield from asked_which(turn)
    yield from (ASKED_TITLE, ASKED_PRICE, ASKED_MOST, SAVE)


ADD_ON: Final[Flow[StudioTurn]] = Flow(
    name="add_on", script=_script, ending=lambda turn: ("packages", turn.course.subject["mini"])
)


def read_line(turn: StudioTurn, line: str) -> None:
    """Answer what a line says, in the place of all that was said before."""
    typed = read_add_on_line(line, till_of(turn))
    answers, subject = turn.answers, turn.course.subject
    for key in (TITLE, PRICE, MOST):
        answers.pop(key, None)
    for key in (LEFT, UNCLEAR):
        subject.pop(key, None)
    if typed.title:
        answers[TITLE] = read_title(typed.title)
    if typed.price is not None:
        check_amount(turn.studio, typed.price)
        answers[PRICE] = typed.price.minor
    if typed.unclear:
        subject[UNCLEAR] = "\n".join(typed.unclear)
    if typed.not_understood:
        subject[LEFT] = "\n".join(typed.not_understood)
    answers[MOST] = typed.most or 1


def begin(turn: StudioTurn, mini: Mini | None, line: str = "", add_on: AddOn | None = None) -> None:
    """Begin the wizard: bare, with a line, or with an add-on as it is."""
    course = course_about(ADD_ON.name, mini)
    turn.talk.begin(course)
    turn.course = course
    if add_on:
        course.subject["addon"] = add_on.id
        turn.answers.update({TITLE: add_on.title, PRICE: add_on.price.minor, MOST: add_on.most})
    elif line:
        read_line(turn, line)


def add_on_command(turn: StudioTurn, line: str) -> Say | None:
    """`/addon Extra print $25`."""
    begin(turn, find_mini(turn, "", Fit.OPEN), line)
    return None
