"""The public pages of a studio of its own, served over real HTTP from a real database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bots.front import Front
from bots.web.server import Within, serving
from conversations.thanks import thanks
from storage.store import Store
from tests.bots.stripe.conftest import samples
from tests.bots.web.visits import BOT, KEY, PICTURE, PUBLIC, changed, link
from tests.conversations.languages import english
from tests.core.house import House

__all__ = ["samples"]


@pytest.fixture
def store(migrated_sqlite_url: str) -> Iterator[Store]:
    with closing(Store.open(migrated_sqlite_url, link_key=KEY)) as store:
        yield store


@pytest.fixture
def house(store: Store, migrated_sqlite_url: str) -> House:
    return House(store, migrated_sqlite_url)


@pytest.fixture
def within(house: House, tmp_path: Path) -> Within:
    words = english()

    async def health() -> tuple[bool, dict[str, str]]:
        return True, {}

    return Within(
        hear=None,
        thanks=lambda language: thanks(words, language),
        link=lambda payload: f"{BOT}?start={payload}",
        front=Front(house.store, words, house.studio.id, home=tmp_path / "home"),
        public=PUBLIC,
        health=health,
    )


@pytest.fixture
async def address(within: Within) -> AsyncIterator[str]:
    async with serving(within, "127.0.0.1", 0) as address:
        yield address


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as web:
        yield web


@pytest.fixture
def pictured(house: House, tmp_path: Path) -> str:
    """The token of a mini with a picture."""
    (tmp_path / "home" / "pictures").mkdir(parents=True)
    (tmp_path / "home" / "pictures" / "1.jpg").write_bytes(PICTURE.read_bytes())
    return link(house, changed(house, house.mini(), picture="pictures/1.jpg"))
