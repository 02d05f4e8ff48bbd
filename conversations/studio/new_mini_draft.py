"""The mini that one line is read as: what it says is answered, the rest is left to be asked (B11)."""

from dataclasses import replace
from typing import Final

from conversations.screens import say
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_draft import LINES, NEW_TITLE, facts_said
from conversations.studio.day_questions import day_is_past
from conversations.studio.package_questions import TITLE as PACKAGE_TITLE
from conversations.studio.package_questions import fill, till_of
from conversations.studio.package_wizard import LEFT
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_mini import LONGEST, TypedMini, read_mini_line
from conversations.typed_moments import NotRead, Past, Unread
from core.minis.describe import read_place, read_title
from core.values.refusals import Refusal

#: Where it is; empty where nothing was said of it. A step once it is changed.
NEW_PLACE: Final = "new_place"
#: Of the subject: the place is what nothing else can be; something is sold.
GUESS: Final = "guess"
SELLS: Final = "sells"


class LineTooLong(Refusal):
    """A line that describes a whole mini has up to 300 characters (B11). Facts: most, length."""


def read_mini(turn: StudioTurn, line: str) -> TypedMini:
    """Raises LineTooLong."""
    if len(line) > LONGEST:
        raise LineTooLong(most=LONGEST, length=len(line))
    return read_mini_line(line, typist_of(turn), till_of(turn))


def is_title_alone(typed: TypedMini) -> bool:
    return not _says_day(typed) and typed.package is None and not typed.day.place


def read_whole(turn: StudioTurn, typed: TypedMini) -> None:
    """Answer what a line says, in the place of all that was said before."""
    subject, answers = turn.course.subject, turn.answers
    answers.clear()
    for key in (LEFT, GUESS, SELLS):
        subject.pop(key, None)
    if typed.title:
        title = read_title(typed.title)
        answers |= {NEW_TITLE: title, f"{NEW_TITLE}.text": title}
    if _says_day(typed):
        answers[LINES] = [typed.day_line]
        if isinstance(typed.day.when, Past):
            turn.talk.notice = day_is_past(turn, typed.day.when)
    answers[NEW_PLACE] = read_place(typed.day.place)
    if typed.place_is_guess:
        subject[GUESS] = "1"
    if typed.package:
        subject[SELLS] = "1"
        answers[PACKAGE_TITLE] = turn.words.phrase(say("package-usual-title"), turn.language)
        fill(turn, typed.package)
    if typed.not_understood:
        subject[LEFT] = "\n".join(typed.not_understood)


def _says_day(typed: TypedMini) -> bool:
    """Whether the line says anything of a day beside its place."""
    when = typed.day.when
    said = facts_said(replace(typed.day, place=""))
    return bool(said or typed.day.breaks) or not (isinstance(when, NotRead) and when.why is Unread.NO_DAY)
