"""A Bot API on loopback that refuses nothing and costs little: it hands out updates and answers every call at once.

The strict stand-in of the demo is for truth; this one is for speed, so that what is measured is the bot.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "4711:benchmarks-talk-to-nobody-beyond-this-machine"
BATCH = 100  # updates in one answer at most; core.telegram.org/bots/api#getupdates
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ME = {"id": 4711, "is_bot": True, "first_name": "Luna", "username": "LunaPhotoBot"}

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """A card that arrived in a chat, by a new message or an edit."""

    chat: int
    message_id: int
    text: str
    #: The data of its inline buttons.
    presses: tuple[str, ...]
    is_new: bool
    at: float


class Loopback:
    """The server's side. `on_card` is called with each card that a person would see."""

    def __init__(self, on_card: Callable[[Seen], None]) -> None:
        self._on_card = on_card
        self._ready: deque[Json] = deque()
        self._poll: _Connection | None = None
        self._updates = 0
        self._messages = 0
        self.is_polled = asyncio.Event()

    def type_text(self, person: int, text: str) -> None:
        command = text.split(maxsplit=1)[0]
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if text.startswith("/") else []
        self._send(message=self._message(person) | {"text": text, "from": _person(person), "entities": entities})

    def press(self, person: int, message_id: int, data: str) -> None:
        message = self._message(person) | {"message_id": message_id, "text": "…", "from": _ME}
        query: Json = {"id": f"{self._updates}", "from": _person(person), "chat_instance": "1", "data": data}
        self._send(callback_query=query | {"message": message})

    def _message(self, person: int) -> Json:
        self._messages += 1
        return {"message_id": self._messages, "date": 1_800_000_000, "chat": {"id": person, "type": "private"}}

    def _send(self, **content: Json) -> None:
        self._updates += 1
        self._ready.append({"update_id": self._updates, **content})
        if self._poll:
            self._hand_out(self._poll)

    def _hand_out(self, poll: "_Connection") -> None:
        self._poll = None
        # What else comes in this turn of the loop goes along.
        asyncio.get_running_loop().call_soon(self._answer_poll, poll)

    def _answer_poll(self, poll: "_Connection") -> None:
        poll.answer([self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))])

    def _end_poll(self, poll: "_Connection") -> None:
        if self._poll is poll:
            self._hand_out(poll)

    def called(self, method: str, params: Mapping[str, Any], connection: "_Connection") -> None:
        """A call came in; it is answered before anybody looks at it."""
        match method:
            case "getUpdates" if self._ready:
                self._hand_out(connection)
            case "getUpdates":
                self._poll = connection
                self.is_polled.set()
                asyncio.get_running_loop().call_later(float(params.get("timeout", 0)), self._end_poll, connection)
            case "getMe":
                connection.answer(_ME)
            case "sendMessage" | "editMessageText":
                is_new = method == "sendMessage"
                message = self._message(int(params["chat_id"]))
                if not is_new:
                    message["message_id"] = int(params["message_id"])
                connection.answer(message | {"text": params["text"], "from": _ME})
                self._on_card(_seen(message, params, is_new=is_new))
            case "getMyCommands":
                connection.answer([])
            case _ if method.startswith("get"):
                connection.answer({})
            case _:
                connection.answer(True)

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[str]:
        """Serve while within; lends the address."""
        server = await asyncio.get_running_loop().create_server(lambda: _Connection(self), "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()


class _Connection(asyncio.Protocol):
    def __init__(self, loopback: Loopback) -> None:
        self._loopback = loopback
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            over = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < over:
                return
            body, self._received = self._received[end + 4 : over], self._received[over:]
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
            self._loopback.called(method, _params(body), self)

    def answer(self, result: object) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        if self._transport:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )


def _params(body: bytes) -> dict[str, Any]:
    """The parameters of a call, from JSON or from a form (whose objects are JSON again)."""
    if body.startswith(b"{"):
        return json.loads(body)
    form: dict[str, Any] = dict(parse_qsl(body.decode()))
    if "reply_markup" in form:
        form["reply_markup"] = json.loads(form["reply_markup"])
    return form


def _person(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": "Ana", "last_name": "Torres", "language_code": "en"}


def _seen(message: Json, params: Mapping[str, Any], *, is_new: bool) -> Seen:
    markup = params.get("reply_markup") or {}
    buttons = [button for row in markup.get("inline_keyboard", ()) for button in row]
    return Seen(
        chat=int(params["chat_id"]),
        message_id=int(str(message["message_id"])),
        text=params["text"],
        presses=tuple(button["callback_data"] for button in buttons if "callback_data" in button),
        is_new=is_new,
        at=perf_counter(),
    )
