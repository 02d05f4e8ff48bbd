"""The courier brings screens and outbox messages to the messengers, and writes down what came of each.

Both go by the chat's lane, so that what was read last is also what is sent last. A screen that could not be sent stays
unshown, an outbox row is tried again: nothing is lost by a crash, and at most one message comes twice.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bots.delivery import Drawings, Later, Lost, Messenger, Outcome, Papers, Sent, Unreachable
from conversations.cards import Card, CardLine, Drawing, Enclosure
from conversations.replies import Shown
from core.back_office import BackOffice
from core.messages.records import LeasedMessage, Sending
from core.ports import Records
from core.values.refusals import Trouble
from storage.store import Store

ROOM: Final = 90  # messages under way at once: three seconds' worth at Telegram's pace
LEASE: Final = timedelta(minutes=2)
LONGEST_WAIT: Final = timedelta(minutes=5)  # between two tries of a message
NO_ADDRESS: Final = timedelta(hours=1)
BUGS_FORGIVEN: Final = 5  # tries of a message that we ourselves cannot make
STALE: Final = timedelta(seconds=5)  # a younger unshown screen is probably just being sent, perhaps by another process
HANDFUL: Final = 50  # chats
PRINTED_IN: Final = 30.0  # seconds that a document may take; the chat waits for it
DRAWN_IN: Final = 10.0  # seconds that a picture may take

_log = structlog.stdlib.get_logger(__name__)


class Speaker(Protocol):
    """What the courier needs of the reception."""

    @property
    def studio_id(self) -> str: ...
    def show(self, records: Records, channel: str, chat: str) -> Shown | None: ...
    def tell(self, records: Records, message: LeasedMessage) -> Shown | None: ...
    def apology(self, language: str) -> Card: ...


class Courier:
    """One for the process. `worker` names it in the leases; `spawn` starts a supervised task.

    `papers` has the documents that screens enclose, `drawings` the pictures that are drawn for them; where nobody
    draws, the words come alone.
    `speakers` says by channel who has the words for its chats; `papers` has the documents that screens enclose.
    """

    def __init__(
        self,
        store: Store,
        speakers: Mapping[str, Speaker],
        *,
        papers: Papers,
        drawings: Drawings | None = None,
        worker: str,
        spawn: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        self._store = store
        self._speakers = speakers
        self._papers = papers
        self._drawings = drawings
        self._messengers: dict[str, Messenger] = {}
        self._worker = worker
        self._spawn = spawn
        self._under_way = 0
        self._showing: set[tuple[str, str]] = set()
        self._owes_until = 0.0

    def serve(self, messenger: Messenger) -> None:
        """From now on, bring what is meant for the messenger's channel."""
        self._messengers[messenger.channel] = messenger
        self._owe_screens()  # the last run may have ended in the middle of a turn

    # -- screens --

    async def show(self, channel: str, chat: str) -> None:
        """Send the chat's present screen, unless it was shown already. Never raises."""
        try:
            await self._show(channel, chat)
        except Trouble as trouble:
            self._owe_screens()
            _log.warning("a screen must wait for the database", error=repr(trouble))
        except Exception:
            _log.exception("a screen could not be shown", channel=channel)

    async def show_again(self) -> None:
        """Send the screens that were lost (DECISIONS 24). While none can be, this costs nothing."""
        if time.monotonic() > self._owes_until:
            return
        for _studio, row in await self._store.read(lambda records: records.talks.unshown(HANDFUL, idle=STALE)):
            if row.channel in self._messengers and (row.channel, row.chat) not in self._showing:
                self._owe_screens()
                self._spawn(self._show_again(row.channel, row.chat))

    async def _show_again(self, channel: str, chat: str) -> None:
        self._showing.add((channel, chat))
        try:
            await self.show(channel, chat)
        finally:
            self._showing.discard((channel, chat))

    def _owe_screens(self) -> None:
        """Look for unshown screens until they must have been found."""
        self._owes_until = time.monotonic() + 2 * STALE.total_seconds()

    def _made(self, records: Records, channel: str, chat: str) -> Shown | None:
        """The chat's present screen; where we ourselves cannot make it, an apology in its very place.

        Both are read at one moment: an apology that took another turn's place would swallow its screen.
        """
        try:
            return self._speakers[channel].show(records, channel, chat)
        except Trouble:
            raise
        except Exception:
            _log.exception("a screen could not be made", channel=channel)
        opening = records.talks.open(self._speakers[channel].studio_id, channel, chat)
        return self._apology(records, channel, chat, opening.talk.revision if opening and opening.talk else None)

    def _apology(self, records: Records, channel: str, chat: str, revision: int | None) -> Shown | None:
        """Says that something broke, in place of the screen of this revision; nothing to whom nobody knows."""
        opening = records.talks.open(self._speakers[channel].studio_id, channel, chat)
        if opening is None or revision is None:
            return None
        language = opening.client.language if opening.client else opening.studio.locale
        return Shown(channel=channel, chat=chat, card=self._speakers[channel].apology(language), revision=revision)

    async def _show(self, channel: str, chat: str) -> None:
        messenger = self._messengers[channel]
        async with messenger.lane(chat):
            shown = await self._store.read(lambda records: self._made(records, channel, chat))
            if shown is None:
                return
            try:
                outcome = await self._send(messenger, shown, urgent=True)
            except Trouble:
                raise
            except Exception:
                _log.exception("a screen could not be sent", channel=channel)
                revision = shown.revision
                shown = await self._store.read(lambda records: self._apology(records, channel, chat, revision))
                if shown is None:
                    return
                outcome = await messenger.send(shown, urgent=True)
            match outcome:
                case Later(_, error):
                    self._owe_screens()
                    _log.info("a screen must wait", error=error)
                    return
                case Lost(error) | Unreachable(error):
                    _log.warning("a screen did not surely arrive", error=error)
                case Sent():
                    pass
            await self._store.run(lambda records: self._note_shown(records, shown, outcome))
            await _retire(messenger, outcome, chat)

    # -- what is sent --

    async def _send(self, messenger: Messenger, shown: Shown, *, urgent: bool) -> Outcome:
        """Send the screen's documents and then the screen, which says what could not be made.

        Each document is written down once it is there, so that a crash doubles one message at most.
        """
        missing: list[Enclosure] = []
        for one in shown.card.enclosed:
            outcome = await self._enclose(messenger, shown.chat, one, urgent=urgent)
            match outcome:
                case Later():
                    return outcome
                case Sent() | Lost():
                    await self._store.run(lambda records, one=one: self._note_ahead(records, shown, one))
                case Unreachable() | None:
                    missing.append(one)
        drawn = await self._drawn(shown.card)
        return await messenger.send(_saying(shown, missing), urgent=urgent, drawn=drawn)

    async def _drawn(self, card: Card) -> bytes | None:
        """The card's picture where it is to be drawn; None if it cannot be: the words say the same."""
        if self._drawings is None or not isinstance(card.picture, Drawing):
            return None
        try:
            async with asyncio.timeout(DRAWN_IN):
                return await self._drawings.fetch(card.picture)
        except Exception:
            _log.exception("a picture could not be drawn", picture=card.picture.name)
            return None

    async def _enclose(self, messenger: Messenger, chat: str, enclosure: Enclosure, *, urgent: bool) -> Outcome | None:
        """Send a document; None if it could not be made, which is no reason to keep its screen back."""
        try:
            async with asyncio.timeout(PRINTED_IN):
                document = await self._papers.fetch(enclosure.paper)
        except Exception:
            _log.exception("a document could not be made", paper=enclosure.paper)
            return None
        return await messenger.enclose(chat, enclosure, document, urgent=urgent)

    # -- the outbox --

    async def take_due(self) -> int:
        """Begin to deliver what is due, once all bots are awake and there is room; gives how many rows."""
        room = ROOM - self._under_way
        if room < ROOM / 2 or len(self._messengers) < len(self._speakers):
            return 0
        rows = await self._store.run(lambda records: records.outbox.lease(self._worker, room, LEASE))
        self._under_way += len(rows)
        for row in rows:
            self._spawn(self._deliver(row))
        return len(rows)

    async def _deliver(self, row: LeasedMessage) -> None:
        try:
            await self._bring(row)
        except Exception as error:
            _log.exception("a message could not be delivered", kind=row.kind, attempts=row.attempts)
            try:
                await self._settle(row, None, _after_bug(row, error))
            except Exception:
                _log.exception("its lease will run out", kind=row.kind)
        finally:
            self._under_way -= 1

    async def _bring(self, row: LeasedMessage) -> None:
        messenger = self._messengers.get(row.channel or "")
        if messenger is None or row.address is None:
            await self._settle(row, None, Later(NO_ADDRESS, "nobody knows how to reach them yet"))
            return
        leased_at = time.monotonic()
        async with messenger.lane(row.address):
            if time.monotonic() - leased_at > LEASE.total_seconds() / 2:
                await self._settle(row, None, Later(timedelta(0), "others went first for too long"))
                return
            shown = await self._store.run(lambda records: self._tell(records, row))
            outcome = await self._send(messenger, shown, urgent=False) if shown else None
            await self._settle(row, shown, outcome)
            await _retire(messenger, outcome, row.address)

    def _tell(self, records: Records, row: LeasedMessage) -> Shown | None:
        """The message if it is still worth sending."""
        if row.drop_after is not None and row.drop_after <= records.now:
            return None
        return self._speakers[row.channel or ""].tell(records, row)

    async def _settle(self, row: LeasedMessage, shown: Shown | None, outcome: Outcome | None) -> None:
        match outcome:
            case Unreachable(error):
                _log.warning("the client cannot be reached", kind=row.kind, error=error)
            case Later(_, error) | Lost(error):
                _log.info("a message must wait", kind=row.kind, attempts=row.attempts, error=error)
            case _:
                pass

        def write(records: Records) -> None:
            state, error, not_before = _state_of(row, outcome, records.now)
            card = outcome.card if isinstance(outcome, Sent) else None
            records.outbox.settle(self._worker, row.id, state, provider_id=card, error=error, not_before=not_before)
            if shown is not None and state is Sending.DEAD:
                BackOffice(records).undelivered(row)
            if shown is not None and state is not Sending.RETRY and state is not Sending.AMBIGUOUS:
                self._note_shown(records, shown, outcome)

        await self._store.run(write)

    def _note_ahead(self, records: Records, shown: Shown, enclosure: Enclosure) -> None:
        if shown.revision is not None:
            studio_id = self._speakers[shown.channel].studio_id
            records.talks.sent_ahead(studio_id, shown.channel, shown.chat, enclosure.key)

    def _note_shown(self, records: Records, shown: Shown, outcome: Outcome | None) -> None:
        """The talk's screen is there; where nobody knows its message, the next one is a new one."""
        if shown.revision is not None:
            card = outcome.card if isinstance(outcome, Sent) else None
            studio_id = self._speakers[shown.channel].studio_id
            records.talks.shown(studio_id, shown.channel, shown.chat, shown.revision, card)


def _saying(shown: Shown, missing: Sequence[Enclosure]) -> Shown:
    """The screen, below the names of the documents that do not come with it."""
    if not missing:
        return shown
    first, *others = shown.card.lines
    lines = (*(CardLine(one.missing) for one in missing), replace(first, gap=True), *others)
    return replace(shown, card=replace(shown.card, lines=lines))


async def _retire(messenger: Messenger, outcome: Outcome | None, chat: str) -> None:
    """Only now: a press on the new card must find it written down."""
    if isinstance(outcome, Sent) and outcome.retired:
        await messenger.retire(chat, outcome.retired)


def _state_of(
    row: LeasedMessage, outcome: Outcome | None, now: datetime
) -> tuple[Sending, str | None, datetime | None]:
    """How the row stands after this try, with the error and the time of the next."""
    match outcome:
        case None:
            return Sending.DROPPED, None, None
        case Sent():
            return Sending.SENT, None, None
        case Later(after, error):
            return Sending.RETRY, error, now + max(after, _back_off(row.attempts))
        case Lost(error) if row.ambiguous:
            # Once more at most: two answers lost in a row are less likely than a message that is there.
            return Sending.SENT, error, None
        case Lost(error):
            return Sending.AMBIGUOUS, error, now + _back_off(row.attempts)
        case Unreachable(error):
            return Sending.DEAD, error, None


def _after_bug(row: LeasedMessage, error: Exception) -> Outcome:
    """A message that we cannot make is tried a few times, as the next release may."""
    said = f"{type(error).__name__}: {error}"
    return Unreachable(said) if row.attempts >= BUGS_FORGIVEN else Later(LONGEST_WAIT, said)


def _back_off(attempts: int) -> timedelta:
    """1, 2, 4, 8 … seconds."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
