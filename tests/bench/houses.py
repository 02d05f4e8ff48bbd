"""Databases with a studio in them, furnished once and copied for each round."""

import sqlite3
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import date, time, timedelta
from pathlib import Path

from core.minis.mini import Day, Mini, MiniState, Package, PaidBy, Spot
from core.minis.plan import MOST_SPOTS, DayPlan, spots_of
from core.ports import Client, Identity, Records
from core.studio.studio import Studio
from core.values.money import Money
from storage.migrations import upgrade
from storage.store import Store
from tests import postgres

CLIENTS = 1000
LINK_KEY = b"the benchmarks' own key, no secret"
STUDIO = Studio(
    id="luna",
    name="Luna Photo",
    zone_name="America/Chicago",
    currency="USD",
    country="US",
    code_prefix="LP",
)
PACKAGE = Package(id="mini", title="Mini", fee=Money(15000, "USD"), paid_by=PaidBy.OUTSIDE, includes="10 edited photos")
MINI = Mini(
    id="fall",
    studio_id=STUDIO.id,
    title="Fall Minis",
    state=MiniState.PUBLISHED,
    description="20-minute portraits among the autumn trees.",
    place="Riverside Park",
    packages=(PACKAGE,),
)
FIRST_DAY = date(2031, 10, 4)  # far ahead of any clock here


def client_of(number: int) -> Client:
    return Client(id=f"client{number}", studio_id=STUDIO.id)


def spot_name(number: int) -> str:
    return f"spot{number}"


def furnish(records: Records, *, spots: int, clients: int = CLIENTS) -> None:
    """The studio, its mini with so many spots over as many days as they need, and its clients."""
    records.studios.add(STUDIO)
    records.minis.add(MINI)
    for number, first in enumerate(range(0, spots, MOST_SPOTS)):
        add_day(records, MINI, FIRST_DAY + timedelta(days=number), first, min(MOST_SPOTS, spots - first))
    for number in range(clients):
        records.clients.add(client_of(number), Identity("telegram", f"{number}"), f"{number}")


def add_day(records: Records, mini: Mini, day: date, first: int, spots: int) -> None:
    """A day of so many spots, named from `first` on."""
    plan = DayPlan(date=day, start=time(6), spots=spots, duration=timedelta(minutes=5))
    rows = [
        Spot(
            id=spot_name(first + number),
            studio_id=STUDIO.id,
            mini_id=mini.id,
            day_id=day.isoformat(),
            starts=planned.starts,
            ends=planned.ends,
        )
        for number, planned in enumerate(spots_of(plan, STUDIO.zone))
    ]
    records.minis.add_day(Day(id=day.isoformat(), studio_id=STUDIO.id, mini_id=mini.id, date=day), rows)


def open_store(url: str) -> Store:
    return Store.open(url, link_key=LINK_KEY)


@contextmanager
def folder() -> Generator[Path]:
    """A folder for the databases, on the disk and not in memory: a durable commit must cost what it costs."""
    Path("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir="build") as name:
        yield Path(name).absolute()


class SqliteHouse:
    """A furnished SQLite file, and copies of it."""

    def __init__(self, home: Path, *, spots: int, clients: int = CLIENTS) -> None:
        self._home = home
        self._template = home / "template.db"
        upgrade(f"sqlite:///{self._template}")
        with closing(open_store(f"sqlite:///{self._template}")) as store:
            store.do(lambda records: furnish(records, spots=spots, clients=clients))

    @contextmanager
    def copy(self) -> Generator[str]:
        """Lend the URL of a fresh copy."""
        path = self._home / "copy.db"
        with closing(sqlite3.connect(self._template)) as template, closing(sqlite3.connect(path)) as copy:
            template.backup(copy)  # with what may still stand beside the file
        yield f"sqlite:///{path}"
        for left in self._home.glob("copy.db*"):
            left.unlink()


class PostgresHouse:
    """A furnished PostgreSQL database, and copies of it."""

    def __init__(self, server: postgres.Server, template: str, *, spots: int, clients: int = CLIENTS) -> None:
        self._server = server
        self._template = template.rpartition("/")[2]
        upgrade(template)
        with closing(open_store(template)) as store:
            store.do(lambda records: furnish(records, spots=spots, clients=clients))

    @contextmanager
    def copy(self) -> Generator[str]:
        """Lend the URL of a fresh copy."""
        with self._server.database(template=self._template) as url:
            yield url


@contextmanager
def durable_server() -> Generator[postgres.Server]:
    """The tests' server, but one that keeps what it commits: theirs gives that up for speed."""
    given_up = postgres.SETTINGS
    unsafe = ("fsync=", "synchronous_commit=", "full_page_writes=")
    try:
        postgres.SETTINGS = tuple(setting for setting in given_up if not setting.startswith(unsafe))
        with postgres.running_server() as server:
            yield server
    finally:
        postgres.SETTINGS = given_up
