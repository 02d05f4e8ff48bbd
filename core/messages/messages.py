"""What a booking's news says to its client, and how long it is worth saying. Rows are written with what caused them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from core.booking.booking import WARNING, Booking, Reason, Reservation, State
from core.messages.records import NewMessage
from core.minis.mini import Mini
from core.studio.studio import Member, Studio
from core.values.moments import local
from core.values.news import News, What

RESUME_AFTER = timedelta(hours=1)  # F9
ANSWERS_KEPT = timedelta(hours=24)  # F9
WORTH_SAYING = timedelta(days=2)
#: What waited longer for somebody to claim the studio comes as one summary (STATES, "Messages out").
WORTH_A_MESSAGE = timedelta(days=1)

Facts = Mapping[str, str | int | bool | None]


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
    MONEY_DECIDED = "money_decided"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    MOVED = "moved"
    RESERVATION_REMOVED = "reservation_removed"
    RESERVATION_LAPSED = "reservation_lapsed"
    STUDIO_SAYS = "studio_says"


class Alert(StrEnum):
    """What the studio hears by itself, most of it of money. The rows are for the studio's bot, which has the words."""

    PAYMENT_UNCLEAR = "alert_payment_unclear"
    PAID_TOO_LATE = "alert_paid_too_late"
    PAGE_REFUSED = "alert_page_refused"
    PAGE_CLOSED = "alert_page_closed"
    TILL_SILENT = "alert_till_silent"
    PRESUMED_CLOSED = "alert_presumed_closed"
    REFUND_OWED = "alert_refund_owed"
    REFUND_FAILED = "alert_refund_failed"
    REFUNDED_BY_HAND = "alert_refunded_by_hand"
    DISPUTED = "alert_disputed"
    DISPUTE_WON = "alert_dispute_won"
    DISPUTE_LOST = "alert_dispute_lost"
    MOVE_DROPPED = "alert_move_dropped"
    PAID_LATE = "alert_paid_late"
    CANCELLED_PAID = "alert_cancelled_paid"
    BOOKED = "alert_booked"
    CANCELLED = "alert_cancelled"
    HOLD_LAPSED = "alert_hold_lapsed"
    RESERVATION_DECLINED = "alert_reservation_declined"
    RESERVATION_LAPSED = "alert_reservation_lapsed"
    MINI_OPENED = "alert_mini_opened"
    MINI_NOT_OPENED = "alert_mini_not_opened"
    #: A client says something; somebody else of the studio has answered; a client can no longer be written to.
    ASKED = "alert_asked"
    ANSWERED = "alert_answered"
    UNREACHABLE = "alert_unreachable"
    #: In place of all that is too old to be told one by one.
    SUMMARY = "alert_summary"


#: The overview in somebody's chat is to be shown anew: no message of its own.
OVERVIEW = "overview"
OVERVIEW_EVERY = timedelta(seconds=3)

_ALERTS = {
    What.PAYMENT_UNCLEAR: Alert.PAYMENT_UNCLEAR,
    What.PAID_TOO_LATE: Alert.PAID_TOO_LATE,
    What.PAGE_REFUSED: Alert.PAGE_REFUSED,
    What.PAGE_PRESUMED_CLOSED: Alert.PRESUMED_CLOSED,
    What.REFUND_OWED: Alert.REFUND_OWED,
    What.REFUND_FAILED: Alert.REFUND_FAILED,
    What.REFUNDED_BY_HAND: Alert.REFUNDED_BY_HAND,
    What.DISPUTED: Alert.DISPUTED,
    What.DISPUTE_WON: Alert.DISPUTE_WON,
    What.DISPUTE_LOST: Alert.DISPUTE_LOST,
    What.MOVE_DROPPED: Alert.MOVE_DROPPED,
}

#: What a client hears of their money, each whenever it happens.
_OF_MONEY = {
    What.PAID: Kind.PAID,
    What.PAID_TOO_LATE: Kind.PAID_TOO_LATE,
    What.PAYMENT_UNCLEAR: Kind.PAYMENT_UNCLEAR,
    What.REFUND_OWED: Kind.REFUND_OWED,
    What.REFUNDED: Kind.REFUNDED,
    What.MONEY_KEPT: Kind.MONEY_DECIDED,
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


def alerts_of(news: News, booking: Booking) -> list[NewMessage]:
    """What the studio hears of its bookings: booked, cancelled by the client, a hold that ran out (J5).

    Whoever cancels at the studio's desk knows it, and decides on the refund in the same deed (H7).
    Of somebody who had not even said their name it hears nothing, unless it had reserved the spot for them.
    """
    if booking.preview or news.booking_id != booking.id:
        return []
    match news.what:
        case What.CONFIRMED:
            return [_alert(Alert.BOOKED, booking, booking.attempt, {})]
        case What.CANCELLED if booking.reason is Reason.BY_CLIENT:
            alert = Alert.CANCELLED if booking.keeps_minor is None else Alert.CANCELLED_PAID
            return [_alert(alert, booking, booking.attempt, {})]
        case What.LAPSED if booking.contact or booking.reservation_id:
            return [_alert(Alert.HOLD_LAPSED, booking, booking.attempt, {})]
        case _:
            return []


def messages_about_money(news: News, booking: Booking) -> list[NewMessage]:
    """The rows that this news of a page, a payment or a refund writes: to the client, and to the studio."""
    if booking.preview or news.booking_id != booking.id:
        return []
    return [*_money_for_client(news, booking), *_money_for_studio(news, booking)]


def _money_for_client(news: News, booking: Booking) -> list[NewMessage]:
    # Of one payment there may be several refunds, and each is told.
    refund = news.facts.get("refund") if news.what is What.REFUNDED else None
    named = refund or news.facts.get("payment") or news.facts.get("checkout") or news.facts.get("turn")
    subject = named or booking.attempt
    kind, until = _OF_MONEY.get(news.what), None
    if news.what is What.MARKED_RETURNED and news.facts.get("answers"):
        kind = Kind.MONEY_DECIDED
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


def _money_for_studio(news: News, booking: Booking) -> list[NewMessage]:
    """An alert for each thing that a photographer should know; one for each page that the till is silent about."""
    alert = _ALERTS.get(news.what)
    if news.what is What.TILL_SILENT and news.facts.get("alert"):
        alert = Alert.TILL_SILENT
    if news.what is What.PAGE_CLOSED and not news.facts.get("noted"):
        alert = Alert.PAGE_CLOSED  # by itself, or by somebody at the till
    if news.what is What.PAID and news.facts.get("late"):
        alert = Alert.PAID_LATE
    if alert is None:
        return []
    subject = news.facts.get("refund") or news.facts.get("payment") or news.facts.get("checkout") or booking.attempt
    if turn := news.facts.get("turn"):
        subject = f"{subject}.{turn}"  # the same may happen to the same payment again, and is worth an alert again
    return [_alert(alert, booking, subject, news.facts)]


def _alert(alert: Alert, booking: Booking, subject: str | int, facts: Facts) -> NewMessage:
    return NewMessage(
        key=f"{alert}:{booking.id}:{subject}", kind=alert, client_id=None, booking_id=booking.id, values=facts
    )


def messages_of_mini(news: News, mini: Mini) -> list[NewMessage]:
    """The studio hears that a mini opened by itself, or what kept it from that (E4)."""
    alerts = {What.MINI_OPENED: Alert.MINI_OPENED, What.MINI_NOT_OPENED: Alert.MINI_NOT_OPENED}
    alert = alerts.get(news.what)
    if alert is None:
        return []
    values = {"mini": mini.id, **news.facts}
    return [NewMessage(key=f"{alert}:{mini.id}:{mini.version}", kind=alert, client_id=None, values=values)]


def summary_of(member: Member, count: int) -> NewMessage:
    """So many alerts are too old to be told; what still needs somebody is among the problems."""
    return NewMessage(
        key=f"{Alert.SUMMARY}:{member.id}:{count}",
        kind=Alert.SUMMARY,
        client_id=None,
        member_id=member.id,
        values={"count": count},
    )


def alerts_of_reservation(news: News, reservation: Reservation) -> list[NewMessage]:
    """The studio hears that somebody said no to a reservation, or that its time is over (D3, D4)."""
    alerts = {
        What.RESERVATION_DECLINED: Alert.RESERVATION_DECLINED,
        What.RESERVATION_LAPSED: Alert.RESERVATION_LAPSED,
    }
    alert = alerts.get(news.what)
    if alert is None:
        return []
    key = f"{alert}:{reservation.id}:{reservation.version}"
    return [NewMessage(key=key, kind=alert, client_id=None, values={"reservation": reservation.id})]


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
