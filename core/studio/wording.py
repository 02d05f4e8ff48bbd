"""What a studio says to its clients in its own words: a wording for each occasion, a mini's own before the studio's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Occasion(StrEnum):
    """On what a client is written to (B7)."""

    CONFIRMATION = "confirmation"
    REMINDER = "reminder"
    BALANCE_REMINDER = "balance_reminder"
    CANCELLED = "cancelled"
    MOVED = "moved"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is said on an occasion. Subject and text may name fields in braces; both are plain, without marks."""

    #: Of the e-mail.
    subject: str
    text: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWording:
    """What a studio or a mini has of its own for an occasion; what is None is as it is one level above."""

    occasion: Occasion
    subject: str | None = None
    text: str | None = None
    on: bool | None = None

    @property
    def has_words(self) -> bool:
        return self.subject is not None or self.text is not None

    @property
    def says_nothing(self) -> bool:
        return not self.has_words and self.on is None

    def over(self, above: Wording) -> Wording:
        """The wording above with what is its own in place of it."""
        own = {"subject": self.subject, "text": self.text, "on": self.on}
        return replace(above, **{name: value for name, value in own.items() if value is not None})


def own_of(every: Sequence[OwnWording], occasion: Occasion) -> OwnWording:
    """What there is of the occasion; one that says nothing, if there is nothing."""
    return next((one for one in every if one.occasion is occasion), OwnWording(occasion=occasion))


def worded(
    came: Wording, occasion: Occasion, *, studio: Sequence[OwnWording] = (), mini: Sequence[OwnWording] = ()
) -> Wording:
    """What is said on the occasion: part by part the mini's own, else the studio's, else what came with the program."""
    return own_of(mini, occasion).over(own_of(studio, occasion).over(came))


def with_own(every: Sequence[OwnWording], wanted: OwnWording) -> tuple[OwnWording, ...]:
    """All of them with this one in place of what there was of its occasion."""
    others = [one for one in every if one.occasion is not wanted.occasion]
    return tuple(others) if wanted.says_nothing else (*others, wanted)
