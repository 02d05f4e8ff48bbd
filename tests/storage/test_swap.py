"""Compare-and-swap: whichever field changes comes to the row, and whoever comes second writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select

from core.booking.booking import Reason, ReservationState, State
from core.booking.contact import Contact
from core.minis.mini import AddOn, Share
from core.payments.checkout import CheckoutState
from core.payments.payment import Disposition, Payment, Refund, Settled, Why
from core.payments.till import RefundState
from core.values.money import Money
from storage.money_tables import checkouts, payments, refunds
from storage.records import bookings as of_bookings
from storage.records import checkouts as of_checkouts
from storage.records import payments as of_payments
from storage.records import refunds as of_refunds
from storage.records import reservations as of_reservations
from storage.records.swap import Swap
from storage.store import Store
from storage.tables import bookings, reservations
from storage.unit import Unit
from tests.bots.tills import a_checkout
from tests.storage import raw
from tests.storage.builders import LUNA, MINI_PACKAGE, NINE, a_booking, a_reservation, at

LATER = NINE + timedelta(hours=1)
PRINT = AddOn(id="print", title="Print", price=Money(1200, "USD"), most=2)
LONG = replace(MINI_PACKAGE, id="long", fee=Money(25000, "USD"))
ANA = Contact("Ana Ruiz", "ana@mail.com", "+13125550188")

_plain = a_booking()
HELD = replace(
    _plain,
    snapshot=replace(_plain.snapshot, packages=(MINI_PACKAGE, LONG), add_ons=(PRINT,)),
)
MADE = replace(HELD, state=State.CONFIRMED)
CHECKOUT = replace(a_checkout(), booking_id=HELD.id)
PAYMENT = Payment(
    id="payment",
    studio_id=LUNA,
    booking_id=HELD.id,
    checkout_id=CHECKOUT.id,
    ref="pi_1",
    amount=Money(15000, "USD"),
    captured_at=NINE,
    disposition=Disposition.HONOURED,
)
REFUND = Refund(
    id="refund",
    studio_id=LUNA,
    payment_id=PAYMENT.id,
    key="key",
    amount=Money(4000, "USD"),
    state=RefundState.DUE,
    owed_at=NINE,
)


@dataclass(frozen=True)
class Kind:
    """A thing, and the same with every field changed that may change."""

    old: Any
    other: Any
    table: Table
    swap: Swap[Any]
    area: Callable[[Unit], Any]
    #: The fields that are written once.
    lasting: set[str]
    #: What its row points to.
    points_to: tuple[Any, ...] = ()


BOOKING = Kind(
    HELD,
    replace(
        HELD,
        snapshot=replace(at(HELD, LATER).snapshot, premium_minor=500),
        mini_id="spring",
        spot_id="spot2",
        state=State.RELEASING,
        package_id="long",
        hold_until=LATER,
        extended=True,
        add_ons=((PRINT.id, 2),),
        places=2,
        contact=ANA,
        filled_in=True,
        reservation_id="gran's",
        reason=Reason.GIVEN_UP,
        ended_at=LATER,
        keeps_minor=500,
        noted=State.EXPIRED,
        noted_spot_id="spot3",
        attempt=2,
        sequence=3,
    ),
    bookings,
    of_bookings._SWAP,
    lambda records: records.bookings,
    {"studio_id", "id", "client_id", "code", "began_at", "preview"},
)
KINDS = {
    "a hold": BOOKING,
    "what is booked": replace(BOOKING, old=MADE, other=replace(BOOKING.other, state=State.CANCELLED)),
    "a checkout": Kind(
        CHECKOUT,
        replace(
            CHECKOUT,
            state=CheckoutState.OPEN,
            session_id="cs_1",
            url="https://checkout.stripe.com/c/pay",
            closing=True,
            presumed=True,
            ask_at=LATER,
            silent_since=LATER,
        ),
        checkouts,
        of_checkouts._SWAP,
        lambda records: records.checkouts,
        {"studio_id", "id", "booking_id", "attempt", "order", "key", "created_at", "till"},
        (HELD,),
    ),
    "a payment": Kind(
        PAYMENT,
        replace(PAYMENT, disposition=Disposition.CHOOSING, why=Why.EARLIER, choosing_until=LATER, ask_at=LATER),
        payments,
        of_payments._SWAP,
        lambda records: records.payments,
        {
            *("studio_id", "id", "booking_id", "checkout_id", "ref", "till", "amount", "captured_at"),
            *("how", "paid_on", "undoes"),
        },
        (HELD,),
    ),
    "a refund": Kind(
        REFUND,
        replace(
            REFUND,
            state=RefundState.FAILED,
            ref="re_1",
            asked_at=LATER,
            ask_at=LATER,
            silent_since=LATER,
            error="expired card",
            settled=Settled.LEFT,
            settled_by="entry",
        ),
        refunds,
        of_refunds._SWAP,
        lambda records: records.refunds,
        {"studio_id", "id", "payment_id", "key", "amount", "owed_at"},
        (HELD, PAYMENT),
    ),
    "a reservation": Kind(
        a_reservation(),
        a_reservation(
            state=ReservationState.IN_USE,
            note="Gran",
            discount=Share(percent_hundredths=1000),
            outside=True,
            lapses_at=LATER,
            contact=ANA,
            package_id="mini",
            client_id="ana",
            booking_id="booking",
            removed_in_use=True,
            link_generation=2,
        ),
        reservations,
        of_reservations._SWAP,
        lambda records: records.reservations,
        {"studio_id", "id", "mini_id", "spot_id"},
    ),
}


def write(store: Store, *things: Any) -> None:
    for thing in things:
        kind = next(kind for kind in KINDS.values() if isinstance(thing, type(kind.old)))
        store.do(lambda records, kind=kind, thing=thing: kind.area(records).add(thing))


def row_of(url: str, kind: Kind) -> dict[str, Any]:
    """What the row says that a change may touch."""
    (row,) = raw.rows(url, select(kind.table).where(kind.table.c.id == kind.old.id))
    return {column: row._mapping[column] for column in kind.swap.values(kind.old)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_but_the_lasting_ones_is_changed_here(kind: Kind):
    names = (field.name for field in fields(kind.old))

    assert {name for name in names if getattr(kind.old, name) != getattr(kind.other, name)} == changing(kind)


def changing(kind: Kind) -> set[str]:
    return {field.name for field in fields(kind.old)} - kind.lasting - {"version"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_field_that_changes_alone_comes_to_the_row(store: Store, database_url: str, kind: Kind):
    write(store, *kind.points_to, kind.old)
    for field in changing(kind):
        facts = {field: getattr(kind.other, field)}

        written = store.do(lambda records, facts=facts: change(kind, records, **facts))

        assert written == replace(kind.old, **facts, version=written.version)
        assert store.look(lambda records: kind.area(records).one(LUNA, kind.old.id)) == written
        assert row_of(database_url, kind) == kind.swap.values(written), field
        store.do(lambda records, written=written: kind.area(records).change(written, kind.old))


def change(kind: Kind, records: Unit, **facts: Any) -> Any:
    read = kind.area(records).one(LUNA, kind.old.id)
    return kind.area(records).change(read, replace(read, **facts))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_whoever_comes_second_writes_nothing(store: Store, database_url: str, kind: Kind):
    write(store, *kind.points_to, kind.old)
    changed = store.do(lambda records: kind.area(records).change(kind.old, kind.other))
    elsewhere = replace(changed, **{kind.swap._state: getattr(kind.old, kind.swap._state)})

    for old in (kind.old, replace(changed, version=1), elsewhere):
        assert store.do(lambda records, old=old: kind.area(records).change(old, kind.old)) is None

    assert row_of(database_url, kind) == kind.swap.values(changed)
