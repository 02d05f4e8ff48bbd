"""The tables of what is said: the talks, what came in, what is to be sent, and the threads of clients and studio.

`outbox` and `remarks` are journals (`storage.tables`).
"""

from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint, and_

from core.messages.records import Sending
from core.messages.remark import Voice
from storage.schema import check, flag, integer, key, metadata, moment, number, points_to, text
from storage.statement import one_of

#: Outbox rows in these states are still to be sent.
UNSENT = (Sending.READY, Sending.RETRY, Sending.AMBIGUOUS, Sending.LEASED)

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
