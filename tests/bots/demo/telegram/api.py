"""A bare bot: calls the stand-in as any program may, without a library in between."""

import json
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

import aiohttp
import pytest

TOKEN = "11:token-of-the-clients-bot"
BOT = "LunaPhotoBot"
STUDIO_TOKEN = "22:token-of-the-studio-bot"
STUDIO_BOT = "LunaStudioBot"


class Refused(Exception):
    """The stand-in's `{"ok": false}`."""

    def __init__(self, body: Mapping[str, object]) -> None:
        super().__init__(body["description"])
        self.code = body["error_code"]
        self.description = str(body["description"])
        self.parameters = body.get("parameters", {})


@dataclass(frozen=True)
class Api:
    session: aiohttp.ClientSession
    base: str
    token: str = TOKEN

    async def __call__(self, method: str, **params: object) -> Any:
        """Call with a JSON body; gives the result. Raises Refused."""
        return await self._result(method, json=params)

    async def with_form(self, method: str, **params: object) -> Any:
        """Call with a form, structured values as JSON text, as both libraries do."""
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return await self._result(method, data=fields)

    async def with_files(self, method: str, files: Mapping[str, tuple[str, bytes]], **params: object) -> Any:
        form = aiohttp.FormData(quote_fields=False)  # names as they are, as the libraries send them
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data) in files.items():
            form.add_field(name, BytesIO(data), filename=filename)
        return await self._result(method, data=form)

    async def download(self, path: str) -> bytes:
        """What lies under a path that getFile gave. Raises Refused."""
        async with self.session.get(f"{self.base}/file/bot{self.token}/{path}") as response:
            if response.status != HTTPStatus.OK:
                raise Refused(await response.json())
            return await response.read()

    async def _result(self, method: str, **body: Any) -> Any:
        async with self.session.post(f"{self.base}/bot{self.token}/{method}", **body) as response:
            answer = await response.json()
            assert response.status == answer.get("error_code", 200)
        if not answer["ok"]:
            raise Refused(answer)
        return answer["result"]


async def refusal(call: Awaitable[object]) -> tuple[object, str]:
    """The code and the words that a call is refused with; it fails the test where it goes through."""
    with pytest.raises(Refused) as refused:
        await call
    return refused.value.code, refused.value.description
