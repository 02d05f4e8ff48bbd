"""What the core needs from outside, as narrow Protocols: the records of one unit of work."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.booking.booking import Booking, Claim, Owner, Reservation
from core.booking.contact import Contact
from core.messages.remark import Remark
from core.minis.mini import Day, Mini, Spot
from core.paperwork.contract import Agreement, Contract, Edition, Signing
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import Answers, Questionnaire
from core.payments.account import Takings
from core.payments.checkout import Checkout
from core.payments.payment import Payment, Refund
from core.payments.till_key import Outstanding, TillKey
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


# -- messages out --


class Sending(StrEnum):
    """Where an outbox row stands (STATES, "Messages out")."""

    READY = "ready"
    LEASED = "leased"
    SENT = "sent"
    RETRY = "retry"
    AMBIGUOUS = "ambiguous"
    DEAD = "dead"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be written with what caused it. It is rendered when it is sent."""

    #: Unique in the studio: `confirm:{booking}:{sequence}`. A second row of the same key is not written.
    key: str
    #: The name of its words and of the check that it is still true.
    kind: str
    #: To whom: a client, or a member; the chat is found when the message is sent. To neither is to the studio: one row
    #: for everybody who hears of such things, or one that waits until somebody has claimed it.
    client_id: str | None
    member_id: str | None = None
    booking_id: str | None = None
    values: Mapping[str, str | int | bool | None] = field(default_factory=dict[str, str | int | bool | None])
    not_before: datetime | None = None
    drop_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedMessage:
    """A row that this worker may send until its lease ends."""

    id: int
    studio_id: str
    key: str
    kind: str
    client_id: str | None
    booking_id: str | None
    values: Mapping[str, str | int | bool | None]
    #: Of the person's newest identity; None if they have no chat at all.
    channel: str | None
    address: str | None
    attempts: int
    #: The answer to the last attempt was lost: it may have arrived (STATES: once more at most).
    ambiguous: bool
    drop_after: datetime | None
    #: To whom, where it is for a member.
    member_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A row that stands in a chat, as somebody's reply to it needs it."""

    kind: str
    booking_id: str | None
    values: Mapping[str, str | int | bool | None]


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
    def kept(self, studio_id: str, mini_id: str) -> Mini | None:
        """The mini, which nobody else changes before the unit ends."""
        ...

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

    def of_client(self, studio_id: str, client_id: str) -> list[Booking]:
        """The client's confirmed, done and no-show bookings, previews apart, by start."""
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


class CheckoutRecords(Protocol):
    def add(self, checkout: Checkout) -> None:
        """Write it for the till that is the studio's present one, and stays it before the unit ends."""
        ...

    def one(self, studio_id: str, checkout_id: str) -> Checkout | None: ...
    def newest(self, studio_id: str, booking_id: str) -> Checkout | None:
        """The one that was made last for the booking."""
        ...

    def change(self, old: Checkout, new: Checkout) -> Checkout | None:
        """Write `new` where state and version are still `old`'s; gives it with its new version, or None."""
        ...

    def due(self, limit: int, until: datetime) -> list[Checkout]:
        """Those to be asked about now, of every studio, the longest due first; they come due again at `until`."""
        ...

    def hint(self, checkout_id: str) -> bool:
        """Have it asked about now, whosever it is, unless nothing is to be learned. False where there is none."""
        ...

    def capped(self, limit: int) -> list[Checkout]:
        """Payable ones of every studio, asked about in vain, whose page's own end is past by the hard cap."""
        ...


class PaymentRecords(Protocol):
    def add(self, payment: Payment) -> None: ...
    def one(self, studio_id: str, payment_id: str) -> Payment | None: ...
    def change(self, old: Payment, new: Payment) -> Payment | None: ...
    def of_checkout(self, studio_id: str, checkout_id: str) -> Payment | None: ...
    def of_booking(self, studio_id: str, booking_id: str) -> list[Payment]:
        """In the order they came in."""
        ...

    def of_mini(self, studio_id: str, mini_id: str) -> list[Payment]: ...
    def takings(self, studio_id: str, currency: str, mini_id: str | None) -> Takings:
        """What all bookings of the mini, or of the studio, brought and still owe, summed up by the database."""
        ...

    def pending(self, studio_id: str, booking_id: str) -> bool:
        """Whether it is open what becomes of a payment of the booking: `choosing` or `manual`."""
        ...

    def choosing_in(self, studio_id: str, mini_id: str) -> list[Payment]: ...
    def kept_in(self, studio_id: str, mini_id: str) -> Mapping[str, int]:
        """By booking, what stands for it of those that have seats of the mini, in minor units."""
        ...

    def choices_over(self, limit: int) -> list[Payment]:
        """Payments `choosing` whose day is over, of every studio."""
        ...

    def problems(self, studio_id: str) -> list[Payment]:
        """Those that a person has to look at, the oldest first."""
        ...

    def due(self, limit: int, until: datetime) -> list[Payment]:
        """Those to be looked at now, of every studio; they come due again at `until`."""
        ...

    def hint(self, ref: str) -> bool:
        """Have the payment looked at now, whosever it is. False where there is none."""
        ...


class RefundRecords(Protocol):
    def add(self, refund: Refund) -> None: ...
    def one(self, studio_id: str, refund_id: str) -> Refund | None: ...
    def change(self, old: Refund, new: Refund) -> Refund | None: ...
    def of_payment(self, studio_id: str, payment_id: str) -> list[Refund]: ...
    def of_booking(self, studio_id: str, booking_id: str) -> list[Refund]: ...
    def of_mini(self, studio_id: str, mini_id: str) -> list[Refund]: ...
    def not_back(self, studio_id: str) -> list[Refund]:
        """Those of money that was kept that have not arrived, or failed and nobody has settled it; the oldest first."""
        ...

    def due(self, limit: int, until: datetime) -> list[tuple[Refund, str, str]]:
        """Those to be asked for now with their payments' names and the tills that have these, of every studio.

        They come due again at `until`; the first time, `asked_at` is set.
        """
        ...


class TillKeyRecords(Protocol):
    """The studios' own keys of their tills, and what is open at the tills."""

    def present(self, studio_id: str) -> TillKey | None:
        """The key that pages are made with; None where that is the installation's."""
        ...

    def all(self, studio_id: str) -> list[TillKey]:
        """The present key, and those that are kept for what their accounts took."""
        ...

    def keep(self, own: TillKey) -> None:
        """Write the key, in the place of the one that this till had; this till is the present one from now on."""
        ...

    def put_away(self, studio_id: str) -> None:
        """No key is the present one now; those that no page was ever begun with are deleted."""
        ...

    def hold_still(self, studio_id: str) -> None:
        """Nobody begins a page in the studio, or changes its keys, before the unit ends."""
        ...

    def outstanding(self, studio_id: str) -> Outstanding: ...
    def newest_pages(self, studio_id: str) -> dict[str, str]:
        """By each till of the studio, its name of the page that it made last, whatever became of it."""
        ...


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


class PaperRecords(Protocol):
    """Contracts and questionnaires by version, what was signed and what was answered.

    All of them are sealed with the installation's key, so that `SealRecords` can tell whether one is as it was written.
    """

    def add_contract(self, contract: Contract) -> None:
        """Write a version. Raises Overtaken where somebody else has written it meanwhile."""
        ...

    def contract(self, studio_id: str, edition: Edition) -> Contract | None: ...
    def contracts(self, studio_id: str) -> list[Contract]:
        """The newest version of each, by title."""
        ...

    def add_questionnaire(self, questionnaire: Questionnaire) -> None:
        """As with a contract."""
        ...

    def questionnaire(self, studio_id: str, edition: Edition) -> Questionnaire | None: ...
    def questionnaires(self, studio_id: str) -> list[Questionnaire]:
        """The newest version of each, by title."""
        ...

    def add_agreement(self, agreement: Agreement) -> None: ...
    def agreement(self, studio_id: str, agreement_id: str) -> Agreement | None: ...
    def agreements(self, studio_id: str, booking_id: str) -> list[Agreement]:
        """In the order they were shown."""
        ...

    def sign(self, agreement: Agreement, signing: Signing) -> bool:
        """Write how it was signed; False where it is signed already."""
        ...

    def keep_answers(self, given: Answers) -> None:
        """Write the answers, in place of earlier ones to the same questionnaire."""
        ...

    def answers(self, studio_id: str, booking_id: str) -> list[Answers]: ...


class FileRecords(Protocol):
    def add(self, file: StoredFile) -> bool:
        """Insert; False where the agreement has its signed copy already."""
        ...

    def one(self, studio_id: str, file_id: str) -> StoredFile | None: ...
    def of_booking(self, studio_id: str, booking_id: str, kind: FileKind) -> list[StoredFile]:
        """In the order they came, without their contents."""
        ...

    def of_subject(self, studio_id: str, kind: FileKind, subject_id: str) -> StoredFile | None: ...
    def pictures_by(self, studio_id: str, member_id: str) -> list[StoredFile]:
        """The pictures that the member sent, in the order they came, without their contents."""
        ...

    def remove(self, studio_id: str, file_id: str) -> None: ...
    def forget(self, limit: int) -> list[tuple[str, str]]:
        """Delete photos whose time is over, by their booking's end and what its studio keeps now.

        Gives studio and booking of each.

        Those of bookings that came to nothing go sooner (`ABANDONED_KEPT`). Signed copies stay.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One sealed row, and whether it is as it was written."""

    #: Its table's name.
    kind: str
    id: str
    studio_id: str
    #: Empty where it belongs to no booking.
    booking_id: str
    intact: bool
    #: Its seal was made with another key, if it was not changed.
    other_key: bool = False
    #: The agreement that this file is the signed copy of.
    copy_of: str | None = None


#: Where a row lies, for as long as nobody writes it; unlike an id it cannot be broken.
Place = str | int


class SealRecords(Protocol):
    """What proves that a row is what was written (I4). Rows are read as bytes: a broken one may be no text any more."""

    @property
    def kinds(self) -> tuple[str, ...]: ...
    def places(self, kind: str) -> list[Place]:
        """Where each row of the kind lies."""
        ...

    def at(self, kind: str, place: Place) -> Sealed | None:
        """The row that lies there; None where somebody wrote or deleted it since `places`."""
        ...

    def bookings(self) -> list[tuple[str, str]]:
        """Studio and id of each booking that has papers, or that had them by the history."""
        ...

    def of_booking(self, studio_id: str, booking_id: str) -> list[Sealed]: ...
    def of_agreement(self, studio_id: str, agreement_id: str) -> list[Sealed]:
        """The agreement, and its signed copy if it has one."""
        ...

    def copies(self, sha256: str) -> list[Sealed]:
        """The signed copies that are kept with this SHA-256 (hexadecimal), of any studio."""
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


class OutboxRecords(Protocol):
    def add(self, studio_id: str, messages: Sequence[NewMessage]) -> None: ...
    def supersede(self, studio_id: str, booking_id: str, kinds: Sequence[str]) -> None:
        """Unsent rows of these kinds about the booking are no longer wanted."""
        ...

    def lease(self, worker: str, limit: int, lease: timedelta) -> list[LeasedMessage]:
        """Claim rows that are due, at most one per lane and in the lane's order."""
        ...

    def settle(
        self,
        worker: str,
        row_id: int,
        state: Sending,
        *,
        provider_id: str | None = None,
        error: str | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        """Write the result; False where the lease is no longer this worker's."""
        ...

    def sent(self, studio_id: str, channel: str, address: str, provider_id: str) -> SentMessage | None:
        """The row that the platform shows in the chat under this name; None where the message is none of a row."""
        ...

    def refresh(self, studio_id: str, mini_id: str, kind: str, every: timedelta) -> None:
        """Write a row of this kind to each member whose chat shows the mini's overview: one in so long, at its end."""
        ...

    def withdraw(self, studio_id: str, member_id: str) -> None:
        """Unsent rows to this member are no longer wanted."""
        ...

    def address(self, studio_id: str, member_id: str, older: timedelta) -> int:
        """Send what waited for the studio to this member. What is older is superseded; gives how many rows were."""
        ...


class ThreadRecords(Protocol):
    """What clients and the studio said to each other (F13)."""

    def add(self, remark: Remark) -> Remark:
        """Write it; gives it with its number."""
        ...

    def one(self, studio_id: str, remark_id: int) -> Remark | None: ...
    def latest(self, studio_id: str, client_id: str, limit: int) -> list[Remark]:
        """The last ones of the client's thread, in the order they were said."""
        ...

    def unanswered(self, studio_id: str, client_id: str, since: datetime | None = None) -> int:
        """How many things the client said, since the moment, after the last word of the studio's."""
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

    def new_id(self) -> str: ...
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
