"""Money that the till never saw: marked by hand, partly or fully, with its date; undone by a second entry (H5)."""

from datetime import date, timedelta

import pytest

from core.booking.booking import Booking, State
from core.payments.payment import How
from core.payments.refusals import (
    MoreThanDue,
    MoreThanPaid,
    NoAmount,
    NotBooked,
    NotUndoable,
    OtherCurrency,
    PaidInFuture,
)
from core.values.money import Money
from storage.store import Store
from tests.builders import TODAY, dollars
from tests.core.house import House
from tests.core.meeting import Deed, meet
from tests.core.payments.ledger import booked_outside, figures, mark, paid_online, with_retainer
from tests.core.payments.shop import Shop

pytestmark = pytest.mark.rule("H5")


def test_what_was_paid_by_hand_is_an_entry_and_the_rest_stays_due(shop: Shop):
    booking = booked_outside(shop)

    marked = shop.by_owner(lambda desk: desk.mark_paid(booking.id, dollars(80), How.TRANSFER, date(2026, 11, 20)))

    entry = shop.payment(booking)
    assert (entry.amount, entry.how, entry.paid_on) == (dollars(80), How.TRANSFER, date(2026, 11, 20))
    assert (entry.disposition, entry.checkout_id, entry.ref, entry.outside) == ("honoured", None, "", True)
    assert (marked.state, figures(shop, booking)) == (State.CONFIRMED, (80, 0, 0, 70, 0))
    assert shop.notes()[-1] == ("marked_paid", booking.id)


def test_without_a_date_it_was_paid_today_where_the_studio_is(shop: Shop):
    booking = booked_outside(shop)
    shop.wait(timedelta(hours=3))  # 9:17 PM in Chicago: tomorrow already in UTC

    mark(shop, booking, 150)

    assert shop.payment(booking).paid_on == TODAY.date()
    assert figures(shop, booking) == (150, 0, 0, 0, 0)


def test_the_balance_of_a_retainer_is_paid_by_hand(shop: Shop):
    booking = with_retainer(shop)

    mark(shop, booking, 100)

    assert [one.outside for one in shop.payments(booking)] == [False, True]
    assert figures(shop, booking) == (150, 0, 0, 0, 50)


def test_no_more_is_marked_than_is_due_and_the_refusal_says_how_much_that_is(shop: Shop):
    booking = with_retainer(shop)

    with pytest.raises(MoreThanDue) as refused:
        mark(shop, booking, 101)

    assert refused.value.facts == {"due": dollars(100)}
    mark(shop, booking, 60)
    with pytest.raises(MoreThanDue) as refused:
        mark(shop, booking, 41)
    assert refused.value.facts == {"due": dollars(40)}
    mark(shop, booking, 40)


@pytest.mark.parametrize(
    ("amount", "on", "refusal"),
    [
        (Money(0, "USD"), None, NoAmount),
        (Money(-100, "USD"), None, NoAmount),
        (Money(100, "EUR"), None, OtherCurrency),
        (dollars(1), TODAY.date() + timedelta(days=1), PaidInFuture),
    ],
)
def test_what_cannot_have_been_paid_is_refused(shop: Shop, amount: Money, on: date | None, refusal: type[Exception]):
    booking = booked_outside(shop)
    mark(shop, booking, 50)

    with pytest.raises(refusal):
        shop.by_owner(lambda desk: desk.mark_paid(booking.id, amount, How.CASH, on))
    with pytest.raises(refusal):
        shop.by_owner(lambda desk: desk.mark_returned(booking.id, amount, How.CASH, on))

    assert figures(shop, booking) == (50, 0, 0, 100, 0)


def test_a_hold_or_a_cancelled_booking_is_not_paid_by_hand(shop: Shop):
    booking = booked_outside(shop)
    held = shop.hold("ben", shop.spots_of_day(shop.spot(booking.spot_id))[1])
    shop.by_owner(lambda desk: desk.cancel(booking.id))

    for one in (held, booking):
        with pytest.raises(NotBooked):
            mark(shop, one, 10)
    with pytest.raises(NotBooked):
        shop.by_owner(lambda desk: desk.mark_returned(held.id, dollars(10), How.CASH))


def test_after_the_shoot_it_can_still_be_marked(shop: Shop):
    booking = booked_outside(shop)
    shop.wait(booking.snapshot.ends - shop.now())
    House.tick(shop)
    assert shop.booking(booking).state is State.DONE

    mark(shop, booking, 150)

    assert figures(shop, booking) == (150, 0, 0, 0, 0)


# -- undone --


def test_undoing_is_a_second_entry_and_the_ledger_keeps_both(shop: Shop):
    booking = booked_outside(shop)
    first = mark(shop, booking, 80)

    shop.by_owner(lambda desk: desk.undo_paid(first))

    entry, undoing = shop.payments(booking)
    assert (entry.id, entry.amount, entry.version) == (first, dollars(80), 1)
    assert (undoing.undoes, undoing.amount, undoing.how) == (first, dollars(-80), How.CASH)
    assert figures(shop, booking) == (0, 0, 0, 150, 0)
    mark(shop, booking, 150)


def test_an_entry_is_undone_once_and_what_undid_it_never(shop: Shop):
    booking = booked_outside(shop)
    first = mark(shop, booking, 80)
    shop.by_owner(lambda desk: desk.undo_paid(first))

    for entry in shop.payments(booking):
        with pytest.raises(NotUndoable):
            shop.by_owner(lambda desk, id=entry.id: desk.undo_paid(id))

    assert len(shop.payments(booking)) == 2


def test_what_the_till_took_is_not_undone(shop: Shop):
    booking = paid_online(shop)

    with pytest.raises(NotUndoable):
        shop.by_owner(lambda desk: desk.undo_paid(shop.payment(booking).id))


# -- given back by hand --


def test_what_was_given_back_by_hand_is_an_entry_too(shop: Shop):
    booking = booked_outside(shop)
    mark(shop, booking, 150)

    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(30), How.CASH))

    assert figures(shop, booking) == (150, 30, 0, 0, 0), "nobody asks for it again"
    (returned,) = (one.id for one in shop.payments(booking) if one.amount.minor < 0)
    shop.by_owner(lambda desk: desk.undo_paid(returned))
    assert figures(shop, booking) == (150, 0, 0, 0, 0)


def test_what_went_back_may_be_paid_anew(shop: Shop):
    booking = with_retainer(shop)
    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(50), How.CASH))

    mark(shop, booking, 150)

    assert figures(shop, booking) == (200, 50, 0, 0, 50)


def test_no_more_is_given_back_or_undone_than_the_booking_holds(shop: Shop):
    booking = booked_outside(shop)
    first = mark(shop, booking, 80)
    with pytest.raises(MoreThanPaid) as refused:
        shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(81), How.CASH))
    assert refused.value.facts == {"paid": dollars(80)}
    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(30), How.CASH))

    with pytest.raises(MoreThanPaid):
        shop.by_owner(lambda desk: desk.undo_paid(first))

    returned = shop.payments(booking)[-1].id
    mark(shop, booking, 100)
    with pytest.raises(MoreThanDue):
        shop.by_owner(lambda desk: desk.undo_paid(returned))
    assert figures(shop, booking) == (180, 30, 0, 0, 0)


def test_cash_of_a_cancelled_booking_is_given_back_and_marked(shop: Shop):
    booking = booked_outside(shop)
    mark(shop, booking, 150)
    shop.by("ana", lambda desk: desk.cancel(booking.id))
    assert shop.alerts() == ["alert_cancelled_paid"]

    shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(150), How.CASH))

    assert figures(shop, booking) == (150, 150, 0, 0, 0)


def test_a_cancelled_booking_alerts_of_no_money_that_was_undone(shop: Shop):
    booking = booked_outside(shop)
    first = mark(shop, booking, 150)
    shop.by_owner(lambda desk: desk.undo_paid(first))

    shop.by("ana", lambda desk: desk.cancel(booking.id))

    assert shop.alerts() == []


# -- at the same moment --

GUARDS = (" AND bookings.version = %(old_version)s::INTEGER", " AND bookings.state = %(old_state)s::VARCHAR")


def marking(booking: Booking, amount: int) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.mark_paid(booking.id, dollars(amount), How.CASH))


def undoing(entry: str) -> Deed:
    return lambda house: house.by_owner(lambda desk: desk.undo_paid(entry))


def test_two_who_mark_at_once_mark_no_more_than_is_due(shop: Shop):
    booking = booked_outside(shop)

    met = meet(shop, marking(booking, 100), "INSERT INTO payments", marking(booking, 100))

    assert isinstance(met.second, MoreThanDue), met.second
    assert met.second.facts == {"due": dollars(50)}
    assert figures(shop, booking) == (100, 0, 0, 50, 0)


def test_two_who_undo_at_once_undo_once(shop: Shop):
    booking = booked_outside(shop)
    entry = mark(shop, booking, 80)

    met = meet(shop, undoing(entry), "INSERT INTO payments", undoing(entry))

    assert isinstance(met.second, NotUndoable), met.second
    assert len(shop.payments(booking)) == 2


def test_without_the_version_both_would_be_marked(shared_postgres: tuple[Store, str]):
    """PostgreSQL alone: on SQLite nobody writes beside a writer."""
    shop = Shop(*shared_postgres)
    booking = booked_outside(shop)

    meet(shop, marking(booking, 100), "INSERT INTO payments", marking(booking, 100), without=GUARDS)

    assert figures(shop, booking)[0] == 200
