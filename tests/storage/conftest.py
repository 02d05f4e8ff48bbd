"""The store on each engine: `store` is furnished, `bare_store` has the tables alone."""

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.storage.builders import furnish

LINK_KEY = b"a key of thirty-two bytes or so.."


@pytest.fixture
def bare_store(database_url: str) -> Iterator[Store]:
    store = Store.open(database_url, link_key=LINK_KEY)
    yield store
    store.close()


@pytest.fixture
def store(bare_store: Store) -> Store:
    bare_store.do(furnish)
    return bare_store


@pytest.fixture
def sqlite_store(migrated_sqlite_url: str) -> Iterator[Store]:
    store = Store.open(migrated_sqlite_url, link_key=LINK_KEY)
    store.do(furnish)
    yield store
    store.close()


@pytest.fixture
def postgres_store(migrated_postgres_url: str) -> Iterator[Store]:
    store = Store.open(migrated_postgres_url, link_key=LINK_KEY)
    store.do(furnish)
    yield store
    store.close()
