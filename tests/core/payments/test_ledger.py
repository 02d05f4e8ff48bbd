"""No payment is forgotten: with every race at once, each is honoured, refunded, or in front of the photographer."""

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, text, update

from core.back_office import BackOffice
from core.booking.booking import Booking, State
from core.minis.mini import Spot
from core.payments.errands import Answer, ClosePage, Errand, LookAtPage
from core.payments.give_back import GiveBack
from core.payments.payment import CHOICE, PROBLEMS, Disposition, How, Refund
from core.payments.till import DisputeState, RefundState, TillRefused
from core.values.refusals import Overtaken, Refusal, Trouble
from storage.money_tables import checkouts, payments
from storage.store import Store
from storage.tables import bookings, history
from tests.builders import dollars
from tests.core.payments.shop import LEASE, MINUTE, SECOND, Shop, do_errand
from tests.core.payments.test_simulations import many_spots
from tests.storage import raw

T = TypeVar("T")

WORKERS = 4
CLIENTS = 80  # in one round; they want half as many spots
STEPS = 14  # that happen for each of them in it
PAYMENTS = int(os.environ.get("MINIS_TEST_PAYMENTS", "5000"))
SEED = int(os.environ.get("MINIS_TEST_SEED", "2"))
KEPT = {"honoured", "disputed", "won", "lost"}
BOOKED = {State.CONFIRMED.value, State.CANCELLED.value, State.DONE.value}
BY_PEOPLE = {disposition.value for disposition in PROBLEMS - {Disposition.REFUND_DUE, Disposition.REFUNDING}}


@pytest.fixture
def own_store(database_url: str) -> Iterator[tuple[Store, str]]:
    store = Store.open(database_url, link_key=b"a key of thirty-two bytes or so..")
    yield store, database_url
    store.close()


@dataclass(slots=True)
class Market:
    """One round: a shop of its own, clients in each other's way, a photographer, and a till with its weather."""

    shop: Shop
    chance: random.Random
    spots: list[Spot] = field(init=False)
    bookings: dict[str, Booking] = field(default_factory=dict[str, Booking])
    pages: list[str] = field(default_factory=list[str])
    #: Events that were not delivered yet, and answers that arrive later.
    events: list[tuple[str, str | None, str | None]] = field(default_factory=list[tuple[str, str | None, str | None]])
    answers: list[tuple[Errand, Answer]] = field(default_factory=list[tuple[Errand, Answer]])
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        half = CLIENTS // 4
        self.spots = [*self.shop.card_spots(days=[many_spots(half)]), *self.shop.card_spots(days=[many_spots(half)])]
        for number in range(CLIENTS):
            self.shop.client(self._name(number))

    def run(self) -> None:
        with ThreadPoolExecutor(WORKERS) as workers:
            seeds = [self.chance.random() for _ in range(WORKERS)]
            list(workers.map(self._work, range(WORKERS), seeds))
        self._come_to_rest()

    def _work(self, worker: int, seed: float) -> None:
        chance = random.Random(seed)
        mine = range(worker, CLIENTS, WORKERS)
        for _ in range(STEPS * len(mine)):
            deed = chance.choices(self._deeds, self._weights)[0]
            # What a person hears of a refusal, or of a till or a row that changed meanwhile, they hear.
            with suppress(Refusal, Overtaken, Trouble, TillRefused):
                deed(self, chance, chance.choice(mine))

    # -- clients --

    def _client(self, chance: random.Random, number: int) -> None:
        """The next thing that a client would do, or another one."""
        name, booking = self._name(number), self._booking(number)
        state = booking.state if booking else None
        if booking is None or state is State.CANCELLED:
            self.bookings[name] = self.shop.filled(name, chance.choice(self.spots))
        elif state is State.HELD:
            page = self.shop.to_pay(name, booking)
            self.pages.append(self.shop.checkout(page).id)
        elif state is State.EXPIRED:
            self._after_the_end(chance, name, booking)
        elif state in {State.PAYING, State.RELEASING}:
            self._pay(chance, self.shop.checkout(booking).id)

    def _after_the_end(self, chance: random.Random, name: str, booking: Booking) -> None:
        if "choosing" not in self.shop.fates(booking):
            self.shop.by(name, lambda desk: desk.take_up(booking.id, chance.choice(self.spots).id))
        elif shown := self.shop.by(name, lambda desk: desk.nearest_spots(booking)):
            self.shop.by(name, lambda desk: desk.pick(booking.id, chance.choice(shown).id))
        else:
            self.shop.by(name, lambda desk: desk.take_money(booking.id))

    def _pay(self, chance: random.Random, page: str) -> None:
        odd = chance.randint(1, 20_000) if chance.random() < 0.08 else None
        if ref := self.shop.till.pay(page, minor=odd):
            for _ in range(chance.choice([0, 1, 1, 2, 3])):
                self.events.append((f"evt_{ref}", page, chance.choice([None, ref])))

    def _change_mind(self, chance: random.Random, number: int) -> None:
        booking = self._booking(number)
        if booking:
            deed = chance.choice(["change_something", "give_up", "extend", "give_up", "cancel"])
            self.shop.by(self._name(number), lambda desk: getattr(desk, deed)(booking.id))

    def _pay_an_old_page(self, chance: random.Random, number: int) -> None:
        """Somebody left it open in another tab."""
        if self.pages:
            self._pay(chance, chance.choice(self.pages))

    # -- the photographer --

    def _photographer(self, chance: random.Random, number: int) -> None:
        booking = self._booking(number)
        if booking is None:
            return
        if chance.random() < 0.02:
            self.shop.by_owner(lambda desk: desk.cancel_mini(booking.mini_id))
        elif chance.random() < 0.3:
            self.shop.by_owner(lambda desk: desk.move(booking.id, chance.choice(self.spots).id))
        elif chance.random() < 0.1:
            self.shop.by_owner(lambda desk: desk.cancel(booking.id, chance.choice(list(GiveBack))))
        elif chance.random() < 0.3:
            self.shop.by_owner(lambda desk: desk.refund(booking.id, dollars(chance.choice([1, 50, 150]))))
        elif chance.random() < 0.3:
            self.shop.by_owner(lambda desk: desk.mark_returned(booking.id, dollars(chance.choice([10, 150])), How.CASH))
        elif entries := [one for one in self.shop.payments(booking) if one.outside]:
            self.shop.by_owner(lambda desk: desk.undo_paid(chance.choice(entries).id))
        for problem in self.shop.by_owner(lambda desk: desk.problems()):
            deed = chance.choice(["honour", "send_back", "refund_again", "refund_again", "leave_refund"])
            with suppress(Refusal):
                if problem.payment:
                    self.shop.by_owner(lambda desk, deed=deed, id=problem.id: getattr(desk, deed)(id))
                elif chance.random() < 0.3:
                    self.shop.by_owner(lambda desk, one=problem: desk.keep_money(one.id, one.amount))

    def _dashboard(self, chance: random.Random, number: int) -> None:
        """What is done at the till by hand, and what banks do."""
        refs = list(self.shop.till.payments)
        if not refs:
            return
        ref = chance.choice(refs)
        match chance.randint(1, 4):
            case 1:
                left = self.shop.till.payments[ref]
                self.shop.till.refund_by_hand(ref, max(1, (left.amount.minor - left.back) // chance.choice([1, 3])))
            case 2:
                self.shop.till.dispute(ref, chance.choice(list(DisputeState)))
            case 3 if self.shop.till.payments[ref].refunds:
                self.shop.till.bank_says(ref, chance.choice([RefundState.DONE, RefundState.FAILED]))
            case _:
                self.shop.till.expire(chance.choice(self.pages))
        self.events.append((f"evt_{ref}_{chance.random()}", None, ref))

    # -- ourselves --

    def _clockwork(self, chance: random.Random, number: int) -> None:
        for deed in (BackOffice.lapse_holds, BackOffice.presume_closed, BackOffice.end_choices):
            self.shop.store.do(lambda records, deed=deed: deed(BackOffice(records)))

    def _cashier(self, chance: random.Random, number: int) -> None:
        till = self.shop.till
        for errand in self.shop.take(chance.randint(1, 16)):
            weather = chance.random()
            if weather < 0.1:  # the answer is lost, or there is none
                with suppress(Trouble, TillRefused):
                    if weather < 0.06:
                        till.answer(errand)
                self.shop.store.do(lambda records, errand=errand: BackOffice(records).unheard(errand, shut=False))
            elif weather < 0.2:  # it comes much later
                with suppress(Trouble, TillRefused):
                    self.answers.append((errand, till.answer(errand)))
            elif weather < 0.23:
                pass  # the process dies
            else:
                do_errand(self.shop.store, till, errand)

    def _late_answer(self, chance: random.Random, number: int) -> None:
        if late := self._pop(self.answers, chance):
            errand, answer = late
            self.shop.store.do(lambda records: BackOffice(records).heard(errand, answer))

    def _webhook(self, chance: random.Random, number: int) -> None:
        if late := self._pop(self.events, chance):
            event, page, ref = late
            self.shop.hint(event, checkout_id=page, payment_ref=ref)

    def _time(self, chance: random.Random, number: int) -> None:
        self.shop.wait(chance.choice([SECOND, 20 * SECOND, MINUTE, 4 * MINUTE]))

    def _long_time(self, chance: random.Random, number: int) -> None:
        self.shop.wait(chance.choice([16 * MINUTE, 50 * MINUTE]))

    def _outage(self, chance: random.Random, number: int) -> None:
        """The till cannot be heard, and people go on paying there; or it can again."""
        self.shop.till.down = not self.shop.till.down

    def _refunds(self, chance: random.Random, number: int) -> None:
        self.shop.till.refunds_are = chance.choice(list(RefundState)[1:])

    _deeds = (
        *(_client, _change_mind, _pay_an_old_page, _photographer, _dashboard),
        *(_clockwork, _cashier, _late_answer, _webhook, _time, _long_time, _outage, _refunds),
    )
    _weights = (60, 3, 2, 2, 1, 2, 8, 3, 10, 3, 0.4, 0.2, 0.2)

    def _come_to_rest(self) -> None:
        """All that is under way arrives, in fair weather, and a day goes by."""
        till = self.shop.till
        till.refunds_are, till.down = RefundState.DONE, False
        chance = random.Random(0)
        while self.events:
            self._webhook(chance, 0)
        while self.answers:
            self._late_answer(chance, 0)
        for ref in till.payments:
            till.banks_settle(ref)
            self.shop.hint(f"rest_{ref}", payment_ref=ref)
        for wait in (LEASE, 31 * MINUTE, 61 * MINUTE, CHOICE, LEASE, timedelta(hours=2)):
            self.shop.wait(wait)
            self.shop.tick()

    # -- private --

    def _booking(self, number: int) -> Booking | None:
        known = self.bookings.get(self._name(number))
        return self.shop.booking(known) if known else None

    def _name(self, number: int) -> str:
        return f"client{number}"

    def _pop(self, waiting: list[T], chance: random.Random) -> T | None:
        with self._lock:
            return waiting.pop(chance.randrange(len(waiting))) if waiting else None


# -- what must be so in the end --


def wrongs(market: Market) -> list[str]:
    shop = market.shop
    mine = bookings.c.studio_id == shop.studio.id
    by_id = {row.id: row for row in raw.rows(shop.url, select(bookings).where(mine))}
    found = shop.differences()
    waiting = shop.by_owner(lambda desk: desk.problems())
    problems = {problem.payment.id for problem in waiting if problem.payment}
    seen = {problem.id for problem in waiting}
    kept: Counter[str] = Counter()
    through_till = select(payments).where(payments.c.studio_id == shop.studio.id, payments.c.how.is_(None))
    for row in raw.rows(shop.url, through_till):
        fate, booking = row.disposition, by_id[row.booking_id]
        if fate in KEPT:
            kept[booking.id] += 1
            parts = shop.look(lambda records, id=row.id: records.refunds.of_payment(shop.studio.id, id))
            found += [f"{one.key} is {one.state}, and nobody sees to it" for one in parts if _is_lost(fate, one, seen)]
            if booking.state not in BOOKED:
                found.append(f"{row.ref} is {fate}, its booking {booking.state}")
        elif fate != "refunded" and not (fate in BY_PEOPLE and row.id in problems):
            found.append(f"{row.ref} is {fate}, and nobody sees to it")
    for booking in by_id.values():
        if booking.state in {"held", "paying", "releasing"}:
            found.append(f"{booking.code} is still {booking.state}")
        if booking.state == "confirmed" and kept[booking.id] != 1:
            found.append(f"{booking.code} is confirmed with {kept[booking.id]} payments")
    found += [f"{one.code} was cancelled by its client, and nobody decides" for one in _undecided(shop, by_id, seen)]
    seats = text(
        "SELECT count(*) FROM claims JOIN bookings ON bookings.id = claims.owner_id WHERE claims.released_at IS NULL"
        f" AND claims.studio_id = '{shop.studio.id}' AND bookings.state NOT IN ('confirmed', 'done')"
    )
    if raw.rows(shop.url, seats)[0][0]:
        found.append("a seat is claimed for a booking that is over")
    return found


def _undecided(shop: Shop, by_id: Mapping[str, Any], seen: set[str]) -> Iterator[Any]:
    """More is kept of what their clients paid than was decided, and that is not before the photographer."""
    kept: Counter[str] = Counter()
    for row in raw.rows(shop.url, select(history).where(history.c.what == "money_kept")):
        kept[row.booking_id] += json.loads(row.facts)["minor"]
    for row in by_id.values():
        if row.state == "cancelled" and row.reason == "by_client" and row.id not in seen:
            account = shop.by_owner(lambda desk, id=row.id: desk.account(desk.booking(id)))
            if account.kept.minor > account.failed.minor + account.disputed.minor + kept[row.id]:
                yield row


def _is_lost(fate: str, refund: Refund, seen: set[str]) -> bool:
    """Whether it neither arrived, nor is before the photographer, nor was settled."""
    if fate == "lost" or refund.state is RefundState.DONE or refund.settled:
        return False
    return refund.id not in seen


def simulate(own_store: tuple[Store, str], wanted: int, seed: int, make: Callable[..., Market] = Market) -> list[str]:
    """Rounds until so many payments came in; gives what was wrong in the end of each."""
    chance, paid, found = random.Random(seed), 0, list[str]()
    fates: Counter[str] = Counter()
    while paid < wanted and not found:
        market = make(Shop(*own_store, {"several_shooters": True, "hold_override": True}), chance)
        market.run()
        found += wrongs(market)
        paid += len(market.shop.till.payments)
        of_round = select(payments.c.disposition).where(payments.c.studio_id == market.shop.studio.id)
        fates.update(row.disposition for row in raw.rows(own_store[1], of_round))
    print(f"{paid} payments: {dict(fates)}")
    return found


@pytest.mark.rule("G5", "H4", "H7", "H9")
def test_no_payment_is_forgotten(own_store: tuple[Store, str]):
    assert simulate(own_store, 40, 4) == []


class Forgetful(Market):
    """Whoever waits too long for the till's answer takes it that nothing happened there."""

    __slots__ = ()

    def _late_answer(self, chance: random.Random, number: int) -> None:
        if late := self._pop(self.answers, chance):
            errand, _ = late
            if isinstance(errand, LookAtPage | ClosePage):
                forget = update(checkouts).where(checkouts.c.id == errand.checkout.id, checkouts.c.state != "complete")
                raw.execute(self.shop.url, forget.values(ask_at=None, state="expired", version=99))

    _deeds = (*Market._deeds[:7], _late_answer, *Market._deeds[8:])


def test_a_shop_that_forgets_is_found_out(own_store: tuple[Store, str]):
    assert simulate(own_store, 200, 1, Forgetful) != []


@pytest.mark.full
@pytest.mark.rule("G5", "H4", "H7", "H9")
def test_none_of_many_payments_is_forgotten(own_store: tuple[Store, str]):
    """So many on each engine; a hundred thousand take hours, and more seeds find more than more of one."""
    assert simulate(own_store, PAYMENTS, SEED) == []
