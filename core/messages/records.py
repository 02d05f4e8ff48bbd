"""What messages need of storage: the rows to be sent, and the threads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.messages.remark import Remark


class Sending(StrEnum):
    """Where an outbox row stands (STATES, "Messages out")."""

    READY = "ready"
    LEASED = "leased"
    SENT = "sent"
    RETRY = "retry"
    AMBIGUOUS = "ambiguous"
    DEAD = "dead"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be written with what caused it. It is rendered when it is sent."""

    #: Unique in the studio: `confirm:{booking}:{sequence}`. A second row of the same key is not written.
    key: str
    #: The name of its words and of the check that it is still true.
    kind: str
    #: To whom: a client, or a member; the chat is found when the message is sent. To neither is to the studio: one row
    #: for everybody who hears of such things, or one that waits until somebody has claimed it.
    client_id: str | None
    member_id: str | None = None
    booking_id: str | None = None
    values: Mapping[str, str | int | bool | None] = field(default_factory=dict[str, str | int | bool | None])
    not_before: datetime | None = None
    drop_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedMessage:
    """A row that this worker may send until its lease ends."""

    id: int
    studio_id: str
    key: str
    kind: str
    client_id: str | None
    booking_id: str | None
    values: Mapping[str, str | int | bool | None]
    #: Of the person's newest identity; None if they have no chat at all.
    channel: str | None
    address: str | None
    attempts: int
    #: The answer to the last attempt was lost: it may have arrived (STATES: once more at most).
    ambiguous: bool
    drop_after: datetime | None
    #: To whom, where it is for a member.
    member_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A row that stands in a chat, as somebody's reply to it needs it."""

    kind: str
    booking_id: str | None
    values: Mapping[str, str | int | bool | None]


class OutboxRecords(Protocol):
    def add(self, studio_id: str, messages: Sequence[NewMessage]) -> None: ...
    def supersede(self, studio_id: str, booking_id: str, kinds: Sequence[str]) -> None:
        """Unsent rows of these kinds about the booking are no longer wanted."""
        ...

    def lease(self, worker: str, limit: int, lease: timedelta) -> list[LeasedMessage]:
        """Claim rows that are due, at most one per lane and in the lane's order."""
        ...

    def settle(
        self,
        worker: str,
        row_id: int,
        state: Sending,
        *,
        provider_id: str | None = None,
        error: str | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        """Write the result; False where the lease is no longer this worker's."""
        ...

    def sent(self, studio_id: str, channel: str, address: str, provider_id: str) -> SentMessage | None:
        """The row that the platform shows in the chat under this name; None where the message is none of a row."""
        ...

    def refresh(self, studio_id: str, mini_id: str, kind: str, every: timedelta) -> None:
        """Write a row of this kind to each member whose chat shows the mini's overview: one in so long, at its end."""
        ...

    def withdraw(self, studio_id: str, member_id: str) -> None:
        """Unsent rows to this member are no longer wanted."""
        ...

    def address(self, studio_id: str, member_id: str, older: timedelta) -> int:
        """Send what waited for the studio to this member. What is older is superseded; gives how many rows were."""
        ...


class ThreadRecords(Protocol):
    """What clients and the studio said to each other (F13)."""

    def add(self, remark: Remark) -> Remark:
        """Write it; gives it with its number."""
        ...

    def one(self, studio_id: str, remark_id: int) -> Remark | None: ...
    def latest(self, studio_id: str, client_id: str, limit: int) -> list[Remark]:
        """The last ones of the client's thread, in the order they were said."""
        ...

    def unanswered(self, studio_id: str, client_id: str, since: datetime | None = None) -> int:
        """How many things the client said, since the moment, after the last word of the studio's."""
        ...
