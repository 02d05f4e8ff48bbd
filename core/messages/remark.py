"""One thing that a client or the studio said to the other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Voice(StrEnum):
    """Whose words they are."""

    CLIENT = "client"
    STUDIO = "studio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that was said in a client's thread, as it was typed; it is kept for good, with its client."""

    #: Rises with what was said later; 0 until it is written.
    id: int = 0
    studio_id: str
    client_id: str
    voice: Voice
    text: str
    said_at: datetime
    #: What it is about, where that is known.
    booking_id: str | None = None
    #: Who of the studio said it.
    member_id: str | None = None
