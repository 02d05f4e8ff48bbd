"""Money under races, lost answers and lost events, against a till that keeps its promises (QUALITY, "Sure")."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from core.back_office import HANDFUL, BackOffice
from core.booking import ending
from core.booking.booking import Booking, Reason, State
from core.minis.mini import Spot
from core.minis.plan import DayPlan
from core.payments.till import DisputeState, PageState
from core.ports import Records
from core.values.refusals import Refusal
from storage.store import Store
from tests.builders import SATURDAY, a_day
from tests.core.house import at_once, some_day
from tests.core.payments.shop import MINUTE, SECOND, Shop
from tests.core.payments.test_refund import look, owed

RUNS_TOGETHER = 20


@pytest.fixture
def own_shop(database_url: str) -> Iterator[Shop]:
    """A shop whose database is its own: its clock is moved, and its clockwork does whatever is due."""
    store = Store.open(database_url, link_key=b"a key of thirty-two bytes or so..")
    yield Shop(store, database_url, {"several_shooters": True})
    store.close()


def many_spots(count: int) -> DayPlan:
    return some_day(date=SATURDAY, spots=count, duration=timedelta(minutes=10), gap=timedelta(0), start=a_day().start)


# -- a) payment against the end of the hold ----------------------------------------------------------------------------

Lapse = Callable[[Records], int]


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    at: datetime
    run: int
    what: str


def race_the_end(shop: Shop, runs: int, seed: int, lapse: Lapse) -> Counter[str]:
    """So many clients pay within five seconds of their hold's end, and a rival waits for each spot.

    The clockwork comes by when it can, the cashier a moment later; the webhook is early, late, twice or lost.
    """
    chance = random.Random(seed)
    spots = shop.card_spots(days=[many_spots(runs)])
    bookings = [shop.paying(f"client{seed}.{run}", spot) for run, spot in enumerate(spots)]
    pages = [shop.checkout(booking).id for booking in bookings]
    paid: set[int] = set()
    for one in sorted(schedule(bookings, chance)):
        late = one.at - shop.now()
        if late > timedelta(0):
            shop.wait(late)
        match one.what:
            case "pay":
                if shop.till.pay(pages[one.run]):
                    paid.add(one.run)
            case "hint":
                shop.hint(f"evt_{pages[one.run]}", checkout_id=pages[one.run])
            case "lapse":
                shop.store.do(lapse)
            case "rival":
                rival(shop, f"rival{seed}.{one.run}", spots[one.run])
            case _:
                shop.errands()
    shop.wait(2 * MINUTE)
    shop.tick()
    return Counter(outcome(shop, booking, run in paid) for run, booking in enumerate(bookings))


def schedule(bookings: Sequence[Booking], chance: random.Random) -> Iterator[Happening]:
    payments: list[datetime] = []
    for run, booking in enumerate(bookings):
        pays = booking.hold_until + chance.uniform(-5, 5) * SECOND
        payments.append(pays)
        yield Happening(pays, run, "pay")
        for after in chance.choice([[-2.0], [4.0], [0.3, 1.0], []]):  # early, late, twice, lost
            yield Happening(pays + after * SECOND, run, "hint")
    tick = min(payments)
    while tick < max(payments) + 10 * SECOND:
        tick += chance.uniform(0.2, 2) * SECOND
        yield Happening(tick, 0, "lapse")
        yield Happening(tick + chance.uniform(0, 1) * SECOND, 0, "errands")
        for run in range(len(bookings)):
            yield Happening(tick + 0.1 * SECOND, run, "rival")


def rival(shop: Shop, name: str, spot: Spot) -> None:
    with suppress(Refusal):
        shop.hold(name, spot)


def outcome(shop: Shop, booking: Booking, paid: bool) -> str:
    state, fates = shop.booking(booking).state, shop.fates(booking)
    if paid:
        return "kept" if (state, fates) == (State.CONFIRMED, ["honoured"]) else "paid in time and lost the spot"
    return "over" if (state, fates) == (State.EXPIRED, []) else "unpaid and not over"


def properly(records: Records) -> int:
    return BackOffice(records).lapse_holds()


def carelessly(records: Records) -> int:
    """Free the seat and have the page closed later."""
    over = records.bookings.holds_over(HANDFUL)
    for booking in over:
        ending.end(records, booking, State.EXPIRED, Reason.LAPSED)
        records.checkouts.hint(records.checkouts.newest(booking.studio_id, booking.id).id)  # type: ignore[union-attr]
    return len(over)


@pytest.mark.rule("G4", "G5")
def test_who_paid_in_time_keeps_the_spot(own_shop: Shop):
    outcomes = race_the_end(own_shop, RUNS_TOGETHER, 1, properly)

    assert set(outcomes) == {"kept", "over"}, outcomes
    assert own_shop.differences() == []


@pytest.mark.full
@pytest.mark.rule("G4", "G5")
def test_who_paid_in_time_keeps_the_spot_in_a_thousand_races(own_shop: Shop):
    outcomes: Counter[str] = Counter()
    for seed in range(1000 // RUNS_TOGETHER):
        outcomes += race_the_end(own_shop, RUNS_TOGETHER, seed, properly)

    assert set(outcomes) == {"kept", "over"}, outcomes
    assert outcomes.total() == 1000
    assert own_shop.differences() == []


def test_if_the_seat_were_freed_before_the_till_answered_the_spot_would_be_lost(own_shop: Shop):
    assert race_the_end(own_shop, RUNS_TOGETHER, 1, carelessly)["paid in time and lost the spot"] > 0


# -- b) the order and the repetition of events -------------------------------------------------------------------------

EVENTS = ("pay", "webhook", "poll", "lapse", "leave", "page expires")
A_DAYS_WORTH = 50  # stories; each takes half an hour or so
LEAVES = ("change", "give up", "call off")


@dataclass(slots=True)
class Story:
    """One booking at its open page, and what happens to it; each event by its name with `_` for a space."""

    shop: Shop
    spot: Spot
    leaves: str
    name: str = field(init=False)
    booking: Booking = field(init=False)
    page: str = field(init=False)
    events: int = 0

    def __post_init__(self) -> None:
        self.name = f"client{self.spot.id}"
        self.booking = self.shop.paying(self.name, self.spot)
        self.page = self.shop.checkout(self.booking).id

    @property
    def is_settled(self) -> bool:
        return self.shop.booking(self.booking).state not in {State.PAYING, State.RELEASING, State.HELD}

    @property
    def is_paid(self) -> bool:
        return self.shop.till.page_of(self.page).state is PageState.PAID

    def happens(self, event: str, times: int) -> list[object]:
        """Let it happen so many times at once, on threads of their own; gives the errors."""
        self.events += 1
        if event == "poll":
            self.shop.wait(MINUTE + SECOND)
        elif event == "lapse":
            self.shop.wait(self.shop.booking(self.booking).hold_until - self.shop.now() + SECOND)
        outcomes = at_once(*[getattr(self, event.replace(" ", "_"))] * times)
        return [one for one in outcomes if isinstance(one, Exception)]

    def pay(self) -> None:
        self.shop.till.pay(self.page)

    def webhook(self) -> None:
        self.shop.hint(f"evt_{self.page}_{self.events}", checkout_id=self.page)
        self.shop.errands()

    def poll(self) -> None:
        self.shop.errands()

    def lapse(self) -> None:
        self.shop.store.do(lambda records: BackOffice(records).lapse_holds())

    def page_expires(self) -> None:
        self.shop.till.expire(self.page)

    def leave(self) -> None:
        with suppress(Refusal):
            match self.leaves:
                case "change":
                    self.shop.change_something(self.name, self.booking)
                case "give up":
                    self.shop.give_up(self.name, self.booking)
                case _:
                    self.shop.by_owner(lambda desk: desk.cancel_mini(self.spot.mini_id))


def play(story: Story, order: Sequence[str], chance: random.Random) -> tuple[str, str]:
    """Let the events happen in that order, each one to three times; gives what the rules allow, and what it came to."""
    called_off = False
    for event in order:
        called_off = called_off or (event == "leave" and story.leaves == "call off" and not story.is_settled)
        assert story.happens(event, chance.randint(1, 3)) == [], (event, order, story.leaves)
    story.shop.wait(16 * MINUTE)
    story.shop.tick()
    paid = story.is_paid
    unless_called_off = "confirmed honoured" if paid else "expired"
    allowed = unless_called_off if not called_off else "cancelled refunded" if paid else "cancelled"
    return allowed, " ".join([story.shop.booking(story.booking).state, *story.shop.fates(story.booking)])


def play_all(shop: Shop, orders: Sequence[Sequence[str]], seed: int) -> None:
    chance = random.Random(seed)
    for number, order in enumerate(orders):
        if number % A_DAYS_WORTH == 0:  # a new shop begins in the morning again
            assert shop.differences() == []
            shop = Shop(shop.store, shop.url, shop.facts)
        (spot,) = shop.card_spots(days=[many_spots(1)])
        allowed, came_to = play(Story(shop, spot, LEAVES[number % len(LEAVES)]), order, chance)
        assert came_to == allowed, (order, LEAVES[number % len(LEAVES)])
    assert shop.differences() == []


@pytest.mark.rule("G5", "H4")
def test_the_order_and_repetition_of_events_change_nothing(own_shop: Shop):
    orders = random.Random(7).sample(list(permutations(EVENTS)), 12)

    play_all(own_shop, orders, 7)


@pytest.mark.full
@pytest.mark.rule("G5", "H4")
@pytest.mark.parametrize("seed", range(3))
def test_none_of_the_720_orders_changes_anything(own_shop: Shop, seed: int):
    orders = list(permutations(EVENTS))
    random.Random(seed).shuffle(orders)  # so that each seed leaves each of them in another way

    play_all(own_shop, orders, seed)


# -- c) every webhook is lost ------------------------------------------------------------------------------------------


@pytest.mark.rule("H4")
def test_with_all_webhooks_lost_each_payment_is_settled_within_five_minutes(own_shop: Shop):
    chance = random.Random(3)
    spots = own_shop.card_spots(days=[many_spots(12)])
    waiting: dict[int, Booking] = {
        number: own_shop.paying(f"client{number}", spot) for number, spot in enumerate(spots)
    }
    paid_at: dict[int, datetime] = {}
    took: list[timedelta] = []
    while waiting:
        for number in [one for one in waiting if one not in paid_at and chance.random() < 0.3]:
            own_shop.pay(waiting[number])
            paid_at[number] = own_shop.now()
        own_shop.wait(chance.uniform(5, 40) * SECOND)
        own_shop.tick()
        for number in [one for one in waiting if own_shop.booking(waiting[one]).state is State.CONFIRMED]:
            took.append(own_shop.now() - paid_at[number])
            del waiting[number]

    assert max(took) <= 5 * MINUTE
    assert own_shop.differences() == []


# -- d) answers are lost -----------------------------------------------------------------------------------------------


def settled(shop: Shop) -> Booking:
    booking = shop.paying("ana", shop.card_spots()[0])
    if shop.checkout(booking).url:  # nobody pays on a page whose address nobody has
        shop.pay(booking)
    shop.errands_about(booking)
    return booking


def given_up(shop: Shop) -> Booking:
    booking = shop.give_up("ana", shop.paying("ana", shop.card_spots()[0]))
    shop.errands()
    return booking


def refunded(shop: Shop) -> Booking:
    booking = owed(shop)
    shop.errands()
    return booking


def disputed(shop: Shop) -> Booking:
    booking = shop.paid("ana", shop.card_spots()[0])
    shop.till.dispute(shop.payment(booking).ref, DisputeState.OPEN)
    look(shop, shop.payment(booking))
    return booking


#: A story, the call whose answers are lost in it, and what the booking comes to.
STORIES: tuple[tuple[Callable[[Shop], Booking], str, set[str]], ...] = (
    (settled, "open", {"held", "expired", "paying", "confirmed"}),
    (settled, "look", {"confirmed"}),
    (given_up, "close", {"expired"}),
    (refunded, "refund", {"paying", "expired"}),
    (disputed, "charge", {"confirmed"}),
)


@pytest.mark.rule("G5", "H7")
@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=25)])
@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize(("story", "call", "ends"), STORIES, ids=[f"{one.__name__}-{call}" for one, call, _ in STORIES])
def test_an_answer_that_is_lost_doubles_nothing(
    own_shop: Shop, story: Callable[[Shop], Booking], call: str, ends: set[str], reaches: bool, after: timedelta
):
    """Lost at the first asking and at three retries; then at once, or when the till has forgotten its keys."""
    shop = own_shop
    prepared = prepare(shop, story, call, reaches)
    for _ in range(3):
        shop.wait(31 * SECOND)
        shop.errands()
    shop.till.loses.clear()
    shop.till.refuses.clear()
    shop.till.unreached.clear()

    shop.wait(after)
    for _ in range(3):
        shop.wait(2 * MINUTE)
        shop.tick()

    assert shop.booking(prepared).state.value in ends
    assert shop.differences() == []
    made = Counter(order.checkout_id for order in shop.till.orders)
    assert max(made.values(), default=0) <= 1
    assert all(len(payment.refunds) <= 1 for payment in shop.till.payments.values())
    assert len(shop.till.payments) <= 1
    assert all(fate in {"honoured", "refunded", "disputed"} for fate in shop.fates(prepared))
    if call == "refund":
        assert shop.fates(prepared) == ["refunded"]


def prepare(shop: Shop, story: Callable[[Shop], Booking], call: str, reaches: bool) -> Booking:
    (shop.till.loses if reaches else shop.till.unreached).add(call)
    return story(shop)


def test_if_refunds_were_not_looked_for_after_a_day_they_would_be_paid_twice(own_shop: Shop):
    """Of money that is paid back in part: there the till itself has nothing against a second one."""
    shop = own_shop
    booking = owed(shop)
    shop.halve_the_refund(booking)
    shop.till.loses.add("refund")
    shop.errands()
    shop.till.loses.clear()
    shop.wait(timedelta(hours=25))

    shop.till.looks_first = False
    shop.errands()

    assert len(shop.till.payments[shop.payment(booking).ref].refunds) == 2
