"""What was read, as the tables of typed texts write it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.typed_moments import Ask, Exact, NeedsTime, NotRead, Past, Reading, Typist, When
from conversations.typed_numeric_days import Order


def typist(base: str, order: str, language: str) -> Typist:
    """The base is "2026-10-08 14:00 Europe/London"."""
    moment, _, name = base.rpartition(" ")
    zone = ZoneInfo(name)
    return Typist(
        language=language, zone=zone, order=Order(order), now=datetime.fromisoformat(moment).replace(tzinfo=zone)
    )


def written(when: When) -> str:
    match when:
        case Exact(reading):
            return f"exact {reading_as_written(reading)}"
        case NeedsTime(date=day):
            return f"needs time {day}"
        case Ask(readings, why):
            return f"ask {', '.join(sorted(why))}: {' | '.join(map(reading_as_written, readings))}"
        case Past(reading):
            return f"past {reading_as_written(reading)}"
        case NotRead(why, words):
            return f"none {why}" + (f": {' | '.join(words)}" if words else "")


def reading_as_written(reading: Reading) -> str:
    fold = {None: "", 0: " first", 1: " second"}[reading.fold]
    return f"{reading.date}" + (f" {reading.clock:%H:%M}{fold}" if reading.clock else "")
