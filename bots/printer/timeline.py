"""A day as a picture: a line for each spot, told by word, sign and colour, below a bar of what is taken."""

from collections.abc import Iterable
from typing import Final

from bots.printer.canvas import Canvas
from bots.printer.lettering import Lettering, Room
from bots.printer.signs import COLOURS, GROUND, HAIR, INK, PAPER, QUIET, sign
from conversations.pictures import DayBreak, DayCount, DayLine, DayPicture, DayRow, DaySum
from core.booking.day_view import SpotLook

SIZE: Final = (1080, 1350)  # 4:5, the tallest that feeds show whole
_MARGIN: Final = 56
_LEFT, _RIGHT = _MARGIN, SIZE[0] - _MARGIN
_FOOT: Final = SIZE[1] - 84  # where the lines end at the latest
_TALLEST: Final = 84  # pixels of a line
_TITLE_SIZES: Final = (66, 54, 46)
_WIDEST_TIME: Final = 300
_SMALLEST_CELL: Final = 30
_CELL_GAP: Final = 6
_LARGEST_SEAT: Final = 88


class Timeline:
    """Draws one day."""

    def __init__(self, lettering: Lettering, picture: DayPicture) -> None:
        self.canvas: Final = Canvas.of(SIZE, PAPER)
        self._letters: Final = lettering
        self._picture: Final = picture

    def draw(self) -> Canvas:
        top = self._head()
        top = self._counts(top)
        self._lines(top + 26)
        self._foot()
        return self.canvas

    # -- above and below --

    def _head(self) -> int:
        """Title, date and place; gives where they end."""
        wide = _RIGHT - _LEFT
        fitting = (s for s in _TITLE_SIZES if self._letters.line(self._picture.title, s, bold=True).width <= wide)
        size = next(fitting, _TITLE_SIZES[-1])
        title = self._letters.line(self._picture.title, size, bold=True, most=wide)
        self.canvas.write(title, (_LEFT, 44, _RIGHT, 132), INK)
        top = 132
        for text, ink in ((self._picture.date, INK), (self._picture.place, QUIET)):
            if self._letters.shows(text):
                self.canvas.write(self._letters.line(text, 32, most=wide), (_LEFT, top, _RIGHT, top + 46), ink)
                top += 46
        return top

    def _counts(self, top: int) -> int:
        """The bar, and what it is made of; gives where they end."""
        top += 22
        self._bar((_LEFT, top, _RIGHT, top + 24), [(one.look, one.count) for one in self._picture.counts])
        top += 42
        left = _LEFT
        for one in self._picture.counts:
            wide = min(self._wide(one), _RIGHT - _LEFT)
            if left > _LEFT and left + wide > _RIGHT:
                left, top = _LEFT, top + 42
            self._count(one, left, top, wide)
            left += wide + 34
        return top + 42 if self._picture.counts else top

    def _wide(self, one: DayCount) -> int:
        return 36 + round(self._letters.line(one.text, 28).width + 1)

    def _count(self, one: DayCount, left: int, top: int, wide: int) -> None:
        self.canvas.stamp(sign(one.look, 26), left, top + 8, COLOURS[one.look].ink)
        line = self._letters.line(one.text, 28, most=wide - 36)
        self.canvas.write(line, (left + 36, top, left + wide, top + 42), INK)

    def _foot(self) -> None:
        top, bottom = SIZE[1] - 72, SIZE[1] - 24
        rooms: tuple[Room, Room, Room] = (
            (_LEFT, top, _LEFT + 450, bottom),
            (_LEFT + 460, top, _RIGHT - 330, bottom),
            (_RIGHT - 320, top, _RIGHT, bottom),
        )
        picture = self._picture
        for text, room, side in zip(
            (picture.end, picture.page, picture.studio), rooms, ("left", "middle", "right"), strict=True
        ):
            line = self._letters.line(text, 27, most=room[2] - room[0])
            self.canvas.write(line, room, QUIET, side)

    # -- lines --

    def _lines(self, top: int) -> None:
        lines = self._picture.lines
        if not lines:
            return
        gap = 10 if len(lines) <= 14 else 5
        high = min(_TALLEST, (_FOOT - top + gap) // len(lines) - gap)
        size = min(34, round(high * 0.56))
        times = [one.time for one in lines if not isinstance(one, DayBreak)]
        timed = min(size, size * _WIDEST_TIME // max(1, self._widest(times, size)))
        column = min(_WIDEST_TIME, self._widest(times, timed))
        states = self._widest((one.state for one in lines if isinstance(one, DayRow)), size, bold=True)
        sums = self._widest((one.text for one in lines if isinstance(one, DaySum)), size, bold=True)
        for number, one in enumerate(lines):
            at = top + number * (high + gap)
            room = (_LEFT + column + 24, at, _RIGHT, at + high)
            if not isinstance(one, DayBreak):
                time = self._letters.line(one.time, timed, most=column)
                self.canvas.write(time, (_LEFT, at, _LEFT + column, at + high), INK, "right")
            self._line(one, room, size, states if isinstance(one, DayRow) else sums)
        match lines:
            case (DaySum(looks=()) as one,):
                self._seats(one, top + high + 40)
            case _:
                pass

    def _widest(self, texts: Iterable[str], size: int, *, bold: bool = False) -> int:
        return max((round(self._letters.line(text, size, bold=bold).width + 1) for text in texts), default=0)

    def _line(self, one: DayLine, room: Room, size: int, column: int) -> None:
        match one:
            case DayRow():
                self._row(one, room, size, column)
            case DaySum():
                self._sum(one, room, size, column)
            case DayBreak():
                self._break(one, room, size)

    def _row(self, row: DayRow, room: Room, size: int, column: int) -> None:
        """Sign, state and name from the left, what else there is from the right."""
        left, top, right, bottom = room
        colours = COLOURS[row.look]
        self._framed(row.look, room)
        across = round(size * 0.86)
        left, right = left + round(size * 0.7), right - round(size * 0.7)
        self.canvas.stamp(sign(row.look, across), left, (top + bottom - across) // 2, colours.ink)
        left += round(size * 1.35)
        column = min(column, (right - left) // 2)
        state = self._letters.line(row.state, size, bold=True, most=column)
        self.canvas.write(state, (left, top, left + column, bottom), colours.ink)
        left += column + round(size * 0.8)
        small = round(size * 0.84)
        if self._letters.shows(row.aside):
            aside = self._letters.line(row.aside, small, most=(right - left) * 0.55)
            self.canvas.write(aside, (right - round(aside.width + 1), top, right, bottom), QUIET, "right")
            right -= round(aside.width + 1) + round(size * 0.6)
        name = row.name if self._letters.shows(row.name) else row.code
        if self._letters.shows(name):
            self.canvas.write(self._letters.line(name, size, most=right - left), (left, top, right, bottom), INK)

    def _sum(self, one: DaySum, room: Room, size: int, column: int) -> None:
        """The count in words, and beside it the spots themselves or a bar."""
        left, top, right, bottom = room
        look = SpotLook.BOOKED if one.of and one.taken == one.of else SpotLook.FREE if one.of else SpotLook.CLOSED
        self._framed(look, room)
        left, right = left + round(size * 0.7), right - round(size * 0.7)
        column = min(column, (right - left) // 2)
        text = self._letters.line(one.text, size, bold=True, most=column)
        self.canvas.write(text, (left, top, left + column, bottom), COLOURS[look].ink)
        left += column + round(size * 0.9)
        edge = max(5, round((bottom - top) * 0.16))
        cell = min(64, (right - left + _CELL_GAP) // len(one.looks) - _CELL_GAP) if one.looks else 0
        if cell >= _SMALLEST_CELL:
            for number, look in enumerate(one.looks):
                at = left + number * (cell + _CELL_GAP)
                self._cell(look, (at, top + edge, at + cell, bottom - edge))
        elif one.of:
            middle, half = (top + bottom) // 2, max(6, round(size * 0.36))
            shares = [(SpotLook.BOOKED, one.taken), (SpotLook.FREE, one.of - one.taken)]
            self._bar((left, middle - half, right, middle + half), shares)

    def _seats(self, one: DaySum, top: int) -> None:
        """A class is alone on its day: there is room for every seat of it."""
        columns = 10 if one.of <= 100 else 16
        rows = -(-one.of // columns) or 1
        wide = (_RIGHT - _LEFT + 2 * _CELL_GAP) // columns
        high = min(wide, _LARGEST_SEAT, (_FOOT - top) // rows)
        for seat in range(one.of):
            left, above = _LEFT + seat % columns * wide, top + seat // columns * high
            look = SpotLook.BOOKED if seat < one.taken else SpotLook.FREE
            self._cell(look, (left, above, left + wide - 2 * _CELL_GAP, above + high - 2 * _CELL_GAP))

    def _cell(self, look: SpotLook, room: Room) -> None:
        left, top, right, bottom = room
        colours = COLOURS[look]
        self.canvas.box(room, 8, colours.fill, colours.edge)
        across = round(min(right - left, bottom - top) * 0.56)
        self.canvas.stamp(sign(look, across), (left + right - across) // 2, (top + bottom - across) // 2, colours.ink)

    def _break(self, one: DayBreak, room: Room, size: int) -> None:
        """No box: a label between two lines."""
        left, top, right, bottom = room
        label = self._letters.line(f"{one.label}  {one.text}", round(size * 0.9), most=(right - left) * 0.8)
        half = round(label.width / 2 + size * 0.8)
        centre, middle = (left + right) // 2, (top + bottom) // 2
        for begin, end in ((left, centre - half), (centre + half, right)):
            if end > begin:
                self.canvas.box((begin, middle - 1, end, middle + 1), 0, HAIR)
        self.canvas.write(label, (centre - half, top, centre + half, bottom), QUIET, "middle")

    def _framed(self, look: SpotLook, room: Room) -> None:
        colours = COLOURS[look]
        self.canvas.box(room, min(16, (room[3] - room[1]) // 4), colours.fill, colours.edge)

    def _bar(self, room: Room, shares: Iterable[tuple[SpotLook, int]]) -> None:
        self.canvas.bar(room, [(count, COLOURS[look].solid) for look, count in shares], GROUND)
