"""Stripe as an installation has set it up. Its library takes a while to import: only where there is a key."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bots.settings import Settings
from bots.till import Till
from core.back_office import BackOffice
from storage.store import Store


@asynccontextmanager
async def till_of(settings: Settings) -> AsyncGenerator[Till | None]:
    """The till, where it was set up."""
    if not settings.stripe_key:
        yield None
        return
    from bots.stripe.api import Api
    from bots.stripe.till import StripeTill

    api = Api(settings.stripe_key, settings.stripe)
    try:
        yield StripeTill(api)
    finally:
        await api.close()


def takes_real_money(settings: Settings) -> bool:
    """Whether there is a till, and cards are charged in earnest."""
    if not settings.stripe_key:
        return False
    from bots.stripe.api import is_live

    return is_live(settings.stripe_key)


def hears(settings: Settings, store: Store) -> Callable[[bytes, str], Awaitable[bool]] | None:
    """Who hears Stripe's events; nobody where none are sent."""
    if not settings.stripe_hook:
        return None
    from bots.stripe.api import is_live
    from bots.stripe.listener import Listener

    return Listener(
        store,
        settings.stripe_hook,
        is_live=is_live(settings.stripe_key),
        office=BackOffice,
        # A signature is young or old by the machine's clock, not by the product's.
        clock=lambda: datetime.now(UTC),  # noqa: TID251
    ).hear
