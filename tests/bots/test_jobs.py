"""The clockwork does what no tick of a second needs to do."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bots.cashier import Cashier
from bots.courier import Courier
from bots.jobs import Jobs
from conversations.clients import ClientsReception
from core.back_office import INBOX_KEPT
from core.payments.errands import LookAtPage
from storage.migrations import upgrade
from storage.store import Store
from tests.bots.couriers import NoPapers
from tests.bots.tills import PretendedOffice, PretendedTill, a_checkout
from tests.conversations.languages import english
from tests.storage import raw
from tests.storage.builders import LUNA, a_message, a_reservation, furnish


async def test_what_came_in_long_ago_is_forgotten_without_anybody_asking(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'minis.db'}"
    await asyncio.to_thread(upgrade, url)
    with closing(Store.open(url)) as store:
        reception = ClientsReception(studio_id="luna", words=english(), link_of=str)
        courier = Courier(store, {"telegram": reception}, papers=NoPapers(), worker="test", spawn=asyncio.ensure_future)
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


async def test_errands_to_the_till_are_done_when_something_is_due(migrated_sqlite_url: str):
    with closing(Store.open(migrated_sqlite_url)) as store:
        till, office = PretendedTill(), PretendedOffice([LookAtPage(a_checkout(), "cs_1")])
        reception = ClientsReception(studio_id="luna", words=english(), link_of=str)
        courier = Courier(store, {"telegram": reception}, papers=NoPapers(), worker="test", spawn=asyncio.ensure_future)
        cashier = Cashier(store, till.of, office=lambda records: office, spawn=asyncio.ensure_future)
        jobs = Jobs(store, courier, cashier)
        jobs.start()
        try:
            await asyncio.sleep(0.1)
            assert till.asked == []  # an idle tick asks nobody
            await store.run(furnish)
            await store.run(lambda records: records.outbox.add(LUNA, [a_message("due")]))
            async with asyncio.timeout(10):
                while not office.written:
                    await asyncio.sleep(0.01)
        finally:
            await jobs.stop()

    assert till.asked == [("look", "cs_1")]


async def test_a_deed_that_fails_keeps_nobody_else_from_theirs(migrated_sqlite_url: str):
    """A reservation whose row cannot be read: its lapsing fails at every tick, and the till is asked all the same."""
    with closing(Store.open(migrated_sqlite_url)) as store:
        till, office = PretendedTill(), PretendedOffice([LookAtPage(a_checkout(), "cs_1")])
        reception = ClientsReception(studio_id="luna", words=english(), link_of=str)
        courier = Courier(store, {"telegram": reception}, papers=NoPapers(), worker="test", spawn=asyncio.ensure_future)
        jobs = Jobs(store, courier, Cashier(store, till.of, office=lambda records: office, spawn=asyncio.ensure_future))
        await store.run(furnish)
        await store.run(lambda records: records.reservations.add(a_reservation(lapses_at=records.now)))
        await asyncio.to_thread(raw.execute, migrated_sqlite_url, "UPDATE reservations SET discount = 'no JSON'")
        jobs.start()
        try:
            async with asyncio.timeout(10):
                while not office.written:
                    await asyncio.sleep(0.01)
        finally:
            await jobs.stop()

    assert till.asked == [("look", "cs_1")]
