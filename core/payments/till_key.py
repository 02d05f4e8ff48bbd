"""Whose key the till is asked with: a studio's own, or else the installation's (A3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedKey:
    """A key that the till took, locked up: it is shown to nobody again."""

    #: Opened by whoever talks to the till, for this studio and this purpose alone.
    locked: str = field(repr=False)
    #: The last characters of the key, by which its owner knows it.
    ending: str
    #: Cards are charged in earnest.
    is_live: bool
    #: It may do what we need and not everything.
    is_restricted: bool = False


class Proof(StrEnum):
    """What was found out of a new key, beside that it is good."""

    #: It reads what the present key made: both are of one account, in one mode.
    SAME = "same"
    #: The present key opens nothing any more, or there is none.
    DEAD = "dead"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillKey:
    """A studio's own key as it is kept."""

    studio_id: str
    key: LockedKey
    connected_at: datetime
    #: What the till's events are signed with, locked as well; empty where the studio gave none.
    hook: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What would be lost sight of with the account that it is at."""

    #: Payment pages that somebody may still pay, and by when none of these can be paid any more.
    pages: int = 0
    until: datetime | None = None
    #: Pages presumed closed that the till was not heard of; refunds on their way; payments that nobody decided upon.
    money: int = 0

    def __bool__(self) -> bool:
        return bool(self.pages or self.money)

    def keeps(self, proof: Proof) -> bool:
        """Whether the account must stay for it. With a dead key only what ends by itself is waited for."""
        match proof:
            case Proof.SAME:
                return False
            case Proof.DEAD:
                return self.pages > 0
            case Proof.NONE:
                return bool(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What a studio without a key of its own has, and what it takes to use one."""

    takes_cards: bool = False
    is_live: bool = False
    #: Whether a studio's own key can be opened: not where another secret locked it, or where it was tampered with.
    opens: Callable[[TillKey], bool] = lambda _: True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """How cards stand in a studio at this moment."""

    #: Clients can pay online, and in earnest.
    taken: bool
    is_live: bool
    own: TillKey | None = None

    @property
    def is_locked_out(self) -> bool:
        """The studio has a key that cannot be opened, and the installation's is not taken in its place."""
        return self.own is not None and not self.taken
