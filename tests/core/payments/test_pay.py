"""How a booking comes to its payment page, and leaves it (STATES, `paying` and `releasing`)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.booking.booking import Reason, State
from core.booking.refusals import (
    BookingChanged,
    ContactMissing,
    ExtensionUsed,
    HoldOver,
    MiniNotOpen,
    NothingToPay,
    PageClosing,
    PageOpen,
    PreviewOnly,
)
from core.minis.mini import Package, PaidBy, Share
from core.payments.checkout import CheckoutState
from core.payments.pay import EXTENDED_BELOW, lapse
from core.values.charges import least_online
from core.values.money import Money
from storage.store import Store
from tests.builders import dollars
from tests.core.house import ANA, QUARTER, present
from tests.core.payments.shop import CARD, MINUTE, SECOND, Shop, bill_for


@pytest.mark.rule("F7", "H3")
def test_who_goes_to_pay_gets_a_page_and_the_booking_stays_as_it_is(shop: Shop):
    spot = shop.card_spots()[0]
    filled = shop.filled("ana", spot)

    paying = shop.to_pay("ana", filled)

    asked = shop.checkout(paying)
    assert (paying.state, paying.attempt, paying.hold_until) == (State.PAYING, 2, filled.hold_until)
    assert (asked.state, asked.attempt, asked.url) == (CheckoutState.CREATING, 2, None)
    assert asked.order.expires_at - asked.created_at == 35 * MINUTE
    assert (asked.order.total, asked.order.email, asked.order.booking_code) == (
        dollars(150),
        "ana@mail.com",
        paying.code,
    )
    shop.errands()
    opened = shop.checkout(paying)
    assert (opened.state, opened.url) == (CheckoutState.OPEN, f"https://checkout.stripe.example/{opened.session_id}")
    assert shop.waiting() == ["hold_warning", "page_made"]
    assert shop.seats(paying) == [spot.id]


@pytest.mark.rule("F7")
def test_who_asks_again_keeps_the_page(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])

    with pytest.raises(PageOpen):
        shop.by("ana", lambda desk: desk.continue_to_pay(paying.id, bill_for(paying)))

    assert shop.till.asked == ["open"]
    assert shop.by("ana", lambda desk: present(desk.checkout(paying)).url) == shop.checkout(paying).url


@pytest.mark.rule("H3")
def test_each_page_has_a_key_of_its_own_that_names_its_booking_and_attempt(shop: Shop):
    booking = shop.paying("ana", shop.card_spots()[0])
    first = shop.checkout(booking)
    shop.change_something("ana", booking)
    shop.errands()

    booking = shop.to_pay("ana", booking)

    second = shop.checkout(booking)
    assert first.key.startswith(f"{booking.id}:2:")
    assert second.key.startswith(f"{booking.id}:3:")


@pytest.mark.rule("F7")
def test_what_cannot_be_paid_is_refused(shop: Shop):
    spots = shop.card_spots()
    held = shop.hold("ana", spots[0])
    outside = shop.filled("ben", shop.spots(shop.mini())[3])
    other = shop.filled("cleo", spots[1])
    wrong = bill_for(shop.with_fee(other, dollars(1)))

    with pytest.raises(ContactMissing):
        shop.to_pay("ana", held)
    with pytest.raises(NothingToPay):
        shop.to_pay("ben", outside)
    with pytest.raises(BookingChanged):
        shop.by("ben", lambda desk: desk.continue_to_pay(held.id, bill_for(held)))
    with pytest.raises(ValueError, match="is due"):
        shop.by("cleo", lambda desk: desk.continue_to_pay(other.id, wrong))
    shop.wait(QUARTER)
    with pytest.raises(HoldOver):
        shop.to_pay("ana", held)


@pytest.mark.rule("E1")
def test_a_preview_pays_nothing(shop: Shop):
    mini = shop.card_mini()
    link = shop.by_owner(lambda desk: desk.preview_link(mini))
    shop.by("luna", lambda desk: desk.preview_behind(link))
    preview = shop.filled("luna", shop.spots(mini)[0], preview=True)

    with pytest.raises(PreviewOnly):
        shop.to_pay("luna", preview)


@pytest.mark.rule("D5", "G5")
def test_whoever_went_on_to_pay_with_what_was_filled_in_made_it_theirs(shop: Shop):
    """Their money may come when the hold is over, and then the booking says whose it is."""
    reservation = shop.reserve(shop.card_spots()[0], contact=ANA)
    booking = shop.to_pay("ana", shop.hold_reserved("ana", reservation))
    shop.errands()
    shop.change_something("ana", booking)
    shop.errands()

    assert shop.let_lapse(booking).contact == ANA


@pytest.mark.rule("H2")
def test_a_retainer_is_asked_for_alone(shop: Shop):
    fifth = Package(id="mini", title="Mini", fee=dollars(150), paid_by=PaidBy.RETAINER, retainer=Share(None, 2_000))

    paying = shop.paying("ana", shop.card_spots(fifth)[0])

    assert shop.checkout(paying).order.total == dollars(30)


@pytest.mark.rule("H2")
def test_below_the_tills_least_nothing_is_asked_for_online(shop: Shop):
    least = least_online("USD")
    cheap = Package(id="mini", title="Mini", fee=least - Money(1, "USD"), paid_by=PaidBy.FULL)
    just = Package(id="mini", title="Mini", fee=least, paid_by=PaidBy.FULL)

    too_little = shop.filled("ana", shop.card_spots(cheap)[0])
    enough = shop.paying("ben", shop.card_spots(just)[1])

    with pytest.raises(NothingToPay):
        shop.to_pay("ana", too_little)
    assert shop.checkout(enough).order.total == least


@pytest.mark.rule("H1", "H2")
@pytest.mark.parametrize(("currency", "fee", "due"), [("KWD", 15_125, 15_120), ("JPY", 15_125, 15_125)])
def test_what_is_due_is_what_the_currency_lets_one_charge(shared: tuple[Store, str], currency: str, fee: int, due: int):
    shop = Shop(*shared, {"currency": currency})
    package = Package(id="mini", title="Mini", fee=Money(fee, currency), paid_by=PaidBy.FULL)

    booking = shop.paid("ana", shop.card_spots(package)[0])

    assert shop.checkout(booking).order.total == shop.payment(booking).amount == Money(due, currency)
    assert booking.price.later == Money(fee - due, currency)
    assert booking.state is State.CONFIRMED


# -- the extension --


@pytest.mark.rule("G3")
@pytest.mark.parametrize(("left", "extended"), [(EXTENDED_BELOW - SECOND, True), (EXTENDED_BELOW + MINUTE, False)])
def test_who_goes_to_pay_late_gets_the_extension_by_itself(shop: Shop, left: timedelta, extended: bool):
    filled = shop.filled("ana", shop.card_spots()[0])
    shop.wait(filled.hold_until - left - shop.now())

    paying = shop.to_pay("ana", filled)

    assert paying.extended is extended
    assert paying.hold_until - filled.hold_until == (QUARTER if extended else timedelta(0))
    assert shop.checkout(paying).order.expires_at > paying.hold_until


@pytest.mark.rule("G3")
def test_the_extension_is_given_once_whoever_gives_it(shop: Shop):
    filled = shop.filled("ana", shop.card_spots()[0])
    shop.by("ana", lambda desk: desk.extend(filled.id))
    shop.wait(QUARTER + 14 * MINUTE)

    paying = shop.to_pay("ana", filled)

    assert paying.hold_until - filled.hold_until == QUARTER
    with pytest.raises(ExtensionUsed):
        shop.by("ana", lambda desk: desk.extend(paying.id))


@pytest.mark.rule("G3")
def test_a_hold_is_extended_while_its_page_is_open_and_not_while_it_is_closed(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    other = shop.paying("ben", shop.card_spots()[1])

    longer = shop.by("ana", lambda desk: desk.extend(paying.id))
    shop.change_something("ben", other)
    with pytest.raises(PageClosing):
        shop.by("ben", lambda desk: desk.extend(other.id))

    assert (longer.state, longer.hold_until - paying.hold_until) == (State.PAYING, QUARTER)
    shop.errands()
    held = shop.booking(other)
    assert (held.state, held.extended) == (State.HELD, False)


# -- leaving the page --


@pytest.mark.rule("F6", "G5")
def test_to_change_something_the_page_is_closed_first(shop: Shop):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)

    releasing = shop.change_something("ana", paying)

    assert (releasing.state, releasing.noted, shop.seats(paying)) == (State.RELEASING, State.HELD, [spot.id])
    shop.errands()
    held = shop.booking(paying)
    assert (held.state, held.noted, held.hold_until) == (State.HELD, None, paying.hold_until)
    assert (shop.checkout(held).state, shop.till.asked) == (CheckoutState.EXPIRED, ["open", "close"])
    assert shop.waiting()[-1] == "page_closed"


@pytest.mark.rule("G2", "G5")
@pytest.mark.parametrize("paid_first", [False, True])
def test_who_gives_up_at_the_page_frees_the_seat_once_nobody_can_pay(shop: Shop, paid_first: bool):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    if paid_first:
        shop.pay(paying)

    releasing = shop.give_up("ana", paying)

    assert (releasing.state, shop.row(spot).taken) == (State.RELEASING, 1)
    shop.errands()
    ended = shop.booking(paying)
    if paid_first:
        assert (ended.state, shop.fates(ended), shop.row(spot).taken) == (State.CONFIRMED, ["honoured"], 1)
    else:
        assert (ended.state, ended.reason, shop.row(spot).taken) == (State.EXPIRED, Reason.GIVEN_UP, 0)
        assert shop.waiting()[-1] == "given_up"
    assert shop.differences() == []


@pytest.mark.rule("G4", "G5")
@pytest.mark.parametrize("paid_first", [False, True])
def test_at_the_holds_end_the_till_decides(shop: Shop, paid_first: bool):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    if paid_first:
        shop.pay(paying)

    ended = shop.let_lapse_at_the_page(paying)

    assert shop.booking(paying).state is (State.CONFIRMED if paid_first else State.EXPIRED)
    assert shop.row(spot).taken == paid_first
    assert ("lapsed" in [what for what, _ in shop.notes()]) is not paid_first
    assert ended.reason is (None if paid_first else Reason.LAPSED)


@pytest.mark.rule("G4")
def test_nothing_lapses_before_its_time_at_the_page_either(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])

    with pytest.raises(BookingChanged):
        shop.store.do(lambda records: lapse(records, paying))


@pytest.mark.rule("G2")
def test_a_studio_that_may_ends_a_hold_at_the_page_too(shared: tuple[Store, str]):
    shop = Shop(*shared, {"hold_override": True})
    paying = shop.paying("ana", shop.card_spots()[0])

    shop.by_owner(lambda desk: desk.end_hold(paying.id))
    shop.errands()

    assert (shop.booking(paying).state, shop.booking(paying).reason) == (State.EXPIRED, Reason.BY_STUDIO)
    assert shop.waiting()[-1] == "hold_ended"


@pytest.mark.parametrize("paid_first", [False, True])
def test_when_the_mini_is_called_off_the_page_is_closed_and_what_was_paid_goes_back(shop: Shop, paid_first: bool):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    if paid_first:
        shop.pay(paying)

    shop.by_owner(lambda desk: desk.cancel_mini(spot.mini_id))
    releasing = shop.booking(paying)
    shop.errands()

    assert (releasing.state, releasing.noted) == (State.RELEASING, State.CANCELLED)
    ended = shop.booking(paying)
    assert (ended.state, ended.reason, shop.seats(ended)) == (State.CANCELLED, Reason.MINI_CANCELLED, [])
    assert shop.fates(ended) == (["refunded"] if paid_first else [])
    assert shop.differences() == []


#: Each leads to what is noted; a later one only hardens it.
LEAVES: dict[str, tuple[int, Callable[[Shop, str], object]]] = {
    "change": (1, lambda shop, id: shop.by("ana", lambda desk: desk.change_something(id))),
    "give_up": (2, lambda shop, id: shop.by("ana", lambda desk: desk.give_up(id))),
    "override": (2, lambda shop, id: shop.by_owner(lambda desk: desk.end_hold(id))),
    "call off": (3, lambda shop, id: shop.by_owner(lambda desk: desk.cancel_mini(desk.booking(id).mini_id))),
}
NOTED = {1: State.HELD, 2: State.EXPIRED, 3: State.CANCELLED}


@pytest.mark.rule("G5")
@pytest.mark.parametrize("second", list(LEAVES)[1:])
@pytest.mark.parametrize("first", LEAVES)
def test_what_is_noted_only_hardens(shared: tuple[Store, str], first: str, second: str):
    shop = Shop(*shared, {"hold_override": True})
    paying = shop.paying("ana", shop.card_spots()[0])

    LEAVES[first][1](shop, paying.id)
    reason = shop.booking(paying).reason
    if not (first == second == "call off"):
        LEAVES[second][1](shop, paying.id)

    noted = shop.booking(paying)
    hardest = max(LEAVES[first][0], LEAVES[second][0])
    assert (noted.state, noted.noted) == (State.RELEASING, NOTED[hardest])
    if LEAVES[second][0] <= LEAVES[first][0]:
        assert noted.reason is reason
    shop.errands()
    assert shop.booking(paying).state is NOTED[hardest]
    assert shop.till.asked == ["open", "close"]


@pytest.mark.rule("G4")
def test_a_hold_whose_end_came_while_its_page_was_closed_is_over(shop: Shop):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    shop.change_something("ana", paying)
    shop.wait(QUARTER)

    shop.errands()

    ended = shop.booking(paying)
    assert (ended.state, ended.reason, shop.row(spot).taken) == (State.EXPIRED, Reason.LAPSED, 0)


@pytest.mark.rule("F6")
def test_while_the_page_is_being_closed_nothing_else_happens(shop: Shop):
    first, second, *_ = shop.card_spots()
    paying = shop.paying("ana", first)
    shop.change_something("ana", paying)

    for deed in (
        lambda desk: desk.swap(paying.id, second.id),
        lambda desk: desk.change_something(paying.id),
        lambda desk: desk.continue_to_pay(paying.id, bill_for(paying)),
        lambda desk: desk.confirm(paying.id),
    ):
        with pytest.raises(PageClosing):
            shop.by("ana", deed)
    with pytest.raises(PageClosing):
        shop.by_owner(lambda desk: desk.move(paying.id, second.id))


# -- moved meanwhile --


@pytest.mark.rule("K2")
@pytest.mark.parametrize("paid_first", [False, True])
@pytest.mark.parametrize("then", ["nothing", "give_up"])
def test_a_booking_at_its_page_moves_once_that_is_closed(shop: Shop, paid_first: bool, then: str):
    first, second, *_ = shop.card_spots()
    paying = shop.paying("ana", first)
    if paid_first:
        shop.pay(paying)

    shop.by_owner(lambda desk: desk.move(paying.id, second.id))
    if then == "give_up":
        shop.give_up("ana", paying)
    shop.errands()

    booking = shop.booking(paying)
    ends = {(True, "nothing"): State.CONFIRMED, (True, "give_up"): State.CONFIRMED, (False, "nothing"): State.HELD}
    assert booking.state is ends.get((paid_first, then), State.EXPIRED)
    assert shop.seats(booking) == ([] if booking.state is State.EXPIRED else [second.id])
    assert booking.sequence == paid_first
    assert shop.row(first).taken == 0


@pytest.mark.rule("K2")
@pytest.mark.parametrize("paid_first", [False, True])
def test_a_move_whose_spot_was_taken_meanwhile_is_dropped_and_the_studio_told(shop: Shop, paid_first: bool):
    first, second, *_ = shop.card_spots()
    paying = shop.paying("ana", first)
    if paid_first:
        shop.pay(paying)
    shop.by_owner(lambda desk: desk.move(paying.id, second.id))
    shop.hold("ben", second)

    shop.errands()

    booking = shop.booking(paying)
    assert booking.state is (State.CONFIRMED if paid_first else State.HELD)
    assert (shop.seats(booking), shop.alerts()) == ([first.id], ["alert_move_dropped"])


# -- the till will not --


def test_a_page_that_the_till_refuses_leads_back_to_the_hold_and_both_hear_of_it(shop: Shop):
    shop.till.refuses["open"] = "amount_too_large"
    booking = shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))

    shop.errands()

    assert (shop.booking(booking).state, shop.checkout(booking).state) == (State.HELD, CheckoutState.EXPIRED)
    assert (shop.waiting()[-1], shop.alerts()) == ("page_refused", ["alert_page_refused"])
    shop.till.refuses.clear()
    again = shop.to_pay("ana", booking)
    shop.errands()
    assert (again.attempt, shop.checkout(again).state) == (3, CheckoutState.OPEN)


def test_a_page_that_somebody_closed_at_the_till_leads_back_to_the_hold_and_both_hear_of_it(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.till.expire(shop.checkout(paying).id)

    shop.errands_about(paying)

    assert shop.booking(paying).state is State.HELD
    assert (shop.waiting()[-1], shop.alerts()) == ("page_closed", ["alert_page_closed"])


@pytest.mark.rule("G5")
@pytest.mark.parametrize("call", ["look", "close"])
def test_that_the_till_will_not_show_a_page_frees_no_seat(shop: Shop, call: str):
    """The key of another account, say: at the first one the page may still be paid."""
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    shop.till.refuses[call] = "resource_missing"
    if call == "close":
        shop.give_up("ana", paying)

    shop.errands_about(paying)

    assert shop.booking(paying).state is (State.RELEASING if call == "close" else State.PAYING)
    assert (shop.row(spot).taken, shop.alerts()) == (1, ["alert_till_silent"])
    shop.pay(paying)
    shop.till.refuses.clear()
    shop.wait(MINUTE)
    shop.errands()
    assert shop.booking(paying).state is State.CONFIRMED


def test_nobody_goes_to_pay_for_a_mini_that_was_called_off(shop: Shop):
    """It was called off in the moment that the hold began, so that nobody ended it."""
    booking = shop.filled("ana", shop.card_spots()[0])
    shop.call_off_unseen(booking)

    with pytest.raises(MiniNotOpen):
        shop.to_pay("ana", booking)


@pytest.mark.rule("J7")
def test_going_to_pay_takes_few_statements(shop: Shop):
    filled = shop.filled("ana", shop.card_spots()[0])

    counted = shop.statements("ana", lambda desk: desk.continue_to_pay(filled.id, bill_for(filled)))

    assert counted <= 10
    assert CARD.fee == shop.checkout(filled).order.total
