"""The program with one of its guards left out: each must be noticed by the tests that kill it."""

import asyncio
import sys
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from bots.cashier import Cashier
from bots.courier import Courier
from bots.delivery import Sent
from bots.stripe.till import StripeTill
from bots.telegram.poll import ALLOWED, Poller
from bots.telegram.sender import Sender
from conversations.clients import ClientsReception
from conversations.inbound import Inbound
from conversations.replies import Answer, Shown
from core.booking import ending
from core.booking.booking import Booking, Reason, State
from core.booking.told import Told
from core.payments import pay
from core.payments.checkout import Order
from core.payments.errands import OpenPage, asked_of
from core.payments.till import Page
from core.ports import Records
from tests.crash.seams import put


def confirm_before_commit() -> None:
    """Tell Telegram that updates have arrived before they are durable here, as most bots do."""

    async def poll(self: Any) -> None:
        asked = {"offset": self._offset, "timeout": 30, "allowed_updates": list(ALLOWED)}
        batch = await self._api.call("getUpdates", asked, answer_in=40)
        if batch:
            self._offset = int(batch[-1]["update_id"]) + 1
            await self._api.call("getUpdates", {**asked, "offset": self._offset, "timeout": 0})
            await self._take(batch)

    put(Poller, _poll=poll)


def send_before_commit() -> None:
    """Show people what an update has done before it is durable."""
    answer, serve = ClientsReception.answer, Courier.serve
    served: list[tuple[Sender, asyncio.AbstractEventLoop]] = []

    def noted_serve(self: Courier, messenger: Any) -> None:
        served.append((messenger, asyncio.get_running_loop()))
        serve(self, messenger)

    def told_too_early(self: ClientsReception, records: Any, inbound: Inbound) -> Answer:
        answered = answer(self, records, inbound)
        if shown := self.show(records, inbound.identity.channel, inbound.chat):
            sender, loop = served[0]
            sent = asyncio.run_coroutine_threadsafe(_send(sender, shown), loop).result()
            records.talks.shown(self.studio_id, shown.channel, shown.chat, shown.revision, sent.card)
        return answered

    put(Courier, serve=noted_serve)
    put(ClientsReception, answer=told_too_early)


async def _send(sender: Sender, shown: Shown) -> Sent:
    async with sender.lane(shown.chat):
        outcome = await sender.send(shown, urgent=True)
    assert isinstance(outcome, Sent)
    return outcome


def forget_unshown_screens() -> None:
    """Show a screen when an update was answered, and never look whether all were."""

    async def look_nowhere(self: Courier) -> None:
        pass

    put(Courier, show_again=look_nowhere)


def call_before_commit() -> None:
    """Have the payment page made before the tap that asks for it is durable."""
    continue_to_pay, init = pay.continue_to_pay, Cashier.__init__
    tills: list[tuple[Any, asyncio.AbstractEventLoop]] = []

    def noted_init(self: Cashier, store: Any, till_of: Any, **parts: Any) -> None:
        tills.append((till_of, asyncio.get_running_loop()))
        init(self, store, till_of, **parts)

    def called_too_early(records: Records, booking: Booking, bill: pay.Bill, *, phone_required: bool) -> Told:
        told = continue_to_pay(records, booking, bill, phone_required=phone_required)
        checkout = records.checkouts.newest(booking.studio_id, booking.id)
        assert checkout
        till_of, loop = tills[0]

        async def open_page() -> None:
            till = await till_of(*asked_of(OpenPage(checkout)))
            await till.open(checkout.order, checkout.key)

        asyncio.run_coroutine_threadsafe(open_page(), loop).result()
        return told

    put(Cashier, __init__=noted_init)
    put(pay, continue_to_pay=called_too_early)


def ask_with_a_new_key() -> None:
    """Ask for the same page again as if it were another."""
    open_page = StripeTill.open

    async def with_a_new_key(self: StripeTill, order: Order, key: str) -> Page:
        return await open_page(self, order, f"{key}:{uuid.uuid4()}")

    put(StripeTill, open=with_a_new_key)


def take_errands_for_good() -> None:
    """Take errands without ever giving them back, should nobody have done them."""
    put(sys.modules["bots.cashier"], LEASE=timedelta(days=365))


def free_before_closing() -> None:
    """Give the seat back at the hold's end, whether somebody can still pay for it or not."""
    put(pay, lapse=lambda records, booking: ending.end(records, booking, State.EXPIRED, Reason.LAPSED))


GUARDS_OFF: Final[Mapping[str, Callable[[], None]]] = {
    guard.__name__: guard
    for guard in (
        confirm_before_commit,
        send_before_commit,
        forget_unshown_screens,
        call_before_commit,
        ask_with_a_new_key,
        take_errands_for_good,
        free_before_closing,
    )
}
