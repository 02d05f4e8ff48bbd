"""What the demo sees of the product's own database, and the clock it moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bots.demo.clerk import Clerk
from bots.demo.inside import Inside
from core.booking.booking import Booking
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.mini import Package, PaidBy
from core.minis.plan import DayPlan
from core.ports import Client, Identity, Records
from core.studio.studio import Studio
from core.studio_desk import StudioDesk, found_studio
from core.values.money import Money
from storage.store import Store

LUNA = Studio(id="luna", name="Luna Photo", zone_name="America/Chicago", currency="USD", country="US", code_prefix="LP")
ANA, STRANGER = 700_000_001, 700_000_009


@pytest.fixture
def store(migrated_sqlite_url: str) -> Iterator[Store]:
    store = Store.open(migrated_sqlite_url, link_key=b"a key of the test")
    yield store
    store.close()


@pytest.fixture
def inside(migrated_sqlite_url: str, strip: Clerk) -> Iterator[Inside]:
    inside = Inside(migrated_sqlite_url, strip, {ANA: "Ana Torres"})
    yield inside
    inside.close()


@pytest.fixture
def strip() -> Clerk:
    return Clerk()


def hold_a_spot(records: Records, person: int, number: int) -> Booking:
    """The person holds the mini's spot of that number; studio and mini are made with the first."""
    if not records.studios.all():
        owner = found_studio(records, LUNA, "Luna")
        desk = StudioDesk(records, LUNA, owner)
        mini = desk.new_mini("Fall Minis")
        desk.set_packages(mini.id, [Package(id="mini", title="Mini", fee=Money(0, "USD"), paid_by=PaidBy.FREE)])
        day = (records.now + timedelta(days=6)).astimezone(LUNA.zone).date()
        desk.add_day(mini.id, DayPlan(date=day, start=time(9), spots=3, duration=timedelta(minutes=20)))
        desk.publish(mini.id)
    mini = records.minis.all(LUNA.id)[0]
    client = Client(id=records.new_id(), studio_id=LUNA.id)
    records.clients.add(client, Identity("telegram", str(person)), str(person))
    spot = records.spots.list(LUNA.id, mini.id, records.now)[number].spot
    return ClientDesk(records, LUNA, client).hold(Wish(mini_id=mini.id, spot_id=spot.id, package_id="mini"))


async def test_a_hold_is_seen_and_told(inside: Inside, store: Store, strip: Clerk) -> None:
    booking = store.do(lambda records: hold_a_spot(records, ANA, 0))

    assert await inside.look()

    assert inside.hold_until(ANA) == booking.hold_until
    assert inside.zone == ZoneInfo("America/Chicago")
    told = [line.text for line in strip.lines]
    assert any(text.startswith("Ana’s tap was stored, then 9:00 AM was claimed") for text in told)


async def test_what_was_told_is_not_told_again(inside: Inside, store: Store, strip: Clerk) -> None:
    store.do(lambda records: hold_a_spot(records, ANA, 0))
    await inside.look()
    lines = strip.lines

    assert not await inside.look()

    assert strip.lines == lines


async def test_the_holds_of_strangers_are_told_without_a_name_and_not_counted(
    inside: Inside, store: Store, strip: Clerk
) -> None:
    store.do(lambda records: hold_a_spot(records, STRANGER, 1))

    await inside.look()

    assert inside.hold_until(STRANGER) is None
    assert any(line.text.startswith("Somebody’s tap was stored, then 9:20 AM") for line in strip.lines)


async def test_the_products_clock_moves_forward_only(inside: Inside, store: Store) -> None:
    store.do(lambda records: hold_a_spot(records, ANA, 0))
    await inside.look()
    before = store.look(lambda records: records.now)

    await inside.move_clock(timedelta(minutes=5))
    await inside.move_clock(timedelta(minutes=-60))

    after = store.look(lambda records: records.now)
    assert timedelta(minutes=5) <= after - before < timedelta(minutes=6)
    assert abs(inside.now - after) < timedelta(seconds=2)
    assert inside.leaps == 1


async def test_the_next_morning_is_nine_on_the_studios_clock(inside: Inside, store: Store) -> None:
    store.do(lambda records: hold_a_spot(records, ANA, 0))
    await inside.look()

    morning = (inside.now + inside.until_morning()).astimezone(LUNA.zone)

    assert abs(morning - morning.replace(hour=9, minute=0, second=0, microsecond=0)) < timedelta(seconds=1)
    assert timedelta(0) < inside.until_morning() <= timedelta(hours=25)


def test_nothing_is_known_before_the_first_look(inside: Inside) -> None:
    assert inside.hold_until(ANA) is None
    assert abs(inside.now - datetime.now(UTC)) < timedelta(seconds=5)
