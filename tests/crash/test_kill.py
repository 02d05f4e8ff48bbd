"""`kill -9` at every named point from the first tap to the confirmation: nothing lost, nothing doubled, no silence."""

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.conftest import Stages
from tests.crash.kills import Teller, deaths_of, failures
from tests.crash.nursery import Nursery
from tests.crash.seams import Death
from tests.crash.story import KeptAndBooked

NAMED_POINTS = 60  # at least
HITS = (1, 2, 5, 10)  # the tenth update confirms
SOON = 6.0  # seconds that the client of a control waits; a whole story takes two or three
SHARES = 8  # of the full size, to be spread over processes
EVERY = 40  # of the points, in the small size

#: Of an upload that its sender did not survive, aiohttp's server (the pretended Telegram's) leaves the file to Python.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What Python finds left behind, it finds here and not in somebody else's test."""
    yield
    gc.collect()


async def die_at(nursery: Nursery, stages: Stages, folder: Path, deaths: slice) -> None:
    teller = Teller(KeptAndBooked, nursery, stages, folder, at_least=NAMED_POINTS)
    recording = await teller.record()
    endings = await teller.tell_all([(death,) for death in deaths_of(recording, HITS)[deaths]])

    assert failures(recording, endings) == []
    assert sum(ending.died for _, ending in endings) >= 1


async def test_a_kill_at_a_sample_of_points_loses_and_doubles_nothing(
    nursery: Nursery, sqlite_stages: Stages, tmp_path: Path
):
    await die_at(nursery, sqlite_stages, tmp_path, slice(None, None, EVERY))


async def test_a_kill_at_a_few_points_loses_and_doubles_nothing_on_postgres(
    nursery: Nursery, postgres_stages: Stages, tmp_path: Path
):
    await die_at(nursery, postgres_stages, tmp_path, slice(7, None, 2 * EVERY))


@pytest.mark.full
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_a_kill_at_any_point_loses_and_doubles_nothing(
    nursery: Nursery, request: pytest.FixtureRequest, tmp_path: Path, engine: str, share: int
):
    stages = request.getfixturevalue(f"{engine}_stages")
    await die_at(nursery, stages, tmp_path, slice(share, None, SHARES))


@pytest.mark.parametrize(
    ("guard", "death", "fault"),
    [
        ("confirm_before_commit", Death("TelegramBot._commit: COMMIT", 3), "updates lost"),
        ("send_before_commit", Death("TelegramBot._commit: COMMIT", 5), "said, and not kept"),
        ("forget_unshown_screens", Death("sendMessage: called", 1), "left silent"),
    ],
)
async def test_without_its_guard_the_same_kill_is_noticed(
    nursery: Nursery, sqlite_stages: Stages, tmp_path: Path, guard: str, death: Death, fault: str
):
    with sqlite_stages(tmp_path / "with") as one, sqlite_stages(tmp_path / "without") as other:
        guarded, broken = await asyncio.gather(
            KeptAndBooked(nursery, one).tell(death),
            KeptAndBooked(nursery, other).tell(death, without=guard, within=SOON),
        )

    assert guarded.died == 1
    assert guarded.faults == []
    assert broken.died == 1
    assert [said for said in broken.faults if fault in said], broken.faults
