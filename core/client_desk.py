"""Everything a client can do: the door through which conversations come in for one client of one studio.

Rights are checked here, once: a client reaches only their own bookings. Each deed writes its history and messages in
the unit of work that it is done in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.booking import answering, confirm, ending, fill_in, hold, papers
from core.booking.booking import Booking, Reservation
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.booking.refusals import BookingChanged, ChoiceOver, ReservationGone
from core.booking.reserve import LINK as RESERVATION_LINK
from core.booking.told import Told
from core.messages import thread
from core.messages.alerts import alerts_of_reservation
from core.messages.remark import Remark
from core.minis.mini import Day, Mini, MiniState, Spot
from core.minis.publish import LINK as MINI_LINK
from core.minis.publish import PREVIEW_LINK
from core.minis.records import SpotRow
from core.paperwork.contract import Agreement, Edition, Origin
from core.paperwork.fields import Field
from core.paperwork.questionnaire import Answers, Questionnaire
from core.payments import give_back, late, pay
from core.payments.account import Account
from core.payments.checkout import Checkout
from core.payments.connect import cards_of
from core.payments.pay import Bill
from core.payments.payment import Disposition, Payment
from core.payments.refund import account_now
from core.payments.till_key import Cards, Installation
from core.ports import Client, Records
from core.studio.studio import Studio
from core.telling import tell, tell_of_remark
from core.values.news import News, What


class ClientDesk:
    """The deeds and reads of one client. A refusal leaves everything as it was."""

    def __init__(self, records: Records, studio: Studio, client: Client) -> None:
        self.studio = studio
        self.client = client
        self._records = records
        self._bookings: dict[str, Booking] = {}

    @property
    def now(self) -> datetime:
        return self._records.now

    # -- what a client sees --

    def cards(self, installation: Installation) -> Cards:
        """Whether the studio takes cards at this moment."""
        return cards_of(self._records, self.studio.id, installation)

    def mini(self, mini_id: str) -> Mini | None:
        return self._records.minis.one(self.studio.id, mini_id)

    def mini_behind(self, token: str) -> str | None:
        """The id of the mini whose link this is."""
        return self._records.links.find(self.studio.id, MINI_LINK, token)

    def reservation_behind(self, token: str) -> str | None:
        return self._records.links.find(self.studio.id, RESERVATION_LINK, token)

    def preview_behind(self, token: str) -> str | None:
        """The mini that a member may preview by this link. Whoever opens it first is that member from then on.

        A link that belongs to somebody else opens nothing (DECISIONS 6).
        """
        subject = self._records.links.find(self.studio.id, PREVIEW_LINK, token)
        if subject is None:
            return None
        member_id, _, mini_id = subject.partition(".")
        member = self._records.studios.member(self.studio.id, member_id)
        if member is None or not member.may_change or member.client_id not in {None, self.client.id}:
            return None
        if member.client_id is None:
            self._records.studios.change_member(replace(member, client_id=self.client.id))
        return mini_id

    def reservation(self, token: str) -> Reservation:
        """The reservation whose link this is, if this client may take it. Raises ReservationGone.

        Whoever remembers the link of a reservation asks with the link again: its row's id opens nothing, and a link
        that was revoked meanwhile nothing more.
        """
        return hold.open_reservation(self._records, self.studio.id, self.client.id, self._reserved(token))

    def published(self) -> list[Mini]:
        """The minis under /book (E3)."""
        every = self._records.minis.all(self.studio.id)
        return [mini for mini in every if mini.state is MiniState.PUBLISHED and not mini.paused]

    def days(self, mini_id: str) -> list[Day]:
        return self._records.minis.days(self.studio.id, mini_id)

    def spots(self, mini_id: str) -> list[SpotRow]:
        """Spots of the mini that are still ahead, taken ones among them."""
        return self._records.spots.list(self.studio.id, mini_id, self._records.now)

    def booking(self, booking_id: str) -> Booking | None:
        """The client's own booking, or None; read once, and then as this desk's deeds left it."""
        known = self._bookings.get(booking_id)
        booking = known or self._records.bookings.one(self.studio.id, booking_id)
        if booking is None or booking.client_id != self.client.id:
            return None
        self._bookings[booking_id] = booking
        return booking

    def bookings_in(self, mini_id: str) -> list[Booking]:
        return self._records.bookings.of_client_in_mini(self.studio.id, mini_id, self.client.id)

    def my_bookings(self) -> list[Booking]:
        return self._records.bookings.of_client(self.studio.id, self.client.id)

    def checkout(self, booking: Booking) -> Checkout | None:
        """The booking's payment page, the one that was made last."""
        return self._records.checkouts.newest(self.studio.id, booking.id)

    def look_again(self, booking: Booking) -> None:
        """Have the till asked about the booking's page now: its client says that something happened there."""
        checkout = self.checkout(booking)
        if checkout:
            self._records.checkouts.hint(checkout.id)

    def payments(self, booking: Booking) -> list[Payment]:
        """What the client paid for the booking, and what became of it."""
        return self._records.payments.of_booking(self.studio.id, booking.id)

    def account(self, booking: Booking) -> Account:
        """The sums of the client's own booking."""
        return account_now(self._records, booking)

    def payment_to_choose_for(self, booking_id: str) -> Payment:
        """The client's own payment that came too late, while they may choose. Raises ChoiceOver."""
        booking = self.booking(booking_id)
        payments = self.payments(booking) if booking else []
        choosing = next((one for one in payments if one.disposition is Disposition.CHOOSING), None)
        if choosing is None:
            raise ChoiceOver
        late.check_choosing(self._records, choosing)
        return choosing

    def nearest_spots(self, booking: Booking) -> list[Spot]:
        """What a client may choose from whose payment came too late."""
        return late.nearest_spots(self._records, booking)

    def terms(self, booking: Booking) -> dict[Field, papers.Term]:
        """What the fields of a contract stand for in this booking."""
        return papers.terms_of(self._records, booking)

    def papers(self, booking: Booking) -> list[papers.Paper]:
        """The contracts that the booking names, as they stand before the client; signed or not."""
        return papers.papers_of(self._records, booking)

    def agreed(self, booking: Booking) -> list[Agreement]:
        """What the client agreed on, signed: one a contract."""
        return papers.agreed_of(self._records, booking)

    def agreements(self, booking: Booking) -> list[Agreement]:
        """Every contract that was put before the client for this booking, in that order."""
        return self._records.papers.agreements(self.studio.id, booking.id)

    def questionnaire(self, edition: Edition) -> Questionnaire | None:
        return self._records.papers.questionnaire(self.studio.id, edition)

    def answers(self, booking: Booking, edition: Edition) -> Answers | None:
        """What was answered, without photos that are kept no more."""
        return answering.known_answers(self._records, booking, edition)

    def photos_kept(self, booking: Booking) -> set[str]:
        """The names of the booking's photos that are still there."""
        return answering.photos_kept(self._records, booking)

    def may_preview(self) -> bool:
        """Whether this is the own identity of a member who may (DECISIONS 6); a preview takes a seat from others."""
        member = self._records.studios.member_of_client(self.studio.id, self.client.id)
        return member is not None and member.may_change

    # -- deeds --

    def hold(self, wish: Wish) -> Booking:
        """Raises what `hold_spot` raises. A preview is a member's alone; of anybody else the wish is a client's."""
        wish = replace(wish, preview=wish.preview and self.may_preview())
        return self._do(hold.hold_spot(self._records, self.studio.id, self.client.id, wish))

    def hold_reserved(self, token: str, wish: Wish) -> Booking:
        """Raises what `hold_reserved` raises. A reservation is for booking, so it is never a preview."""
        wish = replace(wish, preview=False)
        reserved = self._reserved(token)
        return self._do(hold.hold_reserved(self._records, self.studio.id, self.client.id, reserved, wish))

    def decline(self, token: str) -> None:
        """No, thanks: the reservation stays as it is, and the photographer hears of it (D3)."""
        reservation = self.reservation(token)
        news = News(what=What.RESERVATION_DECLINED, subject_id=reservation.id)
        self._records.history.add(self.studio.id, self.client.id, [news])
        self._records.outbox.add(self.studio.id, alerts_of_reservation(news, reservation))

    def swap(self, booking_id: str, spot_id: str) -> Booking:
        return self._do(hold.swap_spot(self._records, self._own(booking_id), spot_id))

    def set_places(self, booking_id: str, places: int) -> Booking:
        return self._do(hold.set_places(self._records, self._own(booking_id), places))

    def extend(self, booking_id: str) -> Booking:
        return self._do(hold.extend_hold(self._records, self._own(booking_id)))

    def take_up(self, booking_id: str, spot_id: str) -> Booking:
        return self._do(hold.take_up(self._records, self._own(booking_id), spot_id))

    def choose(self, booking_id: str, package_id: str, add_ons: tuple[tuple[str, int], ...]) -> Booking:
        return self._do(fill_in.choose(self._records, self._own(booking_id), package_id, add_ons))

    def keep_contact(self, booking_id: str, contact: Contact) -> Booking:
        return self._do(fill_in.keep_contact(self._records, self._own(booking_id), contact))

    def present(self, booking_id: str, edition: Edition, words: Mapping[Field, str], *, anew: bool = False) -> Booking:
        """Put a contract before the client, filled with these words. Raises what `papers.present` raises."""
        return self._do(papers.present(self._records, self._own(booking_id), edition, words, anew=anew))

    def sign(
        self,
        booking_id: str,
        agreement_id: str,
        *,
        typed_name: str,
        name: str,
        consent_words: str,
        consents: Sequence[tuple[str, bool]],
        origin: Origin,
    ) -> Booking:
        """Sign a contract as it was shown. Raises what `papers.sign` raises."""
        return self._do(
            papers.sign(
                self._records,
                self._own(booking_id),
                agreement_id,
                typed_name=typed_name,
                name=name,
                consent_words=consent_words,
                consents=consents,
                origin=origin,
            )
        )

    def answer(
        self, booking_id: str, edition: Edition, values: Mapping[str, str], held: Collection[str] = ()
    ) -> Booking:
        """Answer a questionnaire. Raises what `answering.answer` raises."""
        return self._do(answering.answer(self._records, self._own(booking_id), edition, values, held))

    def keep_photo(
        self, booking_id: str, edition: Edition, question_id: str, photo: bytes, beside: Collection[str] = ()
    ) -> str:
        """Keep a cleaned photo for an answer, beside others; gives its name. Raises what `keep_photo` raises."""
        return answering.keep_photo(self._records, self._own(booking_id), edition, question_id, photo, beside).id

    def drop_photo(self, booking_id: str, file_id: str) -> None:
        answering.drop_photo(self._records, self._own(booking_id), file_id)

    def clear_photos(self, booking_id: str, held: Collection[str] = ()) -> None:
        """Forget what was sent and belongs to no answer, nor to the form that names what is `held`."""
        answering.clear_photos(self._records, self._own(booking_id), held)

    def confirm(self, booking_id: str) -> Booking:
        own = self._own(booking_id)
        return self._do(confirm.confirm(self._records, own, phone_required=self.studio.phone_required))

    def give_up(self, booking_id: str) -> Booking:
        """At once, or with a payment page open as soon as it is closed: then the booking is `releasing`."""
        return self._do(pay.give_up(self._records, self._own(booking_id)))

    def continue_to_pay(self, booking_id: str, bill: Bill) -> Booking:
        """Raises what `pay.continue_to_pay` raises."""
        own = self._own(booking_id)
        return self._do(pay.continue_to_pay(self._records, own, bill, phone_required=self.studio.phone_required))

    def change_something(self, booking_id: str) -> Booking:
        """Close the payment page, to change the booking. Raises what `pay.change_something` raises."""
        return self._do(pay.change_something(self._records, self._own(booking_id)))

    def pick(self, booking_id: str, spot_id: str) -> Booking:
        """Take another spot for a payment that came too late. Raises what `late.pick` raises."""
        payment = self.payment_to_choose_for(booking_id)
        return self._do(late.pick(self._records, payment, self._own(booking_id), spot_id))

    def take_money(self, booking_id: str) -> Booking:
        """Have a payment that came too late sent back. Raises ChoiceOver."""
        payment = self.payment_to_choose_for(booking_id)
        return self._do(late.take_money(self._records, payment, self._own(booking_id)))

    def end_preview(self, booking_id: str) -> Booking:
        return self._do(ending.end_preview(self._records, self._own(booking_id)))

    def cancel(self, booking_id: str) -> Booking:
        return self._do(give_back.cancel_by_client(self._records, self._own(booking_id)))

    def ask(self, text: str, booking_id: str | None = None) -> Remark:
        """Say something to the studio, about a booking or not. Raises what `thread.ask` raises."""
        booking = self._own(booking_id) if booking_id else None
        remark = thread.ask(self._records, self.client, self.studio.name, text, booking)
        tell_of_remark(self._records, remark)
        return remark

    # -- private --

    def _reserved(self, token: str) -> str:
        reservation_id = self.reservation_behind(token)
        if reservation_id is None:
            raise ReservationGone
        return reservation_id

    def _own(self, booking_id: str) -> Booking:
        booking = self.booking(booking_id)
        if booking is None:
            raise BookingChanged
        return booking

    def _do(self, told: Told) -> Booking:
        tell(self._records, self.studio, told)
        self._bookings[told.booking.id] = told.booking
        return told.booking
