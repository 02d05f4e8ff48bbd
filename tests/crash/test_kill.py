"""`kill -9` at every named point from the first tap to the confirmation: nothing lost, nothing doubled, no silence."""

import asyncio
import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.crash.conftest import Stages
from tests.crash.nursery import Nursery
from tests.crash.seams import Death
from tests.crash.story import Ending, Story

NAMED_POINTS = 60  # at least
HITS = (1, 2, 5, 10)  # the tenth update confirms
SOON = 6.0  # seconds that the client of a control waits; a whole story takes two or three
AT_ONCE = 4  # stories; most of their time they wait
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


async def told(nursery: Nursery, stages: Stages, home: Path, death: Death | None) -> Ending:
    with stages(home) as stage:
        return await Story(nursery, stage).tell(death)


async def told_all(
    nursery: Nursery, stages: Stages, folder: Path, deaths: Sequence[Death]
) -> list[tuple[Death, Ending]]:
    room = asyncio.Semaphore(AT_ONCE)

    async def tell(number: int, death: Death) -> tuple[Death, Ending]:
        async with room:
            return death, await told(nursery, stages, folder / f"story-{number}", death)

    return await asyncio.gather(*(tell(number, death) for number, death in enumerate(deaths)))


def deaths_of(recording: Ending) -> list[Death]:
    """Where the program can die, the first hits before the second ones."""
    counts = Counter(recording.points)
    return [Death(point, hit) for hit in HITS for point, count in counts.items() if hit <= count]


def failures(recording: Ending, endings: Sequence[tuple[Death, Ending]]) -> list[str]:
    """What is not as it would have been without the death, told with the point."""
    found: list[str] = []
    for death, ending in endings:
        faults = list(ending.faults)
        # How often a point is hit depends on ticks and on who shares a commit; the first time always comes.
        if not ending.died_as_told and death.hit == 1:
            faults.append("the point was not reached")
        if ending.truth != recording.truth:
            faults.append(f"kept {ending.truth} instead of {recording.truth}")
        found += [f"{death.point} #{death.hit}: {fault}" for fault in faults]
    return found


async def recorded(nursery: Nursery, stages: Stages, folder: Path) -> Ending:
    recording = await told(nursery, stages, folder / "recording", None)
    assert recording.faults == []
    assert len(set(recording.points)) >= NAMED_POINTS
    return recording


async def die_at(nursery: Nursery, stages: Stages, folder: Path, deaths: slice, *, at_least: int = 1) -> None:
    recording = await recorded(nursery, stages, folder)
    endings = await told_all(nursery, stages, folder, deaths_of(recording)[deaths])

    assert failures(recording, endings) == []
    assert sum(ending.died_as_told for _, ending in endings) >= at_least


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
        ("confirm_before_commit", Death("ClientsBot._commit: COMMIT", 3), "updates lost"),
        ("send_before_commit", Death("ClientsBot._commit: COMMIT", 5), "said, and not kept"),
        ("forget_unshown_screens", Death("sendMessage: called", 1), "left silent"),
    ],
)
async def test_without_its_guard_the_same_kill_is_noticed(
    nursery: Nursery, sqlite_stages: Stages, tmp_path: Path, guard: str, death: Death, fault: str
):
    with sqlite_stages(tmp_path / "with") as one, sqlite_stages(tmp_path / "without") as other:
        guarded, broken = await asyncio.gather(
            Story(nursery, one).tell(death), Story(nursery, other).tell(death, without=guard, within=SOON)
        )

    assert guarded.died_as_told
    assert guarded.faults == []
    assert broken.died_as_told
    assert [said for said in broken.faults if fault in said], broken.faults
