"""The program with one of its guards left out: each must be noticed by the tests that kill it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from bots.courier import Courier
from bots.delivery import Sent
from bots.telegram.poll import ALLOWED, Poller
from bots.telegram.sender import Sender
from conversations.inbound import Inbound
from conversations.reception import Reception
from conversations.replies import Answer, Shown
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
    answer, serve = Reception.answer, Courier.serve
    served: list[tuple[Sender, asyncio.AbstractEventLoop]] = []

    def noted_serve(self: Courier, messenger: Any) -> None:
        served.append((messenger, asyncio.get_running_loop()))
        serve(self, messenger)

    def told_too_early(self: Reception, records: Any, inbound: Inbound) -> Answer:
        answered = answer(self, records, inbound)
        if shown := self.show(records, inbound.identity.channel, inbound.chat):
            sender, loop = served[0]
            sent = asyncio.run_coroutine_threadsafe(_send(sender, shown), loop).result()
            records.talks.shown(self.studio_id, shown.channel, shown.chat, shown.revision, sent.card)
        return answered

    put(Courier, serve=noted_serve)
    put(Reception, answer=told_too_early)


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


GUARDS_OFF: Final[Mapping[str, Callable[[], None]]] = {
    guard.__name__: guard for guard in (confirm_before_commit, send_before_commit, forget_unshown_screens)
}
