"""The tables, and the constraints that make the promises: one seat once, one live hold a client and mini.

The journals (`outbox`, `remarks`, `history`) are numbered instead of having keys that begin with the studio, because
their readers go through them in order whatever the studio.
"""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint, and_, case, or_

from core.booking.booking import CLAIMING, LIVE_HOLD, RUNNING, Holder, ReservationState, State
from core.messages.records import Sending
from core.messages.remark import Voice
from core.minis.plan import DURATION_LIMITS
from core.payments.checkout import ALERT_AFTER, HARD_CAP, PAYABLE, CheckoutState
from core.payments.payment import PROBLEMS, Disposition, How, Settled
from core.payments.till import RefundState
from core.studio.studio import Role
from storage.columns import length_micros
from storage.schema import check, duration, flag, integer, key, length, metadata, moment, number, points_to, text
from storage.statement import one_of, word

#: Microseconds (C1). Because no claim is longer, those that overlap a spot are found in one short range of an index.
LONGEST_SPOT = length_micros(DURATION_LIMITS[1])

#: Outbox rows in these states are still to be sent.
UNSENT = (Sending.READY, Sending.RETRY, Sending.AMBIGUOUS, Sending.LEASED)


studios = Table(
    "studios",
    metadata,
    text("id"),
    flag("several_shooters"),
    # As in the body, so that what is over is found by a statement.
    duration("photos_kept"),
    # The present one: of `till_keys`; empty for the installation's own.
    text("till"),
    text("body"),
    integer("version"),
    key("studios", "id"),
)

members = Table(
    "members",
    metadata,
    text("studio_id"),
    text("id"),
    text("name"),
    text("role"),
    text("language"),
    text("client_id", optional=True),
    flag("removed"),
    key("members", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="members_studio"),
    check("role", Role, "members_role"),
)
Index("members_client", members.c.studio_id, members.c.client_id)

member_identities = Table(
    "member_identities",
    metadata,
    text("studio_id"),
    text("channel"),
    text("external_id"),
    text("member_id"),
    text("address"),
    moment("seen_at"),
    key("member_identities", "studio_id", "channel", "external_id"),
    points_to("members", "member_identities_member", "studio_id", "member_id"),
)
Index("identities_of_member", member_identities.c.studio_id, member_identities.c.member_id, member_identities.c.seen_at)

# One-time secrets by their digests: what they open, and until when.
secrets = Table(
    "secrets",
    metadata,
    text("studio_id"),
    text("kind"),
    text("digest"),
    text("facts"),
    moment("expires_at"),
    moment("used_at", optional=True),
    key("secrets", "studio_id", "kind", "digest"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="secrets_studio"),
)

minis = Table(
    "minis",
    metadata,
    text("studio_id"),
    text("id"),
    # As in the body: archived or cancelled, so that the list of the others need not open it.
    flag("over"),
    # Likewise, so that the clock finds it.
    moment("opens_at", optional=True),
    text("body"),
    integer("version"),
    key("minis", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="minis_studio"),
)
OPENING = minis.c.opens_at.is_not(None)
Index("minis_opening", minis.c.opens_at, sqlite_where=OPENING, postgresql_where=OPENING)

days = Table(
    "days",
    metadata,
    text("studio_id"),
    text("id"),
    text("mini_id"),
    text("date"),
    text("place"),
    flag("same_start"),
    flag("removed"),
    key("days", "studio_id", "id"),
    points_to("minis", "days_mini", "studio_id", "mini_id"),
)
Index("days_of_mini", days.c.studio_id, days.c.mini_id, days.c.date)

spots = Table(
    "spots",
    metadata,
    text("studio_id"),
    text("id"),
    text("mini_id"),
    text("day_id"),
    moment("starts"),
    moment("ends"),
    integer("seats"),
    integer("premium_minor"),
    flag("closed"),
    flag("removed"),
    key("spots", "studio_id", "id"),
    points_to("days", "spots_day", "studio_id", "day_id"),
    CheckConstraint(f"starts < ends AND ends - starts <= {LONGEST_SPOT}", name="spots_last"),
    CheckConstraint("seats > 0", name="spots_seats"),
)
Index("spots_of_mini", spots.c.studio_id, spots.c.mini_id, spots.c.starts)
Index("spots_of_studio", spots.c.studio_id, spots.c.starts)

claims = Table(
    "claims",
    metadata,
    text("studio_id"),
    text("id"),
    text("spot_id"),
    integer("seat"),
    text("holder"),
    text("owner_id"),
    moment("starts"),
    moment("ends"),
    flag("exclusive"),
    moment("claimed_at"),
    moment("released_at", optional=True),
    key("claims", "studio_id", "id"),
    points_to("spots", "claims_spot", "studio_id", "spot_id"),
    CheckConstraint(f"starts < ends AND ends - starts <= {LONGEST_SPOT}", name="claims_last"),
    check("holder", Holder, "claims_holder"),
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
    text("studio_id"),
    text("id"),
    text("language"),
    text("contact", optional=True),
    key("clients", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="clients_studio"),
)

identities = Table(
    "identities",
    metadata,
    text("studio_id"),
    text("channel"),
    text("external_id"),
    text("client_id"),
    text("address"),
    moment("seen_at"),
    key("identities", "studio_id", "channel", "external_id"),
    points_to("clients", "identities_client", "studio_id", "client_id"),
)
Index("identities_of_client", identities.c.studio_id, identities.c.client_id, identities.c.seen_at)

bookings = Table(
    "bookings",
    metadata,
    text("studio_id"),
    text("id"),
    text("mini_id"),
    text("client_id"),
    text("spot_id"),
    text("code"),
    text("state"),
    text("package_id"),
    integer("places"),
    flag("preview"),
    flag("extended"),
    moment("began_at"),
    moment("hold_until"),
    # The snapshot's, so that the list by time and the tick need not open it.
    moment("starts"),
    moment("ends"),
    moment("ended_at", optional=True),
    text("reason", optional=True),
    text("reservation_id", optional=True),
    text("noted", optional=True),
    text("noted_spot_id", optional=True),
    integer("attempt"),
    integer("sequence"),
    integer("version"),
    # What it costs once it is booked, so that sums need not open the snapshot.
    moment("total_minor", optional=True),
    text("snapshot"),
    text("add_ons"),
    text("contact", optional=True),
    flag("filled_in"),
    # What it is found by (`storage.records.search`).
    text("words"),
    key("bookings", "studio_id", "id"),
    UniqueConstraint("studio_id", "code", name="bookings_code"),
    points_to("spots", "bookings_spot", "studio_id", "spot_id"),
    points_to("clients", "bookings_client", "studio_id", "client_id"),
    check("state", State, "bookings_state"),
)
#: A hold whose time runs: it ends by itself.
RUNS = one_of(bookings.c.state, sorted(RUNNING))
#: It has seats.
SEATED = one_of(bookings.c.state, sorted(CLAIMING))
CONFIRMED = bookings.c.state == word(State.CONFIRMED)
_LIVE_HOLD = and_(one_of(bookings.c.state, sorted(LIVE_HOLD)), ~bookings.c.preview)
LIVE_PREVIEW = and_(bookings.c.state == word(State.HELD), bookings.c.preview)
_CLIENT_IN_MINI = (bookings.c.studio_id, bookings.c.mini_id, bookings.c.client_id)
Index("one_live_hold", *_CLIENT_IN_MINI, unique=True, sqlite_where=_LIVE_HOLD, postgresql_where=_LIVE_HOLD)
Index("one_live_preview", *_CLIENT_IN_MINI, unique=True, sqlite_where=LIVE_PREVIEW, postgresql_where=LIVE_PREVIEW)
Index("bookings_of_client_in_mini", *_CLIENT_IN_MINI)
Index("bookings_of_client", bookings.c.studio_id, bookings.c.client_id)
Index("bookings_ahead", bookings.c.studio_id, bookings.c.starts, sqlite_where=SEATED, postgresql_where=SEATED)
Index("bookings_running", bookings.c.hold_until, sqlite_where=RUNS, postgresql_where=RUNS)
Index("bookings_confirmed", bookings.c.ends, sqlite_where=CONFIRMED, postgresql_where=CONFIRMED)

checkouts = Table(
    "checkouts",
    metadata,
    text("studio_id"),
    text("id"),
    text("booking_id"),
    integer("attempt"),
    text("state"),
    # The order as it was stored before the till heard of it, and the key that it is asked with.
    text("body"),
    text("key"),
    moment("created_at"),
    # The page's own end.
    moment("expires_at"),
    # Of `till_keys`; empty for the installation's own. The same in payments.
    text("till"),
    text("session_id", optional=True),
    text("url", optional=True),
    flag("closing"),
    flag("presumed"),
    moment("ask_at", optional=True),
    moment("silent_since", optional=True),
    integer("version"),
    key("checkouts", "studio_id", "id"),
    points_to("bookings", "checkouts_booking", "studio_id", "booking_id"),
    UniqueConstraint("studio_id", "session_id", name="checkouts_session"),
    check("state", CheckoutState, "checkouts_state"),
)
IS_PAYABLE = one_of(checkouts.c.state, sorted(PAYABLE))
#: Asked about in vain.
IS_UNHEARD = and_(IS_PAYABLE, checkouts.c.silent_since.is_not(None))
_PAGE_GONE = checkouts.c.expires_at + length(HARD_CAP)
_IN_VAIN = checkouts.c.silent_since + length(ALERT_AFTER)
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
    text("studio_id"),
    text("id"),
    text("booking_id"),
    text("checkout_id", optional=True),
    text("ref", optional=True),
    text("till"),
    moment("minor"),
    text("currency"),
    moment("captured_at"),
    # Of an entry by hand alone.
    text("how", optional=True),
    text("paid_on", optional=True),
    text("undoes", optional=True),
    text("disposition"),
    text("why", optional=True),
    moment("choosing_until", optional=True),
    moment("ask_at", optional=True),
    integer("version"),
    key("payments", "studio_id", "id"),
    points_to("bookings", "payments_booking", "studio_id", "booking_id"),
    UniqueConstraint("studio_id", "checkout_id", name="payments_checkout"),
    # A hint names no studio.
    UniqueConstraint("ref", name="payments_ref"),
    UniqueConstraint("studio_id", "undoes", name="payments_undone_once"),
    CheckConstraint("(how IS NULL) = (ref IS NOT NULL AND checkout_id IS NOT NULL)", name="payments_came"),
    check("disposition", Disposition, "payments_disposition"),
    check("how", How, "payments_how"),
)
CHOOSING = payments.c.disposition == word(Disposition.CHOOSING)
UNDECIDED = payments.c.disposition == word(Disposition.MANUAL)
PROBLEM = one_of(payments.c.disposition, sorted(PROBLEMS))
TO_LOOK_AT = payments.c.ask_at.is_not(None)
Index("payments_of_booking", payments.c.studio_id, payments.c.booking_id)
Index("payments_choosing", payments.c.choosing_until, sqlite_where=CHOOSING, postgresql_where=CHOOSING)
Index("payments_problems", payments.c.studio_id, payments.c.id, sqlite_where=PROBLEM, postgresql_where=PROBLEM)
Index("payments_to_look_at", payments.c.ask_at, sqlite_where=TO_LOOK_AT, postgresql_where=TO_LOOK_AT)

refunds = Table(
    "refunds",
    metadata,
    text("studio_id"),
    text("id"),
    text("payment_id"),
    text("key"),
    moment("minor"),
    text("currency"),
    text("state"),
    moment("owed_at"),
    text("ref", optional=True),
    moment("asked_at", optional=True),
    moment("ask_at", optional=True),
    moment("silent_since", optional=True),
    text("error"),
    text("settled", optional=True),
    text("settled_by", optional=True),
    integer("version"),
    key("refunds", "studio_id", "id"),
    points_to("payments", "refunds_payment", "studio_id", "payment_id"),
    UniqueConstraint("studio_id", "key", name="refunds_key_once"),
    check("state", RefundState, "refunds_state"),
    check("settled", Settled, "refunds_settled"),
)
TO_PAY_BACK = refunds.c.ask_at.is_not(None)
#: The till still has it, or it failed and nobody has done anything about it.
NOT_BACK = or_(TO_PAY_BACK, and_(refunds.c.state == word(RefundState.FAILED), refunds.c.settled.is_(None)))
Index("refunds_of_payment", refunds.c.studio_id, refunds.c.payment_id)
Index("refunds_to_ask", refunds.c.ask_at, sqlite_where=TO_PAY_BACK, postgresql_where=TO_PAY_BACK)
Index("refunds_not_back", refunds.c.studio_id, refunds.c.id, sqlite_where=NOT_BACK, postgresql_where=NOT_BACK)

# A studio's own keys of its tills, one for each account, and what their events are signed with; both are locked
# (`bots.vault`). Which one pages are made with stands in `studios`.
till_keys = Table(
    "till_keys",
    metadata,
    text("studio_id"),
    text("id"),
    text("locked"),
    text("ending"),
    flag("live"),
    moment("connected_at"),
    text("hook"),
    key("till_keys", "studio_id", "id"),
    ForeignKeyConstraint(["studio_id"], ["studios.id"], name="till_keys_studio"),
)

reservations = Table(
    "reservations",
    metadata,
    text("studio_id"),
    text("id"),
    text("mini_id"),
    text("spot_id"),
    text("state"),
    text("note"),
    text("discount", optional=True),
    flag("outside"),
    moment("lapses_at", optional=True),
    # What the photographer filled in for the client.
    text("contact", optional=True),
    text("package_id", optional=True),
    text("client_id", optional=True),
    text("booking_id", optional=True),
    flag("removed_in_use"),
    integer("link_generation"),
    integer("version"),
    key("reservations", "studio_id", "id"),
    points_to("spots", "reservations_spot", "studio_id", "spot_id"),
    check("state", ReservationState, "reservations_state"),
)
LAPSING = and_(reservations.c.state == word(ReservationState.OPEN), reservations.c.lapses_at.is_not(None))
Index("reservations_lapsing", reservations.c.lapses_at, sqlite_where=LAPSING, postgresql_where=LAPSING)
Index("reservations_of_mini", reservations.c.studio_id, reservations.c.mini_id)
Index("reservations_of_client", reservations.c.studio_id, reservations.c.client_id)

links = Table(
    "links",
    metadata,
    text("studio_id"),
    text("kind"),
    text("digest"),
    text("subject_id"),
    moment("revoked_at", optional=True),
    key("links", "studio_id", "kind", "digest"),
)
Index("links_of_subject", links.c.studio_id, links.c.kind, links.c.subject_id)

talks = Table(
    "talks",
    metadata,
    text("studio_id"),
    text("channel"),
    text("chat"),
    # Whose it is: a client's or a member's.
    text("client_id", optional=True),
    text("member_id", optional=True),
    # The mini whose overview stands in a member's chat.
    text("watches", optional=True),
    text("body"),
    integer("revision"),
    integer("shown_revision"),
    text("card", optional=True),
    # Documents that are in the chat already.
    text("ahead"),
    moment("used_at"),
    key("talks", "studio_id", "channel", "chat"),
    points_to("clients", "talks_client", "studio_id", "client_id"),
    points_to("members", "talks_member", "studio_id", "member_id"),
    CheckConstraint("(client_id IS NULL) <> (member_id IS NULL)", name="talks_whose"),
)
WATCHED = talks.c.watches.is_not(None)
Index("talks_watching", talks.c.studio_id, talks.c.watches, sqlite_where=WATCHED, postgresql_where=WATCHED)
UNSHOWN = talks.c.shown_revision < talks.c.revision
Index("talks_of_client", talks.c.studio_id, talks.c.client_id, talks.c.used_at)
Index("talks_unshown", talks.c.used_at, sqlite_where=UNSHOWN, postgresql_where=UNSHOWN)

inbox = Table(
    "inbox",
    metadata,
    text("source"),
    text("key"),
    moment("taken_at"),
    # Both only of an event that could not be dealt with.
    text("body", optional=True),
    text("error", optional=True),
    key("inbox", "source", "key"),
)
Index("inbox_taken", inbox.c.taken_at)

outbox = Table(
    "outbox",
    metadata,
    number(),
    text("studio_id"),
    text("key"),
    text("kind"),
    # To whom: a client, a member, or the studio, which waits until somebody has claimed it.
    text("client_id", optional=True),
    text("member_id", optional=True),
    # Whichever of the two it is: messages to one person go in order.
    text("lane", optional=True),
    text("booking_id", optional=True),
    text("facts"),
    text("state"),
    # When to look at an unsent row again: when it may be sent, or when the lease on it ends.
    moment("due_at"),
    moment("drop_after", optional=True),
    integer("attempts"),
    flag("ambiguous"),
    # Of the last lease: whose it was, and where the client was reached.
    text("leased_by", optional=True),
    text("channel", optional=True),
    text("address", optional=True),
    text("provider_id", optional=True),
    text("error", optional=True),
    key("outbox", "id"),
    UniqueConstraint("studio_id", "key", name="outbox_once"),
    check("state", Sending, "outbox_state"),
)
OUTBOX_UNSENT = one_of(outbox.c.state, UNSENT)
#: What waits for an address is not due, however long it waits.
OUTBOX_SENDABLE = and_(OUTBOX_UNSENT, outbox.c.lane.is_not(None))
OUTBOX_WAITING = and_(OUTBOX_UNSENT, outbox.c.lane.is_(None))
Index("outbox_due", outbox.c.due_at, sqlite_where=OUTBOX_SENDABLE, postgresql_where=OUTBOX_SENDABLE)
Index(
    "outbox_lanes",
    outbox.c.studio_id,
    outbox.c.lane,
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

# A reply to a message names it as the platform does, in the chat that it was sent to.
OUTBOX_SENT = outbox.c.provider_id.is_not(None)
Index(
    "outbox_sent_as",
    outbox.c.studio_id,
    outbox.c.channel,
    outbox.c.address,
    outbox.c.provider_id,
    sqlite_where=OUTBOX_SENT,
    postgresql_where=OUTBOX_SENT,
)

# Numbered, so that what was said later stands later, whatever the clock says.
remarks = Table(
    "remarks",
    metadata,
    number(),
    text("studio_id"),
    text("client_id"),
    text("booking_id", optional=True),
    text("voice"),
    text("member_id", optional=True),
    text("text"),
    moment("said_at"),
    key("remarks", "id"),
    points_to("clients", "remarks_client", "studio_id", "client_id"),
    check("voice", Voice, "remarks_voice"),
)
Index("remarks_of_client", remarks.c.studio_id, remarks.c.client_id, remarks.c.id)

history = Table(
    "history",
    metadata,
    number(),
    moment("at"),
    text("studio_id"),
    text("client_id", optional=True),
    text("booking_id", optional=True),
    text("subject_id", optional=True),
    text("what"),
    text("facts"),
    key("history", "id"),
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
    integer("id"),
    moment("shift"),
    key("clock", "id"),
    CheckConstraint("id = 1", name="clock_is_one"),
)
