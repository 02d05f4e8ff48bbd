"""A studio with a mini, a day and spots, and rows of each kind with only the facts that matter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.booking.booking import Booking, Reservation, Snapshot, State
from core.messages.records import NewMessage
from core.minis.mini import Day, Mini, MiniState, Package, PaidBy, Spot
from core.ports import Client, Identity, Records
from core.studio.studio import Studio
from core.values.money import Money

LUNA = "luna"
FALL = "fall"
#: Nine in the morning, far ahead of any clock here; no test waits for it.
NINE = datetime(2031, 11, 1, 14, 0, tzinfo=UTC)
MINI_PACKAGE = Package(id="mini", title="Mini", fee=Money(15000, "USD"), paid_by=PaidBy.OUTSIDE)


def a_studio(**facts: Any) -> Studio:
    known: dict[str, Any] = {
        "id": LUNA,
        "name": "Luna Photo",
        "zone_name": "America/Chicago",
        "currency": "USD",
        "country": "US",
    }
    return Studio(**(known | facts))


def a_mini(**facts: Any) -> Mini:
    known: dict[str, Any] = {
        "id": FALL,
        "studio_id": LUNA,
        "title": "Fall Minis",
        "state": MiniState.PUBLISHED,
        "packages": (MINI_PACKAGE,),
    }
    return Mini(**(known | facts))


def a_day(**facts: Any) -> Day:
    known: dict[str, Any] = {"id": "saturday", "studio_id": LUNA, "mini_id": FALL, "date": NINE.date()}
    return Day(**(known | facts))


def a_spot(number: int = 0, **facts: Any) -> Spot:
    """The spot of that number: 20 minutes, a gap of 5."""
    starts = NINE + timedelta(minutes=25 * number)
    known: dict[str, Any] = {
        "id": f"spot{number}",
        "studio_id": LUNA,
        "mini_id": FALL,
        "day_id": "saturday",
        "starts": starts,
        "ends": starts + timedelta(minutes=20),
    }
    return Spot(**(known | facts))


def a_client(name: str = "ana", **facts: Any) -> Client:
    return Client(id=name, studio_id=LUNA, **facts)


def a_booking(**facts: Any) -> Booking:
    spot = a_spot()
    known: dict[str, Any] = {
        "id": "booking",
        "studio_id": LUNA,
        "mini_id": FALL,
        "client_id": "ana",
        "spot_id": spot.id,
        "code": "LP-1000",
        "state": State.HELD,
        "snapshot": Snapshot(
            title="Fall Minis",
            place="Riverside Park",
            starts=spot.starts,
            ends=spot.ends,
            currency="USD",
            packages=(MINI_PACKAGE,),
        ),
        "package_id": "mini",
        "began_at": NINE - timedelta(days=9),
        "hold_until": NINE - timedelta(days=9) + timedelta(minutes=15),
    }
    return Booking(**(known | facts))


def at(booking: Booking, starts: datetime) -> Booking:
    """The booking with another time."""
    snapshot = replace(booking.snapshot, starts=starts, ends=starts + timedelta(minutes=20))
    return replace(booking, snapshot=snapshot)


def a_reservation(**facts: Any) -> Reservation:
    known: dict[str, Any] = {"id": "reservation", "studio_id": LUNA, "mini_id": FALL, "spot_id": "spot0"}
    return Reservation(**(known | facts))


def a_message(key: str, **facts: Any) -> NewMessage:
    known: dict[str, Any] = {"kind": "confirmed", "client_id": "ana"}
    return NewMessage(key=key, **(known | facts))


def furnish(records: Records, *, spots: int = 4, seats: int = 1, clients: tuple[str, ...] = ("ana", "ben")) -> None:
    """Write the studio, its mini with one day of spots, and the clients."""
    records.studios.add(a_studio())
    records.minis.add(a_mini())
    records.minis.add_day(a_day(same_start=seats > 1), [a_spot(number, seats=seats) for number in range(spots)])
    for client in clients:
        records.clients.add(a_client(client), Identity("telegram", client), f"chat-{client}")
