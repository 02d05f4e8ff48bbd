"""Everything a photographer can do: the door for one member of a studio. Each deed names the role that it needs.

The roles are checked here, once. The example studio is made through this door too.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.booking import ending, reserve
from core.booking.booking import LIVE_HOLD, Booking, Reason, Reservation, ReservationState
from core.booking.papers import agreed_of
from core.booking.refusals import BookingChanged, ReservationGone, SpotNotFree
from core.booking.reserve import Terms
from core.booking.told import Told
from core.minis import publish
from core.minis.add_break import add_break
from core.minis.mini import AddOn, Day, Mini, MiniState, Package, Spot
from core.minis.papers import save_contract, save_questionnaire, set_papers
from core.minis.plan import Break, DayPlan, check_future, spots_of
from core.minis.publish import MiniChanged
from core.paperwork.contract import Agreement, Consent, Contract
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import Answers, Question, Questionnaire
from core.payments import decide, late, pay
from core.payments.payment import Payment
from core.payments.refund import booking_of
from core.ports import Records
from core.studio.studio import Member, Role, Studio
from core.telling import tell, tell_of_reservation
from core.values.news import News, What
from core.values.refusals import Refusal


class NotAllowed(Refusal):
    """A member does only what their role allows; the refusal tells nothing else (A4)."""


def found_studio(records: Records, studio: Studio, owner_name: str) -> Member:
    """Open a studio with its owner. The first deed of an installation: nobody's rights are there to check."""
    records.studios.add(studio)
    owner = Member(id=records.new_id(), studio_id=studio.id, name=owner_name, role=Role.OWNER)
    records.studios.add_member(owner)
    return owner


class StudioDesk:
    """The deeds of one member. Every deed of it needs the role of owner or photographer."""

    def __init__(self, records: Records, studio: Studio, member: Member) -> None:
        self.studio = studio
        self.member = member
        self._records = records
        if member.studio_id != studio.id or not member.may_change:
            raise NotAllowed

    # -- minis --

    def new_mini(self, title: str, *, description: str = "", place: str = "", picture: str = "") -> Mini:
        """A draft, which nobody but the studio sees (B1). Its link is there from the start."""
        mini = Mini(
            id=self._records.new_id(),
            studio_id=self.studio.id,
            title=title,
            description=description,
            place=place,
            picture=picture,
        )
        self._records.minis.add(mini)
        self._records.links.add(self.studio.id, publish.LINK, mini.id, mini.link_generation)
        return mini

    def set_packages(self, mini_id: str, packages: Sequence[Package], add_ons: Sequence[AddOn] = ()) -> Mini:
        """Other packages and add-ons, for new bookings only (B10)."""
        mini = self._mini(mini_id)
        return self._changed(
            publish.change_mini(self._records, mini, replace(mini, packages=tuple(packages), add_ons=tuple(add_ons)))
        )

    def add_day(self, mini_id: str, plan: DayPlan) -> tuple[Day, tuple[Spot, ...]]:
        """Save a day with its spots (C1, C3). Raises StartIsPast, and what the plan's clock asks about (C6)."""
        mini = self._mini(mini_id)
        check_future(plan, self._records.now, self.studio.zone)
        day = Day(
            id=self._records.new_id(),
            studio_id=self.studio.id,
            mini_id=mini.id,
            date=plan.date,
            place=plan.place,
            same_start=plan.same_start,
        )
        spots = tuple(
            Spot(
                id=self._records.new_id(),
                studio_id=self.studio.id,
                mini_id=mini.id,
                day_id=day.id,
                starts=planned.starts,
                ends=planned.ends,
                seats=planned.seats,
            )
            for planned in spots_of(plan, self.studio.zone)
        )
        self._records.minis.add_day(day, spots)
        self._note(News(what=What.DAY_SAVED, subject_id=mini.id, facts={"spots": len(spots)}))
        return day, spots

    def add_break(self, mini_id: str, day_id: str, pause: Break) -> tuple[Spot, ...]:
        """Push a saved day's later spots past a break; gives those that moved. Raises what `add_break` raises (C5)."""
        moved, news = add_break(self._records, self.studio, mini_id, day_id, pause)
        self._note(news)
        return moved

    def change_spot(self, spot_id: str, *, closed: bool | None = None, premium_minor: int | None = None) -> Spot:
        """Close or open a spot, or make it dearer, while it is free (C7, B4). Raises SpotNotFree."""
        known = self._records.spots.one(self.studio.id, spot_id)
        if known is None:
            raise MiniChanged
        rows = self._records.spots.to_change(self.studio.id, known.mini_id, known.day_id)
        row = next(row for row in rows if row.spot.id == spot_id)
        if row.taken:
            raise SpotNotFree
        changed = replace(
            row.spot,
            closed=row.spot.closed if closed is None else closed,
            premium_minor=row.spot.premium_minor if premium_minor is None else premium_minor,
        )
        self._records.spots.change(changed)
        return changed

    def publish(self, mini_id: str) -> Mini:
        """Put it under /book (E3). Raises NotPublishable with what is missing (B9)."""
        return self._changed(publish.publish(self._records, self._mini(mini_id)))

    def unpublish(self, mini_id: str) -> Mini:
        return self._changed(publish.unpublish(self._records, self._mini(mini_id)))

    def pause(self, mini_id: str) -> Mini:
        """Stop all new bookings; holds and bookings go on (E3)."""
        return self._changed(publish.pause(self._records, self._mini(mini_id), paused=True))

    def resume(self, mini_id: str) -> Mini:
        return self._changed(publish.pause(self._records, self._mini(mini_id), paused=False))

    def archive(self, mini_id: str) -> Mini:
        return self._changed(publish.archive(self._records, self._mini(mini_id)))

    def cancel_mini(self, mini_id: str) -> Mini:
        """Call the mini off: its holds are cancelled and told, its open reservations removed.

        Confirmed bookings stay until each is cancelled by a word of its own, as money hangs on them.
        """
        mini = self._mini(mini_id)
        if mini.state is MiniState.CANCELLED:
            raise MiniChanged
        cancelled = publish.change_mini(self._records, mini, replace(mini, state=MiniState.CANCELLED))
        for reservation in self._records.reservations.of_mini(self.studio.id, mini_id):
            if reservation.state in {ReservationState.OPEN, ReservationState.IN_USE}:
                self._remove(reservation)
        for booking in self._records.bookings.of_mini(self.studio.id, mini_id):
            if booking.state in LIVE_HOLD:
                self._do(pay.end_for_cancelled_mini(self._records, booking))
        for payment in self._records.payments.choosing_in(self.studio.id, mini_id):
            self._do(late.return_for_cancelled_mini(self._records, payment, booking_of(self._records, payment)))
        return self._changed(cancelled)

    def mini_link(self, mini: Mini) -> str:
        """The token of the mini's link: `m_` and this."""
        return self._records.links.token(publish.LINK, mini.id, mini.link_generation)

    def preview_link(self, mini: Mini) -> str:
        """The token of this member's own way to walk the mini as a client does (E1): `v_` and this."""
        subject = f"{self.member.id}.{mini.id}"
        return self._records.links.add(self.studio.id, publish.PREVIEW_LINK, subject, mini.link_generation)

    # -- papers --

    def contracts(self) -> list[Contract]:
        """The newest version of each."""
        return self._records.papers.contracts(self.studio.id)

    def save_contract(
        self,
        title: str,
        text: str,
        *,
        summary: Sequence[str] = (),
        consents: Sequence[Consent] = (),
        contract_id: str | None = None,
    ) -> Contract:
        """A new contract, or this one anew, for new bookings only (B10). Raises what `save_contract` raises."""
        wanted = Contract(
            id=contract_id or self._records.new_id(),
            studio_id=self.studio.id,
            title=title,
            text=text,
            summary=tuple(summary),
            consents=tuple(consents),
        )
        saved = save_contract(self._records, wanted, is_new=contract_id is None)
        self._note(News(what=What.CONTRACT_SAVED, subject_id=saved.id, facts={"version": saved.version}))
        return saved

    def questionnaires(self) -> list[Questionnaire]:
        """The newest version of each."""
        return self._records.papers.questionnaires(self.studio.id)

    def save_questionnaire(
        self, title: str, questions: Sequence[Question], *, questionnaire_id: str | None = None
    ) -> Questionnaire:
        """A new questionnaire, or a new version of this one: for new bookings only (B10)."""
        wanted = Questionnaire(
            id=questionnaire_id or self._records.new_id(),
            studio_id=self.studio.id,
            title=title,
            questions=tuple(questions),
        )
        saved = save_questionnaire(self._records, wanted, is_new=questionnaire_id is None)
        self._note(News(what=What.QUESTIONNAIRE_SAVED, subject_id=saved.id, facts={"version": saved.version}))
        return saved

    def set_papers(
        self,
        mini_id: str,
        *,
        contracts: Sequence[str] = (),
        questionnaire: str | None = None,
        questionnaire_after: str | None = None,
    ) -> Mini:
        """What clients of the mini sign and answer, by ids. Raises TooManyContracts and ContractGone (B5, B6)."""
        mini = self._mini(mini_id)
        return self._changed(set_papers(self._records, mini, contracts, questionnaire, questionnaire_after))

    def agreements(self, booking_id: str) -> list[Agreement]:
        """Every contract that was put before the booking's client; what was signed has its `signing`."""
        return self._records.papers.agreements(self.studio.id, booking_id)

    def agreed(self, booking: Booking) -> list[Agreement]:
        """What the booking's client agreed on, signed: one a contract."""
        return agreed_of(self._records, booking)

    def signed_copy(self, agreement_id: str) -> StoredFile | None:
        """The printed copy that the client was given."""
        return self._records.files.of_subject(self.studio.id, FileKind.SIGNED_COPY, agreement_id)

    def answers(self, booking_id: str) -> list[Answers]:
        return self._records.papers.answers(self.studio.id, booking_id)

    def photo(self, file_id: str) -> StoredFile | None:
        """A photo that a client sent; None where its time is over."""
        file = self._records.files.one(self.studio.id, file_id)
        return file if file and file.kind is FileKind.PHOTO else None

    # -- reservations --

    def reserve(self, spot_id: str, terms: Terms | None = None) -> Reservation:
        """Keep a free spot for somebody (D1, D2). Raises SpotTaken, SpotGone."""
        reservation, news = reserve.reserve(self._records, self.studio, spot_id, terms or Terms())
        tell_of_reservation(self._records, reservation, news)
        return reservation

    def change_reservation(self, reservation_id: str, terms: Terms) -> Reservation:
        changed, news = reserve.change_terms(self._records, self._reservation(reservation_id), terms)
        tell_of_reservation(self._records, changed, news)
        return changed

    def unbind_reservation(self, reservation_id: str) -> Reservation:
        return reserve.unbind(self._records, self._reservation(reservation_id))

    def remove_reservation(self, reservation_id: str) -> Reservation:
        """Free the spot and kill the link; one being booked stays with its booking (D3)."""
        return self._remove(self._reservation(reservation_id))

    def reservation_link(self, reservation: Reservation) -> str:
        """The token of the reservation's link: `r_` and this."""
        return self._records.links.token(reserve.LINK, reservation.id, reservation.link_generation)

    # -- bookings --

    def booking(self, booking_id: str) -> Booking:
        booking = self._records.bookings.one(self.studio.id, booking_id)
        if booking is None:
            raise BookingChanged
        return booking

    def cancel(self, booking_id: str) -> Booking:
        """Cancel a confirmed booking; the client is told (K3). Asking twice is the conversation's part."""
        return self._do(ending.cancel(self._records, self.booking(booking_id), Reason.BY_STUDIO))

    def move(self, booking_id: str, spot_id: str) -> Booking:
        """Give a booking another spot; the client is told old and new (K2)."""
        return self._do(pay.move_paying_or_not(self._records, self.booking(booking_id), spot_id))

    def end_hold(self, booking_id: str) -> Booking:
        """End a client's hold, where the studio switched that on (G2)."""
        told = pay.end_hold(self._records, self.booking(booking_id), override=self.studio.hold_override)
        return self._do(told)

    # -- money --

    def problems(self) -> list[Payment]:
        """Payments that wait for a person: not what was asked for, refunds that failed, disputes (H4, H9)."""
        return self._records.payments.problems(self.studio.id)

    def honour(self, payment_id: str) -> Booking:
        """Take money that was not what was asked for, and confirm its booking. Raises what `decide.honour` raises."""
        return self._do(decide.honour(self._records, self._payment(payment_id)))

    def send_back(self, payment_id: str) -> Booking:
        """Send money back that was not what was asked for. Raises BookingChanged."""
        return self._do(decide.send_back(self._records, self._payment(payment_id)))

    def refund_again(self, payment_id: str) -> Booking:
        """Try a refund that failed once more. Raises BookingChanged."""
        return self._do(decide.refund_again(self._records, self._payment(payment_id)))

    def refunded_elsewhere(self, payment_id: str) -> Booking:
        """A refund that failed was paid another way. Raises BookingChanged."""
        return self._do(decide.refunded_elsewhere(self._records, self._payment(payment_id)))

    # -- private --

    def _mini(self, mini_id: str) -> Mini:
        mini = self._records.minis.one(self.studio.id, mini_id)
        if mini is None:
            raise MiniChanged
        return mini

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

    def _payment(self, payment_id: str) -> Payment:
        payment = self._records.payments.one(self.studio.id, payment_id)
        if payment is None:
            raise BookingChanged
        return payment

    def _changed(self, mini: Mini) -> Mini:
        self._note(News(what=What.MINI_CHANGED, subject_id=mini.id, facts={"state": mini.state, "paused": mini.paused}))
        return mini

    def _note(self, news: News) -> None:
        self._records.history.add(self.studio.id, None, [news])

    def _do(self, told: Told) -> Booking:
        tell(self._records, self.studio, told)
        return told.booking
