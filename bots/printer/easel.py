"""The easel draws a picture of words: the same words, the same bytes."""

import threading
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from bots.printer.cards import draw_card
from bots.printer.codes import code_of
from bots.printer.collage import collage
from bots.printer.lettering import Lettering
from bots.printer.timeline import Timeline
from conversations.pictures import DayPicture, LinkCode, Photos, Picture, ShareCard

KEPT: Final = 16  # pictures drawn last: a card is edited more often than what its picture shows changes


class Easel:
    """Draws pictures, one at a time whoever asks; from any thread.

    The fonts are its own, never the machine's; `fonts` is a folder of more, as of `Press`.
    """

    def __init__(self, fonts: Path | None = None) -> None:
        self._lettering: Final = Lettering(fonts)
        self._one_at_a_time: Final = threading.Lock()
        self._drawn: Final = lru_cache(maxsize=KEPT)(self._draw)

    def drawn(self, picture: Picture, photo: bytes | None = None) -> bytes:
        """A PNG, or a JPEG of a card. `photo` is the mini's own picture, for a card to stand on."""
        with self._one_at_a_time:
            return self._drawn(picture, photo)

    def _draw(self, picture: Picture, photo: bytes | None) -> bytes:
        match picture:
            case DayPicture():
                return Timeline(self._lettering, picture).draw().png()
            case ShareCard():
                return draw_card(self._lettering, picture, photo).jpeg()
            case Photos(photos):
                return photos[0] if len(photos) == 1 else collage(photos)
            case LinkCode(link):
                file = BytesIO()
                code_of(link).save(file, "PNG", optimize=True)
                return file.getvalue()
