"""The tables, and the constraints that make the promises: one seat once, one live hold a client and mini.

Money, messages and papers have modules of their own. A journal, such as `history`, is numbered instead of having a key
that begins with the studio, because its readers go through it in order whatever the studio.
"""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint, and_

from core.booking.booking import CLAIMING, LIVE_HOLD, RUNNING, Holder, ReservationState, State
from core.minis.plan import DURATION_LIMITS
from core.studio.studio import Role
from storage.columns import length_micros
from storage.schema import check, duration, flag, integer, key, metadata, moment, number, points_to, text
from storage.statement import one_of, word

#: Microseconds (C1). Because no claim is longer, those that overlap a spot are found in one short range of an index.
LONGEST_SPOT = length_micros(DURATION_LIMITS[1])

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
    moment("keeps_minor", optional=True),
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
CANCELLED_PAID = bookings.c.keeps_minor.is_not(None)
_LIVE_HOLD = and_(one_of(bookings.c.state, sorted(LIVE_HOLD)), ~bookings.c.preview)
LIVE_PREVIEW = and_(bookings.c.state == word(State.HELD), bookings.c.preview)
_CLIENT_IN_MINI = (bookings.c.studio_id, bookings.c.mini_id, bookings.c.client_id)
Index("one_live_hold", *_CLIENT_IN_MINI, unique=True, sqlite_where=_LIVE_HOLD, postgresql_where=_LIVE_HOLD)
Index("one_live_preview", *_CLIENT_IN_MINI, unique=True, sqlite_where=LIVE_PREVIEW, postgresql_where=LIVE_PREVIEW)
Index("bookings_of_client_in_mini", *_CLIENT_IN_MINI)
Index("bookings_of_client", bookings.c.studio_id, bookings.c.client_id)
Index("bookings_ahead", bookings.c.studio_id, bookings.c.starts, sqlite_where=SEATED, postgresql_where=SEATED)
Index("bookings_running", bookings.c.hold_until, sqlite_where=RUNS, postgresql_where=RUNS)
Index("bookings_cancelled_paid", bookings.c.studio_id, sqlite_where=CANCELLED_PAID, postgresql_where=CANCELLED_PAID)
Index("bookings_confirmed", bookings.c.ends, sqlite_where=CONFIRMED, postgresql_where=CONFIRMED)

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
