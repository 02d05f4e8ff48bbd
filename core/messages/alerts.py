"""What the studio hears by itself of a booking, a reservation or a mini, and when (J5)."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from core.booking.booking import Booking, Reason, Reservation
from core.messages.records import NewMessage
from core.minis.mini import Mini
from core.studio.studio import Member
from core.values.news import News, What

#: What waited longer for somebody to claim the studio comes as one summary (STATES, "Messages out").
WORTH_A_MESSAGE = timedelta(days=1)

Facts = Mapping[str, str | int | bool | None]


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


def alerts_about_money(news: News, booking: Booking) -> list[NewMessage]:
    """An alert for each thing that a photographer should know; one for each page that the till is silent about."""
    if booking.preview or news.booking_id != booking.id:
        return []
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


def alerts_of_mini(news: News, mini: Mini) -> list[NewMessage]:
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


def _alert(alert: Alert, booking: Booking, subject: str | int, facts: Facts) -> NewMessage:
    return NewMessage(
        key=f"{alert}:{booking.id}:{subject}", kind=alert, client_id=None, booking_id=booking.id, values=facts
    )
