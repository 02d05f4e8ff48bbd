"""The grammar of /addday: "next Saturday 9am 10 spots 20min gap 5 break 12-13 at the park", in any order (C1, C2)."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from conversations.studio.typed_clauses import FILLER, Clauses, TypedBreak, take_clauses, take_place
from conversations.typed_clocks import TypedClock, TypedSpan, take_clock, take_span
from conversations.typed_lexicons import lexicons_for
from conversations.typed_moments import (
    NotRead,
    Reading,
    Said,
    Typist,
    Unread,
    When,
    either,
    readings_of,
    settle,
)
from conversations.typed_numeric_days import NoSuchDay
from conversations.typed_readings import spellings, take_moment
from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, filler_of, whole
from core.minis.plan import MOST_SPOTS, Break, DayPlan, spots_of

LONGEST: Final = 300  # characters of a line


class Fact(StrEnum):
    """What a day is made of."""

    DATE = "date"
    START = "start"
    SPOTS = "spots"
    DURATION = "duration"
    GAP = "gap"
    PLACE = "place"
    SAME_START = "same_start"


class Problem(StrEnum):
    """Why the facts do not make a day, though each was understood."""

    #: Not even one spot ends by then.
    UNTIL_TOO_EARLY = "until_too_early"
    #: So many spots do not end by then.
    SPOTS_PAST_UNTIL = "spots_past_until"
    #: A break that is over as it begins.
    BREAK_WITHOUT_LENGTH = "break_without_length"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDay:
    """A draft of a day: what was said, what the last day lends, what is still to be asked."""

    #: The date and the start; with the last day's start, if that is a default.
    when: When
    spots: int | None = None
    duration: timedelta | None = None
    gap: timedelta = timedelta(0)
    breaks: tuple[TypedBreak, ...] = ()
    #: When the last shoot is over, said instead of a number of spots.
    until: TypedClock | None = None
    same_start: bool = False
    place: str = ""
    #: What comes from the last day; the preview names it.
    defaults: frozenset[Fact] = frozenset()
    #: What must be asked before there is a plan, in that order.
    missing: tuple[Fact, ...] = ()
    #: Of what was not understood, clauses that say too little: "break 12".
    unclear: tuple[str, ...] = ()
    #: As typed. Nothing is saved without it being named.
    not_understood: tuple[str, ...] = ()

    def plan(self, reading: Reading, zone: ZoneInfo) -> DayPlan | Problem:
        """The plan for one reading of `when`, with its time; nothing may be missing.

        Raises the limits of C1 and C4, and the refusals of a clock that is skipped or repeated.
        """
        if reading.clock is None or (self.duration is None and not self.same_start):
            raise ValueError("something is missing")
        begins = reading.clock
        breaks: list[Break] = []
        for one in self.breaks:
            pause = break_of(one, begins)
            if pause is None:
                return Problem.BREAK_WITHOUT_LENGTH
            breaks.append(pause)
        ends = self.until.next_after(begins) if self.until else None
        duration = self.duration
        if duration is None:
            duration = _between(begins, ends) if ends else timedelta(0)
        plan = DayPlan(
            date=reading.date,
            start=begins,
            spots=self.spots or (1 if self.spots is None else 0),
            duration=duration,
            gap=self.gap,
            breaks=tuple(breaks),
            same_start=self.same_start,
            place=self.place,
            fold=reading.fold,
        )
        return _until(plan, ends, zone, counts=self.spots is not None) if ends else plan


def read_day_line(text: str, typist: Typist, last: DayPlan | None = None) -> TypedDay:
    """The day that a line describes. What it leaves out the last day lends, but for its date and its breaks.

    An answer to a question about it can be read with the line behind it: the answer comes first.
    """
    if len(text) > LONGEST:
        return TypedDay(when=NotRead(Unread.LONG), missing=(Fact.DATE,), not_understood=(text,))
    drafts = [read_day(Slate(text), lexicon, typist, last) for lexicon in lexicons_for(text, typist.language)]
    return min(drafts, key=lambda draft: (len(draft.not_understood), Fact.DATE in draft.missing))


def read_day(slate: Slate, lexicon: Lexicon, typist: Typist, last: DayPlan | None) -> TypedDay:
    """The same of a slate, in one language; it takes what it understands."""
    clauses = take_clauses(slate, lexicon)
    place = take_place(slate, lexicon)
    span = take_span(slate, lexicon)
    moment = _moment(slate, lexicon, typist, span, last)
    until = clauses.until or (span.ends if span else None)
    return _with_defaults(
        TypedDay(
            when=moment.when,
            spots=clauses.spots,
            duration=clauses.duration,
            breaks=clauses.breaks,
            until=until,
            same_start=clauses.same_start,
            place=place,
            defaults=frozenset({Fact.START} if moment.starts_as_last else ()),
            unclear=clauses.unclear,
            not_understood=(*clauses.unclear, *moment.left),
        ),
        clauses,
        last,
    )


@dataclass(frozen=True, slots=True)
class _Moment:
    """Date and start, in one spelling of the text."""

    when: When
    slate: Slate
    left: tuple[str, ...]
    starts_as_last: bool


def _moment(slate: Slate, lexicon: Lexicon, typist: Typist, span: TypedSpan | None, last: DayPlan | None) -> _Moment:
    """What the slate says of it; where two spellings leave as little, it is either."""
    read = [_spelt(one, lexicon, typist, span, last) for one in spellings(slate, lexicon)]
    read.sort(key=lambda one: len(one.left))
    first = read[0]
    slate.left = first.slate.left
    if len(read) > 1 and len(first.left) == len(read[1].left):
        return replace(first, when=either(first.when, read[1].when))
    return first


def _spelt(slate: Slate, lexicon: Lexicon, typist: Typist, span: TypedSpan | None, last: DayPlan | None) -> _Moment:
    before = slate.left
    try:
        said, _ = take_moment(slate, lexicon, typist, timed=span is not None)
    except NoSuchDay:
        struck = [at for at, (old, new) in enumerate(zip(before, slate.left, strict=True)) if old != new]
        no_day = slate.shown[struck[0] : struck[-1] + 1].strip(" ,") if struck else ""
        take_clock(slate, lexicon)
        return _Moment(NotRead(Unread.NO_SUCH, (no_day,)), slate, left_over(slate, lexicon), starts_as_last=False)
    as_last = _starts_as_last(said, span, last)
    when = _settled(said, span, last if as_last else None, typist)
    return _Moment(when, slate, left_over(slate, lexicon), as_last)


def left_over(slate: Slate, lexicon: Lexicon) -> tuple[str, ...]:
    """What no rule took, but for words that say nothing between clauses."""
    return slate.not_understood(whole(f"{filler_of(lexicon).pattern}|{FILLER}"))


def _starts_as_last(said: Said, span: TypedSpan | None, last: DayPlan | None) -> bool:
    if last is None or said.days is None or said.clock or span:
        return False
    return bool(TypedClock(last.start.hour, last.start.minute).times(said.part))


def _settled(said: Said, span: TypedSpan | None, last: DayPlan | None, typist: Typist) -> When:
    if said.days is None and said.moment is None:
        return NotRead(Unread.NO_DAY)
    if span and said.clock:
        return NotRead(Unread.CONTRADICTS)
    if span:
        said = replace(said, clock=span.starts)
    elif last:
        said = replace(said, clock=TypedClock(last.start.hour, last.start.minute))
    return settle(said, typist, needs_time=True)


def _with_defaults(draft: TypedDay, clauses: Clauses, last: DayPlan | None) -> TypedDay:
    lent = set(draft.defaults)
    same_start = draft.same_start
    if last and last.same_start and not (clauses.gap or clauses.breaks or draft.until or same_start):
        same_start = True
        lent.add(Fact.SAME_START)
    alike = last if last and last.same_start == same_start else None
    spots, duration, gap, place = draft.spots, draft.duration, clauses.gap, draft.place
    if alike and spots is None and draft.until is None:
        spots = alike.spots
        lent.add(Fact.SPOTS)
    if alike and duration is None and not (same_start and draft.until):
        duration = alike.duration
        lent.add(Fact.DURATION)
    if alike and gap is None and alike.gap:
        gap = alike.gap
        lent.add(Fact.GAP)
    if last and last.place and not place:
        place = last.place
        lent.add(Fact.PLACE)
    draft = replace(draft, spots=spots, duration=duration, gap=gap or timedelta(0), place=place, same_start=same_start)
    return replace(draft, defaults=frozenset(lent), missing=missing_of(draft))


def missing_of(draft: TypedDay) -> tuple[Fact, ...]:
    """What must be asked before the draft has a plan, in that order."""
    missing: list[Fact] = []
    if not readings_of(draft.when):
        missing.append(Fact.DATE)
    elif any(reading.clock is None for reading in readings_of(draft.when)):
        missing.append(Fact.START)
    if draft.spots is None and (draft.until is None or draft.same_start):
        missing.append(Fact.SPOTS)
    if draft.duration is None and not (draft.same_start and draft.until):
        missing.append(Fact.DURATION)
    return tuple(missing)


def break_of(pause: TypedBreak, begins: time) -> Break | None:
    """The break on a day that begins then: at the first time it may mean from there on."""
    at = _not_before(pause.at, begins)
    length = pause.length if pause.until is None else _between(at, pause.until.next_after(at))
    return Break(at, length) if length else None


def _not_before(clock: TypedClock, begins: time) -> time:
    exactly = [one for one in (time(clock.hour, clock.minute),) if one == begins]
    return exactly[0] if exactly else clock.next_after(begins)


def _between(starts: time, ends: time) -> timedelta:
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - two times of one wall clock
    length = datetime.combine(day, ends) - datetime.combine(day, starts)
    return length % timedelta(days=1)


def _until(plan: DayPlan, ends: time, zone: ZoneInfo, *, counts: bool) -> DayPlan | Problem:
    """The plan with as many spots as end by then; where their number was said too, the two must agree."""
    if plan.same_start:
        return plan if plan.duration <= _between(plan.start, ends) else Problem.SPOTS_PAST_UNTIL
    most = replace(plan, spots=MOST_SPOTS)
    spots = spots_of(most, zone)
    last = spots[0].starts + _between(plan.start, ends)
    fitting = sum(spot.ends <= last for spot in spots)
    if counts:
        return plan if plan.spots <= fitting else Problem.SPOTS_PAST_UNTIL
    return replace(plan, spots=fitting) if fitting else Problem.UNTIL_TOO_EARLY
