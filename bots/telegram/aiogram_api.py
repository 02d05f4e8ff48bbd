"""The Bot API through aiogram's connections and errors, in plain JSON.

Neither updates nor calls are made into aiogram's models: reading one that way costs more than storing it, and sending
one as much as everything else about it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile, FSInputFile, InputFile
from aiohttp import BytesPayload, ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError

from bots.telegram.api import ANSWER_IN, CONNECTIONS, PIECE, FileTooLarge, Upload, says_too_big
from bots.telegram.errors import CallFailed, Failure, Remedy, remedy_of_bad_request

#: aiogram reads a failure with this model. One that nobody holds is forgotten by pydantic, and built anew each time.
_FAILURE: Final = Response[Any]


class AiogramApi:
    """One bot (`bots.telegram.api.Api`)."""

    def __init__(self, token: str, address: str) -> None:
        """`address`: where the Bot API is, such as https://api.telegram.org."""
        self._session: Final = _Session(api=TelegramAPIServer.from_base(address), limit=CONNECTIONS)
        self._bot: Final = Bot(token, session=self._session)
        self.bot_id: Final = self._bot.id

    async def call(self, method: str, params: Mapping[str, object], *, answer_in: float = ANSWER_IN) -> Any:
        try:
            if any(_is_upload(value) for value in params.values()):
                filed = {name: _filed(value) for name, value in params.items()}
                # aiogram says int, aiohttp takes any number of seconds.
                return await self._bot(_method(method)(**filed), request_timeout=answer_in)  # pyright: ignore[reportArgumentType]
            return await self._session.call(self._bot, method, params, ClientTimeout(answer_in))
        except AiogramError as error:
            raise CallFailed(failure_of(error)) from error

    async def download(self, file_id: str, *, most: int) -> bytes:
        try:
            path = (await self.call("getFile", {"file_id": file_id})).get("file_path", "")
        except CallFailed as failed:
            if says_too_big(failed.failure.error):
                raise FileTooLarge from failed
            raise
        return await self._session.download(self._bot, path, most)

    async def close(self) -> None:
        await self._session.close()


# -- files on their way out --


def _is_upload(value: object) -> bool:
    """A file, or a medium that holds one."""
    match value:
        case Upload() | {"media": Upload()}:
            return True
        case _:
            return False


def _filed(value: object) -> object:
    match value:
        case Upload():
            return _file(value)
        case {"media": Upload() as upload}:
            return {**cast("dict[str, object]", value), "media": _file(upload)}
        case _:
            return value


def _file(upload: Upload) -> InputFile:
    if isinstance(upload.content, bytes):
        return BufferedInputFile(upload.content, upload.name)
    return FSInputFile(upload.content, upload.name)


# -- the short way for calls that carry no file --


class _Done(msgspec.Struct):
    """The answer to a call that was carried out."""

    ok: bool
    result: Any = None


_done: Final = msgspec.json.Decoder(_Done).decode


class _Session(AiohttpSession):
    """aiogram's, with a short way for calls that carry no file."""

    async def call(self, bot: Bot, name: str, params: Mapping[str, object], timeout: ClientTimeout) -> Any:
        session = await self.create_session()
        url = self.api.api_url(bot.token, name)
        try:
            async with session.post(url, data=_body(params), timeout=timeout) as response:
                content = await response.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=_method(name)(), message="Request timeout error") from error
        except ClientError as error:
            message = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=_method(name)(), message=message) from error
        if response.status == 200:
            try:
                done = _done(content)
            except msgspec.DecodeError:  # aiogram may still read it, or says what is wrong with it
                pass
            else:
                if done.ok:
                    return done.result
        text = content.decode(errors="replace")
        return self.check_response(bot, _method(name)(), response.status, text).result

    async def download(self, bot: Bot, path: str, most: int) -> bytes:
        """The content of a file; no more of it is taken than `most` bytes, whatever was said of its size."""
        session = await self.create_session()
        taken = bytearray()
        try:
            async with session.get(self.api.file_url(bot.token, path), timeout=ClientTimeout(ANSWER_IN)) as response:
                if response.status != 200:
                    raise CallFailed(Failure(Remedy.ASK_ONCE_MORE, f"file: {response.status}"))
                async for piece in response.content.iter_chunked(PIECE):
                    taken += piece
                    if len(taken) > most:
                        raise FileTooLarge
        except (TimeoutError, ClientError) as error:
            # Its words might hold the address, and that the token.
            raise CallFailed(Failure(Remedy.ASK_ONCE_MORE, f"file: {type(error).__name__}")) from None
        return bytes(taken)


def _body(params: Mapping[str, object]) -> BytesPayload:
    return BytesPayload(msgspec.json.encode(params), content_type="application/json")


@cache
def _method(name: str) -> type[TelegramMethod[Any]]:
    """A method of any parameters and any result."""
    return type(name, (TelegramMethod,), {"__module__": __name__, "__api_method__": name, "__returning__": Any})


# -- what an error of aiogram's means --

_BY_CLASS: Final[tuple[tuple[type[AiogramError], Remedy], ...]] = (
    (TelegramConflictError, Remedy.YIELD),
    (TelegramUnauthorizedError, Remedy.STOP),
    (TelegramNotFound, Remedy.STOP),  # the answer to a token of a wrong form, or to an address that is not the Bot API
    (TelegramForbiddenError, Remedy.GIVE_UP),
    (TelegramServerError, Remedy.BACK_OFF),
    # A page of the gateway's instead of an answer: whether what stands behind it has worked, nobody knows.
    (ClientDecodeError, Remedy.ASK_ONCE_MORE),
)


def failure_of(error: AiogramError) -> Failure:
    """What the exception of a call means."""
    match error:
        case TelegramRetryAfter():
            return Failure(Remedy.WAIT, error.message, seconds=float(error.retry_after))
        case TelegramMigrateToChat():
            return Failure(Remedy.FOLLOW, error.message, chat=error.migrate_to_chat_id)
        case TelegramNetworkError():
            return Failure(_remedy_of_network(error), error.message)
        case TelegramBadRequest():
            return Failure(remedy_of_bad_request(error.message), error.message)
        case _:
            remedy = next((remedy for kind, remedy in _BY_CLASS if isinstance(error, kind)), Remedy.MEND_CODE)
            return Failure(remedy, str(error))


def _remedy_of_network(error: TelegramNetworkError) -> Remedy:
    """Without a connection nothing was carried out; once the request was on its way, it may have been."""
    never_connected = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
    return Remedy.BACK_OFF if never_connected else Remedy.ASK_ONCE_MORE
