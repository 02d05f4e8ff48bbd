"""Fixtures for everybody: databases, the browser, the platforms' specifications.

`database_url` is what a test of storage asks for: it runs on SQLite and on PostgreSQL, with the tables in place.
"""

import os
import shutil
import signal
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser import LaunchOptions, find_chromium, launch_options
from tests.databases import prepare_template
from tests.network import stay_on_loopback
from tests.outside import IN_CI, find_memory, find_specs, forbid_skipping_in_ci
from tests.postgres import Server, find_postgres, running_server

# No deadline, for the cores are shared; in CI always the same examples, so that it fails for the change at hand alone.
hypothesis.settings.register_profile("minis", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("minis")


def pytest_configure() -> None:
    stay_on_loopback()
    if memory := find_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # pytest's own name for where `tmp_path` begins
    # A run that is told to stop (`timeout`, CI) still stops the servers it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait, for a process that starts, a browser, or a second to pass."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header() -> list[str]:
    return [
        f"postgres: {find_postgres() or 'none, those tests skip'}",
        f"chromium: {find_chromium() or 'none, those tests skip'}",
        f"specs: {find_specs() or 'none, those tests skip'}",
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return forbid_skipping_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return forbid_skipping_in_ci((yield))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with all tables and no rows, on each engine in turn."""
    return request.getfixturevalue(f"migrated_{request.param}_url")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any table, on each engine in turn."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path}/minis.db"


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, sqlite_template: Path) -> str:
    if sqlite_template.exists():
        shutil.copy(sqlite_template, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "minis.db"
    prepare_template(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """An empty PostgreSQL database (`postgresql+psycopg://…`)."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def migrated_postgres_url(postgres: Server, postgres_template: str) -> Iterator[str]:
    with postgres.database(template=postgres_template) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        prepare_template(url)
        yield url.rpartition("/")[2]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this test process; each of xdist's workers has its own."""
    if not find_postgres():
        pytest.skip("no PostgreSQL here: set MINIS_TEST_POSTGRES_URL or install its server")
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def chromium_options() -> LaunchOptions:
    """What Playwright's `chromium.launch` needs to start this machine's browser."""
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium here: set MINIS_TEST_CHROMIUM or install it")
    return launch_options(chromium)


@pytest.fixture
async def chromium(chromium_options: LaunchOptions) -> AsyncIterator[Browser]:
    """A headless browser; a test of its own synchronous code takes `chromium_options` instead."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium_options)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def specs() -> Path:
    """The folder of the platforms' official specifications."""
    folder = find_specs()
    if folder is None:
        pytest.skip("no specifications of the platforms here: MINIS_SPECS names their folder")
    return folder
