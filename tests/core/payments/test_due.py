"""What a booked client still has to pay, as the studio's day shows it (K1)."""

import pytest

from core.minis.mini import Spot
from tests.builders import a_package, dollars
from tests.core.payments.shop import Shop


def due(shop: Shop, spot: Spot) -> tuple[str, int]:
    """The first who has a seat there: how they look, and what they owe."""
    (state,) = shop.by_owner(lambda desk: desk.seat_holders(spot.id))
    return state.look.value, state.due_minor


@pytest.mark.rule("K1")
def test_nothing_is_due_once_all_is_paid_nor_before_it_is_booked(shop: Shop):
    first, second, *_ = shop.card_spots()
    shop.paid("ana", first)
    shop.paying("ben", second)

    assert due(shop, first) == ("booked", 0)
    assert due(shop, second) == ("held", 0)


@pytest.mark.rule("K1")
def test_the_balance_is_due_after_the_retainer(shop: Shop):
    spot, other, *_ = shop.card_spots(a_package("Mini", 150, retainer=dollars(50)))
    shop.paid("ana", spot)
    shop.paid("ben", other)

    assert due(shop, spot) == due(shop, other) == ("booked", 10000)
