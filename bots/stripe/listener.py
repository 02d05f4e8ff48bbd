"""The listener hears the webhook: what Stripe says is checked and committed as a hint, and only then acknowledged.

It works no more than that; the cashier looks, and a hint that was lost only means that it looks a minute later (H4).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

import structlog

from bots.stripe.webhook import Forged, Hint, read_event
from core.ports import Records
from storage.store import Store

_log = structlog.stdlib.get_logger(__name__)


class Office(Protocol):
    """What the listener needs of the back office, in one unit of work."""

    def hint(self, event_id: str, *, checkout_id: str | None, payment_ref: str | None) -> bool: ...


class Listener:
    """One webhook endpoint: whatever one of the secrets signed is believed, if it is of that secret's mode.

    `secrets`: each with whether it is of live mode. `clock` is the machine's: signatures are judged by real time.
    """

    def __init__(
        self,
        store: Store,
        secrets: Sequence[tuple[str, bool]],
        *,
        office: Callable[[Records], Office],
        clock: Callable[[], datetime],
    ) -> None:
        self._store: Final = store
        self._secrets: Final = tuple(secrets)
        self._office: Final = office
        self._clock: Final = clock

    async def hear(self, body: bytes, signature: str) -> bool:
        """Take one event; False if it is not believed. Raises what the store raises: then Stripe sends it again."""
        try:
            hint = self._read(body, signature)
        except Forged as forged:
            _log.warning("an event was not believed", why=str(forged), bytes=len(body))
            return False
        if hint:
            await self._store.run(
                lambda records: self._office(records).hint(
                    hint.event_id, checkout_id=hint.checkout_id, payment_ref=hint.payment_ref
                ),
                urgent=True,
            )
        return True

    def _read(self, body: bytes, signature: str) -> Hint | None:
        """Raises Forged, with what the last of the secrets says."""
        now, forged = self._clock(), Forged("no secret")
        for secret, is_live in self._secrets:
            try:
                return read_event(body, signature, secret, is_live=is_live, now=now)
            except Forged as said:
                forged = said
        raise forged
