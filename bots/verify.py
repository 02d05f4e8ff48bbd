"""`minis verify`: whether what is kept is what was signed and answered, and whose signed copy a file is (I4).

It only reads: a database is neither made nor altered by looking at it.
"""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bots.settings import Settings, SettingsWrong
from core.paperwork.contract import Agreement, Signing
from core.paperwork.proof import Missed, Proof, missed_of, prove
from core.paperwork.records import Sealed
from storage.migrations import Age, age
from storage.store import Store

#: Each kind of row that has a seal: what one of them is to people, and what several are.
_WHAT: Final = {
    "contracts": ("contract", "contracts"),
    "questionnaires": ("questionnaire", "questionnaires"),
    "agreements": ("agreement", "agreements"),
    "answers": ("answers", "answers"),
    "files": ("file", "files"),
}
_REFUSED: Final = {
    Age.NONE: "There is no database of Minis where MINIS_HOME or MINIS_DATABASE_URL says, or it does not answer.",
    Age.OLDER: "This database is an older release's. `minis up` brings it to this one; `minis verify` changes nothing.",
    Age.NEWER: "This database is a newer release's. Look at it with that one.",
}
_OTHER_KEY: Final = (
    "This is not the key that these papers were sealed with, so nothing can be said of them. "
    "MINIS_SECRET_KEY, or secret.key in MINIS_HOME, must be the key of the installation that wrote them."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said, and whether all is as it was written."""

    lines: tuple[str, ...]
    holds: bool


def verify_file(settings: Settings, path: Path) -> Verdict:
    """Look whose signed copy the file is; it holds where that is what a client signed last.

    Raises OSError where it cannot be read, and SettingsWrong.
    """
    content = path.read_bytes()
    with _opened(settings) as store:
        proof = store.look(lambda records: prove(records, content))
    _check_key(proof.kept)
    return Verdict(tuple(_verdict(path, proof)), proof.stands)


def verify_all(settings: Settings) -> Verdict:
    """Look at every row with a seal, and for every row that something names. Raises SettingsWrong."""
    with _opened(settings) as store:
        rows = [*_sealed(store)]
        _check_key(rows)
        missed = [*_missed(store)]
    faults = [*(_fault(one) for one in rows if not one.intact), *(_missing(one) for one in missed)]
    counts = Counter(one.kind for one in rows)
    looked_at = ", ".join(f"{counts[kind]} {several}" for kind, (_, several) in _WHAT.items())
    if faults:
        return Verdict((*faults, f"Looked at: {looked_at}."), holds=False)
    lines = (
        f"No row that is there was changed: {looked_at}.",
        "None is missing that the history, a signed copy or an answer names.",
    )
    return Verdict(lines, holds=True)


def _sealed(store: Store) -> Iterator[Sealed]:
    """Every row with a seal. One that is written or deleted while we look is left to the next time."""
    for kind in _WHAT:
        for place in store.look(lambda records, kind=kind: records.seals.places(kind)):
            row = store.look(lambda records, kind=kind, place=place: records.seals.at(kind, place))
            if row:
                yield row


def _missed(store: Store) -> Iterator[Missed]:
    for studio_id, booking_id in store.look(lambda records: records.seals.bookings()):
        yield from store.look(lambda records, of=(studio_id, booking_id): missed_of(records, *of))


@contextmanager
def _opened(settings: Settings) -> Generator[Store]:
    database, key = settings.found
    refused = _REFUSED.get(age(database))
    if refused:
        raise SettingsWrong([refused])
    store = Store.open_to_read(database, link_key=key)
    try:
        yield store
    finally:
        store.close()


def _check_key(rows: Sequence[Sealed]) -> None:
    """Raise SettingsWrong where not one row was sealed with this key."""
    if rows and all(one.other_key for one in rows):
        raise SettingsWrong([_OTHER_KEY])


def _verdict(path: Path, proof: Proof) -> Iterator[str]:
    agreement = proof.agreement
    if agreement and agreement.signing:
        yield f"{path.name} is the signed copy as it was given out, byte for byte, and its record is intact."
        yield from _standing(agreement, proof)
        yield from _about(agreement, agreement.signing)
    elif proof.is_known:
        yield f"{path.name} is a signed copy that was given out, but its record was changed since:"
        yield from (_fault(one) for one in proof.kept if not one.intact)
        yield from (_missing(one) for one in proof.missed)
    else:
        yield f"{path.name} is no signed copy that is kept here, or it was changed since it was given out."


def _standing(agreement: Agreement, proof: Proof) -> Iterator[str]:
    if agreement.preview:
        yield "It is a preview's: a member tried the client's steps, and nothing was agreed."
    if proof.signed_again and proof.signed_again.signing:
        yield f"The same contract was signed for the booking again on {_said(proof.signed_again.signing.signed_at)}:"
        yield "that signing counts, unless the booking went back to what this one says."
    if proof.confirmed_at is None:
        yield "By the history, which has no seal, the booking was not confirmed, so that it took no effect."
    elif proof.cancelled_at is None:
        yield f"By the history, which has no seal, the booking was confirmed on {_said(proof.confirmed_at)}."
    else:
        yield (
            f"By the history, which has no seal, the booking was confirmed on {_said(proof.confirmed_at)} "
            f"and cancelled on {_said(proof.cancelled_at)}."
        )


def _about(agreement: Agreement, signing: Signing) -> Iterator[str]:
    yield f"  Contract  {agreement.title}, version {agreement.contract.version}"
    yield f"  Booking   {agreement.booking_code}"
    yield f"  Signed    {signing.name}, {_said(signing.signed_at)}"
    yield f"  SHA-256   {agreement.sha256}"


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _fault(one: Sealed) -> str:
    what = "Changed, or sealed with another key" if one.other_key else "Changed"
    of = f" of booking {one.booking_id}" if one.booking_id else ""
    return f"{what}: the {_WHAT[one.kind][0]} {one.id}{of} in studio {one.studio_id}."


def _missing(one: Missed) -> str:
    what = "Put back as it once was" if one.put_back else "Gone"
    return f"{what}: the {_WHAT[one.kind][0]} {one.id} of booking {one.booking_id} in studio {one.studio_id}."
