"""Whose key the till is asked with: a studio's own, or else the installation's (A3).

Each account that took a studio's money is a till of its own and has a name: its `TillKey.id`, or INSTALLATIONS.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

#: The till that a studio has without a key of its own.
INSTALLATIONS: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedKey:
    """A key that the till took, locked up: it is shown to nobody again."""

    #: Opened by whoever talks to the till, for this studio and this purpose alone.
    locked: str = field(repr=False)
    #: The last characters of the key, by which its owner knows it.
    ending: str
    #: Cards are charged in earnest.
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TillKey:
    """A studio's own key of one account, in one mode, as it is kept."""

    studio_id: str
    id: str
    key: LockedKey
    connected_at: datetime
    #: What the till's events are signed with, locked as well; empty where the studio gave none.
    hook: str = field(default="", repr=False)
    #: Pages are made with it. Another one is kept for what its account took (DECISIONS 17).
    is_present: bool = True


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Payment pages that somebody may still pay, and by when none of these can be paid any more."""

    pages: int = 0
    until: datetime | None = None


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
