"""Looking at the public pages, and bringing about what there is to be seen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from core.minis.mini import Mini
from tests.bots.web.shown import Element, read
from tests.core.house import House

BOT = "https://t.me/LunaPhotoBot"
PUBLIC = "https://minis.example.com"
PICTURE = Path(__file__).parents[3] / "bots" / "pictures" / "fall-minis.jpg"
KEY = b"a key of thirty-two bytes or so.."


def link(house: House, mini: Mini) -> str:
    return house.by_owner(lambda desk: desk.mini_link(mini))


def changed(house: House, mini: Mini, **facts: Any) -> Mini:
    """The mini with other facts, as any deed might leave it."""
    there = replace(mini, **facts)
    assert house.store.do(lambda records: records.minis.change(mini, there))
    return replace(there, version=mini.version + 1)


async def source(web: aiohttp.ClientSession, url: str, *, status: int = 200, language: str = "") -> str:
    async with web.get(url, headers={"Accept-Language": language} if language else {}) as response:
        assert response.status == status
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        return await response.text()


async def page(web: aiohttp.ClientSession, url: str, *, status: int = 200) -> Element:
    return read(await source(web, url, status=status))


def graph(seen: Element) -> dict[str, str]:
    """What messengers and search engines are told."""
    metas = seen.all("meta")
    return {
        one.attributes.get("property") or one.attributes.get("name", ""): one.attributes.get("content", "")
        for one in metas
    }
