"""What /addday asks of a day: when, at what time, how many spots, how long, where (C1, C2, C6)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from conversations.engine import Step
from conversations.screens import Button, Choose, Clock, Say, Screen, lines, say
from conversations.screens import When as Spoken
from conversations.studio.day_draft import (
    LENGTH,
    PLACE,
    READING,
    SPOTS,
    START,
    TOGETHER,
    day_typist,
    draft_of,
    facts_said,
    read_line,
    reading_key,
    starting,
    tell,
    title_of,
)
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_clauses import take_clauses
from conversations.studio.typed_day import Fact
from conversations.studio.typed_pauses import read_length
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_lexicons import lexicons_for
from conversations.typed_moments import Ask, NotRead, Past, Reading, Unread, When, readings_of
from conversations.typed_numeric_days import Why
from conversations.typed_text import Slate
from core.minis.describe import read_place
from core.minis.plan import DURATION_LIMITS, MOST_SPOTS, DurationOutOfRange, SpotsOutOfRange, StartIsPast, check_length
from core.values.moments import instant, local
from core.values.refusals import Refusal
from core.values.texts import shows_something

#: Why a time is asked about before anything else of the day (C6).
CLOCKS: Final = frozenset({Why.TWICE, Why.SKIPPED})
_STARTS: Final = ("08:00", "09:00", "10:00", "13:00", "15:00", "16:00")
_SPOTS: Final = (4, 6, 8, 10, 12, 16, 20, 24)
_PLACES: Final = (6, 8, 10, 12, 15, 20, 25, 30)
_LENGTHS: Final = (10, 15, 20, 30, 45, 60)
_LONG_LENGTHS: Final = (45, 60, 90, 120)
_WEEKENDS: Final = 4
_SATURDAY: Final = 5
_MINUTE: Final = timedelta(minutes=1)
_ROW: Final = 4  # short buttons beside each other
_LINE: Final = "t."  # a choice that was typed and says more than a number


class DayNotRead(Refusal):
    """A day that is typed is one of the calendar (the hint `no-such`) and says one thing only (`contradicts`)."""


def whys(when: When) -> frozenset[Why]:
    return when.why if isinstance(when, Ask) else frozenset()


def in_rows(buttons: Sequence[Button], width: int = _ROW) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def noon(turn: StudioTurn, day: date, clock: Clock = Clock.DAY) -> Spoken:
    """A date, as it is spoken."""
    return Spoken(datetime.combine(day, time(12), turn.studio.zone), turn.studio.zone, clock)


def day_is_past(turn: StudioTurn, past: Past) -> Say:
    return say("day-is-past", day=noon(turn, past.reading.date, Clock.DAY_FULL))


# -- the day --


def _show_when(turn: StudioTurn) -> Screen:
    days = list(_weekends(day_typist(turn).today))
    buttons = [Button(say("a-day", day=noon(turn, day)), Choose(f"t.{day.isoformat()}")) for day in days]
    return Screen(
        lines=lines(say("day-when-ask", title=title_of(turn)), say("day-when-hint")), rows=in_rows(buttons, 2)
    )


def _weekends(today: date) -> Iterator[date]:
    """The next Saturdays and Sundays after today."""
    found = 0
    day = today
    while found < 2 * _WEEKENDS:
        day += timedelta(days=1)
        if day.weekday() >= _SATURDAY:
            found += 1
            yield day


def _accept_when(turn: StudioTurn, choice: str) -> Answer:
    text = choice.partition(".")[2]
    said = read_line(turn, text)
    if isinstance(said.when, Past):
        raise StartIsPast(date=said.when.reading.date.isoformat(), time="")
    if isinstance(said.when, NotRead):
        hint = {Unread.NO_SUCH: "no-such", Unread.CONTRADICTS: "contradicts"}.get(said.when.why)
        raise DayNotRead(hint=hint) if hint else Misread(key="day-when")
    tell(turn, text)
    return text


WHEN: Final[Step[StudioTurn]] = Step(
    id="day_when", show=_show_when, accept=_accept_when, typed=lambda _turn, text: f"t.{text}"
)


# -- the time --


def _show_start(turn: StudioTurn) -> Screen:
    first = readings_of(draft_of(turn).when)[0]
    times = [datetime.combine(first.date, time.fromisoformat(one), turn.studio.zone) for one in _STARTS]
    buttons = [
        Button(say("a-time", time=turn.when(at, Clock.TIME)), Choose(f"t.{one}"))
        for one, at in zip(_STARTS, times, strict=True)
    ]
    return Screen(
        lines=lines(say("day-start-ask", day=noon(turn, first.date, Clock.DAY_YEAR))), rows=in_rows(buttons, 3)
    )


def _accept_start(turn: StudioTurn, choice: str) -> Answer:
    return take_start(turn, choice.partition(".")[2])


def take_start(turn: StudioTurn, text: str) -> str:
    """Another time for the day; what it may mean is asked anew. Raises StartIsPast, Misread."""
    found = starting(turn, draft_of(turn).when, text)
    if isinstance(found, Past):
        raise StartIsPast(date=found.reading.date.isoformat(), time="")
    if any(one.clock is None for one in readings_of(found)) or not readings_of(found):
        raise Misread(key="day-start")
    turn.answers.pop(READING, None)
    return text


ASKED_START: Final[Step[StudioTurn]] = Step(
    id=START, show=_show_start, accept=_accept_start, typed=lambda _turn, text: f"t.{text}"
)


# -- a time that the clocks skip, or show twice --


def _show_clock(turn: StudioTurn) -> Screen:
    when = draft_of(turn).when
    asked = say("day-clock-twice" if Why.TWICE in whys(when) else "day-clock-skipped")
    return Screen(lines=lines(asked), rows=tuple((reading_button(turn, one),) for one in readings_of(when)))


def reading_button(turn: StudioTurn, reading: Reading) -> Button:
    """A reading in full; where the clocks show its time twice, with the zone's name then."""
    if reading.clock is None:
        return Button(say("a-day", day=noon(turn, reading.date)), Choose(f"r.{reading_key(reading)}"))
    starts = instant(reading.date, reading.clock, turn.studio.zone, fold=reading.fold)
    when = turn.when(starts, Clock.DAY_TIME)
    if reading.fold is None:
        return Button(say("a-time", time=when), Choose(f"r.{reading_key(reading)}"))
    zone = local(starts, turn.studio.zone).tzname() or ""
    return Button(say("button-day-clock", when=when, zone=zone), Choose(f"r.{reading_key(reading)}"))


def _accept_clock(turn: StudioTurn, choice: str) -> Answer:
    key = choice.removeprefix("r.")
    return key if any(reading_key(one) == key for one in readings_of(draft_of(turn).when)) else None


ASKED_CLOCK: Final[Step[StudioTurn]] = Step(id=READING, show=_show_clock, accept=_accept_clock)


# -- how many --


def _show_spots(turn: StudioTurn) -> Screen:
    together = draft_of(turn).same_start
    counts = _PLACES if together else _SPOTS
    other = ("button-one-after-another", "apart") if together else ("button-together", "together")
    return Screen(
        lines=lines(say("day-places-ask") if together else say("day-spots-ask")),
        rows=(*in_rows([_number(count) for count in counts]), (Button(say(other[0]), Choose(other[1])),)),
    )


def _number(count: int) -> Button:
    return Button(say("as-written", text=str(count)), Choose(str(count)))


def _accept_spots(turn: StudioTurn, choice: str) -> Answer:
    if choice in {"together", "apart"}:
        turn.answers[TOGETHER] = choice == "together"
        for one in (SPOTS, LENGTH):
            turn.answers.pop(one, None)
        return None
    line = choice[len(_LINE) :] if choice.startswith(_LINE) else ""
    count = str(read_line(turn, line).spots) if line else choice
    if not count.isdecimal():
        return None
    if not 1 <= int(count) <= MOST_SPOTS:
        raise SpotsOutOfRange(least=1, most=MOST_SPOTS)
    if line:
        tell(turn, line)
    return int(count)


def _typed_spots(turn: StudioTurn, text: str) -> str | None:
    folded = Slate(text).left
    if re.fullmatch(r"\d{1,5}", folded):
        return folded
    said = read_line(turn, text)
    if said.spots is not None and Fact.SPOTS in facts_said(said):
        return f"{_LINE}{text}"  # "10 spots of 20 min, gap 5" answers more than was asked
    found = (take_clauses(Slate(text), lexicon).spots for lexicon in lexicons_for(text, turn.language))
    return next((str(one) for one in found if one is not None), None)


ASKED_SPOTS: Final[Step[StudioTurn]] = Step(id=SPOTS, show=_show_spots, accept=_accept_spots, typed=_typed_spots)


# -- how long --


def minute_buttons(lengths: Sequence[int]) -> list[Button]:
    return [Button(say("button-minutes", minutes=one), Choose(str(one))) for one in lengths]


def _show_length(turn: StudioTurn) -> Screen:
    together = draft_of(turn).same_start
    return Screen(
        lines=lines(say("day-lasts-ask") if together else say("day-length-ask")),
        rows=in_rows(minute_buttons(_LONG_LENGTHS if together else _LENGTHS), 3),
    )


def _accept_length(_turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal():
        return None
    check_length(int(choice) * _MINUTE, DURATION_LIMITS, DurationOutOfRange)
    return int(choice)


def typed_minutes(_turn: StudioTurn, text: str) -> str | None:
    length = read_length(text)
    return None if length is None else str(length // _MINUTE)


ASKED_LENGTH: Final[Step[StudioTurn]] = Step(id=LENGTH, show=_show_length, accept=_accept_length, typed=typed_minutes)


# -- where --


def _show_place(turn: StudioTurn) -> Screen:
    place = turn.desk.mini(turn.course.subject["mini"]).place
    label = say("button-place-of-mini", place=place) if place else say("button-no-place")
    return Screen(lines=lines(say("day-place-ask")), rows=((Button(label, Choose("as-mini")),),))


def _accept_place(_turn: StudioTurn, choice: str) -> Answer:
    if choice == "as-mini":
        return ""
    place = read_place(choice.removeprefix("t."))
    if not shows_something(place):
        raise Misread(key="day-place")
    return place


ASKED_PLACE: Final[Step[StudioTurn]] = Step(
    id=PLACE, show=_show_place, accept=_accept_place, typed=lambda _turn, text: f"t.{text}"
)
