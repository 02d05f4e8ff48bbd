"""What Telegram has of our pictures already: each is uploaded once, and goes by Telegram's own name from then on."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import structlog

from bots.telegram.api import Upload
from conversations.cards import Card, Drawing

KNOWN: Final = 1000  # pictures whose names are remembered
_NAME: Final = "picture"  # of an upload; nobody sees it

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A card's picture. The key tells what is in it: when that changes, so does the key."""

    key: str
    file: Path | None = None
    #: What was drawn, where it is in no file.
    content: bytes = b""


class Uploads:
    """The pictures of one bot."""

    def __init__(self, home: Path) -> None:
        """`home`: the folder where pictures are."""
        self._home = home
        #: What Telegram calls a picture, by its key; the one learnt last at the end.
        self._file_ids: dict[str, str] = {}

    def picture_of(self, card: Card, drawn: bytes | None) -> Picture | None:
        """The card's picture, if it has one and it is there."""
        match card.picture:
            case None:
                return None
            case Drawing():
                return Picture(hashlib.sha256(drawn).hexdigest(), content=drawn) if drawn else None
            case name:
                file = self._home / name
                if file.is_file():
                    return Picture(f"{name} {file.stat().st_mtime_ns}", file)
                _log.warning("a picture is missing", picture=name)
                return None

    def photo(self, picture: Picture | None) -> object:
        """What Telegram calls the picture, or the file itself the first time."""
        if picture is None:
            return None
        known = self._file_ids.get(picture.key)
        return known or (Upload(picture.file.name, picture.file) if picture.file else Upload(_NAME, picture.content))

    def keep(self, picture: Picture | None, message: Any) -> None:
        """Learn Telegram's name for it from a sent or edited message."""
        # An edit of a message that is not the bot's own would be answered with True.
        photo = cast("dict[str, Any]", message).get("photo") if isinstance(message, dict) else None
        if picture and photo:
            self._file_ids.pop(picture.key, None)
            self._file_ids[picture.key] = photo[-1]["file_id"]
            if len(self._file_ids) > KNOWN:
                del self._file_ids[next(iter(self._file_ids))]
