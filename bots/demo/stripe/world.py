"""The pretended Stripe itself: its accounts' books, its clock, and what happens in it."""

import base64
import hashlib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bots.demo.clock import Clock
from bots.demo.stripe.payment_shapes import intent_json
from bots.demo.stripe.records import Books, Event, Json, Session, StripeAccount
from bots.demo.stripe.session_shapes import session_json

Listener = Callable[[Event], None]


@dataclass(slots=True)
class Cause:
    """The API call that is being carried out."""

    request: str = ""
    key: str = ""


class World:
    """Everything there is, and whoever wants to hear of events."""

    def __init__(self, keys: Mapping[str, StripeAccount], now: Clock, seed: str) -> None:
        """`seed`: other seeds, other ids. Raises ValueError for a key that is no test key."""
        self.keys: Final[dict[str, StripeAccount]] = {}
        self.now: Final = now
        #: By the account's id.
        self.books: Final[dict[str, Books]] = {}
        self.address = ""
        self.listeners: Final[list[Listener]] = []
        #: Called with every event and the account's id before the listeners.
        self.post: Callable[[Event, str], None] = lambda _event, _account: None
        #: What becomes of the next refunds: their statuses; once none is left they succeed at once.
        self.refund_fates: Final[list[str]] = []
        #: How many of the next attempts to pay are declined, whatever the card.
        self.declining = 0
        self._seed: Final = seed
        self._count = 0
        self._cause = Cause()
        for key, account in keys.items():
            self.add_key(key, account)

    def add_key(self, key: str, account: StripeAccount) -> None:
        """Raises ValueError for a live key, or anything else that is no test key."""
        if not key.startswith(("sk_test_", "rk_test_")):
            raise ValueError("the stand-in takes test keys only: sk_test_… or rk_test_…")
        self.keys[key] = account
        for one in (account, *account.connected):
            self.books.setdefault(one.id, Books(one))

    def unix_now(self) -> int:
        return int(self.now().timestamp())

    def new_id(self, prefix: str, letters: int = 24) -> str:
        """An id as Stripe's look; the same in every run of one seed."""
        self._count += 1
        digest = hashlib.sha512(f"{self._seed}:{prefix}:{self._count}".encode()).digest()
        return f"{prefix}_" + base64.b64encode(digest, altchars=b"xy").decode()[:letters]

    @contextmanager
    def caused_by(self, request: str, key: str) -> Generator[None]:
        """Events inside are said to come from this call."""
        before, self._cause = self._cause, Cause(request, key)
        try:
            yield
        finally:
            self._cause = before

    def happen(self, books: Books, kind: str, thing: Json, **previous: object) -> None:
        """Write an event with the thing as it is now, and tell the webhooks and whoever listens."""
        event = Event(
            id=self.new_id("evt"),
            created=self.unix_now(),
            type=kind,
            object=thing,
            previous=previous,
            request=self._cause.request,
            key=self._cause.key,
        )
        books.events[event.id] = event
        self.post(event, books.account.id)
        for listener in tuple(self.listeners):
            listener(event)

    def lapse(self) -> None:
        """Expire whatever the clock has passed."""
        now = self.unix_now()
        for books in self.books.values():
            for session in books.sessions.values():
                if session.status == "open" and session.expires_at <= now:
                    with self.caused_by("", ""):
                        self.expire(books, session)

    def expire(self, books: Books, session: Session) -> None:
        """End an open session; no money can come by it any more."""
        session.status = "expired"
        if intent := session.intent:
            intent.status, intent.canceled_at = "canceled", self.unix_now()
            self.happen(books, "payment_intent.canceled", intent_json(intent))
        self.happen(books, "checkout.session.expired", session_json(session))

    def books_with_session(self, session: str) -> tuple[Books, Session]:
        """Raises LookupError."""
        for books in self.books.values():
            if found := books.sessions.get(session):
                return books, found
        raise LookupError(f"there is no session {session}")
