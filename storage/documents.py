"""JSON bodies: values that are read only as a whole. Unknown fields are ignored, missing ones take their defaults.

So an older program reads what a newer one wrote, and an old row needs no migration when a field with a default comes.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from core.booking.booking import Snapshot
from core.booking.contact import Contact
from core.minis.mini import Mini, Share
from core.paperwork.contract import Agreement, Contract, Signing
from core.paperwork.questionnaire import Answers, Questionnaire
from core.payments.checkout import Order
from core.studio.studio import Studio

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()


class Document(Generic[T]):
    """One kind of body. `kept` remembers the last bodies read, for kinds that are read far more often than written."""

    __slots__ = ("read",)

    #: The value that a body says.
    read: Callable[[str], T]

    def __init__(self, kind: type[T], *, kept: int = 0) -> None:
        decode = msgspec.json.Decoder(kind).decode
        # By the text itself, so that a change that was rolled back can leave nothing behind.
        self.read = lru_cache(maxsize=kept)(decode) if kept else decode

    def write(self, value: T) -> str:
        return _ENCODER.encode(value).decode()

    def maybe_read(self, body: str | None) -> T | None:
        return None if body is None else self.read(body)

    def maybe_write(self, value: T | None) -> str | None:
        return None if value is None else self.write(value)


STUDIO = Document(Studio, kept=256)
MINI = Document(Mini, kept=256)
SNAPSHOT = Document(Snapshot)
CONTACT = Document(Contact)
SHARE = Document(Share)
CONTRACT = Document(Contract, kept=64)
QUESTIONNAIRE = Document(Questionnaire, kept=64)
AGREEMENT = Document(Agreement)
SIGNING = Document(Signing)
ANSWERS = Document(Answers)
ORDER = Document(Order)
ADD_ONS = Document(tuple[tuple[str, int], ...], kept=256)
#: What news and messages carry.
FACTS = Document(dict[str, str | int | bool | None])
