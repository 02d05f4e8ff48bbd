"""A contract as the studio writes it: a text with fields, a summary, and consents that may be refused (B5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from core.paperwork.fields import Field, check_fields, fields_in
from core.paperwork.markup import blocks_of
from core.values.refusals import Refusal
from core.values.texts import clean, shows_something

LONGEST_TEXT = 40_000  # characters, about twelve printed pages: what somebody may be asked to read within a hold
LONGEST_TITLE = 80  # characters: it stands in one line on paper and names the file
LONGEST_POINT = 200  # characters
MOST_POINTS = 5  # B5
MOST_CONSENTS = 5
LONGEST_LABEL = 40  # characters: it is a button
MOST_OF_A_MINI = 2  # B5

#: What a button can carry beside its step, and a list of names with blanks between.
_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")


class ContractEmpty(Refusal):
    """A contract has a title and a text."""


class ContractTooLong(Refusal):
    """A contract can be read while a spot is held. Facts: what is too long, most in characters."""


class TooManyPoints(Refusal):
    """A summary has up to five points, and a contract up to five consents (B5). Facts: most."""


class ConsentUnfit(Refusal):
    """A consent asks something, has a few words for its button, and none of it twice.

    Facts: number, its place from 1; hint: "empty", "twice" or "id", a name that no button can carry.
    """


class TooManyContracts(Refusal):
    """A mini has up to two contracts (B5). Facts: most."""


class ContractGone(Refusal):
    """The contract or questionnaire is not the studio's."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a contract or a questionnaire; a version never changes."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Something that the client may allow or refuse when they sign."""

    id: str
    #: The whole question: "May Luna Photo show your photos on its website?"
    question: str
    #: In a word, for buttons and the review: "Website photos".
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One version of a contract. `text` is Markdown as `core.paperwork.markup` reads it, with fields in braces."""

    id: str
    studio_id: str
    title: str
    text: str
    version: int = 1
    #: What matters most, in a few short sentences; the text is what counts.
    summary: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()

    @property
    def edition(self) -> Edition:
        return Edition(self.id, self.version)

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that it names."""
        return frozenset[Field]().union(*map(fields_in, _parts_of(self)))


def tidied(contract: Contract) -> Contract:
    """The contract with nothing in it that turns words around or is no text, its short parts each in one line.

    This comes before anything of it is shown, filled or hashed: what is signed is the same in the chat and on paper.
    """
    return replace(
        contract,
        title=_line(contract.title),
        text=clean(contract.text),
        summary=tuple(point for point in map(_line, contract.summary) if _says_something(point)),
        consents=tuple(replace(one, question=_line(one.question), label=_line(one.label)) for one in contract.consents),
    )


def check(contract: Contract) -> None:
    """Raise unless the contract may be saved; it must be tidied.

    Raises:
        ContractEmpty, ContractTooLong, TooManyPoints: nobody could read it.
        ConsentUnfit: nobody could answer a consent.
        FieldUnknown: a field in it does not exist.
    """
    if not shows_something(contract.title) or not _says_something(contract.text):
        raise ContractEmpty
    if max(len(contract.summary), len(contract.consents)) > MOST_POINTS:
        raise TooManyPoints(most=MOST_POINTS)
    _check_lengths(contract)
    _check_consents(contract.consents)
    for text in _parts_of(contract):
        check_fields(text)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _says_something(text: str) -> bool:
    """Whether there is anything to be read, the marks apart."""
    return any(shows_something(block.text) for block in blocks_of(text))


def _check_lengths(contract: Contract) -> None:
    points = (*contract.summary, *(one.question for one in contract.consents))
    limits = (
        (contract.title, LONGEST_TITLE),
        (contract.text, LONGEST_TEXT),
        *((point, LONGEST_POINT) for point in points),
        *((one.label, LONGEST_LABEL) for one in contract.consents),
    )
    for text, most in limits:
        if len(text) > most:
            raise ContractTooLong(most=most)


def _check_consents(consents: tuple[Consent, ...]) -> None:
    before: set[tuple[str, str]] = set()
    for number, one in enumerate(consents, 1):
        parts = {("id", one.id), ("label", one.label.casefold()), ("question", one.question.casefold())}
        if not _says_something(one.question) or not shows_something(one.label):
            raise ConsentUnfit(hint="empty", number=number)
        if not _ID.fullmatch(one.id):
            raise ConsentUnfit(hint="id", number=number)
        if parts & before:
            raise ConsentUnfit(hint="twice", number=number)
        before |= parts


def _parts_of(contract: Contract) -> Iterator[str]:
    """Every text of it that may name fields."""
    yield from (contract.text, *contract.summary, *(consent.question for consent in contract.consents))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was said: channel, chat, who said it there, and the platform's name of the message."""

    channel: str
    chat: str
    person: str
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a person did when they signed (I1)."""

    #: What was typed, and the name that stands under the contract: a near one may have been chosen instead (I3).
    typed_name: str
    name: str
    #: The name that the booking had then.
    contact_name: str
    #: What sending the name meant, in the words that they read.
    consent_words: str
    #: Yes or no to each consent, by its id.
    consents: tuple[tuple[str, bool], ...]
    signed_at: datetime
    origin: Origin
    #: Only of somebody who signs on a web page.
    address: str | None = None
    browser: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One contract put before one client: the exact text as it was shown, and how it was signed.

    It is written once when it is shown and once when it is signed; nothing else ever changes it. Whether it still fits
    its booking is told by `facts`.
    """

    id: str
    studio_id: str
    booking_id: str
    contract: Edition
    title: str
    #: The text with its fields filled, exactly as it was shown; likewise the summary.
    text: str
    summary: tuple[str, ...]
    consents: tuple[Consent, ...]
    #: What was filled in, by field and not yet in words: `spot_time` is an instant, `fee` an amount.
    facts: tuple[tuple[str, str], ...]
    #: What people call the booking: LP-4821.
    booking_code: str
    #: SHA-256 of `text` in UTF-8, in hexadecimal.
    sha256: str
    shown_at: datetime
    #: A member walked the real steps (E1): nothing was agreed.
    preview: bool = False
    #: Its client had signed, and asked to do so once more, to answer the consents otherwise.
    anew: bool = False
    signing: Signing | None = None

    def fits(self, contract: Edition, facts: tuple[tuple[str, str], ...]) -> bool:
        """Whether it is about this version, filled with these facts."""
        return self.contract == contract and self.facts == facts
