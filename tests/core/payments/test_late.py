"""Money that came after its seat was given back: the seat again, another one, or the money (G5)."""

from datetime import timedelta

import pytest

from core.booking.booking import Booking, State
from core.booking.refusals import (
    ChoiceOver,
    EndOtherFirst,
    PackageTooLong,
    PaymentPending,
    SpotGone,
    SpotTaken,
)
from core.minis.mini import Package, PaidBy, Spot
from core.minis.plan import Break
from core.payments.payment import CHOICE, Why
from storage.store import Store
from tests.builders import SUNDAY, a_class, a_day, dollars
from tests.core.house import ANA, House
from tests.core.meeting import Deed, meet
from tests.core.payments.shop import CARD, MINUTE, Shop, do_errand


def too_late(shop: Shop, spot: Spot | None = None, **wish: int) -> Booking:
    """A booking that was paid, and ended at the hard cap before anybody could hear of it."""
    return shop.expired_unheard("ana", spot or shop.card_spots()[0], **wish)


def hear(shop: Shop, booking: Booking) -> Booking:
    """The till answers again."""
    shop.errands_about(booking)
    return shop.booking(booking)


def choosing(shop: Shop, spots: int = 5) -> tuple[Booking, list[Spot]]:
    """A booking whose client chooses, and the spots of its day; the first was its own and is another's now."""
    day = shop.card_spots(days=[a_day(spots=spots)])
    booking = too_late(shop, day[0])
    shop.hold("ben", day[0])
    return hear(shop, booking), day


@pytest.mark.rule("G5")
def test_where_the_seat_is_still_free_it_is_the_clients_again(shop: Shop):
    booking = too_late(shop)

    booked = hear(shop, booking)

    assert (booked.state, shop.seats(booked), shop.fates(booked)) == (State.CONFIRMED, [booking.spot_id], ["honoured"])
    assert (booked.ended_at, booked.reason, booked.snapshot) == (None, None, booking.snapshot)
    assert shop.waiting()[-2:] == ["paid", "booked"]


@pytest.mark.rule("G5")
def test_where_the_seat_is_gone_the_client_chooses_for_a_day(shop: Shop):
    booking, day = choosing(shop)

    payment = shop.payment(booking)
    assert (booking.state, payment.disposition, payment.why) == (State.EXPIRED, "choosing", Why.SEAT_GONE)
    assert payment.choosing_until == payment.captured_at + CHOICE
    assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == day[1:4]
    assert (shop.waiting()[-1], "alert_paid_too_late" in shop.alerts()) == ("paid_too_late", True)
    assert [shop.row(spot).taken for spot in day] == [1, 0, 0, 0, 0], "what is shown is not claimed"


@pytest.mark.rule("G5")
def test_one_shown_spot_that_is_taken_meanwhile_makes_room_for_another(shop: Shop):
    booking, day = choosing(shop)
    shop.hold("cleo", day[1])

    with pytest.raises(SpotTaken):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[1].id))

    assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == day[2:5]
    assert shop.fates(booking) == ["choosing"]


@pytest.mark.rule("G5")
def test_the_client_picks_and_is_booked_at_the_price_that_was_paid(shop: Shop):
    booking, day = choosing(shop)
    shop.by_owner(lambda desk: desk.change_spot(day[2].id, premium_minor=5_000))

    booked = shop.by("ana", lambda desk: desk.pick(booking.id, day[2].id))

    assert (booked.state, shop.seats(booked), shop.fates(booked)) == (State.CONFIRMED, [day[2].id], ["honoured"])
    assert booked.snapshot.starts == day[2].starts
    assert booked.price.total == dollars(150)
    with pytest.raises(ChoiceOver):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[3].id))
    with pytest.raises(ChoiceOver):
        shop.by("ana", lambda desk: desk.take_money(booking.id))


@pytest.mark.rule("G5")
def test_only_who_paid_picks_and_only_what_fits(shop: Shop):
    hour = Package(id="mini", title="Mini", fee=dollars(150), paid_by=PaidBy.FULL, length=timedelta(minutes=60))
    first, second = shop.card_spots(hour, days=[a_day(spots=1), a_day(SUNDAY, spots=1)])
    tight = shop.card_spots(days=[a_day(start="16:00", spots=3)])
    booking = too_late(shop, first)
    shop.hold("ben", first)
    booking = hear(shop, booking)

    with pytest.raises(ChoiceOver):
        shop.by("ben", lambda desk: desk.pick(booking.id, second.id))
    with pytest.raises((SpotGone, PackageTooLong)):
        shop.by("ana", lambda desk: desk.pick(booking.id, tight[0].id))
    assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == [second]


@pytest.mark.rule("G5")
def test_a_spot_too_short_for_the_package_is_neither_shown_nor_picked(shop: Shop):
    hour = Package(id="mini", title="Mini", fee=dollars(150), paid_by=PaidBy.FULL, length=timedelta(minutes=60))
    days = [a_day(spots=1), a_day(SUNDAY, spots=3)]
    first, *others = shop.card_spots(hour, days=days)
    booking = too_late(shop, first)
    shop.hold("ben", first)
    booking = hear(shop, booking)

    with pytest.raises(PackageTooLong):
        shop.by("ana", lambda desk: desk.pick(booking.id, others[0].id))

    assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == others[-1:]
    assert shop.by("ana", lambda desk: desk.pick(booking.id, others[-1].id)).state is State.CONFIRMED


@pytest.mark.rule("G5")
@pytest.mark.parametrize("how", ["takes the money", "says nothing", "the mini is called off"])
def test_who_does_not_choose_has_all_of_it_back(shop: Shop, how: str):
    booking, _ = choosing(shop)

    if how == "takes the money":
        shop.by("ana", lambda desk: desk.take_money(booking.id))
    elif how == "says nothing":
        shop.wait(CHOICE - MINUTE)
        shop.tick()
        assert shop.fates(booking) == ["choosing"]
        shop.wait(2 * MINUTE)
    else:
        shop.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))
        assert shop.fates(booking) == ["refund_due"]
    shop.tick()

    assert shop.fates(booking) == ["refunded"]
    why = {"takes the money": Why.CHOSEN, "says nothing": Why.NOT_CHOSEN}.get(how, Why.CANCELLED)
    assert shop.payment(booking).why is why
    assert shop.differences() == []


@pytest.mark.rule("G5")
def test_after_a_day_nothing_can_be_picked_even_if_nobody_sent_the_money_back_yet(shop: Shop):
    booking, day = choosing(shop)
    shop.wait(CHOICE + MINUTE)

    with pytest.raises(ChoiceOver):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[1].id))


@pytest.mark.rule("F9")
def test_while_the_client_chooses_the_booking_is_not_taken_up(shop: Shop):
    booking, day = choosing(shop)

    with pytest.raises(PaymentPending):
        shop.by("ana", lambda desk: desk.take_up(booking.id, day[1].id))


@pytest.mark.rule("G5")
def test_in_a_mini_that_was_called_off_late_money_goes_back_at_once(shop: Shop):
    booking = too_late(shop)
    shop.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))

    hear(shop, booking)

    assert (shop.booking(booking).state, shop.fates(booking)) == (State.EXPIRED, ["refunded"])
    assert shop.payment(booking).why is Why.CANCELLED


@pytest.mark.rule("G5")
def test_late_money_for_a_cancelled_booking_goes_back_at_once(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.pay(paying)
    shop.till.down = True
    shop.by_owner(lambda desk: desk.cancel_mini(paying.mini_id))
    shop.pass_hard_cap(paying)

    hear(shop, paying)

    assert (shop.booking(paying).state, shop.fates(paying)) == (State.CANCELLED, ["refunded"])


@pytest.mark.rule("G5", "C7")
def test_a_spot_that_was_closed_meanwhile_is_gone(shop: Shop):
    booking = too_late(shop)
    shop.by_owner(lambda desk: desk.change_spot(booking.spot_id, closed=True))

    hear(shop, booking)

    assert shop.fates(booking) == ["choosing"]


@pytest.mark.rule("G5", "C5")
def test_a_spot_that_is_at_another_time_now_is_gone_until_the_client_picks_it(shop: Shop):
    booking = too_late(shop)
    before = shop.spot(booking.spot_id)
    pause = Break(a_day().start, timedelta(minutes=30))
    shop.by_owner(lambda desk: desk.add_break(before.mini_id, before.day_id, pause))

    booking = hear(shop, booking)

    moved = shop.spot(before.id)
    assert (moved.starts > before.starts, shop.fates(booking)) == (True, ["choosing"])
    booked = shop.by("ana", lambda desk: desk.pick(booking.id, moved.id))
    assert booked.snapshot.starts == moved.starts


@pytest.mark.rule("G5")
def test_what_has_begun_by_now_is_gone(shop: Shop):
    booking = too_late(shop)
    shop.wait(timedelta(days=10))

    hear(shop, booking)

    assert (shop.fates(booking), shop.by("ana", lambda desk: desk.nearest_spots(booking))) == (["choosing"], [])


@pytest.mark.rule("G5")
@pytest.mark.parametrize("other_is", ["held", "confirmed"])
def test_who_has_another_booking_in_the_mini_ends_that_one_first(shop: Shop, other_is: str):
    outside = Package(id="outside", title="Outside", fee=dollars(10), paid_by=PaidBy.OUTSIDE)
    day = shop.spots(shop.mini(packages=[CARD, outside]))
    booking = too_late(shop, day[0])
    other = shop.filled("ana", day[1], package_id="outside")
    if other_is == "confirmed":
        shop.by("ana", lambda desk: desk.confirm(other.id))

    booking = hear(shop, booking)

    assert (booking.state, shop.fates(booking)) == (State.EXPIRED, ["choosing"])
    with pytest.raises(EndOtherFirst):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[0].id))
    if other_is == "confirmed":
        shop.by_owner(lambda desk: desk.cancel(other.id))
    else:
        shop.give_up("ana", other)
    assert shop.by("ana", lambda desk: desk.pick(booking.id, day[0].id)).state is State.CONFIRMED


@pytest.mark.rule("G5", "D2")
def test_a_seat_that_went_back_to_the_clients_own_reservation_is_free_to_them(shop: Shop):
    spot = shop.card_spots()[0]
    reservation = shop.reserve(spot)
    booking = shop.hold_reserved("ana", reservation)
    shop.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    shop.to_pay("ana", booking)
    shop.errands()
    shop.pay(booking)
    shop.pass_hard_cap(booking)
    assert shop.reservation(reservation).state == "open"

    booked = hear(shop, booking)

    assert (booked.state, shop.seats(booked)) == (State.CONFIRMED, [spot.id])
    assert (shop.reservation(reservation).state, shop.seats(reservation)) == ("used", [])


@pytest.mark.rule("G5", "D2")
def test_the_clients_own_reservation_is_among_what_they_may_choose(shop: Shop):
    day = shop.card_spots()
    mine = shop.given_back("ana", day[3])
    booking = too_late(shop, day[0])
    for name, spot in zip(("ben", "cleo", "dan"), day[:3], strict=True):
        shop.hold(name, spot)
    booking = hear(shop, booking)

    assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == [day[3]]
    shop.by("ana", lambda desk: desk.pick(booking.id, day[3].id))
    assert shop.reservation(mine).state == "used"


@pytest.mark.rule("G5", "C4")
@pytest.mark.parametrize(("others", "fate"), [(1, "honoured"), (2, "choosing")])
def test_in_a_class_all_places_come_back_or_none(shop: Shop, others: int, fate: str):
    days = [a_class(seats=4), a_class(SUNDAY, seats=4)]
    mini = shop.card_mini(days=days)
    shop.allow_places(mini, 3)
    first, second = shop.spots(mini)
    booking = too_late(shop, first, places=3)
    for number in range(others):
        shop.hold(f"other{number}", first)

    hear(shop, booking)

    assert shop.fates(booking) == [fate]
    assert len(shop.seats(booking)) == (3 if fate == "honoured" else 0)
    if fate == "choosing":
        assert shop.by("ana", lambda desk: desk.nearest_spots(booking)) == [second]
        assert len(shop.seats(shop.by("ana", lambda desk: desk.pick(booking.id, second.id)))) == 3


# -- at the same moment --


def settle(booking: Booking) -> Deed:
    """Hear of the late money, as the cashier does."""

    def deed(house: House) -> None:
        shop = as_shop(house)
        shop.hint(checkout_id=shop.checkout(booking).id)
        for errand in shop.take():
            do_errand(shop.store, shop.till, errand)

    return deed


def as_shop(house: House) -> Shop:
    assert isinstance(house, Shop)
    return house


def kept_apart(shop: Shop, *, without: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """Settle to a choice, and take the booking up at the same moment; what the booking and its money come to."""
    booking = too_late(shop)
    day = shop.spots_of_day(shop.spot(booking.spot_id))
    shop.hold("ben", day[0])

    def take_up(house: House) -> Booking:
        return house.by("ana", lambda desk: desk.take_up(booking.id, day[1].id))

    met = meet(shop, settle(booking), "INSERT INTO payments", take_up, without=without)
    assert isinstance(met.second, PaymentPending | Booking), met.second
    return shop.booking(booking).state.value, shop.fates(booking)


@pytest.mark.rule("G5", "F9")
def test_who_takes_up_a_booking_while_its_late_money_is_heard_of_does_so_before_or_after(shop: Shop):
    assert kept_apart(shop) == ("expired", ["choosing"])


@pytest.mark.rule("G5")
def test_a_mini_that_is_called_off_while_late_money_is_heard_of_keeps_no_choice(shop: Shop):
    booking = too_late(shop)
    shop.hold("ben", shop.spot(booking.spot_id))
    shop.client("ben")

    def call_off(house: House) -> None:
        house.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))

    met = meet(shop, settle(booking), "INSERT INTO payments", call_off)

    assert not isinstance(met.first, Exception), met.first
    if isinstance(met.second, Exception):  # told to look again: the mini changed
        shop.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))
    assert shop.fates(booking) == ["refund_due"]


@pytest.mark.parametrize("guard", [" AND bookings.version = %(old_version)s::INTEGER"])
def test_without_the_version_the_two_would_both_stand(shared_postgres: tuple[Store, str], guard: str):
    """PostgreSQL alone: on SQLite nobody writes beside a writer."""
    assert kept_apart(Shop(*shared_postgres), without=(guard, " AND bookings.state = %(old_state)s::VARCHAR")) == (
        "held",
        ["choosing"],
    )
