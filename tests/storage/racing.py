"""A race for seats, run in as many threads and processes as asked: each takes and gives back by chance."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Barrier

from sqlalchemy import text

from core.booking.booking import Owner
from core.booking.refusals import SpotTaken
from storage.store import Store
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import LUNA, a_spot

SPOTS = 20
SEATS = 2
DOUBLES = text(
    "SELECT count(*) FROM (SELECT spot_id, seat FROM claims WHERE released_at IS NULL"
    " GROUP BY spot_id, seat HAVING count(*) > 1) AS doubled"
)
LIVE = text("SELECT count(*) FROM claims WHERE released_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    url: str
    seed: int
    attempts: int
    tasks: int

    def run(self) -> Counter[str]:
        """What came of the attempts, by the name of the outcome; one attempt in three gives seats back."""
        store = Store.open(self.url)
        try:
            with ThreadPoolExecutor(self.tasks) as threads:
                outcomes = threads.map(lambda task: self._task(store, task), range(self.tasks))
                return sum(outcomes, Counter())
        finally:
            store.close()

    def _task(self, store: Store, task: int) -> Counter[str]:
        chance = random.Random(f"{self.seed}:{task}")
        owner = Owner.booking(f"{self.seed}:{task}")
        outcomes: Counter[str] = Counter()
        for _ in range(self.attempts // self.tasks):
            spot = a_spot(chance.randrange(SPOTS), seats=SEATS)
            if chance.random() < 1 / 3:
                outcomes["released"] += store.do(lambda records: records.claims.release(LUNA, owner))
                continue
            try:
                taken = store.do(lambda records, spot=spot: records.claims.take(spot, owner, 1, exclusive=True))
                outcomes["taken"] += taken
                outcomes["full"] += 1 - taken
            except SpotTaken:
                outcomes["refused"] += 1
        return outcomes


def run_in_processes(races: list[Race]) -> Counter[str]:
    """Run each race in a process of its own, at once."""
    with get_context("spawn").Pool(len(races)) as processes:
        return sum(processes.map(Race.run, races), Counter())


def double_claims(url: str) -> int:
    """Seats with more than one live claim."""
    return raw.rows(url, DOUBLES)[0][0]


def live_claims(url: str) -> int:
    return raw.rows(url, LIVE)[0][0]


def at_once(store: Store, units: list[Callable[[Unit], int]]) -> list[int | type[Exception]]:
    """Run the units from as many threads, all starting together; gives results or the kinds of refusal."""
    barrier = Barrier(len(units))

    def one(unit: Callable[[Unit], int]) -> int | type[Exception]:
        barrier.wait()
        try:
            return store.do(unit)
        except SpotTaken:
            return SpotTaken

    with ThreadPoolExecutor(len(units)) as threads:
        return list(threads.map(one, units))
