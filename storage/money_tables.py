"""The tables of money: pages to pay at, what came in, what goes back, and the studios' own keys of their tills."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint, and_, case, or_

from core.payments.checkout import ALERT_AFTER, HARD_CAP, PAYABLE, CheckoutState
from core.payments.payment import PROBLEMS, Disposition, How, Settled
from core.payments.till import RefundState
from storage.schema import check, flag, integer, key, length, metadata, moment, points_to, text
from storage.statement import one_of, word

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
