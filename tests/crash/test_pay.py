"""`kill -9` between "continue to pay" and the confirmation, and at the hold's end with the page open.

Whoever paid is booked or has the choice, nobody pays twice, and a seat is given back once, and only when nobody can pay
for it any more: Stripe's books and ours agree to the cent.
"""

import asyncio
import gc
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest

from tests.crash.conftest import Stages
from tests.crash.kills import Deaths, Teller, deaths_of, failures
from tests.crash.nursery import Nursery
from tests.crash.paying import (
    NoPage,
    Paid,
    PaidAtTheEnd,
    PaidInTheDark,
    PaidUnheard,
    PayingStory,
    RanOut,
    SeatGone,
)
from tests.crash.seams import ANY, Death
from tests.crash.story import Ending

NAMED_POINTS = 60  # at least, of each story
HITS = (1, 2)
SHARES = 4  # of the full size, to be spread over processes
SOON = 6.0  # seconds that the client of a control waits
SPREAD = 0.618  # of one first death's second deaths against the next one's, so that together they lie everywhere

ASKED = "post /v1/checkout/sessions: called"
MADE = "post /v1/checkout/sessions: done, not known"
LOOKED = "get /v1/checkout/sessions/…: done, not known"
CLOSED = "post /v1/checkout/sessions/…/expire: done, not known"
CLOSING = "post /v1/checkout/sessions/…/expire: called"
TAPPED = "TelegramBot._commit: COMMIT"
HEARING = "Cashier._write: COMMIT"
HEARD = "Cashier._write: committed"

#: What each story is killed at in the small size.
AT_FIRST: dict[type[PayingStory], Sequence[Death]] = {
    Paid: [
        Death(TAPPED, 1),
        Death(MADE, 1),
        Death(HEARD, 1),
        Death("an event: came", 1),
        Death("an event: kept, not acknowledged", 1),
        Death("sendMessage: done, not known", 1),
    ],
    PaidUnheard: [Death(ASKED, 1), Death(LOOKED, 1), Death(HEARING, 2)],
    RanOut: [Death("Jobs._repeat: INSERT outbox", 1), Death(CLOSED, 1), Death(HEARD, 1)],
    PaidAtTheEnd: [Death(CLOSING, 1), Death(LOOKED, 1)],
}
EVERY_STORY = (*AT_FIRST, NoPage, PaidInTheDark, SeatGone)

#: Of an upload that its sender did not survive, aiohttp's server (a stand-in's) leaves the file to Python.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What Python finds left behind, it finds here and not in somebody else's test."""
    yield
    gc.collect()


async def die_at(teller: Teller, recording: Ending, deaths: Sequence[Deaths]) -> list[Ending]:
    endings = await teller.tell_all(deaths)
    assert failures(recording, endings) == []
    return [ending for _, ending in endings]


async def die_twice(teller: Teller, recording: Ending, firsts: Sequence[Death], times: int) -> None:
    """Die at each of these, and then so many times while that is being recovered from."""
    once = await die_at(teller, recording, [(first,) for first in firsts])
    again = chain.from_iterable(
        _again(first, ending, index, times) for index, (first, ending) in enumerate(zip(firsts, once, strict=True))
    )
    twice = await die_at(teller, recording, list(again))
    assert any(ending.died == 2 for ending in twice)


def _again(first: Death, ending: Ending, index: int, times: int) -> list[Deaths]:
    """Second deaths, spread over the second life that there was after the first death alone."""
    points = ending.later_points[0] if ending.later_points else 0
    places = [(index * SPREAD + share / times) % 1 for share in range(times)]
    return [(first, Death(ANY, 1 + int(place * points))) for place in places if points]


@pytest.mark.rule("G4", "G5", "H3", "H4")
@pytest.mark.parametrize("kind", AT_FIRST, ids=lambda kind: kind.__name__)
async def test_a_kill_at_a_few_points_costs_nobody_money_or_their_spot(
    nursery: Nursery, sqlite_tills: Stages, tmp_path: Path, kind: type[PayingStory]
):
    teller = Teller(kind, nursery, sqlite_tills, tmp_path, at_least=NAMED_POINTS)
    recording = await teller.record()

    endings = await die_at(teller, recording, [(death,) for death in AT_FIRST[kind]])

    assert sum(ending.died for ending in endings) >= len(endings) - 1  # one may share its commit


@pytest.mark.rule("G5", "H4")
@pytest.mark.parametrize("kind", [Paid, RanOut], ids=lambda kind: kind.__name__)
async def test_nor_does_it_on_postgres(
    nursery: Nursery, postgres_tills: Stages, tmp_path: Path, kind: type[PayingStory]
):
    teller = Teller(kind, nursery, postgres_tills, tmp_path, at_least=NAMED_POINTS)
    recording = await teller.record()

    await die_at(teller, recording, [(death,) for death in AT_FIRST[kind][1:3]])


@pytest.mark.rule("G5", "H4")
async def test_nor_does_a_second_kill_while_the_first_is_recovered_from(
    nursery: Nursery, sqlite_tills: Stages, tmp_path: Path
):
    teller = Teller(Paid, nursery, sqlite_tills, tmp_path, at_least=NAMED_POINTS)
    recording = await teller.record()

    await die_twice(teller, recording, [Death(MADE, 1), Death(HEARING, 2)], times=2)


@pytest.mark.rule("G5", "H4", "H7")
async def test_an_hour_without_stripe_costs_nobody_money_or_their_spot(
    nursery: Nursery, sqlite_tills: Stages, tmp_path: Path
):
    tellers = [
        Teller(kind, nursery, sqlite_tills, tmp_path / kind.__name__, at_least=NAMED_POINTS)
        for kind in (NoPage, PaidInTheDark, SeatGone)
    ]

    await asyncio.gather(*(teller.record() for teller in tellers))


@pytest.mark.full
@pytest.mark.rule("G4", "G5", "H3", "H4", "H7")
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("kind", EVERY_STORY, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_a_kill_at_any_point_costs_nobody_money_or_their_spot(
    nursery: Nursery,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    engine: str,
    kind: type[PayingStory],
    share: int,
):
    teller = Teller(kind, nursery, request.getfixturevalue(f"{engine}_tills"), tmp_path, at_least=NAMED_POINTS)
    recording = await teller.record()
    deaths = deaths_of(recording, HITS)[share::SHARES]

    endings = await die_at(teller, recording, [(death,) for death in deaths])

    assert sum(ending.died for ending in endings) > len(deaths) / 2


@pytest.mark.full
@pytest.mark.rule("G5", "H4")
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("kind", AT_FIRST, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_nor_does_a_second_kill_anywhere_in_the_recovery(
    nursery: Nursery,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    engine: str,
    kind: type[PayingStory],
    share: int,
):
    teller = Teller(kind, nursery, request.getfixturevalue(f"{engine}_tills"), tmp_path, at_least=NAMED_POINTS)
    recording = await teller.record()

    await die_twice(teller, recording, deaths_of(recording, (1,))[share::SHARES], times=2)


@pytest.mark.parametrize(
    ("kind", "guard", "death", "fault"),
    [
        (Paid, "call_before_commit", Death(TAPPED, 1), "pages made: 2"),
        (Paid, "ask_with_a_new_key", Death(MADE, 1), "pages made: 2"),
        (Paid, "take_errands_for_good", Death(ASKED, 1), "left silent"),
        (RanOut, "free_before_closing", Death("Jobs._repeat: INSERT outbox", 1), "can still be paid"),
    ],
)
async def test_without_its_guard_the_same_kill_is_noticed(
    nursery: Nursery,
    sqlite_tills: Stages,
    tmp_path: Path,
    kind: type[PayingStory],
    guard: str,
    death: Death,
    fault: str,
):
    with sqlite_tills(tmp_path / "with") as one, sqlite_tills(tmp_path / "without") as other:
        guarded, broken = await asyncio.gather(
            kind(nursery, one).tell(death), kind(nursery, other).tell(death, without=guard, within=SOON)
        )

    assert guarded.died == 1
    assert guarded.faults == []
    assert broken.died == 1
    assert [said for said in broken.faults if fault in said], broken.faults
