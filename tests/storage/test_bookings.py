"""Bookings and reservations: compare-and-swap, one live hold, and the lists that the deeds and the clock read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core.booking.booking import Booking, Reason, ReservationState, State
from core.booking.contact import Contact
from core.booking.refusals import HoldElsewhere
from core.minis.mini import AddOn, Share
from core.payments.payment import Disposition, Payment
from core.studio.studio import Tax
from core.values.money import Money
from storage.store import Store
from storage.tables import bookings
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import FALL, LUNA, NINE, a_booking, a_message, a_reservation, at


def add(store: Store, *new: Booking) -> None:
    assert store.do(lambda records: [records.bookings.add(booking) for booking in new]) == [True] * len(new)


def ids(store: Store, read: Callable[..., list[Booking]]) -> list[str]:
    return [booking.id for booking in store.look(read)]


def test_a_booking_comes_back_as_it_was_written(store: Store):
    plain = a_booking()
    snapshot = replace(
        plain.snapshot,
        add_ons=(AddOn(id="print", title="Print", price=Money(1200, "USD")),),
        premium_minor=500,
        discount=Share(percent_hundredths=2000),
        outside=True,
        tax=Tax(name="VAT", rate_hundredths=2000, inclusive=True),
    )
    full = replace(
        plain,
        snapshot=snapshot,
        add_ons=(("print", 2),),
        contact=Contact("Ana Ruiz", "ana@mail.com", "+13125550188"),
        reservation_id="gran's",
        reason=Reason.GIVEN_UP,
        ended_at=NINE + timedelta(microseconds=1),
        state=State.EXPIRED,
        extended=True,
        places=3,
        attempt=4,
        sequence=2,
        version=7,
    )
    other = a_booking(id="other", code="LP-1001")
    add(store, full, other)

    assert store.look(lambda records: records.bookings.one(LUNA, "booking")) == full
    assert store.look(lambda records: records.bookings.by_code(LUNA, "LP-1001")) == other
    assert store.look(lambda records: records.bookings.one("another studio", "booking")) is None
    assert store.look(lambda records: records.bookings.by_code(LUNA, "LP-9999")) is None


def test_a_code_belongs_to_one_booking_of_the_studio(store: Store):
    add(store, a_booking())

    assert store.do(lambda records: records.bookings.add(a_booking(id="other", client_id="ben"))) is False
    assert store.look(lambda records: records.bookings.one(LUNA, "other")) is None


@pytest.mark.rule("F10")
def test_a_second_live_hold_in_the_mini_is_refused(store: Store):
    add(store, a_booking())

    with pytest.raises(HoldElsewhere):
        store.do(lambda records: records.bookings.add(a_booking(id="other", code="LP-1001")))
    add(store, a_booking(id="ben's", code="LP-1002", client_id="ben"))


@pytest.mark.rule("F10")
@pytest.mark.parametrize("state", [State.HELD, State.PAYING, State.RELEASING])
def test_whatever_may_still_become_a_booking_counts_as_the_live_hold(store: Store, state: State):
    add(store, a_booking(state=state))

    with pytest.raises(HoldElsewhere):
        store.do(lambda records: records.bookings.add(a_booking(id="other", code="LP-1001")))


@pytest.mark.rule("E1")
def test_a_preview_stands_beside_a_hold_but_not_beside_a_preview(store: Store):
    add(store, a_booking(), a_booking(id="preview", code="LP-1001", preview=True))

    with pytest.raises(HoldElsewhere):
        store.do(lambda records: records.bookings.add(a_booking(id="other", code="LP-1002", preview=True)))


@pytest.mark.rule("F10")
def test_a_booking_that_comes_back_to_life_meets_the_live_hold(store: Store):
    expired = a_booking(id="old", code="LP-1001", state=State.EXPIRED)
    add(store, a_booking(), expired)

    with pytest.raises(HoldElsewhere):
        store.do(lambda records: records.bookings.change(expired, replace(expired, state=State.HELD)))


@pytest.mark.rule("F10")
def test_a_second_live_hold_by_raw_sql_is_refused(store: Store, database_url: str):
    add(store, a_booking())
    (row,) = raw.rows(database_url, bookings.select())
    copy = row._asdict() | {"id": "copy", "code": "LP-1001"}

    with pytest.raises(IntegrityError):
        raw.execute(database_url, insert(bookings).values(copy))
    raw.execute(database_url, "DROP INDEX one_live_hold", insert(bookings).values(copy))


def test_a_booking_is_changed_only_as_it_was_read(store: Store):
    old = a_booking()
    add(store, old)
    moved = replace(at(old, NINE + timedelta(hours=1)), spot_id="spot2", extended=True)

    changed = store.do(lambda records: records.bookings.change(old, moved))

    assert changed is not None
    assert changed == replace(moved, version=2)
    assert store.do(lambda records: records.bookings.change(old, replace(old, places=2))) is None
    wrong_state = replace(changed, state=State.CONFIRMED)
    assert store.do(lambda records: records.bookings.change(wrong_state, wrong_state)) is None
    assert store.look(lambda records: records.bookings.one(LUNA, old.id)) == changed


def test_a_client_sees_what_lives_in_the_mini_and_the_last_that_expired(store: Store):
    def expired(number: int, ended_at: datetime) -> Booking:
        return a_booking(id=f"expired{number}", code=f"LP-2{number}", state=State.EXPIRED, ended_at=ended_at)

    add(
        store,
        at(a_booking(), NINE + timedelta(hours=3)),
        at(a_booking(id="done", code="LP-1", state=State.DONE), NINE + timedelta(hours=1)),
        a_booking(id="cancelled", code="LP-2", state=State.CANCELLED, ended_at=NINE),
        at(expired(0, NINE), NINE + timedelta(hours=2)),
        expired(1, NINE - timedelta(hours=1)),
        a_booking(id="ben's", code="LP-3", client_id="ben"),
        a_booking(id="elsewhere", code="LP-4", mini_id="winter"),
    )

    assert ids(store, lambda records: records.bookings.of_client_in_mini(LUNA, FALL, "ana")) == [
        "done",
        "expired0",
        "booking",
    ]


def test_a_clients_bookings_are_the_confirmed_ones_and_those_with_a_choice_by_start(store: Store):
    add(
        store,
        a_booking(),
        at(a_booking(id="late", code="LP-1", state=State.CONFIRMED), NINE + timedelta(hours=2)),
        at(a_booking(id="early", code="LP-2", state=State.NO_SHOW, mini_id="winter"), NINE + timedelta(hours=1)),
        a_booking(id="preview", code="LP-3", state=State.DONE, preview=True),
        a_booking(id="too_late", code="LP-4", state=State.EXPIRED, mini_id="winter"),
        a_booking(id="back", code="LP-5", state=State.EXPIRED, mini_id="winter"),
    )
    for booking_id, fate in (("too_late", Disposition.CHOOSING), ("back", Disposition.REFUNDED)):
        payment = Payment(
            id=f"of_{booking_id}",
            studio_id=LUNA,
            booking_id=booking_id,
            amount=Money(15000, "USD"),
            captured_at=NINE,
            disposition=fate,
            checkout_id=f"page_{booking_id}",
            ref=f"pi_{booking_id}",
        )
        store.do(lambda records, payment=payment: records.payments.add(payment))

    assert ids(store, lambda records: records.bookings.of_client(LUNA, "ana")) == ["too_late", "early", "late"]
    assert ids(store, lambda records: records.bookings.of_mini(LUNA, FALL)) == ["booking", "preview", "late"]


@pytest.mark.rule("G4")
def test_holds_are_over_by_the_databases_clock_the_oldest_first(store: Store):
    now = store.look(lambda records: records.now)
    minute = timedelta(minutes=1)
    add(
        store,
        a_booking(id="second", code="LP-1", hold_until=now - minute),
        a_booking(id="first", code="LP-2", client_id="ben", hold_until=now - 2 * minute),
        a_booking(id="live", code="LP-3", mini_id="winter", hold_until=now + 5 * minute),
        a_booking(id="done", code="LP-4", state=State.DONE, hold_until=now - minute),
    )

    assert ids(store, lambda records: records.bookings.holds_over(9)) == ["first", "second"]
    assert ids(store, lambda records: records.bookings.holds_over(1)) == ["first"]
    ends = store.look(lambda records: records.bookings.live_hold_ends())
    assert ends == [now - 2 * minute, now - minute, now + 5 * minute]

    store.do(lambda records: records.clock.shift(timedelta(minutes=6)))
    assert ids(store, lambda records: records.bookings.holds_over(9)) == ["first", "second", "live"]


def test_sessions_are_over_when_the_shoot_has_ended(store: Store):
    now = store.look(lambda records: records.now)
    add(
        store,
        at(a_booking(id="over", code="LP-1", state=State.CONFIRMED), now - timedelta(minutes=21)),
        at(a_booking(id="shooting", code="LP-2", state=State.CONFIRMED), now - timedelta(minutes=10)),
    )

    assert ids(store, lambda records: records.bookings.sessions_over(9)) == ["over"]


# -- reservations ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("D1")
def test_a_reservation_comes_back_as_it_was_written(store: Store):
    full = a_reservation(
        note="Grandma Liu",
        discount=Share(amount=Money(3000, "USD")),
        outside=True,
        lapses_at=NINE,
        client_id="ana",
        booking_id="booking",
        removed_in_use=True,
        link_generation=3,
        state=ReservationState.IN_USE,
    )
    other = a_reservation(id="second")
    store.do(lambda records: [records.reservations.add(full), records.reservations.add(other)])

    assert store.look(lambda records: records.reservations.one(LUNA, "reservation")) == full
    assert store.look(lambda records: records.reservations.of_mini(LUNA, FALL)) == [full, other]
    assert store.look(lambda records: records.reservations.of_client(LUNA, "ana")) == [full]
    assert store.look(lambda records: records.reservations.one(LUNA, "third")) is None


def test_a_reservation_is_changed_only_as_it_was_read(store: Store):
    old = a_reservation()
    store.do(lambda records: records.reservations.add(old))

    changed = store.do(lambda records: records.reservations.change(old, replace(old, note="Gran")))

    assert changed == replace(old, note="Gran", version=2)
    assert store.do(lambda records: records.reservations.change(old, replace(old, note="Late"))) is None
    assert store.look(lambda records: records.reservations.one(LUNA, old.id)) == changed


@pytest.mark.rule("D4")
def test_only_open_reservations_whose_end_has_come_are_over(store: Store):
    past = store.look(lambda records: records.now) - timedelta(minutes=1)
    store.do(
        lambda records: [
            records.reservations.add(one)
            for one in (
                a_reservation(id="over", lapses_at=past),
                a_reservation(id="in use", lapses_at=past, state=ReservationState.IN_USE),
                a_reservation(id="later", lapses_at=NINE),
                a_reservation(id="endless"),
            )
        ]
    )

    assert [one.id for one in store.look(lambda records: records.reservations.over(9))] == ["over"]


# -- the clock ---------------------------------------------------------------------------------------------------------


def test_nothing_waits_in_an_empty_studio(store: Store):
    assert store.look(lambda records: records.clock.next_deadline()) is None


def test_the_next_deadline_is_whatever_comes_first(store: Store):
    hour = timedelta(hours=1)
    add(store, at(a_booking(state=State.CONFIRMED), NINE))
    due = [store.look(lambda records: records.clock.next_deadline())]
    store.do(lambda records: records.reservations.add(a_reservation(lapses_at=NINE - hour)))
    due.append(store.look(lambda records: records.clock.next_deadline()))
    add(store, a_booking(id="held", code="LP-1", hold_until=NINE - 2 * hour))
    due.append(store.look(lambda records: records.clock.next_deadline()))
    store.do(lambda records: records.outbox.add(LUNA, [a_message("k", not_before=NINE - 3 * hour)]))
    due.append(store.look(lambda records: records.clock.next_deadline()))

    assert due == [NINE + timedelta(minutes=20), NINE - hour, NINE - 2 * hour, NINE - 3 * hour]


def test_an_idle_tick_is_one_statement(store: Store):
    def tick(records: Unit):
        records.clock.next_deadline()
        assert records.now
        return records.statements

    assert store.look(tick) == 1


def test_the_time_is_read_once_a_unit_and_moves_with_the_shift(store: Store):
    def twice(records: Unit):
        first = records.now
        return first, records.now, records.statements

    first, second, statements = store.look(twice)
    store.do(lambda records: records.clock.shift(timedelta(days=3)))
    later = store.look(lambda records: records.now)

    assert first == second
    assert statements == 1
    assert timedelta(days=3) <= later - first < timedelta(days=3, minutes=5)
