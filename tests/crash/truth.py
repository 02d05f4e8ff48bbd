"""What is durable, read from the database without the program: what was kept must be told from what was said."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from core.booking.booking import Holder
from core.payments.till import TILL
from storage.message_tables import inbox, outbox
from storage.money_tables import checkouts, payments, refunds
from storage.tables import LIVE, bookings, claims, history
from tests.storage.raw import connected


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that a story leaves behind, without ids and times."""

    #: (state, extended) of each booking.
    bookings: list[tuple[str, bool]]
    #: Live claims by what holds them.
    claims: dict[str, int]
    released: int
    #: What happened, and how often.
    history: dict[str, int]
    #: Messages by their kind.
    outbox: dict[str, int]
    #: (state, presumed) of each payment page.
    checkouts: list[tuple[str, bool]]
    #: (disposition, cents) of each payment.
    payments: list[tuple[str, int]]
    #: (state, cents) of each refund.
    refunds: list[tuple[str, int]]

    def without(self, names: Set[str]) -> "Truth":
        """The same, but for history and messages of these names."""
        return replace(
            self,
            history={name: count for name, count in self.history.items() if name not in names},
            outbox={name: count for name, count in self.outbox.items() if name not in names},
        )


def truth_of(database: str) -> Truth:
    with connected(database) as connection:

        def counted(column: object, *where: object) -> dict[str, int]:
            return dict(Counter(connection.execute(select(column).where(*where)).scalars()))  # pyright: ignore[reportArgumentType, reportCallIssue]

        return Truth(
            bookings=sorted((row.state, bool(row.extended)) for row in connection.execute(select(bookings))),
            claims=counted(claims.c.holder, LIVE),
            released=connection.execute(select(func.count()).select_from(claims).where(~LIVE)).scalar_one(),
            history=counted(history.c.what),
            outbox=counted(outbox.c.kind),
            checkouts=sorted((row.state, bool(row.presumed)) for row in connection.execute(select(checkouts))),
            payments=sorted((row.disposition, row.minor) for row in connection.execute(select(payments))),
            refunds=sorted((row.state, row.minor) for row in connection.execute(select(refunds))),
        )


def taken_updates(database: str) -> tuple[set[str], list[str]]:
    """The keys of all chat updates that were dealt with, and the errors of those that could not be."""
    with connected(database) as connection:
        rows = connection.execute(select(inbox).where(inbox.c.source != TILL)).fetchall()
    return {row.key for row in rows}, [row.error for row in rows if row.error]


def claims_of_bookings(truth: Truth) -> int:
    return truth.claims.get(Holder.BOOKING.value, 0)
