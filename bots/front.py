"""What stands behind the public pages: the studio as it is at this moment, read through the public desk and spoken."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from conversations.page_words import PageWords
from conversations.pages import MiniPage, StudioPage, TextPage
from conversations.words import Words
from core.ports import Records
from core.public_desk import PublicDesk
from storage.store import Store

T = TypeVar("T")


class Front:
    """One studio's. Nothing that it does changes anything."""

    def __init__(self, store: Store, words: Words, studio_id: str, *, home: Path) -> None:
        """`home`: the folder that pictures are named in."""
        self._store = store
        self._words = words
        self._studio_id = studio_id
        self._home = home

    @property
    def languages(self) -> tuple[str, ...]:
        return self._words.languages

    async def studio(self, language: str) -> StudioPage:
        return await self._seen(lambda desk: self._words_of(desk, language).studio_page(desk.listed()))

    async def mini(self, token: str, language: str) -> MiniPage | None:
        """None where the token leads nowhere, for whatever reason."""

        def read(desk: PublicDesk) -> MiniPage | None:
            found = desk.behind(token)
            return self._words_of(desk, language).mini_page(found) if found else None

        return await self._seen(read)

    async def privacy(self, language: str) -> TextPage:
        return await self._seen(lambda desk: self._words_of(desk, language).privacy_page())

    async def gone(self, language: str) -> TextPage:
        return await self._seen(lambda desk: self._words_of(desk, language).gone_page())

    async def is_shown(self, token: str) -> bool:
        return await self._seen(lambda desk: desk.behind(token)) is not None

    async def picture(self, token: str) -> Path | None:
        """The file of the picture of the mini behind the token, if there is one; it lies in the home."""
        named = await self._seen(lambda desk: desk.picture(token))
        return await asyncio.to_thread(_file_in, self._home, named) if named else None

    async def _seen(self, read: Callable[[PublicDesk], T]) -> T:
        def work(records: Records) -> T:
            studio = records.studios.one(self._studio_id)
            if studio is None:
                raise LookupError(f"no studio {self._studio_id}")
            return read(PublicDesk(records, studio))

        return await self._store.read(work)

    def _words_of(self, desk: PublicDesk, language: str) -> PageWords:
        return PageWords(self._words, desk.studio, language)


def _file_in(home: Path, name: str) -> Path | None:
    """The file of that name below the home. A name that leads out of it, by a link even, is none."""
    path = (home / name).resolve()
    return path if path.is_file() and path.is_relative_to(home.resolve()) else None
