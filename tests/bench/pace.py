"""`pace.telegram`: messages that are all due at once leave at the platform's pace, and never faster."""

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from core.booking.booking import Reservation, ReservationState
from core.messages.messages import Kind
from core.messages.records import NewMessage
from core.ports import Client, Identity, Records
from storage.migrations import upgrade
from tests.bench.children import our_bot
from tests.bench.houses import FIRST_DAY, MINI, STUDIO, add_day, folder, open_store, spot_name
from tests.bench.loopback import Loopback, Seen
from tests.bench.rows import Pair, Row, at_least

MESSAGES = 300
PER_SECOND = 30  # core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
PATIENCE = 60.0  # seconds
STRANGER = 1_000_000  # the first client's chat


def telegram() -> Row:
    arrived = asyncio.run(_arrivals())
    a_second = (len(arrived) - 1) / (arrived[-1] - arrived[0])
    most = max(bisect_left(arrived, at + 1) - number for number, at in enumerate(arrived))
    row = at_least(0.95, "pace.telegram", "messages/s", [Pair(a_second, PER_SECOND)], promised=most <= PER_SECOND)
    return replace(row, goal=f"{row.goal}, at most {PER_SECOND} in any second ({most})")


async def _arrivals() -> Sequence[float]:
    """When each message came."""
    arrived: list[float] = []
    all_there = asyncio.Event()

    def note(_card: Seen) -> None:
        arrived.append(perf_counter())
        if len(arrived) == MESSAGES:
            all_there.set()

    loopback = Loopback(note)
    with folder() as home:
        _fill(home)
        async with loopback.serving() as address, our_bot(home, address):
            await asyncio.wait_for(all_there.wait(), PATIENCE)
    return arrived


def _fill(home: Path) -> None:
    url = f"sqlite:///{home}/minis.db"
    upgrade(url)
    with closing(open_store(url)) as store:
        store.do(_furnish)


def _furnish(records: Records) -> None:
    """A reservation that is gone, and as many people who must hear of it."""
    records.studios.add(STUDIO)
    records.minis.add(MINI)
    add_day(records, MINI, FIRST_DAY, 0, 1)
    removed = ReservationState.REMOVED
    records.reservations.add(
        Reservation(id="gone", studio_id=STUDIO.id, mini_id=MINI.id, spot_id=spot_name(0), state=removed)
    )
    for number in range(MESSAGES):
        client = Client(id=f"client{number}", studio_id=STUDIO.id)
        chat = f"{STRANGER + number}"
        records.clients.add(client, Identity("telegram", chat), chat)
    records.outbox.add(STUDIO.id, [_message(number) for number in range(MESSAGES)])


def _message(number: int) -> NewMessage:
    kind = Kind.RESERVATION_REMOVED
    return NewMessage(key=f"{kind}:{number}", kind=kind, client_id=f"client{number}", values={"reservation": "gone"})


ROWS = {"pace.telegram": telegram}
