"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

from storage import overlap

revision = "0001"
down_revision = None


def upgrade() -> None:  # noqa: PLR0915 - one statement a table or index
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="clock_is_one"),
        sa.PrimaryKeyConstraint("id", name="clock_key"),
    )
    op.create_table(
        "history",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("booking_id", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="history_key"),
    )
    op.create_index(
        "history_lapses",
        "history",
        ["studio_id", "client_id", "at"],
        sqlite_where=sa.text("what = 'lapsed'"),
        postgresql_where=sa.text("what = 'lapsed'"),
    )
    op.create_index("history_of_booking", "history", ["studio_id", "booking_id"])
    op.create_table(
        "inbox",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "key", name="inbox_key"),
    )
    op.create_index("inbox_taken", "inbox", ["taken_at"])
    op.create_table(
        "links",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("studio_id", "kind", "digest", name="links_key"),
    )
    op.create_index("links_of_subject", "links", ["studio_id", "kind", "subject_id"])
    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("booking_id", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("drop_after", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'leased', 'sent', 'retry', 'ambiguous', 'dead', 'superseded', 'dropped')",
            name="outbox_state",
        ),
        sa.PrimaryKeyConstraint("id", name="outbox_key"),
        sa.UniqueConstraint("studio_id", "key", name="outbox_once"),
    )
    op.create_index(
        "outbox_due",
        "outbox",
        ["due_at"],
        sqlite_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased') AND lane IS NOT NULL"),
        postgresql_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased') AND lane IS NOT NULL"),
    )
    op.create_index(
        "outbox_lanes",
        "outbox",
        ["studio_id", "lane", "id"],
        sqlite_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased')"),
        postgresql_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased')"),
    )
    op.create_index(
        "outbox_of_booking",
        "outbox",
        ["studio_id", "booking_id"],
        sqlite_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased')"),
        postgresql_where=sa.text("state IN ('ready', 'retry', 'ambiguous', 'leased')"),
    )
    op.create_index(
        "outbox_sent_as",
        "outbox",
        ["studio_id", "channel", "address", "provider_id"],
        sqlite_where=sa.text("provider_id IS NOT NULL"),
        postgresql_where=sa.text("provider_id IS NOT NULL"),
    )
    op.create_table(
        "studios",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("several_shooters", sa.Boolean(), nullable=False),
        sa.Column("photos_kept", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="studios_key"),
    )
    op.create_table(
        "clients",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["studio_id"], ["studios.id"], name="clients_studio"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="clients_key"),
    )
    op.create_table(
        "remarks",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=True),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("voice IN ('client', 'studio')", name="remarks_voice"),
        sa.ForeignKeyConstraint(["studio_id", "client_id"], ["clients.studio_id", "clients.id"], name="remarks_client"),
        sa.PrimaryKeyConstraint("id", name="remarks_key"),
    )
    op.create_index("remarks_of_client", "remarks", ["studio_id", "client_id", "id"])
    op.create_table(
        "members",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'photographer', 'assistant', 'host')", name="members_role"),
        sa.ForeignKeyConstraint(["studio_id"], ["studios.id"], name="members_studio"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="members_key"),
    )
    op.create_index("members_client", "members", ["studio_id", "client_id"])
    op.create_table(
        "member_identities",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "member_id"], ["members.studio_id", "members.id"], name="member_identities_member"
        ),
        sa.PrimaryKeyConstraint("studio_id", "channel", "external_id", name="member_identities_key"),
    )
    op.create_index("identities_of_member", "member_identities", ["studio_id", "member_id", "seen_at"])
    op.create_table(
        "secrets",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["studio_id"], ["studios.id"], name="secrets_studio"),
        sa.PrimaryKeyConstraint("studio_id", "kind", "digest", name="secrets_key"),
    )
    op.create_table(
        "till_keys",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("locked", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("connected_at", sa.BigInteger(), nullable=False),
        sa.Column("hook", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studios.id"], name="till_keys_studio"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="till_keys_key"),
    )
    op.create_table(
        "minis",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studios.id"], name="minis_studio"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="minis_key"),
    )
    op.create_index(
        "minis_opening",
        "minis",
        ["opens_at"],
        sqlite_where=sa.text("opens_at IS NOT NULL"),
        postgresql_where=sa.text("opens_at IS NOT NULL"),
    )
    op.create_table(
        "days",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mini_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("same_start", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id", "mini_id"], ["minis.studio_id", "minis.id"], name="days_mini"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="days_key"),
    )
    op.create_index("days_of_mini", "days", ["studio_id", "mini_id", "date"])
    op.create_table(
        "identities",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "client_id"], ["clients.studio_id", "clients.id"], name="identities_client"
        ),
        sa.PrimaryKeyConstraint("studio_id", "channel", "external_id", name="identities_key"),
    )
    op.create_index("identities_of_client", "identities", ["studio_id", "client_id", "seen_at"])
    op.create_table(
        "talks",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("watches", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("ahead", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id", "client_id"], ["clients.studio_id", "clients.id"], name="talks_client"),
        sa.ForeignKeyConstraint(["studio_id", "member_id"], ["members.studio_id", "members.id"], name="talks_member"),
        sa.CheckConstraint("(client_id IS NULL) <> (member_id IS NULL)", name="talks_whose"),
        sa.PrimaryKeyConstraint("studio_id", "channel", "chat", name="talks_key"),
    )
    op.create_index("talks_of_client", "talks", ["studio_id", "client_id", "used_at"])
    op.create_index(
        "talks_watching",
        "talks",
        ["studio_id", "watches"],
        sqlite_where=sa.text("watches IS NOT NULL"),
        postgresql_where=sa.text("watches IS NOT NULL"),
    )
    op.create_index(
        "talks_unshown",
        "talks",
        ["used_at"],
        sqlite_where=sa.text("shown_revision < revision"),
        postgresql_where=sa.text("shown_revision < revision"),
    )
    op.create_table(
        "spots",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mini_id", sa.Text(), nullable=False),
        sa.Column("day_id", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("premium_minor", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seats > 0", name="spots_seats"),
        sa.CheckConstraint("starts < ends AND ends - starts <= 43200000000", name="spots_last"),
        sa.ForeignKeyConstraint(["studio_id", "day_id"], ["days.studio_id", "days.id"], name="spots_day"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="spots_key"),
    )
    op.create_index("spots_of_mini", "spots", ["studio_id", "mini_id", "starts"])
    op.create_index("spots_of_studio", "spots", ["studio_id", "starts"])
    op.create_table(
        "bookings",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mini_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("spot_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("package_id", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("preview", sa.Boolean(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("hold_until", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reservation_id", sa.Text(), nullable=True),
        sa.Column("noted", sa.Text(), nullable=True),
        sa.Column("noted_spot_id", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("add_ons", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("filled_in", sa.Boolean(), nullable=False),
        sa.Column("keeps_minor", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'paying', 'releasing', 'confirmed', 'expired', 'cancelled', 'done', 'no_show')",
            name="bookings_state",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "client_id"], ["clients.studio_id", "clients.id"], name="bookings_client"
        ),
        sa.ForeignKeyConstraint(["studio_id", "spot_id"], ["spots.studio_id", "spots.id"], name="bookings_spot"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="bookings_key"),
        sa.UniqueConstraint("studio_id", "code", name="bookings_code"),
    )
    op.create_index(
        "bookings_cancelled_paid",
        "bookings",
        ["studio_id"],
        sqlite_where=sa.text("keeps_minor IS NOT NULL"),
        postgresql_where=sa.text("keeps_minor IS NOT NULL"),
    )
    op.create_index(
        "bookings_confirmed",
        "bookings",
        ["ends"],
        sqlite_where=sa.text("state = 'confirmed'"),
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.create_index(
        "bookings_running",
        "bookings",
        ["hold_until"],
        sqlite_where=sa.text("state IN ('held', 'paying')"),
        postgresql_where=sa.text("state IN ('held', 'paying')"),
    )
    op.create_index(
        "bookings_ahead",
        "bookings",
        ["studio_id", "starts"],
        sqlite_where=sa.text("state IN ('confirmed', 'done', 'held', 'no_show', 'paying', 'releasing')"),
        postgresql_where=sa.text("state IN ('confirmed', 'done', 'held', 'no_show', 'paying', 'releasing')"),
    )
    op.create_index("bookings_of_client", "bookings", ["studio_id", "client_id"])
    op.create_index("bookings_of_client_in_mini", "bookings", ["studio_id", "mini_id", "client_id"])
    op.create_index(
        "one_live_hold",
        "bookings",
        ["studio_id", "mini_id", "client_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('held', 'paying', 'releasing') AND preview = 0"),
        postgresql_where=sa.text("state IN ('held', 'paying', 'releasing') AND NOT preview"),
    )
    op.create_index(
        "one_live_preview",
        "bookings",
        ["studio_id", "mini_id", "client_id"],
        unique=True,
        sqlite_where=sa.text("state = 'held' AND preview = 1"),
        postgresql_where=sa.text("state = 'held' AND preview"),
    )
    op.create_table(
        "claims",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("spot_id", sa.Text(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("holder IN ('booking', 'reservation')", name="claims_holder"),
        sa.CheckConstraint("seat > 0", name="claims_seat"),
        sa.CheckConstraint("starts < ends AND ends - starts <= 43200000000", name="claims_last"),
        sa.ForeignKeyConstraint(["studio_id", "spot_id"], ["spots.studio_id", "spots.id"], name="claims_spot"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="claims_key"),
    )
    op.create_index(
        "claims_exclusive",
        "claims",
        ["studio_id", "ends"],
        sqlite_where=sa.text('released_at IS NULL AND "exclusive" = 1'),
        postgresql_where=sa.text("released_at IS NULL AND exclusive"),
    )
    op.create_index(
        "claims_of_owner",
        "claims",
        ["studio_id", "owner_id"],
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "one_live_claim",
        "claims",
        ["studio_id", "spot_id", "seat"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "reservations",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mini_id", sa.Text(), nullable=False),
        sa.Column("spot_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("discount", sa.Text(), nullable=True),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("lapses_at", sa.BigInteger(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("package_id", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("booking_id", sa.Text(), nullable=True),
        sa.Column("removed_in_use", sa.Boolean(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'in_use', 'used', 'removed', 'lapsed')", name="reservations_state"),
        sa.ForeignKeyConstraint(["studio_id", "spot_id"], ["spots.studio_id", "spots.id"], name="reservations_spot"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="reservations_key"),
    )
    op.create_index(
        "reservations_lapsing",
        "reservations",
        ["lapses_at"],
        sqlite_where=sa.text("state = 'open' AND lapses_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'open' AND lapses_at IS NOT NULL"),
    )
    op.create_index("reservations_of_client", "reservations", ["studio_id", "client_id"])
    op.create_index("reservations_of_mini", "reservations", ["studio_id", "mini_id"])
    op.create_table(
        "checkouts",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("presumed", sa.Boolean(), nullable=False),
        sa.Column("ask_at", sa.BigInteger(), nullable=True),
        sa.Column("silent_since", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('creating', 'open', 'unknown', 'complete', 'expired')", name="checkouts_state"),
        sa.ForeignKeyConstraint(
            ["studio_id", "booking_id"], ["bookings.studio_id", "bookings.id"], name="checkouts_booking"
        ),
        sa.PrimaryKeyConstraint("studio_id", "id", name="checkouts_key"),
        sa.UniqueConstraint("studio_id", "session_id", name="checkouts_session"),
    )
    op.create_index("checkouts_by_id", "checkouts", ["id"])
    op.create_index("checkouts_of_booking", "checkouts", ["studio_id", "booking_id"])
    op.create_index(
        "checkouts_to_ask",
        "checkouts",
        ["ask_at"],
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )
    op.create_index(
        "checkouts_unheard",
        "checkouts",
        ["expires_at"],
        sqlite_where=sa.text("state IN ('creating', 'open', 'unknown') AND silent_since IS NOT NULL"),
        postgresql_where=sa.text("state IN ('creating', 'open', 'unknown') AND silent_since IS NOT NULL"),
    )
    op.create_index(
        "one_open_checkout",
        "checkouts",
        ["studio_id", "booking_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('creating', 'open', 'unknown')"),
        postgresql_where=sa.text("state IN ('creating', 'open', 'unknown')"),
    )
    op.create_table(
        "payments",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=False),
        sa.Column("checkout_id", sa.Text(), nullable=True),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("choosing_until", sa.BigInteger(), nullable=True),
        sa.Column("ask_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "disposition IN ('honoured', 'choosing', 'manual', 'refund_due', 'refunding', 'refunded', 'refund_failed', "
            "'disputed', 'won', 'lost')",
            name="payments_disposition",
        ),
        sa.CheckConstraint("(how IS NULL) = (ref IS NOT NULL AND checkout_id IS NOT NULL)", name="payments_came"),
        sa.CheckConstraint("how IN ('cash', 'transfer', 'card', 'other')", name="payments_how"),
        sa.ForeignKeyConstraint(
            ["studio_id", "booking_id"], ["bookings.studio_id", "bookings.id"], name="payments_booking"
        ),
        sa.PrimaryKeyConstraint("studio_id", "id", name="payments_key"),
        sa.UniqueConstraint("ref", name="payments_ref"),
        sa.UniqueConstraint("studio_id", "checkout_id", name="payments_checkout"),
        sa.UniqueConstraint("studio_id", "undoes", name="payments_undone_once"),
    )
    op.create_index(
        "payments_choosing",
        "payments",
        ["choosing_until"],
        sqlite_where=sa.text("disposition = 'choosing'"),
        postgresql_where=sa.text("disposition = 'choosing'"),
    )
    op.create_index("payments_of_booking", "payments", ["studio_id", "booking_id"])
    op.create_index(
        "payments_problems",
        "payments",
        ["studio_id", "id"],
        sqlite_where=sa.text("disposition IN ('disputed', 'manual', 'refund_due', 'refund_failed', 'refunding')"),
        postgresql_where=sa.text("disposition IN ('disputed', 'manual', 'refund_due', 'refund_failed', 'refunding')"),
    )
    op.create_index(
        "payments_to_look_at",
        "payments",
        ["ask_at"],
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )
    op.create_table(
        "refunds",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owed_at", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("ask_at", sa.BigInteger(), nullable=True),
        sa.Column("silent_since", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("settled IN ('again', 'elsewhere', 'left')", name="refunds_settled"),
        sa.CheckConstraint("state IN ('due', 'sent', 'done', 'failed')", name="refunds_state"),
        sa.ForeignKeyConstraint(
            ["studio_id", "payment_id"], ["payments.studio_id", "payments.id"], name="refunds_payment"
        ),
        sa.PrimaryKeyConstraint("studio_id", "id", name="refunds_key"),
        sa.UniqueConstraint("studio_id", "key", name="refunds_key_once"),
    )
    op.create_index(
        "refunds_not_back",
        "refunds",
        ["studio_id", "id"],
        sqlite_where=sa.text("ask_at IS NOT NULL OR state = 'failed' AND settled IS NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL OR state = 'failed' AND settled IS NULL"),
    )
    op.create_index("refunds_of_payment", "refunds", ["studio_id", "payment_id"])
    op.create_index(
        "refunds_to_ask",
        "refunds",
        ["ask_at"],
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )
    overlap.enforce(op.get_bind())
    op.execute("INSERT INTO clock (id, shift) VALUES (1, 0)")
