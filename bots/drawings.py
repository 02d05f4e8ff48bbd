"""The drawings of the house: made when the screen that shows them is sent, of what is true then."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conversations.cards import Drawing
from conversations.day_pictures import day_picture
from conversations.pictures import Form, LinkCode, Photos, Picture, drawn_card, picture_of
from conversations.screens import Drawn
from conversations.share_cards import share_card
from conversations.words import Words
from core.booking.day_view import SpotState, day_states
from core.minis import pictures, publish
from core.minis.mini import Day, Mini
from core.ports import Records
from core.studio.studio import Studio
from core.values.moments import local
from storage.store import Store

if TYPE_CHECKING:
    from bots.printer.easel import Easel


def drawings_of(store: Store, words: Words, studio_id: str, link_of: Callable[[str], str], *, home: Path) -> "Drawings":
    """All that a studio's house draws."""
    reads = {
        "day": days_drawn(words, studio_id, _looks),
        "card": cards_drawn(words, studio_id, link_of),
        "code": codes_drawn(link_of),
        "mini": minis_drawn(studio_id),
    }
    return Drawings(store, reads, home=home)


def cards_of(store: Store, studio: Studio, drawings: "Drawings") -> Callable[[str], Awaitable[bytes | None]]:
    """Draws the card that messengers show of a mini's public page, given its token; None where it leads nowhere."""
    return _drawn_of(store, studio, drawings, lambda mini: drawn_card(mini.id, Form.PREVIEW))


def photos_of(store: Store, studio: Studio, drawings: "Drawings") -> Callable[[str], Awaitable[bytes | None]]:
    """Gives the studio's own photos of a mini as one picture, given its token; None where there are none."""
    return _drawn_of(store, studio, drawings, picture_of)


def _drawn_of(
    store: Store, studio: Studio, drawings: "Drawings", of: Callable[[Mini], str | Drawn | None]
) -> Callable[[str], Awaitable[bytes | None]]:
    def find(records: Records, token: str) -> str | Drawn | None:
        mini_id = records.links.find(studio.id, publish.LINK, token)
        mini = records.minis.one(studio.id, mini_id) if mini_id else None
        return of(mini) if mini else None

    async def draw(token: str) -> bytes | None:
        drawn = await store.read(lambda records: find(records, token))
        return await drawings.fetch(Drawing(drawn.name, studio.locale)) if isinstance(drawn, Drawn) else None

    return draw


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn, and the file of the picture that it stands on, below the program's home."""

    picture: Picture
    photo: str = ""
    #: That picture itself, where it is in no file.
    content: bytes = b""


#: What is to be drawn under a name: of its parts after the first, and the reader's language; None for no such name.
Read = Callable[[Records, Sequence[str], str], Wanted | None]
#: How a day's spots stand, by start.
Looks = Callable[[Records, Studio, Mini, Day], Sequence[SpotState]]


class Drawings:
    """`bots.delivery.Drawings` over one store."""

    def __init__(self, store: Store, reads: Mapping[str, Read], *, home: Path) -> None:
        """`reads` by the first part of a name (`conversations.pictures`). `home` has pictures, and may have fonts."""
        self._store = store
        self._reads = dict(reads)
        self._home = home
        self._easel: Easel | None = None

    async def fetch(self, drawing: Drawing) -> bytes:
        """A PNG or a JPEG. Raises LookupError for a name that means nothing, or nothing any more."""
        kind, *parts = drawing.name.split("/")
        read = self._reads.get(kind)
        wanted = await self._store.read(lambda records: read(records, parts, drawing.language)) if read else None
        if wanted is None:
            raise LookupError(f"no picture {drawing.name}")
        return await asyncio.to_thread(self._drawn, wanted)

    def _drawn(self, wanted: Wanted) -> bytes:
        photo = self._home / wanted.photo if wanted.photo else None
        content = wanted.content or (photo.read_bytes() if photo and photo.is_file() else None)
        return self._the_easel().drawn(wanted.picture, content)

    def _the_easel(self) -> "Easel":
        """Set up with the first picture: its fonts are read."""
        if self._easel is None:
            from bots.printer.easel import Easel

            self._easel = Easel(self._home / "fonts")
        return self._easel


def days_drawn(words: Words, studio_id: str, looks: Looks) -> Read:
    """Reads for `drawn_day`."""

    def read(records: Records, parts: Sequence[str], language: str) -> Wanted | None:
        match parts:
            case [mini_id, day_id, page] if page.isdecimal():
                studio, mini = _known(records, studio_id, mini_id)
                day = next((one for one in records.minis.days(studio_id, mini_id) if one.id == day_id), None)
            case _:
                return None
        if studio is None or mini is None or day is None:
            return None
        rows = looks(records, studio, mini, day)
        return Wanted(day_picture(words, language, studio, mini, day, rows, page=int(page)))

    return read


def cards_drawn(words: Words, studio_id: str, link_of: Callable[[str], str]) -> Read:
    """Reads for `drawn_card`. `link_of` makes a link of the payload that leads to a mini."""

    def read(records: Records, parts: Sequence[str], language: str) -> Wanted | None:
        match parts:
            case [mini_id, form] if form in set(Form):
                studio, mini = _known(records, studio_id, mini_id)
            case _:
                return None
        if studio is None or mini is None:
            return None
        today = local(records.now, studio.zone).date()
        ahead = [day for day in records.minis.days(studio_id, mini_id) if day.date >= today]
        link = link_of(f"m_{records.links.token(publish.LINK, mini.id, mini.link_generation)}")
        card = share_card(words, language, studio, mini, ahead, link=link, form=Form(form))
        return Wanted(card, mini.picture, next(iter(_photos(records, mini)), b""))

    return read


def minis_drawn(studio_id: str) -> Read:
    """Reads for `picture_of`."""

    def read(records: Records, parts: Sequence[str], _language: str) -> Wanted | None:
        mini = records.minis.one(studio_id, parts[0]) if len(parts) == 1 else None
        photos = _photos(records, mini) if mini else ()
        return Wanted(Photos(photos)) if photos else None

    return read


def codes_drawn(link_of: Callable[[str], str]) -> Read:
    """Reads for `drawn_code`."""

    def read(_records: Records, parts: Sequence[str], _language: str) -> Wanted | None:
        return Wanted(LinkCode(link_of(parts[0]))) if len(parts) == 1 and parts[0] else None

    return read


def _known(records: Records, studio_id: str, mini_id: str) -> tuple[Studio | None, Mini | None]:
    return records.studios.one(studio_id), records.minis.one(studio_id, mini_id)


def _photos(records: Records, mini: Mini) -> tuple[bytes, ...]:
    """The mini's own, in their order."""
    found = (pictures.picture(records, mini.studio_id, one) for one in mini.pictures)
    return tuple(one.content for one in found if one)


def _looks(records: Records, studio: Studio, mini: Mini, day: Day) -> Sequence[SpotState]:
    return day_states(records, studio.id, mini.id, day.id)
