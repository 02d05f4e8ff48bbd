"""The studio's shoot days over all its minis, and which is meant: today's, the next, or the one that was named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from conversations.screens import Clock, Say, say
from conversations.studio.turn import StudioTurn
from conversations.typed_moments import Past, When, readings_of
from core.booking.day_view import SpotState
from core.minis.mini import Day, Mini
from core.minis.plan import Span
from core.minis.publish import MiniChanged
from core.values.moments import local

HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ShootDay:
    mini: Mini
    day: Day


def shoot_days(turn: StudioTurn, mini_id: str = "") -> list[ShootDay]:
    """Every day of the mini, or of all that are not over, by date."""
    minis = [turn.desk.mini(mini_id)] if mini_id else [row.mini for row in turn.desk.minis()]
    found = [ShootDay(mini, day) for mini in minis for day in turn.desk.days(mini.id)]
    return sorted(found, key=lambda one: one.day.date)


def shoot_day(turn: StudioTurn, day_id: str) -> ShootDay | None:
    """None where there is no such day, or it was removed."""
    try:
        day = turn.desk.day(day_id)
    except MiniChanged:
        return None
    return ShootDay(turn.desk.mini(day.mini_id), day)


def today(turn: StudioTurn) -> date:
    return local(turn.desk.now, turn.studio.zone).date()


def nearest_date(turn: StudioTurn, days: Sequence[ShootDay]) -> date | None:
    """Today if it is a shoot day, else the next one; after the last, the last."""
    ahead = [one.day.date for one in days if one.day.date >= today(turn)]
    return ahead[0] if ahead else days[-1].day.date if days else None


def days_on(days: Sequence[ShootDay], dates: Iterable[date]) -> list[ShootDay]:
    wanted = set(dates)
    return [one for one in days if one.day.date in wanted]


def dates_of(when: When) -> list[date]:
    """What a typed day may be; one that is past can be looked at, too."""
    return [when.reading.date] if isinstance(when, Past) else [one.date for one in readings_of(when)]


def states_of(turn: StudioTurn, one: ShootDay) -> list[SpotState]:
    return turn.desk.day_states(one.mini.id, one.day.id)


def starts_at(spot: Span, zone: ZoneInfo) -> time:
    return local(spot.starts, zone).time()


def clock_for(spots: Sequence[Span]) -> Clock:
    """How their times are said on buttons: with the half of the day where a clock's face is gone round."""
    if spots and max(one.starts for one in spots) - min(one.starts for one in spots) >= HALF_A_DAY:
        return Clock.TIME
    return Clock.BARE


def spoken(turn: StudioTurn, spot: Span, clock: Clock = Clock.TIME) -> str:
    """A spot's start, as text."""
    return turn.words.phrase(say("a-time", time=turn.when(spot.starts, clock)), turn.language)


def phrases(turn: StudioTurn, says: Iterable[Say]) -> tuple[str, ...]:
    return tuple(turn.words.phrase(one, turn.language) for one in says)
