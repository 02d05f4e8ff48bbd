"""Errands and hints: what to ask the till next, taken by one worker at a time, and none forgotten (H4)."""

from collections import Counter
from datetime import timedelta

import pytest

from core.back_office import BackOffice
from core.booking.booking import State
from core.messages.records import Sending
from core.payments.checkout import ALERT_AFTER
from core.payments.errands import LATEST, ClosePage, Errand, LookAtPage, LookAtPayment, OpenPage, PayBack
from core.ports import Records
from storage.records import checkouts
from storage.unit import Unit
from tests.core.house import at_once
from tests.core.meeting import Program
from tests.core.payments.shop import LEASE, MINUTE, SECOND, Shop
from tests.storage import raw


def test_each_row_is_the_errand_that_it_needs(shop: Shop):
    day = shop.card_spots()
    shop.paying("ana", day[0])
    closing = shop.paying("ben", day[1])
    odd = shop.paying("cleo", day[2])
    shop.pay(odd, minor=1)
    shop.errands_about(odd)

    shop.give_up("ben", closing)
    shop.hint(checkout_id=shop.checkout(odd).id, payment_ref=shop.payment(odd).ref)
    shop.by_owner(lambda desk: desk.send_back(shop.payment(odd).id))
    shop.to_pay("dan", shop.filled("dan", day[3]))
    at_once = Counter(type(one) for one in shop.take())
    shop.wait(MINUTE)

    assert at_once == {OpenPage: 1, ClosePage: 1, PayBack: 1, LookAtPayment: 1}
    assert Counter(type(one) for one in shop.take()) == {LookAtPage: 1, **at_once}


@pytest.mark.rule("H4")
def test_a_page_is_asked_about_every_minute_without_any_webhook(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.pay(paying)

    shop.wait(MINUTE - SECOND)
    early = shop.errands()
    shop.wait(2 * SECOND)
    shop.errands()

    assert (early, shop.booking(paying).state) == (0, State.CONFIRMED)


def test_what_is_taken_is_nobody_elses_until_its_lease_is_over(shop: Shop):
    shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))

    first, second = shop.take(), shop.take()
    shop.wait(LEASE - SECOND)
    third = shop.take()
    shop.wait(2 * SECOND)

    assert (len(first), second, third) == (1, [], [])
    assert [type(one) for one in shop.take()] == [OpenPage]


def test_no_more_are_taken_than_there_is_room_for(shop: Shop):
    for number, spot in enumerate(shop.card_spots()):
        shop.to_pay(f"client{number}", shop.filled(f"client{number}", spot))

    assert [len(shop.take(limit=3)), len(shop.take(limit=3))] == [3, 1]


# -- two workers --


def taken_at_once(shop: Shop, workers: int = 6) -> Counter[str]:
    """How often each of eight pages was taken, by as many workers as that at the same time."""
    spot = shop.card_class(8)
    for number in range(8):
        shop.to_pay(f"client{number}", shop.filled(f"client{number}", spot))
    taken: list[Errand] = []

    def work() -> None:
        taken.extend(shop.take())

    assert at_once(*[work] * workers) == [None] * workers
    return Counter(one.checkout.id for one in taken if isinstance(one, OpenPage))


@pytest.mark.rule("H4")
def test_an_errand_is_taken_once_however_many_take_at_the_same_moment(shop: Shop):
    assert sorted(taken_at_once(shop).values()) == [1] * 8


IS_DUE = {"sqlite": " AND checkouts.ask_at <= :now", "postgresql": " AND checkouts.ask_at <= %(now)s::BIGINT"}


def test_if_it_stayed_due_it_would_be_taken_by_each(shop: Shop):
    engine = "sqlite" if shop.url.startswith("sqlite") else "postgresql"
    assert IS_DUE[engine] in checkouts._DUE.text(engine)
    keen = Program(shop.url, None, without=[IS_DUE[engine]])
    shop.taker = keen
    shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))

    # One after the other: at the very same moment PostgreSQL's SKIP LOCKED would part them even so.
    assert [len(shop.take()), len(shop.take())] == [1, 1]
    keen.close()


# -- silence --


@pytest.mark.rule("G5")
def test_what_goes_unanswered_is_asked_again_soon_and_then_ever_later(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.give_up("ana", paying)
    shop.till.down = True
    pauses: list[timedelta] = []

    for _ in range(9):
        shop.errands()
        pauses.append(shop.until_asked(paying))
        shop.wait(pauses[-1])

    seconds = [round(pause.total_seconds()) for pause in pauses]
    assert seconds[0] == 2
    assert seconds == sorted(seconds)
    assert max(pauses) <= LATEST


@pytest.mark.rule("G5")
def test_when_a_seat_waits_for_two_minutes_the_studio_hears_of_it_once(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.give_up("ana", paying)
    shop.till.down = True
    shop.errands()

    shop.wait(ALERT_AFTER - SECOND)
    shop.errands()
    early = shop.alerts()
    for _ in range(5):
        shop.wait(MINUTE)
        shop.errands()

    assert (early, shop.alerts()) == ([], ["alert_till_silent"])


def test_a_till_that_is_shut_is_told_at_once(shop: Shop):
    booking = shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))
    shop.till.shut = True

    shop.errands()

    assert (shop.alerts(), shop.waiting()[-1]) == (["alert_till_silent"], "till_silent")
    assert shop.checkout(booking).state.value == "unknown"


def test_silence_about_what_was_settled_meanwhile_means_nothing(shop: Shop):
    """Two askers at once: the second hears nothing, after the first heard that it is paid."""
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.hint(checkout_id=shop.checkout(paying).id)
    (errand,) = shop.take()
    shop.pay(paying)
    shop.errands_about(paying)

    shop.store.do(lambda records: BackOffice(records).unheard(errand, shut=False))
    shop.wait(10 * MINUTE)

    assert (shop.take(), shop.checkout(paying).state.value) == ([], "complete")


# -- hints --


@pytest.mark.rule("H4")
def test_an_event_is_a_hint_once(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    checkout_id = shop.checkout(paying).id
    event = f"evt_{paying.id}"

    first = shop.hint(event, checkout_id=checkout_id)
    shop.errands()
    again = [shop.hint(event, checkout_id=checkout_id) for _ in range(3)]

    assert (first, again, shop.errands()) == (True, [False] * 3, 0)


@pytest.mark.rule("H4")
def test_an_event_that_is_delivered_many_times_at_once_is_a_hint_once(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    checkout_id = shop.checkout(paying).id
    event = f"evt_{paying.id}"

    outcomes = at_once(*[lambda: shop.hint(event, checkout_id=checkout_id)] * 8)

    assert sorted(map(bool, outcomes)) == [False] * 7 + [True]


def test_a_hint_about_what_is_not_ours_is_heard_and_changes_nothing(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])

    assert shop.hint(checkout_id="nobody's", payment_ref="pi_nobodys")
    assert (shop.take(), shop.booking(paying)) == ([], paying)


def test_a_hint_about_what_is_settled_asks_nothing(shop: Shop):
    booked = shop.paid("ana", shop.card_spots()[0])

    shop.hint(checkout_id=shop.checkout(booked).id)

    assert shop.take() == []


def test_a_hint_reaches_a_page_that_is_presumed_closed(shop: Shop):
    booking = shop.expired_unheard("ana", shop.card_spots()[0])
    shop.errands_about(booking)

    assert shop.booking(booking).state is State.CONFIRMED


@pytest.mark.rule("H4")
def test_a_hint_that_comes_while_the_till_is_asked_is_not_lost(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.hint(checkout_id=shop.checkout(paying).id)
    (errand,) = shop.take()
    answer = shop.till.answer(errand)
    shop.pay(paying)
    shop.hint(checkout_id=shop.checkout(paying).id)

    shop.store.do(lambda records: BackOffice(records).heard(errand, answer))
    shop.errands()

    assert shop.booking(paying).state is State.CONFIRMED


@pytest.mark.rule("F7")
def test_a_client_who_says_so_has_the_till_asked_at_once(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    shop.pay(paying)

    shop.by("ana", lambda desk: desk.look_again(paying))
    shop.errands()

    assert shop.booking(paying).state is State.CONFIRMED


# -- alerts wait for an address --


@pytest.mark.rule("J7")
def test_an_alert_waits_for_the_studios_bot_and_keeps_nobody_busy(shop: Shop):
    shop.till.refuses["open"] = "amount_too_large"
    booking = shop.to_pay("ana", shop.filled("ana", shop.card_spots()[0]))
    shop.errands()
    shop.give_up("ana", booking)
    assert shop.alerts() == ["alert_page_refused"]
    shop.wait(SECOND)  # beyond what a machine's clock may step back

    while rows := shop.store.do(lambda records: records.outbox.lease("worker", 50, LEASE)):
        assert all(row.client_id for row in rows)
        for row in rows:
            shop.store.do(lambda records, row=row: records.outbox.settle("worker", row.id, Sending.SENT))

    now = shop.now()
    deadline = shop.look(lambda records: records.clock.next_deadline())
    assert deadline is None or deadline > now, "what waits for an address is not due"


# -- what it costs --


def count(records: Records, deed: str) -> int:
    assert isinstance(records, Unit)
    getattr(BackOffice(records), deed)()
    return records.statements


@pytest.mark.rule("J7")
def test_an_idle_tick_is_one_statement_and_an_idle_deed_two_at_most(shop: Shop):
    shop.paying("ana", shop.card_spots()[0])

    def tick(records: Records) -> int:
        assert isinstance(records, Unit)
        records.clock.next_deadline()
        _ = records.now
        return records.statements

    assert shop.look(tick) == 1
    for deed in ("lapse_holds", "presume_closed", "end_choices"):
        assert shop.store.do(lambda records, deed=deed: count(records, deed)) <= 2


@pytest.mark.rule("J7")
def test_taking_errands_costs_the_same_however_many_there_are(shop: Shop):
    spot = shop.card_class(10)
    for number in range(10):
        shop.to_pay(f"client{number}", shop.filled(f"client{number}", spot))

    def take(records: Records) -> tuple[int, int]:
        assert isinstance(records, Unit)
        errands = BackOffice(records).take_errands(50, LEASE)
        return len(errands), records.statements

    assert shop.store.do(take) == (10, 4)
    assert shop.store.do(take) == (0, 4)


@pytest.mark.rule("G4")
def test_the_next_deadline_knows_of_pages_choices_and_refunds(shop: Shop):
    paying = shop.paying("ana", shop.card_spots()[0])
    raw.execute(shop.url, "UPDATE outbox SET state = 'sent'")
    asked = shop.checkout(paying).ask_at
    deadlines = [shop.look(lambda records: records.clock.next_deadline())]
    shop.pay(paying, minor=1)
    shop.errands_about(paying)
    shop.by_owner(lambda desk: desk.send_back(shop.payment(paying).id))
    raw.execute(shop.url, "UPDATE outbox SET state = 'sent'")

    deadlines.append(shop.look(lambda records: records.clock.next_deadline()))

    assert deadlines == [asked, shop.refunds(shop.payment(paying))[0].ask_at]
