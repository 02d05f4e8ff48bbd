"""The house of the core's tests: a studio for each test, in one database for each engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from tests.core.house import House

LINK_KEY = b"a key of thirty-two bytes or so.."


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[tuple[Store, str]]:
    path = tmp_path_factory.mktemp("core") / "minis.db"
    shutil.copy(sqlite_template, path)
    yield from _open(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def shared_postgres(postgres: Any, postgres_template: str) -> Iterator[tuple[Store, str]]:
    with postgres.database(template=postgres_template) as url:
        yield from _open(url)


@pytest.fixture(params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest) -> tuple[Store, str]:
    """A store that other tests use as well, and its address."""
    return request.getfixturevalue(f"shared_{request.param}")


@pytest.fixture
def house(shared: tuple[Store, str]) -> House:
    return House(*shared)


def _open(url: str) -> Iterator[tuple[Store, str]]:
    store = Store.open(url, link_key=LINK_KEY)
    yield store, url
    store.close()
