"""The same story told again and again, with another death each time, beside a telling without any."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.crash.conftest import Stages
from tests.crash.nursery import Nursery
from tests.crash.seams import Death
from tests.crash.story import Ending, Stage, Story

AT_ONCE = 4  # stories; most of their time they wait

#: The deaths of one telling: of the first life, and perhaps of the second.
Deaths = tuple[Death, ...]


class Teller:
    """Tells one kind of story, each time on a stage of its own under `folder`."""

    def __init__(
        self, kind: Callable[[Nursery, Stage], Story], nursery: Nursery, stages: Stages, folder: Path, *, at_least: int
    ) -> None:
        """`at_least`: so many different points has the story."""
        self._kind = kind
        self._nursery = nursery
        self._stages = stages
        self._folder = folder
        self._at_least = at_least
        self._room = asyncio.Semaphore(AT_ONCE)
        self._told = 0

    async def record(self) -> Ending:
        """The story without a death, and without a fault."""
        recording = await self.tell(())
        assert recording.faults == []
        assert len(set(recording.points)) >= self._at_least, sorted(set(recording.points))
        return recording

    async def tell(self, deaths: Deaths) -> Ending:
        async with self._room:
            self._told += 1
            with self._stages(self._folder / f"story-{self._told}") as stage:
                return await self._kind(self._nursery, stage).tell(*deaths)

    async def tell_all(self, several: Sequence[Deaths]) -> list[tuple[Deaths, Ending]]:
        endings = await asyncio.gather(*(self.tell(deaths) for deaths in several))
        return list(zip(several, endings, strict=True))


def deaths_of(recording: Ending, hits: Sequence[int]) -> list[Death]:
    """Where the program can die, the first hits before the second ones."""
    counts = Counter(recording.points)
    return [Death(point, hit) for hit in hits for point, count in counts.items() if hit <= count]


def failures(recording: Ending, endings: Sequence[tuple[Deaths, Ending]]) -> list[str]:
    """What is not as it would have been without the death, told with the point; and if too few died at all."""
    found: list[str] = []
    told = [ending for deaths, ending in endings if deaths[0].hit == 1]
    if (died := sum(ending.died > 0 for ending in told)) < len(told) / 2:
        found.append(f"{died} of {len(told)} died as told")
    for deaths, ending in endings:
        faults = list(ending.faults)
        # Which points a telling reaches depends on who comes first: two that meet are rolled back or not, a commit that
        # is shared has one name of two, what is edited once is sent anew another time. All must end as the recording.
        if not ending.died and deaths[0].hit == 1 and deaths[0].point in ending.points:
            faults.append("the point was passed alive")
        if ending.truth != recording.truth:
            faults.append(f"kept {ending.truth} instead of {recording.truth}")
        found += [f"{', '.join(f'{death.point} #{death.hit}' for death in deaths)}: {fault}" for fault in faults]
    return found
