"""A Saturday of Luna Photo's as its photographer looks at it, without any database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

from core.booking.day_view import SpotLook, SpotState
from core.minis.mini import Day, Mini, Spot
from tests.builders import CHICAGO, SATURDAY, a_package

FALL = Mini(id="fall", studio_id="luna", title="Fall Minis", place="Riverside Park", packages=(a_package(),))


def a_date(on: date = SATURDAY, *, place: str = "") -> Day:
    return Day(id=f"{on}", studio_id="luna", mini_id="fall", date=on, place=place)


def at(clock: str, on: date = SATURDAY, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(f"{on} {clock}").replace(tzinfo=zone).astimezone(UTC)


def a_state(
    starts: str | datetime = "09:00",
    look: SpotLook = SpotLook.FREE,
    *,
    minutes: int = 20,
    seats: int = 1,
    **facts: Any,
) -> SpotState:
    """A spot of twenty minutes that starts at a time on Saturday."""
    begins = at(starts) if isinstance(starts, str) else starts
    spot = Spot(
        id=f"{begins}",
        studio_id="luna",
        mini_id="fall",
        day_id=f"{SATURDAY}",
        starts=begins,
        ends=begins + timedelta(minutes=minutes),
        seats=seats,
    )
    return SpotState(spot=spot, look=look, **facts)


def many_states(
    count: int, *, minutes: int = 20, looks: Sequence[SpotLook] = tuple(SpotLook), names: Sequence[str] = ("",)
) -> list[SpotState]:
    """Spots one right after the other from eight on, in each look by turns."""
    starts = (at("08:00") + timedelta(minutes=minutes * number) for number in range(count))
    each = zip(starts, cycle(looks), cycle(names), strict=False)
    return [a_state(begins, look, minutes=minutes, name=name) for begins, look, name in islice(each, count)]


#: The day of the storyboard (3.4).
STORYBOARD = [
    a_state("09:00", SpotLook.BOOKED, name="Ana Torres", package="Mini", code="LP-4821"),
    a_state("09:25", SpotLook.BOOKED, name="Ben & Jo", package="Plus"),
    a_state("09:50", SpotLook.HELD, held_until=at("10:14")),
    a_state("10:15"),
    a_state("10:40", SpotLook.RESERVED, name="Grandma Liu"),
    a_state("11:05", SpotLook.BOOKED, name="K. Osei", package="Mini", due_minor=10_000),
    a_state("11:30"),
    a_state("13:00"),
    a_state("13:25"),
    a_state("13:50", SpotLook.BOOKED, name="M. Rossi"),
]
