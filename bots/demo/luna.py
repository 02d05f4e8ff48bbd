"""What Luna, the example's photographer, sees: a card a booking, read as she would, through her own desk.

Imported late, like the backstage: it loads the product.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bots.demo.cards import Asked, Card, Consent, Mark, Mood, Paper, Reply
from bots.demo.clerk import spoken
from bots.demo.stripe.currencies import money
from core.booking.booking import Booking, State
from core.minis.mini import PaidBy
from core.paperwork.contract import Agreement, Signing
from core.paperwork.files import StoredFile
from core.paperwork.questionnaire import Answers, Kind, Question
from core.ports import Records
from core.studio.studio import Member, Role, Studio
from core.studio_desk import StudioDesk
from core.values.money import Money

_MADE: Final[Mapping[State, Mark]] = {
    State.CONFIRMED: Mark("booked", Mood.GOOD),
    State.DONE: Mark("photographed", Mood.GOOD),
    State.NO_SHOW: Mark("nobody came", Mood.BAD),
    State.CANCELLED: Mark("cancelled", Mood.BAD),
}


class Luna:
    """Reads for one studio, and only what belongs to the bookings that she was asked about."""

    def __init__(self) -> None:
        self._bookings: dict[str, int] = {}
        self._copied: set[str] = set()

    @property
    def bookings(self) -> Mapping[str, int]:
        """Those that were asked about, in this order, with their clients' ids in the messenger."""
        return self._bookings

    def is_about(self, booking_id: str, person: int) -> None:
        """From now on, this booking of that person is among the cards."""
        self._bookings[booking_id] = person

    def cards(self, records: Records, studio: Studio) -> tuple[Card, ...]:
        """The bookings that are being made or were made, the newest first; a hold that came to nothing is none."""
        desk = _desk(records, studio)
        found = (records.bookings.one(studio.id, id_) for id_ in reversed(self._bookings))
        return tuple(
            self._card(records, desk, booking)
            for booking in found
            if booking and not booking.preview and booking.state is not State.EXPIRED
        )

    def copy(self, records: Records, studio: Studio, agreement_id: str) -> StoredFile | None:
        """The signed copy, byte for byte as its client was given it."""
        return self._if_ours(_desk(records, studio).signed_copy(agreement_id))

    def photo(self, records: Records, studio: Studio, file_id: str) -> StoredFile | None:
        return self._if_ours(_desk(records, studio).photo(file_id))

    def _if_ours(self, file: StoredFile | None) -> StoredFile | None:
        return file if file and file.booking_id in self._bookings else None

    def _card(self, records: Records, desk: StudioDesk, booking: Booking) -> Card:
        snapshot, contact, zone = booking.snapshot, booking.contact, desk.studio.zone
        starts = snapshot.starts.astimezone(zone)
        reach = (contact.email, contact.phone) if contact else ()
        return Card(
            booking=booking.id,
            code=booking.code,
            client=contact.name if contact else "",
            reach=" · ".join(one for one in reach if one),
            what=f"{snapshot.title} · {booking.package.title}",
            when=f"{_day(starts)}, {spoken(snapshot.starts, zone)} to {spoken(snapshot.ends, zone)}",
            state=_MADE.get(booking.state) or _being_made(booking, desk.studio),
            money=_money(records, desk, booking),
            papers=tuple(self._papers(records, desk, booking)),
            asked=tuple(_asked(records, desk, booking)),
        )

    def _papers(self, records: Records, desk: StudioDesk, booking: Booking) -> Iterator[Paper]:
        agreed = {one.contract: one for one in desk.agreed(booking)}
        shown = {one.contract for one in desk.agreements(booking.id)}
        for edition in booking.snapshot.contracts:
            contract = records.papers.contract(desk.studio.id, edition)
            title = f"{contract.title if contract else ''}, version {edition.version}"
            agreement = agreed.get(edition)
            if agreement is None or agreement.signing is None:
                words = "not signed yet" if edition in shown else "not shown yet"
                yield Paper(title=title, state=Mark(words, Mood.WAITING))
            else:
                yield self._signed(desk, title, agreement, agreement.signing)

    def _signed(self, desk: StudioDesk, title: str, agreement: Agreement, signing: Signing) -> Paper:
        answered = dict(signing.consents)
        if agreement.id not in self._copied and desk.signed_copy(agreement.id):
            self._copied.add(agreement.id)  # it is kept for good
        return Paper(
            title=title,
            state=Mark("signed", Mood.GOOD),
            signed=f"“{signing.typed_name}”, {_moment(signing.signed_at, desk.studio)}",
            consents=tuple(Consent(one.label, answered.get(one.id, False)) for one in agreement.consents),
            copy=agreement.id if agreement.id in self._copied else None,
        )


def _desk(records: Records, studio: Studio) -> StudioDesk:
    return StudioDesk(records, studio, Member(id="luna", studio_id=studio.id, name="Luna", role=Role.OWNER))


def _being_made(booking: Booking, studio: Studio) -> Mark:
    return Mark(f"being booked, held until {spoken(booking.hold_until, studio.zone)}", Mood.WAITING)


def _money(records: Records, desk: StudioDesk, booking: Booking) -> Mark:
    price, account = booking.price, desk.account(booking)
    if account.paid:
        rest = f", {_said(account.due)} later" if account.due else ""
        return Mark(f"{_said(account.paid)} paid{rest}", Mood.GOOD)
    if records.payments.of_booking(booking.studio_id, booking.id):
        return Mark("money goes back, or waits for a word", Mood.BAD)
    if not price.total:
        return Mark("free", Mood.GOOD)
    if price.paid_by is PaidBy.OUTSIDE:
        return Mark(f"{_said(price.total)}, paid to you directly", Mood.WAITING)
    return Mark(f"{_said(price.due_now)} to pay", Mood.WAITING)


def _said(amount: Money) -> str:
    return money(amount.minor, amount.currency.lower())


def _asked(records: Records, desk: StudioDesk, booking: Booking) -> Iterator[Asked]:
    for answers in desk.answers(booking.id):
        questionnaire = records.papers.questionnaire(desk.studio.id, answers.questionnaire)
        if questionnaire:
            replies = tuple(_reply(question, answers) for question in questionnaire.questions)
            yield Asked(questionnaire.title, replies)


def _reply(question: Question, answers: Answers) -> Reply:
    """What was skipped is there too: who reads it looks for the question."""
    value = answers.values.get(question.id, "")
    match question.kind:
        case _ if not value:
            return Reply(question.text)
        case Kind.PHOTO:
            return Reply(question.text, photos=tuple(value.split("\n")))
        case Kind.SEVERAL:
            return Reply(question.text, ", ".join(value.split("\n")))
        case Kind.NUMBER:
            return Reply(question.text, f"{Decimal(value):,}")
        case Kind.DATE:
            return Reply(question.text, _day(date.fromisoformat(value)))
        case _:
            return Reply(question.text, value)


def _day(day: date) -> str:
    """Sat 28 Nov 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _moment(moment: datetime, studio: Studio) -> str:
    return f"{_day(moment.astimezone(studio.zone))}, {spoken(moment, studio.zone)}"
