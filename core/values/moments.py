"""Moments: instants are aware and UTC inside; a wall clock's reading becomes one only by way of its zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.values.refusals import Refusal


class StartDoesNotExist(Refusal):
    """A local time that the clocks skip that day is asked about, never guessed (C6).

    Facts: date (ISO), time and zone as asked; earlier and later, the two times that may have been meant as "HH:MM",
    each None where it would fall on another date.
    """


class StartExistsTwice(Refusal):
    """A local time that the clocks show twice that day is asked about, never guessed (C6).

    Facts: date (ISO), time and zone as asked; first and second, the zone's names then, such as "CDT" and "CST".
    The answer is the `fold` to ask `instant` with: 0 for the first, 1 for the second.
    """


def aware(moment: datetime) -> datetime:
    """The same instant in UTC. A naive datetime is a bug, so a ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no zone")
    return moment.astimezone(UTC)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant as the zone's clocks show it; for people's eyes, never for arithmetic."""
    return aware(moment).astimezone(zone)


def instant(day: date, clock: time, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """The instant, in UTC, at which the zone's clocks show that time on that date.

    `fold` says which of two (0 the first) and matters only where there are two. Raises StartDoesNotExist where there
    is none, whatever the fold, and StartExistsTwice where there are two and `fold` is None.
    """
    if clock.tzinfo is not None:
        raise ValueError(f"{clock.isoformat()} has a zone of its own")
    # PEP 495: a wall time's two folds are different instants only at a change of the clocks. Where they went back,
    # both are real, in order; where they went forward, neither is, and they come out in reverse.
    first = datetime.combine(day, clock, zone).replace(fold=0)
    second = first.replace(fold=1)
    one, two = first.astimezone(UTC), second.astimezone(UTC)
    asked = {"date": day.isoformat(), "time": f"{clock:%H:%M}", "zone": zone.key}
    if two < one:
        raise StartDoesNotExist(**asked, earlier=_clock_on(day, two, zone), later=_clock_on(day, one, zone))
    if one < two and fold is None:
        raise StartExistsTwice(**asked, first=first.tzname(), second=second.tzname())
    return two if fold else one


def _clock_on(day: date, moment: datetime, zone: ZoneInfo) -> str | None:
    """What the clocks show at the instant, or None if that is on another date."""
    shown = moment.astimezone(zone)
    return f"{shown:%H:%M}" if shown.date() == day else None
