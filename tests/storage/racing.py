"""A race for seats, run in as many threads and processes as asked: each takes and gives back by chance."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from threading import Barrier

from sqlalchemy import text

from core.booking.booking import Owner
from core.booking.hold import Wish
from core.booking.refusals import SpotTaken
from core.client_desk import ClientDesk
from core.ports import Records
from core.values.refusals import Refusal
from storage.store import Store
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import FALL, LUNA, MINI_PACKAGE, a_client, a_spot, a_studio

SPOTS = 20
SEATS = 2
RUSHED = 100  # spots that are rushed for
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """Clients, those from `first` on, who each try once to hold some spot of a mini by the whole deed."""

    url: str
    seed: int
    first: int
    attempts: int
    tasks: int

    def run(self) -> Counter[str]:
        """How many hold a spot, and by what the others were refused."""
        store = Store.open(self.url)
        try:
            with ThreadPoolExecutor(self.tasks) as threads:
                outcomes = threads.map(lambda task: self._task(store, task), range(self.tasks))
                return sum(outcomes, Counter())
        finally:
            store.close()

    def _task(self, store: Store, task: int) -> Counter[str]:
        chance = random.Random(f"{self.seed}:{self.first}:{task}")
        outcomes: Counter[str] = Counter()
        for number in range(self.first + task, self.first + self.attempts, self.tasks):
            wish = Wish(mini_id=FALL, spot_id=a_spot(chance.randrange(RUSHED)).id, package_id=MINI_PACKAGE.id)
            try:
                store.do(partial(_hold, client_named(number), wish))
                outcomes["held"] += 1
            except Refusal as refusal:
                outcomes[refusal.code] += 1
        return outcomes


def client_named(number: int) -> str:
    return f"client{number}"


def _hold(client_id: str, wish: Wish, records: Records) -> None:
    ClientDesk(records, a_studio(), a_client(client_id)).hold(wish)


def run_in_processes(races: Sequence[Race] | Sequence[Rush]) -> Counter[str]:
    """Run each race in a process of its own, at once. They are forked from one that has imported everything."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with context.Pool(len(races)) as processes:
        return sum(processes.map(_run, races), Counter())


def _run(race: Race | Rush) -> Counter[str]:
    return race.run()


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
