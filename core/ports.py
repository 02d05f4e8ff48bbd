"""What the core needs from outside, as narrow Protocols: the records of one unit of work."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.booking.booking import Booking, Claim, Owner, Reservation
from core.booking.contact import Contact
from core.messages.records import OutboxRecords, ThreadRecords
from core.minis.mini import Day, Mini, Spot
from core.paperwork.records import FileRecords, PaperRecords, SealRecords
from core.payments.records import CheckoutRecords, PaymentRecords, RefundRecords, TillKeyRecords
from core.studio.studio import Member, Studio
from core.values.news import News

Facts = Mapping[str, str | int | bool | None]
JSON = str | int | float | bool | None | Mapping[str, "JSON"] | Sequence["JSON"]


# -- clients --


@dataclass(frozen=True, slots=True)
class Identity:
    """How a client is known on one channel: `telegram` and the user's id there."""

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


# -- reads that join --


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotOffer:
    """All that the deed "hold a spot" must know, read in one statement."""

    spot: Spot
    day: Day
    mini: Mini
    studio: Studio
    #: The start of the next spot of the same mini on the same day: a long package must end before it.
    next_start: datetime | None
    #: Seats with a live claim at this moment. Who gets the last free one is not said by this, but by the index.
    taken: int = 0
    #: When the client's last hold in this studio ran out, and when the last but two did (F10).
    last_lapse: datetime | None = None
    third_last_lapse: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotRow:
    """A spot as a list shows it."""

    spot: Spot
    #: Seats with a live claim, and how many of those belong to a hold that is not yet confirmed.
    taken: int
    held: int
    next_start: datetime | None = None
    #: The spot overlaps a claimed one of the studio, so nobody can take it (C7).
    shut_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniRow:
    """A mini as a list shows it."""

    mini: Mini
    days: int
    spots: int
    #: Of all spots, past and closed ones too; those with a live claim; those of a hold that is not yet confirmed.
    seats: int
    taken: int
    held: int
    #: Seats that a client could take now: ahead, open, and not shut out by a claimed spot (C7).
    free: int


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


# -- records by area --


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


class MiniRecords(Protocol):
    def add(self, mini: Mini) -> None: ...
    def one(self, studio_id: str, mini_id: str) -> Mini | None: ...
    def all(self, studio_id: str) -> list[Mini]: ...
    def rows(self, studio_id: str, *, over: bool) -> list[MiniRow]:
        """Every mini with its numbers, as they were made; archived and cancelled ones only if `over`."""
        ...

    def change(self, old: Mini, new: Mini) -> bool: ...
    def to_open(self, limit: int) -> list[Mini]:
        """Those of every studio whose moment to open has come, the oldest first."""
        ...

    def add_day(self, day: Day, spots: Iterable[Spot]) -> None: ...
    def day(self, studio_id: str, day_id: str) -> Day | None:
        """None where there is none, or it was removed."""
        ...

    def change_day(self, day: Day) -> None:
        """Write place and removal of a day whose spots are kept for a change."""
        ...

    def days(self, studio_id: str, mini_id: str) -> list[Day]:
        """By date, removed ones apart."""
        ...


class SpotRecords(Protocol):
    """Whoever reads spots does not see those that were removed."""

    def offer(self, studio_id: str, spot_id: str, client_id: str) -> SpotOffer | None: ...
    def one(self, studio_id: str, spot_id: str) -> Spot | None: ...
    def add(self, spot: Spot) -> None:
        """Insert one of a day whose spots are kept for a change."""
        ...

    def list(self, studio_id: str, mini_id: str, after: datetime) -> list[SpotRow]:
        """Spots of the mini that start after the moment and are not closed, by start, in one statement."""
        ...

    def of_mini(self, studio_id: str, mini_id: str, day_id: str | None = None) -> Sequence[SpotRow]:
        """Every spot of the mini, or of one day of it, by start: past and closed ones too."""
        ...

    def ahead(self, studio_id: str, after: datetime) -> Sequence[SpotRow]:
        """The same of every mini of the studio, whatever the minis' states."""
        ...

    def between(self, studio_id: str, begins: datetime, ends: datetime) -> Sequence[tuple[Spot, str]]:
        """Spots of the studio that share time with this span, by start, each with its mini's title.

        Minis that are over are left out, and so are closed spots that nobody has.
        """
        ...

    def to_change(self, studio_id: str, mini_id: str, day_id: str) -> Sequence[SpotRow]:
        """Every spot of the day by start, past and closed ones among them, for a deed that changes some.

        Nobody else claims or changes any of them until the unit ends.
        """
        ...

    def change(self, spot: Spot) -> None:
        """Write a spot that `to_change` gave."""
        ...


class ClaimRecords(Protocol):
    """The one place that writes claims. Each insert meets the index `one_live_claim`."""

    def take(self, spot: Spot, owner: Owner, seats: int, *, exclusive: bool) -> int:
        """Take up to `seats` free seats of the spot, the lowest first; gives how many were taken.

        From then on the spot is not changed. Raises SpotTaken where an overlapping spot of the studio is claimed (C7),
        and Overtaken where this one is not as it was read: the claim copies its time.
        """
        ...

    def release(self, studio_id: str, owner: Owner, seats: int | None = None) -> int:
        """Release the owner's live claims, or only the `seats` highest; gives how many."""
        ...

    def reown(self, studio_id: str, old: Owner, new: Owner) -> int: ...
    def live(self, studio_id: str, owner: Owner) -> list[Claim]: ...


class BookingRecords(Protocol):
    def add(self, booking: Booking) -> bool:
        """Insert; False where the code is taken.

        Raises HoldElsewhere on the index `one_live_hold` or `one_live_preview`.
        """
        ...

    def one(self, studio_id: str, booking_id: str) -> Booking | None: ...
    def by_code(self, studio_id: str, code: str) -> Booking | None: ...
    def change(self, old: Booking, new: Booking) -> Booking | None:
        """Write `new` where state and version are still `old`'s; gives it with its new version, or None."""
        ...

    def of_client_in_mini(self, studio_id: str, mini_id: str, client_id: str) -> list[Booking]:
        """The client's bookings in the mini that are live, confirmed, done or no-show, and the last expired one."""
        ...

    def cancelled_paid(self, studio_id: str) -> list[Booking]:
        """Those that their clients cancelled who had paid something, whatever became of it; by start."""
        ...

    def of_client(self, studio_id: str, client_id: str) -> list[Booking]:
        """The client's confirmed, done and no-show bookings, and those about whose money they choose; by start.

        Previews are not among them.
        """
        ...

    def previews(self, studio_id: str, client_id: str) -> list[Booking]:
        """The live previews that this identity of a member walks, of every mini (E1)."""
        ...

    def of_mini(self, studio_id: str, mini_id: str) -> list[Booking]: ...
    def any(self, studio_id: str) -> bool:
        """Whether anybody ever began to book, previews apart."""
        ...

    def seated(self, studio_id: str, mini_id: str, day_id: str | None = None) -> list[Booking]:
        """Those that have seats of the mini, or of one day of it, by start: holds and previews too."""
        ...

    def seated_after(self, studio_id: str, moment: datetime) -> list[Booking]:
        """Those that have seats of any mini's spots that start after the moment, by start."""
        ...

    def find(self, studio_id: str, text: str, limit: int) -> list[Booking]:
        """Those that the text is the code, the client's name, e-mail address or number of, or the beginning of one.

        Those with seats first, then by start, the latest first; previews apart.
        """
        ...

    def holds_over(self, limit: int) -> list[Booking]:
        """Held and paying bookings whose hold has ended, of every studio, the oldest first."""
        ...

    def sessions_over(self, limit: int) -> list[Booking]: ...
    def live_hold_ends(self) -> list[datetime]: ...


class ReservationRecords(Protocol):
    def add(self, reservation: Reservation) -> None: ...
    def one(self, studio_id: str, reservation_id: str) -> Reservation | None: ...
    def change(self, old: Reservation, new: Reservation) -> Reservation | None: ...
    def of_mini(self, studio_id: str, mini_id: str) -> list[Reservation]: ...
    def of_client(self, studio_id: str, client_id: str) -> list[Reservation]:
        """Open reservations and those in use that are bound to the client."""
        ...

    def over(self, limit: int) -> list[Reservation]:
        """Open reservations whose own end has come, of every studio."""
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
