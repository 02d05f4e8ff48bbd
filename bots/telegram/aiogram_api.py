"""The Bot API through aiogram's connections and errors, in plain JSON: methods by name, parameters as dictionaries.

Neither updates nor calls are made into aiogram's models: reading one that way costs more than storing it, and sending
one as much as everything else about it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile, FSInputFile, InputFile
from aiohttp import BytesPayload, ClientError, ClientTimeout

ANSWER_IN: Final = 15.0  # seconds that a call may take; an upload of a picture needs a few
CONNECTIONS: Final = 60
PIECE: Final = 64 * 1024  # bytes of a file that are taken at once
#: aiogram reads a failure with this model. One that nobody holds is forgotten by pydantic, and built anew each time.
_FAILURE: Final = Response[Any]


class Api:
    """One bot. Calls raise aiogram's exceptions (see `errors`); nothing is tried twice here."""

    def __init__(self, token: str, address: str) -> None:
        """`address`: where the Bot API is, such as https://api.telegram.org."""
        self._session: Final = _Session(api=TelegramAPIServer.from_base(address), limit=CONNECTIONS)
        self._bot: Final = Bot(token, session=self._session)
        self.bot_id: Final = self._bot.id

    async def call(self, method: str, params: Mapping[str, object], *, answer_in: float = ANSWER_IN) -> Any:
        """Carry the method out and give its result; `answer_in` is in seconds."""
        if any(_is_upload(value) for value in params.values()):
            # aiogram says int, aiohttp takes any number of seconds.
            return await self._bot(_method(method)(**params), request_timeout=answer_in)  # pyright: ignore[reportArgumentType]
        return await self._session.call(self._bot, method, params, ClientTimeout(answer_in))

    async def download(self, file_id: str, *, most: int) -> bytes:
        """A file that somebody sent. Raises FileTooLarge once it has more bytes than `most`, else as `call`."""
        try:
            path = (await self.call("getFile", {"file_id": file_id})).get("file_path", "")
        except TelegramBadRequest as error:
            if "file is too big" in error.message:
                raise FileTooLarge from error
            raise
        return await self._session.download(self._bot, path, most)

    async def close(self) -> None:
        await self._session.close()


class FileTooLarge(Exception):
    """A file has more bytes than are taken."""


def upload(path: Path) -> object:
    """A file on its way to Telegram, to stand where a parameter wants one."""
    return FSInputFile(path)


def upload_as(name: str, content: bytes) -> object:
    """The same of what is in no file."""
    return BufferedInputFile(content, name)


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
                    raise TelegramNetworkError(method=_method("getFile")(), message=f"file: {response.status}")
                async for piece in response.content.iter_chunked(PIECE):
                    taken += piece
                    if len(taken) > most:
                        raise FileTooLarge
        except (TimeoutError, ClientError) as error:
            # Its words might hold the address, and that the token.
            message = f"file: {type(error).__name__}"
            raise TelegramNetworkError(method=_method("getFile")(), message=message) from None
        return bytes(taken)


def _body(params: Mapping[str, object]) -> BytesPayload:
    return BytesPayload(msgspec.json.encode(params), content_type="application/json")


def _is_upload(value: object) -> bool:
    """A file, or a medium that holds one."""
    match value:
        case InputFile() | {"media": InputFile()}:
            return True
        case _:
            return False


@cache
def _method(name: str) -> type[TelegramMethod[Any]]:
    """A method of any parameters and any result."""
    return type(name, (TelegramMethod,), {"__module__": __name__, "__api_method__": name, "__returning__": Any})
