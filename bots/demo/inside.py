"""What goes on inside the product, as the demo tells it: its clock, its holds, its history."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bots.demo import clerk
from bots.demo.clerk import Clerk, naming, spoken
from bots.demo.clock import utc_now

if TYPE_CHECKING:
    from bots.demo.backstage import Backstage, Glimpse, Happening

ZONE_UNTIL_KNOWN = ZoneInfo("America/Chicago")  # the example studio's
MORNING_HOUR = 9
STRANGER = "Somebody"


class Inside:
    """The newest glimpse of the product's database, and its clock. Nothing is known before the first look.

    `people` are those of whom it knows the names, by their ids in the messenger.
    """

    def __init__(
        self,
        database_url: str,
        strip: Clerk,
        people: Mapping[int, str],
        *,
        how_heard: Callable[[str], str] = lambda _session: "",
    ) -> None:
        """`how_heard`: how the program came to look at a payment page, by Stripe's id of it, in the strip's words."""
        self._url = database_url
        self._strip = strip
        self._people = people
        self._how_heard = how_heard
        self._whose: dict[str, int] = {}
        self._backstage: Backstage | None = None
        self._glimpse: Glimpse | None = None
        self._read_at = 0.0
        self._one_look = asyncio.Lock()  # two at once would tell the same history twice
        #: How often the clock was moved.
        self.leaps = 0

    @property
    def now(self) -> datetime:
        """The product's time: the database's, carried on since it was last read."""
        if self._glimpse is None:
            return utc_now()
        return self._glimpse.now + timedelta(seconds=time.monotonic() - self._read_at)

    @property
    def zone(self) -> ZoneInfo:
        return self._glimpse.zone if self._glimpse else ZONE_UNTIL_KNOWN

    def hold_until(self, person: int) -> datetime | None:
        """When the person's hold ends; None where they have none."""
        hold = self._glimpse.holds.get(person) if self._glimpse else None
        return hold.until if hold else None

    def page(self, person: int) -> str:
        """How the payment page of the person's hold is: making, open, closing, or empty where there is none."""
        hold = self._glimpse.holds.get(person) if self._glimpse else None
        return hold.page if hold else ""

    def whose(self, booking_id: str) -> int | None:
        """The person who booked, if it is one of those known by name."""
        return self._whose.get(booking_id)

    async def look(self) -> bool:
        """Read clock, holds and history, and tell what is new; True where there was something."""
        async with self._one_look:
            return await self._look()

    async def _look(self) -> bool:
        if self._backstage is None:
            self._backstage = await asyncio.to_thread(_open, self._url)
        before, glimpse = self._glimpse, await self._backstage.look(self._people)
        self._glimpse, self._read_at = glimpse, time.monotonic()
        for happening in glimpse.happened:
            self._tell(happening, glimpse.zone)
        return before is None or bool(glimpse.happened) or glimpse.holds != before.holds

    def _tell(self, happening: "Happening", zone: ZoneInfo) -> None:
        if happening.booking and happening.person:
            self._whose[happening.booking] = happening.person
        money = happening.money
        self._strip.happened(
            happening.what,
            happening.at,
            detail=happening.detail,
            **naming(self._people.get(happening.person or 0, STRANGER)),
            time=spoken(happening.starts, zone),
            until=spoken(happening.hold_until, zone),
            code=happening.code or "",
            amount=money.amount if money else "",
            how=self._how_heard(money.session) if money else "",
        )

    async def move_clock(self, by: timedelta) -> None:
        """Move the product's time forward; it never goes back."""
        if self._backstage is None or by <= timedelta(0):
            return
        await self._backstage.shift(by)
        self.leaps += 1
        await self.look()
        self._strip.write(clerk.CLOCK, self.now, time=spoken(self.now, self.zone))

    def until_morning(self) -> timedelta:
        """How far it is to the studio's next 9:00 AM."""
        here = self.now.astimezone(self.zone)
        morning = here.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
        if morning <= here:
            morning += timedelta(days=1)  # the same wall time, also where the clocks change in the night
        return morning.astimezone(UTC) - self.now

    def close(self) -> None:
        if self._backstage:
            self._backstage.close()


def _open(url: str) -> "Backstage":
    from bots.demo.backstage import Backstage

    return Backstage(url)
