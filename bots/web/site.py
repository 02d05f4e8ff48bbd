"""The addresses of the public pages. A look changes nothing, and what is not to be seen looks like what never was."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import ETag, web

from bots.front import Front
from bots.web.pages import POLICY, Outside, mini_page, studio_page, text_page

#: A token, and where its link was put: as in the chat's own links, within the 64 characters that those may have.
_LINK: Final = re.compile(r"([A-Za-z0-9_-]{22})(?:-([A-Za-z0-9_-]{1,39}))?")
_WANTED: Final = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?")
_MOST_WANTED: Final = 20  # languages of one person
_PICTURES: Final[Mapping[str, str]] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
#: Pages are asked about each time, for what is free changes; of a picture nobody minds a minute.
_ASK_AGAIN: Final = "no-cache"
_A_MINUTE: Final = "public, max-age=60"

#: Gives a picture of the mini behind a token, a JPEG, or None where there is none; a share card has 1200 × 630.
Card = Callable[[str], Awaitable[bytes | None]]


class Site:
    """`/`, `/m/TOKEN[-SOURCE]`, `/privacy`, `/pictures/TOKEN` and, where cards are drawn, `/card/TOKEN.jpg`."""

    def __init__(
        self, front: Front, *, link: Callable[[str], str], public: str, card: Card | None, photos: Card | None = None
    ) -> None:
        self._front = front
        self._photos = photos
        self._link = link
        self._card = card
        self._outside = Outside(public, has_cards=card is not None)

    def open(self, router: web.UrlDispatcher) -> None:
        router.add_get("/", self._studio)
        router.add_get("/m/{link}", self._mini)
        router.add_get("/privacy", self._privacy)
        router.add_get("/pictures/{token:[A-Za-z0-9_-]{22}}", self._picture)
        if self._card:
            router.add_get("/card/{token:[A-Za-z0-9_-]{22}}.jpg", self._drawn(self._card))

    async def _studio(self, request: web.Request) -> web.Response:
        page = await self._front.studio(self._language(request))
        return _page(request, studio_page(page, self._outside))

    async def _mini(self, request: web.Request) -> web.Response:
        language = self._language(request)
        link = _LINK.fullmatch(request.match_info["link"])
        page = await self._front.mini(link[1], language) if link else None
        if link is None or page is None:
            return _page(request, text_page(await self._front.gone(language), root="../"), status=404)
        chat = self._link("-".join(filter(None, (f"m_{link[1]}", link[2]))))
        return _page(request, mini_page(page, self._outside, chat=chat))

    async def _privacy(self, request: web.Request) -> web.Response:
        return _page(request, text_page(await self._front.privacy(self._language(request)), root="./"))

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        photos = await self._photos(token) if self._photos and await self._front.is_shown(token) else None
        if photos:
            return _fresh(request, photos, {"Content-Type": "image/jpeg", "Cache-Control": _A_MINUTE})
        path = await self._front.picture(token)
        kind = _PICTURES.get(path.suffix.lower()) if path else None
        if path is None or kind is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Type": kind, "Cache-Control": _A_MINUTE})

    def _drawn(self, card: Card) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            token = request.match_info["token"]
            picture = await card(token) if await self._front.is_shown(token) else None
            if picture is None:
                raise web.HTTPNotFound
            return _fresh(request, picture, {"Content-Type": "image/jpeg", "Cache-Control": _A_MINUTE})

        return answer

    def _language(self, request: web.Request) -> str:
        return language_wanted(request.headers.get("Accept-Language", ""), self._front.languages)


def language_wanted(header: str, languages: tuple[str, ...]) -> str:
    """Of these, the one that the reader likes best (RFC 9110, 12.5.4); empty where they named none of them."""
    liked: dict[str, float] = {}
    for one in header.split(",")[:_MOST_WANTED]:
        found = _WANTED.fullmatch(one.strip())
        if found and found[1].lower() in languages:
            liked.setdefault(found[1].lower(), float(found[2] or 1))
    best = max(liked, key=lambda language: liked[language], default="")
    return best if liked.get(best) else ""


def _page(request: web.Request, page: str, *, status: int = 200) -> web.Response:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": _ASK_AGAIN,
        "Vary": "Accept-Language",
    }
    return _fresh(request, page.encode(), headers, status=status)


def _fresh(request: web.Request, body: bytes, headers: Mapping[str, str], *, status: int = 200) -> web.Response:
    """The answer, or that it is what the reader has already."""
    mark = hashlib.sha256(body).hexdigest()[:32]
    known = status == 200 and any(one.value == mark for one in request.if_none_match or ())
    response = (
        web.Response(status=304, headers=headers) if known else web.Response(body=body, status=status, headers=headers)
    )
    response.etag = ETag(mark)
    return response
