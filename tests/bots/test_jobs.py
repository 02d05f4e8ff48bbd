"""The clockwork does what no tick of a second needs to do."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bots.courier import Courier
from bots.jobs import Jobs
from conversations.reception import Reception
from conversations.words import Words
from core.back_office import INBOX_KEPT
from storage.migrations import upgrade
from storage.store import Store


async def test_what_came_in_long_ago_is_forgotten_without_anybody_asking(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'minis.db'}"
    await asyncio.to_thread(upgrade, url)
    with closing(Store.open(url)) as store:
        reception = Reception(studio_id="luna", words=Words.load(), link_of=str)
        courier = Courier(store, reception, worker="test", spawn=asyncio.ensure_future)
        jobs = Jobs(store, courier, clean_up_every=timedelta(seconds=0.05))
        await store.run(lambda records: records.inbox.take("telegram", "1"))
        await store.run(lambda records: records.clock.shift(INBOX_KEPT + timedelta(seconds=1)))
        jobs.start()
        try:
            async with asyncio.timeout(10):
                while not await store.run(lambda records: records.inbox.take("telegram", "1")):
                    await asyncio.sleep(0.01)
        finally:
            await jobs.stop()
