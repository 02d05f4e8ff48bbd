from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bots.house import House, house_in


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with house_in(tmp_path / "home") as house:
        yield house
