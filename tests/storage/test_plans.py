"""Growth: what is read on every tap and tick finds its rows by an index, however many past rows there are."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import bindparam, make_url, select

from storage.records import (
    bookings,
    checkouts,
    claims,
    clients,
    clock,
    inbox,
    links,
    minis,
    outbox,
    payments,
    refunds,
    reservations,
    spots,
    talks,
    threads,
    till_keys,
)
from storage.statement import Statement
from storage.store import Store
from tests.storage import raw

STATEMENTS: dict[str, Statement] = {
    "the offer of a spot": spots._OFFER,
    "the list of spots": spots._LIST,
    "every spot of a mini": spots._OF_MINI,
    "the studio's spots ahead": spots._OF_STUDIO,
    "the spots of a day": spots._OF_DAY,
    "the studio's spots of a time": spots._BETWEEN,
    "a day kept for a change": spots._KEEP_DAY,
    "the client's bookings in the mini": bookings._OF_CLIENT_IN_MINI,
    "the client's bookings": bookings._OF_CLIENT,
    "who has seats in the mini": bookings._SEATED,
    "who has seats on the day": bookings._SEATED_ON_DAY,
    "who comes after a moment": bookings._SEATED_AFTER,
    "bookings by their words": bookings._FIND,
    "minis with their numbers": minis._ROWS,
    "a day": minis._DAY,
    "a day's change": minis._CHANGE_DAY,
    "a spot": spots._ONE,
    "a spot's change": spots._CHANGE,
    "a booking": bookings._ONE,
    "a booking by its code": bookings._BY_CODE,
    "a booking's change": bookings._SWAP.statement,
    "paid bookings that their clients cancelled": bookings._CANCELLED_PAID,
    "payments of these": payments._OF_CANCELLED_PAID,
    "refunds of these": refunds._OF_CANCELLED_PAID,
    "holds over": bookings._HOLDS_OVER,
    "sessions over": bookings._SESSIONS_OVER,
    "the ends of live holds": bookings._LIVE_HOLD_ENDS,
    "reservations over": reservations._OVER,
    "the client's reservations": reservations._OF_CLIENT,
    "seats taken": claims._TAKE,
    "the only seat taken": claims._TAKE_THE_ONLY_SEAT,
    "whether there is room": claims._ROOM,
    "seats given back": claims._RELEASE_ALL,
    "some seats given back": claims._RELEASE_HIGHEST,
    "seats handed on": claims._REOWN,
    "a client by identity": clients._BY_IDENTITY,
    "a link": links._FIND,
    "a turn's opening": talks._OPEN,
    "the client's talk": talks._OF_CLIENT,
    "a talk's saving": talks._SAVE,
    "unshown talks": talks._UNSHOWN,
    "the inbox": inbox._TAKE,
    "what the inbox need not keep": inbox._FORGET,
    "the outbox's lease": outbox._LEASE,
    "the outbox's settling": outbox._SETTLE,
    "superseding": outbox._SUPERSEDE,
    "what was replied to": outbox._SENT,
    "a remark": threads._ONE,
    "the end of a thread": threads._LATEST,
    "what nobody has answered": threads._UNANSWERED,
    "the next deadline": clock._NEXT,
    "a page": checkouts._ONE,
    "the booking's newest page": checkouts._NEWEST,
    "a page's change": checkouts._SWAP.statement,
    "pages to ask about": checkouts._DUE,
    "a hint about a page": checkouts._HINT,
    "pages past the hard cap": checkouts._CAPPED,
    "a payment": payments._ONE,
    "the payments of a booking": payments._OF_BOOKING,
    "what stands for the bookings of a mini": payments._KEPT_IN,
    "the reservations of a mini": reservations._OF_MINI,
    "whether money is undecided": payments._PENDING,
    "choices in a mini": payments._CHOOSING_IN,
    "choices over": payments._CHOICES_OVER,
    "payments that somebody must see to": payments._PROBLEMS,
    "a payment's change": payments._SWAP.statement,
    "payments to look at": payments._DUE,
    "a hint about a payment": payments._HINT,
    "a refund": refunds._ONE,
    "the refunds of a payment": refunds._OF_PAYMENT,
    "a refund's change": refunds._SWAP.statement,
    "a reservation's change": reservations._SWAP.statement,
    "refunds to ask for": refunds._DUE,
    "the studio's own key": till_keys._PRESENT,
    "the newest page of each till": till_keys._NEWEST_PAGES,
}
#: One row, or made of the statement itself.
SMALL = {"clock", "seats", "lapses", "CONSTANT"}


_NUMBERS = {
    *(
        "begins",
        "most",
        "wanted",
        "seats",
        "now",
        "until",
        "before",
        "after",
        "starts",
        "ends",
        "claimed_at",
        "taken_at",
    ),
    *(
        "lapses_since",
        "released_at",
        "read_revision",
        "read_shown",
        "revision",
        "used_at",
        "old_version",
        "not_before",
        "row_id",
    ),
    *(
        "places",
        "hold_until",
        "ended_at",
        "attempt",
        "sequence",
        "version",
        "premium_minor",
        "total_minor",
        "keeps_minor",
    ),
    *("ask_at", "asked_at", "silent_since", "choosing_until", "remark_id", "since", "lapses_at", "link_generation"),
}
_FLAGS = {
    "exclusive",
    "extended",
    "filled_in",
    "over_too",
    "closed",
    "removed",
    "closing",
    "presumed",
    "outside",
    "removed_in_use",
}


@pytest.fixture
def scans(bare_store: Store, database_url: str) -> Callable[[Statement], list[str]]:
    """The tables that a statement reads from end to end."""
    on_sqlite = make_url(database_url).get_backend_name() == "sqlite"

    def read(statement: Statement) -> list[str]:
        text = statement.text("sqlite" if on_sqlite else "postgresql")
        names = re.findall(r":(\w+)" if on_sqlite else r"%\((\w+)\)s", text)
        parameters = {name: _a_value(name) for name in names}
        with raw.connected(database_url) as connection:
            if on_sqlite:
                return _sqlite_scans(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", parameters).fetchall())
            # The planner would scan tables as small as a test's, if it might.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {text}", parameters).scalar_one()
            return _postgres_scans(plan[0]["Plan"])

    return read


def _a_value(name: str) -> str | int | bool:
    return 1 if name in _NUMBERS else True if name in _FLAGS else "x"


def _sqlite_scans(rows: Sequence[Any]) -> list[str]:
    """Tables read from end to end: SCAN without an index."""
    scans = [row.detail.split() for row in rows if row.detail.startswith("SCAN")]
    return [words[1] for words in scans if words[1] not in SMALL and "USING" not in words]


def _postgres_scans(node: dict[str, Any]) -> list[str]:
    here = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" and node["Relation Name"] not in SMALL else []
    return here + [scan for child in node.get("Plans", []) for scan in _postgres_scans(child)]


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_table_is_read_from_end_to_end(name: str, scans: Callable[[Statement], list[str]]):
    assert scans(STATEMENTS[name]) == []


@pytest.mark.parametrize("name", ["the list of spots", "the studio's spots ahead"])
def test_spots_ahead_are_found_without_going_through_the_past(name: str, migrated_sqlite_url: str):
    with raw.connected(migrated_sqlite_url) as connection:
        text = f"EXPLAIN QUERY PLAN {STATEMENTS[name].text('sqlite')}"
        rows = connection.exec_driver_sql(text, {"studio_id": "x", "mini_id": "x", "after": 1}).fetchall()

    assert [row.detail for row in rows if row.detail.startswith("SEARCH spots")] == [
        "SEARCH spots USING INDEX spots_of_mini (studio_id=? AND mini_id=? AND starts>?)"
    ]


def test_a_statement_without_an_index_is_found_out(scans: Callable[[Statement], list[str]]):
    by_package = select(bookings.bookings).where(bookings.bookings.c.package_id == bindparam("package_id"))

    assert scans(Statement(by_package)) == ["bookings"]
