"""A booking as its photographer reads it at a glance: plain data, in the demo's own words.

Nothing of the product is imported here, so that the page can speak of cards before the product is loaded.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Mood(StrEnum):
    GOOD = "good"
    WAITING = "waiting"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Mark:
    """How something stands, in a few words."""

    words: str
    mood: Mood


@dataclass(frozen=True, slots=True)
class Consent:
    label: str
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A contract that the booking is to be signed with."""

    title: str
    state: Mark
    #: Who signed, and when.
    signed: str = ""
    consents: tuple[Consent, ...] = ()
    #: The id under which the signed copy is fetched, once one was given out.
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One question with its answer: words, or the ids of photos."""

    question: str
    words: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire that was answered."""

    title: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    booking: str
    code: str
    #: Empty until they said their name.
    client: str
    #: E-mail and phone, as far as they are known.
    reach: str
    #: Mini and package.
    what: str
    when: str
    state: Mark
    money: Mark
    papers: tuple[Paper, ...] = ()
    asked: tuple[Asked, ...] = ()

    def has_copy(self, agreement: str) -> bool:
        return any(paper.copy == agreement for paper in self.papers)

    def as_json(self) -> dict[str, object]:
        return asdict(self)
