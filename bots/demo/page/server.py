"""The page's server: static files and a socket for each page, on loopback only."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote

from aiohttp import WSMsgType, web

from bots.demo.page.deeds import do, hand_over
from bots.demo.page.parcels import ENVELOPE_LIMIT, PARCEL_LIMIT, TOO_LARGE, NotOfThisPage, parcel
from bots.demo.page.sights import sights
from bots.demo.samples import FOLDER, sample
from bots.demo.scene import Scene

STATIC: Final = Path(__file__).with_name("static")
HOST: Final = "127.0.0.1"  # no other can be asked for: whoever reaches the page can do all that its people can
NAMES: Final = frozenset({HOST, "localhost"})
PREFERRED_PORT: Final = 8787
PORTS_TRIED: Final = 20
DEED_LIMIT: Final = 32 * 1024  # bytes; a message has 4,096 letters at most
#: Of a paper that a browser shows by itself; its viewers bring styles along.
PAPER_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
SLOW_PAGE_SECONDS: Final = 5.0  # a page that takes nothing for so long is let go; it comes back by itself

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(scene: Scene, port: int | None = None) -> AsyncGenerator[str]:
    """Serve the scene's page and give its address.

    Without a port: the preferred one, or the next that is free. Raises OSError where none is.
    """
    runner = web.AppRunner(_PageServer(scene).app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        yield await _listen(runner, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int | None) -> str:
    tried = range(PREFERRED_PORT, PREFERRED_PORT + PORTS_TRIED) if port is None else (port,)
    refusal = OSError("no port was tried")
    for one in tried:
        try:
            await web.TCPSite(runner, HOST, one).start()
        except OSError as error:
            refusal = error
        else:
            return f"http://{HOST}:{runner.addresses[-1][1]}"
    raise refusal


class _PageServer:
    """Shows a scene to any number of pages, and does what is done on them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        # The page loads nothing from elsewhere, but from the stand-ins the chat's pictures and the payment page.
        self._policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            f"img-src 'self' data: {scene.telegram_url}; frame-src {scene.till.address}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        self.app: Final = web.Application(middlewares=[_only_this_page], client_max_size=PARCEL_LIMIT + ENVELOPE_LIMIT)
        self.app.on_response_prepare.append(self._seal)
        self.app.router.add_get("/", self._index)
        self.app.router.add_get("/ws", self._socket)
        self.app.router.add_post("/files", self._files)
        self.app.router.add_get("/samples/{name}", self._sample)
        self.app.router.add_get("/luna/copies/{name}", self._signed_copy)
        self.app.router.add_get("/luna/photos/{name}", self._photo)
        self.app.router.add_static("/static", STATIC)

    async def _seal(self, _request: web.Request, response: web.StreamResponse) -> None:
        response.headers.setdefault("Content-Security-Policy", self._policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"  # no other page may show what lies here
        response.headers["Cache-Control"] = "no-store"

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _sample(self, request: web.Request) -> web.StreamResponse:
        known = sample(request.match_info["name"])
        if known is None:
            raise web.HTTPNotFound
        return web.FileResponse(FOLDER / known.name)

    async def _signed_copy(self, request: web.Request) -> web.StreamResponse:
        agreement = request.match_info["name"].removesuffix(".pdf")
        name = next((f"{one.code}-signed.pdf" for one in self._scene.inside.cards if one.has_copy(agreement)), "")
        return _paper(await self._scene.inside.signed_copy(agreement), name, "application/pdf")

    async def _photo(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return _paper(await self._scene.inside.photo(name.removesuffix(".jpg")), name, "image/jpeg")

    async def _files(self, request: web.Request) -> web.StreamResponse:
        """Hand files over to the phone that sends them; a note says why nothing came of it."""
        try:
            note = hand_over(self._scene, await parcel(request))
        except NotOfThisPage:
            raise web.HTTPBadRequest(text="No page sends this.") from None
        except web.HTTPRequestEntityTooLarge:
            note = TOO_LARGE
        return web.json_response({"note": note})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(max_msg_size=DEED_LIMIT, heartbeat=20)
        await socket.prepare(request)
        changed = asyncio.Event()
        forget = self._scene.subscribe(changed.set)
        try:
            async with asyncio.TaskGroup() as tasks:
                showing = tasks.create_task(self._show(socket, changed))
                await self._hear(socket)
                showing.cancel()
        finally:
            forget()
        return socket

    async def _show(self, socket: web.WebSocketResponse, changed: asyncio.Event) -> None:
        """Send what is to be seen: all of it first, then whatever is other than what this page was sent last."""
        sent: dict[str, object] = {}
        while True:
            changed.clear()
            for sight in sights(self._scene):
                if sent.get(sight.kind) == sight.facts:
                    continue
                sent[sight.kind] = sight.facts
                if not await _sent(socket, {"type": sight.kind, **sight.facts, **sight.passing}):
                    return
            await changed.wait()

    async def _hear(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                return
            try:
                note = await do(self._scene, json.loads(cast("str", message.data)))
            except (NotOfThisPage, json.JSONDecodeError):
                continue
            if note:
                await _sent(socket, {"type": "note", "text": note})


def _paper(content: bytes | None, name: str, media_type: str) -> web.Response:
    """A file of the product's database, which runs nothing and is framed by nobody."""
    if content is None:
        raise web.HTTPNotFound
    headers = {
        "Content-Security-Policy": PAPER_POLICY,
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
    }
    return web.Response(body=content, content_type=media_type, headers=headers)


async def _sent(socket: web.WebSocketResponse, message: object) -> bool:
    """Send it; where that fails the socket is closed."""
    try:
        async with asyncio.timeout(SLOW_PAGE_SECONDS):
            await socket.send_json(message)
    except (TimeoutError, ConnectionError):
        await socket.close()
        return False
    return True


@web.middleware
async def _only_this_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other sites' pages, and names that were made to point here (DNS rebinding)."""
    origin = request.headers.get("Origin")
    foreign = request.url.host not in NAMES or (origin is not None and origin != f"http://{request.host}")
    does_something = request.path == "/ws" or request.method != "GET"
    if foreign or (does_something and origin is None):
        raise web.HTTPForbidden(text="This page is for this machine only.")
    return await handler(request)
