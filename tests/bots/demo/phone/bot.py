"""The bot's side of a chat, for tests of the page."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession, FormData


class Bot:
    """The bot's side of the chat with the page's person, by the Bot API."""

    def __init__(self, session: ClientSession, url: str, chat: int) -> None:
        self._session, self._url, self.chat = session, url, chat
        self._offset = 0

    async def call(self, method: str, **params: object) -> Any:
        return await self._result(method, json=params)

    async def send_document(self, name: str, data: bytes, **params: object) -> Any:
        """Send a file; gives the message."""
        form = FormData(quote_fields=False)
        for field, value in {"chat_id": self.chat, **params}.items():
            form.add_field(field, value if isinstance(value, str) else json.dumps(value))
        form.add_field("document", data, filename=name)
        return await self._result("sendDocument", data=form)

    async def say(self, **content: object) -> None:
        await self.call("sendMessage", chat_id=self.chat, **content)

    async def change(self, message: int, **content: object) -> None:
        await self.call("editMessageText", chat_id=self.chat, message_id=message, **content)

    async def pressed(self) -> Any:
        """The newest press, as soon as there is one."""
        return await self._newest("callback_query", lambda _query: True)

    async def receives(self, kind: str) -> Any:
        """The next message with a photo or document, which no earlier one was."""
        return await self._newest("message", lambda message: kind in message)

    async def reads(self) -> Any:
        """The next message with a text."""
        return await self.receives("text")

    async def download(self, file_id: str) -> bytes:
        file = await self.call("getFile", file_id=file_id)
        address = self._url.replace("/bot", "/file/bot", 1)
        async with self._session.get(f"{address}/{file['file_path']}") as response:
            return await response.read()

    async def _newest(self, kind: str, is_it: Callable[[Any], bool]) -> Any:
        """The next of its kind. What came before it is confirmed."""
        async with asyncio.timeout(10):
            while True:
                for update in await self.call("getUpdates", offset=self._offset, timeout=10):
                    self._offset = update["update_id"] + 1
                    if kind in update and is_it(update[kind]):
                        return update[kind]

    async def _result(self, method: str, **body: Any) -> Any:
        async with self._session.post(f"{self._url}/{method}", **body) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]
