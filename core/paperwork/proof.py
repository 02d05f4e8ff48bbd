"""What proves that papers are what was signed (I4): the words of the verdict are the caller's.

A seal proves the row that has it. That no row is gone, and none was put back as it once was, is told by what names it:
the history, the signed copies and the answers.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.paperwork.contract import Agreement
from core.paperwork.questionnaire import Answers
from core.paperwork.records import Sealed
from core.ports import HistoryRow, Records
from core.values.news import What


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A row that something names, and that is not there as it must be."""

    #: Its table's name.
    kind: str
    #: The agreement, the questionnaire that was answered, or the photo.
    id: str
    studio_id: str
    booking_id: str
    #: It is there, but as it was before it was signed or given anew.
    put_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is known of a file that somebody shows. It is what was signed only where all that is kept is intact."""

    #: The rows behind it: the copy and its booking's agreements. None where no copy of this content is kept.
    kept: tuple[Sealed, ...] = ()
    missed: tuple[Missed, ...] = ()
    #: Only where nothing was changed and nothing is missed.
    agreement: Agreement | None = None
    #: The same contract as it was signed later for the same booking.
    signed_again: Agreement | None = None
    #: By the history, which has no seals.
    confirmed_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.kept)

    @property
    def is_proved(self) -> bool:
        return self.agreement is not None

    @property
    def stands(self) -> bool:
        """Whether it is what a client signed, and signed last."""
        return self.agreement is not None and not self.agreement.preview and self.signed_again is None


def prove(records: Records, content: bytes) -> Proof:
    """Whose signed copy this is, byte for byte, and whether what is kept of the signing is as it was written."""
    copies = records.seals.copies(hashlib.sha256(content).hexdigest())
    if not copies:
        return Proof()
    studio_id, booking_id = copies[0].studio_id, copies[0].booking_id
    rows = records.seals.of_booking(studio_id, booking_id)
    kept = (*copies, *(one for one in rows if one.kind == "agreements"))
    missed = tuple(one for one in missed_of(records, studio_id, booking_id) if one.kind == "agreements")
    if len(copies) > 1 or missed or not all(one.intact for one in kept):
        return Proof(kept=kept, missed=missed)
    every = records.papers.agreements(studio_id, booking_id)
    agreement = next(one for one in every if one.id == copies[0].copy_of)
    told = {row.what: row.at for row in records.history.of_booking(studio_id, booking_id)}
    return Proof(
        kept=kept,
        agreement=agreement,
        signed_again=next((one for one in every if _is_later(one, agreement)), None),
        confirmed_at=told.get(What.CONFIRMED),
        cancelled_at=told.get(What.CANCELLED),
    )


def missed_of(records: Records, studio_id: str, booking_id: str) -> list[Missed]:
    """What something names of the booking's papers and is not there; a changed row counts as there."""
    rows = records.seals.of_booking(studio_id, booking_id)
    told = records.history.of_booking(studio_id, booking_id)
    missed = [*_agreements(records, studio_id, rows, told)]
    if all(one.intact for one in rows if one.kind == "answers"):
        given = records.papers.answers(studio_id, booking_id)
        missed += [*_answers(given, told), *_photos(rows, given, told)]
    return [
        Missed(kind=kind, id=id, studio_id=studio_id, booking_id=booking_id, put_back=put_back)
        for kind, id, put_back in missed
    ]


#: Its table, its id, and whether it was put back.
_Found = tuple[str, str, bool]


def _agreements(
    records: Records, studio_id: str, rows: Sequence[Sealed], told: Sequence[HistoryRow]
) -> Iterator[_Found]:
    there = {one.id: one for one in rows if one.kind == "agreements"}
    shown = [_fact(row, "agreement") for row in told if row.what == What.CONTRACT_SHOWN]
    signed = [_fact(row, "agreement") for row in told if row.what == What.CONTRACT_SIGNED]
    copied = [one.copy_of for one in rows if one.copy_of and one.intact]
    for id in dict.fromkeys((*shown, *signed, *copied)):
        if id not in there:
            yield "agreements", id, False
        elif there[id].intact and id in {*signed, *copied}:
            agreement = records.papers.agreement(studio_id, id)
            if agreement and agreement.signing is None:
                yield "agreements", id, True


def _answers(given: Sequence[Answers], told: Sequence[HistoryRow]) -> Iterator[_Found]:
    there = {one.questionnaire.id: one for one in given}
    newest = {_fact(row, "questionnaire"): row.at for row in told if row.what == What.ANSWERED}
    for questionnaire, at in newest.items():
        answers = there.get(questionnaire)
        if answers is None or answers.answered_at != at:
            yield "answers", questionnaire, answers is not None


def _photos(rows: Sequence[Sealed], given: Sequence[Answers], told: Sequence[HistoryRow]) -> Iterator[_Found]:
    there = {one.id for one in rows if one.kind == "files"}
    forgotten = max((row.at for row in told if row.what == What.PHOTOS_FORGOTTEN), default=None)
    for answers in given:
        if forgotten is None or forgotten < answers.answered_at:
            yield from (("files", photo, False) for photo in answers.photos if photo not in there)


def _is_later(later: Agreement, agreement: Agreement) -> bool:
    return (
        later.contract.id == agreement.contract.id
        and later.signing is not None
        and agreement.signing is not None
        and later.signing.signed_at > agreement.signing.signed_at
    )


def _fact(row: HistoryRow, name: str) -> str:
    return f"{row.facts.get(name)}"
