"""What all deeds of a studio's desk stand on: whose they are, and how their news is written down."""

from datetime import datetime

from core.booking import ending, reserve
from core.booking.booking import Booking, Reservation, ReservationState
from core.booking.refusals import BookingChanged, ReservationGone
from core.booking.told import Told
from core.minis.mini import OVER, Mini
from core.minis.publish import MiniChanged
from core.ports import Records
from core.studio.studio import Member, Studio
from core.studio_desk.rights import NotAllowed
from core.telling import tell, tell_of_reservation
from core.values.news import News, What


class Desk:
    """One member at the desk of one studio. Raises NotAllowed for somebody of another studio."""

    def __init__(self, records: Records, studio: Studio, member: Member) -> None:
        if member.studio_id != studio.id:
            raise NotAllowed
        self.studio = studio
        self.member = member
        self._records = records

    @property
    def now(self) -> datetime:
        return self._records.now

    def _mini(self, mini_id: str) -> Mini:
        mini = self._records.minis.one(self.studio.id, mini_id)
        if mini is None:
            raise MiniChanged
        return mini

    def _open_mini(self, mini_id: str) -> Mini:
        """One that is not over, as that is changed no more. Raises MiniChanged."""
        mini = self._mini(mini_id)
        if mini.state in OVER:
            raise MiniChanged
        return mini

    def _booking(self, booking_id: str) -> Booking:
        booking = self._records.bookings.one(self.studio.id, booking_id)
        if booking is None:
            raise BookingChanged
        return booking

    def _reservation(self, reservation_id: str) -> Reservation:
        reservation = self._records.reservations.one(self.studio.id, reservation_id)
        if reservation is None:
            raise ReservationGone
        return reservation

    def _remove(self, reservation: Reservation) -> Reservation:
        """While it is in use nobody is told: to its client it is still theirs."""
        removed, news = reserve.remove(self._records, reservation)
        if removed.state is ReservationState.REMOVED:
            tell_of_reservation(self._records, removed, news)
        return removed

    def _end_previews(self, member: Member) -> list[Booking]:
        """End the live previews that the member walks."""
        walked = self._records.bookings.previews(self.studio.id, member.client_id) if member.client_id else []
        return [self._do(ending.end_preview(self._records, one)) for one in walked]

    def _changed(self, mini: Mini) -> Mini:
        self._note(News(what=What.MINI_CHANGED, subject_id=mini.id, facts={"state": mini.state, "paused": mini.paused}))
        return mini

    def _note(self, news: News) -> None:
        self._records.history.add(self.studio.id, None, [news])

    def _do(self, told: Told) -> Booking:
        tell(self._records, self.studio, told)
        return told.booking
