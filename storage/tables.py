"""The tables, and the constraints that make the promises: one seat once, one live hold a client and mini.

Instants are whole microseconds since 1970 in UTC, dates are ISO text, states are text with a check, and what is read
only as a whole is JSON text. Keys begin with the studio, so that the tables shard by it; the two journals (`outbox`,
`history`) are numbered instead, because their readers go through them in order whatever the studio.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    and_,
    case,
    literal_column,
)

from core.booking.booking import LIVE_HOLD, RUNNING, Holder, ReservationState, State
from core.minis.plan import DURATION_LIMITS
from core.payments.checkout import ALERT_AFTER, HARD_CAP, PAYABLE, CheckoutState
from core.payments.payment import PROBLEMS, Disposition
from core.payments.till import RefundState
from core.ports import Sending
from core.studio.studio import Role
from storage.columns import length_micros
from storage.statement import one_of, word

metadata = MetaData()

#: An integer that SQLite counts up by itself: there, only INTEGER does.
_Number = BigInteger().with_variant(Integer, "sqlite")

#: Microseconds (C1). Because no claim is longer, those that overlap a spot are found in one short range of an index.
LONGEST_SPOT = length_micros(DURATION_LIMITS[1])

#: Outbox rows in these states are still to be sent.
UNSENT = (Sending.READY, Sending.RETRY, Sending.AMBIGUOUS, Sending.LEASED)


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _integer(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def _moment(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _length(duration: timedelta) -> ColumnElement[int]:
    return literal_column(str(length_micros(duration)), BigInteger)


def _number() -> Column[int]:
    return Column("id", _Number, Identity())


def _key(table: str, *columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint(*columns, name=f"{table}_key")


def _points_to(table: str, name: str, *columns: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(columns, [f"{table}.studio_id", f"{table}.id"], name=name)


def _check(column: str, kind: Iterable[StrEnum], name: str) -> CheckConstraint:
    known = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({known})", name=name)


studios = Table(
    "studios",
    metadata,
    _text("id"),
    _flag("several_shooters"),
    _text("body"),
    _integer("version"),
    _key("studios", "id"),
)

members = Table(
    "members",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("name"),
    _text("role"),
    _text("client_id", optional=True),
    _flag("removed"),
    _key("members", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="members_studio"),
    _check("role", Role, "members_role"),
)
Index("members_client", members.c.studio_id, members.c.client_id)

minis = Table(
    "minis",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("body"),
    _integer("version"),
    _key("minis", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="minis_studio"),
)

days = Table(
    "days",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("mini_id"),
    _text("date"),
    _text("place"),
    _flag("same_start"),
    _key("days", "studio_id", "id"),
    _points_to("minis", "days_mini", "studio_id", "mini_id"),
)
Index("days_of_mini", days.c.studio_id, days.c.mini_id, days.c.date)

spots = Table(
    "spots",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("mini_id"),
    _text("day_id"),
    _moment("starts"),
    _moment("ends"),
    _integer("seats"),
    _integer("premium_minor"),
    _flag("closed"),
    _key("spots", "studio_id", "id"),
    _points_to("days", "spots_day", "studio_id", "day_id"),
    CheckConstraint(f"starts < ends AND ends - starts <= {LONGEST_SPOT}", name="spots_last"),
    CheckConstraint("seats > 0", name="spots_seats"),
)
Index("spots_of_mini", spots.c.studio_id, spots.c.mini_id, spots.c.starts)

claims = Table(
    "claims",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("spot_id"),
    _integer("seat"),
    _text("holder"),
    _text("owner_id"),
    _moment("starts"),
    _moment("ends"),
    _flag("exclusive"),
    _moment("claimed_at"),
    _moment("released_at", optional=True),
    _key("claims", "studio_id", "id"),
    _points_to("spots", "claims_spot", "studio_id", "spot_id"),
    CheckConstraint(f"starts < ends AND ends - starts <= {LONGEST_SPOT}", name="claims_last"),
    _check("holder", Holder, "claims_holder"),
    CheckConstraint("seat > 0", name="claims_seat"),
)
LIVE = claims.c.released_at.is_(None)
EXCLUSIVE = and_(LIVE, claims.c.exclusive)
Index(
    "one_live_claim",
    claims.c.studio_id,
    claims.c.spot_id,
    claims.c.seat,
    unique=True,
    sqlite_where=LIVE,
    postgresql_where=LIVE,
)
Index("claims_of_owner", claims.c.studio_id, claims.c.owner_id, sqlite_where=LIVE, postgresql_where=LIVE)
Index("claims_exclusive", claims.c.studio_id, claims.c.ends, sqlite_where=EXCLUSIVE, postgresql_where=EXCLUSIVE)

clients = Table(
    "clients",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("language"),
    _text("contact", optional=True),
    _key("clients", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="clients_studio"),
)

identities = Table(
    "identities",
    metadata,
    _text("studio_id"),
    _text("channel"),
    _text("external_id"),
    _text("client_id"),
    _text("address"),
    _moment("seen_at"),
    _key("identities", "studio_id", "channel", "external_id"),
    _points_to("clients", "identities_client", "studio_id", "client_id"),
)
Index("identities_of_client", identities.c.studio_id, identities.c.client_id, identities.c.seen_at)

bookings = Table(
    "bookings",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("mini_id"),
    _text("client_id"),
    _text("spot_id"),
    _text("code"),
    _text("state"),
    _text("package_id"),
    _integer("places"),
    _flag("preview"),
    _flag("extended"),
    _moment("began_at"),
    _moment("hold_until"),
    # The snapshot's, so that the list by time and the tick need not open it.
    _moment("starts"),
    _moment("ends"),
    _moment("ended_at", optional=True),
    _text("reason", optional=True),
    _text("reservation_id", optional=True),
    _text("noted", optional=True),
    _text("noted_spot_id", optional=True),
    _integer("attempt"),
    _integer("sequence"),
    _integer("version"),
    _text("snapshot"),
    _text("add_ons"),
    _text("contact", optional=True),
    _key("bookings", "studio_id", "id"),
    UniqueConstraint("studio_id", "code", name="bookings_code"),
    _points_to("spots", "bookings_spot", "studio_id", "spot_id"),
    _points_to("clients", "bookings_client", "studio_id", "client_id"),
    _check("state", State, "bookings_state"),
)
#: A hold whose time runs: it ends by itself.
RUNS = one_of(bookings.c.state, sorted(RUNNING))
CONFIRMED = bookings.c.state == word(State.CONFIRMED)
_LIVE_HOLD = and_(one_of(bookings.c.state, sorted(LIVE_HOLD)), ~bookings.c.preview)
_LIVE_PREVIEW = and_(bookings.c.state == word(State.HELD), bookings.c.preview)
_CLIENT_IN_MINI = (bookings.c.studio_id, bookings.c.mini_id, bookings.c.client_id)
Index("one_live_hold", *_CLIENT_IN_MINI, unique=True, sqlite_where=_LIVE_HOLD, postgresql_where=_LIVE_HOLD)
Index("one_live_preview", *_CLIENT_IN_MINI, unique=True, sqlite_where=_LIVE_PREVIEW, postgresql_where=_LIVE_PREVIEW)
Index("bookings_of_client_in_mini", *_CLIENT_IN_MINI)
Index("bookings_of_client", bookings.c.studio_id, bookings.c.client_id)
Index("bookings_running", bookings.c.hold_until, sqlite_where=RUNS, postgresql_where=RUNS)
Index("bookings_confirmed", bookings.c.ends, sqlite_where=CONFIRMED, postgresql_where=CONFIRMED)

checkouts = Table(
    "checkouts",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("booking_id"),
    _integer("attempt"),
    _text("state"),
    # The order as it was stored before the till heard of it, and the key that it is asked with.
    _text("body"),
    _text("key"),
    _moment("created_at"),
    # The page's own end.
    _moment("expires_at"),
    _text("session_id", optional=True),
    _text("url", optional=True),
    _flag("closing"),
    _flag("presumed"),
    _moment("ask_at", optional=True),
    _moment("silent_since", optional=True),
    _integer("version"),
    _key("checkouts", "studio_id", "id"),
    _points_to("bookings", "checkouts_booking", "studio_id", "booking_id"),
    UniqueConstraint("studio_id", "session_id", name="checkouts_session"),
    _check("state", CheckoutState, "checkouts_state"),
)
IS_PAYABLE = one_of(checkouts.c.state, sorted(PAYABLE))
#: Asked about in vain.
IS_UNHEARD = and_(IS_PAYABLE, checkouts.c.silent_since.is_not(None))
_PAGE_GONE = checkouts.c.expires_at + _length(HARD_CAP)
_IN_VAIN = checkouts.c.silent_since + _length(ALERT_AFTER)
#: When nobody can pay any more there, whatever the till would say: long after the page's end, and not at the first
#: silence after a pause of our own.
CAP = case((_PAGE_GONE > _IN_VAIN, _PAGE_GONE), else_=_IN_VAIN)
TO_ASK = checkouts.c.ask_at.is_not(None)
Index(
    "one_open_checkout",
    checkouts.c.studio_id,
    checkouts.c.booking_id,
    unique=True,
    sqlite_where=IS_PAYABLE,
    postgresql_where=IS_PAYABLE,
)
Index("checkouts_of_booking", checkouts.c.studio_id, checkouts.c.booking_id)
Index("checkouts_to_ask", checkouts.c.ask_at, sqlite_where=TO_ASK, postgresql_where=TO_ASK)
Index("checkouts_unheard", checkouts.c.expires_at, sqlite_where=IS_UNHEARD, postgresql_where=IS_UNHEARD)
# A hint names no studio.
Index("checkouts_by_id", checkouts.c.id)

payments = Table(
    "payments",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("booking_id"),
    _text("checkout_id"),
    _text("ref"),
    _moment("minor"),
    _text("currency"),
    _moment("captured_at"),
    _text("disposition"),
    _text("why", optional=True),
    _moment("choosing_until", optional=True),
    _moment("ask_at", optional=True),
    _integer("version"),
    _key("payments", "studio_id", "id"),
    _points_to("bookings", "payments_booking", "studio_id", "booking_id"),
    UniqueConstraint("studio_id", "checkout_id", name="payments_checkout"),
    # A hint names no studio.
    UniqueConstraint("ref", name="payments_ref"),
    _check("disposition", Disposition, "payments_disposition"),
)
CHOOSING = payments.c.disposition == word(Disposition.CHOOSING)
PROBLEM = one_of(payments.c.disposition, sorted(PROBLEMS))
TO_LOOK_AT = payments.c.ask_at.is_not(None)
Index("payments_of_booking", payments.c.studio_id, payments.c.booking_id)
Index("payments_choosing", payments.c.choosing_until, sqlite_where=CHOOSING, postgresql_where=CHOOSING)
Index("payments_problems", payments.c.studio_id, payments.c.id, sqlite_where=PROBLEM, postgresql_where=PROBLEM)
Index("payments_to_look_at", payments.c.ask_at, sqlite_where=TO_LOOK_AT, postgresql_where=TO_LOOK_AT)

refunds = Table(
    "refunds",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("payment_id"),
    _text("key"),
    _moment("minor"),
    _text("currency"),
    _text("state"),
    _moment("owed_at"),
    _text("ref", optional=True),
    _moment("asked_at", optional=True),
    _moment("ask_at", optional=True),
    _moment("silent_since", optional=True),
    _text("error"),
    _integer("version"),
    _key("refunds", "studio_id", "id"),
    _points_to("payments", "refunds_payment", "studio_id", "payment_id"),
    UniqueConstraint("studio_id", "key", name="refunds_key_once"),
    _check("state", RefundState, "refunds_state"),
)
TO_PAY_BACK = refunds.c.ask_at.is_not(None)
Index("refunds_of_payment", refunds.c.studio_id, refunds.c.payment_id)
Index("refunds_to_ask", refunds.c.ask_at, sqlite_where=TO_PAY_BACK, postgresql_where=TO_PAY_BACK)

reservations = Table(
    "reservations",
    metadata,
    _text("studio_id"),
    _text("id"),
    _text("mini_id"),
    _text("spot_id"),
    _text("state"),
    _text("note"),
    _text("discount", optional=True),
    _flag("outside"),
    _moment("lapses_at", optional=True),
    _text("client_id", optional=True),
    _text("booking_id", optional=True),
    _flag("removed_in_use"),
    _integer("link_generation"),
    _integer("version"),
    _key("reservations", "studio_id", "id"),
    _points_to("spots", "reservations_spot", "studio_id", "spot_id"),
    _check("state", ReservationState, "reservations_state"),
)
LAPSING = and_(reservations.c.state == word(ReservationState.OPEN), reservations.c.lapses_at.is_not(None))
Index("reservations_lapsing", reservations.c.lapses_at, sqlite_where=LAPSING, postgresql_where=LAPSING)
Index("reservations_of_mini", reservations.c.studio_id, reservations.c.mini_id)
Index("reservations_of_client", reservations.c.studio_id, reservations.c.client_id)

links = Table(
    "links",
    metadata,
    _text("studio_id"),
    _text("kind"),
    _text("digest"),
    _text("subject_id"),
    _moment("revoked_at", optional=True),
    _key("links", "studio_id", "kind", "digest"),
)
Index("links_of_subject", links.c.studio_id, links.c.kind, links.c.subject_id)

talks = Table(
    "talks",
    metadata,
    _text("studio_id"),
    _text("channel"),
    _text("chat"),
    _text("client_id"),
    _text("body"),
    _integer("revision"),
    _integer("shown_revision"),
    _text("card", optional=True),
    _moment("used_at"),
    _key("talks", "studio_id", "channel", "chat"),
    _points_to("clients", "talks_client", "studio_id", "client_id"),
)
UNSHOWN = talks.c.shown_revision < talks.c.revision
Index("talks_of_client", talks.c.studio_id, talks.c.client_id, talks.c.used_at)
Index("talks_unshown", talks.c.used_at, sqlite_where=UNSHOWN, postgresql_where=UNSHOWN)

inbox = Table(
    "inbox",
    metadata,
    _text("source"),
    _text("key"),
    _moment("taken_at"),
    # Both only of an event that could not be dealt with.
    _text("body", optional=True),
    _text("error", optional=True),
    _key("inbox", "source", "key"),
)
Index("inbox_taken", inbox.c.taken_at)

outbox = Table(
    "outbox",
    metadata,
    _number(),
    _text("studio_id"),
    _text("key"),
    _text("kind"),
    # None of a message to the studio, which waits until there is an address.
    _text("client_id", optional=True),
    _text("booking_id", optional=True),
    _text("facts"),
    _text("state"),
    # When to look at an unsent row again: when it may be sent, or when the lease on it ends.
    _moment("due_at"),
    _moment("drop_after", optional=True),
    _integer("attempts"),
    _flag("ambiguous"),
    # Of the last lease: whose it was, and where the client was reached.
    _text("leased_by", optional=True),
    _text("channel", optional=True),
    _text("address", optional=True),
    _text("provider_id", optional=True),
    _text("error", optional=True),
    _key("outbox", "id"),
    UniqueConstraint("studio_id", "key", name="outbox_once"),
    _check("state", Sending, "outbox_state"),
)
OUTBOX_UNSENT = one_of(outbox.c.state, UNSENT)
#: What waits for an address is not due, however long it waits.
OUTBOX_SENDABLE = and_(OUTBOX_UNSENT, outbox.c.client_id.is_not(None))
Index("outbox_due", outbox.c.due_at, sqlite_where=OUTBOX_SENDABLE, postgresql_where=OUTBOX_SENDABLE)
Index(
    "outbox_lanes",
    outbox.c.studio_id,
    outbox.c.client_id,
    outbox.c.id,
    sqlite_where=OUTBOX_UNSENT,
    postgresql_where=OUTBOX_UNSENT,
)
Index(
    "outbox_of_booking",
    outbox.c.studio_id,
    outbox.c.booking_id,
    sqlite_where=OUTBOX_UNSENT,
    postgresql_where=OUTBOX_UNSENT,
)

history = Table(
    "history",
    metadata,
    _number(),
    _moment("at"),
    _text("studio_id"),
    _text("client_id", optional=True),
    _text("booking_id", optional=True),
    _text("subject_id", optional=True),
    _text("what"),
    _text("facts"),
    _key("history", "id"),
)
LAPSED = history.c.what == word("lapsed")
Index(
    "history_lapses",
    history.c.studio_id,
    history.c.client_id,
    history.c.at,
    sqlite_where=LAPSED,
    postgresql_where=LAPSED,
)
Index("history_of_booking", history.c.studio_id, history.c.booking_id)

clock = Table(
    "clock",
    metadata,
    _integer("id"),
    _moment("shift"),
    _key("clock", "id"),
    CheckConstraint("id = 1", name="clock_is_one"),
)
