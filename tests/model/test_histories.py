"""The real code does what the model does: the same outcomes and the same worlds, on both databases."""

from collections.abc import Iterable, Iterator

import pytest

from storage.store import Store
from tests.model.broken import (
    CancelForgetsClaims,
    CancelledMiniForgetsOpenPages,
    CompletePageForgotten,
    EarlierAttemptTakenForThisOne,
    ExtensionTwice,
    GivingUpAnOpenPageConfirms,
    IndexOnClaimsDropped,
    LateMoneyIgnoresAnotherHold,
    LateMoneyTakesItsSeatFromTheNext,
    LinkForgottenWhenItsBookingEnds,
    SeatFreedBeforeStripeAnswered,
    SwapForgetsToRelease,
    TakenUpWhileMoneyPends,
    WhatIsNotedWinsOverMoney,
)
from tests.model.histories import Driver, TimedModel
from tests.model.machine import Event, Machine
from tests.model.real import RealHouse
from tests.model.walks import PAID, WALKED, walk
from tests.model.world import Config

STEPS = 60

#: What the doors may call each refusal of the model.
CODES = {
    "spot_taken": {"spot-taken", "overlaps-own-reservation"},
    "one_hold": {"hold-elsewhere", "holds-in-other-mini"},
    "mini_closed": {"mini-not-open", "mini-paused", "mini-changed"},
    "cooling_down": {"cooling-down"},
    "not_held": {"hold-over", "page-open", "page-closing"},
    "hold_over": {"hold-over", "booking-changed"},
    "extended_already": {"extension-used"},
    "preview": {"preview-only", "mini-not-open"},
    "another_mini": {"spot-gone"},
    "link_gone": {"reservation-gone", "reservation-over"},
    "link_of_another": {"reservation-gone"},
    "not_expired": {"booking-changed"},
    "not_live": {"booking-changed"},
    "not_confirmed": {"booking-changed"},
    "not_movable": {"booking-changed", "page-closing", "payment-pending"},
    "not_paying": {"booking-changed", "hold-over", "page-closing"},
    "payment_pends": {"payment-pending"},
    "not_choosing": {"choice-over"},
    "may_not_return": {"mini-not-open", "spot-gone", "end-other-first"},
    "not_manual": {"booking-changed"},
    "only_a_refund": {"only-refund", "mini-not-open"},
    "nothing_due": {"booking-changed"},
}

#: Where several of these are true, a hold, a move and a taking up may name any.
ANY_FIRST = ("spot_taken", "one_hold", "mini_closed", "payment_pends")
#: So may what turns late money into a booking.
ANY_OF_LATE = ("spot_taken", "may_not_return", "another_mini", "not_choosing")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.open(database_url, link_key=b"a key of thirty-two bytes or so..")
    yield store
    store.close()


def divergence(store: Store, model: TimedModel, name: str, events: Iterable[Event]) -> str | None:
    """Where the real code first does something else than the model, as the story that leads there."""
    real: Driver = RealHouse(store, model.machine.config, name)
    path: list[Event] = []
    for event in events:
        path.append(event)
        expected, outcome = model.do(event), real.do(event)
        story = f"{name}: " + " · ".join(" ".join(map(str, step)) for step in path)
        if not agree(event, expected, outcome):
            return f"{story}\nthe model says {expected}, the real code {outcome}"
        if (shown := real.observe()) != (wanted := model.observe()):
            return f"{story}\nthe model shows {wanted}\nthe real code {shown}"
    return None


def divergence_on_a_walk(store: Store, config: Config, seed: int, machine: type[Machine] = Machine) -> str | None:
    model = TimedModel(config, machine)
    worlds = (*WALKED, *PAID)
    return divergence(store, model, f"walk{worlds.index(config)}-{seed}", walk(seed, config, model, STEPS))


def agree(event: Event, expected: str | None, outcome: str | None) -> bool:
    if expected is None or outcome is None:
        return expected is outcome
    codes = CODES[expected]
    if event[0] in ("hold", "take_up", "move", "move_paying") and expected in ANY_FIRST:
        codes = set[str]().union(*(CODES[code] for code in ANY_FIRST))
    if event[0] in ("pick", "honour") and expected in ANY_OF_LATE:
        codes = set[str]().union(*(CODES[code] for code in ANY_OF_LATE))
    return outcome in codes


@pytest.mark.rule("G1", "G2", "G3", "G4", "F10", "D3", "D4", "E1", "C4", "C7", "K2")
@pytest.mark.parametrize("config", WALKED, ids=lambda config: config.name)
def test_random_histories_end_alike_in_the_model_and_in_the_real_code(store: Store, config: Config) -> None:
    for seed in range(6):
        assert divergence_on_a_walk(store, config, seed) is None


@pytest.mark.rule("G2", "G3", "G4", "G5", "H4", "H7", "H9")
@pytest.mark.parametrize("config", PAID, ids=lambda config: config.name)
def test_random_histories_with_money_end_alike_in_the_model_and_in_the_real_code(store: Store, config: Config) -> None:
    for seed in range(6):
        assert divergence_on_a_walk(store, config, seed) is None


@pytest.mark.full
@pytest.mark.parametrize("config", [*WALKED, *PAID], ids=lambda config: config.name)
def test_many_random_histories_end_alike_in_the_model_and_in_the_real_code(store: Store, config: Config) -> None:
    for seed in range(1_000, 1_100):
        assert divergence_on_a_walk(store, config, seed) is None


SINGLE, CLASSES, OVERLAPPING = WALKED

#: Short histories that once ended differently, and why they must not.
TOLD: tuple[tuple[str, Config, tuple[Event, ...]], ...] = (
    (
        "more places count the seat that went back to the client's own reservation",
        CLASSES,
        (("reserve", 1, 0), ("hold_link", 0, 1), ("give_up", 0), ("hold", 1, 1), ("set_places", 1, 2)),
    ),
    (
        "a confirmed booking does not move into a mini where its client holds",
        CLASSES,
        (("hold", 0, 2), ("confirm", 0), ("hold", 1, 0), ("move", 0, 1)),
    ),
    (
        "a preview does not count as a hold in the mini that a hold is moved into",
        CLASSES,
        (("hold", 15, 2), ("hold", 0, 0), ("move", 0, 3)),
    ),
    (
        "a member's preview takes up their own reservation as any booking does",
        CLASSES,
        (("reserve", 4, 0), ("hold_link", 0, 4), ("give_up", 0), ("hold", 15, 2), ("swap", 15, 3), ("give_up", 15)),
    ),
    (
        "nothing is reserved in a cancelled mini",
        SINGLE,
        (("cancel_mini", 0), ("reserve", 0, 0)),
    ),
    (
        "nothing moves into a cancelled mini",
        CLASSES,
        (("hold", 0, 2), ("cancel_mini", 0), ("move", 0, 0)),
    ),
    (
        "a third hold that ran out within the hour brings a pause of a quarter of an hour",
        SINGLE,
        (
            *(("hold", 0, 0), ("advance", 15), ("lapse_holds",)),
            *(("take_up", 0, 0), ("advance", 15), ("lapse_holds",)),
            *(("take_up", 0, 0), ("advance", 15), ("lapse_holds",)),
            *(("take_up", 0, 0), ("hold", 1, 1), ("advance", 15), ("hold", 1, 1)),
        ),
    ),
)


@pytest.mark.rule("D3", "F10", "K2")
@pytest.mark.parametrize(("config", "events"), [told[1:] for told in TOLD], ids=[told[0] for told in TOLD])
def test_told_histories_end_alike(store: Store, config: Config, events: tuple[Event, ...]) -> None:
    assert divergence(store, TimedModel(config), "told", events) is None


@pytest.mark.parametrize(
    "machine",
    [IndexOnClaimsDropped, ExtensionTwice, SwapForgetsToRelease, CancelForgetsClaims, LinkForgottenWhenItsBookingEnds],
)
def test_a_model_that_is_wrong_diverges_from_the_real_code(store: Store, machine: type[Machine]) -> None:
    walks = (divergence_on_a_walk(store, SINGLE, seed, machine) for seed in range(10))
    assert any(walks), "the histories would not notice a wrong rule"


@pytest.mark.parametrize(
    "machine",
    [
        SeatFreedBeforeStripeAnswered,
        EarlierAttemptTakenForThisOne,
        WhatIsNotedWinsOverMoney,
        TakenUpWhileMoneyPends,
        LateMoneyIgnoresAnotherHold,
        LateMoneyTakesItsSeatFromTheNext,
        CancelledMiniForgetsOpenPages,
        CompletePageForgotten,
        GivingUpAnOpenPageConfirms,
    ],
)
def test_a_model_that_is_wrong_about_money_diverges_from_the_real_code(store: Store, machine: type[Machine]) -> None:
    config, seed = next(
        ((config, seed) for seed in range(1_000) for config in PAID if models_differ(config, seed, machine)), (None, 0)
    )
    assert config is not None, "the histories would not notice a wrong rule"
    assert divergence_on_a_walk(store, config, seed, machine) is not None


def models_differ(config: Config, seed: int, machine: type[Machine]) -> bool:
    """Whether the right model shows another world somewhere on the wrong one's walk; it costs no database."""
    wrong, right = TimedModel(config, machine), TimedModel(config)
    return any(
        (wrong.do(event) is None) != (right.do(event) is None) or wrong.observe() != right.observe()
        for event in walk(seed, config, wrong, STEPS)
    )
