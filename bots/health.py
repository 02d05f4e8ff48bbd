"""How the parts of a running installation are, in plain words and without a word about anybody."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from core.ports import Records
from storage.store import Store

ANSWER_IN: Final = 2.0  # seconds that the database has
WELL: Final = "well"


class Part(Protocol):
    """Something that may be in trouble, and says which in plain words; empty if it is not."""

    @property
    def trouble(self) -> str: ...


class Health:
    """`bots` by their channels; `till` says why no cards are taken now, and nothing where they are."""

    def __init__(self, store: Store, bots: Mapping[str, Part], till: Callable[[], Awaitable[str]]) -> None:
        self._store = store
        self._bots = bots
        self._till = till

    async def report(self) -> tuple[bool, Mapping[str, str]]:
        """Whether anything can be done at all, which rests on the database alone; and how each part is."""
        is_well = await self._database_answers()
        database = WELL if is_well else "the database does not answer"
        return is_well, {
            "database": database,
            **{channel: bot.trouble or WELL for channel, bot in self._bots.items()},
            "till": (await self._till() or WELL) if is_well else database,
        }

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_IN):
                await self._store.read(_now)
        except Exception:  # whatever it is, the answer is the same; the parts that need the database log it
            return False
        return True


def _now(records: Records) -> None:
    _ = records.now
