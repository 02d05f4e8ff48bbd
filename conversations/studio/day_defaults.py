"""What a new day is told from: the typist's moment and zone, and what the mini's last day lends."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from conversations.studio.turn import StudioTurn
from conversations.typed_moments import Typist, order_of
from core.minis.mini import Day
from core.minis.plan import GAP_LIMITS, DayPlan
from core.values.moments import aware, local

_LAST: Final = "last"
_MINUTE: Final = timedelta(minutes=1)


def typist_of(turn: StudioTurn, now: datetime | None = None) -> Typist:
    """Who types, at the moment from which they count."""
    studio = turn.studio
    return Typist(
        language=turn.language, zone=studio.zone, order=order_of(studio.country), now=now or aware(turn.desk.now)
    )


def lend(turn: StudioTurn, mini_id: str) -> None:
    """Keep what the mini's last day lends, as it is now."""
    days = turn.desk.days(mini_id)
    if days and (lent := _lent_by(turn, days[-1])):
        turn.answers[_LAST] = lent


def last_of(turn: StudioTurn) -> DayPlan | None:
    """The plan of the last day, without its breaks."""
    kept = turn.answers.get(_LAST)
    if not isinstance(kept, dict):
        return None
    return DayPlan(
        date=date.fromisoformat(str(kept["date"])),
        start=time.fromisoformat(str(kept["start"])),
        spots=int(kept["spots"]),
        duration=int(kept["minutes"]) * _MINUTE,
        gap=int(kept["gap"]) * _MINUTE,
        same_start=bool(kept["together"]),
        place=str(kept["place"]),
    )


def had_break(turn: StudioTurn) -> bool:
    """Whether the last day has a break, which it does not lend."""
    kept = turn.answers.get(_LAST)
    return isinstance(kept, dict) and bool(kept.get("breaks"))


def _lent_by(turn: StudioTurn, day: Day) -> dict[str, str | int] | None:
    spots = [state.spot for state in turn.desk.day_states(day.mini_id, day.id)]
    if not spots:
        return None
    gaps = [max(later.starts - spot.ends, timedelta(0)) for spot, later in pairwise(spots)]
    gap = min([*gaps, GAP_LIMITS[1]]) if gaps else timedelta(0)
    return {
        "date": day.date.isoformat(),
        "start": f"{local(spots[0].starts, turn.studio.zone):%H:%M}",
        "spots": spots[0].seats if day.same_start else len(spots),
        "minutes": spots[0].length // _MINUTE,
        "gap": gap // _MINUTE,
        "breaks": sum(one > gap for one in gaps),
        "together": int(day.same_start),
        "place": day.place,
    }
