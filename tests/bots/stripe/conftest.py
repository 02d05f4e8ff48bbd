import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bots.stripe.api import Api
from bots.stripe.till import StripeTill
from tests.bots.stripe.loopback import KEY, Loopback, Samples


@pytest.fixture(scope="session")
def samples(specs: Path) -> Samples:
    """Stripe's own sample objects."""
    return Samples(json.loads((specs / "stripe-fixtures-cut.json").read_text())["resources"])


@pytest.fixture(scope="session")
def openapi(specs: Path) -> dict[str, Any]:
    return json.loads((specs / "stripe-openapi-cut.json").read_text())


@pytest.fixture
async def stripe() -> AsyncIterator[Loopback]:
    async with Loopback().running() as loopback:
        yield loopback


@pytest.fixture
async def api(stripe: Loopback) -> AsyncIterator[Api]:
    api = Api(KEY, stripe.address)
    yield api
    await api.close()


@pytest.fixture
def till(api: Api) -> StripeTill:
    return StripeTill(api)
