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
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile, FSInputFile, InputFile
from aiohttp import BytesPayload, ClientError, ClientTimeout

ANSWER_IN: Final = 15.0  # seconds that a call may take; an upload of a picture needs a few
CONNECTIONS: Final = 60
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

    async def close(self) -> None:
        await self._session.close()


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
