"""What every door does with a deed's news: write it down, and write what must be said of it (DECISIONS 30)."""

from core.booking.booking import Reservation
from core.booking.told import Told
from core.messages.alerts import (
    OVERVIEW,
    OVERVIEW_EVERY,
    WORTH_A_MESSAGE,
    alerts_about_money,
    alerts_of,
    alerts_of_mini,
    alerts_of_reservation,
    summary_of,
)
from core.messages.messages import ABOUT_A_HOLD, messages_about_money, messages_of, messages_of_reservation
from core.messages.remark import Remark, Voice
from core.messages.thread import messages_of_remark
from core.minis.mini import Mini
from core.ports import Records
from core.studio.studio import Member, Studio
from core.values.news import News, What

#: News after which an older warning or reminder about the hold is no longer true.
_OUTDATES_THE_HOLD = frozenset(
    {What.EXTENDED, What.LAPSED, What.GIVEN_UP, What.ENDED_BY_STUDIO, What.CONFIRMED, What.CANCELLED, What.TAKEN_UP}
)

#: What the overview says nothing of: the steps of a booking between its hold and its end.
_UNSEEN = frozenset(
    {
        What.CHOSEN,
        What.CONTACT_KEPT,
        What.CONTRACT_SHOWN,
        What.CONTRACT_SIGNED,
        What.ANSWERED,
        What.PHOTOS_FORGOTTEN,
        What.PAYMENT_BEGUN,
        What.PAGE_MADE,
        What.RELEASING,
        What.TILL_SILENT,
    }
)


def tell(records: Records, studio: Studio, told: Told) -> None:
    """Write history and messages of a booking's news."""
    if not told.news:
        return
    booking = told.booking
    records.history.add(studio.id, booking.client_id, told.news)
    if any(news.what in _OUTDATES_THE_HOLD for news in told.news):
        records.outbox.supersede(studio.id, booking.id, ABOUT_A_HOLD)
    rows = [
        row
        for news in told.news
        for row in (
            *messages_of(news, booking, studio, records.now),
            *alerts_of(news, booking),
            *messages_about_money(news, booking),
            *alerts_about_money(news, booking),
        )
    ]
    if not any(news.what is What.CANCELLED for news in told.news):
        # Whoever hears that their booking is cancelled need not hear of the reservation that it came from.
        for news in told.news:
            reservation = _reservation_gone(records, studio, news)
            if reservation is not None:
                rows += messages_of_reservation(news, reservation, records.now)
                rows += alerts_of_reservation(news, reservation)
    if rows:
        records.outbox.add(studio.id, rows)
    for mini_id in _looking_otherwise(told):
        records.outbox.refresh(studio.id, mini_id, OVERVIEW, OVERVIEW_EVERY)


def _looking_otherwise(told: Told) -> set[str]:
    """The minis whose overviews show something of the news: the booking's, and the one that it left."""
    seen = [news for news in told.news if news.what not in _UNSEEN]
    left = {str(news.facts["left_mini"]) for news in seen if "left_mini" in news.facts}
    return left | {told.booking.mini_id} if seen else left


def tell_of_reservation(records: Records, reservation: Reservation, news: News) -> None:
    """Write history and messages of a reservation's news that no booking caused."""
    records.history.add(reservation.studio_id, reservation.client_id, [news])
    rows = [*messages_of_reservation(news, reservation, records.now), *alerts_of_reservation(news, reservation)]
    if rows:
        records.outbox.add(reservation.studio_id, rows)
    records.outbox.refresh(reservation.studio_id, reservation.mini_id, OVERVIEW, OVERVIEW_EVERY)


def tell_of_mini(records: Records, mini: Mini, news: News) -> None:
    """Write history and messages of what a mini did by itself."""
    records.history.add(mini.studio_id, None, [news])
    rows = alerts_of_mini(news, mini)
    if rows:
        records.outbox.add(mini.studio_id, rows)


def tell_of_remark(records: Records, remark: Remark, *, answers: bool = False) -> None:
    """Write history and messages of what was said in a thread; `answers`: nobody had answered before."""
    what = What.ASKED if remark.voice is Voice.CLIENT else What.WRITTEN_TO
    news = News(what=what, booking_id=remark.booking_id, facts={"remark": remark.id})
    records.history.add(remark.studio_id, remark.client_id, [news])
    records.outbox.add(remark.studio_id, messages_of_remark(remark, answers=answers))


def tell_newcomer(records: Records, studio: Studio, member: Member, *, claimed: bool) -> None:
    """Write history of a new member. Whoever claims the studio hears what waited for somebody to do so."""
    what = What.CLAIMED if claimed else What.JOINED
    records.history.add(studio.id, None, [News(what=what, subject_id=member.id, facts={"role": member.role})])
    if claimed and (count := records.outbox.address(studio.id, member.id, WORTH_A_MESSAGE)):
        records.outbox.add(studio.id, [summary_of(member, count)])


def _reservation_gone(records: Records, studio: Studio, news: News) -> Reservation | None:
    if news.what not in {What.RESERVATION_LAPSED, What.RESERVATION_REMOVED} or news.subject_id is None:
        return None
    return records.reservations.one(studio.id, news.subject_id)
