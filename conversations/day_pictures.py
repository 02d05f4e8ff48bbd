"""A day's picture in words: its spots one by one, or summed up by the hour where they are many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Final

from conversations.pictures import DayBreak, DayCount, DayLine, DayPicture, DayRow, DaySum
from conversations.screens import Clock, Say, Value, When, say
from conversations.words import Words, city
from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Day, Mini
from core.minis.plan import shoot_ends
from core.studio.studio import Studio
from core.values.moments import aware, local
from core.values.money import Money

MOST_LINES: Final = 24  # of one picture; smaller ones could not be read on a phone
#: A shorter pause between two spots is no break worth a line.
LEAST_BREAK: Final = timedelta(minutes=10)
#: As the picture counts them and its caption says them.
ORDER: Final = (
    SpotLook.BOOKED,
    SpotLook.HELD,
    SpotLook.RESERVED,
    SpotLook.FREE,
    SpotLook.CLOSED,
    SpotLook.PAST,
)
_TAKEN: Final = (SpotLook.BOOKED, SpotLook.HELD, SpotLook.RESERVED)
_GONE: Final = (SpotLook.CLOSED, SpotLook.PAST)


@dataclass(frozen=True, slots=True)
class _Pause:
    begins: datetime
    ends: datetime


#: What a line is made of: a spot, the spots of an hour, or a break.
_Piece = SpotState | tuple[SpotState, ...] | _Pause


def day_picture(
    words: Words,
    language: str,
    studio: Studio,
    mini: Mini,
    day: Day,
    rows: Sequence[SpotState],
    *,
    page: int = 1,
) -> DayPicture:
    """The day as a timeline (C9). `rows` are its spots by start; `page` is taken from 1 to `day_pages`.

    A day of more lines than a picture has is summed up by the hour, and is paged where that is too much as well.
    """
    speaker = _Speaker(words, language, studio)
    pages = _pages(rows, studio)
    page = max(1, min(page, len(pages)))
    return DayPicture(
        title=mini.title,
        date=speaker.phrase("picture-date", day=_date(day.date, studio, Clock.DAY_YEAR), city=city(studio.zone_name)),
        place=day.place or mini.place,
        studio=studio.name,
        counts=tuple(
            DayCount(look=look, count=count, text=words.phrase(text, language)) for look, count, text in _counts(rows)
        ),
        lines=tuple(speaker.line(piece) for piece in pages[page - 1]),
        end=_end(speaker, rows),
        page=speaker.phrase("picture-page", page=page, pages=len(pages)) if len(pages) > 1 else "",
    )


def day_pages(studio: Studio, rows: Sequence[SpotState]) -> int:
    """How many pictures the day takes; at least one."""
    return len(_pages(rows, studio))


def day_caption(studio: Studio, day: Day, rows: Sequence[SpotState]) -> Say:
    """The picture's facts in a line: "Sat 28 Nov: 4 booked, 1 booking, 1 reserved, 4 free."."""
    when = _date(day.date, studio, Clock.DAY)
    if not rows:
        return say("day-caption-empty", day=when)
    return say("day-caption", day=when, counts=day_counts(rows))


def day_counts(rows: Sequence[SpotState]) -> Say:
    """How many spots stand how: "4 booked, 1 booking, 1 reserved, 4 free". There is at least one."""
    return _listed([text for _, _, text in _counts(rows)])


def _pages(rows: Sequence[SpotState], studio: Studio) -> list[list[_Piece]]:
    pieces = list(_pieces([(row,) for row in rows]))
    if len(pieces) > MOST_LINES:
        hours = groupby(rows, key=lambda row: local(row.spot.starts, studio.zone).strftime("%Y-%m-%d %H %z"))
        pieces = list(_pieces([tuple(group) for _, group in hours], summed=True))
    count = -(-len(pieces) // MOST_LINES) or 1
    each = -(-len(pieces) // count)
    return [pieces[at * each : (at + 1) * each] for at in range(count)]


def _pieces(groups: Sequence[tuple[SpotState, ...]], *, summed: bool = False) -> Iterator[_Piece]:
    """The groups with the breaks between them. The smallest distance between two spots is the day's gap."""
    spots = [row.spot for group in groups for row in group]
    gap = min((max(later.starts - spot.ends, timedelta(0)) for spot, later in pairwise(spots)), default=timedelta(0))
    over: datetime | None = None
    for group in groups:
        starts = group[0].spot.starts
        if over is not None and starts - over >= max(gap + timedelta(minutes=1), LEAST_BREAK):
            yield _Pause(over, starts)
        yield group if summed else group[0]
        over = max(row.spot.ends for row in group) if over is None else max(over, *(row.spot.ends for row in group))


class _Speaker:
    """Speaks of a day in one language."""

    def __init__(self, words: Words, language: str, studio: Studio) -> None:
        self._words = words
        self._language = language
        self._studio = studio

    def phrase(self, key: str, **values: Value) -> str:
        return self._words.phrase(say(key, **values), self._language)

    def time(self, moment: datetime) -> str:
        return self.phrase("a-time", time=When(moment, self._studio.zone, Clock.TIME))

    def line(self, piece: _Piece) -> DayLine:
        match piece:
            case SpotState() if piece.spot.seats > 1:
                return self._class(piece)
            case SpotState():
                return self._row(piece)
            case _Pause(begins, ends):
                return DayBreak(label=self.phrase("picture-break"), text=self._hours(begins, ends))
            case tuple():
                return self._hour(piece)

    def _hours(self, begins: datetime, ends: datetime) -> str:
        return self.phrase("picture-hours", begins=self.time(begins), ends=self.time(ends))

    def _row(self, row: SpotState) -> DayRow:
        return DayRow(
            time=self.time(row.spot.starts),
            look=row.look,
            state=self.phrase(f"picture-look-{row.look}"),
            name=row.name,
            code=row.code,
            aside=self._aside(row),
        )

    def _aside(self, row: SpotState) -> str:
        """What stands at the row's end: until when a hold lasts, or what was booked and what is due for it."""
        if row.look is SpotLook.HELD and row.held_until:
            return self.phrase("picture-until", time=self.time(row.held_until))
        due = Money(row.due_minor, self._studio.currency)
        said = [row.package] if row.package else []
        said += [self.phrase("picture-due", amount=due)] if row.due_minor > 0 else []
        return self.phrase("picture-both", first=said[0], second=said[1]) if len(said) > 1 else "".join(said)

    def _class(self, row: SpotState) -> DaySum:
        taken, seats = row.taken, row.spot.seats
        if row.look in _GONE and not taken:
            return DaySum(time=self.time(row.spot.starts), text=self.phrase(f"picture-look-{row.look}"), taken=0, of=0)
        text = self.phrase("picture-taken", taken=taken, of=seats)
        return DaySum(time=self.time(row.spot.starts), text=text, taken=taken, of=seats)

    def _hour(self, rows: tuple[SpotState, ...]) -> DaySum:
        begins = local(rows[0].spot.starts, self._studio.zone).replace(minute=0, second=0, microsecond=0)
        taken, of = _seats(rows)
        return DaySum(
            time=self._hours(begins, aware(begins) + timedelta(hours=1)),  # an hour later, whatever the clocks do
            text=self.phrase("picture-taken", taken=taken, of=of) if of else self._gone(rows),
            taken=taken,
            of=of,
            looks=tuple(row.look for row in rows),
        )

    def _gone(self, rows: Sequence[SpotState]) -> str:
        return self._words.phrase(_listed([text for _, _, text in _counts(rows)]), self._language)


def _seats(rows: Sequence[SpotState]) -> tuple[int, int]:
    """How much of the spots is taken, out of what can be."""
    taken = sum(row.taken if row.spot.seats > 1 else row.look in _TAKEN for row in rows)
    of = sum(row.spot.seats for row in rows if row.look not in _GONE or row.taken)
    return taken, of


def _counts(rows: Sequence[SpotState]) -> Iterator[tuple[SpotLook, int, Say]]:
    """How many spots look how, in the order they are named in. A class is counted by its seats."""
    classes = [row for row in rows if row.spot.seats > 1 and (row.look not in _GONE or row.taken)]
    counts = Counter(row.look for row in rows if row not in classes)
    for row in classes:
        counts[row.look if row.look in _GONE else SpotLook.FREE] += row.spot.seats - row.taken
    taken, of = _seats(classes)
    if of:
        yield SpotLook.BOOKED, taken, say("picture-taken", taken=taken, of=of)
    for look in ORDER:
        if counts[look]:
            yield look, counts[look], say(f"picture-count-{look}", count=counts[look])


def _listed(parts: Sequence[Say]) -> Say:
    """One after another, with commas."""
    first, *others = parts
    return say("counts-and", first=first, rest=_listed(others)) if others else first


def _end(speaker: _Speaker, rows: Sequence[SpotState]) -> str:
    if not rows:
        return speaker.phrase("picture-nothing")
    return speaker.phrase("picture-end", time=speaker.time(shoot_ends([row.spot for row in rows])))


def _date(day: date, studio: Studio, clock: Clock) -> When:
    return When(datetime.combine(day, time(12), studio.zone), studio.zone, clock)
