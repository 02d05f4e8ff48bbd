"""What a failed call to Telegram means: one table from the platform's answers to what is done about it (STATES).

Telegram has codes for the classes only; what exactly is wrong stands in the description, in English. A library makes
exceptions of the codes: what those mean stands beside the library (`aiogram_api`, `ptb_api`).
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Remedy(Enum):
    """What to do about a failure."""

    WAIT = auto()  # flooded: the whole bot is silent for as long as told
    BACK_OFF = auto()  # not carried out: again after a while
    ASK_ONCE_MORE = auto()  # the answer was lost: perhaps carried out
    NOTHING = auto()  # it is as it shall be
    SEND_PLAIN = auto()  # the text without its looks
    SPLIT = auto()  # in several messages
    SEND_ANEW = auto()  # the message cannot be edited: a new one
    FOLLOW = auto()  # the group lives under another id
    GIVE_UP = auto()  # this person cannot be reached here
    STOP = auto()  # the token is no good: everything stops
    YIELD = auto()  # somebody else takes this bot's updates
    MEND_CODE = auto()  # Telegram refuses what we say: a bug of ours


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call. `seconds`: how long to WAIT; `chat`: whom to FOLLOW."""

    remedy: Remedy
    error: str
    seconds: float = 0
    chat: int | None = None


# Parts of the descriptions of 400s, in lower case; the first that fits counts.
_BAD_REQUESTS: Final = (
    ("message is not modified", Remedy.NOTHING),
    ("query is too old", Remedy.NOTHING),
    ("can't parse entities", Remedy.SEND_PLAIN),
    ("message is too long", Remedy.SPLIT),
    ("message_too_long", Remedy.SPLIT),
    ("caption is too long", Remedy.SPLIT),
    ("media_caption_too_long", Remedy.SPLIT),
    ("message to edit not found", Remedy.SEND_ANEW),
    ("message can't be edited", Remedy.SEND_ANEW),
    ("message_id_invalid", Remedy.SEND_ANEW),
    ("no text in the message to edit", Remedy.SEND_ANEW),
    ("no caption in the message to edit", Remedy.SEND_ANEW),
    ("chat not found", Remedy.GIVE_UP),
    ("user not found", Remedy.GIVE_UP),
    ("user is deactivated", Remedy.GIVE_UP),
    ("peer_id_invalid", Remedy.GIVE_UP),
)


class CallFailed(Exception):
    """A call to Telegram that failed, by whichever library it was made."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.error)
        self.failure = failure


def remedy_of_bad_request(description: str) -> Remedy:
    """What to do about a 400 with this description."""
    said = description.lower()
    return next((remedy for part, remedy in _BAD_REQUESTS if part in said), Remedy.MEND_CODE)
