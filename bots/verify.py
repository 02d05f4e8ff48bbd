"""`minis verify`: whether what is kept is what was signed and answered, and whose signed copy a file is (I4)."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bots.settings import Settings
from core.paperwork.contract import Agreement
from core.paperwork.proof import Proof, prove
from core.ports import Sealed
from storage.migrations import upgrade
from storage.store import Store

HANDFUL = 20  # rows at a time: a file may have a megabyte
#: Each kind of row that has a seal, and what it is to people.
_WHAT = {"agreements": "contract", "answers": "answers", "files": "file"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said, and whether all is as it was written."""

    lines: tuple[str, ...]
    holds: bool


def verify_file(settings: Settings, path: Path) -> Verdict:
    """Look whose signed copy the file is. Raises OSError where it cannot be read."""
    content = path.read_bytes()
    with _opened(settings) as store:
        proof = store.look(lambda records: prove(records, content))
    return Verdict(tuple(_verdict(path, proof)), proof.is_proved)


def verify_all(settings: Settings) -> Verdict:
    """Look at every contract, answer and file that is kept."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for one in _sealed(settings):
        counts[one.kind] += 1
        if not one.intact:
            faults.append(_fault(one))
    looked_at = ", ".join(f"{counts[kind]} {kind}" for kind in _WHAT)
    if faults:
        return Verdict((*faults, f"Looked at: {looked_at}."), holds=False)
    return Verdict((f"Everything is as it was written: {looked_at}.",), holds=True)


def _sealed(settings: Settings) -> Iterator[Sealed]:
    with _opened(settings) as store:
        for kind in _WHAT:
            after = ""
            while rows := store.look(lambda records, kind=kind, after=after: records.seals.check(kind, after, HANDFUL)):
                yield from rows
                after = rows[-1].id


@contextmanager
def _opened(settings: Settings) -> Generator[Store]:
    upgrade(settings.database)
    store = Store.open(settings.database, link_key=settings.link_key)
    try:
        yield store
    finally:
        store.close()


def _verdict(path: Path, proof: Proof) -> Iterator[str]:
    if proof.agreement and proof.agreement.signing:
        yield f"{path.name} is the signed copy as it was given out, byte for byte, and its record is intact."
        yield from _about(proof.agreement, proof.booking_code)
    elif proof.is_known:
        yield f"{path.name} is a signed copy that was given out, but its record was changed since:"
        yield from (_fault(one) for one in proof.kept if not one.intact)
        if all(one.intact for one in proof.kept):
            yield "The signing that it is a copy of is gone."
    else:
        yield f"{path.name} is no signed copy that was given out here, or it was changed since."


def _about(agreement: Agreement, booking_code: str) -> Iterator[str]:
    signing = agreement.signing
    if signing is None:
        return
    yield f"  Contract  {agreement.title}, version {agreement.contract.version}"
    yield f"  Booking   {booking_code}"
    yield f"  Signed    {signing.name}, {signing.signed_at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  SHA-256   {agreement.sha256}"


def _fault(one: Sealed) -> str:
    return f"Changed: the {_WHAT[one.kind]} {one.id} of booking {one.booking_id} in studio {one.studio_id}."
