"""The desk's deeds with reservations."""

from core.booking import reserve
from core.booking.booking import Reservation
from core.booking.reserve import Terms
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.telling import tell_of_reservation


class ReservationDeeds(Desk):
    @photographers
    def reserve(self, spot_id: str, terms: Terms | None = None) -> Reservation:
        """Keep a free spot for somebody (D1, D2), with what is known of them (D5). Raises what `reserve` raises."""
        reservation, news = reserve.reserve(self._records, self.studio, spot_id, terms or Terms())
        tell_of_reservation(self._records, reservation, news)
        return reservation

    @photographers
    def change_reservation(self, reservation_id: str, terms: Terms) -> Reservation:
        changed, news = reserve.change_terms(self._records, self._reservation(reservation_id), terms)
        tell_of_reservation(self._records, changed, news)
        return changed

    @photographers
    def unbind_reservation(self, reservation_id: str) -> Reservation:
        return reserve.unbind(self._records, self._reservation(reservation_id))

    @photographers
    def remove_reservation(self, reservation_id: str) -> Reservation:
        """Free the spot and kill the link; one being booked stays with its booking (D3)."""
        return self._remove(self._reservation(reservation_id))

    @photographers
    def reservation(self, reservation_id: str) -> Reservation:
        """Raises ReservationGone where there is none of that id."""
        return self._reservation(reservation_id)

    @photographers
    def reservation_link(self, reservation: Reservation) -> str:
        """The token of the reservation's link: `r_` and this."""
        return self._records.links.token(reserve.LINK, reservation.id, reservation.link_generation)
