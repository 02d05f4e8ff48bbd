"""What a booking's news says to its client, and how long it is worth saying. Rows are written with what caused them."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from core.booking.booking import WARNING, Booking, Reservation
from core.ports import NewMessage
from core.studio.studio import Studio
from core.values.moments import local
from core.values.news import News, What

RESUME_AFTER = timedelta(hours=1)  # F9
ANSWERS_KEPT = timedelta(hours=24)  # F9
WORTH_SAYING = timedelta(days=2)


class Kind(StrEnum):
    """The kinds of messages; each has its words and its check that it is still true."""

    HOLD_WARNING = "hold_warning"
    HOLD_LAPSED = "hold_lapsed"
    HOLD_ENDED = "hold_ended"
    RESUME = "resume"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    MOVED = "moved"
    RESERVATION_REMOVED = "reservation_removed"
    RESERVATION_LAPSED = "reservation_lapsed"


#: Rows about a hold that are no longer wanted once it is over, extended or confirmed.
ABOUT_A_HOLD = (Kind.HOLD_WARNING, Kind.RESUME)


def messages_of(news: News, booking: Booking, studio: Studio, now: datetime) -> list[NewMessage]:
    """The rows that this news of the booking writes. A preview hears of nothing."""
    if booking.preview or news.booking_id != booking.id:
        return []
    match news.what:
        case What.HELD | What.TAKEN_UP | What.EXTENDED:
            return [_warning(booking)]
        case What.LAPSED:
            lapsed = _about(booking, Kind.HOLD_LAPSED, booking.attempt, drop_after=now + ANSWERS_KEPT)
            return [lapsed, _resume(booking, studio, now)]
        case What.ENDED_BY_STUDIO:
            return [_about(booking, Kind.HOLD_ENDED, booking.attempt, drop_after=now + ANSWERS_KEPT)]
        case What.CONFIRMED:
            return [_about(booking, Kind.BOOKED, booking.attempt)]
        case What.CANCELLED:
            return [_about(booking, Kind.CANCELLED, booking.attempt)]
        case What.MOVED:
            times = {"old": news.facts.get("old"), "new": news.facts.get("starts")}
            return [_about(booking, Kind.MOVED, booking.version, values=times)]
        case _:
            return []


def messages_of_reservation(news: News, reservation: Reservation, now: datetime) -> list[NewMessage]:
    """Whoever opened a reservation hears that it is gone (D3, D4); one that nobody opened has nobody to tell."""
    kinds = {
        What.RESERVATION_REMOVED: Kind.RESERVATION_REMOVED,
        What.RESERVATION_LAPSED: Kind.RESERVATION_LAPSED,
    }
    kind = kinds.get(news.what)
    if kind is None or reservation.client_id is None:
        return []
    return [
        NewMessage(
            key=f"{kind}:{reservation.id}",
            kind=kind,
            client_id=reservation.client_id,
            values={"reservation": reservation.id},
            drop_after=now + WORTH_SAYING,
        )
    ]


def _about(
    booking: Booking,
    kind: Kind,
    number: int,
    *,
    values: dict[str, str | int | bool | None] | None = None,
    not_before: datetime | None = None,
    drop_after: datetime | None = None,
) -> NewMessage:
    return NewMessage(
        key=f"{kind}:{booking.id}:{number}",
        kind=kind,
        client_id=booking.client_id,
        booking_id=booking.id,
        values={"attempt": booking.attempt, **(values or {})},
        not_before=not_before,
        drop_after=drop_after,
    )


def _warning(booking: Booking) -> NewMessage:
    """Three minutes before the end (G3); one for each end that the hold had."""
    ends = int(booking.hold_until.timestamp())
    return NewMessage(
        key=f"{Kind.HOLD_WARNING}:{booking.id}:{ends}",
        kind=Kind.HOLD_WARNING,
        client_id=booking.client_id,
        booking_id=booking.id,
        values={"until": booking.hold_until.isoformat()},
        not_before=booking.hold_until - WARNING,
        drop_after=booking.hold_until,
    )


def _resume(booking: Booking, studio: Studio, now: datetime) -> NewMessage:
    """One reminder for a booking, ever: the row's key does not know the attempt (F9)."""
    resume = after_quiet_hours(now + RESUME_AFTER, studio)
    return NewMessage(
        key=f"{Kind.RESUME}:{booking.id}",
        kind=Kind.RESUME,
        client_id=booking.client_id,
        booking_id=booking.id,
        values={"attempt": booking.attempt},
        not_before=resume,
        drop_after=now + ANSWERS_KEPT,
    )


def after_quiet_hours(moment: datetime, studio: Studio) -> datetime:
    """The moment itself, or the end of the studio's quiet hours that it falls into."""
    at = local(moment, studio.zone)
    quiet = studio.quiet
    over_midnight = quiet.begins > quiet.ends
    late = at.time() >= quiet.begins and (over_midnight or at.time() < quiet.ends)
    early = over_midnight and at.time() < quiet.ends
    if not late and not early:
        return moment
    day = at.date() + timedelta(days=1) if late and over_midnight else at.date()
    return _at(day, quiet.ends, studio)


def _at(day: date, clock: time, studio: Studio) -> datetime:
    """The local time as an instant; where the clocks skip or repeat it, PEP 495's first reading is near enough."""
    return datetime.combine(day, clock, studio.zone).astimezone(UTC)
