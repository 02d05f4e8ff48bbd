"""The HTTP of the pretended api.telegram.org: calls come in, are read, carried out, logged and answered."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from urllib.parse import quote

from aiohttp import web

from bots.demo.telegram import editing, polling, profile, sending
from bots.demo.telegram.files import FILE_LIMIT, StoredFile
from bots.demo.telegram.methods import Params, Upload, read_params
from bots.demo.telegram.refusals import ApiError, bad_request
from bots.demo.telegram.weather import Weather
from bots.demo.telegram.world import Bot, World

CALLS_KEPT: Final = 10_000
#: What no browser runs as a program of ours: pictures, and PDFs in their own viewer.
_SHOWN: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"})
_NAMES: Final = frozenset({"127.0.0.1", "localhost"})

Deed = Callable[[World, Bot, Params], object]

#: All methods but getUpdates, which alone takes its time.
DEEDS: Final[Mapping[str, Deed]] = {
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "getMe": profile.get_me,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "setMessageReaction": editing.set_reaction,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyDescription": profile.set_description,
    "getMyDescription": profile.get_description,
    "setMyShortDescription": profile.set_short_description,
    "getMyShortDescription": profile.get_short_description,
    "setMyName": profile.set_name,
    "getMyName": profile.get_name,
    "setChatMenuButton": profile.set_menu_button,
    "getChatMenuButton": profile.get_menu_button,
    "getFile": profile.get_file,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a bot and what came of it."""

    #: The bot's username; empty for a wrong token.
    bot: str
    method: str
    params: Mapping[str, object]
    at: datetime
    #: "ok", or the description of the error.
    outcome: str


class Server:
    """The routes of the Bot API over a world and its weather."""

    def __init__(self, world: World, weather: Weather) -> None:
        self.calls: Final[deque[Call]] = deque(maxlen=CALLS_KEPT)
        self._world: Final = world
        self._weather: Final = weather

    def application(self) -> web.Application:
        app = web.Application(client_max_size=FILE_LIMIT + 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_get("/media/{path:.+}", self._media)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        bot = self._world.bots.get(request.match_info["token"])
        given: Mapping[str, object] = {}
        try:
            given = await _given(request)
            result = await self._result(bot, method, given)
        except ApiError as error:
            self._log(bot, method, given, error.description)
            headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
            return web.json_response(error.as_json(), status=error.code, headers=headers)
        self._log(bot, method, given, "ok")
        if self._weather.loses_answer(method) and request.transport:
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    async def _result(self, bot: Bot | None, method: str, given: Mapping[str, object]) -> object:
        self._weather.check_outage()
        if bot is None:
            raise ApiError(401, "Unauthorized")
        params = read_params(method, given)
        self._weather.check_pace(bot.token, method)
        if method == "getUpdates":
            return await polling.get_updates(bot, params)
        return DEEDS[method](self._world, bot, params)

    def _log(self, bot: Bot | None, method: str, given: Mapping[str, object], outcome: str) -> None:
        username = bot.account.username if bot else ""
        self.calls.append(Call(bot=username, method=method, params=given, at=self._world.now(), outcome=outcome))

    async def _download(self, request: web.Request) -> web.Response:
        """A file for a bot, as Telegram gives it: without a word on what it is."""
        try:
            file = self._downloadable(request.match_info["token"], request.match_info["path"])
        except ApiError as error:
            return web.json_response(error.as_json(), status=error.code)
        return web.Response(body=file.data, content_type="application/octet-stream")

    def _downloadable(self, token: str, path: str) -> StoredFile:
        """The file under a path that getFile gave this bot lately. Raises ApiError."""
        self._weather.check_outage()
        bot, file = self._world.bots.get(token), self._world.files.by_path(path)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        if file is None or path not in bot.downloads or bot.downloads[path] < self._world.now():
            raise ApiError(404, "Not Found")
        return file

    async def _media(self, request: web.Request) -> web.Response:
        """A file for a person: what a browser can show safely is shown, anything else is saved."""
        if request.url.host not in _NAMES:  # a name that was made to point here (DNS rebinding)
            raise web.HTTPForbidden(text="This is for this machine only.")
        file = self._world.files.by_path(request.match_info["path"])
        if file is None:
            raise web.HTTPNotFound
        how = "inline" if file.mime_type in _SHOWN else "attachment"
        headers = {
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Security-Policy": "frame-ancestors 'none'",
        }
        return web.Response(body=file.data, content_type=file.mime_type, headers=headers)


async def _given(request: web.Request) -> dict[str, object]:
    """The values of a call, from the address and from a body that is JSON, a form or multipart."""
    given: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = cast("object", await request.json())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise bad_request("can't parse request JSON object")
        return given | cast("dict[str, object]", body)
    try:
        fields = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    for name, value in fields.items():
        given[name] = _upload(value) if isinstance(value, web.FileField) else value
    return given


def _upload(field: web.FileField) -> Upload:
    return Upload(field.filename or "file", field.content_type, field.file.read())
