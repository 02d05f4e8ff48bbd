"""What the till says of a page becomes what is so, once (STATES, rule 5; H4)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from core.back_office import BackOffice
from core.booking.booking import Booking, Reason, State
from core.booking.refusals import BookingChanged, OnlyRefund, PaymentPending, SpotTaken
from core.payments.checkout import Checkout, CheckoutState
from core.payments.errands import LookAtPage
from core.payments.payment import Why
from core.payments.settle import hear_page
from core.payments.till import Page, PageState
from core.ports import Records
from core.values.money import Money
from storage.money_tables import checkouts, payments, refunds
from storage.store import Store
from tests.builders import dollars
from tests.core.house import QUARTER, at_once
from tests.core.payments.shop import MINUTE, Shop
from tests.storage import raw


def hear(shop: Shop, booking: Booking, state: PageState) -> None:
    """The till says so of the booking's page, whatever is true."""
    checkout = shop.checkout(booking)
    said = Page(
        session_id=checkout.session_id or "cs_heard",
        checkout_id=checkout.id,
        state=state,
        url="https://till.example/x" if state is PageState.OPEN else None,
        amount=checkout.order.total,
        payment_ref=f"pi_{checkout.id}" if state is PageState.PAID else None,
    )
    errand = LookAtPage(checkout, said.session_id)
    shop.store.do(lambda records: BackOffice(records).heard(errand, said))


# -- heard in every state --


def as_paying(shop: Shop) -> Booking:
    return shop.paying("ana", shop.card_spots()[0])


def as_creating(shop: Shop) -> Booking:
    return shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))


def as_releasing(shop: Shop) -> Booking:
    return shop.change_something("ana", as_paying(shop))


def as_giving_up(shop: Shop) -> Booking:
    return shop.give_up("ana", as_paying(shop))


def as_called_off(shop: Shop) -> Booking:
    paying = as_paying(shop)
    shop.by_owner(lambda desk: desk.cancel_mini(paying.mini_id))
    return shop.booking(paying)


def as_held(shop: Shop) -> Booking:
    releasing = as_releasing(shop)
    shop.errands()
    return shop.booking(releasing)


def as_presumed(shop: Shop) -> Booking:
    paying = as_paying(shop)
    shop.pass_hard_cap(paying)
    return shop.booking(paying)


def as_confirmed(shop: Shop) -> Booking:
    return shop.paid("ana", shop.card_spots()[0])


def as_cancelled(shop: Shop) -> Booking:
    booked = as_confirmed(shop)
    return shop.by_owner(lambda desk: desk.cancel(booked.id))


HEARD: dict[Callable[[Shop], Booking], tuple[str, str, str]] = {
    #: what it comes to where the page is open, paid, expired
    as_creating: ("paying", "confirmed honoured", "held"),
    as_paying: ("paying", "confirmed honoured", "held"),
    as_releasing: ("releasing", "confirmed honoured", "held"),
    as_giving_up: ("releasing", "confirmed honoured", "expired"),
    as_called_off: ("releasing", "cancelled refund_due", "cancelled"),
    as_presumed: ("expired", "confirmed honoured", "expired"),
    as_confirmed: ("confirmed honoured", "confirmed honoured", "confirmed honoured"),
    as_cancelled: ("cancelled honoured", "cancelled honoured", "cancelled honoured"),
}
SAID = (PageState.OPEN, PageState.PAID, PageState.EXPIRED)


@pytest.mark.rule("G5", "H4")
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("as_it_stands", HEARD, ids=lambda deed: deed.__name__)
def test_each_word_of_the_till_in_each_state(shop: Shop, as_it_stands: Callable[[Shop], Booking], said: PageState):
    booking = as_it_stands(shop)

    hear(shop, booking, said)
    after = shop.booking(booking)
    hear(shop, booking, said)

    wanted = HEARD[as_it_stands][SAID.index(said)]
    assert " ".join([after.state, *shop.fates(booking)]) == wanted
    assert shop.booking(booking) == after, "heard again, it changes nothing"
    has_seats = after.state in {State.PAYING, State.RELEASING, State.HELD, State.CONFIRMED}
    assert len(shop.seats(after)) == has_seats


def test_what_is_on_its_way_keeps_the_seat(shop: Shop):
    """Delayed methods are off; were they on, the claims would stay."""
    booking = as_giving_up(shop)

    hear(shop, booking, PageState.AWAITED)

    assert (shop.booking(booking).state, len(shop.seats(booking))) == (State.RELEASING, 1)
    assert shop.checkout(booking).ask_at is not None


@pytest.mark.parametrize("said", [PageState.OPEN, PageState.EXPIRED])
def test_a_page_of_an_earlier_attempt_says_nothing_about_the_booking(shop: Shop, said: PageState):
    booking = as_held(shop)
    first = shop.checkout(booking)
    again = shop.to_pay("ana", booking)

    shop.store.do(lambda records: hear_page(records, first, page_of(first, said)))

    assert shop.booking(again) == again


def page_of(checkout: Checkout, state: PageState) -> Page:
    total = checkout.order.total
    return Page(session_id=checkout.session_id or "cs", checkout_id=checkout.id, state=state, url=None, amount=total)


# -- once --


@pytest.mark.rule("H4")
def test_a_page_is_settled_once_however_many_hear_of_it_at_once(shop: Shop):
    paying = as_paying(shop)
    shop.pay(paying)
    checkout = shop.checkout(paying)
    errand = LookAtPage(checkout, checkout.session_id or "")
    answer = shop.till.answer(errand)

    def settle() -> None:
        shop.store.do(lambda records: BackOffice(records).heard(errand, answer))

    assert at_once(*[settle] * 8) == [None] * 8
    assert (shop.fates(paying), shop.booking(paying).state) == (["honoured"], State.CONFIRMED)
    assert [what for what, _ in shop.notes()].count("paid") == 1
    assert shop.waiting().count("booked") == 1


@pytest.mark.rule("H4")
def test_what_is_settled_says_so_to_its_client_and_keeps_its_books(shop: Shop):
    paying = as_paying(shop)
    ref = shop.pay(paying)

    shop.errands_about(paying)

    booked, payment, page = shop.booking(paying), shop.payment(paying), shop.checkout(paying)
    assert (booked.state, payment.ref, payment.amount) == (State.CONFIRMED, ref, dollars(150))
    assert (page.state, page.url, page.ask_at) == (CheckoutState.COMPLETE, None, None)
    assert shop.waiting()[-2:] == ["paid", "booked"]
    assert shop.alerts() == []


def test_a_payment_made_before_our_own_answer_was_stored_is_settled(shop: Shop):
    """The page was made, its answer lost; the webhook names our own checkout."""
    booking = as_creating(shop)
    shop.till.loses = {"open"}
    shop.errands()
    shop.pay(booking)
    shop.till.loses.clear()

    shop.errands_about(booking)

    assert (shop.booking(booking).state, shop.fates(booking)) == (State.CONFIRMED, ["honoured"])
    assert len(shop.till.orders) == 1


@pytest.mark.rule("J7")
def test_settling_takes_few_statements(shop: Shop):
    paying = as_paying(shop)
    shop.pay(paying)
    shop.hint(checkout_id=shop.checkout(paying).id)
    (errand,) = shop.take()
    answer = shop.till.answer(errand)

    def settle(records: Records) -> int:
        BackOffice(records).heard(errand, answer)
        return getattr(records, "statements")  # noqa: B009 - the unit's, which the port does not know

    assert shop.store.do(settle) <= 14


# -- money that is too much --


@pytest.mark.rule("G5", "H4")
@pytest.mark.parametrize("minor", [None, 1])
def test_money_of_an_earlier_attempt_goes_back_before_anything_else_is_asked(shop: Shop, minor: int | None):
    paying = as_paying(shop)
    first = shop.checkout(paying)
    shop.pay(paying, minor=minor)
    shop.pass_hard_cap(paying)
    again = shop.by("ana", lambda desk: desk.take_up(paying.id, paying.spot_id))

    shop.hint(checkout_id=first.id)
    shop.errands()

    assert shop.booking(again).state is State.HELD
    assert (shop.fates(again), shop.payment(again).why) == (["refunded"], Why.EARLIER)
    assert "refund_owed" in shop.waiting()
    assert shop.differences() == []


@pytest.mark.rule("G5", "H4")
def test_a_second_payment_goes_back_and_the_first_stays(shop: Shop):
    """Two pages of one booking can be paid only where one was presumed closed; the second is paid here by force."""
    booked = as_confirmed(shop)
    first = shop.checkout(booked)
    shop.add_page(first, "second")
    shop.till.pay("second")

    shop.hint(checkout_id="second")
    shop.errands()

    assert shop.booking(booked).state is State.CONFIRMED
    assert sorted(shop.fates(booked)) == ["honoured", "refunded"]
    assert {payment.why for payment in shop.payments(booked)} == {None, Why.SECOND}
    assert shop.differences() == []


# -- money that is not what was asked for --


def oddly_paid(shop: Shop, *, minor: int = 14_999, currency: str = "") -> Booking:
    paying = as_paying(shop)
    shop.pay(paying, minor=minor, currency=currency)
    shop.errands_about(paying)
    return shop.booking(paying)


@pytest.mark.rule("H4")
@pytest.mark.parametrize(("minor", "currency"), [(14_999, ""), (15_001, ""), (15_000, "EUR")])
def test_another_amount_or_currency_confirms_nothing_by_itself(shop: Shop, minor: int, currency: str):
    booking = oddly_paid(shop, minor=minor, currency=currency)

    payment = shop.payment(booking)
    assert (booking.state, payment.disposition, payment.why) == (State.PAYING, "manual", Why.ODD_AMOUNT)
    assert payment.amount == Money(minor, currency or "USD")
    assert (shop.waiting()[-1], shop.alerts()) == ("payment_unclear", ["alert_payment_unclear"])
    assert [one.id for one in shop.by_owner(lambda desk: desk.problems())] == [payment.id]


@pytest.mark.rule("H4")
def test_until_the_photographer_decides_nothing_is_changed_or_moved(shop: Shop):
    booking = oddly_paid(shop)
    other = shop.spots_of_day(shop.spot(booking.spot_id))[1]

    with pytest.raises(PaymentPending):
        shop.change_something("ana", booking)
    with pytest.raises(PaymentPending):
        shop.by_owner(lambda desk: desk.move(booking.id, other.id))
    assert shop.booking(booking) == booking


@pytest.mark.rule("G4")
@pytest.mark.parametrize("ends", ["over", "given_up", "called_off"])
def test_a_hold_ends_while_its_money_is_undecided_and_never_comes_back(shop: Shop, ends: str):
    booking = oddly_paid(shop)

    match ends:
        case "over":
            shop.let_lapse_at_the_page(booking)
        case "given_up":
            shop.give_up("ana", booking)
        case _:
            shop.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))

    ended = shop.booking(booking)
    assert ended.state is (State.CANCELLED if ends == "called_off" else State.EXPIRED)
    assert (shop.seats(ended), shop.fates(ended)) == ([], ["manual"])
    with pytest.raises((PaymentPending, BookingChanged)):
        shop.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))


@pytest.mark.rule("G5")
@pytest.mark.parametrize("noted", [as_releasing, as_giving_up, as_called_off])
def test_odd_money_at_a_page_that_is_being_closed_ends_the_hold(shop: Shop, noted: Callable[[Shop], Booking]):
    booking = noted(shop)
    shop.pay(booking, minor=1)

    shop.errands()

    ended = shop.booking(booking)
    assert ended.state is (State.CANCELLED if noted is as_called_off else State.EXPIRED)
    assert (shop.fates(ended), shop.seats(ended)) == (["manual"], [])


@pytest.mark.rule("H4")
@pytest.mark.parametrize("expired", [False, True])
def test_the_photographer_takes_the_money_as_it_is(shop: Shop, expired: bool):
    booking = oddly_paid(shop)
    if expired:
        shop.let_lapse_at_the_page(booking)

    shop.by_owner(lambda desk: desk.honour(shop.payment(booking).id))

    booked = shop.booking(booking)
    assert (booked.state, shop.fates(booked), len(shop.seats(booked))) == (State.CONFIRMED, ["honoured"], 1)
    with pytest.raises(BookingChanged):
        shop.by_owner(lambda desk: desk.honour(shop.payment(booking).id))


@pytest.mark.rule("H4")
def test_the_photographer_sends_it_back(shop: Shop):
    booking = oddly_paid(shop)

    shop.by_owner(lambda desk: desk.send_back(shop.payment(booking).id))
    shop.errands()

    assert (shop.fates(booking), shop.payment(booking).why) == (["refunded"], Why.DECIDED)
    assert shop.booking(booking).state is State.PAYING
    ended = shop.change_something("ana", booking)
    assert ended.state is State.EXPIRED, "its page is complete: it never is held again"
    assert ended.reason is Reason.GIVEN_UP, "no time ran out, so it is no lapse (F10)"
    assert shop.differences() == []


@pytest.mark.rule("H4")
def test_where_its_seat_is_gone_or_it_is_cancelled_only_a_refund_is_left(shop: Shop):
    booking = oddly_paid(shop)
    shop.let_lapse_at_the_page(booking)
    bens = shop.hold("ben", shop.spot(booking.spot_id))

    with pytest.raises(SpotTaken):
        shop.by_owner(lambda desk: desk.honour(shop.payment(booking).id))
    shop.give_up("ben", bens)

    other = oddly_paid(shop)
    shop.by_owner(lambda desk: desk.cancel_mini(other.mini_id))
    with pytest.raises(OnlyRefund):
        shop.by_owner(lambda desk: desk.honour(shop.payment(other).id))
    shop.by_owner(lambda desk: desk.send_back(shop.payment(other).id))
    shop.errands()
    assert shop.fates(other) == ["refunded"]


# -- the hard cap --


@pytest.mark.rule("G5")
@pytest.mark.parametrize("leaves", ["lapse", "change", "give_up"])
def test_a_till_that_cannot_be_reached_keeps_the_seat_until_the_hard_cap(shop: Shop, leaves: str):
    paying = as_paying(shop)
    shop.till.down = True
    if leaves == "change":
        shop.change_something("ana", paying)
    elif leaves == "give_up":
        shop.give_up("ana", paying)
    page = shop.checkout(paying)
    shop.wait(QUARTER)
    shop.tick()

    shop.wait(page.order.expires_at + 9 * MINUTE - shop.now())
    shop.tick()
    waits = shop.booking(paying)
    shop.wait(2 * MINUTE)
    shop.tick()

    assert (waits.state, waits.noted) == (State.RELEASING, State.HELD if leaves == "change" else State.EXPIRED)
    ended, page = shop.booking(paying), shop.checkout(paying)
    assert (ended.state, shop.seats(ended)) == (State.EXPIRED, [])
    assert ended.reason is (Reason.GIVEN_UP if leaves == "give_up" else Reason.LAPSED)
    assert (page.state, page.presumed) == (CheckoutState.EXPIRED, True)
    assert shop.alerts() == ["alert_till_silent", "alert_presumed_closed"]
    assert "given_up" not in shop.waiting(), "whether nothing was charged is not known yet"


@pytest.mark.parametrize(("leaves", "over"), [("lapse", "lapsed"), ("give_up", "given_up"), ("change", "lapsed")])
def test_the_history_says_that_the_page_is_gone_before_it_says_what_came_of_it(shop: Shop, leaves: str, over: str):
    paying = as_paying(shop)
    shop.till.down = True
    if leaves == "change":
        shop.change_something("ana", paying)
    elif leaves == "give_up":
        shop.give_up("ana", paying)
    shop.wait(QUARTER)
    shop.tick()
    shop.till.down = False

    shop.wait(MINUTE)
    shop.tick()

    told = [what for what, _ in shop.notes()]
    assert told[-2:] == ["page_closed", over]


@pytest.mark.rule("G5")
def test_after_a_pause_of_our_own_the_till_is_asked_before_anything_is_presumed(shop: Shop):
    spot = shop.card_spots()[0]
    paying = shop.paying("ana", spot)
    shop.pay(paying)
    shop.wait(3 * 60 * MINUTE)

    for name in ("lapse_holds", "presume_closed"):
        shop._repeat(name)
    kept = shop.booking(paying)
    shop.tick()

    assert (kept.state, len(shop.seats(kept))) == (State.RELEASING, 1)
    assert (shop.booking(paying).state, shop.fates(paying)) == (State.CONFIRMED, ["honoured"])


@pytest.mark.rule("G5")
def test_a_page_that_was_presumed_closed_is_asked_about_until_the_till_answers(shop: Shop):
    paying = as_paying(shop)
    shop.give_up("ana", paying)
    shop.pass_hard_cap(paying)

    shop.tick()
    shop.wait(MINUTE)
    shop.tick()

    page = shop.checkout(paying)
    assert (page.state, page.presumed, page.ask_at) == (CheckoutState.EXPIRED, False, None)
    assert shop.waiting()[-1] == "given_up"
    shop.wait(60 * MINUTE)
    assert shop.take() == []


def test_while_one_page_is_presumed_closed_another_may_open_and_the_old_money_goes_back(shop: Shop):
    booking = shop.expired_unheard("ana", shop.card_spots()[0])
    again = shop.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))
    shop.to_pay("ana", again)

    shop.tick()
    shop.wait(MINUTE)
    shop.tick()
    shop.pay(booking)
    shop.errands_about(booking)

    assert (shop.booking(booking).state, sorted(shop.fates(booking))) == (State.CONFIRMED, ["honoured", "refunded"])
    assert shop.differences() == []


# -- what the database refuses --


@pytest.mark.rule("H4")
def test_the_database_refuses_what_may_not_be_twice(shop: Shop):
    booking = oddly_paid(shop)
    open_page = shop.paying("ben", shop.spots_of_day(shop.spot(booking.spot_id))[1])
    shop.by_owner(lambda desk: desk.send_back(shop.payment(booking).id))
    twice = (
        (checkouts, shop.checkout(open_page).id, {"id": "x", "session_id": "x"}),
        (checkouts, shop.checkout(booking).id, {"id": "x"}),
        (payments, shop.payment(booking).id, {"id": "x", "checkout_id": "x"}),
        (payments, shop.payment(booking).id, {"id": "x", "ref": "x"}),
        (refunds, shop.refunds(shop.payment(booking))[0].id, {"id": "x"}),
    )

    for table, row_id, otherwise in twice:
        (row,) = raw.rows(shop.url, table.select().where(table.c.id == row_id))
        with pytest.raises(IntegrityError):
            raw.execute(shop.url, insert(table).values({**row._mapping, **otherwise}))


def test_without_its_index_a_second_open_page_would_be_kept(database_url: str):
    store = Store.open(database_url, link_key=b"a key of thirty-two bytes or so..")
    shop = Shop(store, database_url)
    page = shop.checkout(shop.paying("ana", shop.card_spots()[0]))
    second = {"id": "x", "session_id": "x"}
    (row,) = raw.rows(shop.url, checkouts.select().where(checkouts.c.id == page.id))

    raw.execute(shop.url, "DROP INDEX one_open_checkout")
    raw.execute(shop.url, insert(checkouts).values({**row._mapping, **second}))

    count = text("SELECT count(*) FROM checkouts WHERE state = 'open'")
    assert raw.rows(shop.url, count)[0][0] == 2
    store.close()


def test_an_order_is_read_as_it_was_written(shop: Shop):
    asked = shop.checkout(as_creating(shop)).order

    assert replace(asked) == shop.checkout_of(asked.checkout_id).order
    assert asked.total == dollars(150)
    assert asked.expires_at.tzinfo is not None
    assert asked.expires_at - shop.now() > QUARTER
