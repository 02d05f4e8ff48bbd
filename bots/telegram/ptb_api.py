"""The Bot API through python-telegram-bot's connections and errors, in plain JSON."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast

import httpx
from telegram import Bot, InputFile, InputMedia
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bots.telegram.api import ANSWER_IN, CONNECTIONS, PIECE, FileTooLarge, Upload, says_too_big
from bots.telegram.errors import CallFailed, Failure, Remedy, remedy_of_bad_request

CONNECT_IN: Final = 5.0  # seconds for a connection, and as many for one of ours to be free
_NO_ANSWER: Final = "that is no answer of the Bot API's"
_OF_MEDIA: Final = frozenset({"type", "media"})


class PtbApi:
    """One bot (`bots.telegram.api.Api`)."""

    def __init__(self, token: str, address: str) -> None:
        """`address`: where the Bot API is, such as https://api.telegram.org."""
        self._request: Final = _Request(
            connection_pool_size=CONNECTIONS,
            connect_timeout=CONNECT_IN,
            pool_timeout=CONNECT_IN,
            # Those of reading and writing are for each piece: how long the whole may take is told with each call.
            read_timeout=None,
            write_timeout=None,
            media_write_timeout=None,
            httpx_kwargs={"trust_env": False},  # the environment is read in one place, which is not httpx
        )
        self._bot: Final = _Bot(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self.bot_id: Final = int(token.partition(":")[0])

    async def call(self, method: str, params: Mapping[str, object], *, answer_in: float = ANSWER_IN) -> Any:
        filed = {name: await _filed(value) for name, value in params.items()}
        try:
            async with asyncio.timeout(answer_in):
                return await self._bot.call(method, filed)
        except TelegramError as error:
            raise CallFailed(failure_of(error)) from error
        except TimeoutError as error:
            raise CallFailed(Failure(Remedy.ASK_ONCE_MORE, f"no answer within {answer_in} s")) from error

    async def download(self, file_id: str, *, most: int) -> bytes:
        try:
            path = (await self.call("getFile", {"file_id": file_id})).get("file_path", "")
        except CallFailed as failed:
            if says_too_big(failed.failure.error):
                raise FileTooLarge from failed
            raise
        try:
            async with asyncio.timeout(ANSWER_IN):
                return await self._request.taken(f"{self._bot.base_file_url}/{path}", most)
        except (TimeoutError, httpx.HTTPError) as error:
            # Its words might hold the address, and that the token.
            raise CallFailed(Failure(Remedy.ASK_ONCE_MORE, f"file: {type(error).__name__}")) from None

    async def close(self) -> None:
        await self._request.shutdown()


class _Bot(Bot):
    """The library's, asked for plain JSON. Its own `do_api_request` warns of each method it has a function for."""

    __slots__ = ()

    async def call(self, method: str, params: dict[str, object]) -> Any:
        return await self._post(method, params)


class _Request(HTTPXRequest):
    """The library's, which would write an answer that it cannot read into the log, and take files of any size."""

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            answer: object = json.loads(payload.decode(errors="replace"))
        except ValueError as error:
            raise TelegramError(_NO_ANSWER) from error
        if not isinstance(answer, dict) or "ok" not in answer:
            raise TelegramError(_NO_ANSWER)
        return cast("dict[str, Any]", answer)

    async def taken(self, url: str, most: int) -> bytes:
        """The content of a file; no more of it is taken than `most` bytes, whatever was said of its size."""
        taken = bytearray()
        async with self._client.stream("GET", url) as response:
            if response.status_code != 200:
                raise CallFailed(Failure(Remedy.ASK_ONCE_MORE, f"file: {response.status_code}"))
            async for piece in response.aiter_bytes(PIECE):
                taken += piece
                if len(taken) > most:
                    raise FileTooLarge
        return bytes(taken)


# -- files on their way out --


async def _filed(value: object) -> object:
    match value:
        case Upload():
            return await _file(value, attach=False)
        case {"type": str(kind), "media": Upload() as upload}:
            others = {name: other for name, other in cast("dict[str, Any]", value).items() if name not in _OF_MEDIA}
            return InputMedia(kind, await _file(upload, attach=True), api_kwargs=others)
        case _:
            return value


async def _file(upload: Upload, *, attach: bool) -> InputFile:
    """Of a medium, which is JSON and names its file, the file goes beside it."""
    content = upload.content
    if not isinstance(content, bytes):
        content = await asyncio.to_thread(content.read_bytes)
    return InputFile(content, upload.name, attach=attach)


# -- what an error of the library's means --


def failure_of(error: TelegramError) -> Failure:
    """What the exception of a call means."""
    match error:
        case _ if type(error) is TelegramError or isinstance(error.__cause__, TelegramError):
            # A page of the gateway's instead of an answer: whether what stands behind it has worked, nobody knows.
            return Failure(Remedy.ASK_ONCE_MORE, error.message)
        case RetryAfter():
            return Failure(Remedy.WAIT, error.message, seconds=_seconds(error.retry_after))
        case ChatMigrated():
            return Failure(Remedy.FOLLOW, error.message, chat=error.new_chat_id)
        case BadRequest():  # which is a NetworkError to the library
            return Failure(remedy_of_bad_request(error.message), error.message)
        case NetworkError():
            return Failure(_remedy_of_network(error), error.message)
        case _:
            return Failure(_BY_CLASS.get(type(error), Remedy.MEND_CODE), error.message)


_BY_CLASS: Final[Mapping[type[TelegramError], Remedy]] = {
    Conflict: Remedy.YIELD,
    InvalidToken: Remedy.STOP,  # the answer to an address that is not the Bot API as well
    Forbidden: Remedy.GIVE_UP,
}
#: What happens before a request is on its way.
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def _remedy_of_network(error: NetworkError) -> Remedy:
    """Without a cause it is Telegram's own answer, that it cannot now; without a connection nothing was carried out."""
    is_refused = error.__cause__ is None or isinstance(error.__cause__, _NOT_SENT)
    return Remedy.BACK_OFF if is_refused else Remedy.ASK_ONCE_MORE


def _seconds(wait: int | timedelta) -> float:
    """The library gives either, by the environment's PTB_TIMEDELTA."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
