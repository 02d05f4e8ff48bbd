"""What the core needs from outside, as narrow Protocols: the records of one unit of work."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.booking.contact import Contact
from core.booking.records import BookingRecords, ClaimRecords, ReservationRecords
from core.messages.records import OutboxRecords, ThreadRecords
from core.minis.records import MiniRecords, SpotRecords
from core.paperwork.records import FileRecords, PaperRecords, SealRecords
from core.payments.records import CheckoutRecords, PaymentRecords, RefundRecords, TillKeyRecords
from core.studio.studio import Member, Studio
from core.values.news import News

Facts = Mapping[str, str | int | bool | None]
JSON = str | int | float | bool | None | Mapping[str, "JSON"] | Sequence["JSON"]


# -- clients --


@dataclass(frozen=True, slots=True)
class Identity:
    """How somebody is known on one channel: `telegram` and the user's id there."""

    channel: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A person who books, once per studio; their identities point to this row (DECISIONS 32)."""

    id: str
    studio_id: str
    #: BCP 47, from the client's app until they choose another.
    language: str = "en"
    contact: Contact | None = None


# -- talks --


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """One chat's talk as it is kept. `body` is the conversation's own JSON; nobody else reads it."""

    channel: str
    chat: str
    #: Whose it is: a client's or a member's.
    client_id: str | None
    body: str
    revision: int
    shown_revision: int
    #: The platform's name of the message that carries the live card, if one was shown.
    card: str | None
    #: Documents that are in the chat already, of those that are enclosed.
    ahead: tuple[str, ...] = ()
    member_id: str | None = None
    #: The mini whose overview stands there now, and changes as clients book.
    watches: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    id: int
    at: datetime
    studio_id: str
    booking_id: str | None
    subject_id: str | None
    what: str
    facts: Mapping[str, str | int | bool | None]


# -- records --


class StudioRecords(Protocol):
    def add(self, studio: Studio) -> None: ...
    def one(self, studio_id: str) -> Studio | None: ...
    def all(self) -> list[Studio]: ...
    def change(self, old: Studio, new: Studio) -> bool:
        """Write `new` if the row still has `old.version`; its version becomes one more. False if it changed."""
        ...

    def add_member(self, member: Member) -> None: ...
    def member(self, studio_id: str, member_id: str) -> Member | None: ...
    def member_of_client(self, studio_id: str, client_id: str) -> Member | None: ...
    def change_member(self, member: Member) -> None: ...
    def team(self, studio_id: str) -> list[Member]:
        """Everybody who was not removed."""
        ...

    def member_by_identity(self, studio_id: str, identity: Identity) -> Member | None:
        """Who talks there with the studio's bot; None for a stranger and for somebody who was removed."""
        ...

    def add_identity(self, member: Member, identity: Identity, address: str) -> None:
        """From now on this is the member; `address` is the chat that reaches them there."""
        ...

    def has_owner(self, studio_id: str) -> bool:
        """Whether an owner has a chat with the studio's bot: somebody claimed it."""
        ...

    def drop_identities(self, studio_id: str, member_id: str) -> None:
        """Nobody is this member any more, until an identity is added."""
        ...


class SecretRecords(Protocol):
    """One-time secrets. Only digests are stored; each opens what its kind and facts say, once, until it expires."""

    def add(self, studio_id: str, kind: str, facts: Facts, expires_at: datetime) -> str:
        """Make one, and give it: it cannot be shown again."""
        ...

    def use(self, studio_id: str, kind: str, secret: str) -> Facts | None:
        """What it opens, if it does; it then never does again."""
        ...

    def withdraw(self, studio_id: str, kind: str) -> None:
        """None of this kind opens anything any more."""
        ...


class ClientRecords(Protocol):
    def by_identity(self, studio_id: str, identity: Identity) -> Client | None: ...
    def add(self, client: Client, identity: Identity, address: str) -> None:
        """A client seen for the first time; `address` is the chat that reaches them there.

        It is kept for good: on every channel, the private chat of a bot and a person lasts as long as the two.
        """
        ...

    def one(self, studio_id: str, client_id: str) -> Client | None: ...
    def change(self, client: Client) -> None: ...


class LinkRecords(Protocol):
    """Lasting links. Only digests are stored; the token is made again from the row (DECISIONS 10)."""

    def token(self, kind: str, subject_id: str, generation: int) -> str: ...
    def add(self, studio_id: str, kind: str, subject_id: str, generation: int) -> str:
        """Make the link findable and give its token."""
        ...

    def find(self, studio_id: str, kind: str, token: str) -> str | None:
        """The subject's id, or None where no such link lives."""
        ...

    def revoke(self, studio_id: str, kind: str, subject_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """What a turn begins with. `talk` and `client` are None for a chat that was never seen."""

    studio: Studio
    client: Client | None = None
    talk: TalkRow | None = None


class TalkRecords(Protocol):
    def open(self, studio_id: str, channel: str, chat: str) -> Opening | None:
        """The chat's talk with its studio and client, in one statement; None where there is no such studio."""
        ...

    def of_client(self, studio_id: str, client_id: str) -> TalkRow | None:
        """The talk of the client's chat that was used last."""
        ...

    def save(self, studio_id: str, row: TalkRow, *, read_revision: int | None) -> bool:
        """Insert (None) or write where the revision is still the one that was read; False if it is not.

        Where the last screen was shown, as `row` has it, what is in the chat ahead of the next one is forgotten.
        """
        ...

    def shown(self, studio_id: str, channel: str, chat: str, revision: int, card: str | None) -> None: ...
    def sent_ahead(self, studio_id: str, channel: str, chat: str, key: str) -> None:
        """A document is in the chat, ahead of its screen.

        That is forgotten by the next answer to a screen that was shown: until then each screen encloses it again.
        """
        ...

    def unshown(self, limit: int, *, idle: timedelta = timedelta(0)) -> list[tuple[str, TalkRow]]:
        """Talks whose last screen was never sent, as (studio, row), of every studio; those used since `idle` apart."""
        ...


class InboxRecords(Protocol):
    def take(self, source: str, key: str) -> bool:
        """Note that this inbound event is dealt with; False if it was before (STATES, rule 10)."""
        ...

    def quarantine(self, source: str, key: str, body: str, error: str) -> None: ...
    def forget(self, before: datetime, limit: int, *, but: str = "") -> int:
        """Delete rows that were taken before the moment, put aside or not, the oldest first; gives how many.

        Those of the source `but` stay.
        """
        ...


class HistoryRecords(Protocol):
    def add(self, studio_id: str, client_id: str | None, news: Sequence[News]) -> None: ...
    def since(self, row_id: int, limit: int) -> list[HistoryRow]: ...
    def of_booking(self, studio_id: str, booking_id: str) -> list[HistoryRow]: ...


class ClockRecords(Protocol):
    def shift(self, by: timedelta) -> None:
        """Move the product's clock; for tests and the demo."""
        ...

    def next_deadline(self) -> datetime | None:
        """When the next hold, reservation, message or session is due, in one statement; None if nothing waits."""
        ...


class Records(Protocol):
    """One unit of work: all it reads and writes lives and dies together.

    The work that uses it may be called twice (a serialization failure, a failed group commit), so it does nothing else.
    """

    @property
    def now(self) -> datetime:
        """The database's clock, aware and UTC, read once per unit."""
        ...

    def new_id(self) -> str:
        """For a row that is made now; of one unit of work, a later one is greater."""
        ...

    def new_code(self, prefix: str, digits: int) -> str:
        """A booking's code to try, such as LP-4821."""
        ...

    def deed(self) -> AbstractContextManager[None]:
        """A savepoint: a refusal raised within rolls back what was done within, and goes on upwards (DECISIONS 19)."""
        ...

    @property
    def studios(self) -> StudioRecords: ...
    @property
    def minis(self) -> MiniRecords: ...
    @property
    def spots(self) -> SpotRecords: ...
    @property
    def claims(self) -> ClaimRecords: ...
    @property
    def bookings(self) -> BookingRecords: ...
    @property
    def checkouts(self) -> CheckoutRecords: ...
    @property
    def payments(self) -> PaymentRecords: ...
    @property
    def refunds(self) -> RefundRecords: ...
    @property
    def till_keys(self) -> TillKeyRecords: ...
    @property
    def reservations(self) -> ReservationRecords: ...
    @property
    def papers(self) -> PaperRecords: ...
    @property
    def files(self) -> FileRecords: ...
    @property
    def seals(self) -> SealRecords: ...
    @property
    def clients(self) -> ClientRecords: ...
    @property
    def links(self) -> LinkRecords: ...
    @property
    def secrets(self) -> SecretRecords: ...
    @property
    def talks(self) -> TalkRecords: ...
    @property
    def inbox(self) -> InboxRecords: ...
    @property
    def outbox(self) -> OutboxRecords: ...
    @property
    def threads(self) -> ThreadRecords: ...
    @property
    def history(self) -> HistoryRecords: ...
    @property
    def clock(self) -> ClockRecords: ...
