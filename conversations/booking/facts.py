"""What the booking talk knows of the records, each read once a turn and only if a step needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from conversations.screens import Say
from conversations.talk import Course
from conversations.turn import Turn
from core.booking.booking import LIVE_HOLD, Booking, Reservation, State
from core.booking.contact import Contact
from core.booking.papers import Paper
from core.booking.refusals import ReservationGone
from core.client_desk import ClientDesk
from core.messages.messages import ANSWERS_KEPT
from core.minis.mini import AddOn, Day, Mini, MiniState, Package
from core.minis.plan import fits
from core.minis.records import SpotRow
from core.paperwork.questionnaire import Questionnaire
from core.payments.checkout import Checkout
from core.values.moments import local


def closed(mini: Mini, *, reserved: bool = False) -> str | None:
    """The screen that says why clients cannot begin to book the mini, if they cannot.

    A pause does not keep a reservation's link from being opened.
    """
    if mini.state not in {MiniState.PUBLISHED, MiniState.UNPUBLISHED}:
        return "not_open"
    return "paused" if mini.paused and not reserved else None


class BookingFacts:
    """The facts of one course of booking. After a deed, `forget()` makes the next look read anew."""

    def __init__(self, desk: ClientDesk, course: Course) -> None:
        self._desk = desk
        self._course = course
        self._free: dict[tuple[Package, int], list[SpotRow]] = {}

    def forget(self, booking: Booking | None = None) -> None:
        """Read anew what a deed may have changed; `booking` is the row as the deed left it."""
        for name in ("booking", "rows", "mine", "checkout", "papers", "answers"):
            self.__dict__.pop(name, None)
        self._free.clear()
        if booking is not None:
            self.__dict__["booking"] = booking

    @cached_property
    def mini(self) -> Mini:
        mini = self._desk.mini(self._course.subject["mini"])
        if mini is None:
            raise LookupError("a talk about a mini that is not there")
        return mini

    @cached_property
    def booking(self) -> Booking | None:
        """The booking of this course, whatever became of it."""
        return self._desk.booking(self._course.booking_id) if self._course.booking_id else None

    @property
    def live(self) -> Booking | None:
        """The booking while its hold lasts."""
        booking = self.booking
        return booking if booking is not None and booking.state in LIVE_HOLD else None

    @cached_property
    def checkout(self) -> Checkout | None:
        """The booking's payment page, the one that was made last."""
        return self._desk.checkout(self.booking) if self.booking else None

    @property
    def names_contracts(self) -> bool:
        """Whether anything is to be signed at all: before the hold, by the mini."""
        return bool(self.live.snapshot.contracts if self.live else self.mini.contracts)

    @property
    def asks_questions(self) -> bool:
        """Whether anything is asked while booking: before the hold, by the mini."""
        return bool(self.live.snapshot.questionnaire if self.live else self.mini.questionnaire)

    @cached_property
    def papers(self) -> list[Paper]:
        """The contracts that the hold names, as they stand before the client."""
        return self._desk.papers(self.live) if self.live else []

    @cached_property
    def questionnaire(self) -> Questionnaire | None:
        """What is asked while booking."""
        edition = self.live.snapshot.questionnaire if self.live else None
        return self._desk.questionnaire(edition) if edition else None

    @cached_property
    def answers(self) -> Mapping[str, str] | None:
        """What was answered to it, by question; None until then."""
        if self.live is None or self.questionnaire is None:
            return None
        given = self._desk.answers(self.live, self.questionnaire.edition)
        return given.values if given else None

    @property
    def lapsed(self) -> Booking | None:
        """The booking whose hold ended and that may be taken up again (F9)."""
        booking = self.booking
        if booking is None or booking.state is not State.EXPIRED or booking.ended_at is None or booking.preview:
            return None
        return booking if self._desk.now < booking.ended_at + ANSWERS_KEPT else None

    @property
    def preview(self) -> bool:
        return "preview" in self._course.subject

    @cached_property
    def reservation(self) -> Reservation | None:
        """The reservation that the course began with, while this client may take it."""
        wanted = self._course.subject.get("reservation")
        try:
            return self._desk.reservation(wanted) if wanted else None
        except ReservationGone:
            return None

    @property
    def packages(self) -> tuple[Package, ...]:
        """The booking's own price list once it has one, the mini's before (B10)."""
        live = self.live
        return live.snapshot.packages if live else self.mini.packages

    @property
    def add_ons(self) -> tuple[AddOn, ...]:
        live = self.live
        return live.snapshot.add_ons if live else self.mini.add_ons

    @cached_property
    def rows(self) -> list[SpotRow]:
        return self._desk.spots(self._course.subject["mini"])

    @cached_property
    def days(self) -> dict[str, Day]:
        return {day.id: day for day in self._desk.days(self._course.subject["mini"])}

    @cached_property
    def mine(self) -> list[Booking]:
        """This client's bookings of the mini that are confirmed, those of this course apart."""
        return [
            one
            for one in self._desk.bookings_in(self._course.subject["mini"])
            if one.state is State.CONFIRMED and one.id != self._course.booking_id
        ]

    @property
    def known_contact(self) -> Contact | None:
        """What a returning client told before, if it still answers all that is asked."""
        contact = self._desk.client.contact
        whole = contact and contact.is_complete(phone_required=self._desk.studio.phone_required)
        return contact if whole else None

    def free(self, package: Package, places: int) -> list[SpotRow]:
        """The spots that this client can take for the package, their own held one among them, by start."""
        if (package, places) not in self._free:
            live = self.live
            kept = live.spot_id if live else None
            self._free[package, places] = [
                row
                for row in self.rows
                if fits(package.length, row.spot, row.next_start)
                and (row.spot.id == kept or (not row.shut_out and row.spot.seats - row.taken >= places))
            ]
        return self._free[package, places]

    def date_of(self, row: SpotRow) -> date:
        return local(row.spot.starts, self._desk.studio.zone).date()


@dataclass(slots=True, kw_only=True)
class BookingTurn(Turn):
    """What the steps of a client's talk see."""

    desk: ClientDesk
    facts: BookingFacts

    @property
    def takes_cards(self) -> bool:
        """Whether they can pay online at this moment."""
        return self.desk.cards(self.front.installation).taken


#: What a word or a button does at any step; gives what to say in passing.
Command = Callable[[BookingTurn, str], Say | None]
