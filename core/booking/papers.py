"""The contracts that a booking names: shown to its client, and signed (F4, I1-I3)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.booking.booking import LIVE_HOLD, Booking, State
from core.booking.ending import cancel_before
from core.booking.hold import change, check_live
from core.booking.refusals import ContractChanged, ContractUnsigned, NameDiffers
from core.booking.told import Told, told
from core.paperwork.contract import Agreement, Contract, ContractGone, Edition, Origin, Signing
from core.paperwork.fields import Field, filled
from core.paperwork.names import Likeness, likeness
from core.ports import Records
from core.values.money import Money
from core.values.news import What

#: What a field stands for, before it is put into words.
Term = str | int | Money | datetime
Facts = tuple[tuple[str, str], ...]


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


def agreed_of(records: Records, booking: Booking) -> list[Agreement]:
    """What the client agreed on, one agreement a contract; previews too. Raises ContractGone.

    While it is held only what fits it as it is counts. Once it is made, it was made on what was signed, even where a
    fact has changed since, such as the studio's name. A hold that came to nothing has none.
    """
    if booking.state is State.EXPIRED:
        return []
    signed: dict[Edition, Agreement] = {}
    if booking.state not in LIVE_HOLD:
        every = records.papers.agreements(booking.studio_id, booking.id)
        signed = {one.contract: one for one in every if one.signing is not None}
    papers = papers_of(records, booking)
    lying = (one.agreement if one.is_signed else signed.get(one.contract.edition) for one in papers)
    return [one for one in lying if one is not None]


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
    if booking.filled_in:
        booking = change(records, booking, replace(booking, filled_in=False))
    return told(booking, What.CONTRACT_SIGNED, agreement=agreement.id, version=agreement.contract.version)


def check_signed(records: Records, booking: Booking) -> None:
    """Raise ContractUnsigned unless every contract that the booking names is signed as it is now."""
    open_ones = to_sign(records, booking)
    if open_ones:
        raise ContractUnsigned(title=open_ones[0].contract.title)
