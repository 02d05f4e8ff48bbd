"""The web server: a few addresses in our own loop and under our own signals. What it answers with is given to it."""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web

from bots.front import Front
from bots.web.site import Card, Site
from bots.web.thanks import POLICY, thanks_page
from conversations.thanks import Thanks

EVENT_LIMIT: Final = 256 * 1024  # bytes of a webhook's body
BODY_IN: Final = 10.0  # seconds for a body to arrive
GRACE: Final = 1.0  # seconds for requests under way when all is over
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")  # core.telegram.org/bots/features#deep-linking
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")  # BCP 47, as far as it matters

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What stands behind the addresses."""

    #: One event of the till's, as body and signature: False if it is not believed. Any error: it is to come again.
    hear: Callable[[bytes, str], Awaitable[bool]] | None
    #: The page after paying, in the language nearest to the tag.
    thanks: Callable[[str], Thanks]
    #: The address that opens the chat with a payload; empty where nobody knows it yet.
    link: Callable[[str], str]
    #: What everybody may see of the studio.
    front: Front
    #: The share card of the mini behind a token, where cards are drawn.
    card: Card | None = None
    #: The studio's own photos of the mini behind a token, as one picture.
    photos: Card | None = None
    #: Where the world reaches the server, without a slash at its end; empty where it does not.
    public: str = ""
    #: Whether we are of use, and how each part is, in plain words.
    health: Callable[[], Awaitable[tuple[bool, Mapping[str, str]]]]


@asynccontextmanager
async def serving(within: Within, host: str, port: int) -> AsyncGenerator[str]:
    """Serve while within, and give the address; port 0 is any free one. Raises OSError where that cannot be."""
    runner = web.AppRunner(_app(within), access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _app(within: Within) -> web.Application:
    pages = _Pages(within)
    app = web.Application(client_max_size=EVENT_LIMIT, middlewares=[_in_plain_words])
    app.on_response_prepare.append(_seal)
    if within.hear:
        app.router.add_post("/stripe", _Events(within.hear).take)
    app.router.add_get("/thanks", pages.thanks)
    app.router.add_get("/health", pages.health)
    Site(within.front, link=within.link, public=within.public, card=within.card, photos=within.photos).open(app.router)
    return app


class _Events:
    def __init__(self, hear: Callable[[bytes, str], Awaitable[bool]]) -> None:
        self._hear = hear

    async def take(self, request: web.Request) -> web.Response:
        """Acknowledged once it is committed; Stripe sends everything else again, for days."""
        try:
            async with asyncio.timeout(BODY_IN):
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        try:
            believed = await self._hear(body, request.headers.get("Stripe-Signature", ""))
        except Exception:
            _log.exception("an event could not be kept; it will come again")
            raise web.HTTPServiceUnavailable from None
        if not believed:
            raise web.HTTPBadRequest
        return web.Response(text="Thank you.\n")


class _Pages:
    def __init__(self, within: Within) -> None:
        self._within = within

    async def thanks(self, request: web.Request) -> web.Response:
        language = _matching(_LANGUAGE, request.query.get("lang", ""))
        payload = _matching(_PAYLOAD, request.query.get("to", ""))
        page = thanks_page(self._within.thanks(language), back=self._within.link(payload))
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async def health(self, _request: web.Request) -> web.Response:
        is_well, parts = await self._within.health()
        return web.json_response({"ok": is_well, **parts}, status=200 if is_well else 503)


def _matching(shape: re.Pattern[str], given: str) -> str:
    """What was given if it has the shape; anything else is as if it were not there."""
    return given if shape.fullmatch(given) else ""


async def _seal(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "Minis"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")


_SAID: Final = {
    400: "That was not understood.",
    404: "There is nothing here.",
    405: "This address is not used that way.",
    408: "That took too long to arrive.",
    413: "That is too much at once.",
    503: "Not now. Please send it again later.",
}


@web.middleware
async def _in_plain_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        headers = {"Allow": refusal.headers["Allow"]} if "Allow" in refusal.headers else None
        said = _SAID.get(refusal.status, refusal.reason)
        return web.Response(text=f"{said}\n", status=refusal.status, headers=headers)
    except Exception:
        _log.exception("a page could not be made", path=request.path)
        return web.Response(text="Something broke on our side.\n", status=500)
