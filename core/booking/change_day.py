"""A saved day that is changed or removed: not while somebody has a spot of it (C8)."""

from dataclasses import replace

from core.booking.booking import ReservationState
from core.minis.change_spots import day_of
from core.minis.describe import read_place
from core.minis.mini import Day
from core.minis.publish import MiniChanged
from core.ports import Records
from core.studio.studio import Studio
from core.values.moments import local
from core.values.refusals import Refusal


class DayInUse(Refusal):
    """A day that somebody has a spot of is changed or removed once the photographer chose for each of them (C8).

    Facts: codes, of bookings and holds by start; reservations, the starts of those that are open, as "HH:MM".
    """


def change_day(records: Records, studio: Studio, day_id: str, *, place: str) -> Day:
    """Give the day another place; an empty one is the mini's. Raises DayInUse, PlaceTooLong, MiniChanged."""
    day = day_of(records, studio.id, day_id)
    changed = replace(day, place=read_place(place))
    if changed != day:
        records.spots.to_change(studio.id, day.mini_id, day.id)
        _check_unused(records, studio, day)
        records.minis.change_day(changed)
    return changed


def remove_day(records: Records, studio: Studio, mini_id: str, day_id: str) -> Day:
    """Take the day off its mini for good; its rows stay, for the history of whoever had a spot of it.

    Raises DayInUse and MiniChanged; then nothing is done.
    """
    day = day_of(records, studio.id, day_id)
    if day.mini_id != mini_id:
        raise MiniChanged
    rows = records.spots.to_change(studio.id, mini_id, day_id)
    _check_unused(records, studio, day)
    for row in rows:
        records.spots.change(replace(row.spot, removed=True))
    removed = replace(day, removed=True)
    records.minis.change_day(removed)
    return removed


def _check_unused(records: Records, studio: Studio, day: Day) -> None:
    """Nobody takes a spot of it meanwhile: they are kept for a change."""
    spots = {row.spot.id: row.spot for row in records.spots.of_mini(studio.id, day.mini_id, day.id)}
    bookings = records.bookings.seated(studio.id, day.mini_id, day.id)
    kept = records.reservations.of_mini(studio.id, day.mini_id)
    starts = sorted(
        spots[one.spot_id].starts for one in kept if one.state is ReservationState.OPEN and one.spot_id in spots
    )
    if bookings or starts:
        raise DayInUse(
            codes=tuple(booking.code for booking in bookings),
            reservations=tuple(f"{local(start, studio.zone):%H:%M}" for start in starts),
        )
