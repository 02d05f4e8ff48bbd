"""The preview of a whole mini: its day spot by spot, what it sells, what is a guess; and then it is made (B11)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from conversations.engine import Step, change
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.day_draft import (
    BREAKS,
    GAP,
    LENGTH,
    LINES,
    NEW_TITLE,
    READING,
    SPOTS,
    draft_of,
    other_readings,
    reading_key,
)
from conversations.studio.day_preview import (
    Planned,
    date_words,
    doubts,
    instead,
    others_of,
    planned_day,
    spots_lines,
)
from conversations.studio.day_questions import WHEN
from conversations.studio.new_mini_draft import GUESS, NEW_PLACE, SELLS, read_mini, read_whole
from conversations.studio.package_questions import FEE, PAID, no_till_rows, package_of
from conversations.studio.package_wizard import left_lines
from conversations.studio.package_words import package_facts
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_day import TypedDay
from conversations.talk import Answer
from core.minis.describe import read_place
from core.minis.mini import ONLINE, PaidBy

_TYPED: Final = "t."
_MOST_OTHERS: Final = 3
_OUTSIDE: Final = f"paid.{PaidBy.OUTSIDE}"
_EDITS: Final = {
    "title": (f"{NEW_TITLE}.text",),
    "day": (WHEN.id,),
    "spots": (SPOTS,),
    "length": (LENGTH, GAP),
    "lasts": (LENGTH,),
    "break": (BREAKS,),
    "place": (NEW_PLACE,),
    "fee": (FEE,),
}


def _day(turn: StudioTurn) -> tuple[TypedDay, Planned] | None:
    """The first day as it is told, if one is."""
    if LINES not in turn.answers:
        return None
    draft = draft_of(turn)
    return draft, planned_day(turn, draft)


# -- showing --


def _show(turn: StudioTurn) -> Screen:
    day = _day(turn)
    return Screen(
        lines=(
            Line(say("new-mini-preview", title=turn.text(NEW_TITLE)), Look.TITLE),
            *(_day_lines(turn, *day) if day else (Line(say("new-mini-no-day")),)),
            *_place_lines(turn),
            *_package_lines(turn),
            *(lines(*_doubts(turn, *day), gap=True) if day else ()),
            *left_lines(turn),
            *(lines(say("cards-not-yet"), gap=True) if _needs_till(turn) else ()),
        ),
        rows=tuple(row for row in _rows(turn, day) if row),
    )


def _day_lines(turn: StudioTurn, draft: TypedDay, planned: Planned) -> Iterator[Line]:
    yield Line(date_words(turn, draft))
    if planned.plan:
        yield from spots_lines(turn, planned.plan, planned.spots)


def _place_lines(turn: StudioTurn) -> Iterator[Line]:
    place = turn.text(NEW_PLACE)
    if place:
        guessed = GUESS in turn.course.subject
        yield Line(say("new-mini-place-guess", place=place) if guessed else say("new-mini-place", place=place))


def _package_lines(turn: StudioTurn) -> tuple[Line, ...]:
    if SELLS not in turn.course.subject:
        return (Line(say("new-mini-no-package"), gap=True),)
    package = package_of(turn)
    return (Line(say("package-title", title=package.title), gap=True), *lines(*package_facts(package)))


def _doubts(turn: StudioTurn, draft: TypedDay, planned: Planned) -> Iterator[Say]:
    yield from doubts(turn, draft, planned)
    if planned.wrong:
        yield planned.wrong


def _needs_till(turn: StudioTurn) -> bool:
    online = SELLS in turn.course.subject and package_of(turn).paid_by in ONLINE
    return online and not turn.takes_cards


def _rows(turn: StudioTurn, day: tuple[TypedDay, Planned] | None) -> Iterator[tuple[Button, ...]]:
    if _needs_till(turn):
        yield from no_till_rows(turn, _OUTSIDE)
    elif day is None or day[1].plan:
        anyway = day is not None and day[1].overlaps
        label = say("button-create-anyway") if anyway else say("button-create")
        yield (Button(label, Choose("create"), Style.PRIMARY),)
    if day:
        yield from ((instead(turn, one, day[0]),) for one in others_of(day[0])[:_MOST_OTHERS])
    if GUESS in turn.course.subject:
        yield (Button(say("button-no-place-that"), Choose("no-place")),)
    yield (
        Button(say("button-edit-title"), Choose("edit.title")),
        Button(say("button-edit-place"), Choose("edit.place")),
    )
    if day:
        together = day[0].same_start
        yield (
            Button(say("button-edit-day"), Choose("edit.day")),
            Button(say("button-edit-spots"), Choose("edit.spots")),
        )
        yield (
            (Button(say("button-edit-lasts"), Choose("edit.lasts")),)
            if together
            else (
                Button(say("button-edit-length"), Choose("edit.length")),
                Button(say("button-edit-break"), Choose("edit.break")),
            )
        )
    if SELLS in turn.course.subject:
        yield (Button(say("button-edit-fee"), Choose("edit.fee")),)


# -- answering --


def _accept(turn: StudioTurn, choice: str) -> Answer:
    kind, _, rest = choice.partition(".")
    if choice == "create":
        return _create(turn)
    if kind == "t":
        read_whole(turn, read_mini(turn, rest))
    elif kind == "edit" and rest in _EDITS:
        change(turn, *_EDITS[rest])
    elif choice == _OUTSIDE:
        turn.answers[PAID] = PaidBy.OUTSIDE.value
    elif choice == "no-place":
        turn.answers[NEW_PLACE] = ""
        turn.course.subject.pop(GUESS, None)
    elif kind == "r" and LINES in turn.answers and _is_other(turn, rest):
        turn.answers[READING] = rest
    return None


def _is_other(turn: StudioTurn, key: str) -> bool:
    """Whether the day can be read so, too."""
    return any(reading_key(one) == key for one in other_readings(draft_of(turn)))


def _create(turn: StudioTurn) -> Answer:
    """All of it in one turn, or nothing: whatever is refused leaves no half of a mini behind."""
    day = _day(turn)
    if day and day[1].plan is None:
        return None
    one = turn.desk.new_mini(turn.text(NEW_TITLE), place=turn.text(NEW_PLACE))
    if day and day[1].plan:
        turn.desk.add_day(one.id, replace(day[1].plan, place=""))
    if SELLS in turn.course.subject:
        turn.desk.save_package(one.id, package_of(turn), takes_cards=turn.takes_cards)
    turn.course.subject["mini"] = one.id
    turn.talk.notice = say("new-mini-created", title=one.title)
    return one.id


CREATE: Final[Step[StudioTurn]] = Step(
    id="new_mini_create",
    show=_show,
    accept=_accept,
    typed=lambda _turn, text: f"{_TYPED}{text}",
    leaving="button-discard",
)


# -- where --


def _show_place(_turn: StudioTurn) -> Screen:
    return Screen(lines=lines(say("new-mini-place-ask")), rows=((Button(say("button-no-place"), Choose("none")),),))


def _accept_place(turn: StudioTurn, choice: str) -> Answer:
    if choice != "none" and not choice.startswith(_TYPED):
        return None
    turn.course.subject.pop(GUESS, None)
    return "" if choice == "none" else read_place(choice.removeprefix(_TYPED))


ASKED_NEW_PLACE: Final[Step[StudioTurn]] = Step(
    id=NEW_PLACE, show=_show_place, accept=_accept_place, typed=lambda _turn, text: f"{_TYPED}{text}"
)
