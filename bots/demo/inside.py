"""What goes on inside the product, as the demo tells it: its clock, its holds, its history."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bots.demo import clerk
from bots.demo.clerk import Clerk, naming, photos, spoken
from bots.demo.clock import utc_now

if TYPE_CHECKING:
    from bots.demo.backstage import Backstage, Glimpse, Happening, Kept
    from bots.demo.cards import Card

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
        clients: Callable[[], Collection[int]] = tuple,
        how_heard: Callable[[str], str] = lambda _session: "",
        place_came: Callable[[int], bool] = lambda _person: False,
    ) -> None:
        """Three questions that others answer.

        `clients`: those of the people whose bookings Luna looks at; `how_heard`: how the program came to look at a
        payment page, by Stripe's id of it, in the strip's words; `place_came`: whether one of the files that came from
        the person, since this was last asked, said where it was taken.
        """
        self._url = database_url
        self._strip = strip
        self._people = people
        self._clients = clients
        self._how_heard = how_heard
        self._place_came = place_came
        self._whose: dict[str, int] = {}
        self._backstage: Backstage | None = None
        self._glimpse: Glimpse | None = None
        self._read_at = 0.0
        self._one_look = asyncio.Lock()  # two at once would tell the same history twice
        #: What Luna may say to her bot.
        self.sayings: tuple[str, ...] = ()
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

    @property
    def cards(self) -> "tuple[Card, ...]":
        """What Luna sees: the bookings of the clients, the newest first."""
        return self._glimpse.cards if self._glimpse else ()

    async def signed_copy(self, agreement_id: str) -> bytes | None:
        """The signed contract as its client was given it; None unless Luna sees the booking."""
        return await self._backstage.signed_copy(agreement_id) if self._backstage else None

    async def photo(self, file_id: str) -> bytes | None:
        """A photo among the answers; None unless Luna sees the booking."""
        return await self._backstage.photo(file_id) if self._backstage else None

    def whose(self, booking_id: str) -> int | None:
        """The person who booked, if it is one of those known by name."""
        return self._whose.get(booking_id)

    async def look(self) -> bool:
        """Read clock, holds and history, and tell what is new; True where there was something."""
        async with self._one_look:
            return await self._look()

    async def _look(self) -> bool:
        if self._backstage is None:
            self._backstage, self.sayings = await asyncio.to_thread(_open, self._url)
        before, glimpse = self._glimpse, await self._backstage.look(self._people, self._clients())
        self._glimpse, self._read_at = glimpse, time.monotonic()
        self._tell_all(glimpse)
        is_new = bool(glimpse.happened or glimpse.kept)
        return before is None or is_new or (glimpse.holds, glimpse.cards) != (before.holds, before.cards)

    def _tell_all(self, glimpse: "Glimpse") -> None:
        from bots.demo.backstage import Kept

        for news in sorted([*glimpse.kept, *glimpse.happened], key=lambda one: one.at):  # photos before their answers
            if isinstance(news, Kept):
                self._tell_kept(news)
            else:
                self._tell(news, glimpse.zone)

    def _tell_kept(self, kept: "Kept") -> None:
        came = self._place_came(kept.person)
        sentence = clerk.PLACE_KEPT if kept.tells_place else clerk.PLACE_GONE if came else clerk.PHOTO_KEPT
        self._strip.write(sentence, kept.at, **naming(self._people.get(kept.person, STRANGER)), **photos(kept.count))

    def _tell(self, happening: "Happening", zone: ZoneInfo) -> None:
        if happening.booking and happening.person:
            self._whose[happening.booking] = happening.person
        money, paper = happening.money, happening.paper
        self._strip.happened(
            happening.what,
            happening.at,
            detail=happening.detail,
            **naming(self._people.get(happening.person or 0, STRANGER)),
            time=spoken(happening.starts, zone),
            until=spoken(happening.hold_until, zone),
            code=happening.code or "",
            amount=money.amount if money else "",
            paper=paper.title if paper else "",
            sha=paper.sha256[:8] if paper else "",
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


def _open(url: str) -> "tuple[Backstage, tuple[str, ...]]":
    from bots.demo.backstage import Backstage
    from bots.demo.sayings import sayings

    return Backstage(url), sayings()
