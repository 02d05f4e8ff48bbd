"""Stories with money: what the client pays on Stripe's page must find its booking, whoever dies meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import aiohttp
from aiohttp import web

from bots.cashier import LEASE as ERRAND_LEASE
from bots.demo.clock import utc_now
from bots.demo.guest import Wish, _payment_page, newest_card
from bots.demo.stripe import Outcome, StripeStandIn
from bots.demo.telegram.views import ChatView
from bots.demo.till import ACCOUNT, COMPLETED, HOOK_SECRET, HOOKED, KEY
from core.booking.booking import State
from core.messages.alerts import Alert
from core.payments.checkout import HARD_CAP, PAGE_OPEN, POLL_EVERY, CheckoutState
from core.payments.till import RefundState
from core.values.news import What
from storage.money_tables import checkouts, payments, refunds
from storage.tables import bookings
from tests.bots.house import said_by_bot
from tests.crash.nursery import Nursery
from tests.crash.story import BOOKED, HELD, PATIENCE, Client, Stage, Story
from tests.crash.truth import Truth
from tests.storage.raw import rows

FEE: Final = 15_000  # cents, of the example's first package
HOLD: Final = timedelta(minutes=15, seconds=1)
A_MINUTE: Final = POLL_EVERY + timedelta(seconds=1)  # until the page is looked at without a webhook
TO_PAY: Final = "Continue to pay"
PAID: Final = "Paid. Thank you"
OVER: Final = "is free again"
NOTHING_CHARGED: Final = "Nothing was charged"
SILENT: Final = "Stripe does not answer just now"
TOO_LATE: Final = "arrived after the hold had ended"
SENT_BACK: Final = "Stripe has sent your"
ASLEEP: Final = 0.05  # seconds between two looks whether the program is awake


class Hook:
    """The one address that Stripe knows: it passes events on to whichever life of the program is awake."""

    def __init__(self, web_of: Callable[[], str]) -> None:
        self._web_of = web_of
        self.address = ""

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        app = web.Application()
        app.router.add_post("/stripe", self._pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/stripe"
            yield
        finally:
            await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        while not (address := self._web_of()):
            await asyncio.sleep(ASLEEP)
        headers = {"Stripe-Signature": request.headers["Stripe-Signature"]}
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{address}/stripe", data=await request.read(), headers=headers) as response,
            ):
                return web.Response(status=response.status)
        except aiohttp.ClientError:
            return web.Response(status=502)  # it died over it; Stripe sends it again


class PayingStory(Story):
    """Cards are taken. Dying begins where the story says `_from_here_on`."""

    LAST_WORDS = PAID
    BEGINS_LATER = True
    #: Cents that Stripe has taken and given back at the end.
    MONEY: ClassVar[tuple[int, int]] = (FEE, 0)
    #: How many pages Stripe has made: never a second one while somebody could pay on the first.
    PAGES: ClassVar[int] = 1
    #: How our page of it ends.
    CHECKOUT: ClassVar[CheckoutState] = CheckoutState.COMPLETE
    #: Live claims of bookings at the end.
    SEATS: ClassVar[int] = 1

    def __init__(self, nursery: Nursery, stage: Stage) -> None:
        super().__init__(nursery, stage)
        self._passed = timedelta(0)
        self._stripe = StripeStandIn(keys={KEY: ACCOUNT}, now=self._now)
        self._hook = Hook(lambda: "" if self._lives[-1].is_dead.is_set() else self._lives[-1].web)
        self._url = ""

    def _now(self) -> datetime:
        """The product's clock, which is Stripe's too."""
        return utc_now() + self._passed

    @asynccontextmanager
    async def _outside(self) -> AsyncGenerator[None]:
        async with super()._outside(), self._hook.serving():
            self._stripe.webhook(self._hook.address, HOOK_SECRET, types=HOOKED)
            await self._stripe.start()
            try:
                yield
            finally:
                await self._stripe.stop()

    def _settings(self) -> dict[str, Any]:
        return super()._settings() | {
            "stripe_secret_key": KEY,
            "stripe_webhook_secret": HOOK_SECRET,
            "stripe_api_url": self._stripe.address,
        }

    def _respected(self) -> timedelta:
        to_ask = [table for table in (checkouts, payments, refunds) if self._has(table, table.c.ask_at.is_not(None))]
        return max(super()._respected(), ERRAND_LEASE if to_ask else timedelta(0))

    async def _move_clock(self, by: timedelta) -> None:
        self._passed += by
        await super()._move_clock(by)
        self._stripe.clock_moved()

    def _from_here_on(self) -> None:
        self._lives[0].call()

    # -- the client --

    async def _fill_in(self) -> None:
        """Everything up to the button that leads to the payment page."""
        await self._client.open(self._stage.payload)
        await self._client.hold(Wish())
        await self._client.go_on_until(_can_continue)

    async def _go_to_page(self) -> None:
        """Tap it, and wait for the page."""
        await self._client.go_on_until(lambda view: bool(_page_on(view)))
        self._url = _page_on(self._client.view)

    def _pay(self) -> None:
        outcome = self._stripe.pay(self._url.rpartition("/")[2]).outcome
        if outcome is not Outcome.PAID:
            self._faults.append(f"who could pay could not: {outcome}")

    async def _until_booking_is(self, state: State, *, silent: bool = False) -> None:
        asked_in_vain = checkouts.c.silent_since.is_not(None)
        await self._until(
            lambda: (
                self._has(bookings, bookings.c.state == state.value)
                and (not silent or self._has(checkouts, asked_in_vain))
            )
        )

    def _has(self, table: Any, condition: Any) -> bool:
        return bool(rows(self._stage.database, table.select().where(condition)))

    # -- what is true --

    def _promises(self, truth: Truth) -> Mapping[str, bool]:
        states = {state for state, _ in truth.bookings}
        confirmed = State.CONFIRMED.value in states
        captured, refunded = self._money()
        return {
            HELD: bool(states),
            PAID: confirmed,
            BOOKED: confirmed,
            OVER: State.EXPIRED.value in states or bool(truth.payments),
            NOTHING_CHARGED: captured == refunded,
            TOO_LATE: bool(truth.payments),
            SENT_BACK: refunded > 0,
        }

    def _money(self) -> tuple[int, int]:
        """Cents captured and refunded by Stripe."""
        ledgers = self._stripe.ledgers().values()
        return sum(ledger.captured for ledger in ledgers), sum(ledger.refunded for ledger in ledgers)

    def _wrongs(self, truth: Truth) -> Iterable[str]:
        """Stripe's books, and ours beside them."""
        if self._money() != self.MONEY:
            yield f"captured and refunded: {self._money()}"
        if len(self._stripe.sessions) != self.PAGES:
            yield f"pages made: {len(self._stripe.sessions)}"
        if still_open := self._stripe.open_sessions():
            yield f"can still be paid: {still_open}"
        captures = [ledger.captured for ledger in self._stripe.ledgers().values() if ledger.captured]
        if [cents for _, cents in truth.payments] != captures:
            yield f"Stripe took {captures}, and we know of {truth.payments}"
        if sum(cents for state, cents in truth.refunds if state == RefundState.DONE.value) != self.MONEY[1]:
            yield f"Stripe gave back {self.MONEY[1]}, and we know of {truth.refunds}"
        if truth.checkouts != [(self.CHECKOUT.value, False)]:
            yield f"pages kept: {truth.checkouts}"
        if (seats := truth.claims.get("booking", 0)) != self.SEATS:
            yield f"seats of bookings: {seats}"


class Paid(PayingStory):
    """The client pays, and is booked."""

    HOOK_LOST: ClassVar[bool] = False

    async def _live(self) -> None:
        await self._fill_in()
        self._from_here_on()
        await self._go_to_page()
        self._stripe.lose_webhooks(int(self.HOOK_LOST))
        self._pay()
        await self._stripe.webhooks_settled(timeout=PATIENCE)
        if not any(one.is_taken for one in self._stripe.deliveries if one.event.type == COMPLETED):
            await self._move_clock(A_MINUTE)
        await self._client.reads(BOOKED)


class PaidUnheard(Paid):
    """The same, and Stripe's event of it never comes."""

    HOOK_LOST = True


class RanOut(PayingStory):
    """The hold ends with the page open: it is closed, and only then the seat is free."""

    LAST_WORDS = OVER
    MONEY = (0, 0)
    CHECKOUT = CheckoutState.EXPIRED
    SEATS = 0

    async def _live(self) -> None:
        await self._fill_in()
        await self._go_to_page()
        await self._until_quiet()
        self._from_here_on()
        await self._move_clock(HOLD)
        await self._client.reads(OVER)

    def _wrongs(self, truth: Truth) -> Iterable[str]:
        yield from super()._wrongs(truth)
        if truth.released != 1:
            yield f"seats given back: {truth.released}"
        if NOTHING_CHARGED not in said_by_bot(self._client.view):
            yield "whoever was at the page does not know that nothing was charged"


class PaidAtTheEnd(PayingStory):
    """The hold ends, and the client pays while Stripe is being asked to close the page."""

    async def _live(self) -> None:
        await self._fill_in()
        await self._go_to_page()
        await self._until_quiet()
        self._stripe.stall(1, method="POST", path="/expire")
        self._from_here_on()
        await self._move_clock(HOLD)
        await self._stripe.wait_for_stalled(timeout=PATIENCE)
        self._pay()
        self._stripe.go_on()
        await self._client.reads(BOOKED)


class Dark(PayingStory):
    """Stripe cannot be reached for an hour, in which the hold ends."""

    #: How often Stripe is asked in vain, and whether long enough for an alert.
    VARIES = frozenset({What.TILL_SILENT, Alert.TILL_SILENT})

    async def _pass_an_hour(self) -> None:
        """Up to the hold's end, and on until after the page's own."""
        await self._move_clock(HOLD)
        await self._until_booking_is(State.RELEASING, silent=True)
        await self._move_clock(PAGE_OPEN + HARD_CAP)
        await self._client.reads(OVER)

    async def _come_back(self) -> None:
        self._stripe.come_back()
        await self._move_clock(A_MINUTE)


class NoPage(Dark):
    """From "continue to pay" on: there never is a page."""

    LAST_WORDS = OVER
    MONEY = (0, 0)
    PAGES = 0
    CHECKOUT = CheckoutState.EXPIRED
    SEATS = 0

    async def _live(self) -> None:
        await self._fill_in()
        self._stripe.go_down(None, unreachable=True)
        self._from_here_on()
        await self._client.go_on_until(lambda view: SILENT in said_by_bot(view))
        await self._pass_an_hour()
        await self._come_back()
        await self._client.reads(NOTHING_CHARGED)


class PaidInTheDark(Dark):
    """The page is open, and the client pays on it."""

    async def _live(self) -> None:
        await self._fill_in()
        await self._go_to_page()
        await self._until_quiet()
        self._from_here_on()
        self._stripe.go_down(None, unreachable=True)
        self._pay()
        await self._pass_an_hour()
        await self._meanwhile()
        await self._come_back()
        await self._be_heard()

    async def _meanwhile(self) -> None:
        """What others do while the seat is free."""

    async def _be_heard(self) -> None:
        await self._client.reads(BOOKED)


class SeatGone(PaidInTheDark):
    """Meanwhile somebody else takes the seat: the client chooses the money."""

    LAST_WORDS = "goes back to you in full"
    MONEY = (FEE, FEE)

    async def _meanwhile(self) -> None:
        other = Client(self._telegram, "Ben Okafor")
        await other.open(self._stage.payload)
        await other.hold(Wish())

    async def _be_heard(self) -> None:
        await self._client.reads(TOO_LATE)
        self._client.press("Full refund")
        await self._client.reads(SENT_BACK)


def _can_continue(view: ChatView) -> bool:
    card = newest_card(view)
    return card is not None and any(button.text.startswith(TO_PAY) for row in card.buttons for button in row)


def _page_on(view: ChatView) -> str:
    """The address of the payment page, if the newest card leads there."""
    card = newest_card(view)
    return (card and _payment_page(card)) or ""
