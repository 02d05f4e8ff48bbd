"""The Bot API through aiogram, in plain JSON: methods by name, parameters and results as dictionaries.

Updates and results are not made into aiogram's models: reading one that way costs more than storing it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from aiogram.types import FSInputFile, InputFile
from aiohttp import JsonPayload

ANSWER_IN: Final = 15.0  # seconds that a call may take; an upload of a picture needs a few
CONNECTIONS: Final = 60
#: aiogram reads every answer with this model. One that nobody holds is forgotten by pydantic, and built anew each time.
_ANSWER: Final = Response[Any]


class Api:
    """One bot. Calls raise aiogram's exceptions (see `errors`); nothing is tried twice here."""

    def __init__(self, token: str, address: str) -> None:
        """`address`: where the Bot API is, such as https://api.telegram.org."""
        session = _Session(api=TelegramAPIServer.from_base(address), limit=CONNECTIONS)
        self._bot: Final = Bot(token, session=session)
        self.bot_id: Final = self._bot.id

    async def call(self, method: str, params: Mapping[str, object], *, answer_in: float = ANSWER_IN) -> Any:
        """Carry the method out and give its result; `answer_in` is in seconds."""
        # aiogram says int, aiohttp takes any number of seconds.
        return await self._bot(_method(method)(**params), request_timeout=answer_in)  # pyright: ignore[reportArgumentType]

    async def close(self) -> None:
        await self._bot.session.close()


def upload(path: Path) -> object:
    """A file on its way to Telegram, to stand where a parameter wants one."""
    return FSInputFile(path)


class _Session(AiohttpSession):
    """aiogram's, but what carries no file goes out as JSON: a form costs several times as much to write."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        params = method.model_extra or {}
        if any(_is_upload(value) for value in params.values()):
            return super().build_form_data(bot, method)
        return JsonPayload(params)


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
