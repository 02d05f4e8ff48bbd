"""The shop of the tests about money: a studio for each, in the database that other tests use as well."""

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.core.payments.shop import Shop
from tests.storage import raw

#: Errands are taken of every studio at once: a test leaves none behind.
_AT_REST = (
    "UPDATE checkouts SET ask_at = NULL, silent_since = NULL, state = 'expired' WHERE state != 'complete'",
    "UPDATE payments SET ask_at = NULL, choosing_until = 4102444800000000",
    "UPDATE refunds SET ask_at = NULL",
    "UPDATE bookings SET state = 'expired' WHERE state IN ('held', 'paying', 'releasing')",
)


@pytest.fixture
def shop(shared: tuple[Store, str]) -> Iterator[Shop]:
    shop = Shop(*shared)
    yield shop
    raw.execute(shared[1], *_AT_REST)
