"""What a booking's news says to its client, and how long it is worth saying. Rows are written with what caused them."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from core.booking.booking import WARNING, Booking, Reason, Reservation, State
from core.messages.records import NewMessage
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
    PAGE_MADE = "page_made"
    PAGE_CLOSING = "page_closing"
    PAGE_REFUSED = "page_refused"
    PAGE_CLOSED = "page_closed"
    TILL_SILENT = "till_silent"
    PAID = "paid"
    GIVEN_UP = "given_up"
    PAID_TOO_LATE = "paid_too_late"
    PAYMENT_UNCLEAR = "payment_unclear"
    REFUND_OWED = "refund_owed"
    REFUNDED = "refunded"
    REFUND_LEFT = "refund_left"
    MONEY_DECIDED = "money_decided"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    MOVED = "moved"
    RESERVATION_REMOVED = "reservation_removed"
    RESERVATION_LAPSED = "reservation_lapsed"
    STUDIO_SAYS = "studio_says"


#: What a client hears of their money, each whenever it happens.
_OF_MONEY = {
    What.PAID: Kind.PAID,
    What.PAID_TOO_LATE: Kind.PAID_TOO_LATE,
    What.PAYMENT_UNCLEAR: Kind.PAYMENT_UNCLEAR,
    What.REFUND_OWED: Kind.REFUND_OWED,
    What.REFUNDED: Kind.REFUNDED,
    What.MONEY_KEPT: Kind.MONEY_DECIDED,
    What.REFUND_LEFT: Kind.REFUND_LEFT,
}

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
            faster = {"faster_than": news.facts.get("faster_than")}
            return [_about(booking, Kind.BOOKED, booking.attempt, values=faster)]
        case What.CANCELLED:
            because = {"because": news.facts.get("because")}
            return [_about(booking, Kind.CANCELLED, booking.attempt, values=because)]
        case What.MOVED:
            times = {"old": news.facts.get("old"), "new": news.facts.get("starts")}
            return [_about(booking, Kind.MOVED, booking.version, values=times)]
        case _:
            return []


def messages_about_money(news: News, booking: Booking) -> list[NewMessage]:
    """What the client hears of a page, a payment or a refund."""
    if booking.preview or news.booking_id != booking.id:
        return []
    # Of one payment there may be several refunds, and each is told.
    refund = news.facts.get("refund") if news.what in {What.REFUNDED, What.REFUND_LEFT} else None
    named = refund or news.facts.get("payment") or news.facts.get("checkout") or news.facts.get("turn")
    subject = named or booking.attempt
    # MONEY_DECIDED knows whether it is true yet; of what settles a failed refund, REFUNDED is told.
    returned = news.what is What.MARKED_RETURNED and booking.keeps_minor is not None and "refund" not in news.facts
    kind, until = Kind.MONEY_DECIDED if returned else _OF_MONEY.get(news.what), None
    if kind is None:
        kind, until = _of_page(news, booking)
    if kind is None:
        return []
    return [_about(booking, kind, subject, values=dict(news.facts), drop_after=until)]


def _of_page(news: News, booking: Booking) -> tuple[Kind | None, datetime | None]:
    """What the client hears of the payment page, and until when."""
    match news.what:
        case What.PAGE_MADE:
            return Kind.PAGE_MADE, booking.hold_until
        case What.RELEASING if not _by_client(booking):
            return Kind.PAGE_CLOSING, None
        case What.TILL_SILENT if news.facts.get("checkout") and booking.state in {State.PAYING, State.RELEASING}:
            return Kind.TILL_SILENT, None
        case What.PAGE_REFUSED if booking.state is State.HELD:
            return Kind.PAGE_REFUSED, booking.hold_until
        case What.PAGE_CLOSED if booking.state is State.HELD and not news.facts.get("moved"):  # MOVED says more
            return Kind.PAGE_CLOSED, booking.hold_until
        case What.PAGE_CLOSED | What.PAGE_REFUSED if booking.reason is Reason.LAPSED and news.facts.get("at_last"):
            return Kind.PAGE_CLOSED, None
        case What.PAGE_CLOSED | What.PAGE_REFUSED if booking.reason is Reason.GIVEN_UP:  # presumed says too little
            return Kind.GIVEN_UP, None
        case _:
            return None, None


def _by_client(booking: Booking) -> bool:
    """Whether it is the client who had the page closed, and so sees it already."""
    return booking.noted_spot_id is None and booking.reason in {None, Reason.GIVEN_UP}


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
    subject: str | int,
    *,
    values: dict[str, str | int | bool | None] | None = None,
    not_before: datetime | None = None,
    drop_after: datetime | None = None,
) -> NewMessage:
    return NewMessage(
        key=f"{kind}:{booking.id}:{subject}",
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
