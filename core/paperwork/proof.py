"""What proves that papers are what was signed (I4): the words of the verdict are the caller's."""

import hashlib
from dataclasses import dataclass

from core.paperwork.contract import Agreement
from core.ports import Records, Sealed

#: The copy itself, and the agreement that it is a copy of.
BEHIND_A_COPY = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a file that somebody shows. It is what was signed only where all that is kept is intact."""

    #: The rows behind it: the copy and the signing. None where no copy of this content was ever given out here.
    kept: tuple[Sealed, ...]
    #: Only where every row is intact.
    agreement: Agreement | None = None
    booking_code: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.kept)

    @property
    def is_proved(self) -> bool:
        return self.agreement is not None


def prove(records: Records, content: bytes) -> Proof:
    """Whose signed copy this is, byte for byte, and whether what is kept of the signing is as it was written."""
    kept = tuple(records.seals.behind_copy(hashlib.sha256(content).hexdigest()))
    if len(kept) != BEHIND_A_COPY or not all(one.intact for one in kept):
        return Proof(kept)
    signed = next(one for one in kept if one.kind == "agreements")
    agreement = records.papers.agreement(signed.studio_id, signed.id)
    booking = records.bookings.one(signed.studio_id, signed.booking_id)
    return Proof(kept, agreement, booking.code if booking else "")
