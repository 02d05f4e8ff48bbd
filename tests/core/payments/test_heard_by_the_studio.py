"""What the studio must hear of money, and what late or returned money must not do."""

import pytest

from core.back_office import BackOffice
from core.booking.booking import State
from core.booking.refusals import ChoiceOver, SpotTaken
from core.payments.errands import LookAtPage
from core.payments.payment import Disposition
from tests.core.payments.shop import Shop
from tests.core.payments.test_late import choosing, hear, too_late


@pytest.mark.rule("H7")
def test_the_studio_hears_of_a_paid_booking_that_its_client_cancelled(shop: Shop):
    booked = shop.paid("ana", shop.card_spots()[0])

    shop.by("ana", lambda desk: desk.cancel(booked.id))

    assert (shop.alerts(), shop.fates(booked)) == (["alert_cancelled_paid"], ["honoured"])


@pytest.mark.rule("G5")
def test_the_studio_hears_of_late_money_that_found_its_seat(shop: Shop):
    booked = hear(shop, too_late(shop))

    assert (booked.state, shop.alerts()[-1]) == (State.CONFIRMED, "alert_paid_late")


@pytest.mark.rule("G5", "B8")
def test_late_money_books_into_no_archived_mini(shop: Shop):
    booking = too_late(shop)
    shop.by_owner(lambda desk: desk.archive(booking.mini_id))

    assert hear(shop, booking).state is State.EXPIRED
    assert shop.fates(booking) == ["refunded"]


def test_a_pick_is_one_of_the_nearest_spots(shop: Shop):
    booking, day = choosing(shop, spots=6)

    with pytest.raises(SpotTaken):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[5].id))

    assert shop.by("ana", lambda desk: desk.pick(booking.id, day[3].id)).state is State.CONFIRMED


@pytest.mark.rule("G5")
def test_money_that_went_back_by_hand_is_no_longer_chosen_for(shop: Shop):
    booking, day = choosing(shop)
    payment = shop.payment(booking)
    shop.till.refund_by_hand(payment.ref, payment.amount.minor)
    shop.hint(payment_ref=payment.ref)
    shop.errands()

    with pytest.raises(ChoiceOver):
        shop.by("ana", lambda desk: desk.pick(booking.id, day[1].id))

    assert (shop.payment(booking).disposition, shop.differences()) == (Disposition.REFUNDED, [])


@pytest.mark.rule("H9")
def test_a_dispute_of_money_that_is_not_kept_is_told_and_changes_nothing(shop: Shop):
    booking, _day = choosing(shop)
    payment = shop.payment(booking)
    shop.till.dispute(payment.ref)
    shop.hint(payment_ref=payment.ref)
    shop.errands()

    assert (shop.fates(booking), shop.alerts()[-1]) == (["choosing"], "alert_disputed")


def test_the_studio_hears_that_the_till_is_shut_while_money_should_go_back(shop: Shop):
    booking, _day = choosing(shop)
    shop.till.shut = True
    shop.by("ana", lambda desk: desk.take_money(booking.id))
    shop.errands()

    assert (shop.fates(booking), shop.alerts()[-1]) == (["refund_due"], "alert_till_silent")


def test_the_page_of_another_checkout_is_no_answer(shop: Shop):
    ana, ben = shop.card_spots()[:2]
    one, other = shop.paying("ana", ana), shop.paying("ben", ben)
    shop.pay(other)
    page, asked = shop.till.page_of(shop.checkout(other).id), LookAtPage(shop.checkout(one), "cs_of_one")

    with pytest.raises(ValueError, match="answered with the page of"):
        shop.store.do(lambda records: BackOffice(records).heard(asked, page))

    assert shop.booking(one).state is State.PAYING
