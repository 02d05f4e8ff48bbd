"""Whether a key is good: Stripe is asked what we shall ask it, in ways that change nothing there.

To Stripe, writing means POST. A POST about something that does not exist is answered with 403 where the key may not
write, and otherwise with the news that there is no such thing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bots.stripe.api import Api, path
from conversations.inbound import KeyNeed
from core.payments.till import TillForbids, TillRefused

_NOTHING: Final = "cs_minis_checks_its_key"
_NO_PAYMENT: Final = "pi_minis_checks_its_key"

Call = Callable[[Api], Awaitable[object]]

#: What we need of a key, and a call that is refused without it.
NEEDED: Final[Mapping[KeyNeed, Call]] = {
    KeyNeed.SESSIONS: lambda api: api.post(path("checkout", "sessions", _NOTHING, "expire"), {}),
    KeyNeed.REFUNDS: lambda api: api.post(path("refunds"), {"payment_intent": _NO_PAYMENT}),
    KeyNeed.DISPUTES: lambda api: api.get(path("disputes"), limit=1),
}


async def lacking(api: Api) -> tuple[KeyNeed, ...]:
    """What of the needed the key may not do. Raises TillShut where Stripe does not know it, and Trouble."""
    able = await asyncio.gather(*(_may(api, call) for call in NEEDED.values()))
    return tuple(name for name, may in zip(NEEDED, able, strict=True) if not may)


async def reads(api: Api, session_id: str) -> bool:
    """Whether the page is of the key's account and mode. Raises TillShut, Trouble."""
    try:
        session = await api.get(path("checkout", "sessions", session_id))
    except (TillForbids, TillRefused):
        return False
    return session.get("livemode") is api.is_live


async def _may(api: Api, call: Call) -> bool:
    try:
        await call(api)
    except TillForbids:
        return False
    except TillRefused:  # there is no such thing, as was to be expected
        return True
    return True
