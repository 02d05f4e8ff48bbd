"""`settle`: a signed event of Stripe's, from its bytes to the confirmed booking, durable."""

import asyncio
import json
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from stripe import WebhookSignature

from bots.cashier import Cashier
from bots.stripe.api import Api
from bots.stripe.till import StripeTill
from bots.stripe.webhook import read_event
from core.back_office import BackOffice
from core.booking.booking import State
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.mini import PaidBy
from core.payments.checkout import OrderLine
from core.payments.pay import Bill
from core.payments.till import Page, PageState
from core.ports import Records
from core.values.money import Money
from storage.store import Store
from tests.bench.houses import MINI, PACKAGE, STUDIO, SqliteHouse, client_of, folder, open_store, spot_name
from tests.bench.pretended_till import AMOUNT, paid_session
from tests.bench.rows import Pair, Row, at_least

BOOKINGS = 300
ROUNDS = 5
AT_ONCE = 32  # events under way at once, as Stripe delivers them in a rush
GLANCE = 0.02  # seconds between two looks at what is due: the clockwork's own, after a commit (bots.jobs.SOON)
SECRET = "whsec_of_the_benchmark"
_ANA = Contact("Ana Torres", "ana@example.com")
_ONLINE = replace(PACKAGE, paid_by=PaidBy.FULL)
_BILL = Bill(
    lines=(OrderLine(name="Mini", amount=Money(AMOUNT, "USD")),),
    return_to="https://t.me/LunaPhotoBot",
    back_to="https://t.me/LunaPhotoBot",
    note="",
    language="en",
)


def settle() -> Row:
    return asyncio.run(_settle())


async def _settle() -> Row:
    pairs: list[Pair] = []
    with folder() as home:
        house = SqliteHouse(home, spots=BOOKINGS, clients=BOOKINGS)
        async with _pretended_till() as address:
            for number in range(ROUNDS + 1):
                with house.copy() as url, closing(open_store(url)) as store:
                    events = [_signed(checkout) for checkout in store.do(_all_pay)]
                    baseline = _checks_and_inserts_a_second(home, events)
                    ours = await _settled_a_second(store, address, events)
                if number:
                    pairs.append(Pair(ours, baseline))
    return at_least(0.3, "settle", "events/s", pairs)


def _all_pay(records: Records) -> list[str]:
    """Every client holds a spot and has a page open; gives the checkouts."""
    records.minis.change(MINI, replace(MINI, packages=(_ONLINE,)))
    return [_pays(records, number) for number in range(BOOKINGS)]


def _pays(records: Records, number: int) -> str:
    desk = ClientDesk(records, STUDIO, client_of(number))
    held = desk.hold(Wish(mini_id=MINI.id, spot_id=spot_name(number), package_id=PACKAGE.id))
    desk.keep_contact(held.id, _ANA)
    checkout = desk.checkout(desk.continue_to_pay(held.id, _BILL))
    if checkout is None:
        raise AssertionError("whoever pays has a page")
    [errand] = BackOffice(records).take_errands(1, STUDIO.cancel_until)
    page = Page(
        session_id=f"cs_test_{checkout.id}",
        checkout_id=checkout.id,
        state=PageState.OPEN,
        url="https://checkout.stripe.com/c/pay",
        amount=checkout.order.total,
    )
    BackOffice(records).heard(errand, page)
    return checkout.id


def _signed(checkout_id: str) -> tuple[bytes, str]:
    event = {
        "id": f"evt_{checkout_id}",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": paid_session(checkout_id)},
    }
    body = json.dumps(event)
    now = int(time.time())
    return body.encode(), f"t={now},v1={WebhookSignature._compute_signature(f'{now}.{body}', SECRET)}"


def _checks_and_inserts_a_second(home: Path, events: Sequence[tuple[bytes, str]]) -> float:
    """The baseline: the library's own check of the signature, and one durable insert; one event after another."""
    path = home / "raw.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute("PRAGMA synchronous=full")
        connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT)")
        began = perf_counter()
        for body, signature in events:
            WebhookSignature.verify_header(body.decode(), signature, SECRET, 300)
            connection.execute("INSERT INTO events VALUES (?, ?)", (json.loads(body)["id"], body.decode()))
        lasted = perf_counter() - began
    for left in home.glob("raw.db*"):
        left.unlink()
    return len(events) / lasted


async def _settled_a_second(store: Store, address: str, events: Sequence[tuple[bytes, str]]) -> float:
    """Every event heard, its page looked at, its booking confirmed."""
    api = Api("sk_test_benchmark", address)
    waiting = list(events)
    till = StripeTill(api)
    asking: set[asyncio.Task[None]] = set()
    began = ended = perf_counter()
    async with asyncio.TaskGroup() as group:

        def spawn(work: Coroutine[None, None, None]) -> None:
            asking.add(task := group.create_task(work))
            task.add_done_callback(settled)

        def settled(task: asyncio.Task[None]) -> None:
            nonlocal ended
            ended = perf_counter()
            asking.discard(task)

        async def till_of(_studio_id: str, _till: str) -> StripeTill:
            return till

        cashier = Cashier(store, till_of, office=BackOffice, spawn=spawn)
        hearing = [group.create_task(_hear(store, waiting)) for _ in range(AT_ONCE)]
        while True:
            is_over = all(task.done() for task in hearing) and not asking
            if await cashier.take_due():
                continue
            if is_over:
                break
            await asyncio.sleep(GLANCE)
    await api.close()
    confirmed = await store.read(_confirmed)
    if confirmed != len(events):
        raise AssertionError(f"{len(events)} bookings should be confirmed, not {confirmed}")
    return len(events) / (ended - began)


async def _hear(store: Store, waiting: list[tuple[bytes, str]]) -> None:
    while waiting:
        body, signature = waiting.pop()
        hint = read_event(body, signature, SECRET, is_live=False, now=datetime.now(UTC))
        if hint is None:
            raise AssertionError("the event says something to us")
        heard, checkout_id, payment_ref = hint.event_id, hint.checkout_id, hint.payment_ref

        def note(
            records: Records, heard: str = heard, checkout: str | None = checkout_id, payment: str | None = payment_ref
        ) -> bool:
            return BackOffice(records).hint(heard, checkout_id=checkout, payment_ref=payment)

        await store.run(note)


def _confirmed(records: Records) -> int:
    return sum(one.state is State.CONFIRMED for one in records.bookings.of_mini(STUDIO.id, MINI.id))


@asynccontextmanager
async def _pretended_till() -> AsyncGenerator[str]:
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.pretended_till", stdout=PIPE)
    assert child.stdout
    try:
        yield f"http://127.0.0.1:{(await child.stdout.readline()).decode().strip()}"
    finally:
        child.terminate()
        await child.wait()


ROWS = {"settle": settle}
