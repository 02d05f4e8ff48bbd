"""The Bot API as the bots need it, whichever library speaks it: methods by name, and plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

ANSWER_IN: Final = 15.0  # seconds that a call may take; an upload of a picture needs a few
CONNECTIONS: Final = 60
PIECE: Final = 64 * 1024  # bytes of a file that are taken at once


class Api(Protocol):
    """One bot. Whatever fails raises `errors.CallFailed`; nothing is tried twice here."""

    @property
    def bot_id(self) -> int: ...

    async def call(self, method: str, params: Mapping[str, object], *, answer_in: float = ANSWER_IN) -> Any:
        """Carry the method out and give its result; `answer_in` is in seconds.

        A parameter, or the `media` of one, may be an Upload.
        """
        ...

    async def download(self, file_id: str, *, most: int) -> bytes:
        """A file that somebody sent. Raises FileTooLarge once it has more bytes than `most`, else as `call`."""
        ...

    async def close(self) -> None: ...


class FileTooLarge(Exception):
    """A file has more bytes than are taken."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way to Telegram, to stand where a parameter wants one."""

    name: str
    #: Where it is, or what it is.
    content: Path | bytes = field(repr=False)


def says_too_big(error: str) -> bool:
    """Whether Telegram's answer to getFile means that bots cannot have the file."""
    return "file is too big" in error.lower()
