"""What a deed gives back to its door: the booking as it now stands, and the news of it."""

from dataclasses import dataclass

from core.booking.booking import Booking
from core.values.news import News, What


@dataclass(frozen=True, slots=True)
class Told:
    """The door writes history and messages from `news`, in the same unit of work as the deed (DECISIONS 30)."""

    booking: Booking
    news: tuple[News, ...] = ()


def told(booking: Booking, what: What, *more: News, **facts: str | int | bool | None) -> Told:
    """The booking and one thing that happened to it, with `more` that came of it."""
    return Told(booking, (News(what=what, booking_id=booking.id, facts=facts), *more))
