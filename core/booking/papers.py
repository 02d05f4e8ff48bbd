"""A booking's papers: the contracts it names, shown and signed, and the questions it asks, answered."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.booking.booking import Booking, State
from core.booking.ending import cancel_before
from core.booking.hold import check_live
from core.booking.refusals import BookingChanged, ContractChanged, ContractUnsigned, NameDiffers
from core.booking.told import Told, told
from core.paperwork.contract import (
    Agreement,
    Contract,
    ContractGone,
    Edition,
    Field,
    Origin,
    Signing,
    filled,
)
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.names import Likeness, likeness
from core.paperwork.questionnaire import (
    MOST_PHOTOS,
    Answers,
    AnswersMissing,
    AnswerUnreadable,
    Kind,
    Questionnaire,
    TooManyPhotos,
    check_answers,
)
from core.ports import Records
from core.values.money import Money
from core.values.news import What

#: What a field stands for, before it is put into words.
Term = str | int | Money | datetime
Facts = tuple[tuple[str, str], ...]

#: Bookings that are made: what is asked after booking can be answered.
_MADE = frozenset({State.CONFIRMED, State.DONE})


# -- what a contract is filled with --


def terms_of(records: Records, booking: Booking) -> dict[Field, Term]:
    """What each field of a contract stands for in this booking. Those that say nothing are left out."""
    snapshot, price = booking.snapshot, booking.price
    studio = records.studios.one(booking.studio_id)
    contact = booking.contact
    terms: dict[Field, Term] = {
        Field.CLIENT_NAME: contact.name if contact else "",
        Field.CLIENT_EMAIL: contact.email if contact else "",
        Field.CLIENT_PHONE: (contact.phone or "") if contact else "",
        Field.STUDIO: studio.name if studio else "",
        Field.MINI: snapshot.title,
        Field.PACKAGE: booking.package.title,
        Field.INCLUDED: booking.package.includes,
        Field.PLACES: booking.places,
        Field.SPOT_DATE: snapshot.starts,
        Field.SPOT_TIME: snapshot.starts,
        Field.PLACE: snapshot.place,
        Field.FEE: price.total,
        Field.DUE_NOW: price.due_now,
        Field.BALANCE: price.later,
        Field.BALANCE_DATE: snapshot.starts - snapshot.balance_due,
        Field.CANCEL_UNTIL: cancel_before(booking),
        Field.BOOKING: booking.code,
    }
    return {field: term for field, term in terms.items() if term != ""}


def facts_of(records: Records, booking: Booking, contract: Contract) -> Facts:
    """What the contract's own fields stand for, written so that the same is always the same."""
    fields = contract.fields
    if not fields:
        return ()
    terms = terms_of(records, booking)
    return tuple((field.value, _plain(terms[field])) for field in sorted(fields) if field in terms)


def _plain(term: Term) -> str:
    match term:
        case Money(minor, currency):
            return f"{minor} {currency}"
        case datetime():
            return term.isoformat()
        case _:
            return f"{term}"


# -- signing --


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A contract that the booking names, as the booking fills it now."""

    contract: Contract
    facts: Facts
    #: As it lies before the client, signed or not; None until it was shown as it reads now.
    agreement: Agreement | None
    #: How often its client asked to sign it once more as it reads now.
    rounds: int = 0

    @property
    def is_signed(self) -> bool:
        return self.agreement is not None and self.agreement.signing is not None


def papers_of(records: Records, booking: Booking) -> list[Paper]:
    """The contracts that the booking names, in its order. Raises ContractGone."""
    if not booking.snapshot.contracts:
        return []
    every = records.papers.agreements(booking.studio_id, booking.id)
    return [_paper(records, booking, edition, every) for edition in booking.snapshot.contracts]


def _paper(records: Records, booking: Booking, edition: Edition, every: Sequence[Agreement]) -> Paper:
    contract = records.papers.contract(booking.studio_id, edition)
    if contract is None:
        raise ContractGone
    facts = facts_of(records, booking, contract)
    fitting = [one for one in every if one.fits(edition, facts) and _is_of(one, booking)]
    # What was signed counts, however often it was shown since: whoever goes back to an earlier time has signed for it.
    signed = [one for one in fitting if one.signing is not None]
    newest = next(reversed(fitting), None)
    agreement = newest if newest is None or newest.anew or not signed else signed[-1]
    return Paper(contract=contract, facts=facts, agreement=agreement, rounds=sum(one.anew for one in fitting))


def _is_of(agreement: Agreement, booking: Booking) -> bool:
    """Nobody's signature stands for somebody else, even where the contract names no client (I3)."""
    if agreement.signing is None:
        return True
    known = booking.contact.name if booking.contact else ""
    return likeness(agreement.signing.contact_name, known) is not Likeness.OTHER


def to_sign(records: Records, booking: Booking) -> list[Paper]:
    """The contracts that the booking names and that nobody signed as they are now, in its order."""
    return [paper for paper in papers_of(records, booking) if not paper.is_signed]


def present(
    records: Records, booking: Booking, edition: Edition, words: Mapping[Field, str], *, anew: bool = False
) -> Told:
    """Put a contract before the client, its fields filled with `words`. One that lies there and fits stays.

    `anew`: one that is signed is signed once more, as its client wants to answer the consents otherwise.

    Raises HoldOver, PageOpen, PageClosing, and ContractGone where the booking names no such contract.
    """
    check_live(records, booking)
    paper = next((one for one in papers_of(records, booking) if one.contract.edition == edition), None)
    if paper is None:
        raise ContractGone
    if paper.agreement is not None and not (anew and paper.is_signed):
        return Told(booking)
    contract, text = paper.contract, filled(paper.contract.text, words)
    agreement = Agreement(
        id=records.new_id(),
        studio_id=booking.studio_id,
        booking_id=booking.id,
        contract=edition,
        title=contract.title,
        text=text,
        summary=tuple(filled(point, words) for point in contract.summary),
        consents=tuple(replace(one, question=filled(one.question, words)) for one in contract.consents),
        facts=paper.facts,
        booking_code=booking.code,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        shown_at=records.now,
        preview=booking.preview,
        anew=anew,
    )
    records.papers.add_agreement(agreement)
    return told(booking, What.CONTRACT_SHOWN, agreement=agreement.id, version=edition.version)


def sign(
    records: Records,
    booking: Booking,
    agreement_id: str,
    *,
    typed_name: str,
    name: str,
    consent_words: str,
    consents: Sequence[tuple[str, bool]],
    origin: Origin,
) -> Told:
    """Sign a contract as it was shown (I1), by the name that was typed or the booking's own where that is near.

    Signing it a second time changes nothing.

    Raises:
        HoldOver, PageOpen, PageClosing: the booking is not held.
        ContractChanged: what was shown is no longer what the booking would be agreed on.
        NameDiffers: the name cannot be the client's own (I3).
    """
    check_live(records, booking)
    lying = (paper.agreement for paper in papers_of(records, booking))
    agreement = next((one for one in lying if one is not None and one.id == agreement_id), None)
    if agreement is None or booking.contact is None:
        raise ContractChanged
    if agreement.signing is not None:
        return Told(booking)
    if likeness(typed_name, booking.contact.name) is Likeness.OTHER or name not in {typed_name, booking.contact.name}:
        raise NameDiffers(typed=typed_name, known=booking.contact.name)
    answered = dict(consents)
    signing = Signing(
        typed_name=typed_name,
        name=name,
        contact_name=booking.contact.name,
        consent_words=consent_words,
        consents=tuple((consent.id, answered.get(consent.id, False)) for consent in agreement.consents),
        signed_at=records.now,
        origin=origin,
    )
    if not records.papers.sign(agreement, signing):
        return Told(booking)  # by this client's other device, in the same moment
    return told(booking, What.CONTRACT_SIGNED, agreement=agreement.id, version=agreement.contract.version)


# -- answering --


def answers_of(records: Records, booking: Booking, edition: Edition | None) -> Answers | None:
    """What was answered to this version of a questionnaire."""
    if edition is None:
        return None
    every = records.papers.answers(booking.studio_id, booking.id)
    return next((one for one in every if one.questionnaire == edition), None)


def known_answers(records: Records, booking: Booking, edition: Edition) -> Answers | None:
    """What was answered, as far as it is still there: photos are forgotten before the rest."""
    given = answers_of(records, booking, edition)
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if given is None or questionnaire is None:
        return None
    asking = [one for one in questionnaire.questions if one.kind is Kind.PHOTO and one.id in given.values]
    if not asking:
        return given
    kept, values = photos_kept(records, booking), dict(given.values)
    for question in asking:
        left = "\n".join(name for name in values.pop(question.id).split("\n") if name in kept)
        if left:
            values[question.id] = left
    return replace(given, values=values)


def answer(
    records: Records, booking: Booking, edition: Edition, values: Mapping[str, str], held: Collection[str] = ()
) -> Told:
    """Keep the answers to a questionnaire, in place of earlier ones: while the spot is held, or after booking.

    Photos that no answer names then are forgotten, but for those that the form still has: they are `held`. Raises what
    `check_live` raises, BookingChanged where nothing is asked any more, AnswersMissing, AnswerUnreadable.
    """
    questionnaire = _asked(records, booking, edition)
    given = check_answers(questionnaire, values)
    subjects = {one.id: one.subject_id for one in _photos(records, booking)}
    photos: list[str] = []
    for question in questionnaire.questions:
        if question.kind is Kind.PHOTO and question.id in given:
            subject = _subject(edition, question.id)
            names = given[question.id].split("\n")
            if any(subjects.get(name) != subject for name in names):
                raise AnswerUnreadable
            photos += names
    answers = Answers(
        studio_id=booking.studio_id,
        booking_id=booking.id,
        questionnaire=edition,
        values=given,
        answered_at=records.now,
        photos=tuple(photos),
    )
    records.papers.keep_answers(answers)
    clear_photos(records, booking, held)
    return told(booking, What.ANSWERED, questionnaire=edition.id, version=edition.version)


def keep_photo(
    records: Records, booking: Booking, edition: Edition, question_id: str, photo: bytes, beside: Collection[str] = ()
) -> StoredFile:
    """Keep a photo for an answer, `beside` those that it has already; it must have been cleaned.

    What else was sent to the question does not count: it may be an answer that this one replaces. Raises what `answer`
    raises, and TooManyPhotos.
    """
    questionnaire = _asked(records, booking, edition)
    asking = [question.id for question in questionnaire.questions if question.kind is Kind.PHOTO]
    if question_id not in asking:
        raise AnswerUnreadable
    subject = _subject(edition, question_id)
    if sum(one.subject_id == subject and one.id in beside for one in _photos(records, booking)) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    stored = StoredFile(
        id=records.new_id(),
        studio_id=booking.studio_id,
        booking_id=booking.id,
        kind=FileKind.PHOTO,
        subject_id=subject,
        media_type="image/jpeg",
        content=photo,
        made_at=records.now,
    )
    records.files.add(stored)
    return stored


def drop_photo(records: Records, booking: Booking, file_id: str) -> None:
    """Forget a photo that the client took back.

    One of an answer that stands stays until there is another answer; one that is not the booking's is nobody's
    business.
    """
    if file_id in photos_kept(records, booking) - _named(records, booking):
        records.files.remove(booking.studio_id, file_id)


def clear_photos(records: Records, booking: Booking, held: Collection[str] = ()) -> None:
    """Forget the photos that no answer names, and no form that is being filled in: that one has what is `held`."""
    for name in photos_kept(records, booking) - _named(records, booking) - set(held):
        records.files.remove(booking.studio_id, name)


def photos_kept(records: Records, booking: Booking) -> set[str]:
    """The names of the booking's photos that are still there."""
    return {one.id for one in _photos(records, booking)}


def _photos(records: Records, booking: Booking) -> Sequence[StoredFile]:
    return records.files.of_booking(booking.studio_id, booking.id, FileKind.PHOTO)


def _named(records: Records, booking: Booking) -> set[str]:
    """Whatever the booking's answers say, photos by their names among it."""
    every = records.papers.answers(booking.studio_id, booking.id)
    return {line for one in every for value in one.values.values() for line in value.split("\n")}


def _subject(edition: Edition, question_id: str) -> str:
    """What a photo belongs to: every version of every questionnaire has a question q1 of its own."""
    return f"{edition.id}.{edition.version}.{question_id}"


def _asked(records: Records, booking: Booking, edition: Edition) -> Questionnaire:
    """The questionnaire, if the booking asks it now."""
    snapshot = booking.snapshot
    is_made = booking.state in _MADE
    if edition != (snapshot.questionnaire_after if is_made else snapshot.questionnaire):
        raise BookingChanged
    if not is_made:
        check_live(records, booking)
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if questionnaire is None:
        raise ContractGone
    return questionnaire


def check_papers(records: Records, booking: Booking) -> None:
    """Raise ContractUnsigned or AnswersMissing unless all that comes before booking is signed and answered."""
    open_ones = to_sign(records, booking)
    if open_ones:
        raise ContractUnsigned(title=open_ones[0].contract.title)
    edition = booking.snapshot.questionnaire
    if edition is None or answers_of(records, booking, edition) is not None:
        return
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if questionnaire and any(question.required for question in questionnaire.questions):
        raise AnswersMissing
